/** Repairs at every gate: below, at and above the amount, a repeat claim, one refused, some paid, some waiting. */
import { addDays, addMonths, parseDate } from '#core/calendar.ts'
import { parseYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { parsePercent, percentOf } from '#core/rate.ts'
import { NO_EXCLUDED_USE, REPAIR_PARTS } from '#core/repair/repair-place.ts'
import { lastDayUp } from '#core/repair/repair-publication.ts'
import { settlementAuditRequired } from '#core/repair/threshold.ts'
import { recordApportionment } from '../household/apportionment.ts'
import { storeAttachment } from '../attachment.ts'
import { policyFor } from '../policy/policy.ts'
import { listBuildings } from '../register/complex.ts'
import {
  answerRepeat, checkAtWindow, checkEngineering, endRepair, reportRepair,
} from '../repair/repair.ts'
import { authoriseRepair, recordContract } from '../repair/repair-agreement.ts'
import { applyForEmergency } from '../repair/repair-emergency.ts'
import { drawPool } from '../repair/repair-draw.ts'
import { addRepairPaper, signRepairSheet } from '../repair/repair-papers.ts'
import { instructPayment } from '../repair/repair-payment.ts'
import { repairCard } from '../repair/repair-list.ts'
import { acceptRepair, followUpRepair, publishRepair, settleRepair } from '../repair/repair-settlement.ts'
import { addVisa } from '../repair/repair-visa.ts'
import { confirmAuthorisation, recordAuthorisation } from '../authority/use-authorisation.ts'
import { useQuestion } from '../authority/use-answer.ts'
import type { ComplexId, RepairId, UseAuthorisationId } from '#core/id.ts'
import type { SampleRepair } from './data.ts'
import { paper, post, type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'
import { file, photo, reviewOf, type SamplePhotos } from './repair-site.ts'
import { KNOWN_BY_THE_WINDOW } from './warranty.ts'

/** From here on a contract keeps a retention, and covered works need a visa. */
const GREATER_WORKS = parseYuan('10000.00')
const WARRANTY_MONTHS = 12
/** From the contract's day to the agreed end. */
const AGREED_DAYS = 3

/** The owners' standing authorisation for small works, one a complex with repairs, before its first job. */
function authorisationEvents(desk: Desk, authorisations: Map<ComplexId, UseAuthorisationId>): SampleEvent[] {
  const decided = parseDate('2026-06-20')
  return desk.complexes.filter(({ data }) => desk.data.repairs.some(({ complex }) => complex === data.code))
    .map((complex) => ({
      date: addDays(decided, 10),
      happen: () => {
        const title = '共用部位中小修一次授权'
        const id = recordAuthorisation(desk.preparer, {
          complexId: complex.id, title, scope: { kind: 'complex' }, voteId: null, parts: REPAIR_PARTS,
          from: decided, to: parseDate('2028-12-31'), perJobFen: parseYuan('50000.00'), totalFen: parseYuan('200000.00'),
          decision: {
            number: `SQ-${complex.data.code}`, decidedOn: decided, sha256: paper(desk, `${complex.data.name}业主大会授权决定`, title),
          },
        })
        confirmAuthorisation(desk.reviewer, id)
        authorisations.set(complex.id, id)
      },
    }))
}

/** The steps of one job in their order; each runs only until the job has come as far as the sample says. */
export function repairEvents(desk: Desk, photos: SamplePhotos): SampleEvent[] {
  const authorisations = new Map<ComplexId, UseAuthorisationId>()
  const jobs = desk.data.repairs.flatMap((repair): SampleEvent[] => {
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
      return [report, at(1, (id) => endRepair(desk.reviewer, id, 'refused', repair.refusedFor))]
    }
    if (repair.to === 'cancelled') return [report, at(1, (id) => endRepair(desk.preparer, id, 'cancelled', '业主已自行修好，撤回报修'))]
    return [
      report,
      at(0, (id) => applyIfUrgent(desk, id, repair)),
      at(1, (id) => askAtWindow(desk, id, repair)),
      at(2, (id) => answerIfRepeated(desk, id, repair)),
      at(3, (id) => {
        const concealedWork = repair.part === '屋面' && parseYuan(repair.quoted) >= GREATER_WORKS
        checkEngineering(desk.reviewer, id, { approvedFen: parseYuan(repair.quoted), note: '', concealedWork })
        planOf(desk, id, complex, repair)
      }),
      at(4, (id) => authoriseOf(desk, id, { repair, photos, authorisationId: authorisations.get(complex.id) })),
      at(5, (id) => contractOf(desk, id, repair)),
      at(6, (id) => drawOf(desk, id)),
      at(7, (id) => reviewOf(desk, id, repair, photos)),
      at(8, (id) => visaOf(desk, id, photos)),
      at(9, (id) => acceptOf(desk, id, repair, photos)),
      at(11, (id) => settleOf(desk, id, repair)),
      at(12, (id) => publishOf(desk, id, repair, photos)),
      at(21, (id) => instructOf(desk, id, complex, repair)),
      at(22, (id) => payOf(desk, id)),
      at(27, (id) => followUpOf(desk, id)),
    ]
  })
  return [...authorisationEvents(desk, authorisations), ...jobs]
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

function askAtWindow(desk: Desk, id: RepairId, repair: SampleRepair): void {
  const { suggested } = useQuestion(repair)
  file(desk, id, 'quotation', '报价单', repair.title)
  checkAtWindow(desk.cashier, id, {
    excludedUses: NO_EXCLUDED_USE, builderWarranty: KNOWN_BY_THE_WINDOW, useItem: suggested?.code ?? null,
    second: null, explanation: suggested?.answer === 'allowed' ? '' : '属全体业主共有的设施，物业服务合同未约定由物业企业承担',
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

/** As it arrives, with the report itself. */
function applyIfUrgent(desk: Desk, id: RepairId, { emergency, title }: SampleRepair): void {
  if (emergency === undefined) return
  const { case: item, applicant, report } = emergency
  const files = [paper(desk, `应急使用申请（${title}）`, report)]
  applyForEmergency(desk.preparer, id, { item, applicant, appliedOn: desk.clock.today(), report, files })
}

type Grounds = {
  readonly repair: SampleRepair
  readonly photos: SamplePhotos
  readonly authorisationId: UseAuthorisationId | undefined
}

function authoriseOf(desk: Desk, id: RepairId, { repair, photos, authorisationId }: Grounds): void {
  if (stepOf(desk, id) !== 'authority') return
  const on = desk.clock.today()
  if (repair.emergency !== undefined) {
    photo(desk, id, repair, photos)
    authoriseRepair(desk.preparer, id, { on, scope: { kind: 'complex' }, ref: { kind: 'emergency' } })
  } else if (authorisationId !== undefined) {
    authoriseRepair(desk.preparer, id, { on, scope: { kind: 'complex' }, ref: { kind: 'standing', authorisationId } })
  }
}

/** Materials and labour, as a quotation breaks them down. */
function budgetOf(title: string, amountFen: Fen) {
  const materials = percentOf(amountFen, parsePercent('60'))
  return [
    { label: `${title}：材料`, amountFen: materials }, { label: `${title}：人工和措施`, amountFen: subtractFen(amountFen, materials) },
  ]
}

function contractOf(desk: Desk, id: RepairId, repair: SampleRepair): void {
  if (stepOf(desk, id) !== 'contract') return
  const { number } = repairCard(desk.preparer, id).repair
  file(desk, id, 'workOrder', '施工合同', repair.title)
  const amountFen = parseYuan(repair.quoted)
  const isGreater = amountFen >= GREATER_WORKS
  recordContract(desk.preparer, id, {
    number: `HT-${number}`, signedOn: desk.clock.today(), worksFrom: addDays(desk.clock.today(), 2),
    worksTo: addDays(desk.clock.today(), AGREED_DAYS), amountFen, budget: budgetOf(repair.title, amountFen),
    instalments: [{ label: '验收结算款', percent: parsePercent(isGreater ? '95' : '100') }],
    retentionPercent: parsePercent(isGreater ? '5' : '0'), retentionMonths: isGreater ? WARRANTY_MONTHS : 0,
    warrantyMonths: WARRANTY_MONTHS,
  })
}

function visaOf(desk: Desk, id: RepairId, photos: SamplePhotos): void {
  const { state } = repairCard(desk.reviewer, id)
  if (state.step !== 'acceptance' || !state.concealedWork) return
  addVisa(desk.reviewer, id, {
    on: desk.clock.today(), work: '原防水层铲除后的基层', quantity: '找平、修补共 48.6 平方米，裂缝 3 处', changeFen: ZERO_FEN,
    signers: [
      { party: 'section', person: '科室甲' }, { party: 'section', person: '科室乙' },
      { party: 'supervisor', person: '监理甲' }, { party: 'supervisor', person: '监理乙' },
    ],
    images: [storeAttachment(desk.reviewer, { name: '基层.png', bytes: photos.roof }).sha256],
  })
}

function answerIfRepeated(desk: Desk, id: RepairId, repair: SampleRepair): void {
  if (stepOf(desk, id) !== 'repeatAnswer') return
  file(desk, id, 'repeatRecord', '重复报修核实记录', repair.title)
  answerRepeat(desk.reviewer, id, {
    conclusion: 'unrelated', finding: '与上次维修部位不同', contractorPerson: '施工甲', supervisorPerson: '监理甲', sectionPerson: '科室甲',
  })
}

function drawOf(desk: Desk, id: RepairId): void {
  if (stepOf(desk, id) === 'spotDraw') drawPool(desk.reviewer)
}

function acceptOf(desk: Desk, id: RepairId, repair: SampleRepair, photos: SamplePhotos): void {
  if (stepOf(desk, id) !== 'acceptance') return
  const card = repairCard(desk.reviewer, id)
  if (!card.folder.papers.some(({ kind }) => kind === 'photo')) photo(desk, id, repair, photos)
  file(desk, id, 'acceptanceSheet', '三方签章的分类汇总表', repair.title)
  file(desk, id, 'acceptanceRecord', '现场验收记录', repair.title)
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
    startedOn: addDays(desk.clock.today(), -2),
    finishedOn: addDays(desk.clock.today(), -1),
    finding: '按合同（派工单）完成，现场查验与分类汇总表一致，质量合格，同意验收',
    stampedBy: ['section', 'supervisor', 'contractor'],
    sectionStaff: ['科室甲', '科室乙'],
    followUp: '电话回访报修业主，已修复，满意',
    warrantyUntil: addMonths(desk.clock.today(), WARRANTY_MONTHS),
  })
}

function settleOf(desk: Desk, id: RepairId, repair: SampleRepair): void {
  if (stepOf(desk, id) !== 'settlement') return
  file(desk, id, 'settlement', '决算单', `${repair.title} ${repair.quoted}`)
  const settledFen = parseYuan(repair.quoted)
  const { profileCode } = repairCard(desk.reviewer, id).repair
  const policy = policyFor(desk.ledger, profileCode, desk.clock.today())
  const isAudited = settlementAuditRequired(settledFen, policy.require('settlementAudit.waivedUpTo'))
  if (isAudited) file(desk, id, 'auditReport', '决算审计报告', `${repair.title} ${repair.quoted}`)
  const auditorId = isAudited ? desk.party(desk.data.auditors[0] ?? '示例会计师事务所') : null
  settleRepair(desk.reviewer, id, { on: desk.clock.today(), settledFen, auditorId })
}

function publishOf(desk: Desk, id: RepairId, repair: SampleRepair, photos: SamplePhotos): void {
  if (stepOf(desk, id) !== 'publication') return
  const from = desk.clock.today()
  addRepairPaper(desk.preparer, id, 'noticePhoto',
    storeAttachment(desk.preparer, { name: '公示张贴照片.png', bytes: photos.pipe }).sha256)
  const days = repairCard(desk.preparer, id).publicationDays ?? 1
  publishRepair(desk.preparer, id, { from, to: lastDayUp(from, days), place: `${repair.building}幢门厅公告栏` })
}

function instructOf(desk: Desk, id: RepairId, complex: SeatedComplex, repair: SampleRepair): void {
  if (stepOf(desk, id) !== 'payment') return
  if (repairCard(desk.preparer, id).state.contract === null) file(desk, id, 'workOrder', '派工单', repair.title)
  file(desk, id, 'invoice', '发票', `${repair.title} ${repair.quoted}`)
  instructPayment(desk.preparer, id, {
    amountFen: repairCard(desk.preparer, id).payable?.amountFen ?? parseYuan(repair.quoted), bankAccountId: complex.fundBank,
    date: desk.clock.today(),
  })
}

function payOf(desk: Desk, id: RepairId): void {
  const { step, draftId } = repairCard(desk.preparer, id).state
  if (step === 'voucher' && draftId !== null) post(desk, [draftId])
}

function followUpOf(desk: Desk, id: RepairId): void {
  if (stepOf(desk, id) !== 'followUp') return
  const facts = { on: desk.clock.today(), result: 'satisfied', person: '报修业主', said: '修好后没有再出现问题' } as const
  followUpRepair(desk.preparer, id, facts)
}
