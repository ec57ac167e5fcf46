/** Where a finding stands, and the moments rules run at, in the words of the office. */
import type { CheckMoment } from './rules.ts'

/** `cleared`: a later run no longer finds it; `closed`: answered, and closed out by a second person (销号). */
export const FINDING_STATES = ['open', 'answered', 'closed', 'cleared'] as const
export type FindingState = (typeof FINDING_STATES)[number]
export const FINDING_STATE_WORD: Readonly<Record<FindingState, string>> = {
  open: '待说明', answered: '待销号', closed: '已销号', cleared: '已消除',
}

export type FindingEventKind = 'found' | 'seen' | 'answered' | 'closed' | 'reopened' | 'cleared'
export const FINDING_EVENT_WORD: Readonly<Record<FindingEventKind, string>> = {
  found: '查出', seen: '情况有变', answered: '说明', closed: '销号', reopened: '重新打开', cleared: '复查已消除',
}

export const CHECK_MOMENT_WORD: Readonly<Record<CheckMoment, string>> = {
  entry: '登记', payment: '付款', closing: '结账', publishing: '公示',
}
