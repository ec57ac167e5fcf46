/**
 * The certificate of a vote's result (表决结果认定书): what was asked, who could vote on which day, how the ballots fell by area and by
 * heads, which ratios they had to reach, and who counted and certified. Figures come finished; nothing is counted here.
 */
import { formatArea } from '#core/register/area.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { Fen } from '#core/money.ts'
import type { RepairSheet, SheetBlock, SheetCell } from './repair-sheet.ts'

export type VoteCertificateLine = { readonly label: string; readonly areaDm2: number; readonly heads: number }
/** `area` and `heads` as `71.43%，达到`. */
export type VoteCertificateTest = {
  readonly label: string
  readonly needed: string
  readonly area: string
  readonly heads: string
}

export type VoteCertificateModel = {
  readonly office: string
  readonly number: string
  readonly complex: string
  readonly title: string
  readonly matter: string
  /** `异议表决`, with the consequence of silence where it has one. */
  readonly method: string
  readonly scope: string
  readonly registerOn: BusinessDate
  readonly returnBy: BusinessDate
  readonly amountFen: Fen | null
  readonly repairNumber: string | null
  readonly lines: readonly VoteCertificateLine[]
  readonly tests: readonly VoteCertificateTest[]
  readonly passed: boolean
  /** What a carried vote does with the amount: `同意使用`. */
  readonly granted: string
  /** Why it is so, where the word alone would mislead: nobody need have agreed. */
  readonly because: string
  readonly notes: readonly string[]
  readonly countedBy: string
  readonly countedOn: BusinessDate
  /** Null: not certified yet, and the sheet says so. */
  readonly certified: { readonly by: string; readonly on: BusinessDate } | null
  readonly printedOn: BusinessDate
  readonly printedBy: string
}

/** Ballots across: the certificate stays on one page, seals included. */
function countTable(lines: readonly VoteCertificateLine[]): SheetBlock {
  return {
    kind: 'table', caption: '计票', empty: '', total: null,
    columns: [{ label: '票别', holds: 'text', width: 62 }, ...lines.map(({ label }) => ({ label, holds: 'number' as const }))],
    rows: [
      ['面积（㎡）', ...lines.map(({ areaDm2 }): SheetCell => formatArea(areaDm2))],
      ['人数', ...lines.map(({ heads }): SheetCell => String(heads))],
    ],
  }
}

function testTable(tests: readonly VoteCertificateTest[]): SheetBlock {
  return {
    kind: 'table', caption: '比例', empty: '', total: null,
    columns: [
      { label: '项目', holds: 'text' }, { label: '要求', holds: 'center', width: 120 },
      { label: '按面积', holds: 'center', width: 110 }, { label: '按人数', holds: 'center', width: 110 },
    ],
    rows: tests.map(({ label, needed, area, heads }) => [label, needed, area, heads]),
  }
}

export function voteCertificate(model: VoteCertificateModel): RepairSheet {
  const { certified, passed } = model
  const blocks: readonly SheetBlock[] = [
    {
      kind: 'facts',
      rows: [
        [{ label: '小区', value: model.complex }, { label: '事项类别', value: model.matter }],
        [{ label: '表决事项', value: model.title }],
        [{ label: '表决范围', value: model.scope }],
        [{ label: '表决方式', value: model.method }],
        [{ label: '清册日期', value: model.registerOn }, { label: '收票截止', value: model.returnBy }],
        ...(model.repairNumber === null ? [] : [[{ label: '维修项目', value: model.repairNumber }]]),
      ],
    },
    ...(model.amountFen === null
      ? []
      : [{ kind: 'amount' as const, label: passed && certified !== null ? model.granted : '提请使用', fen: model.amountFen }]),
    countTable(model.lines),
    testTable(model.tests),
    {
      kind: 'box', label: '表决结果', room: 46, text: `${passed ? '通过' : '未通过'}${model.because}。`,
      signed: certified === null ? '尚未经第二人确认，本页不作为使用依据' : `${certified.on} 确认`,
    },
    {
      kind: 'parties',
      parties: [
        { title: `计票人（${model.countedOn}）`, persons: [model.countedBy], isSealed: false },
        { title: '确认人', persons: certified === null ? [] : [certified.by], isSealed: false },
        { title: '业主大会或业主委员会', persons: [], isSealed: true },
      ],
    },
    { kind: 'notes', items: model.notes },
  ]
  return {
    title: '业主表决结果认定书', office: model.office, number: model.number, printedOn: model.printedOn, printedBy: model.printedBy,
    readAt: 'desk', isLandscape: false, blocks,
  }
}
