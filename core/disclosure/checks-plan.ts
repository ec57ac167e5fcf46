/** Checks against the policy profile: top-up of the maintenance fund and the span of posting-up. */
import { dateInChinese, type BusinessDate, type HolidayTable } from '../calendar.ts'
import { postingPeriod, type PostingRule } from './due.ts'
import { formatYuan } from '../money.ts'
import type { Finding } from './checks.ts'
import { daysPosted } from './posting-up.ts'
import type { QuarterSheet } from './sheet.ts'

/** `to` is null for a notice that hangs until the next one. */
export type PostingPlan = {
  readonly from: BusinessDate
  readonly to: BusinessDate | null
  /** Null where the profile does not know how long. */
  readonly rule: PostingRule | null
  readonly holidays: HolidayTable
}

function topUp(sheet: QuarterSheet, today: BusinessDate): readonly Finding[] {
  const fact = sheet.topUp
  const refs = sheet.transfers.total.refs
  if (fact === null) return []
  if (fact.required === null) {
    const message = `口径“${sheet.profile.name}”没有补充维修资金的比例，无法核对。请在政策口径中填写。`
    return [{ check: 'top-up-ratio', level: 'hint', message, refs }]
  }
  // Nothing is owed on a loss, not even under a "more than" rule.
  if (fact.required <= 0) return []
  const reached = fact.strict ? fact.transferred > fact.required : fact.transferred >= fact.required
  if (reached) return []
  const should = `${fact.strict ? '应超过' : '应不少于'} ${formatYuan(fact.required)} 元`
  const state = `按“${fact.rule}”${should}，已转入 ${formatYuan(fact.transferred)} 元`
  if (fact.dueBy !== null && today <= fact.dueBy) {
    const message = `${state}，最迟${dateInChinese(fact.dueBy)}前转入。`
    return [{ check: 'top-up-ratio', level: 'hint', message, refs }]
  }
  const message = `${state}，疑似未足额转入维修资金。请补转，或附业主大会决定。`
  return [{ check: 'top-up-ratio', level: 'warn', message, refs }]
}

function postingSpan(sheet: QuarterSheet, plan: PostingPlan | null): readonly Finding[] {
  if (plan === null) return []
  const add = (level: Finding['level'], message: string): readonly Finding[] => [
    { check: 'posting-span', level, message, refs: [] },
  ]
  if (plan.from <= sheet.period.to) {
    return add('block', `张贴日期${dateInChinese(plan.from)}在公示期间结束之前。请改为期后日期。`)
  }
  if (plan.to !== null && plan.to < plan.from) return add('block', '张贴止日早于起日。请核对张贴日期。')
  if (plan.rule === null) return add('hint', '政策口径没有张贴天数，无法核对。请在政策口径中填写。')
  if (plan.to === null) {
    return plan.rule.unit === 'until_next' ? [] : add('warn', '没有填写张贴止日。请按政策口径填写。')
  }
  if (plan.rule.unit === 'until_next') return add('warn', '政策口径要求张贴到下一期公示为止。请不要填写止日。')
  const period = postingPeriod(plan.rule, plan.from, plan.holidays)
  if (period.kind === 'until_next' || plan.to >= period.lastDay) return []
  const unit = plan.rule.unit === 'working' ? '个工作日' : '天'
  const days = daysPosted(plan.rule, plan.from, plan.to, plan.holidays)
  const message = `计划张贴 ${days} ${unit}，规定不少于 ${plan.rule.days} ${unit}。请把止日改为${dateInChinese(period.lastDay)}或以后。`
  return add('block', message)
}

export function checkPlan(sheet: QuarterSheet, plan: PostingPlan | null, today: BusinessDate): readonly Finding[] {
  return [...topUp(sheet, today), ...postingSpan(sheet, plan)]
}
