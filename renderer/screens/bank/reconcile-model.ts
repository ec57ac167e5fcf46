/** What the reconciliation screen holds: the month's open lines, what is suggested for them, and how a match changes both. */
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { isBusinessDate, monthOf, previousMonth, type Month } from '#core/calendar.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { openSums, reconciliationTable } from '#core/reconciliation/table.ts'
import { api, client, queryClient } from '../../client.ts'
import type { Answers, Questions } from '../../records.ts'

export type MonthTable = Answers['reconciliation']['month']
export type BankLine = MonthTable['bank'][number]
export type BookLine = MonthTable['book'][number]
export type MonthState = Answers['reconciliation']['months'][number]
export type RecentMatch = Answers['reconciliation']['recent'][number]
export type Group = Questions['reconciliation']['confirm']['groups'][number]
type Suggestion = Answers['reconciliation']['suggestions'][number]
/** `number` names it in both lists. */
export type Suggested = Suggestion & { readonly number: number; readonly bookIds: readonly string[] }

/** Twelve months up to the one of today. */
export function monthsUpTo(today: string): readonly Month[] {
  if (!isBusinessDate(today)) return []
  const months = [monthOf(today)]
  while (months.length < 12) months.unshift(previousMonth(months[0] ?? monthOf(today)))
  return months
}

export type Suggestions = {
  readonly ofBank: ReadonlyMap<number, Suggested>
  readonly ofBook: ReadonlyMap<string, Suggested>
}

export function useSuggestions(question: { readonly bankAccountId: number; readonly month: Month }): Suggestions {
  const { data } = useQuery(api.reconciliation.suggestions.queryOptions(question))
  return useMemo(() => {
    const ofBank = new Map<number, Suggested>()
    const ofBook = new Map<string, Suggested>()
    for (const [index, suggestion] of (data ?? []).entries()) {
      const bookIds = suggestion.entries.map(({ voucherId, lineNo }) => `${voucherId}:${lineNo}`)
      const suggested = { ...suggestion, number: index + 1, bookIds }
      for (const id of suggestion.lineIds) ofBank.set(id, suggested)
      for (const id of bookIds) ofBook.set(id, suggested)
    }
    return { ofBank, ofBook }
  }, [data])
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
 * Writes matches, and takes their lines out of what the page holds: reading ten thousand lines anew after each match would be
 * felt. What was matched is equal on both sides, so the adjusted balances stand.
 */
export async function writeGroups(
  question: { readonly bankAccountId: number; readonly month: Month },
  groups: readonly Group[],
): Promise<void> {
  await client.reconciliation.confirm.mutate({ bankAccountId: question.bankAccountId, groups: [...groups] })
  const lines = new Set<number>(groups.flatMap(({ lineIds }) => lineIds))
  const entries = new Set(groups.flatMap((group) => group.entries.map(({ voucherId, lineNo }) => `${voucherId}:${lineNo}`)))
  queryClient.setQueryData(api.reconciliation.month.queryKey(question), (table) => {
    if (table === undefined) return undefined
    const bank = table.bank.filter(({ id }) => !lines.has(id))
    const book = table.book.filter(({ id }) => !entries.has(id))
    return { ...table, bank, book, ...reconciliationTable(table, openSums(bank, book)) }
  })
  queryClient.setQueryData(api.reconciliation.suggestions.queryKey(question), (before) =>
    before?.filter(({ lineIds, entries: taken }) =>
      !lineIds.some((id) => lines.has(id)) && !taken.some(({ voucherId, lineNo }) => entries.has(`${voucherId}:${lineNo}`))))
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.reconciliation.recent.queryKey() }),
    queryClient.invalidateQueries({ queryKey: api.reconciliation.months.queryKey() }),
    queryClient.invalidateQueries({ queryKey: api.statement.pathKey() }),
  ])
}
