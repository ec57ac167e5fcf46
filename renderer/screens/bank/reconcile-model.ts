/** What the reconciliation screen holds: the month's open lines, what is suggested for them, and how a match changes both. */
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { isBusinessDate, monthOf, previousMonth, type Month } from '#core/calendar.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { openSums, reconciliationTable } from '#core/reconciliation/table.ts'
import { api, queryClient } from '../../client.ts'
import type { Answers, Questions } from '../../records.ts'

export type MonthTable = Answers['reconciliation']['month']
export type BankLine = MonthTable['bank'][number]
export type BookLine = MonthTable['book'][number]
export type MonthState = Answers['reconciliation']['months'][number]
export type RecentMatch = Answers['reconciliation']['recent'][number]
export type Group = Questions['reconciliation']['confirm']['groups'][number]
type Suggestion = Answers['reconciliation']['suggestions'][number]
/** `number` names it in both lists. */
export type Suggested = Suggestion & {
  readonly number: number
  readonly keys: { readonly bank: readonly string[]; readonly book: readonly string[] }
}

/** Twelve months up to the one of today. */
export function monthsUpTo(today: string): readonly Month[] {
  if (!isBusinessDate(today)) return []
  const months = [monthOf(today)]
  while (months.length < 12) months.unshift(previousMonth(months[0] ?? monthOf(today)))
  return months
}

/** By the lines' keys in either list. */
export type Suggestions = {
  readonly bank: ReadonlyMap<string, Suggested>
  readonly book: ReadonlyMap<string, Suggested>
}

/** Of answers the page holds: the list asks after each match, and the key after it asks again. */
const known = new WeakMap<readonly Suggestion[], Suggestions>()

function numbered(suggestions: readonly Suggestion[]): Suggestions {
  const before = known.get(suggestions)
  if (before !== undefined) return before
  const bank = new Map<string, Suggested>()
  const book = new Map<string, Suggested>()
  for (const [index, suggestion] of suggestions.entries()) {
    const bankKeys = suggestion.lineIds.map(String)
    const bookKeys = suggestion.entries.map(({ voucherId, lineNo }) => `${voucherId}:${lineNo}`)
    const suggested = { ...suggestion, number: index + 1, keys: { bank: bankKeys, book: bookKeys } }
    for (const key of bankKeys) bank.set(key, suggested)
    for (const key of bookKeys) book.set(key, suggested)
  }
  known.set(suggestions, { bank, book })
  return { bank, book }
}

type Question = { readonly bankAccountId: number; readonly month: Month }

/**
 * Not compared with what the page held: with the first of ten thousand rows taken out, every row would be compared, field by
 * field, with its neighbour, on each match.
 */
const AS_GIVEN = { structuralSharing: false } as const

export function monthQuery(question: Question) {
  return api.reconciliation.month.queryOptions(question, AS_GIVEN)
}

function suggestionsQuery(question: Question) {
  return api.reconciliation.suggestions.queryOptions(question, AS_GIVEN)
}

export function useSuggestions(question: Question): Suggestions {
  const { data } = useQuery(suggestionsQuery(question))
  return useMemo(() => numbered(data ?? []), [data])
}

/** At once where the page holds them; a key pressed before they came waits for them. */
export async function readSuggestions(question: Question): Promise<Suggestions> {
  return numbered(await queryClient.query({ ...suggestionsQuery(question), staleTime: 'static' }))
}

export function sumOf(lines: readonly { readonly amountFen: Fen }[]): Fen {
  return lines.reduce((sum, { amountFen }) => addFen(sum, amountFen), ZERO_FEN)
}

export function groupOf(bank: readonly BankLine[], book: readonly BookLine[], reason: string): Group {
  return {
    lineIds: bank.map(({ id }) => id), entries: book.map(({ voucherId, lineNo }) => ({ voucherId, lineNo })), method: 'manual',
    score: null, reason,
  }
}

export function acceptedGroup({ lineIds, entries, score, reason }: Suggested): Group {
  return { lineIds: [...lineIds], entries: [...entries], method: 'suggested', score, reason }
}

/**
 * Takes matched lines out of what the page holds: reading ten thousand lines anew after each match would be felt. What was
 * matched is equal on both sides, so the adjusted balances stand. Nobody waits for the rest of the page to be asked anew.
 */
export function takeOut(question: Question, group: Group): void {
  const lines = new Set<number>(group.lineIds)
  const entries = new Set(group.entries.map(({ voucherId, lineNo }) => `${voucherId}:${lineNo}`))
  queryClient.setQueryData(api.reconciliation.month.queryKey(question), (table) => {
    if (table === undefined) return undefined
    const bank = table.bank.filter(({ id }) => !lines.has(id))
    const book = table.book.filter(({ id }) => !entries.has(id))
    return { ...table, bank, book, ...reconciliationTable(table, openSums(bank, book)) }
  })
  queryClient.setQueryData(api.reconciliation.suggestions.queryKey(question), (before) =>
    before?.filter(({ lineIds, entries: taken }) =>
      !lineIds.some((id) => lines.has(id)) && !taken.some(({ voucherId, lineNo }) => entries.has(`${voucherId}:${lineNo}`))))
  void queryClient.invalidateQueries({ queryKey: api.reconciliation.recent.queryKey() })
  void queryClient.invalidateQueries({ queryKey: api.reconciliation.months.queryKey() })
  void queryClient.invalidateQueries({ queryKey: api.statement.pathKey() })
}
