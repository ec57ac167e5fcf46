/**
 * What every screen is about: one book, one complex or all, one quarter. It lives in the address, is changed in the top
 * bar, and changes every screen.
 */
import { createContext, use, type ReactNode } from 'react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { parseQuarter, quarterBounds, quarterOf, type BusinessDate, type Quarter } from '#core/calendar.ts'
import type { ComplexId, BookId } from '#core/id.ts'
import { api } from './client.ts'
import { useAddress } from './place.ts'
import type { Books, Complexes } from './records.ts'
import { useSession } from './session.tsx'

export type Scope = {
  readonly books: Books
  readonly complexes: Complexes
  /** Undefined only in an office that has not opened a book yet. */
  readonly book: Books[number] | undefined
  readonly bookId: BookId | undefined
  /** Null: all complexes. */
  readonly complexId: ComplexId | null
  readonly complex: Complexes[number] | null
  readonly quarter: Quarter
  /** First and last day of the quarter. */
  readonly range: { readonly first: BusinessDate; readonly last: BusinessDate }
  /** The quarter's last day, or today while it still runs: the day balances are shown for. */
  readonly asOf: BusinessDate
  readonly today: BusinessDate
}

const ScopeContext = createContext<Scope | null>(null)

export function useScope(): Scope {
  const scope = use(ScopeContext)
  if (scope === null) throw new Error('useScope outside the frame')
  return scope
}

export function ScopeProvider({ children }: { readonly children: ReactNode }) {
  const { scope } = useAddress()
  const { today } = useSession().ledger
  const books = useSuspenseQuery(api.book.list.queryOptions()).data
  const complexes = useSuspenseQuery(api.complex.list.queryOptions()).data
  const book = books.find(({ id }) => id === scope.book) ?? books[0]
  const complex = complexes.find(({ id }) => id === scope.complex) ?? null
  const quarter = scope.quarter === null ? quarterOf(today) : parseQuarter(scope.quarter)
  const range = quarterBounds(quarter)
  const value: Scope = {
    books,
    complexes,
    book,
    bookId: book?.id,
    complexId: complex?.id ?? null,
    complex,
    quarter,
    range,
    asOf: range.last < today ? range.last : today,
    today,
  }
  return <ScopeContext value={value}>{children}</ScopeContext>
}
