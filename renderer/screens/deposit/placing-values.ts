/** What is typed in a lot's dialogs, as text, and what it means to the server. */
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateId, PlacingBidId } from '#core/id.ts'
import { isEligible } from '#core/placing/placing.ts'
import { assertInvariant, Problem } from '#core/problem.ts'
import { formatPercent, parsePercent } from '#core/rate.ts'
import { placingText } from '../../messages/placing.ts'
import type { Papers } from './certificate-values.ts'
import type { Asked } from './placing-dialog.tsx'
import { scoreText, type Lot } from './placing-lot.tsx'

/** Nobody won. */
export const NOBODY = 0

export type PlacingValues = {
  readonly bank?: string
  readonly rate?: string
  readonly score?: string
  readonly rank?: number | null
  readonly recusal?: string
  readonly reason?: string
  /** By the bid's number. */
  readonly scores?: Readonly<Record<string, string>>
  readonly bidId?: PlacingBidId | typeof NOBODY
  readonly awardedOn?: BusinessDate | null
  readonly number?: string
  readonly validFrom?: BusinessDate | null
  readonly validTo?: BusinessDate | null
  readonly paper?: Papers
  readonly certificateId?: CertificateId
}

const SCORE = /^(\d{1,3})(?:\.(\d{1,2}))?$/

/** `84.7` → 8470; null for an empty text. Throws `placing.score`. */
export function parseScore(text: string): number | null {
  if (text.trim() === '') return null
  const match = SCORE.exec(text.trim())
  const value = match === null ? Number.NaN : Number(`${match[1] ?? ''}${(match[2] ?? '').padEnd(2, '0')}`)
  if (!(value <= 10_000)) throw new Problem({ code: 'placing.score', message: placingText.dialog.scoreMissing })
  return value
}

export function scoreRule(isRequired: boolean) {
  return {
    validator: async (_: unknown, typed = '') => {
      if (parseScore(typed) === null && isRequired) throw new Error(placingText.dialog.scoreMissing)
    },
  }
}

export function firstOf(lot: Lot, asked: Asked): PlacingValues {
  if (asked.kind === 'correct') {
    const { rateMicro, scoreHundredths, rank, recusal } = asked.bid
    return { rate: formatPercent(rateMicro), score: scoreText(scoreHundredths), rank, recusal }
  }
  if (asked.kind === 'score') {
    return { scores: Object.fromEntries(lot.bids.map(({ id, scoreHundredths }) => [`b${id}`, scoreText(scoreHundredths)])) }
  }
  if (asked.kind === 'award') {
    const first = lot.bids.find((bid) => bid.rank === 1 && isEligible(lot, bid))
    return first === undefined ? {} : { bidId: first.id }
  }
  return {}
}

export function bidOf({ rate = '', score = '', rank = null, recusal = '' }: PlacingValues) {
  return { rateMicro: parsePercent(rate, { field: 'rate' }), scoreHundredths: parseScore(score), rank, recusal }
}

export function scoresOf(lot: Lot, { scores = {}, reason = '' }: PlacingValues) {
  const judged = lot.bids.filter(({ recusal }) => recusal === '')
  return {
    lotId: lot.id, reason,
    scores: judged.map(({ id }) => ({ bidId: id, scoreHundredths: parseScore(scores[`b${id}`] ?? '') ?? 0, rank: null })),
  }
}

export function awardOf(lot: Lot, { bidId, awardedOn, reason = '' }: PlacingValues) {
  assertInvariant(bidId !== undefined && awardedOn != null, 'the form let an empty field through')
  return { lotId: lot.id, bidId: bidId === NOBODY ? null : bidId, awardedOn, reason }
}

export function agreementOf(lot: Lot, { number = '', validFrom, validTo, paper: [paper] = [] }: PlacingValues) {
  assertInvariant(validFrom != null && validTo != null && paper !== undefined, 'the form let an empty field through')
  return { lotId: lot.id, number, validFrom, validTo, sha256: paper.sha256 }
}
