/** 问题清单, A4 landscape: problem, amount, basis, vouchers, what was answered, how it was closed out and where it stands. */
import type { BusinessDate } from '#core/calendar.ts'
import { FINDING_LEVEL_WORD, type FindingLevel } from '#core/checks/finding.ts'
import { FINDING_STATE_WORD, type FindingState } from '#core/checks/standing.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { countOf, moneyOf, textOf, type DocumentRow, type TableDocument } from './table-document.ts'

export type FindingLine = {
  readonly level: FindingLevel
  readonly title: string
  readonly complex: string
  readonly message: string
  readonly amountFen: Fen | null
  readonly basis: string
  readonly vouchers: readonly string[]
  readonly foundOn: BusinessDate
  readonly answer: string
  /** The close-out (销号): what was verified, by whom, when; '' where there is none. */
  readonly closing: string
  readonly state: FindingState
}

export type FindingListModel = {
  readonly office: string
  /** Null for all complexes. */
  readonly complex: string | null
  /** Null: from the beginning. */
  readonly from: BusinessDate | null
  readonly to: BusinessDate
  readonly printedOn: BusinessDate
  readonly printedBy: string
  readonly lines: readonly FindingLine[]
  /** Sentences: rules that could not run, and why. */
  readonly notes: readonly string[]
}

function rowOf(line: FindingLine, index: number): DocumentRow {
  return {
    weight: 'item',
    cells: [
      countOf(index + 1),
      textOf(FINDING_LEVEL_WORD[line.level]),
      textOf(line.complex),
      textOf(`${line.title}：${line.message}`),
      moneyOf(line.amountFen),
      textOf(line.basis),
      textOf(line.vouchers.join('、')),
      textOf(line.answer),
      textOf(line.closing),
      textOf(`${FINDING_STATE_WORD[line.state]}，${line.foundOn} 查出`),
    ],
  }
}

function totalRow(lines: readonly FindingLine[]): DocumentRow {
  const sum = addFen(...lines.map(({ amountFen }) => amountFen ?? ZERO_FEN))
  const empty = textOf('')
  return {
    weight: 'total',
    cells: [countOf(null), empty, empty, textOf(`合计 ${lines.length} 条`), moneyOf(sum), empty, empty, empty, empty, empty],
  }
}

export function findingListDocument(model: FindingListModel): TableDocument {
  const { lines, from, to } = model
  return {
    title: '审计自查问题清单',
    form: null,
    issuer: model.office,
    subject: `范围：${model.complex ?? '全部小区'}`,
    periodText: from === null ? `截至 ${to}` : `${from} 至 ${to}`,
    unit: '元',
    date: model.printedOn,
    printedBy: model.printedBy,
    isLandscape: true,
    tables: [{
      caption: null,
      columns: [
        { label: '序号', holds: 'count', width: 26 },
        { label: '级别', holds: 'text', width: 24 },
        { label: '小区', holds: 'text', width: 44 },
        { label: '问题', holds: 'text' },
        { label: '涉及金额', holds: 'money', width: 68 },
        { label: '依据', holds: 'text', width: 72 },
        { label: '涉及凭证', holds: 'text', width: 54 },
        { label: '说明与整改', holds: 'text', width: 82 },
        { label: '销号', holds: 'text', width: 78 },
        { label: '状态', holds: 'text', width: 56 },
      ],
      rows: lines.length === 0 ? [] : [...lines.map(rowOf), totalRow(lines)],
      empty: '自查没有发现疑点',
    }],
    notes: ['以上均为疑似问题，以核实结果为准。', ...model.notes],
    signers: ['自查人', '复核人', '单位负责人'],
    watermark: null,
  }
}
