/** Writing the register's own rows: the certificate as printed, and what happened to it. Used inside deposit's transactions. */
import type { DayCount } from '#core/deposit/accrual.ts'
import { datePartsOf, type BusinessDate } from '#core/calendar.ts'
import { isNoticeProduct } from '#core/deposit/certificate-life.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { CertificateEventKind, DepositProduct, RolloverInstruction } from '#core/deposit/deposit.ts'
import {
  idOf, type BankAccountId, type BookId, type CertificateId, type ComplexId, type DraftId, type UserId, type VoucherId,
} from '#core/id.ts'
import { dueDate, type DepositTerm } from '#core/deposit/interest.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { bankAccountOf, listAccounts } from '../voucher/book.ts'
import { complexOf } from '../register/complex.ts'
import type { ServiceContext } from '../context.ts'
import { policyFor, type Policy } from '../policy/policy.ts'

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
  /** Where it lies, when that is not the settlement account's own bank. */
  readonly bankName?: string
  readonly branch?: string
  /** 定期账号, where the bank gives one beside the certificate's number. */
  readonly depositAccount?: string
  /** Reminded this many days ahead; absent as the profile says. */
  readonly reminderDays?: number | null
  /** The voucher that brought the money in (资金来源凭证). */
  readonly sourceVoucherId?: VoucherId | null
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

/**
 * A number stands once, also as the bank's new number after a partial withdrawal; taken back, it is free.
 * Throws `record.duplicate`.
 */
export function refuseUsedNumber(ledger: Ledger, number: string, field = 'certificateNo'): void {
  const used = ledger
    .prepare<[string], unknown>('SELECT 1 FROM certificate_number WHERE number = ?')
    .get(number)
  if (used === undefined) return
  throw new Problem({ code: 'record.duplicate', message: `已有相同编号的存单 ${number}：请核对证实书号`, field })
}

/** Treasury bonds stand on 1101, which only the maintenance fund's chart has (财会〔2020〕7号). */
function refuseUnbookable(ledger: Ledger, bookId: BookId, product: DepositProduct): void {
  if (product !== 'treasuryBond' || listAccounts(ledger, bookId).some(({ code }) => code === ACCOUNT.treasuryBonds)) return
  const message = '这个账簿没有国债投资科目，只有住宅专项维修资金可以买国债：请改选品种或账户'
  throw new Problem({ code: 'certificate.product', message, field: 'product' })
}

/** A notice deposit has no term: it earns its rate for the days it lay (银发〔1999〕3号). */
function refuseMonthsOnNotice({ product, dayCount }: Pick<CertificateFacts, 'product' | 'dayCount'>): void {
  if (!isNoticeProduct(product) || dayCount === 'actual_360' || dayCount === 'actual_365') return
  throw new Problem({ code: 'certificate.dayCount', message: '通知存款按实际天数计息：请改选实际天数的计息方式', field: 'dayCount' })
}

function leastPrincipal(policy: Policy, product: DepositProduct): Fen | null {
  if (isNoticeProduct(product)) return policy.value('deposit.noticeMinimum')
  return product === 'treasuryBond' ? null : policy.value('deposit.minimum')
}

/** Throws `certificate.complex`, `.product`, `.dayCount`, `.minimum`, `.dueDate`, and `record.duplicate`. */
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
  refuseUsedNumber(ledger, number)
  refuseUnbookable(ledger, bank.bookId, facts.product)
  const complex = complexOf(ledger, facts.complexId)
  const minimum = leastPrincipal(policyFor(ledger, complex.profileCode, facts.valueDate), facts.product)
  if (minimum !== null && facts.principalFen < minimum) {
    const message = `本金低于这个品种的起存金额 ${formatYuan(minimum)} 元：请核对本金和品种`
    throw new Problem({ code: 'certificate.minimum', message, field: 'principalFen' })
  }
  refuseMonthsOnNotice(facts)
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
  previous: { anchorDay: number } | null,
): CertificateId {
  const { ledger } = context
  const checked = checkCertificate(ledger, facts, previous)
  const { lastInsertRowid } = ledger
    .prepare<[Record<string, unknown>], never>(
      `INSERT INTO certificate (book_id, complex_id, bank_account_id, certificate_no, product, principal_fen, rate_micro,
         demand_rate_micro, day_count, term_months, term_days, value_date, due_date, due_date_reason, anchor_day,
         rollover_instruction, bank_name, branch, deposit_account, reminder_days, source_voucher_id, person_in_charge,
         recorded_by, recorded_at)
       VALUES (:bookId, :complexId, :bankAccountId, :certificateNo, :product, :principalFen, :rateMicro, :demandRateMicro,
         :dayCount, :termMonths, :termDays, :valueDate, :dueDate, :dueDateReason, :anchorDay, :rolloverInstruction,
         :bankName, :branch, :depositAccount, :reminderDays, :sourceVoucherId, :personInCharge, :recordedBy, :recordedAt)`,
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
      bankName: facts.bankName?.trim() ?? '',
      branch: facts.branch?.trim() ?? '',
      depositAccount: facts.depositAccount?.trim() ?? '',
      reminderDays: facts.reminderDays ?? null,
      sourceVoucherId: facts.sourceVoucherId ?? null,
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
  /** Why terms changed, why it was frozen or released, why an event was taken back. */
  readonly reason?: string
  readonly noticeFor?: BusinessDate
  readonly newCertificateNo?: string
  readonly newDueDate?: BusinessDate | null
  readonly newRateMicro?: RateMicro | null
  readonly receivedOn?: BusinessDate | null
  readonly bankSerial?: string
  readonly reversesEventId?: number
  /** Null where no money moves, and for a certificate brought in whose money is in the opening balance already. */
  readonly draftId: DraftId | null
}

/** Gives the event's number, for the links of a rollover. */
export function insertEvent(context: ServiceContext, event: EventFacts): number {
  const { lastInsertRowid } = context.ledger
    .prepare<[Record<string, unknown>], never>(
      `INSERT INTO certificate_event (certificate_id, kind, date, principal_fen, interest_expected_fen, interest_paid_fen,
         difference_reason, reason, notice_for, new_certificate_no, new_due_date, new_rate_micro, received_on, bank_serial,
         reverses_event_id, draft_id, actor_id, at)
       VALUES (:certificateId, :kind, :date, :principalFen, :expectedFen, :paidFen, :differenceReason, :reason, :noticeFor,
         :newCertificateNo, :newDueDate, :newRateMicro, :receivedOn, :bankSerial, :reversesEventId, :draftId, :actorId, :at)`,
    )
    .run({
      certificateId: event.certificateId,
      kind: event.kind,
      date: event.date,
      principalFen: event.principalFen,
      expectedFen: event.expectedFen ?? 0,
      paidFen: event.paidFen ?? 0,
      differenceReason: event.differenceReason ?? '',
      reason: event.reason ?? '',
      noticeFor: event.noticeFor ?? null,
      newCertificateNo: event.newCertificateNo ?? '',
      newDueDate: event.newDueDate ?? null,
      newRateMicro: event.newRateMicro ?? null,
      receivedOn: event.receivedOn ?? null,
      bankSerial: event.bankSerial ?? '',
      reversesEventId: event.reversesEventId ?? null,
      draftId: event.draftId,
      actorId: context.actor.userId,
      at: context.clock.now(),
    })
  return Number(lastInsertRowid)
}

/** Where a rolled-over certificate's principal went on; `eventId` is its `rolledOver` event. */
export function insertLink(context: ServiceContext, eventId: number, nextId: CertificateId): void {
  context.ledger.prepare<[number, number], never>('INSERT INTO certificate_link VALUES (?, ?)').run(eventId, nextId)
}
