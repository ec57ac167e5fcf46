/**
 * Where a person is, as an address: `/vouchers/12?book=1&complex=3&quarter=2025Q3&state=draft`. Screen, record and list
 * filters are the place; book, complex and quarter are the scope that stays while walking between screens. Pure: the
 * browser's history is in place.ts.
 */

export const SCREEN_IDS = [
  'today',
  'complexes',
  'vouchers',
  'bank',
  'deposits',
  'repairs',
  'income',
  'disclosure',
  'findings',
  'books',
  'periods',
  'staff',
  'log',
  'settings',
] as const
export type ScreenId = (typeof SCREEN_IDS)[number]

/** `G`, then this letter (initial of the Chinese name where it is free). */
export const SCREEN_LETTERS: Readonly<Record<ScreenId, string>> = {
  today: 'J',
  complexes: 'X',
  vouchers: 'P',
  bank: 'Y',
  deposits: 'C',
  repairs: 'W',
  income: 'G',
  disclosure: 'S',
  findings: 'D',
  books: 'B',
  periods: 'Q',
  staff: 'R',
  log: 'L',
  settings: 'Z',
}

export type Place = {
  readonly screen: ScreenId
  /** What follows the screen: a record's id, `new`, a section. */
  readonly path: readonly string[]
  /** Filters of the screen; never the scope. */
  readonly query: Readonly<Record<string, string>>
}

/** Null: all complexes, the book or quarter the page proposes. */
export type ScopeAddress = {
  readonly book: number | null
  readonly complex: number | null
  readonly quarter: string | null
}

export type Address = { readonly place: Place; readonly scope: ScopeAddress }

/** Where a link leads; a scope part left out stays as it is. */
export type Target = {
  readonly screen: ScreenId
  readonly path?: readonly (string | number)[]
  readonly query?: Readonly<Record<string, string>>
  readonly scope?: Partial<ScopeAddress>
}

const SCOPE_KEYS: ReadonlySet<string> = new Set(['book', 'complex', 'quarter'])

function isScreenId(text: string | undefined): text is ScreenId {
  return SCREEN_IDS.some((id) => id === text)
}

function rowNumber(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}

/** Anything unknown leads home instead of failing: an old bookmark must not stop the day's work. */
export function readAddress(pathname: string, search: string): Address {
  const [first, ...rest] = pathname.split('/').filter((part) => part !== '')
  const parameters = new URLSearchParams(search)
  const quarter = parameters.get('quarter')
  const scope = {
    book: rowNumber(parameters.get('book')),
    complex: rowNumber(parameters.get('complex')),
    quarter: quarter !== null && /^\d{4}Q[1-4]$/.test(quarter) ? quarter : null,
  }
  const query = Object.fromEntries([...parameters].filter(([key]) => !SCOPE_KEYS.has(key)))
  const place = isScreenId(first) ? { screen: first, path: rest, query } : { screen: 'today' as const, path: [], query: {} }
  return { place, scope }
}

export function writeAddress({ place, scope }: Address): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(scope)) if (value !== null) parameters.set(key, String(value))
  for (const [key, value] of Object.entries(place.query)) if (value !== '') parameters.set(key, value)
  const search = parameters.toString()
  return `/${[place.screen, ...place.path].join('/')}${search === '' ? '' : `?${search}`}`
}

export function addressTo(target: Target, from: ScopeAddress): Address {
  return {
    place: { screen: target.screen, path: (target.path ?? []).map(String), query: target.query ?? {} },
    scope: { ...from, ...target.scope },
  }
}

/** One level up: a record to its list, a filtered list to the whole one; undefined at the top. */
export function placeAbove(place: Place): Place | undefined {
  if (place.path.length > 0) return { ...place, path: place.path.slice(0, -1), query: {} }
  return Object.keys(place.query).length > 0 ? { ...place, query: {} } : undefined
}
