/** Repairs from their report to what comes after the payment. */
import { parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { checkAtWindow, checkEngineering } from '#services/repair/repair.ts'
import { recordContract } from '#services/repair/repair-agreement.ts'
import { settleRepair } from '#services/repair/repair-settlement.ts'
import { makeRepairOffice, WINDOW_PASSES, type RepairOffice } from '../repair/repair-office.ts'
import { pay, TERMS, toPayment, toWorks, wholeOffice } from '../repair/whole-path.ts'
import { at, setLong, tamper, type Looked, type RulePairs } from './rule-pair.ts'

/** Approved on the clock's day, 2025-10-09, whatever the dates of the works say. */
export function approveToday(office: RepairOffice, id: RepairId, yuan: string): void {
  checkAtWindow(office.preparer, id, WINDOW_PASSES)
  office.file(id, 'quotation')
  checkEngineering(office.reviewer, id, { approvedFen: parseYuan(yuan), note: '', concealedWork: false })
}

/** Up to the acceptance, by the site review. */
export function accepted(office: RepairOffice, id: RepairId): void {
  office.review(id)
  office.file(id, 'acceptanceSheet', 'acceptanceRecord')
  office.signAcceptance(id)
  office.accept(id)
}

/** Settled and waiting for its payment: a small job is let off its own publication. */
export function settledJob(office: RepairOffice, yuan = '3000.00', settled = yuan): RepairId {
  const id = office.report(yuan)
  office.check(id, yuan)
  accepted(office, id)
  office.file(id, 'settlement')
  office.settle(id, settled)
  return id
}

/** The works begun on 2025-09-08, approved before or on 2025-10-09. */
function approved(isInTime: boolean): Looked {
  const office = makeRepairOffice()
  const id = office.report('3000.00')
  if (isInTime) office.check(id, '3000.00')
  else approveToday(office, id, '3000.00')
  accepted(office, id)
  return at(office)
}

/** Agreed until 2025-09-18. */
function finished(on: string): Looked {
  const office = wholeOffice()
  const id = toWorks(office)
  office.accept(id, { finishedOn: parseDate(on) })
  return at(office)
}

/** Accepted on 2025-09-20, to be settled within two days and published within ten. */
export function emergency(today: string, settle: (office: RepairOffice, id: RepairId) => void = () => undefined): Looked {
  const office = wholeOffice()
  office.preset('emergency.settleDays', 2)
  office.preset('emergency.publishDays', 30)
  const id = toWorks(office)
  office.accept(id)
  settle(office, id)
  return at(office, today)
}

/** Paid on 2025-10-09 by an office that publishes within thirty days; the publication is not in a file brought in. */
function unpublished(): Looked {
  const office = wholeOffice()
  office.preset('check.repairDisclosureDays', 30)
  const id = toPayment(office)
  pay(office, id, '4800.00')
  pay(office, id, '2960.00')
  tamper(office, ['repair_event'], (run) => { run("DELETE FROM repair_event WHERE kind = 'published'") })
  return at(office, '2025-11-09')
}

/** A second job at a place whose first is still open. */
function again(part: string): Looked {
  const office = makeRepairOffice()
  office.report('3000.00')
  checkAtWindow(office.preparer, office.report('3000.00', { part }), WINDOW_PASSES)
  return at(office)
}

/** Two jobs of one contractor in one building under 2,000.00, thirty days looked at together. */
function split(second: string, reportedOn = '2025-09-01'): Looked {
  const office = makeRepairOffice()
  office.report('1200.00', { part: '外墙', title: '外墙修补' })
  office.report(second, { part: '电梯', title: '电梯修理', reportedOn: parseDate(reportedOn) })
  return at(office)
}

function near(yuan: string): Looked {
  const office = makeRepairOffice()
  office.preset('check.nearThresholdPercent', '90')
  office.report(yuan)
  return at(office)
}

function titled(title: string): Looked {
  const office = makeRepairOffice()
  office.report('800.00', { title })
  return at(office)
}

/** One signature under the acceptance taken out of the file. */
function folder(isTouched: boolean): Looked {
  const office = makeRepairOffice()
  settledJob(office)
  tamper(office, ['repair_signature'], (run) => {
    if (isTouched) run("DELETE FROM repair_signature WHERE sheet = 'acceptance' AND person = '吴监理'")
  })
  return at(office)
}

/** Settled fifteen percent above its approval while the profile allowed less than twenty; the figure was then put right. */
function over(putRightTo: string): Looked {
  const office = makeRepairOffice()
  setLong(office, 'overrun.percent', '20', '2025-01-02')
  settledJob(office, '3000.00', '3450.00')
  setLong(office, 'overrun.percent', putRightTo, '2025-01-03')
  return at(office)
}

export const REPAIR_PAIRS: RulePairs = {
  'repair.datesUpsideDown': { says: /开工（2025-09-08）早于审定/, told: () => approved(false), quiet: () => approved(true) },
  'repair.worksPeriod': { says: /晚 1 天完工/, told: () => finished('2025-09-19'), quiet: () => finished('2025-09-18') },
  'repair.emergencyOverdue': {
    says: /决算应于 2025-09-22 前办理，已逾期 1 天/, told: () => emergency('2025-09-23'), quiet: '2025-09-22',
  },
  'repair.notDisclosed': {
    says: /已 31 天未公示使用情况/, told: unpublished, quiet: '2025-11-08',
  },
  'repair.repeat': { says: /尚未办结） 同一部位/, told: () => again('屋面'), quiet: () => again('外墙') },
  'repair.splitting': { says: /疑似拆分/, told: () => split('800.00'), quiet: () => split('799.99') },
  'repair.nearThreshold': { says: /略低于 2,000.00 元/, told: () => near('1800.00'), quiet: () => near('1799.99') },
  'repair.outsideScope': { says: /户内/, told: () => titled('户内水管更换'), quiet: () => titled('屋面防水修补') },
  'repair.papersMissing': { says: /监理签字须 2 人，现有 1 人/, told: () => folder(true), quiet: () => folder(false) },
  'repair.overBudget': { says: /超出批准的 3,000.00 元 450.00 元/, told: () => over('15'), quiet: () => over('15.01') },
}

/** A job under its own contract, approved on the clock's day. */
export function contractedBefore(office: RepairOffice): RepairId {
  const id = office.report('8000.00')
  approveToday(office, id, '8000.00')
  office.file(id, 'workOrder')
  recordContract(office.preparer, id, { ...TERMS, budget: [{ label: '防水', amountFen: parseYuan('8000.00') }] })
  return id
}

export function settleOn(office: RepairOffice, id: RepairId, on: string): void {
  office.file(id, 'settlement')
  settleRepair(office.reviewer, id, { on: parseDate(on), settledFen: parseYuan('8000.00'), auditorId: null })
}
