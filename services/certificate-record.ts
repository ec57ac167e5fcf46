/** Writing the register's own rows: the certificate as printed, and what happened to it. Used inside deposit's transactions. */
import type { DayCount } from '#core/accrual.ts'
import { datePartsOf, type BusinessDate } from '#core/calendar.ts'
import type { CertificateEventKind, DepositProduct, RolloverInstruction } from '#core/deposit.ts'
import { idOf, type BankAccountId, type BookId, type CertificateId, type ComplexId, type DraftId, type UserId } from '#core/id.ts'
import { dueDate, type DepositTerm } from '#core/interest.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { bankAccountOf } from './book.ts'
import { complexOf } from './complex.ts'
import type { ServiceContext } from './context.ts'
import { policyFor } from './policy.ts'

/** What is printed on a certificate the bank hands over. */
export type CertificateFacts = {
  readonly certificateNo: string
  readonly product: DepositProduct
  readonly rateMicro: RateMicro
  readonly demandRateMicro: RateMicro
  readonly dayCount: DayCount
  readonly term: DepositTerm
  readonly valueDate: BusinessDate
  /** As printed; where it differs from the corresponding day, with the reason. */
  readonly dueDate?: BusinessDate
  readonly dueDateReason?: string
  readonly rolloverInstruction: RolloverInstruction
  readonly personInCharge: UserId
}

export type PlacingFacts = CertificateFacts & {
  readonly complexId: ComplexId
  readonly bankAccountId: BankAccountId
  readonly principalFen: Fen
  readonly attachments: readonly string[]
}

/** A certificate as it would be written, after every check that does not depend on writing it. */
export type CheckedCertificate = {
  readonly bookId: BookId
  readonly dueDate: BusinessDate
  /** '' when the due date is the corresponding day. */
  readonly dueDateReason: string
  readonly anchorDay: number
}

/** Throws `certificate.complex`, `certificate.minimum`, `certificate.dueDate`, `record.duplicate`. */
export function checkCertificate(
  ledger: Ledger,
  facts: Omit<PlacingFacts, 'attachments'>,
  previous: { anchorDay: number } | null,
): CheckedCertificate {
  const bank = bankAccountOf(ledger, facts.bankAccountId)
  if (bank.complexId !== null && bank.complexId !== facts.complexId) {
    throw new Problem({ code: 'certificate.complex', message: '这是另一个小区的专户，资金不能混存', field: 'bankAccountId' })
  }
  const number = facts.certificateNo.trim()
  if (ledger.prepare<[string], unknown>('SELECT 1 FROM certificate WHERE certificate_no = ?').get(number) !== undefined) {
    const message = `已有相同编号的存单 ${number}：请核对证实书号`
    throw new Problem({ code: 'record.duplicate', message, field: 'certificateNo' })
  }
  const complex = complexOf(ledger, facts.complexId)
  const minimum = policyFor(ledger, complex.profileCode, facts.valueDate).value('deposit.minimum')
  if (minimum !== null && facts.principalFen < minimum) {
    throw new Problem({ code: 'certificate.minimum', message: '本金低于单位定期存款的起存金额', field: 'principalFen' })
  }
  const anchorDay = previous?.anchorDay ?? datePartsOf(facts.valueDate).day
  const computed = dueDate(facts.valueDate, facts.term, anchorDay)
  const due = facts.dueDate ?? computed
  if (due <= facts.valueDate) {
    throw new Problem({ code: 'certificate.dueDate', message: '到期日须在起息日之后', field: 'dueDate' })
  }
  const reason = facts.dueDateReason?.trim() ?? ''
  if (due !== computed && reason === '') {
    throw new Problem({
      code: 'certificate.dueDate',
      message: `按存期应于 ${computed} 到期，与存单不同，请写明原因`,
      field: 'dueDateReason',
    })
  }
  return { bookId: bank.bookId, dueDate: due, dueDateReason: due === computed ? '' : reason, anchorDay }
}

/** Throws what `checkCertificate` throws. */
export function insertCertificate(
  context: ServiceContext,
  facts: Omit<PlacingFacts, 'attachments'>,
  previous: { id: CertificateId; anchorDay: number } | null,
): CertificateId {
  const { ledger } = context
  const checked = checkCertificate(ledger, facts, previous)
  const { lastInsertRowid } = ledger
    .prepare<[Record<string, unknown>], never>(
      `INSERT INTO certificate (book_id, complex_id, bank_account_id, certificate_no, product, principal_fen, rate_micro,
         demand_rate_micro, day_count, term_months, term_days, value_date, due_date, due_date_reason, anchor_day,
         rollover_instruction, previous_id, person_in_charge, recorded_by, recorded_at)
       VALUES (:bookId, :complexId, :bankAccountId, :certificateNo, :product, :principalFen, :rateMicro, :demandRateMicro,
         :dayCount, :termMonths, :termDays, :valueDate, :dueDate, :dueDateReason, :anchorDay, :rolloverInstruction,
         :previousId, :personInCharge, :recordedBy, :recordedAt)`,
    )
    .run({
      bookId: checked.bookId,
      complexId: facts.complexId,
      bankAccountId: facts.bankAccountId,
      certificateNo: facts.certificateNo.trim(),
      product: facts.product,
      principalFen: facts.principalFen,
      rateMicro: facts.rateMicro,
      demandRateMicro: facts.demandRateMicro,
      dayCount: facts.dayCount,
      termMonths: facts.term.unit === 'months' ? facts.term.count : null,
      termDays: facts.term.unit === 'days' ? facts.term.count : null,
      valueDate: facts.valueDate,
      dueDate: checked.dueDate,
      dueDateReason: checked.dueDateReason,
      anchorDay: checked.anchorDay,
      rolloverInstruction: facts.rolloverInstruction,
      previousId: previous?.id ?? null,
      personInCharge: facts.personInCharge,
      recordedBy: context.actor.userId,
      recordedAt: context.clock.now(),
    })
  return idOf<'certificate'>(lastInsertRowid)
}

export type EventFacts = {
  readonly certificateId: CertificateId
  readonly kind: CertificateEventKind
  readonly date: BusinessDate
  readonly principalFen: Fen
  readonly expectedFen?: Fen
  readonly paidFen?: Fen
  readonly differenceReason?: string
  readonly nextId?: CertificateId
  readonly reversesEventId?: number
  readonly draftId: DraftId
}

export function insertEvent(context: ServiceContext, event: EventFacts): void {
  context.ledger
    .prepare<unknown[], never>(
      `INSERT INTO certificate_event (certificate_id, kind, date, principal_fen, interest_expected_fen, interest_paid_fen,
         difference_reason, next_certificate_id, reverses_event_id, draft_id, actor_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(event.certificateId, event.kind, event.date, event.principalFen, event.expectedFen ?? 0, event.paidFen ?? 0,
      event.differenceReason ?? '', event.nextId ?? null, event.reversesEventId ?? null, event.draftId,
      context.actor.userId, context.clock.now())
}
