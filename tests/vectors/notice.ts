import { z } from 'zod'

import { addDays } from '#core/calendar.ts'
import { parseYuan, plainYuan } from '#core/money.ts'
import { noticeInterest } from '#core/deposit/notice-deposit.ts'
import { compare, day, percent, yuan, type Vector } from './vector.ts'

const inputSchema = z.object({
  amount: yuan,
  notice_rate_pct: percent,
  demand_rate_pct: percent,
  start: day,
  withdraw: day,
})
const expectedSchema = z.object({ rate_used_pct: percent }).loose()

/** 银发〔1999〕3号: units open at 500 000 or more and draw 100 000 or more. */
const MINIMUM_BALANCE = parseYuan('500000.00')
const MINIMUM_DRAW = parseYuan('100000.00')

export function check(vector: Vector): void {
  const input = inputSchema.parse(vector.input)
  const { rate_used_pct: rateUsed, ...expected } = expectedSchema.parse(vector.expected)
  const noticeDays = Number(/^(\d)-day/.exec(vector.title)?.[1])
  // Only the title says whether notice was given.
  const given = !vector.title.includes('without notice')
  const paid = noticeInterest({
    balance: input.amount,
    amount: input.amount,
    start: input.start,
    withdrawnOn: input.withdraw,
    noticeDays,
    notice: given
      ? { givenOn: addDays(input.withdraw, -noticeDays), forDate: input.withdraw, amount: input.amount }
      : null,
    noticeRate: input.notice_rate_pct,
    demandRate: input.demand_rate_pct,
    minimumDraw: MINIMUM_DRAW,
    minimumBalance: MINIMUM_BALANCE,
  })
  compare(expected, { days: paid.days, interest: plainYuan(paid.interest) })
  const used = paid.atNoticeRate.amount > 0 ? input.notice_rate_pct : input.demand_rate_pct
  compare({ rate_used_pct: rateUsed }, { rate_used_pct: used })
}
