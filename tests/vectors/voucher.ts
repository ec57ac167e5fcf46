import { z } from 'zod'

import { monthOf, parseDate } from '#core/calendar.ts'
import { plainYuan, type Fen } from '#core/money.ts'
import {
  allowedCorrections,
  credit,
  debit,
  differenceLines,
  replacementSummary,
  reversalLines,
  reversalSummary,
  VOUCHER_KIND_WORD,
  VOUCHER_KINDS,
  type Amounts,
  type PostedReference,
} from '#core/voucher/voucher.ts'
import { compare, day, yuan, type Vector } from './vector.ts'

const lineSchema = z.tuple([z.string(), z.enum(['debit', 'credit']), yuan])
const inputSchema = z.object({
  original: z.object({ no: z.string(), date: day, lines: z.array(lineSchema) }),
  corrected_amount: yuan,
})

type Line = Amounts & { readonly account: string; readonly side: 'debit' | 'credit' }

function lineOf(account: string, side: 'debit' | 'credit', amount: Fen): Line {
  return { account, side, ...(side === 'debit' ? debit(amount) : credit(amount)) }
}

function written(lines: readonly Line[]): string[][] {
  return lines.map(({ account, side, debitFen, creditFen }) => [
    account,
    side,
    plainYuan(side === 'debit' ? debitFen : creditFen),
  ])
}

/** `记-2026-03-0012`: kind, month, number. */
function referenceOf(no: string, date: z.infer<typeof day>): PostedReference {
  const [word, year, month, number] = no.split('-')
  const kind = VOUCHER_KINDS.find((each) => VOUCHER_KIND_WORD[each] === word)
  if (kind === undefined || !date.startsWith(`${year}-${month}`)) throw new Error(`no voucher number: ${no}`)
  return { kind, number: Number(number), date }
}

export function check(vector: Vector): void {
  const { original, corrected_amount: corrected } = inputSchema.parse(vector.input)
  const reference = referenceOf(original.no, original.date)
  const lines = original.lines.map(([account, side, amount]) => lineOf(account, side, amount))
  const right = lines.map(({ account, side }) => lineOf(account, side, corrected))
  const before = JSON.stringify(lines)
  const computed = {
    reversal: { summary: reversalSummary(reference), lines: written(reversalLines(lines)) },
    replacement: { summary: replacementSummary(reference), lines: written(right) },
    or_difference: { lines: written(differenceLines(lines, right)) },
  }
  compare(vector.expected, { ...computed, original_untouched: JSON.stringify(lines) === before })
  const allowed = allowedCorrections(original.date, monthOf(parseDate(`${original.date.slice(0, 4)}-12-31`)))
  if (!allowed.includes('reversal')) throw new Error('a red reversal must be allowed within the year')
}
