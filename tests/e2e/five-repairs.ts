/**
 * Five repairs in the sample office, each brought through the services to where its story begins: two of 1,999.99 before the
 * engineering check, one of 2,000.00 whose use publication is over, a repeat under warranty to be answered, an emergency.
 */
import { parseDate } from '#core/calendar.ts'
import { idOf, type RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import type { PaperKind } from '#core/repair/repair-papers.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { storeAttachment } from '#services/attachment.ts'
import { fixedClock } from '#services/clock.ts'
import type { ServiceContext } from '#services/context.ts'
import { actorOf } from '#services/people/user.ts'
import { authoriseRepair, recordContract } from '#services/repair/repair-agreement.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { addRepairPhoto } from '#services/repair/repair-photo.ts'
import { acceptRepair, publishRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { checkAtWindow, checkEngineering, recordReview, reportRepair } from '#services/repair/repair.ts'
import sample from '#assets/sample/office.json' with { type: 'json' }

/** Keeps no household accounts, so that no apportionment comes between. */
const COMPLEX = 'A02'

export type FiveRepairs = {
  readonly complex: number
  readonly small: readonly [RepairId, RepairId]
  readonly exact: RepairId
  readonly repeat: RepairId
  readonly emergency: RepairId
}

export const ACCEPTANCE_SIGNERS = [
  ['section', '科室甲'], ['section', '科室乙'], ['supervisor', '监理甲'], ['supervisor', '监理乙'], ['contractor', '施工甲'],
] as const

function rowId(ledger: Ledger, sql: string): number {
  const id = ledger.sqlite.prepare<[], number>(sql).pluck().get()
  if (id === undefined) throw new Error(`the sample office has no row for: ${sql}`)
  return id
}

type Desk = { readonly zhang: ServiceContext; readonly li: ServiceContext; readonly wang: ServiceContext }

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
  checkAtWindow(desk.wang, id, { excludedUses: [], builderWarranty: null, useItem: 'structure', explanation: '' })
  file(desk, id, 'quotation')
  return id
}

/** Of exactly 2,000.00: authority, contract, review on site, acceptance, settlement, and a publication that ended yesterday. */
function walkToPayment(desk: Desk, id: RepairId): void {
  const { zhang, li } = desk
  const amountFen = parseYuan('2000.00')
  const authorisation = rowId(zhang.ledger,
    `SELECT a.id FROM use_authorisation a JOIN complex c ON c.id = a.complex_id WHERE c.code = '${COMPLEX}'`)
  checkEngineering(li, id, { approvedFen: amountFen, note: '', concealedWork: false })
  authoriseRepair(zhang, id, {
    on: parseDate('2026-09-21'), scope: { kind: 'complex' },
    ref: { kind: 'standing', authorisationId: idOf<'useAuthorisation'>(authorisation) },
  })
  file(desk, id, 'workOrder')
  recordContract(zhang, id, {
    number: 'HT-5-2000', signedOn: parseDate('2026-09-22'), amountFen, budget: [{ label: '围墙', amountFen }],
    instalments: [{ label: '验收结算款', percent: parsePercent('100') }], retentionPercent: parsePercent('0'), retentionMonths: 0,
    warrantyMonths: 12,
  })
  file(desk, id, 'siteReview')
  addRepairPhoto(li, id, { name: '围墙.png', bytes: Buffer.from('a wall'), mediaType: 'image/png' })
  signRepairSheet(li, id, { sheet: 'siteReview', party: 'section', person: '科室甲' })
  signRepairSheet(li, id, { sheet: 'siteReview', party: 'supervisor', person: '监理甲' })
  recordReview(li, id, 'siteReviewed', { on: parseDate('2026-09-23'), finding: '与报价一致' })
  file(desk, id, 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'invoice')
  for (const [party, person] of ACCEPTANCE_SIGNERS) signRepairSheet(li, id, { sheet: 'acceptance', party, person })
  acceptRepair(li, id, {
    on: parseDate('2026-09-28'), stampedBy: ['section', 'supervisor', 'contractor'], sectionStaff: ['科室甲', '科室乙'],
    followUp: '门卫确认完工', warrantyUntil: parseDate('2027-09-28'),
  })
  settleRepair(li, id, { on: parseDate('2026-09-29'), settledFen: amountFen, auditedBy: '' })
  addRepairPaper(zhang, id, 'noticePhoto', storeAttachment(zhang, { name: '公示.png', bytes: Buffer.from('a notice') }).sha256)
  publishRepair(zhang, id, { from: parseDate('2026-09-30'), to: parseDate('2026-10-08'), place: '南门公告栏' })
}

/** On a copy of the sample office that no server holds. */
export function prepareFive(office: string): FiveRepairs {
  const ledger = openLedger(office)
  try {
    const clock = fixedClock(`${sample.today}T02:00:00.000Z`)
    const person = (login: string): ServiceContext =>
      ({ ledger, clock, actor: actorOf(ledger, idOf<'user'>(rowId(ledger, `SELECT id FROM user WHERE login = '${login}'`))) })
    const desk = { zhang: person('zhang'), li: person('li'), wang: person('wang') }
    const small = ['门厅顶棚修补', '楼道扶手加固'].map((title, index) =>
      reported(desk, { title, part: index === 0 ? '门厅' : '绿化', yuan: '1999.99', reportedOn: '2026-09-28' }))
    const exact = reported(desk, { title: '围墙局部倒塌修复', part: '围墙', yuan: '2000.00', reportedOn: '2026-09-20' })
    walkToPayment(desk, exact)
    const repeat = idOf<'repair'>(rowId(ledger, "SELECT repair_id FROM repair_standing WHERE step = 'repeatAnswer'"))
    file(desk, repeat, 'repeatRecord')
    const emergency = reported(desk, { title: '屋面大面积渗漏抢修', part: '屋面', yuan: '2100.00', reportedOn: '2026-10-08' })
    checkEngineering(desk.li, emergency, { approvedFen: parseYuan('2100.00'), note: '', concealedWork: false })
    const [first, second] = small
    if (first === undefined || second === undefined) throw new Error('two small jobs')
    const complex = rowId(ledger, `SELECT id FROM complex WHERE code = '${COMPLEX}'`)
    return { complex, small: [first, second], exact, repeat, emergency }
  } finally {
    ledger.close()
  }
}
