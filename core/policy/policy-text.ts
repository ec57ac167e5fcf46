/** How a policy value reads in Chinese: on the settings form, in refusals and on the notice. */
import type { DueRule, PostingRule } from '../disclosure/due.ts'
import { GAIN_REGIME_WORD } from '../household/gain.ts'
import { formatYuan } from '../money.ts'
import {
  POLICY_CATALOGUE,
  policySetting,
  SIGNING_PARTIES,
  type Frequency,
  type HolidayYear,
  type PolicyKey,
  type PolicyKind,
  type PolicyKindOf,
  type PolicyKindValues,
  type PolicyValue,
  type SigningParty,
} from './policy.ts'
import type { TopUpRule } from '../income/public-income-split.ts'
import { formatPercent } from '../rate.ts'
import type { SigningRule } from '../repair/threshold.ts'
import { shareText, type VoteRule } from '../authority/vote.ts'
import { objectionRuleText } from '../authority/vote-objection.ts'

export const TO_FILL = '待填写'

export const FREQUENCY_WORD: Readonly<Record<Frequency, string>> = {
  realTime: '实时',
  monthly: '每月',
  quarterly: '每季度',
  halfYearly: '每半年',
  yearly: '每年',
  regular: '定期（未定周期）',
}

export const SIGNING_PARTY_WORD: Readonly<Record<SigningParty, string>> = {
  section: '科室',
  supervisor: '监理',
  contractor: '施工单位',
}

function dueText(rule: DueRule): string {
  if (rule.kind === 'not_found') return TO_FILL
  return rule.kind === 'end_of_first_month' ? '下季度首月月底前' : `下季度首月 ${rule.day} 日前`
}

function postingText(rule: PostingRule): string {
  if (rule.unit === 'until_next') return '至下一期公示张贴为止'
  return rule.unit === 'working' ? `不少于 ${rule.days} 个工作日` : `不少于 ${rule.days} 日`
}

function topUpText(rule: TopUpRule): string {
  const stop = (stops: boolean): string => (stops ? '，补足至首期数额可停止' : '')
  switch (rule.mode) {
    case 'unknown':
      return TO_FILL
    case 'mainly':
      return `主要用于补充维修资金（未定比例）${stop(rule.stopAtFirstDeposit)}`
    case 'min_pct':
      return `净收益的 ${formatPercent(rule.pct)}% ${rule.strict ? '以上（不含本数）' : '以上'}`
    case 'min_pct_if_fund_below':
      return `维修资金不足首期 ${formatPercent(rule.triggerPct)}% 时，净收益的 ${formatPercent(rule.pct)}% ${rule.strict ? '以上（不含本数）' : '以上'}`
    case 'min_pct_of_account_balance':
      return `账户余额的 ${formatPercent(rule.pct)}% ${rule.strict ? '以上（不含本数）' : '以上'}${stop(rule.stopAtFirstDeposit)}`
  }
}

function signingText(rule: SigningRule<SigningParty>): string {
  const signers = SIGNING_PARTIES.filter((party) => rule.minSigners[party] > 0).map(
    (party) => `${SIGNING_PARTY_WORD[party]} ${rule.minSigners[party]} 人`,
  )
  const stamps = rule.stamps.map((party) => SIGNING_PARTY_WORD[party])
  return [
    signers.length === 0 ? '不要求签字' : `签字：${signers.join('、')}以上`,
    ...(stamps.length === 0 ? [] : [`盖章：${stamps.join('、')}`]),
    ...(rule.photos ? ['须附影像'] : []),
  ].join('；')
}

function voteText(rule: VoteRule): string {
  return `参与：面积${shareText(rule.quorumArea)}、人数${shareText(rule.quorumHeads)}；同意：占参与面积和人数均${shareText(rule.agreeing)}`
}

function monthDayText(value: string): string {
  return `${Number(value.slice(0, 2))} 月 ${Number(value.slice(3))} 日`
}

function holidaysText(year: HolidayYear): string {
  const swaps = year.swappedWorkdays
  const worked = swaps === null ? `调休上班日${TO_FILL}` : swaps.length === 0 ? '无调休上班日' : `调休上班：${swaps.join('、')}`
  return `放假：${year.daysOff.join('、')}；${worked}`
}

const TEXT_OF: { readonly [Kind in PolicyKind]: (value: PolicyKindValues[Kind]) => string } = {
  yuan: (value) => `${formatYuan(value)} 元`,
  percent: (value) => `${formatPercent(value)}%`,
  count: (value) => String(value),
  countdown: (value) => value.map((days) => `${days} 天`).join('、'),
  yesNo: (value) => (value ? '是' : '否'),
  text: (value) => value,
  texts: (value) => value.join('；'),
  frequency: (value) => FREQUENCY_WORD[value],
  regime: (value) => `${value}　${GAIN_REGIME_WORD[value]}`,
  monthDay: (value) => `每年 ${monthDayText(value)}前`,
  due: dueText,
  posting: postingText,
  topUp: topUpText,
  signing: signingText,
  vote: voteText,
  objection: objectionRuleText,
  season: (value) => `${monthDayText(value.from)}至${value.to < value.from ? '次年 ' : ''}${monthDayText(value.to)}`,
  holidays: holidaysText,
}

/** One line, with its unit. */
export function policyValueText<Key extends PolicyKey>(key: Key, value: PolicyValue<Key>): string {
  const kind: PolicyKindOf<Key> = POLICY_CATALOGUE[key].kind
  const text = TEXT_OF[kind](value)
  const { unit } = policySetting(key)
  return kind === 'count' && unit !== undefined ? `${text} ${unit}` : text
}
