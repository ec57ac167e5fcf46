/**
 * Which screens exist. A capability adds one line: its screen id (navigation.ts) and how to load it. Titles are in
 * messages/frame.ts, letters in navigation.ts; a screen without a line here is not in the navigation.
 */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { ScreenId } from '../navigation.ts'

/** What every screen is given; it reads the scope with `useScope()`. */
export type ScreenProps = {
  /** What follows the screen in the address: a record's id, `new`, a section. */
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

export type ScreenComponent = ComponentType<ScreenProps>

function screen(load: () => Promise<ScreenComponent>): LazyExoticComponent<ScreenComponent> {
  return lazy(async () => ({ default: await load() }))
}

export const SCREENS: Readonly<Partial<Record<ScreenId, LazyExoticComponent<ScreenComponent>>>> = {
  bank: screen(async () => (await import('./bank/bank.tsx')).Bank),
  deposits: screen(async () => (await import('./deposit/deposits.tsx')).Deposits),
  income: screen(async () => (await import('./income/income.tsx')).Income),
  repairs: screen(async () => (await import('./repair/repairs.tsx')).Repairs),
  vouchers: screen(async () => (await import('./voucher/vouchers.tsx')).Vouchers),
  findings: screen(async () => (await import('./finding/findings.tsx')).Findings),
  books: screen(async () => (await import('./books/books.tsx')).Books),
  periods: screen(async () => (await import('./period/periods.tsx')).Periods),
  complexes: screen(async () => (await import('./complex/complexes.tsx')).Complexes),
  staff: screen(async () => (await import('./staff/staff.tsx')).Staff),
  log: screen(async () => (await import('./log/log.tsx')).Log),
  settings: screen(async () => (await import('./setting/settings.tsx')).Settings),
  disclosure: screen(async () => (await import('./notice/notices.tsx')).Notices),
  today: screen(async () => (await import('./today/today.tsx')).Today),
}

/** The two groups of the left navigation, in order. */
export const NAVIGATION_GROUPS: readonly (readonly ScreenId[])[] = [
  ['today', 'complexes', 'vouchers', 'bank', 'deposits', 'repairs', 'income', 'disclosure', 'findings', 'books', 'periods'],
  ['staff', 'log', 'settings'],
]
