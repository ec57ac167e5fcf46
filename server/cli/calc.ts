/** `calc`: one rule of `core` on its own, from JSON to JSON. Without `--input` it prints an input to start from. */
import { z } from 'zod'
import { allocate } from '#core/allocation.ts'
import { dateInCapitals, yuanInCapitals } from '#core/voucher/capitals.ts'
import { dueDate } from '#core/disclosure/due.ts'
import { termInterest } from '#core/deposit/interest.ts'
import { parseYuan, plainYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { netIncome, topUpDemand } from '#core/income/public-income-split.ts'
import { formatPercent, parsePercent, type RateMicro } from '#core/rate.ts'
import { rollOver } from '#core/deposit/rollover.ts'
import { repairReview } from '#core/repair/threshold.ts'
import { inWarranty, warrantyLastDay } from '#core/repair/warranty.ts'
import { dateSchema, parsedBy, quarterSchema } from '../api/schema.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { printJson } from './output.ts'

const usage = 'calc TOPIC [--input JSON]'

const yuan = z.string('金额请写成文本，例如 "1234.50"').transform(parsedBy<string, Fen>((text) => parseYuan(text)))
const percent = z.string('利率请写成百分数文本，例如 "1.55"').transform(parsedBy<string, RateMicro>((text) => parsePercent(text)))

const deposit = z.strictObject({
  principal: yuan,
  rate: percent,
  start: dateSchema,
  months: z.int().positive(),
  dayCount: z.enum(['months_odd_360', 'actual_360', 'actual_365', 'thirty_360']).default('months_odd_360'),
})

function termOf({ principal, rate, start, months, dayCount }: z.output<typeof deposit>) {
  return { principal, rate, start, dayCount, term: { unit: 'months', count: months } } as const
}

type Topic = { readonly example: object; readonly run: (input: unknown) => object }

function topic<Schema extends z.ZodType>(
  schema: Schema,
  example: z.input<Schema> & object,
  calculate: (input: z.output<Schema>) => object,
): Topic {
  return { example, run: (input) => calculate(schema.parse(input)) }
}

const TOPICS: Readonly<Record<string, Topic>> = {
  capitals: topic(
    z.strictObject({ amount: yuan, date: dateSchema.optional(), style: z.enum(['voucher', 'bank_instrument']) }),
    { amount: '1409.50', date: '2026-01-15', style: 'voucher' },
    ({ amount, date, style }) => ({
      amount: yuanInCapitals(amount, { style }),
      ...(date === undefined ? {} : { date: dateInCapitals(date) }),
    }),
  ),
  interest: topic(
    deposit,
    { principal: '100000.00', rate: '1.55', start: '2025-01-31', months: 6 },
    (input) => {
      const { interest, dueDate } = termInterest(termOf(input))
      return { dueDate, interest: plainYuan(interest) }
    },
  ),
  rollover: topic(
    deposit.extend({ mode: z.enum(['principal_only', 'principal_and_interest']), nextRate: percent }),
    { principal: '8000.00', rate: '1.98', start: '2009-02-03', months: 6, mode: 'principal_and_interest', nextRate: '1.98' },
    ({ mode, nextRate, ...input }) => {
      const rolled = rollOver(termOf(input), { mode, rate: nextRate })
      return {
        dueDate: rolled.dueDate,
        interest: plainYuan(rolled.interest),
        paidToDemand: plainYuan(rolled.paidToDemand),
        next: {
          principal: plainYuan(rolled.next.principal),
          rate: formatPercent(rolled.next.rate),
          start: rolled.next.start,
          dueDate: rolled.nextDueDate,
        },
      }
    },
  ),
  threshold: topic(
    z.strictObject({ amount: yuan, threshold: yuan }),
    { amount: '1999.99', threshold: '2000.00' },
    ({ amount, threshold }) => repairReview(amount, threshold),
  ),
  warranty: topic(
    z.strictObject({ accepted: dateSchema, months: z.int().positive(), claimed: dateSchema }),
    { accepted: '2023-08-31', months: 18, claimed: '2025-02-28' },
    ({ accepted, months, claimed }) => {
      const term = { kind: 'months', months } as const
      return { lastDay: warrantyLastDay(accepted, term), inWarranty: inWarranty(claimed, accepted, term) }
    },
  ),
  'top-up': topic(
    z.strictObject({ gross: yuan, costs: z.array(yuan).max(1000), percent, strict: z.boolean() }),
    { gross: '86500.00', costs: ['2595.00', '4300.00', '12000.00'], percent: '50', strict: true },
    ({ gross, costs, percent: pct, strict }) => {
      const net = netIncome(gross, costs)
      // Under a plain share of the net income the balances play no part.
      const figures = { net, accountBalance: ZERO_FEN, fundBalance: ZERO_FEN, firstDeposit: ZERO_FEN }
      const { minimum } = topUpDemand({ mode: 'min_pct', pct, strict }, figures)
      return { net: plainYuan(net), minimum: minimum === null ? null : plainYuan(minimum) }
    },
  ),
  'due-date': topic(
    z.strictObject({
      quarter: quarterSchema,
      due: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('day_of_first_month'), day: z.int() }),
        z.strictObject({ kind: z.literal('end_of_first_month') }),
      ]),
    }),
    { quarter: '2025Q3', due: { kind: 'day_of_first_month', day: 15 } },
    ({ quarter, due }) => ({ due: dueDate(due, quarter) }),
  ),
  allocation: topic(
    z.strictObject({ total: yuan, weights: z.array(z.int().nonnegative()).min(1).max(100_000) }),
    { total: '100.00', weights: [8800, 8800, 8800] },
    ({ total, weights }) => ({ shares: allocate(total, weights).map((share) => plainYuan(share)) }),
  ),
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem({ code: 'cli.json', message: '不是有效的 JSON，请检查引号和括号。', field: '--input' }, { cause: error })
  }
}

export const calc: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['TOPIC'], options: { input: { type: 'string' } },
    })
    const name = positional('TOPIC')
    const found = Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined
    if (found === undefined) {
      const names = Object.keys(TOPICS).join('、')
      throw new Problem({ code: 'cli.topic', message: `没有“${name}”这个算题，可用：${names}。`, field: 'TOPIC' })
    }
    printJson(values.input === undefined ? found.example : found.run(jsonOf(values.input)))
    return 0
  },
}
