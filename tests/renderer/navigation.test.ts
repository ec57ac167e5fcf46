import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  addressTo,
  placeAbove,
  readAddress,
  SCREEN_IDS,
  SCREEN_LETTERS,
  writeAddress,
  type Address,
} from '#renderer/navigation.ts'

const NOWHERE = { book: null, complex: null, quarter: null }

/** The server answers a screen's address with the page only in this shape (server/content.ts). */
const SCREEN_PATH = /^\/(?:[a-z0-9-]+\/?)*$/i

function read(href: string): Address {
  const { pathname, search } = new URL(href, 'http://page')
  return readAddress(pathname, search)
}

const rowNumber = fc.option(fc.integer({ min: 1, max: 999_999_999 }), { nil: null })
const part = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
const address: fc.Arbitrary<Address> = fc.record({
  place: fc.record({
    screen: fc.constantFrom(...SCREEN_IDS),
    path: fc.array(part, { maxLength: 3 }),
    query: fc
      .dictionary(fc.constantFrom('state', 'text', 'from'), fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }))
      .map((query) => ({ ...query })),
  }),
  scope: fc.record({
    book: rowNumber,
    complex: rowNumber,
    quarter: fc.option(fc.constantFrom('2024Q4', '2025Q1', '2025Q3'), { nil: null }),
  }),
})

describe('where a person is', () => {
  it('survives being written into the address and read back', () => {
    fc.assert(fc.property(address, (where) => {
      expect(read(writeAddress(where))).toEqual(where)
    }))
  })

  it('is always a path the server answers with the page', () => {
    fc.assert(fc.property(address, (where) => {
      expect(new URL(writeAddress(where), 'http://page').pathname).toMatch(SCREEN_PATH)
    }))
  })

  it('is home for an address nobody knows', () => {
    expect(read('/').place.screen).toBe('today')
    expect(read('/nonsense/12').place).toEqual({ screen: 'today', path: [], query: {} })
  })

  it.each(['0', '-1', '1.5', '1e3', 'abc', '99999999999999999999'])('ignores complex=%s', (text) => {
    expect(read(`/vouchers?complex=${text}&quarter=2025Q5`).scope).toEqual(NOWHERE)
  })

  it('keeps book, complex and quarter while walking between screens, unless the link says otherwise', () => {
    const scope = { book: 1, complex: 3, quarter: '2025Q3' }
    expect(writeAddress(addressTo({ screen: 'deposits', path: [7] }, scope))).toBe('/deposits/7?book=1&complex=3&quarter=2025Q3')
    expect(writeAddress(addressTo({ screen: 'bank', scope: { complex: null } }, scope))).toBe('/bank?book=1&quarter=2025Q3')
  })

  it('goes up one level: record, filtered list, whole list, and no further', () => {
    const steps: string[] = []
    let place: Address['place'] | undefined = read('/vouchers/12/lines').place
    while (place !== undefined) {
      steps.push(writeAddress({ place, scope: NOWHERE }))
      place = placeAbove(place)
    }
    expect(steps).toEqual(['/vouchers/12/lines', '/vouchers/12', '/vouchers'])
    expect(placeAbove(read('/vouchers?state=draft').place)).toEqual({ screen: 'vouchers', path: [], query: {} })
  })

  it('gives every screen a letter of its own', () => {
    expect(new Set(Object.values(SCREEN_LETTERS)).size).toBe(SCREEN_IDS.length)
  })
})
