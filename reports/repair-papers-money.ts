/**
 * Papers of a repair from acceptance to payment: 分类汇总表 with three seals, 现场验收记录, 决算单, 划款通知书 and 使用公示
 * (铜陵 12(4), 13(5); 165号令 art. 22, 30).
 */
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { Fen } from '#core/money.ts'
import type { WorkLine } from '#core/repair/work-lines.ts'
import { daysLate, worksDays, type WorksPeriod } from '#core/repair/works-period.ts'
import {
  answeredTable, jobFacts, photosTable, repairSheet, yuanText, type AnsweredLine, type PhotoLine, type RepairPaperHead,
} from './repair-papers.ts'
import type { RepairSheet, SheetBlock, SheetFact } from './repair-sheet.ts'

/** Null where no contract was asked for, and before the acceptance. */
export type WorksFacts = { readonly agreed: WorksPeriod | null; readonly actual: WorksPeriod | null }

function periodLine(period: WorksPeriod): string {
  return `${dateInChinese(period.from)}至${dateInChinese(period.to)}，${worksDays(period)} 天`
}

/** 合同工期 and 实际工期; the actual one stays blank on a form to take to the site. */
function worksRows({ agreed, actual }: WorksFacts): readonly (readonly SheetFact[])[] {
  const late = agreed === null || actual === null ? 0 : daysLate(agreed, actual)
  const ended = agreed === null ? '' : late === 0 ? '，按期完工' : `，逾期 ${late} 天`
  return [
    [{ label: '合同工期', value: agreed === null ? '未约定' : periodLine(agreed) }],
    [{ label: '实际工期', value: actual === null ? '' : `${periodLine(actual)}${ended}` }],
  ]
}

export type Signers = {
  readonly section: readonly string[]
  readonly supervisor: readonly string[]
  readonly contractor: readonly string[]
}

function workTable(caption: string | null, lines: readonly WorkLine[], totalFen: Fen): SheetBlock {
  return {
    kind: 'table',
    caption,
    columns: [
      { label: '序号', holds: 'center', width: 34 }, { label: '项目', holds: 'text' },
      { label: '工程量', holds: 'text', width: 130 }, { label: '金额（元）', holds: 'money', width: 92 },
    ],
    rows: lines.map((line, index) => [String(index + 1), line.item, line.quantity, line.amountFen]),
    total: ['', '合计', '', totalFen],
    empty: '没有项目明细。',
  }
}

function threeParties(signers: Signers): SheetBlock {
  return { kind: 'parties', parties: [
    { title: '科室（不少于二人）', persons: signers.section, isSealed: true },
    { title: '监理单位（不少于二人）', persons: signers.supervisor, isSealed: true },
    { title: '施工单位', persons: signers.contractor, isSealed: true },
  ] }
}

const GAP = { kind: 'paragraph', text: '' } as const satisfies SheetBlock

export type SummaryTable = {
  readonly lines: readonly WorkLine[]
  readonly totalFen: Fen
  readonly works: WorksFacts
  readonly signers: Signers
}

/** 三方签章: without it acceptance is refused (铜陵 12(4)). */
export function summaryTable(head: RepairPaperHead, table: SummaryTable): RepairSheet {
  return repairSheet(head, '维修项目分类汇总表', [
    jobFacts(head),
    { kind: 'facts', rows: worksRows(table.works) },
    workTable('完成的工程', table.lines, table.totalFen),
    GAP,
    { kind: 'amount', label: '合计（大写）', fen: table.totalFen },
    threeParties(table.signers),
    { kind: 'notes', items: ['三方签字盖章齐全后方可验收；一人只能代表一方签字，按人计数。'] },
  ])
}

export type AcceptanceRecord = {
  /** Null for a blank form to take to the site. */
  readonly on: BusinessDate | null
  readonly works: WorksFacts
  readonly finding: string
  readonly sectionStaff: readonly string[]
  readonly followUp: string
  readonly warrantyUntil: BusinessDate | null
  readonly signers: Signers
  readonly photos: readonly PhotoLine[]
}

export function acceptanceRecord(head: RepairPaperHead, record: AcceptanceRecord): RepairSheet {
  return repairSheet(head, '现场验收记录', [
    jobFacts(head),
    { kind: 'facts', rows: [
      [
        { label: '验收日期', value: record.on === null ? '' : dateInChinese(record.on) },
        { label: '质保止日', value: record.warrantyUntil === null ? '' : dateInChinese(record.warrantyUntil) },
      ],
      ...worksRows(record.works),
      [{ label: '到场科室人员', value: record.sectionStaff.join('、') }],
    ] },
    { kind: 'box', label: '验收情况和结论', text: record.finding, signed: '', room: 130 },
    { kind: 'box', label: '回访', text: record.followUp, signed: '', room: 60 },
    threeParties(record.signers),
    photosTable('现场照片', record.photos),
    { kind: 'notes', items: ['现场验收须有科室人员二人以上到场，形成书面记录，并同时回访。'] },
  ])
}

export type SettlementSheet = {
  readonly approvedFen: Fen | null
  readonly contractFen: Fen | null
  readonly addedFen: Fen | null
  readonly settledFen: Fen
  readonly lines: readonly WorkLine[]
  readonly works: WorksFacts
  /** `按口径须审计，报告已归档`. */
  readonly audit: string
  /** Kept back for the warranty; null where none is. */
  readonly retentionFen: Fen | null
  readonly retentionDue: BusinessDate | null
}

function retentionText({ retentionFen, retentionDue }: SettlementSheet): string {
  if (retentionFen === null) return '未留'
  return `${yuanText(retentionFen)}${retentionDue === null ? '' : `，${retentionDue} 到期`}`
}

export function settlementSheet(head: RepairPaperHead, sheet: SettlementSheet): RepairSheet {
  const { approvedFen, contractFen, addedFen, settledFen } = sheet
  return repairSheet(head, '维修工程决算单', [
    jobFacts(head),
    { kind: 'facts', rows: [
      [{ label: '核定金额', value: yuanText(approvedFen) }, { label: '合同金额', value: yuanText(contractFen) }],
      [{ label: '签证增加', value: yuanText(addedFen) }, { label: '质保金', value: retentionText(sheet) }],
      ...worksRows(sheet.works),
      [{ label: '决算审计', value: sheet.audit }],
    ] },
    workTable('决算明细', sheet.lines, settledFen),
    GAP,
    { kind: 'amount', label: '决算金额', fen: settledFen },
    { kind: 'parties', parties: [
      { title: '施工单位', persons: [], isSealed: true }, { title: '监理单位', persons: [], isSealed: true },
      { title: '审核', persons: [], isSealed: false }, { title: '单位', persons: [], isSealed: true },
    ] },
    { kind: 'notes', items: ['付款以本单金额扣除已付款和质保金为限；超出核定金额的部分按政策口径办理。'] },
  ])
}

export type PaymentOrder = {
  readonly payee: string
  /** Bank and account as signed in the contract. */
  readonly payeeBank: string
  readonly amountFen: Fen
  readonly settledFen: Fen
  readonly paidBeforeFen: Fen
  /** `第 1 次付款`; '' for a single payment. */
  readonly instalment: string
  /** From which account of ours; '' before the voucher is prepared. */
  readonly payerAccount: string
  /** `按专有部分面积，48 户分摊`. */
  readonly charged: string
  readonly preparedBy: string
  readonly on: BusinessDate | null
  readonly answered: readonly AnsweredLine[]
}

/** To the bank in three copies; figures and capitals must agree (支付结算办法 art. 12). */
export function paymentOrder(head: RepairPaperHead, order: PaymentOrder): RepairSheet {
  return repairSheet(head, '维修资金划款通知书', [
    jobFacts(head),
    { kind: 'facts', rows: [
      [{ label: '收款单位', value: order.payee }],
      [{ label: '开户行和账号', value: order.payeeBank }],
      [{ label: '付款专户', value: order.payerAccount }],
    ] },
    { kind: 'amount', label: '本次划款', fen: order.amountFen },
    { kind: 'facts', rows: [
      [{ label: '决算金额', value: yuanText(order.settledFen) }, { label: '此前已付', value: yuanText(order.paidBeforeFen) }],
      ...(order.instalment === '' ? [] : [[{ label: '期次', value: order.instalment }]]),
      [{ label: '分摊范围', value: order.charged }],
      [{ label: '经办人', value: order.preparedBy }, { label: '通知日期', value: order.on === null ? '' : dateInChinese(order.on) }],
    ] },
    ...answeredTable(order.answered),
    { kind: 'parties', parties: [
      { title: '经办', persons: [], isSealed: false }, { title: '复核', persons: [], isSealed: false },
      { title: '分管领导', persons: [], isSealed: false }, { title: '单位（专用章）', persons: [], isSealed: true },
    ] },
    { kind: 'notes', items: [
      '本通知书一式三份，单位、专户银行、收款单位各执一份；未盖专用章无效。',
      '只向合同约定的收款单位划款，收款户名、账号与合同不一致的，银行应当退回。',
    ] },
  ])
}

export type UseDisclosure = {
  readonly settledFen: Fen
  readonly paidFen: Fen
  readonly acceptedOn: BusinessDate | null
  readonly warrantyUntil: BusinessDate | null
  readonly authority: string
  readonly charged: string
  readonly from: BusinessDate | null
  readonly to: BusinessDate | null
  /** '' until it is put up. */
  readonly place: string
  readonly phones: readonly string[]
  readonly lines: readonly WorkLine[]
}

/** For the notice board: no owner's name or room stands on it (design invariant 14). */
export function useDisclosure(head: RepairPaperHead, notice: UseDisclosure): RepairSheet {
  const span = notice.from === null || notice.to === null
    ? '自张贴之日起'
    : `${dateInChinese(notice.from)}至${dateInChinese(notice.to)}`
  const { acceptedOn, warrantyUntil } = notice
  return {
    ...repairSheet(head, '住宅专项维修资金使用公示', [
      { kind: 'paragraph', text: `${head.complex}全体业主：下列维修使用住宅专项维修资金，现按规定公示，接受监督。` },
      { kind: 'facts', rows: [
        [{ label: '维修事项', value: head.title }],
        [{ label: '维修部位', value: head.place }],
        [{ label: '使用依据', value: notice.authority }],
        [{ label: '施工单位', value: head.contractor }],
        [{ label: '监理单位', value: head.supervisor }],
        [
          { label: '验收日期', value: acceptedOn === null ? '' : dateInChinese(acceptedOn) },
          { label: '质保止日', value: warrantyUntil === null ? '未约定' : dateInChinese(warrantyUntil) },
        ],
      ] },
      { kind: 'amount', label: '决算金额', fen: notice.settledFen },
      { kind: 'facts', rows: [
        [{ label: '已付金额', value: yuanText(notice.paidFen) }],
        [{ label: '分摊办法', value: notice.charged }],
        [{ label: '公示期', value: span }],
        [{ label: '公示地点', value: notice.place }],
      ] },
      workTable('费用明细', notice.lines, notice.settledFen),
      {
        kind: 'paragraph',
        text: '对以上内容有异议的，可以在公示期内向本单位提出；有异议的金额在答复前不付款。' +
          (notice.phones.length === 0 ? '' : `监督电话：${notice.phones.join('、')}。`),
      },
      {
        kind: 'paragraph',
        text: '公示单位（盖章）：　　　　　　　张贴人：　　　　　　张贴日期：　　年　　月　　日',
      },
    ]),
    readAt: 'board',
  }
}
