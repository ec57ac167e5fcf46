/** An office whose profile lets no job off a step, and one call for each stretch of the whole path. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { storeAttachment } from '#services/attachment.ts'
import { authoriseRepair, recordContract, type NewContract } from '#services/repair/repair-agreement.ts'
import { applyForEmergency } from '#services/repair/repair-emergency.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { checkAtWindow, checkEngineering } from '#services/repair/repair.ts'
import { publishRepair } from '#services/repair/repair-settlement.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { makeRepairOffice, WINDOW_PASSES, type RepairOffice } from './repair-office.ts'

export function codeOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** `repair.works startedOn`. */
export function refusedField(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return `${error.code} ${error.field ?? ''}`
    throw error
  }
}

export const on = (text: string): BusinessDate => parseDate(text)

export function stepOf(office: RepairOffice, id: RepairId): string {
  return repairCard(office.preparer, id).state.step
}

export function reasons(
  office: RepairOffice, id: RepairId, by: 'preparer' | 'reviewer' | 'head' = 'preparer',
): readonly string[] {
  return repairCard(office[by], id).actions[0]?.blockedBecause ?? []
}

export function picture(office: RepairOffice, name: string): string {
  return storeAttachment(office.preparer, { name: `${name}.jpg`, bytes: Buffer.from(name) }).sha256
}

/** An office whose profile lets nothing off, with the local emergency list. */
export function wholeOffice(): RepairOffice {
  const office = makeRepairOffice({ isWhole: true })
  office.preset('emergency.cases', ['屋面渗漏'])
  office.preset('emergency.applicants', ['业主委员会'])
  office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
  return office
}

export function authorise(office: RepairOffice, id: RepairId): void {
  applyForEmergency(office.preparer, id, {
    item: '屋面渗漏', applicant: 'committee', appliedOn: on('2025-09-03'), report: '顶层三户渗水', files: [office.paper],
  })
  authoriseRepair(office.preparer, id, {
    on: office.clock.today(), scope: { kind: 'buildings', buildingIds: [office.building] },
    ref: { kind: 'emergency' },
  })
}

export const TERMS: NewContract = {
  number: 'HT-1', signedOn: on('2025-09-06'), worksFrom: on('2025-09-08'), worksTo: on('2025-09-18'),
  amountFen: parseYuan('8000.00'),
  budget: [{ label: '防水卷材', amountFen: parseYuan('6000.00') }, { label: '人工', amountFen: parseYuan('4000.00') }],
  instalments: [{ label: '验收款', percent: parsePercent('60') }, { label: '公示期满款', percent: parsePercent('37') }],
  retentionPercent: parsePercent('3'), retentionMonths: 1, warrantyMonths: 12,
}

export function contract(office: RepairOffice, id: RepairId, more: Partial<NewContract> = {}): void {
  recordContract(office.preparer, id, { ...TERMS, ...more })
}

/** Up to the acceptance, with or without covered work. */
export function toWorks(office: RepairOffice, concealedWork = false): RepairId {
  const id = office.report('10000.00')
  checkAtWindow(office.preparer, id, WINDOW_PASSES)
  office.file(id, 'quotation')
  checkEngineering(office.reviewer, id, { approvedFen: parseYuan('10000.00'), note: '', concealedWork })
  authorise(office, id)
  office.file(id, 'workOrder')
  contract(office, id)
  office.review(id)
  office.file(id, 'acceptanceSheet', 'acceptanceRecord')
  office.signAcceptance(id)
  return id
}

/** The publication over: 2025-09-22 to 09-28. */
export function toPayment(office: RepairOffice, settled = '8000.00'): RepairId {
  const id = toWorks(office)
  office.accept(id)
  office.file(id, 'settlement')
  office.settle(id, settled)
  office.file(id, 'noticePhoto')
  publishRepair(office.preparer, id, { from: on('2025-09-22'), to: on('2025-09-28'), place: '3幢门厅' })
  office.file(id, 'invoice')
  return id
}

export function pay(office: RepairOffice, id: RepairId, yuan: string): void {
  const draft = office.pay(id, yuan)
  reviewDraft(office.reviewer, draft)
  postDrafts(office.bookkeeper, [draft])
}
