/**
 * Voting by objection (异议表决): what is proposed stands unless the owners who object exceed a share of all, by area and by heads.
 * 民法典 art. 278 knows no such way; some local rules do for the use of the fund, so it exists only where the office has entered the
 * rule. db/migrations/0015_authority.sql counts again when the result is written.
 */
import type { BusinessDate } from '../calendar.ts'
import type { HouseholdId } from '../id.ts'
import { Problem } from '../problem.ts'
import { reachesShare, shareWord, type VoteShare, type Weight } from './vote.ts'
import { weighBallots, weightOf, type BallotChoice, type ElectorUnit, type VoteMatter } from './vote-tally.ts'

export const VOTE_METHODS = ['ballot', 'objection'] as const
export type VoteMethod = (typeof VOTE_METHODS)[number]
export const VOTE_METHOD_WORD: Readonly<Record<VoteMethod, string>> = { ballot: '书面表决', objection: '异议表决' }

/** What a carried vote does with its amount: where silence let it stand, nobody says that the owners agreed. */
export const GRANTED_WORD: Readonly<Record<VoteMethod, string>> = { ballot: '同意使用', objection: '可以使用' }

/** What the same five entries mean where silence lets the proposal stand: only who was reached can have kept silent. */
export const OBJECTION_WORD: Readonly<Record<BallotChoice, string>> = {
  agree: '同意', against: '异议', abstain: '弃权', silent: '送达未表态', notReturned: '未送达',
}

/** Whether the proposal falls only when area and heads both exceed the share, or already when one of them does. */
export const OBJECTION_FALLS = ['both', 'either'] as const
export type ObjectionFalls = (typeof OBJECTION_FALLS)[number]

/** `share` of the whole electorate: `> 1/3` lets exactly one third stand, `≥ 1/3` does not. */
export type ObjectionRule = { readonly share: VoteShare; readonly falls: ObjectionFalls }

export type ObjectionTally = {
  readonly total: Weight
  readonly byChoice: Readonly<Record<BallotChoice, Weight>>
  /** Heads: persons of whose units one or more objects. */
  readonly against: Weight
  /** Nothing was delivered; heads without those who already object by another unit. */
  readonly undelivered: Weight
  /** `against` and `undelivered` together. */
  readonly objecting: Weight
  readonly result: { readonly areaOver: boolean; readonly headsOver: boolean; readonly passed: boolean }
}

/** Only a use: raising, rebuilding and business need three quarters that agree, a standing authorisation its majority. */
export function mayVoteByObjection(matter: VoteMatter): boolean {
  return matter === 'use'
}

/**
 * `choiceOf` gives the entry that counts, undefined where there is none: then nothing is known to have been delivered, and who
 * was not asked has not consented by saying nothing. Throws `vote.total` where nobody votes.
 */
export function tallyObjections(
  units: readonly ElectorUnit[],
  choiceOf: (householdId: HouseholdId) => BallotChoice | undefined,
  rule: ObjectionRule,
): ObjectionTally {
  const { cast, byChoice } = weighBallots(units, choiceOf)
  const total = weightOf(units)
  if (total.heads === 0) {
    throw new Problem({ code: 'vote.total', message: '表决的总面积和总人数必须大于零：请先核对业主清册' })
  }
  const against = weightOf(cast.against)
  const objecting = weightOf([...cast.against, ...cast.notReturned])
  const undelivered = { areaDm2: objecting.areaDm2 - against.areaDm2, heads: objecting.heads - against.heads }
  const areaOver = reachesShare(objecting.areaDm2, total.areaDm2, rule.share)
  const headsOver = reachesShare(objecting.heads, total.heads, rule.share)
  const fails = rule.falls === 'both' ? areaOver && headsOver : areaOver || headsOver
  return { total, byChoice, against, undelivered, objecting, result: { areaOver, headsOver, passed: !fails } }
}

/** Until the last day is over a silent owner may still object; only where everybody has spoken is nothing left to wait for. */
export function objectionCountOpens(
  today: BusinessDate, returnBy: BusinessDate, { byChoice }: Pick<ObjectionTally, 'byChoice'>,
): boolean {
  return today > returnBy || (byChoice.silent.heads === 0 && byChoice.notReturned.heads === 0)
}

/** `异议（含未送达）的面积和人数均超过全体的 1/3 的，不通过`. */
export function objectionRuleText({ share, falls }: ObjectionRule): string {
  const which = falls === 'both' ? '的面积和人数均' : '的面积或人数有一项'
  return `异议（含未送达）${which}${shareWord(share)}全体的 ${share.numerator}/${share.denominator} 的，不通过`
}

/** What owners have to be told before they keep silent, and auditors after; `lastDay` as the place it stands in writes days. */
export function silenceText(lastDay: string): string {
  return `材料送达后，业主到${lastDay}为止没有提出书面异议的，视为没有异议；没有送达的，不能把沉默当作同意，按异议计入`
}
