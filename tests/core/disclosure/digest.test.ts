import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addQuarters, parseQuarter } from '#core/calendar.ts'
import { codeMatches, figuresText, parseShortCode, shortCode } from '#core/disclosure/digest.ts'
import { buildQuarterSheet, type QuarterSheet } from '#core/disclosure/sheet.ts'
import { parseYuan } from '#core/money.ts'
import { figure, plainInput } from './sheets.ts'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

const FULL = buildQuarterSheet(
  plainInput({
    dailyFund: {
      opening: figure('1.00'),
      income: figure('2.00'),
      spending: figure('3.00'),
      closing: figure('0.00'),
      bankBalance: parseYuan('0.00'),
    },
    utilities: [{ id: 'w', item: '用水', period: '9月', usage: '1', amount: figure('7.00'), paidFrom: '物业费' }],
  }),
)

/** Paths of every amount of a sheet, wherever it stands, except what the notice does not print as a figure. */
function amountPaths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'number') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    ['refs', 'attachments', 'previous', 'lastMoney', 'topUp'].includes(key) ? [] : amountPaths(item, [...path, key]),
  )
}

function withAmountChanged(value: unknown, path: readonly string[], by: number): unknown {
  const [key, ...rest] = path
  if (key === undefined) return typeof value === 'number' ? value + by : value
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (String(index) === key ? withAmountChanged(item, rest, by) : item))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? withAmountChanged(item, rest, by) : item]),
  )
}

describe('the digest of the figures', () => {
  it('changes when any single figure of the sheet changes by any amount', () => {
    // Sums of the bank part follow from its rows and are not printed from anywhere else.
    const derived = new Set(['bank.demand', 'bank.term', 'bank.difference'])
    const paths = amountPaths(FULL).filter((path) => !derived.has(path.join('.')))
    expect(paths.length).toBeGreaterThan(30)
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).filter((by) => by !== 0),
        (path, by) => {
          const changed = withAmountChanged(FULL, path, by) as QuarterSheet
          expect(figuresText(changed)).not.toBe(figuresText(FULL))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('does not change with names, notes, row order or voucher ids', () => {
    const sheet = buildQuarterSheet(plainInput())
    const input = plainInput()
    const renamed = buildQuarterSheet({
      ...input,
      manager: '改名后的物业公司',
      income: [...input.income]
        .reverse()
        .map((row) => ({
          ...row,
          note: '备注',
          received: row.received === null ? null : { amount: row.received.amount, refs: [] },
        })),
    })
    expect(figuresText(renamed)).toBe(figuresText(sheet))
  })

  it('tells a blank from a zero', () => {
    const with0 = (received: ReturnType<typeof figure> | null): string =>
      figuresText(buildQuarterSheet(plainInput({ income: plainInput().income.map((row) => ({ ...row, received })) })))
    expect(with0(null)).not.toBe(with0(figure('0.00')))
  })

  it('is the same text for ever', () => {
    expect(sha(figuresText(buildQuarterSheet(plainInput())))).toMatchInlineSnapshot(
      `"c4c37f195a50bafe55a537f05eb2b658739dd13c31b195387c16b08e541312db"`,
    )
  })
})

describe('the short code', () => {
  const complexCode = fc.stringMatching(/^[A-Za-z0-9小区][A-Za-z0-9小区._-]{0,10}[A-Za-z0-9小区]$/)

  it('is read back as written, also in small letters, with spaces or without hyphens in the digest', () => {
    fc.assert(
      fc.property(
        complexCode,
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1, max: 999 }),
        fc.string(),
        (code, quarters, version, seed) => {
          const quarter = addQuarters(parseQuarter('2020Q1'), quarters)
          const text = shortCode({ complexCode: code, quarter, version, sha256Hex: sha(seed) })
          const parts = parseShortCode(text)
          expect(parts).toMatchObject({ complexCode: code, quarter, version })
          expect(codeMatches(parts, sha(seed))).toBe(true)
          const digest = text.slice(-14)
          expect(parseShortCode(`${text.slice(0, -14)} ${digest.toLowerCase().replaceAll('-', '')}`)).toEqual(parts)
          expect(parseShortCode(text.slice(0, -14) + digest.replaceAll('0', 'O').replaceAll('1', 'l'))).toEqual(parts)
        },
      ),
    )
  })

  it('does not match other figures', () => {
    const parts = parseShortCode(
      shortCode({ complexCode: 'A', quarter: parseQuarter('2025Q3'), version: 1, sha256Hex: sha('a') }),
    )
    expect(codeMatches(parts, sha('b'))).toBe(false)
  })

  it.each([
    '',
    'MZ-A-2025Q5-V1-AAAA-BBBB-CCCC',
    'MZ-A-2025Q3-V0-AAAA-BBBB-CCCC',
    'MZ-A-2025Q3-V1-AAAA-BBBB',
    'MZ-A-2025Q3-V1-AAAA-BBBB-CCCU',
  ])('refuses %j and says what a code looks like', (text) => {
    expect(() => parseShortCode(text)).toThrow(expect.objectContaining({ code: 'short-code.format', field: '校验码' }))
  })

  it('refuses a complex code that cannot be typed', () => {
    const make = (code: string) => () =>
      shortCode({ complexCode: code, quarter: parseQuarter('2025Q3'), version: 1, sha256Hex: sha('') })
    expect(make('A B')).toThrow(expect.objectContaining({ code: 'short-code.complex' }))
    expect(make('A-')).toThrow(expect.objectContaining({ code: 'short-code.complex' }))
  })
})
