/**
 * A layout the office describes itself, for banks nobody has listed: which titled column means what, and how signs are
 * to be read. Saved per account; the next file is recognised by the titles, wherever the heading and the columns stand.
 */
import { Problem } from '../problem.ts'
import { isBlank, titleOf } from './cells.ts'
import { BANK_READING, type Reading, type StatementHeader } from './header.ts'
import { COLUMN_ALIASES } from './layouts.ts'
import type { DateOrder } from './moment.ts'
import type { TableRecord } from './table.ts'

export const MAPPED_FIELDS = [
  'date', 'time', 'in', 'out', 'amount', 'flag', 'balance', 'currency', 'party', 'partyAccount', 'ownAccount', 'serial', 'memo',
] as const
export type MappedField = (typeof MAPPED_FIELDS)[number]

/**
 * Our book, not the bank's. `sides`: one column for money in, one for money out. `signed`: one column with a sign.
 * `flagged`: one column without a sign, and a column that says which way.
 */
export const AMOUNT_RULES = ['sides', 'signed', 'flagged'] as const
export type AmountRule = (typeof AMOUNT_RULES)[number]

export type ColumnMapping = {
  /** All titles of the heading in their order, as `columnTitles` gives them. */
  readonly titles: readonly string[]
  /** Field by title; several columns may be `memo` or `serial`, other fields have one. */
  readonly fields: Readonly<Record<string, MappedField>>
  readonly rule: AmountRule
  /** For `signed`: which way a positive amount goes. */
  readonly positiveIs: 'in' | 'out'
  /** For `flagged`: what the flag column says, beside 借 (out) and 贷 (in). */
  readonly inWords: readonly string[]
  readonly outWords: readonly string[]
  readonly dateOrder: DateOrder
  /** `(100.00)`: decided by the balance, or said once where there is none. */
  readonly brackets: Reading['brackets']
}

export type NamedMapping = ColumnMapping & { readonly id: number; readonly name: string }

/** Titles of a heading, '' where a column has none; a repeated title is told apart by its count (`金额·2`). */
export function columnTitles(cells: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell) => {
    const title = titleOf(cell)
    if (title === '') return ''
    const count = (seen.get(title) ?? 0) + 1
    seen.set(title, count)
    return count === 1 ? title : `${title}·${count}`
  })
}

const SEVERAL: ReadonlySet<MappedField> = new Set(['memo', 'serial'])

/** Throws Problem `mapping.*` with the field the wizard marks. */
export function checkMapping(mapping: ColumnMapping): void {
  const used = Object.entries(mapping.fields)
  const columnsFor = (field: MappedField) => used.filter(([, each]) => each === field)
  const refuse = (code: string, field: string, message: string): never => {
    throw new Problem({ code, message, field })
  }
  const unknown = used.find(([title]) => !mapping.titles.includes(title))
  if (unknown) refuse('mapping.title', 'fields', `表头里没有“${unknown[0]}”这一列，请重新选择表头所在的行`)
  for (const field of MAPPED_FIELDS) {
    const [, second] = columnsFor(field)
    if (second && !SEVERAL.has(field)) refuse('mapping.twice', 'fields', `“${second[0]}”与另一列的含义相同，只有摘要和流水号可以有几列`)
  }
  if (columnsFor('date').length === 0) refuse('mapping.date', 'fields', '请指出哪一列是日期')
  const has = (field: MappedField) => columnsFor(field).length > 0
  if (mapping.rule === 'sides' && (!has('in') || !has('out'))) {
    refuse('mapping.sides', 'rule', '收入和支出分列的，请指出哪一列是收入、哪一列是支出')
  }
  if (mapping.rule !== 'sides' && !has('amount')) refuse('mapping.amount', 'rule', '请指出哪一列是金额')
  if (mapping.rule !== 'sides' && (has('in') || has('out'))) {
    refuse('mapping.rule', 'rule', '已指出收入、支出两列，请改选“收入、支出各一列”，或把这两列改为“不用”')
  }
  if (mapping.rule === 'sides' && has('amount')) refuse('mapping.rule', 'rule', '收入、支出分列时不再用“金额”列，请把它改为“不用”')
  if (mapping.rule === 'flagged' && !has('flag')) refuse('mapping.flag', 'rule', '请指出哪一列写明收支方向（借贷标志）')
  const both = mapping.inWords.find((word) => mapping.outWords.includes(word))
  if (both !== undefined) refuse('mapping.words', 'inWords', `“${both}”同时写在收入和支出里，无法判断收支`)
}

/** The heading of the first mapping whose titles all stand in one row; null when the file is of none of them. */
export function findMappedHeader(start: readonly TableRecord[], mappings: readonly NamedMapping[]): StatementHeader | null {
  for (const [index, record] of start.entries()) {
    const titles = columnTitles(record.cells)
    const present = new Set(titles)
    const mapping = mappings.find((one) => one.titles.every((title) => title === '' || present.has(title)))
    if (mapping) return headerOf(index, titles, mapping)
  }
  return null
}

function headerOf(index: number, titles: readonly string[], mapping: NamedMapping): StatementHeader {
  const columns: Partial<Record<MappedField, number[]>> = {}
  for (const [position, title] of titles.entries()) {
    const field = title === '' ? undefined : mapping.fields[title]
    if (field === undefined || (mapping.rule !== 'flagged' && field === 'flag')) continue
    columns[field] = [...(columns[field] ?? []), position]
  }
  const { positiveIs, inWords, outWords, dateOrder, brackets } = mapping
  return {
    index, columns,
    layout: `mapping:${mapping.id}`,
    bank: mapping.name,
    signed: mapping.rule === 'signed',
    reading: { ...BANK_READING, positiveIs, inWords, outWords, dateOrder, brackets },
    titles: titles.map((title) => title.replace(/·\d+$/, '')).join('|'),
    width: titles.findLastIndex((title) => title !== '') + 1,
  }
}

const FIELD_OF_TITLE = new Map<string, MappedField>(
  MAPPED_FIELDS.flatMap((field) => (COLUMN_ALIASES[field] ?? []).map((title) => [title, field] as const)).toReversed(),
)

/** Where the heading most likely stands: the row with most titles banks use; 0 when none has any. */
export function suggestHeadingRow(preview: readonly (readonly string[])[]): number {
  let best = 0
  let bestScore = 0
  for (const [index, cells] of preview.entries()) {
    const titles = columnTitles(cells).filter((title) => title !== '')
    const known = titles.filter((title) => FIELD_OF_TITLE.has(title)).length
    // Of two rows with as many known titles the one with more columns is the heading.
    const score = titles.length < 3 ? 0 : known * 100 + titles.length
    if (score > bestScore) [best, bestScore] = [index, score]
  }
  return best
}

/** A first guess for the clerk to correct: titles banks use, each field once, and the rule that fits them. */
export function suggestMapping(cells: readonly string[]): ColumnMapping {
  const titles = columnTitles(cells)
  const fields: Record<string, MappedField> = {}
  const taken = new Set<MappedField>()
  for (const title of titles) {
    const field = title === '' ? undefined : FIELD_OF_TITLE.get(title)
    if (field === undefined || (taken.has(field) && !SEVERAL.has(field))) continue
    fields[title] = field
    taken.add(field)
  }
  const rule = taken.has('in') && taken.has('out') ? 'sides' : (ruleFor(fields) ?? 'signed')
  const unused: readonly MappedField[] = rule === 'sides' ? ['amount', 'flag'] : ['in', 'out']
  return {
    titles,
    fields: Object.fromEntries(Object.entries(fields).filter(([, field]) => !unused.includes(field))),
    rule, positiveIs: 'in', inWords: [], outWords: [], dateOrder: 'year', brackets: 'byBalance',
  }
}

/** The only rule these columns allow; null while they allow several or none. */
export function ruleFor(fields: ColumnMapping['fields']): AmountRule | null {
  const used = new Set(Object.values(fields))
  if (used.has('amount')) return used.has('in') || used.has('out') ? null : used.has('flag') ? 'flagged' : 'signed'
  return used.has('in') && used.has('out') ? 'sides' : null
}

/** Words of the flag column as typed: one per line or separated by commas. */
export function flagWords(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter((word) => !isBlank(word)))]
}
