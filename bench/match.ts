/**
 * Matching n statement lines against n ledger lines, a tenth of them one against several: how the time grows from a thousand to
 * a hundred thousand, and the same where every amount is round, on which a naive matcher goes quadratic.
 */
import { addDays, parseDate } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import type { BankItem, BookItem } from '#core/reconciliation/item.ts'
import { matchLines } from '#core/reconciliation/match.ts'
import { median, milliseconds, ms, times, type Measure } from './measure.ts'

const SIZES = [1000, 10_000, 100_000] as const
const FIRST_DAY = parseDate('2026-01-01')
const DAYS = 360
const PARTIES = 2000

export type Lines = { readonly bank: readonly BankItem[]; readonly book: readonly BookItem[]; readonly groups: number }

/** Knuth's multiplicative hash: scattered, and the same on every run. */
function scattered(index: number, below: number): number {
  return (Math.imul(index + 1, 2_654_435_761) >>> 8) % below
}

/** `round`: only twenty different amounts. */
export function linesOf(count: number, amounts: 'varied' | 'round'): Lines {
  const bank: BankItem[] = []
  const book: BookItem[] = []
  let groups = 0
  for (let index = 0; bank.length < count; index += 1) {
    const date = addDays(FIRST_DAY, Math.floor((index * DAYS) / count))
    const party = `示例商户${scattered(index, PARTIES)}`
    const amount = amounts === 'round' ? 10_000 * (1 + scattered(index, 20)) : 100 + scattered(index, 90_000_000)
    const isGroup = index % 10 === 0
    const parts = isGroup ? [Math.floor(amount / 4), Math.floor(amount / 3)] : []
    const rest = parts.reduce((sum, part) => sum - part, amount)
    if (isGroup) groups += 1
    bank.push({ id: index, date, amountFen: fen(amount), party, memo: '停车费', serial: `B${index}`, isReversal: false })
    for (const part of [...parts, rest]) {
      book.push({
        id: `${index}:${book.length}`, voucherId: book.length, reversesVoucherId: null, date: addDays(date, scattered(index, 3)),
        amountFen: fen(part), party, memo: '收停车费', isDeposit: false,
      })
    }
  }
  return { bank, book, groups }
}

const ROUNDS = 3

function timeOf({ bank, book }: Lines): number {
  return median(Array.from({ length: ROUNDS }, () => milliseconds(() => matchLines(bank, book))))
}

/** From a thousand to a hundred thousand: 1 is linear, 2 quadratic. */
function exponent(small: number, large: number): number {
  return Math.log(large / small) / Math.log(SIZES[2] / SIZES[0])
}

function measured(what: string, amounts: 'varied' | 'round', bound: number): Measure {
  const sizes = SIZES.map((size) => linesOf(size, amounts))
  // Warm: the first thousand would otherwise pay for compiling.
  for (const lines of sizes.slice(0, 2)) matchLines(lines.bank, lines.book)
  const [small = 0, middle = 0, large = 0] = sizes.map(timeOf)
  const growth = exponent(small, large)
  return {
    topic: 'match',
    what,
    measured: `n^${growth.toFixed(2)}`,
    bound: `≤ n^${bound}`,
    within: growth <= bound,
    medians: `1k ${ms(small)}, 10k ${ms(middle)} (${times(middle / small)}), 100k ${ms(large)} (${times(large / middle)})`,
  }
}

/** `round` fills its buckets as it grows and so pays for more neighbours; it must only stay far from quadratic. */
export function measureMatch(bounds: { readonly varied: number; readonly round: number }): readonly Measure[] {
  return [
    measured('matching n lines, a tenth one against several', 'varied', bounds.varied),
    measured('the same with twenty round amounts only', 'round', bounds.round),
  ]
}
