/**
 * Papers of a repair up to the works (维修项目用纸): acceptance of the application, the opinions given on its way, the draw of
 * spot checks, the review on site and the visa for concealed work (铜陵 12(1)–(3), 13(3)). Each is a finished sheet to sign.
 */
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { formatPercent, type RateMicro } from '#core/rate.ts'
import type { RepairSheet, SheetBlock } from './repair-sheet.ts'

/** What every paper of a job says of it. */
export type RepairPaperHead = {
  readonly office: string
  readonly number: string
  readonly complex: string
  /** `3幢 1单元 屋面`. */
  readonly place: string
  readonly title: string
  readonly reportedOn: BusinessDate
  readonly quotedFen: Fen
  readonly contractor: string
  readonly supervisor: string
  readonly printedOn: BusinessDate
  readonly printedBy: string
}

export function repairSheet(head: RepairPaperHead, title: string, blocks: readonly SheetBlock[]): RepairSheet {
  const { office, number, printedOn, printedBy } = head
  return { title, office, number, printedOn, printedBy, readAt: 'desk', isLandscape: false, blocks }
}

/** The lines at the head of every paper of a job. */
export function jobFacts(head: RepairPaperHead): SheetBlock {
  return {
    kind: 'facts',
    rows: [
      [{ label: '小区', value: head.complex }, { label: '维修部位', value: head.place }],
      [{ label: '维修事项', value: head.title }],
      [{ label: '施工单位', value: head.contractor }, { label: '监理单位', value: head.supervisor }],
    ],
  }
}

export function yuanText(amount: Fen | null): string {
  return amount === null ? '' : `${formatYuan(amount)} 元`
}

function dayText(on: BusinessDate | null): string {
  return on === null ? '' : dateInChinese(on)
}

export type FiledPaperLine = { readonly kind: string; readonly name: string; readonly on: BusinessDate }

function papersTable(caption: string, papers: readonly FiledPaperLine[]): SheetBlock {
  return {
    kind: 'table',
    caption,
    columns: [
      { label: '序号', holds: 'center', width: 30 }, { label: '资料', holds: 'text', width: 130 }, { label: '文件', holds: 'text' },
      { label: '收到日期', holds: 'center', width: 76 },
    ],
    rows: papers.map(({ kind, name, on }, index) => [String(index + 1), kind, name, on]),
    total: null,
    empty: '尚未收到资料。',
  }
}

/** What a picture says of itself; '' where it says nothing. */
export type PhotoLine = {
  readonly name: string
  readonly filedOn: BusinessDate
  /** `2025-09-08 10:20`, by the camera's clock. */
  readonly takenAt: string
  readonly place: string
}

const NO_TRACE = '照片未记录'

export function photosTable(caption: string, photos: readonly PhotoLine[]): SheetBlock {
  return {
    kind: 'table',
    caption: `${caption}（拍摄时间以相机时钟为准）`,
    columns: [
      { label: '序号', holds: 'center', width: 30 }, { label: '文件', holds: 'text' },
      { label: '拍摄时间', holds: 'center', width: 88 }, { label: '拍摄地点', holds: 'text', width: 172 },
      { label: '收到日期', holds: 'center', width: 66 },
    ],
    rows: photos.map(({ name, filedOn, takenAt, place }, index) =>
      [String(index + 1), name, takenAt === '' ? NO_TRACE : takenAt, place === '' ? NO_TRACE : place, filedOn]),
    total: null,
    empty: '尚未收到照片。',
  }
}

export type AcceptanceSlip = {
  readonly papers: readonly FiledPaperLine[]
  /** What the window found: warranty, excluded uses, repeats; '' before the window check. */
  readonly opinion: string
  readonly checkedBy: string
  readonly checkedOn: BusinessDate | null
}

export function acceptanceSlip(head: RepairPaperHead, slip: AcceptanceSlip): RepairSheet {
  return repairSheet(head, '维修资金使用申请受理单', [
    jobFacts(head),
    { kind: 'facts', rows: [[
      { label: '报修日期', value: dateInChinese(head.reportedOn) }, { label: '报价', value: yuanText(head.quotedFen) },
    ]] },
    {
      kind: 'box', label: '窗口初审意见', text: slip.opinion, room: 84,
      signed: slip.checkedBy === '' ? '' : `${slip.checkedBy}　${dayText(slip.checkedOn)}`,
    },
    papersTable('已收资料', slip.papers),
    { kind: 'paragraph', text: '' },
    { kind: 'parties', parties: [
      { title: '申请人', persons: [], isSealed: true },
      { title: '受理窗口', persons: slip.checkedBy === '' ? [] : [slip.checkedBy], isSealed: true },
    ] },
    { kind: 'notes', items: [
      '受理后由工程科复审，复审人与初审人不是同一人；核定金额以复审意见为准。',
      '本单一式两份，申请人和受理窗口各执一份。凭编号可查询办理进度。',
    ] },
  ])
}

export type AnsweredLine = {
  readonly matter: string
  readonly answer: string
  readonly answeredBy: string
  /** Who closed it out or paid on that answer, never who gave it; '' while nobody has. */
  readonly second: string
}

/** Each suspicion that was let pass, with both names (an override needs a reason and a second person); nothing where none was. */
export function answeredTable(lines: readonly AnsweredLine[]): readonly SheetBlock[] {
  if (lines.length === 0) return []
  return [{
    kind: 'table',
    caption: '疑点说明',
    columns: [
      { label: '疑点', holds: 'text' }, { label: '说明和核实', holds: 'text' }, { label: '说明人', holds: 'center', width: 56 },
      { label: '销号或经办', holds: 'center', width: 62 },
    ],
    rows: lines.map(({ matter, answer, answeredBy, second }) => [matter, answer, answeredBy, second]),
    total: null,
    empty: '',
  }]
}

export type OpinionLine = { readonly step: string; readonly text: string; readonly person: string; readonly on: BusinessDate }
export type OpinionSheet = {
  readonly opinions: readonly OpinionLine[]
  /** The step it waits at, or how it ended. */
  readonly standing: string
  readonly amountFen: Fen
  readonly answered: readonly AnsweredLine[]
}

export function opinionSheet(head: RepairPaperHead, sheet: OpinionSheet): RepairSheet {
  return repairSheet(head, '维修项目办理意见表', [
    jobFacts(head),
    { kind: 'facts', rows: [[
      { label: '当前步骤', value: sheet.standing }, { label: '现时金额', value: yuanText(sheet.amountFen) },
    ]] },
    {
      kind: 'table',
      caption: '办理过程',
      columns: [
        { label: '序号', holds: 'center', width: 30 }, { label: '步骤', holds: 'text', width: 92 },
        { label: '意见和结果', holds: 'text' }, { label: '办理人', holds: 'center', width: 62 },
        { label: '日期', holds: 'center', width: 66 },
      ],
      rows: sheet.opinions.map(({ step, text, person, on }, index) => [String(index + 1), step, text, person, on]),
      total: null,
      empty: '还没有办理记录。',
    },
    ...answeredTable(sheet.answered),
    { kind: 'notes', items: ['以上各步由办理人本人登录办理，时间和内容记入操作日志，不能改动。'] },
  ])
}

export type DrawnRepair = {
  readonly number: string
  readonly title: string
  /** What the seed gives this number, as hexadecimal; the smallest are drawn. */
  readonly rank: string
  readonly isDrawn: boolean
}
export type DrawStratum = {
  readonly contractor: string
  readonly percent: RateMicro
  readonly repairs: readonly DrawnRepair[]
}
export type DrawRecord = {
  readonly office: string
  readonly drawId: number
  /** `2025-09-10 10:00`, in China. */
  readonly at: string
  readonly person: string
  readonly seed: string
  readonly strata: readonly DrawStratum[]
  readonly printedOn: BusinessDate
  readonly printedBy: string
}

/** Everything needed to draw again by hand: seed, pool, rate, and the rank of each job. */
export function drawRecord(record: DrawRecord): RepairSheet {
  const { office, printedOn, printedBy, strata } = record
  const drawn = strata.flatMap(({ repairs }) => repairs).filter(({ isDrawn }) => isDrawn).length
  const size = strata.reduce((sum, { repairs }) => sum + repairs.length, 0)
  return {
    title: '维修项目抽查抽取记录', office, number: `抽取第 ${record.drawId} 次`, printedOn, printedBy, readAt: 'desk', isLandscape: false,
    blocks: [
      { kind: 'facts', rows: [
        [{ label: '抽取时间', value: record.at }, { label: '抽取人', value: record.person }],
        [{ label: '备选项目', value: `${size} 项` }, { label: '抽中', value: `${drawn} 项` }],
        [{ label: '种子', value: record.seed }],
      ] },
      ...strata.map((stratum): SheetBlock => ({
        kind: 'table',
        caption: `${stratum.contractor}　${stratum.repairs.length} 项，抽查比例 ${formatPercent(stratum.percent)}%，` +
          `抽中 ${stratum.repairs.filter(({ isDrawn }) => isDrawn).length} 项`,
        columns: [
          { label: '维修编号', holds: 'center', width: 88 }, { label: '维修事项', holds: 'text' },
          { label: '排序值', holds: 'center', width: 72 }, { label: '抽中', holds: 'center', width: 40 },
        ],
        rows: stratum.repairs.map(({ number, title, rank, isDrawn }) => [number, title, rank, isDrawn ? '√' : '']),
        total: null,
        empty: '',
      })),
      { kind: 'notes', items: [
        '抽取办法：按施工单位和比例分组，每组抽取“项数 × 比例”，有零数的进一项，至少一项，所以每家都会抽到。抽中的项目退回重办也不再抽取，仍须抽查。',
        '种子前 16 位取自抽取前的操作日志，后 32 位由系统在抽取的同时随机产生，事先无人能知、无人能选。',
        '排序值由“种子:维修编号”计算：32 位 FNV-1a 散列（初值 811c9dc5，乘数 01000193），再按 MurmurHash3 收尾搅匀' +
          '（右移 16、乘 85ebca6b、右移 13、乘 c2b2ae35、右移 16）；每组取最小的几项。',
        '用同一种子和同一备选名单可以重新抽取，结果必然相同；账簿打开时也会自行复算。',
      ] },
      { kind: 'paragraph', text: '' },
      { kind: 'parties', parties: [
        { title: '抽取人', persons: [record.person], isSealed: false }, { title: '监督人', persons: [], isSealed: false },
      ] },
    ],
  }
}

/** `quantity` as checked on site, with its unit. */
export type VisaItem = { readonly item: string; readonly quantity: string }
export type VisaSheet = {
  /** Null for a blank form to take to the site. */
  readonly seq: number | null
  readonly on: BusinessDate | null
  readonly content: string
  readonly items: readonly VisaItem[]
  /** Added to the contract's amount, or taken off it; null on a blank form. */
  readonly addedFen: Fen | null
  readonly section: readonly string[]
  readonly supervisor: readonly string[]
  readonly contractor: readonly string[]
  readonly photos: readonly PhotoLine[]
}

const BLANK_VISA_LINES = 5

export function visaSheet(head: RepairPaperHead, visa: VisaSheet): RepairSheet {
  const blanks = visa.items.length > 0 || visa.content !== '' ? 0 : BLANK_VISA_LINES
  const items: readonly VisaItem[] = blanks === 0
    ? visa.items
    : Array.from({ length: blanks }, () => ({ item: ' ', quantity: '' }))
  return repairSheet(head, '隐蔽工程签证单', [
    jobFacts(head),
    { kind: 'facts', rows: [[
      { label: '签证次数', value: visa.seq === null ? '第　　次' : `第 ${visa.seq} 次` }, { label: '签证日期', value: dayText(visa.on) },
    ]] },
    { kind: 'box', label: '隐蔽内容', text: visa.content, signed: '', room: 90 },
    ...(items.length === 0 ? [] : [{
      kind: 'table', caption: '核实的工程量',
      columns: [
        { label: '项目', holds: 'text' }, { label: '现场核实的工程量', holds: 'text', width: 220 },
      ],
      rows: items.map(({ item, quantity }) => [item, quantity]), total: null, empty: '',
    } satisfies SheetBlock]),
    ...(visa.addedFen === null ? [] : [{
      kind: 'facts', rows: [[{ label: '金额增减', value: yuanText(visa.addedFen) }]],
    } satisfies SheetBlock]),
    photosTable('影像资料', visa.photos),
    { kind: 'paragraph', text: '' },
    { kind: 'parties', parties: [
      { title: '科室（不少于二人）', persons: visa.section, isSealed: false },
      { title: '监理（不少于二人）', persons: visa.supervisor, isSealed: true },
      { title: '施工单位', persons: visa.contractor, isSealed: true },
    ] },
    { kind: 'notes', items: ['隐蔽前由科室和监理现场核实数量并拍照或录像；签字人数不足的签证无效。'] },
  ])
}
