/**
 * Repairs of a reference complex, charged to its households by a sheet. A job's events go straight into its path, step by step as
 * core says and past every trigger of the ledger: through a dozen services and as many papers each, twenty thousand jobs would
 * take longer than all the rest of the office. Sheet, voucher and log are the services'.
 */
import type { Month } from '#core/calendar.ts'
import type { HouseholdEntry } from '#core/household/household-entry.ts'
import { idOf, type BuildingId, type DraftId, type RepairId } from '#core/id.ts'
import { fen, negateFen, parseYuan, subtractFen, type Fen } from '#core/money.ts'
import { afterRepairEvent, reportedRepair } from '#core/repair/repair-flow.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import { standingAmount, type RepairEventBody, type RepairState } from '#core/repair/repair.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { ServiceContext } from '../context.ts'
import { recordApportionment } from '../household/apportionment.ts'
import { logOperation } from '../operation-log.ts'
import { accountByCode, repairAccount } from '../voucher/book.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'
import { COMPANY_BANK, dayIn, monthlyPaper, monthNumber, payFund, type ReferenceDesk, type SeatedComplex } from './desk.ts'
import { draw, DRAWN } from './scale.ts'

const RESERVE = parseYuan('50000.00')
/** The reference city leaves vote, contract and publication to the site review, whatever the amount. */
const OLD_BUILDING = {
  kind: 'over', category: 'waterproofing', categoryReason: '', by: 'stated', completedOn: '1999-06-30', lastDay: '2004-06-30',
  source: '竣工验收资料（虚构）',
}
const LEAVE = { belowFen: parseYuan('10000000.00'), source: '参照市住宅专项维修资金管理办法（虚构）' }
/** The month's one paper stands for each of a job's. */
const PAPERS = JSON.stringify(['quotation', 'workOrder', 'siteReview', 'photo', 'acceptanceSheet', 'settlement', 'invoice'])
const RULES = { authority: LEAVE, contract: LEAVE, publication: LEAVE, noFollowUp: { source: LEAVE.source } }

/** Four times a year one building, every second June the whole complex. */
export function repairDrafts(desk: ReferenceDesk, complex: SeatedComplex, month: Month): readonly DraftId[] {
  const at = monthNumber(month)
  const drawn = (range: number, what: number): number => draw(desk.scale, range, DRAWN.repair, complex.index, at, what)
  const drafts: DraftId[] = []
  if (Number(month.slice(5)) % 3 === 2) {
    const building = complex.buildingIds[draw(desk.scale, complex.buildings, DRAWN.repairPlace, complex.index, at)]
    const perHousehold = 3_000 + drawn(9_000, 1)
    const households = Math.ceil(complex.households / complex.buildings)
    const askedFen = fen(perHousehold * households)
    drafts.push(...repair(desk, complex, { month, building: building ?? null, askedFen, part: '屋面', what: '屋面防水维修', key: 2 }))
  }
  if (month.endsWith('-06') && (Number(month.slice(0, 4)) + complex.index) % 2 === 0) {
    const askedFen = fen((2_000 + drawn(4_000, 3)) * complex.households)
    drafts.push(...repair(desk, complex, { month, building: null, askedFen, part: '消防设施', what: '消防设施更新', key: 4 }))
  }
  return drafts
}

type Job = {
  readonly month: Month
  /** Null: the whole complex. */
  readonly building: BuildingId | null
  readonly askedFen: Fen
  readonly part: string
  readonly what: string
  readonly key: number
}

/** The fund pays what the sub-accounts bear of the sheet, the rest was collected outside it (自筹). */
function repair(desk: ReferenceDesk, complex: SeatedComplex, job: Job): readonly DraftId[] {
  const { ledger, maintenance: bookId, contractorId } = desk
  const { month, what, askedFen, building } = job
  if (subtractFen(complex.fundFen, askedFen) < RESERVE) return []
  const on = dayIn(desk, month, DRAWN.day, complex.index, monthNumber(month), job.key)
  const { id, number } = registerJob(desk, complex, job)
  const sheet = recordApportionment(desk.preparer, {
    complexId: complex.id, purpose: 'repair', repairId: id, utilityBillId: null, title: `${number} ${what}`, basis: 'area',
    scope: building === null ? { kind: 'complex' } : { kind: 'buildings', buildingIds: [building] }, shortfall: 'collect',
    askedFen, coefficients: new Map(),
  })
  const paidFen = sheet.drawnFen
  if (paidFen <= 0) return []
  let state = reportedRepair(askedFen, desk.preparer.actor.userId)
  let seq = 1
  const next = (context: ServiceContext, event: RepairEventBody, shown: object = {}): void => {
    state = afterRepairEvent(state, { ...event, by: context.actor.userId })
    seq += 1
    writeEvent(context, { id, seq, event, state, shown })
  }
  ledger
    .prepare<unknown[], never>(
      "INSERT INTO repair_use_answer (repair_id, item, answer, actor_id, at) VALUES (?, '', 'allowed', ?, ?)")
    .run(id, desk.preparer.actor.userId, desk.clock.now())
  next(desk.preparer, { kind: 'windowChecked', excludedUses: NO_EXCLUDED_USE, hits: [] }, { builderWarranty: OLD_BUILDING })
  next(desk.reviewer, {
    kind: 'engineeringChecked', approvedFen: paidFen, thresholdFen: fen(1), concealedWork: false, rules: RULES,
  })
  const file = monthlyPaper(desk, month)
  ledger
    .prepare<unknown[], never>(
      'INSERT INTO repair_paper (repair_id, kind, sha256, added_by, at) SELECT ?, value, ?, ?, ? FROM json_each(?)')
    .run(id, file, desk.reviewer.actor.userId, desk.clock.now(), PAPERS)
  const seen = { on, place: what, finding: '现场情况与报价单一致，同意施工', photos: [file] }
  next(desk.reviewer, { kind: 'siteReviewed', on, visits: [
    { party: 'section', person: '科室甲', time: '09:30', ...seen }, { party: 'supervisor', person: '监理甲', time: '09:40', ...seen },
  ] })
  next(desk.reviewer, {
    kind: 'accepted', on, startedOn: on, finishedOn: on, finding: '与报价单一致，验收合格',
    stampedBy: ['section', 'supervisor', 'contractor'], sectionStaff: ['科室甲', '科室乙'], followUp: '已修复', warrantyUntil: null,
  })
  next(desk.reviewer, {
    kind: 'settled', on, settledFen: paidFen, needsAudit: false, auditorId: null, auditedBy: '', retentionFen: fen(0),
    retentionDue: null, overrunPercent: null, payeeBank: `${COMPANY_BANK.bankName} ${COMPANY_BANK.bankAccount}`,
  })
  const households = sheet.shares.flatMap(({ householdId, drawn }) =>
    drawn.map(({ part, amountFen }): HouseholdEntry => ({ householdId, part, amountFen: negateFen(amountFen) })))
  const line = { summary: `支付${number}${what}维修款`, complexId: complex.id }
  const draftId = saveDraft(desk.head, {
    bookId, kind: 'general', date: on, attachments: [file],
    rule: { by: 'repair.payment', repair: number, apportionment: sheet.id },
    lines: [
      { ...line, accountId: repairAccount(ledger, bookId, job.part).id, ...debit(paidFen), buildingId: building,
        counterpartyId: contractorId, repairId: id, households },
      { ...line, accountId: accountByCode(ledger, bookId, ACCOUNT.demandDeposit).id, bankAccountId: complex.fundBank,
        ...credit(paidFen) },
    ],
  })
  next(desk.head, { kind: 'paymentInstructed', amountFen: paidFen, instructedFen: paidFen, draftId })
  payFund(complex, paidFen)
  return [draftId]
}

/** `WX2025-00012`, as the window numbers its jobs. */
function registerJob(desk: ReferenceDesk, complex: SeatedComplex, { month, building, askedFen, part, what }: Job) {
  const { ledger, preparer, clock } = desk
  const year = month.slice(0, 4)
  const serial = (desk.jobsOfYear.get(year) ?? 0) + 1
  desk.jobsOfYear.set(year, serial)
  const number = `WX${year}-${String(serial).padStart(5, '0')}`
  const { lastInsertRowid } = ledger
    .prepare<unknown[], never>(
      `INSERT INTO repair (number, book_id, complex_id, building_id, part, title, reported_on, quoted_fen, contractor_id,
         supervisor_id, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(number, desk.maintenance, complex.id, building, part, what, `${month}-01`, askedFen, desk.contractorId,
      desk.supervisorId, preparer.actor.userId, clock.now())
  const id = idOf<'repair'>(lastInsertRowid)
  writeEvent(preparer, { id, seq: 1, event: { kind: 'reported' }, state: reportedRepair(askedFen, preparer.actor.userId) })
  return { id, number }
}

type Written = {
  readonly id: RepairId
  readonly seq: number
  readonly event: RepairEventBody
  readonly state: RepairState
  /** Kept beside the event. */
  readonly shown?: object
}

function writeEvent({ ledger, actor, clock }: ServiceContext, { id, seq, event, state, shown }: Written): void {
  const { kind, ...detail } = { ...shown, ...event }
  ledger
    .prepare<unknown[], never>(
      'INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(id, seq, kind, state.step, standingAmount(state), JSON.stringify(detail), actor.userId, clock.now())
  logOperation({ ledger, actor, clock }, `repair.${kind}`, { kind: 'repair', id }, { ...detail, step: state.step })
}
