/**
 * Five repairs in the sample office, each brought through the services to where its story begins: two of 1,999.99 before the
 * engineering check, one of 2,000.00 whose use publication is over, a repeat under warranty to be answered, an emergency; and,
 * because an emergency's publication outlasts any test, another whose publication is over.
 */
import { parseDate } from '#core/calendar.ts'
import { idOf, type RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import type { PaperKind } from '#core/repair/repair-papers.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { storeAttachment } from '#services/attachment.ts'
import type { UseAuthorityRef } from '#services/authority/use-authority.ts'
import { fixedClock } from '#services/clock.ts'
import type { ServiceContext } from '#services/context.ts'
import { actorOf } from '#services/people/user.ts'
import { authoriseRepair, recordContract } from '#services/repair/repair-agreement.ts'
import { applyForEmergency } from '#services/repair/repair-emergency.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { addRepairPhoto } from '#services/repair/repair-photo.ts'
import { acceptRepair, publishRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { checkAtWindow, checkEngineering, reportRepair } from '#services/repair/repair.ts'
import { recordReview } from '#services/repair/repair-review.ts'
import sample from '#assets/sample/office.json' with { type: 'json' }

/** Keeps no household accounts, so that no apportionment comes between. */
const COMPLEX = 'A02'

export type FiveRepairs = {
  readonly complex: number
  readonly small: readonly [RepairId, RepairId]
  readonly exact: RepairId
  readonly repeat: RepairId
  /** To be asked for and granted. */
  readonly emergency: RepairId
  /** Another emergency, whose publication is over. */
  readonly burst: RepairId
}

export const ACCEPTANCE_SIGNERS = [
  ['section', '科室甲'], ['section', '科室乙'], ['supervisor', '监理甲'], ['supervisor', '监理乙'], ['contractor', '施工甲'],
] as const

function rowId(ledger: Ledger, sql: string): number {
  const id = ledger.sqlite.prepare<[], number>(sql).pluck().get()
  if (id === undefined) throw new Error(`the sample office has no row for: ${sql}`)
  return id
}

type Desk = {
  readonly zhang: ServiceContext
  readonly li: ServiceContext
  readonly wang: ServiceContext
  /** From here on it is this day. */
  itIs(day: string): void
}

function file(desk: Desk, id: RepairId, ...kinds: readonly PaperKind[]): void {
  for (const kind of kinds) {
    const paper = { name: `${kind}.txt`, bytes: Buffer.from(`${kind} of repair ${id}`) }
    addRepairPaper(desk.zhang, id, kind, storeAttachment(desk.zhang, paper).sha256)
  }
}

/** Through the window check, the quotation filed. */
function reported(desk: Desk, more: { title: string; part: string; yuan: string; reportedOn: string }): RepairId {
  const { ledger } = desk.zhang
  const party = (name = '') => idOf<'counterparty'>(rowId(ledger, `SELECT id FROM counterparty WHERE name = '${name}'`))
  const id = reportRepair(desk.zhang, {
    complexId: idOf<'complex'>(rowId(ledger, `SELECT id FROM complex WHERE code = '${COMPLEX}'`)), buildingId: null, entrance: '',
    part: more.part, facility: '', title: more.title, reportedOn: parseDate(more.reportedOn), quotedFen: parseYuan(more.yuan),
    contractorId: party(sample.contractors[0]?.name), supervisorId: party(sample.supervisors[0]),
  })
  checkAtWindow(desk.wang, id, {
    excludedUses: NO_EXCLUDED_USE, useItem: 'structure', explanation: '', second: null,
    builderWarranty: { category: null, categoryReason: '', known: { kind: 'notFound', reason: '竣工资料经查找无存档' } },
  })
  file(desk, id, 'quotation')
  return id
}

/** Who goes to the site for either party. */
export const VISITORS = [{ party: 'section', person: '科室甲' }, { party: 'supervisor', person: '监理甲' }] as const

type Works = {
  readonly contract: string
  readonly what: string
  readonly settled: string
  readonly ref: UseAuthorityRef
}

function standingOf({ zhang }: Desk): UseAuthorityRef {
  const id = rowId(zhang.ledger,
    `SELECT a.id FROM use_authorisation a JOIN complex c ON c.id = a.complex_id WHERE c.code = '${COMPLEX}'`)
  return { kind: 'standing', authorisationId: idOf<'useAuthorisation'>(id) }
}

/** As the committee asked on the day of the report. */
function askUrgently({ zhang }: Desk, id: RepairId): void {
  const { sha256 } = storeAttachment(zhang, { name: '应急使用申请.txt', bytes: Buffer.from('主管爆裂') })
  applyForEmergency(zhang, id, {
    item: '供水、排水主管爆裂或堵塞', applicant: 'committee', appliedOn: parseDate('2026-09-20'), report: '主管爆裂，全小区停水',
    files: [sha256],
  })
}

/** Approved at exactly 2,000.00: from the engineering check to a publication that ended yesterday. */
function walkToPayment(desk: Desk, id: RepairId, { contract, what, settled, ref }: Works): void {
  const { zhang, li } = desk
  const amountFen = parseYuan('2000.00')
  desk.itIs('2026-09-21')
  checkEngineering(li, id, { approvedFen: amountFen, note: '', concealedWork: false })
  authoriseRepair(zhang, id, { on: parseDate('2026-09-21'), scope: { kind: 'complex' }, ref })
  desk.itIs('2026-09-22')
  file(desk, id, 'workOrder')
  recordContract(zhang, id, {
    number: contract, signedOn: parseDate('2026-09-22'), worksFrom: parseDate('2026-09-24'),
    worksTo: parseDate('2026-09-26'), amountFen, budget: [{ label: what, amountFen }],
    instalments: [{ label: '验收结算款', percent: parsePercent('100') }], retentionPercent: parsePercent('0'), retentionMonths: 0,
    warrantyMonths: 12,
  })
  desk.itIs('2026-09-23')
  file(desk, id, 'siteReview')
  const photos = [`${what}近处`, `${what}远处`].map((bytes) =>
    addRepairPhoto(li, id, { name: `${bytes}.png`, bytes: Buffer.from(bytes), mediaType: 'image/png' }))
  signRepairSheet(li, id, { sheet: 'siteReview', party: 'section', person: '科室甲' })
  signRepairSheet(li, id, { sheet: 'siteReview', party: 'supervisor', person: '监理甲' })
  const seen = { on: parseDate('2026-09-23'), time: '09:30', place: `${what}处`, finding: '与报价一致' }
  recordReview(li, id, 'siteReviewed', VISITORS.map((visitor, index) =>
    ({ ...visitor, ...seen, photos: photos.slice(index, index + 1) })))
  desk.itIs('2026-09-28')
  file(desk, id, 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'invoice')
  for (const [party, person] of ACCEPTANCE_SIGNERS) signRepairSheet(li, id, { sheet: 'acceptance', party, person })
  acceptRepair(li, id, {
    on: parseDate('2026-09-28'), startedOn: parseDate('2026-09-24'), finishedOn: parseDate('2026-09-27'),
    finding: `${what}已修复，与合同一致`, stampedBy: ['section', 'supervisor', 'contractor'], sectionStaff: ['科室甲', '科室乙'],
    followUp: '门卫确认完工', warrantyUntil: parseDate('2027-09-28'),
  })
  desk.itIs('2026-09-29')
  settleRepair(li, id, { on: parseDate('2026-09-29'), settledFen: parseYuan(settled), auditorId: null })
  const notice = storeAttachment(zhang, { name: '公示.png', bytes: Buffer.from(`公示 ${contract}`) })
  addRepairPaper(zhang, id, 'noticePhoto', notice.sha256)
  desk.itIs('2026-09-30')
  publishRepair(zhang, id, { from: parseDate('2026-09-30'), to: parseDate('2026-10-08'), place: '南门公告栏' })
}

/** On a copy of the sample office that no server holds. */
export function prepareFive(office: string): FiveRepairs {
  const ledger = openLedger(office)
  try {
    const clock = fixedClock(`${sample.today}T02:00:00.000Z`)
    const person = (login: string): ServiceContext =>
      ({ ledger, clock, actor: actorOf(ledger, idOf<'user'>(rowId(ledger, `SELECT id FROM user WHERE login = '${login}'`))) })
    const itIs = (day: string): void => clock.set(`${day}T02:00:00.000Z`)
    const desk = { zhang: person('zhang'), li: person('li'), wang: person('wang'), itIs }
    const small = ['门厅顶棚修补', '楼道扶手加固'].map((title, index) =>
      reported(desk, { title, part: index === 0 ? '门厅' : '绿化', yuan: '1999.99', reportedOn: '2026-09-28' }))
    itIs('2026-09-20')
    const exact = reported(desk, { title: '围墙局部倒塌修复', part: '围墙', yuan: '2000.00', reportedOn: '2026-09-20' })
    walkToPayment(desk, exact, { contract: 'HT-5-2000', what: '围墙', settled: '2000.00', ref: standingOf(desk) })
    itIs('2026-09-20')
    const burst = reported(desk, { title: '供水主管爆裂抢修', part: '给水', yuan: '2000.00', reportedOn: '2026-09-20' })
    askUrgently(desk, burst)
    walkToPayment(desk, burst, { contract: 'HT-5-1980', what: '供水主管', settled: '1980.00', ref: { kind: 'emergency' } })
    itIs(sample.today)
    const repeat = idOf<'repair'>(rowId(ledger, "SELECT repair_id FROM repair_standing WHERE step = 'repeatAnswer'"))
    file(desk, repeat, 'repeatRecord')
    const emergency = reported(desk, { title: '屋面大面积渗漏抢修', part: '屋面', yuan: '2100.00', reportedOn: '2026-10-08' })
    checkEngineering(desk.li, emergency, { approvedFen: parseYuan('2100.00'), note: '', concealedWork: false })
    const [first, second] = small
    if (first === undefined || second === undefined) throw new Error('two small jobs')
    const complex = rowId(ledger, `SELECT id FROM complex WHERE code = '${COMPLEX}'`)
    return { complex, small: [first, second], exact, repeat, emergency, burst }
  } finally {
    ledger.close()
  }
}
