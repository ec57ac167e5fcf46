/**
 * Notice deposits (通知存款, 银发〔1999〕3号): the rate of the withdrawal day for the actual days, unless the notice was
 * not kept; then the demand rate. Kinds, minimums and rates are the bank's and come in as parameters.
 */
import { accrue, type Accrued } from './accrual.ts'
import { addDays, daysBetween, type BusinessDate } from '../calendar.ts'
import { addFen, formatYuan, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type { RateMicro } from '../rate.ts'

export type Notice = { readonly givenOn: BusinessDate; readonly forDate: BusinessDate; readonly amount: Fen }

export type NoticeWithdrawal = {
  readonly balance: Fen
  readonly amount: Fen
  readonly start: BusinessDate
  readonly withdrawnOn: BusinessDate
  readonly noticeDays: number
  /** Null: drawn without notice. */
  readonly notice: Notice | null
  readonly noticeRate: RateMicro
  readonly demandRate: RateMicro
  readonly minimumDraw: Fen
  /** A remainder below the opening minimum closes the account, the rest at the demand rate. */
  readonly minimumBalance: Fen
  readonly yearDays?: 360 | 365
}

/** Why (part of) a draw earned only the demand rate. */
export type DemandReason =
  | 'held_too_short'
  | 'no_notice'
  | 'notice_too_short'
  | 'other_day_than_notified'
  | 'below_minimum_draw'
  | 'more_than_notified'
  | 'closed_below_minimum_balance'

export type NoticeInterest = {
  readonly atNoticeRate: Accrued & { readonly amount: Fen }
  readonly atDemandRate: Accrued & { readonly amount: Fen }
  readonly interest: Fen
  readonly days: number
  readonly reasons: readonly DemandReason[]
  /** Notified but not drawn: the rule pays this part the demand rate; it stays in the account, so the slip decides. */
  readonly notDrawn: Fen
  readonly remainder: Fen
  readonly closed: boolean
}

function wholeDrawReasons(draw: NoticeWithdrawal): DemandReason[] {
  const reasons: DemandReason[] = []
  if (daysBetween(draw.start, draw.withdrawnOn) < draw.noticeDays) reasons.push('held_too_short')
  if (draw.notice === null) return [...reasons, 'no_notice']
  if (draw.notice.forDate !== draw.withdrawnOn) reasons.push('other_day_than_notified')
  if (addDays(draw.notice.givenOn, draw.noticeDays) > draw.notice.forDate) reasons.push('notice_too_short')
  if (draw.amount < draw.minimumDraw) reasons.push('below_minimum_draw')
  return reasons
}

export function noticeInterest(draw: NoticeWithdrawal): NoticeInterest {
  if (draw.amount <= 0 || draw.amount > draw.balance) {
    throw new Problem({
      code: 'notice.amount',
      message: `支取金额应大于零且不超过余额 ${formatYuan(draw.balance)}：请核对支取金额`,
      field: 'amount',
    })
  }
  const reasons = wholeDrawReasons(draw)
  const left = subtractFen(draw.balance, draw.amount)
  const closed = left < draw.minimumBalance
  const notified = draw.notice?.amount ?? ZERO_FEN
  const keptNotice = reasons.length === 0
  const noticePart = keptNotice ? (draw.amount > notified ? notified : draw.amount) : ZERO_FEN
  if (keptNotice && draw.amount > notified) reasons.push('more_than_notified')
  if (closed && left > 0) reasons.push('closed_below_minimum_balance')
  const demandPart = addFen(subtractFen(draw.amount, noticePart), closed ? left : ZERO_FEN)
  const part = (principal: Fen, rate: RateMicro): Accrued & { amount: Fen } => ({
    amount: principal,
    ...accrue({
      principal,
      rate,
      from: draw.start,
      to: draw.withdrawnOn,
      dayCount: draw.yearDays === 365 ? 'actual_365' : 'actual_360',
    }),
  })
  const atNoticeRate = part(noticePart, draw.noticeRate)
  const atDemandRate = part(demandPart, draw.demandRate)
  return {
    atNoticeRate,
    atDemandRate,
    interest: addFen(atNoticeRate.interest, atDemandRate.interest),
    days: daysBetween(draw.start, draw.withdrawnOn),
    reasons,
    notDrawn: draw.amount < notified ? subtractFen(notified, draw.amount) : ZERO_FEN,
    remainder: closed ? ZERO_FEN : left,
    closed,
  }
}
