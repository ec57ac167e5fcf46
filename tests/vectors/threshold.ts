import { z } from 'zod'

import {
  overrunNeedsApplication,
  ownerTopUpDue,
  priceReviewRequired,
  repairReview,
  settlementAuditRequired,
  signingFaults,
  type Signature,
} from '#core/repair/threshold.ts'
import { countHeads, countVote } from '#core/authority/vote.ts'
import * as profile from './profile.ts'
import { areaDm2, compare, yuan, type Vector } from './vector.ts'

const heads = z.number().int()
const weight = z.object({ area: areaDm2, heads }).transform((row) => ({ areaDm2: row.area, heads: row.heads }))

function checkGate(vector: Vector): void {
  const { amounts } = z.object({ amounts: z.array(yuan) }).parse(vector.input)
  const { mode } = z.object({ mode: z.array(z.string()) }).parse(vector.expected)
  const reviews = amounts.map((amount) => repairReview(amount, profile.TONGLING_GATE).review)
  // The vector explains its choice behind the word.
  compare({ mode: mode.map((text) => text.split(' ')[0]) }, { mode: reviews })
}

function checkPriceReview(vector: Vector): void {
  const { amounts } = z.object({ amounts: z.array(yuan) }).parse(vector.input)
  const review = amounts.map((amount) => priceReviewRequired(amount, profile.SHANGHAI_PRICE_REVIEW))
  compare(vector.expected, { review })
}

const signerCase = z.object({ section: heads, supervisor: heads, contractor: heads, all_stamped: z.boolean() })

function signaturesOf(counts: z.infer<typeof signerCase>): Signature<profile.Party>[] {
  return (['section', 'supervisor', 'contractor'] as const).flatMap((party) =>
    Array.from({ length: counts[party] }, (_, index) => ({ party, personId: `${party}-${index}` })),
  )
}

function checkSigners(vector: Vector): void {
  const { cases } = z.object({ cases: z.array(signerCase) }).parse(vector.input)
  const accept = cases.map((counts) => {
    const stampedBy = counts.all_stamped ? profile.TONGLING_ACCEPTANCE.stamps : []
    const papers = { signatures: signaturesOf(counts), stampedBy, hasPhotos: false }
    return signingFaults(profile.TONGLING_ACCEPTANCE, papers).length === 0
  })
  compare(vector.expected, { accept })
}

const totals = { total_area: areaDm2, total_heads: heads }
const NOBODY = { areaDm2: 0, heads: 0 }

function checkVote(vector: Vector): void {
  const input = z
    .object({ ...totals, participating_area: areaDm2, participating_heads: heads, agree_cases: z.array(weight) })
    .parse(vector.input)
  const rule = /rais|business|3\/4|item [678]/i.test(vector.title) ? profile.SPECIAL_VOTE : profile.ORDINARY_VOTE
  const total = { areaDm2: input.total_area, heads: input.total_heads }
  const participating = { areaDm2: input.participating_area, heads: input.participating_heads }
  compare(vector.expected, {
    quorum: countVote(total, participating, NOBODY, rule).quorum,
    passed: input.agree_cases.map((agreeing) => countVote(total, participating, agreeing, rule).passed),
  })
}

function checkQuorum(vector: Vector): void {
  const input = z.object({ ...totals, cases: z.array(weight) }).parse(vector.input)
  const total = { areaDm2: input.total_area, heads: input.total_heads }
  const quorum = input.cases.map((part) => countVote(total, part, NOBODY, profile.ORDINARY_VOTE).quorum)
  compare(vector.expected, { quorum })
}

function checkHeads(vector: Vector): void {
  const { units } = z.object({ units: z.array(z.object({ owner: z.string() })) }).parse(vector.input)
  const rows = units.map(({ owner }) => ({ holder: owner, developerUnsold: owner === 'developer_unsold' }))
  compare(vector.expected, { heads: countHeads(rows) })
}

function checkOwnerTopUp(vector: Vector): void {
  const input = z.object({ first_deposit: yuan, balances: z.array(yuan) }).parse(vector.input)
  const trigger = input.balances.map((balance) => ownerTopUpDue(balance, input.first_deposit, profile.OWNER_TOP_UP_PCT))
  compare(vector.expected, { trigger })
}

function checkSettlement(vector: Vector): void {
  const input = z
    .object({ final: z.array(yuan), overrun: z.array(z.object({ budget: yuan, final: yuan })) })
    .parse(vector.input)
  compare(vector.expected, {
    audit_required: input.final.map((amount) => settlementAuditRequired(amount, profile.HANGZHOU_AUDIT_WAIVED_UP_TO)),
    reapply: input.overrun.map((row) => overrunNeedsApplication(row.budget, row.final, profile.HANGZHOU_OVERRUN_PCT)),
  })
}

export function check(vector: Vector): void {
  const { input, expected } = vector
  if ('mode' in expected) checkGate(vector)
  else if ('review' in expected) checkPriceReview(vector)
  else if ('accept' in expected) checkSigners(vector)
  else if ('agree_cases' in input) checkVote(vector)
  else if ('total_area' in input) checkQuorum(vector)
  else if ('units' in input) checkHeads(vector)
  else if ('first_deposit' in input) checkOwnerTopUp(vector)
  else checkSettlement(vector)
}
