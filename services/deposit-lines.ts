/**
 * The lines of every deposit voucher (domain rule 01 §4 entries 6–8), made in one place: the page shows before writing
 * exactly what will be written. Bank lines stand on the money's own account; certificate lines carry the certificate.
 */
import { ACCOUNT } from '#core/chart.ts'
import type { BankAccountId, BookId, CertificateId, ComplexId } from '#core/id.ts'
import { addFen, type Fen } from '#core/money.ts'
import type { RolloverMode } from '#core/rollover.ts'
import { credit, debit, type Amounts } from '#core/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode } from './book.ts'
import type { DraftLine } from './voucher-draft.ts'

/** Where a certificate's money stands. `id` is null for a certificate that is only being shown, not yet written. */
export type LineOwner = {
  readonly id: CertificateId | null
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly bankAccountId: BankAccountId
  readonly certificateNo: string
  readonly principalFen: Fen
}

function line(ledger: Ledger, owner: LineOwner, code: string, amounts: Amounts, summary: string): DraftLine {
  return {
    summary,
    accountId: accountByCode(ledger, owner.bookId, code).id,
    complexId: owner.complexId,
    ...amounts,
    bankAccountId: code === ACCOUNT.interestIncome ? null : owner.bankAccountId,
    certificateId: owner.id,
  }
}

function interestLine(ledger: Ledger, owner: LineOwner, interest: Fen, summary: string): DraftLine[] {
  return interest === 0 ? [] : [line(ledger, owner, ACCOUNT.interestIncome, credit(interest), `${summary} 利息`)]
}

/** Entry 6: demand money into a certificate. */
export function placingLines(ledger: Ledger, owner: LineOwner): DraftLine[] {
  const summary = `存入定期存款 ${owner.certificateNo}`
  return [
    line(ledger, owner, ACCOUNT.timeDeposit, debit(owner.principalFen), summary),
    line(ledger, owner, ACCOUNT.demandDeposit, credit(owner.principalFen), summary),
  ]
}

/** Entry 7: principal and interest back to the settlement account. */
export function withdrawalLines(ledger: Ledger, owner: LineOwner, interestPaid: Fen): DraftLine[] {
  const summary = `定期存款到期支取 ${owner.certificateNo}`
  return [
    line(ledger, owner, ACCOUNT.demandDeposit, debit(addFen(owner.principalFen, interestPaid)), summary),
    line(ledger, owner, ACCOUNT.timeDeposit, credit(owner.principalFen), summary),
    ...interestLine(ledger, owner, interestPaid, summary),
  ]
}

/** Entry 8: the old certificate into the next one; with `principal_only` the interest goes to the settlement account. */
export function rolloverLines(
  ledger: Ledger,
  old: LineOwner,
  next: LineOwner,
  mode: RolloverMode,
  interestPaid: Fen,
): DraftLine[] {
  const summary = `定期存款转存 ${old.certificateNo} → ${next.certificateNo}`
  const toDemand = mode === 'principal_only' && interestPaid > 0
  return [
    line(ledger, next, ACCOUNT.timeDeposit, debit(next.principalFen), summary),
    ...(toDemand ? [line(ledger, old, ACCOUNT.demandDeposit, debit(interestPaid), summary)] : []),
    line(ledger, old, ACCOUNT.timeDeposit, credit(old.principalFen), summary),
    ...interestLine(ledger, old, interestPaid, summary),
  ]
}
