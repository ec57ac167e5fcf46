/** Repairs at every gate: below, at and above the amount, a repeat claim, one refused, some paid, some waiting. */
import { addDays, addMonths, parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import type { PaperKind } from '#core/repair/repair-papers.ts'
import { recordApportionment } from '../household/apportionment.ts'
import { storeAttachment } from '../attachment.ts'
import { listBuildings } from '../register/complex.ts'
import {
  acceptRepair, answerRepeat, checkAtWindow, checkEngineering, endRepair, recordReview, reportRepair,
} from '../repair/repair.ts'
import { drawPool } from '../repair/repair-draw.ts'
import { addRepairPaper, signRepairSheet } from '../repair/repair-papers.ts'
import { instructPayment } from '../repair/repair-payment.ts'
import { repairCard } from '../repair/repair-list.ts'
import type { RepairId } from '#core/id.ts'
import type { SampleRepair } from './data.ts'
import { paper, post, type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'

/** Pictures of the place, by part; `photos` are the bytes of assets/sample/*.png. */
export type SamplePhotos = Readonly<Record<'roof' | 'lift' | 'pipe', Uint8Array>>

function file(desk: Desk, id: RepairId, kind: PaperKind, name: string, text: string): void {
  addRepairPaper(desk.preparer, id, kind, paper(desk, `${name}（${text}）`, text))
}

function photo(desk: Desk, id: RepairId, repair: SampleRepair, photos: SamplePhotos): void {
  const scene = repair.part === '电梯' ? 'lift' : repair.part === '屋面' || repair.part === '外墙' ? 'roof' : 'pipe'
  addRepairPaper(
    desk.preparer,
    id,
    'photo',
    storeAttachment(desk.preparer, { name: `现场照片-${scene}.png`, bytes: photos[scene] }).sha256,
  )
}

/** The steps of one job in their order; each runs only until the job has come as far as the sample says. */
export function repairEvents(desk: Desk, photos: SamplePhotos): SampleEvent[] {
  return desk.data.repairs.flatMap((repair) => {
    const complex = desk.complexes.find(({ data }) => data.code === repair.complex)
    if (complex === undefined) return []
    let job: RepairId | undefined
    const reported = parseDate(repair.reported)
    const at = (days: number, step: (id: RepairId) => void): SampleEvent => ({
      date: addDays(reported, days),
      happen: () => {
        if (job !== undefined && stepOf(desk, job) !== repair.to) step(job)
      },
    })
    const report: SampleEvent = { date: reported, happen: () => { job = reportOf(desk, complex, repair) } }
    if (repair.to === 'refused') {
      return [report, at(1, (id) => endRepair(desk.reviewer, id, 'refused', '属户内自用部分，不得从维修资金列支'))]
    }
    return [
      report,
      at(1, (id) => checkAtWindow(desk.cashier, id, { excludedUses: [], builderWarranty: null })),
      at(2, (id) => answerIfRepeated(desk, id, repair)),
      at(3, (id) => {
        file(desk, id, 'quotation', '报价单', repair.title)
        checkEngineering(desk.reviewer, id, { approvedFen: parseYuan(repair.quoted), note: '' })
        planOf(desk, id, complex, repair)
      }),
      at(4, (id) => reviewOf(desk, id, repair, photos)),
      at(9, (id) => acceptOf(desk, id, repair, photos)),
      at(12, (id) => payOf(desk, id, complex, repair)),
    ]
  })
}

function stepOf(desk: Desk, id: RepairId): string {
  return repairCard(desk.reviewer, id).state.step
}

function reportOf(desk: Desk, complex: SeatedComplex, repair: SampleRepair): RepairId {
  const building = listBuildings(desk.ledger, complex.id).find(({ code }) => code === String(repair.building))
  return reportRepair(desk.preparer, {
    complexId: complex.id,
    buildingId: building?.id ?? null,
    entrance: repair.entrance,
    part: repair.part,
    facility: repair.facility,
    title: repair.title,
    reportedOn: parseDate(repair.reported),
    quotedFen: parseYuan(repair.quoted),
    contractorId: desk.party(desk.data.contractors[repair.contractor]?.name ?? '示例维修有限公司'),
    supervisorId: desk.party(desk.data.supervisors[0] ?? '示例监理有限公司'),
  })
}

/** Where a sub-ledger is kept, the owners of the building are asked by a sheet before the work begins. */
function planOf(desk: Desk, id: RepairId, complex: SeatedComplex, repair: SampleRepair): void {
  const { buildingId } = repairCard(desk.reviewer, id).repair
  if (complex.data.register?.keepsSubLedger !== true || buildingId === null) return
  recordApportionment(desk.preparer, {
    complexId: complex.id, purpose: 'plan', repairId: id, utilityBillId: null, title: repair.title, basis: 'area',
    scope: { kind: 'buildings', buildingIds: [buildingId] }, shortfall: 'collect', askedFen: parseYuan(repair.quoted),
    coefficients: new Map(),
  })
}

function answerIfRepeated(desk: Desk, id: RepairId, repair: SampleRepair): void {
  if (stepOf(desk, id) !== 'repeatAnswer') return
  file(desk, id, 'repeatRecord', '重复报修核实记录', repair.title)
  answerRepeat(desk.reviewer, id, {
    conclusion: 'unrelated', finding: '与上次维修部位不同', contractorPerson: '施工甲', supervisorPerson: '监理甲', sectionPerson: '科室甲',
  })
}

function reviewOf(desk: Desk, id: RepairId, repair: SampleRepair, photos: SamplePhotos): void {
  if (stepOf(desk, id) === 'spotDraw') drawPool(desk.reviewer)
  const step = stepOf(desk, id)
  if (step !== 'spotCheck' && step !== 'siteReview') return
  photo(desk, id, repair, photos)
  file(desk, id, step, step === 'spotCheck' ? '抽查记录' : '现场复核记录', repair.title)
  if (step === 'siteReview') {
    signRepairSheet(desk.reviewer, id, { sheet: 'siteReview', party: 'section', person: '科室甲' })
    signRepairSheet(desk.reviewer, id, { sheet: 'siteReview', party: 'supervisor', person: '监理甲' })
  }
  const finding = { on: desk.clock.today(), finding: '现场情况与报价单一致，同意施工' }
  recordReview(desk.reviewer, id, step === 'spotCheck' ? 'spotChecked' : 'siteReviewed', finding)
}

function acceptOf(desk: Desk, id: RepairId, repair: SampleRepair, photos: SamplePhotos): void {
  if (stepOf(desk, id) !== 'acceptance') return
  const card = repairCard(desk.reviewer, id)
  if (!card.folder.papers.some(({ kind }) => kind === 'photo')) photo(desk, id, repair, photos)
  file(desk, id, 'acceptanceSheet', '三方签章的分类汇总表', repair.title)
  file(desk, id, 'acceptanceRecord', '现场验收记录', repair.title)
  file(desk, id, 'settlement', '决算单', repair.title)
  const people = [
    ['section', '科室甲'],
    ['section', '科室乙'],
    ['supervisor', '监理甲'],
    ['supervisor', '监理乙'],
    ['contractor', '施工甲'],
  ] as const
  for (const [party, person] of people) signRepairSheet(desk.reviewer, id, { sheet: 'acceptance', party, person })
  acceptRepair(desk.reviewer, id, {
    on: desk.clock.today(),
    settledFen: parseYuan(repair.quoted),
    stampedBy: ['section', 'supervisor', 'contractor'],
    sectionStaff: ['科室甲', '科室乙'],
    followUp: '电话回访报修业主，已修复，满意',
    warrantyUntil: addMonths(desk.clock.today(), 12),
  })
}

function payOf(desk: Desk, id: RepairId, complex: SeatedComplex, repair: SampleRepair): void {
  if (stepOf(desk, id) !== 'payment') return
  file(desk, id, 'workOrder', '派工单', repair.title)
  file(desk, id, 'invoice', '发票', `${repair.title} ${repair.quoted}`)
  const draftId = instructPayment(desk.preparer, id, {
    amountFen: parseYuan(repair.quoted), bankAccountId: complex.fundBank, date: desk.clock.today(),
  })
  post(desk, [draftId])
}

