/** A small office with a contractor, a supervisor, the local rules filled in, and one call for each step of a repair. */
import { parseDate } from '#core/calendar.ts'
import type { BuildingId, CounterpartyId, DraftId, RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { AcceptanceFacts } from '#core/repair/repair-acceptance.ts'
import type { PaperKind } from '#core/repair/repair-papers.ts'
import type { SiteVisit } from '#core/repair/site-visit.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import { storeAttachment } from '#services/attachment.ts'
import { addBuilding, addCounterparty } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { setPolicyValue } from '#services/policy/policy.ts'
import { checkAtWindow, checkEngineering, reportRepair, type RepairReport } from '#services/repair/repair.ts'
import { photosOfStep, recordReview } from '#services/repair/repair-review.ts'
import { repairJob, repairOf } from '#services/repair/repair-record.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { instructPayment } from '#services/repair/repair-payment.ts'
import { acceptRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { makeOffice, PASSWORD, type Office } from '../office.ts'

export const TODAY = '2025-10-09'

/** Nobody knows when the place was completed, and it is said why. */
export const NO_COMPLETION = {
  category: null, categoryReason: '', known: { kind: 'notFound', reason: '小区建成二十余年，竣工资料经查找无存档' },
} as const

/** Answers of a window check that lets a job of the common parts pass. */
export const WINDOW_PASSES = {
  excludedUses: NO_EXCLUDED_USE, builderWarranty: NO_COMPLETION, useItem: null, explanation: '共用部位，物业服务合同未约定由物业企业承担',
  second: null,
} as const

export type RepairOffice = Office & {
  readonly contractor: CounterpartyId
  readonly supervisor: CounterpartyId
  readonly auditor: CounterpartyId
  readonly building: BuildingId
  setPolicy(key: string, value: unknown): void
  /** As if set long ago, without the second person's password. */
  preset(key: string, value: unknown): void
  report(yuan: string, more?: Partial<RepairReport>): RepairId
  file(id: RepairId, ...kinds: readonly PaperKind[]): void
  /** Window check and engineering check, the quotation filed; written down on the day of the report unless another is named. */
  check(id: RepairId, yuan: string, on?: string): void
  /** Section, supervisor and their record, photo included; the job is then at acceptance. */
  review(id: RepairId): void
  signAcceptance(id: RepairId): void
  accept(id: RepairId, more?: Partial<AcceptanceFacts>): void
  settle(id: RepairId, yuan: string): void
  pay(id: RepairId, yuan: string, by?: ServiceContext): DraftId
  /** Every step of a job on the site-review path up to its payment instruction. */
  walk(id: RepairId, yuan: string): DraftId
}

/** What section and supervisor found on 2025-09-10, each with a photo of those filed at this step. */
export function visitsTo({ ledger }: Office, id: RepairId, on = '2025-09-10'): readonly SiteVisit[] {
  const [first, second] = photosOfStep(repairJob(ledger, id, parseDate(TODAY))).map(({ sha256 }) => sha256)
  const seen = { on: parseDate(on), place: '3幢 1单元顶层', finding: '与申报一致' }
  return [
    { party: 'section', person: '钱科长', time: '09:30', photos: first === undefined ? [] : [first], ...seen },
    { party: 'supervisor', person: '孙监理', time: '09:40', photos: second === undefined ? [] : [second], ...seen },
  ]
}

/** `isWhole`: no leave for jobs below 5,000.00, so that every job takes every step. */
export function makeRepairOffice(options: { rules?: boolean; isWhole?: boolean } = {}): RepairOffice {
  const office = makeOffice({ today: TODAY })
  const { preparer, reviewer, head } = office
  const company = (name: string) => addCounterparty(preparer, { kind: 'company', name, bankName: '示例银行', bankAccount: '6220001' })
  const contractor = company('示例修缮工程有限公司')
  const supervisor = company('示例监理有限公司')
  const auditor = company('示例会计师事务所')
  const building = addBuilding(head, office.complexId, { code: '3', name: '3幢' })
  const setPolicy = (key: string, value: unknown): void => {
    setPolicyValue(head, {
      profileCode: 'AH-TONGLING', key, value, validFrom: '2025-01-01', source: '示例市维修办法', reason: '测试',
    }, { login: 'li', password: PASSWORD })
  }
  // As if set long ago: through the service each costs a password check, and these are not what is tested.
  const preset = (key: string, value: unknown): void => {
    office.ledger.sqlite
      .prepare(`INSERT INTO policy_value (profile_code, key, value, valid_from, source, reason, set_by, approved_by, at)
                VALUES ('AH-TONGLING', ?, ?, '2025-01-01', '示例市维修办法', '测试', ?, ?, '2025-01-01T00:00:00.000Z')`)
      .run(key, JSON.stringify(value), head.actor.userId, reviewer.actor.userId)
  }
  if (options.rules !== false) {
    preset('spotCheck.percent', '50')
    preset('settlementAudit.waivedUpTo', '30000.00')
    preset('overrun.percent', '10')
    preset('usePublication.days', 7)
  }
  if (options.isWhole !== true) {
    for (const step of ['repairAuthority', 'repairContract', 'usePublication']) preset(`${step}.waivedBelow`, '5000.00')
    preset('followUp.afterPayment', false)
  }
  let papers = 0
  const file: RepairOffice['file'] = (id, ...kinds) => {
    for (const kind of kinds) {
      papers += 1
      const name = kind === 'photo' || kind === 'noticePhoto' ? `现场${papers}.jpg` : `${kind}${papers}.pdf`
      addRepairPaper(preparer, id, kind, storeAttachment(preparer, { name, bytes: Buffer.from(`paper ${papers}`) }).sha256)
    }
  }
  const made: RepairOffice = {
    ...office,
    contractor,
    supervisor,
    auditor,
    building,
    setPolicy,
    preset,
    file,
    report: (yuan, more = {}) =>
      reportRepair(preparer, {
        complexId: office.complexId, buildingId: building, entrance: '1单元', part: '屋面', facility: '', title: '屋面渗漏修补',
        reportedOn: parseDate('2025-09-01'), quotedFen: parseYuan(yuan), contractorId: contractor, supervisorId: supervisor,
        ...more,
      }),
    check: (id, yuan, on = repairOf(office.ledger, id).reportedOn) => {
      // On the day of the report: the works of these offices were begun long before the clock's day, and not unapproved.
      const now = office.clock.now()
      office.clock.set(`${on}T02:00:00.000Z`)
      checkAtWindow(preparer, id, WINDOW_PASSES)
      file(id, 'quotation')
      checkEngineering(reviewer, id, { approvedFen: parseYuan(yuan), note: '', concealedWork: false })
      office.clock.set(now)
    },
    review: (id) => {
      file(id, 'siteReview', 'photo', 'photo')
      signRepairSheet(reviewer, id, { sheet: 'siteReview', party: 'section', person: '钱科长' })
      signRepairSheet(reviewer, id, { sheet: 'siteReview', party: 'supervisor', person: '孙监理' })
      recordReview(reviewer, id, 'siteReviewed', visitsTo(made, id))
    },
    signAcceptance: (id) => {
      for (const person of ['钱科长', '陈科员']) signRepairSheet(reviewer, id, { sheet: 'acceptance', party: 'section', person })
      for (const person of ['孙监理', '吴监理']) signRepairSheet(reviewer, id, { sheet: 'acceptance', party: 'supervisor', person })
      signRepairSheet(reviewer, id, { sheet: 'acceptance', party: 'contractor', person: '周工长' })
    },
    settle: (id, yuan) =>
      settleRepair(reviewer, id, { on: parseDate('2025-09-22'), settledFen: parseYuan(yuan), auditorId: null }),
    accept: (id, more = {}) =>
      acceptRepair(reviewer, id, {
        on: parseDate('2025-09-20'), startedOn: parseDate('2025-09-08'), finishedOn: parseDate('2025-09-18'),
        finding: '渗漏部位已修补，淋水试验不渗漏，合格', stampedBy: ['section', 'supervisor', 'contractor'],
        sectionStaff: ['钱科长', '陈科员'], followUp: '业主反映不再渗漏', warrantyUntil: parseDate('2026-09-20'), ...more,
      }),
    pay: (id, yuan, by = preparer) =>
      instructPayment(by, id, {
        amountFen: parseYuan(yuan), bankAccountId: office.maintenanceBank, date: parseDate('2025-10-09'),
      }),
    walk: (id, yuan) => {
      made.check(id, yuan)
      made.review(id)
      file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'workOrder', 'invoice')
      made.signAcceptance(id)
      made.accept(id)
      made.settle(id, yuan)
      return made.pay(id, yuan)
    },
  }
  return made
}
