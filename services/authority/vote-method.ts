/** In which ways a matter may be voted on, by the local rules of the register day, and the ratios that are kept with the vote. */
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { mayVoteByObjection, objectionRuleText, type ObjectionRule, type VoteMethod } from '#core/authority/vote-objection.ts'
import type { VoteRule } from '#core/authority/vote.ts'
import { VOTE_MATTER_WORD, voteClass, type VoteMatter } from '#core/authority/vote-tally.ts'
import type { Ledger } from '#db/ledger.ts'
import { policyFor, type Policy } from '../policy/policy.ts'
import { complexOf } from '../register/complex.ts'

type Basis = { readonly profile: string; readonly source: string }

export type StoredBallotRule = VoteRule & Basis & { readonly method: 'ballot'; readonly silenceJoins: boolean }
export type StoredObjectionRule = ObjectionRule & Basis & { readonly method: 'objection' }
/** As it was on the register day: rules that change later change no result. */
export type StoredVoteRule = StoredBallotRule | StoredObjectionRule

export type VoteQuestion = {
  readonly complexId: ComplexId
  readonly matter: VoteMatter
  readonly method: VoteMethod
  readonly registerOn: BusinessDate
}

function policyOn(ledger: Ledger, complexId: ComplexId, on: BusinessDate): Policy {
  return policyFor(ledger, complexOf(ledger, complexId).profileCode, on)
}

function basisOf(policy: Policy, key: 'vote.ordinary' | 'vote.special' | 'vote.objection'): Basis {
  const explained = policy.explain(key)
  return { profile: explained.from.name, source: explained.toFill ? '' : explained.source }
}

/** Throws `policy.toFill` where the local rule is unknown, `vote.method` for a matter that is never decided by silence. */
export function voteRuleOn(ledger: Ledger, { complexId, matter, method, registerOn }: VoteQuestion): StoredVoteRule {
  const policy = policyOn(ledger, complexId, registerOn)
  if (method === 'objection') {
    if (!mayVoteByObjection(matter)) {
      const message = `${VOTE_MATTER_WORD[matter]}不能用异议表决：请改用书面表决，由业主明确表示同意`
      throw new Problem({ code: 'vote.method', message, field: 'method' })
    }
    return { method, ...policy.require('vote.objection'), ...basisOf(policy, 'vote.objection') }
  }
  const key = voteClass(matter) === 'special' ? 'vote.special' : 'vote.ordinary'
  const silenceJoins = policy.value('vote.silenceJoins') ?? false
  return { method, ...policy.require(key), silenceJoins, ...basisOf(policy, key) }
}

export type ObjectionOffer = Basis & { readonly rule: string }

/** Null where the complex's profile has no such rule on the day: then the way is not offered at all. */
export function objectionOffer(ledger: Ledger, complexId: ComplexId, registerOn: BusinessDate): ObjectionOffer | null {
  const policy = policyOn(ledger, complexId, registerOn)
  const rule = policy.value('vote.objection')
  return rule === null ? null : { rule: objectionRuleText(rule), ...basisOf(policy, 'vote.objection') }
}
