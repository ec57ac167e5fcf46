import { z } from 'zod'

import { ACCOUNT, CHARTS } from '#core/voucher/chart.ts'
import { closingLines, closingTargets, type OpenBalance } from '#core/voucher/closing.ts'
import { addFen, fen, plainYuan, type Fen } from '#core/money.ts'
import { compare, yuan, type Vector } from './vector.ts'

/** Debit account, credit account, fen. */
type Entry = readonly [string, string, Fen]

const INCOME = {
  deposit: '4001',
  bank_interest: ACCOUNT.interestIncome,
  business_income: '4201',
} as const

const cycleSchema = z.object({
  events: z.array(z.tuple([z.enum(['deposit', 'bank_interest', 'repair_paid', 'business_income']), yuan])),
})
const destroyedSchema = z.object({ balance: yuan })
const expectedClosing = z.object({ closing: z.array(z.tuple([z.string(), z.string(), z.string()])) })

const BANK = '1001'
const MAINTENANCE_TARGETS = closingTargets('maintenance', { disposal: '3001', otherExpenditure: '3001' })

function balances(entries: readonly Entry[]): ReadonlyMap<string, Fen> {
  const sums = new Map<string, Fen>()
  const add = (code: string, amount: Fen): unknown => sums.set(code, addFen(sums.get(code) ?? fen(0), amount))
  for (const [debited, credited, amount] of entries) {
    add(debited, amount)
    add(credited, fen(-amount))
  }
  return sums
}

/** Income and expenditure accounts of the prescribed chart that are open after `entries`. */
function openBalances(entries: readonly Entry[]): readonly OpenBalance[] {
  const closes = new Set(
    CHARTS.maintenance
      .filter((each) => each.class === 'income' || each.class === 'expenditure')
      .map(({ code }) => code),
  )
  return [...balances(entries)]
    .filter(([code]) => closes.has(code))
    .map(([code, balanceFen]) => ({ code, complexId: 1, balanceFen }))
}

/** Core writes each carried balance as two lines, debit first; here they become one `Dr … Cr …` entry again. */
function closingEntries(entries: readonly Entry[]): readonly Entry[] {
  const lines = closingLines(openBalances(entries), MAINTENANCE_TARGETS)
  return lines.flatMap((line, index): Entry[] => {
    const other = lines[index + 1]
    return index % 2 === 0 && other !== undefined ? [[line.code, other.code, line.debitFen]] : []
  })
}

function written(entries: readonly Entry[]): string[][] {
  return entries.map(([debited, credited, amount]) => [`Dr ${debited}`, `Cr ${credited}`, plainYuan(amount)])
}

/** Closing entries stand in no order of their own: compared as a set, then shown in the vector's order. */
function inOrderOf(vector: Vector, entries: readonly Entry[]): string[][] {
  const asked = expectedClosing.parse(vector.expected).closing.map((entry) => entry.join(' '))
  return written(entries).sort((one, other) => asked.indexOf(one.join(' ')) - asked.indexOf(other.join(' ')))
}

function checkCycle(vector: Vector): void {
  const { events } = cycleSchema.parse(vector.input)
  const entries = events.map(([kind, amount]): Entry =>
    kind === 'repair_paid' ? [ACCOUNT.repairExpenditure, BANK, amount] : [BANK, INCOME[kind], amount])
  const closing = closingEntries(entries)
  const after = balances([...entries, ...closing])
  const stillOpen = openBalances([...entries, ...closing]).filter(({ balanceFen }) => balanceFen !== 0)
  if (stillOpen.length > 0) throw new Error(`not carried forward: ${stillOpen.map(({ code }) => code).join(', ')}`)
  const credited = (code: string): Fen => fen(-(after.get(code) ?? 0))
  compare(vector.expected, {
    entries: written(entries),
    closing: inOrderOf(vector, closing),
    balances: {
      1001: plainYuan(after.get(BANK) ?? fen(0)),
      3001: plainYuan(credited('3001')),
      3101: plainYuan(credited('3101')),
    },
    surplus: plainYuan(addFen(credited('3001'), credited('3101'))),
  })
}

/** 房屋灭失: what is owed to the owners is recognised first, then paid. */
function checkDestroyed(vector: Vector): void {
  const { balance } = destroyedSchema.parse(vector.input)
  const entries: readonly Entry[] = [['5101', '2001', balance], ['2001', BANK, balance]]
  compare(vector.expected, { entries: written(entries), closing: inOrderOf(vector, closingEntries(entries)) })
}

export function check(vector: Vector): void {
  if ('events' in vector.input) checkCycle(vector)
  else checkDestroyed(vector)
}
