/**
 * The lines of every deposit voucher (domain rule 01 §4 entries 6–10), made in one place: the page shows before writing
 * exactly what will be written. Bank lines stand on the money's own account; certificate lines carry the certificate.
 */
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { DepositProduct } from '#core/deposit/deposit.ts'
import type { BankAccountId, BookId, CertificateId, ComplexId } from '#core/id.ts'
import { addFen, subtractFen, type Fen } from '#core/money.ts'
import { credit, debit, type Amounts } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode } from '../voucher/book.ts'
import type { DraftLine } from '../voucher/voucher-draft.ts'

/** Where a certificate's money stands. `id` is null for a certificate that is only being shown, not yet written. */
export type LineOwner = {
  readonly id: CertificateId | null
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly bankAccountId: BankAccountId
  readonly certificateNo: string
  readonly product: DepositProduct
  readonly principalFen: Fen
}

/** Certificates of every kind stand inside 1001, bonds on an account of their own (财会〔2020〕7号 1101, 4102). */
function assetCode({ product }: LineOwner): string {
  return product === 'treasuryBond' ? ACCOUNT.treasuryBonds : ACCOUNT.timeDeposit
}

function incomeCode({ product }: LineOwner): string {
  return product === 'treasuryBond' ? ACCOUNT.bondInterestIncome : ACCOUNT.interestIncome
}

function line(ledger: Ledger, owner: LineOwner, code: string, amounts: Amounts, summary: string): DraftLine {
  const account = accountByCode(ledger, owner.bookId, code)
  return {
    summary,
    accountId: account.id,
    complexId: owner.complexId,
    ...amounts,
    bankAccountId: account.needsBank === 1 ? owner.bankAccountId : null,
    certificateId: owner.id,
  }
}

function interestLine(ledger: Ledger, owner: LineOwner, interest: Fen, summary: string): DraftLine[] {
  return interest === 0 ? [] : [line(ledger, owner, incomeCode(owner), credit(interest), `${summary} 利息`)]
}

const PLACED: Readonly<Record<DepositProduct, string>> = {
  time: '存入定期存款', largeCertificate: '存入大额存单', notice1: '存入通知存款', notice7: '存入通知存款', treasuryBond: '购买国债',
}

/** Entries 7 and 9: demand money into a certificate, or into a bond. */
export function placingLines(ledger: Ledger, owner: LineOwner): DraftLine[] {
  const summary = `${PLACED[owner.product]} ${owner.certificateNo}`
  return [
    line(ledger, owner, assetCode(owner), debit(owner.principalFen), summary),
    line(ledger, owner, ACCOUNT.demandDeposit, credit(owner.principalFen), summary),
  ]
}

export type Leaving = { readonly principalFen: Fen; readonly interestFen: Fen; readonly what: string }

/** Entries 6 and 10: principal, or part of it, and interest back to the settlement account. */
export function leavingLines(ledger: Ledger, owner: LineOwner, { principalFen, interestFen, what }: Leaving): DraftLine[] {
  const summary = `${what} ${owner.certificateNo}`
  return [
    line(ledger, owner, ACCOUNT.demandDeposit, debit(addFen(principalFen, interestFen)), summary),
    line(ledger, owner, assetCode(owner), credit(principalFen), summary),
    ...interestLine(ledger, owner, interestFen, summary),
  ]
}

/** Up to three numbers in full: a summary is read, not searched. */
function numbersOf(owners: readonly LineOwner[]): string {
  const numbers = owners.slice(0, 3).map(({ certificateNo }) => certificateNo).join('、')
  return owners.length > 3 ? `${numbers} 等 ${owners.length} 张` : numbers
}

/** Entry 8: old certificates into the next ones; what does not join the new principal goes to the settlement account. */
export function rolloverLines(
  ledger: Ledger,
  olds: readonly { readonly owner: LineOwner; readonly interestFen: Fen }[],
  next: readonly LineOwner[],
): DraftLine[] {
  const summary = `定期存款转存 ${numbersOf(olds.map(({ owner }) => owner))} → ${numbersOf(next)}`
  const from = addFen(...olds.map(({ owner, interestFen }) => addFen(owner.principalFen, interestFen)))
  const rest = subtractFen(from, addFen(...next.map(({ principalFen }) => principalFen)))
  const [first] = olds
  return [
    ...next.map((owner) => line(ledger, owner, assetCode(owner), debit(owner.principalFen), summary)),
    ...(rest > 0 && first !== undefined ? [line(ledger, first.owner, ACCOUNT.demandDeposit, debit(rest), summary)] : []),
    ...olds.map(({ owner }) => line(ledger, owner, assetCode(owner), credit(owner.principalFen), summary)),
    ...olds.flatMap(({ owner, interestFen }) => interestLine(ledger, owner, interestFen, summary)),
  ]
}
