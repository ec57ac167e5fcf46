/**
 * Counting the owners' ballots (民法典 art. 278; 建筑物区分所有权司法解释 art. 8, 9): area by exclusive unit, heads by person. Every
 * figure of the certificate comes from here, and db/migrations/0015_authority.sql counts again when the result is written.
 */
import type { BusinessDate } from '../calendar.ts'
import type { HouseholdId } from '../id.ts'
import { countVote, type VoteResult, type VoteRule, type Weight } from './vote.ts'

/** `silent`: delivered, no opinion stated. `notReturned` takes back a ballot that was entered by mistake. */
export const BALLOT_CHOICES = ['agree', 'against', 'abstain', 'silent', 'notReturned'] as const
export type BallotChoice = (typeof BALLOT_CHOICES)[number]
export const BALLOT_WORD: Readonly<Record<BallotChoice, string>> = {
  agree: '同意', against: '反对', abstain: '弃权', silent: '送达未表态', notReturned: '未收回',
}

/** What owners decide together (art. 278): uses and ordinary matters by more than half, the named ones by three quarters. */
export const VOTE_MATTERS = ['use', 'authorise', 'raise', 'rebuild', 'business', 'other'] as const
export type VoteMatter = (typeof VOTE_MATTERS)[number]
export const VOTE_MATTER_WORD: Readonly<Record<VoteMatter, string>> = {
  use: '使用维修资金', authorise: '一次表决长期授权使用', raise: '筹集维修资金', rebuild: '改建、重建',
  business: '改变共有部分用途或利用共有部分经营', other: '其他一般事项',
}
/** `使用维修资金（屋面、外墙）`: what owners are asked, and what a carried vote may be used for. */
export function voteMatterText(matter: VoteMatter, parts: readonly string[]): string {
  return parts.length === 0 ? VOTE_MATTER_WORD[matter] : `${VOTE_MATTER_WORD[matter]}（${parts.join('、')}）`
}
export type VoteClass = 'ordinary' | 'special'

export function voteClass(matter: VoteMatter): VoteClass {
  return matter === 'raise' || matter === 'rebuild' || matter === 'business' ? 'special' : 'ordinary'
}

/** One exclusive unit on the register day. `holder` is equal for all units of one person (or the same set of co-owners). */
export type ElectorUnit = { readonly householdId: HouseholdId; readonly holder: string; readonly areaDm2: number }

/** All the developer's unsold and undelivered units are one head (art. 9(2)). */
export const DEVELOPER_HOLDER = 'developer'

export type VoteTally = {
  readonly total: Weight
  readonly participating: Weight
  readonly agreeing: Weight
  readonly byChoice: Readonly<Record<BallotChoice, Weight>>
  /** Persons whose units voted differently: they take part, and count for no side. */
  readonly mixedHeads: number
  /** Where silent ballots went; null: they went nowhere and took no part. */
  readonly silentAs: 'agree' | 'against' | 'abstain' | 'none' | null
  readonly result: VoteResult
}

type Stated = 'agree' | 'against' | 'abstain'
const STATED: readonly Stated[] = ['agree', 'against', 'abstain']

function headsOf(units: readonly ElectorUnit[]): number {
  return new Set(units.map(({ holder }) => holder)).size
}

export function weightOf(units: readonly ElectorUnit[]): Weight {
  return { areaDm2: units.reduce((sum, { areaDm2 }) => sum + areaDm2, 0), heads: headsOf(units) }
}

/** The units by what was entered for them, and what each kind weighs; a person of several opinions stands under each. */
export function weighBallots(
  units: readonly ElectorUnit[], choiceOf: (householdId: HouseholdId) => BallotChoice | undefined,
) {
  const unitsThat = (choice: BallotChoice) =>
    units.filter(({ householdId }) => (choiceOf(householdId) ?? 'notReturned') === choice)
  const cast = {
    agree: unitsThat('agree'), against: unitsThat('against'), abstain: unitsThat('abstain'), silent: unitsThat('silent'),
    notReturned: unitsThat('notReturned'),
  }
  const byChoice = {
    agree: weightOf(cast.agree), against: weightOf(cast.against), abstain: weightOf(cast.abstain),
    silent: weightOf(cast.silent), notReturned: weightOf(cast.notReturned),
  }
  return { cast, byChoice }
}

/** The opinion that leads by area and by heads alike; where the two differ or are level, there is no majority to join. */
function leadingOpinion(by: Readonly<Record<Stated, Weight>>): Stated | 'none' {
  const isAhead = (one: Stated): boolean => STATED.every((other) =>
    other === one || (by[one].areaDm2 > by[other].areaDm2 && by[one].heads > by[other].heads))
  return STATED.find(isAhead) ?? 'none'
}

/**
 * `choiceOf` gives the ballot that counts, undefined where none came back. `silenceJoins`: the rules of procedure say that a
 * ballot delivered and not answered joins the majority; without such a rule silence is no participation.
 */
export function tallyVote(
  units: readonly ElectorUnit[],
  choiceOf: (householdId: HouseholdId) => BallotChoice | undefined,
  rule: VoteRule,
  silenceJoins: boolean,
): VoteTally {
  const { cast, byChoice } = weighBallots(units, choiceOf)
  const silentAs = silenceJoins ? leadingOpinion(byChoice) : null
  const agreeing = silentAs === 'agree' ? [...cast.agree, ...cast.silent] : cast.agree
  const opposed = [...cast.against, ...cast.abstain, ...(silentAs === null || silentAs === 'agree' ? [] : cast.silent)]
  const notAgreeing = new Set(opposed.map(({ holder }) => holder))
  const wholeHearted = agreeing.filter(({ holder }) => !notAgreeing.has(holder))
  const total = weightOf(units)
  const participating = weightOf([...agreeing, ...opposed])
  const agreed = { areaDm2: weightOf(agreeing).areaDm2, heads: headsOf(wholeHearted) }
  return {
    total, participating, agreeing: agreed, byChoice, silentAs,
    mixedHeads: headsOf(agreeing) - headsOf(wholeHearted),
    result: countVote(total, participating, agreed, rule),
  }
}

/** Ballots are counted when the last day is over, or when every unit has answered (凤阳: a result before the counting). */
export function countingOpens(today: BusinessDate, returnBy: BusinessDate, tally: VoteTally): boolean {
  return today > returnBy || tally.byChoice.notReturned.heads === 0
}

/** `66.66%`, cut and not rounded: a share that misses its ratio must not look as if it reached it. */
export function cutPercent(part: number, whole: number): string {
  if (whole === 0) return '0.00%'
  const hundredths = String((BigInt(part) * 10_000n) / BigInt(whole)).padStart(3, '0')
  return `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}%`
}
