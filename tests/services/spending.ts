/**
 * Spending of the fund for tests about what spending does to books and statements: a job brought to its payment instruction by
 * the events of its path, without a folder of its own, and the draft that instruction prepared.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type BookId, type ComplexId, type CounterpartyId, type DraftId, type RepairId } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { afterRepairEvent, reportedRepair } from '#core/repair/repair-flow.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import { standingAmount, type RepairEventBody, type RepairState } from '#core/repair/repair.ts'
import type { ServiceContext } from '#services/context.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { postDrafts, type PostedVoucher } from '#services/voucher/posting.ts'
import { reviewDraft, saveDraft, type DraftFacts, type DraftLine } from '#services/voucher/voucher-draft.ts'
import type { Office } from './office.ts'

type Spender = Pick<Office, 'ledger' | 'clock' | 'preparer' | 'reviewer' | 'bookkeeper' | 'paper'>

const BANK = { bankName: '示例银行', bankAccount: '6220001' } as const
const WORKS = '示例修缮工程有限公司'
/** Every step is let off but the site review: the amount never is below one fen. */
const LEAVE = { belowFen: fen(Number.MAX_SAFE_INTEGER), source: '测试' }
const RULES = { authority: LEAVE, contract: LEAVE, publication: LEAVE, noFollowUp: { source: LEAVE.source } }
const PAPERS = ['quotation', 'workOrder', 'siteReview', 'photo', 'acceptanceSheet', 'settlement', 'invoice']
const OVER = {
  kind: 'over', category: 'waterproofing', categoryReason: '', by: 'stated', completedOn: '1999-06-30', lastDay: '2004-06-30',
  source: '竣工验收资料',
}

function company({ ledger, preparer }: Spender, name: string): CounterpartyId {
  const known = ledger.prepare<[string], { id: CounterpartyId }>('SELECT id FROM counterparty WHERE name = ?').get(name)
  return known?.id ?? addCounterparty(preparer, { kind: 'company', name, ...BANK })
}

type Job = {
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly date: BusinessDate
  readonly amountFen: Fen
  readonly part: string
}

function reportJob(office: Spender, job: Job): { id: RepairId; contractorId: CounterpartyId } {
  const { bookId, complexId, date, amountFen, part } = job
  const { ledger, preparer, clock } = office
  const contractorId = company(office, WORKS)
  const { lastInsertRowid } = ledger
    .prepare<unknown[], never>(
      `INSERT INTO repair (number, book_id, complex_id, part, title, reported_on, quoted_fen, contractor_id, supervisor_id,
         recorded_by, recorded_at)
       SELECT 'CS-' || (1 + count(*)), ?, ?, ?, '维修', ?, ?, ?, ?, ?, ? FROM repair`,
    )
    .run(bookId, complexId, part, date, amountFen, contractorId, company(office, '示例监理有限公司'), preparer.actor.userId, clock.now())
  return { id: idOf<'repair'>(lastInsertRowid), contractorId }
}

function writeEvent(
  { ledger, actor, clock }: ServiceContext, id: RepairId, event: RepairEventBody, state: RepairState, shown: object = {},
): void {
  const { kind, ...detail } = event
  ledger
    .prepare<unknown[], never>(
      `INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at)
       SELECT ?, 1 + count(*), ?, ?, ?, ?, ?, ? FROM repair_event WHERE repair_id = ?`,
    )
    .run(id, kind, state.step, standingAmount(state), JSON.stringify({ ...shown, ...detail }), actor.userId, clock.now(), id)
}

/** Up to the instruction of `draftId`; all of it on the day of the payment. */
function walkToPayment(office: Spender, id: RepairId, { date: on, amountFen }: Job, draftId: DraftId): void {
  const { ledger, preparer, reviewer, clock, paper } = office
  let state = reportedRepair(amountFen, preparer.actor.userId)
  writeEvent(preparer, id, { kind: 'reported' }, state)
  const next = (context: ServiceContext, event: RepairEventBody, shown: object = {}): void => {
    state = afterRepairEvent(state, { ...event, by: context.actor.userId })
    writeEvent(context, id, event, state, shown)
  }
  ledger
    .prepare<unknown[], never>(
      "INSERT INTO repair_use_answer (repair_id, item, answer, actor_id, at) VALUES (?, '', 'allowed', ?, ?)")
    .run(id, preparer.actor.userId, clock.now())
  next(preparer, { kind: 'windowChecked', excludedUses: NO_EXCLUDED_USE, hits: [] }, { builderWarranty: OVER })
  next(reviewer, {
    kind: 'engineeringChecked', approvedFen: amountFen, thresholdFen: fen(1), concealedWork: false, rules: RULES,
  })
  ledger
    .prepare<unknown[], never>(
      'INSERT INTO repair_paper (repair_id, kind, sha256, added_by, at) SELECT ?, value, ?, ?, ? FROM json_each(?)')
    .run(id, paper, preparer.actor.userId, clock.now(), JSON.stringify(PAPERS))
  const seen = { on, place: '屋面', finding: '一致', photos: [paper] }
  next(reviewer, { kind: 'siteReviewed', on, visits: [
    { party: 'section', person: '钱科长', time: '09:30', ...seen }, { party: 'supervisor', person: '孙监理', time: '09:40', ...seen },
  ] })
  next(reviewer, {
    kind: 'accepted', on, startedOn: on, finishedOn: on, finding: '合格', stampedBy: ['section', 'supervisor', 'contractor'],
    sectionStaff: ['钱科长', '陈科员'], followUp: '已修复', warrantyUntil: null,
  })
  next(reviewer, {
    kind: 'settled', on, settledFen: amountFen, needsAudit: false, auditorId: null, auditedBy: '', retentionFen: fen(0),
    retentionDue: null, overrunPercent: null, payeeBank: `${BANK.bankName} ${BANK.bankAccount}`,
  })
  next(preparer, { kind: 'paymentInstructed', amountFen, instructedFen: amountFen, draftId })
}

type Spending = Pick<DraftFacts, 'bookId' | 'date' | 'decisionId'> & {
  /** What is repaired; the roof when nothing is said. */
  readonly part?: string
  /** One of them in debit, with its complex: what is spent. */
  readonly lines: readonly DraftLine[]
}

/** The draft of a payment, its line of expenditure given to a job made for it. */
export function spendingDraft(office: Spender, { bookId, date, decisionId = null, part = '屋面', lines }: Spending): DraftId {
  const spent = lines.find(({ debitFen }) => debitFen > 0)
  if (spent === undefined || spent.complexId === null) throw new Error('a payment spends something of some complex')
  const job = { bookId, date, complexId: spent.complexId, amountFen: spent.debitFen, part }
  return office.ledger.write(() => {
    const { id, contractorId } = reportJob(office, job)
    const draftId = saveDraft(office.preparer, {
      bookId, kind: 'general', date, decisionId, attachments: [office.paper], rule: { by: 'repair.payment', repair: `CS-${id}` },
      lines: lines.map((line) => (line === spent ? { ...line, repairId: id, counterpartyId: contractorId } : line)),
    })
    walkToPayment(office, id, job, draftId)
    return draftId
  })
}

/** Prepared, reviewed and posted. */
export function spend(office: Spender, spending: Spending): PostedVoucher {
  const draftId = spendingDraft(office, spending)
  reviewDraft(office.reviewer, draftId)
  const [posted] = postDrafts(office.bookkeeper, [draftId])
  if (posted === undefined) throw new Error('nothing was posted')
  return posted
}
