/** Finds the title row by its words and turns titles into column positions. */
import { Problem } from '../problem.ts'
import { titleOf } from './cells.ts'
import type { ColumnField, Layout } from './layout.ts'
import type { DateOrder } from './moment.ts'
import { COLUMN_ALIASES, KNOWN_STRANGERS, LAYOUTS } from './layouts.ts'
import type { TableRecord } from './table.ts'

/** How cells are understood where a bank's layout leaves no choice and a mapped one does. */
export type Reading = {
  readonly dateOrder: DateOrder
  /** In a signed column: which way a positive amount goes. */
  readonly positiveIs: Side
  /** Words of the flag column besides 借 and 贷. */
  readonly inWords: readonly string[]
  readonly outWords: readonly string[]
  readonly brackets: 'byBalance' | 'plain' | 'negative'
}

type Side = 'in' | 'out'

export const BANK_READING: Reading = { dateOrder: 'year', positiveIs: 'in', inWords: [], outWords: [], brackets: 'byBalance' }

export type StatementHeader = {
  /** Position of the title row in the records. */
  readonly index: number
  readonly layout: string
  readonly bank: string
  readonly signed: boolean
  readonly reading: Reading
  /** Joined titles, to recognise the same heading on a later page. */
  readonly titles: string
  /** Number of titled columns. */
  readonly width: number
  readonly columns: Readonly<Partial<Record<ColumnField, readonly number[]>>>
}

/** Looks through the start of a table. Throws Problem `header.missing`, `header.ambiguous` or `format.unsupported`. */
export function findHeader(records: readonly TableRecord[]): StatementHeader {
  const preamble: string[] = []
  for (const [index, record] of records.entries()) {
    const titles = record.cells.map(titleOf)
    const layout = bestLayout(titles, preamble.join(' '))
    if (layout) return headerOf(index, titles, record.line, layout)
    const stranger = KNOWN_STRANGERS.find((known) => known.titles.every((title) => titles.includes(title)))
    if (stranger) throw new Problem({ code: 'format.unsupported', message: stranger.message, row: record.line })
    if (isGeneric(titles)) {
      return headerOf(index, titles, record.line, { id: 'generic', bank: '未识别的银行', columns: COLUMN_ALIASES })
    }
    preamble.push(titles.join(' '))
  }
  throw new Problem({
    code: 'header.missing',
    message:
      `第 1 行至第 ${records.length} 行里找不到表头（交易日期、借方、贷方、余额等列名），` +
      '请确认这是银行账户明细，且下载时没有删去表头',
    row: 1,
  })
}

function bestLayout(titles: readonly string[], preamble: string): Layout | undefined {
  const present = new Set(titles)
  let best: Layout | undefined
  let bestScore = 0
  for (const layout of LAYOUTS) {
    if (!layout.required.every((title) => present.has(title))) continue
    if (!(layout.preamble ?? []).every((word) => preamble.includes(word))) continue
    const score = layout.titles.filter((title) => present.has(title)).length
    if (score > bestScore) {
      best = layout
      bestScore = score
    }
  }
  return best
}

/** An unknown bank is only read where its running balance can prove the reading. */
function isGeneric(titles: readonly string[]): boolean {
  const has = (field: ColumnField) => COLUMN_ALIASES[field]?.some((title) => titles.includes(title)) ?? false
  return has('date') && has('balance') && ((has('in') && has('out')) || has('amount'))
}

const MULTIPLE: ReadonlySet<ColumnField> = new Set(['memo', 'type', 'serial'])
const MONEY: ReadonlySet<ColumnField> = new Set(['date', 'in', 'out', 'amount', 'balance'])

function headerOf(
  index: number,
  titles: readonly string[],
  line: number,
  layout: Pick<Layout, 'id' | 'bank' | 'columns' | 'signed'>,
): StatementHeader {
  const columns: Partial<Record<ColumnField, readonly number[]>> = {}
  for (const field of fieldsOf(layout.columns)) {
    const wanted = layout.columns[field] ?? []
    const found = wanted.map((title) => titles.indexOf(title)).filter((position) => position >= 0)
    const first = found[0]
    if (first === undefined) continue
    if (MONEY.has(field) && titles.indexOf(titles[first] ?? '', first + 1) >= 0) {
      throw new Problem({
        code: 'header.ambiguous',
        message: `第 ${line} 行有两列都叫“${titles[first] ?? ''}”，无法确定用哪一列，请从网银重新下载原始文件`,
        row: line,
      })
    }
    columns[field] = MULTIPLE.has(field) ? found : [first]
  }
  // A generic two-column file may also have a column called 金额 or 发生额; the sides decide.
  if (columns.in && columns.out) delete columns.amount
  const width = titles.findLastIndex((title) => title !== '') + 1
  const isSigned = layout.signed ?? columns.flag === undefined
  return {
    index, layout: layout.id, bank: layout.bank, signed: isSigned, reading: BANK_READING, titles: titles.join('|'), width,
    columns,
  }
}

function fieldsOf(columns: Layout['columns']): ColumnField[] {
  return Object.keys(columns).filter((key): key is ColumnField => key in COLUMN_ALIASES || OTHER_FIELDS.has(key))
}

const OTHER_FIELDS: ReadonlySet<string> = new Set(['ownName', 'type', 'payer', 'payerAccount', 'payee', 'payeeAccount'])
