/** What a deposit operation would write, before it is written: the same checks and the same lines as the real one. */
import { datePartsOf, type BusinessDate } from '#core/calendar.ts'
import type { CertificateTerms } from '#core/deposit/deposit.ts'
import { dueDate, type DepositTerm, type OverduePayment } from '#core/deposit/interest.ts'
import type { CertificateId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOf, listAccounts } from '../voucher/book.ts'
import { certificateOf } from './certificate.ts'
import { checkCertificate, type PlacingFacts } from './certificate-record.ts'
import { complexOf } from '../register/complex.ts'
import { earlyPlan, type EarlyFacts } from './deposit-early.ts'
import { placingLines, rolloverLines, type LineOwner } from './deposit-lines.ts'
import { drawPlan, type DrawFacts } from './deposit-notice.ts'
import { anchorDayAfter, regroupOfOne, regroupPlan, type RegroupFacts, type RolloverFacts } from './deposit-rollover.ts'
import { expectedOn, settlementOf, withdrawalLines, type SettlementFacts } from './deposit.ts'
import type { DraftLine } from '../voucher/voucher-draft.ts'

export type PreviewLine = {
  readonly summary: string
  /** `1001.02 定期存款` */
  readonly account: string
  readonly complex: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

export type VoucherPreview = {
  readonly bookName: string
  readonly date: BusinessDate
  readonly lines: readonly PreviewLine[]
}

function previewOf(ledger: Ledger, owner: LineOwner, date: BusinessDate, lines: readonly DraftLine[]): VoucherPreview {
  const accounts = new Map(listAccounts(ledger, owner.bookId).map(({ id, code, name }) => [id, `${code} ${name}`]))
  const complex = complexOf(ledger, owner.complexId).name
  return {
    bookName: bookOf(ledger, owner.bookId).name,
    date,
    lines: lines.map(({ summary, accountId, debitFen, creditFen }) => ({
      summary, account: accountId === null ? '' : (accounts.get(accountId) ?? ''), complex, debitFen, creditFen,
    })),
  }
}

/** Throws what placing throws. */
export function previewPlacing(ledger: Ledger, facts: PlacingFacts): VoucherPreview {
  const { bookId } = checkCertificate(ledger, facts, null)
  const owner: LineOwner = { ...facts, id: null, bookId, certificateNo: facts.certificateNo.trim() }
  return previewOf(ledger, owner, facts.valueDate, placingLines(ledger, owner))
}

/** Throws what withdrawing throws. */
export function previewWithdrawal(ledger: Ledger, facts: SettlementFacts): VoucherPreview {
  const { certificate } = settlementOf(ledger, facts)
  return previewOf(ledger, certificate, facts.date, withdrawalLines(ledger, certificate, facts.interestPaidFen))
}

/** Throws what an early withdrawal throws. */
export function previewEarly(ledger: Ledger, facts: EarlyFacts): VoucherPreview {
  const { certificate, lines } = earlyPlan(ledger, facts)
  return previewOf(ledger, certificate, facts.date, lines)
}

/** Throws what drawing throws. */
export function previewDraw(ledger: Ledger, facts: DrawFacts): VoucherPreview {
  const { certificate, lines } = drawPlan(ledger, facts)
  return previewOf(ledger, certificate, facts.date, lines)
}

/** The voucher, and the next certificates as they will stand. */
export type RegroupPreview = VoucherPreview & {
  readonly next: readonly { readonly certificateNo: string; readonly principalFen: Fen; readonly dueDate: BusinessDate }[]
}

/** Throws what regrouping throws. */
export function previewRegroup(ledger: Ledger, facts: RegroupFacts): RegroupPreview {
  const plan = regroupPlan(ledger, facts)
  const next = plan.next.map((one) => {
    const certificateNo = one.certificateNo.trim()
    const { bookId, dueDate: due } = checkCertificate(ledger, one, plan)
    const owner: LineOwner = { ...one, id: null, bookId, certificateNo }
    return { owner, shown: { certificateNo, principalFen: one.principalFen, dueDate: due } }
  })
  refuseTwice(next.map(({ shown }) => shown.certificateNo))
  const olds = plan.olds.map((old) => ({ owner: old.certificate, interestFen: old.facts.interestPaidFen }))
  const lines = rolloverLines(ledger, olds, next.map(({ owner }) => owner))
  const [first] = olds
  if (first === undefined) throw new Error('a rollover has at least one old certificate')
  return { ...previewOf(ledger, first.owner, facts.date, lines), next: next.map(({ shown }) => shown) }
}

/** What is still unwritten cannot collide with the register, but with itself. */
function refuseTwice(numbers: readonly string[]): void {
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index)
  if (twice === undefined) return
  throw new Problem({ code: 'record.duplicate', message: `两张新存单的编号同为 ${twice}：请核对证实书号`, field: 'certificateNo' })
}

/** The voucher, and the next certificate as it will stand. */
export type RolloverPreview = VoucherPreview & { readonly principalFen: Fen; readonly dueDate: BusinessDate }

/** Throws what rolling over throws. */
export function previewRollover(ledger: Ledger, facts: RolloverFacts): RolloverPreview {
  const { next: [next], ...preview } = previewRegroup(ledger, regroupOfOne(ledger, facts))
  if (next === undefined) throw new Error('a rollover makes a certificate')
  return { ...preview, principalFen: next.principalFen, dueDate: next.dueDate }
}

export type QuoteFacts = Omit<CertificateTerms, 'dueDate' | 'termMonths' | 'termDays' | 'anchorDay'> & {
  readonly term: DepositTerm
  /** The certificate it continues; null for new money. */
  readonly previousId: CertificateId | null
  /** As printed; null by the corresponding day. */
  readonly dueDate: BusinessDate | null
}

/** Due date by the corresponding day and interest at maturity, while a certificate is being filled in. Throws `deposit.*`. */
export function quoteCertificate(ledger: Ledger, { term, previousId, ...facts }: QuoteFacts): {
  readonly computedDue: BusinessDate
  readonly payment: OverduePayment
} {
  const anchorDay = previousId === null
    ? datePartsOf(facts.valueDate).day
    : anchorDayAfter(certificateOf(ledger, previousId), facts.valueDate)
  const computedDue = dueDate(facts.valueDate, term, anchorDay)
  const printed = facts.dueDate ?? computedDue
  const terms = {
    ...facts,
    anchorDay,
    dueDate: printed,
    termMonths: term.unit === 'months' ? term.count : null,
    termDays: term.unit === 'days' ? term.count : null,
  }
  return { computedDue, payment: expectedOn(terms, printed) }
}
