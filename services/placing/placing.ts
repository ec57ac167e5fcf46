/**
 * Competitive placing (竞争性存放): recording the batch with its decision paper and lots, the bids and their evaluation, the
 * award by another person, the agreement, and which certificates were placed under it. Nothing is edited: a bid is
 * replaced, an award revoked, a certificate taken out, each with its reason.
 */
import type { BusinessDate } from '#core/calendar.ts'
import {
  idOf, type BookId, type CertificateId, type PlacingAwardId, type PlacingBatchId, type PlacingBidId, type PlacingLotId,
} from '#core/id.ts'
import type { DepositTerm } from '#core/deposit/interest.ts'
import {
  awardProblem, batchProblem, certificateProblem, ranksByScore, type BatchTerms, type LotTerms,
} from '#core/placing/placing.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import { findAttachment } from '../attachment.ts'
import { bookOf } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { batchOfLot, certificateForLot, type PlacingCard, type PlacingLot } from './placing-record.ts'

export type BatchFacts = BatchTerms & {
  readonly number: string
  readonly title: string
  readonly bookId: BookId
  readonly decisionNo: string
  /** The decision paper or minutes. */
  readonly decisionSha256: string
  readonly lots: readonly (LotTerms & { readonly note: string })[]
}

function requirePaper(context: ServiceContext, sha256: string, field: string, message: string): void {
  if (findAttachment(context.ledger, sha256) === undefined) throw new Problem({ code: 'attachment.missing', message, field })
}

function insert(context: ServiceContext, sql: string, values: readonly (string | number | null)[]): number | bigint {
  return context.ledger.prepare<unknown[], never>(sql).run(...values).lastInsertRowid
}

const months = ({ unit, count }: DepositTerm): readonly [number | null, number | null] =>
  unit === 'months' ? [count, null] : [null, count]

/** Throws `placing.batch`, `attachment.missing`, `record.duplicate`. */
export function recordPlacingBatch(context: ServiceContext, facts: BatchFacts): PlacingBatchId {
  requireRole(context, 'preparer')
  bookOf(context.ledger, facts.bookId)
  const problem = batchProblem(facts, facts.lots)
  if (problem !== null) throw problem
  requirePaper(context, facts.decisionSha256, 'decision', '请先上传决策文件或会议纪要')
  const { actor, clock } = context
  return context.ledger.write(() => {
    const id = idOf<'placingBatch'>(
      insert(context,
        `INSERT INTO placing_batch (number, title, book_id, decision_no, decided_on, decision_sha256, total_fen,
           minimum_rate_micro, opens_on, lots_per_bank, share_limit_micro, recorded_by, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [facts.number, facts.title, facts.bookId, facts.decisionNo, facts.decidedOn, facts.decisionSha256, facts.totalFen,
          facts.minimumRateMicro, facts.opensOn, facts.lotsPerBank, facts.shareLimitMicro, actor.userId, clock.now()]),
    )
    facts.lots.forEach((lot, index) => {
      insert(context,
        `INSERT INTO placing_lot (batch_id, seq, amount_fen, term_months, term_days, minimum_rate_micro, note)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [id, index + 1, lot.amountFen, ...months(lot.term), lot.minimumRateMicro, lot.note])
    })
    logOperation(context, 'placing.batch', { kind: 'placingBatch', id }, facts)
    return id
  })
}

export type BidFacts = {
  readonly lotId: PlacingLotId
  readonly bank: string
  readonly rateMicro: RateMicro
  /** Hundredths of a point; null until evaluated. */
  readonly scoreHundredths: number | null
  readonly rank: number | null
  /** '' when the bank does not stand aside. */
  readonly recusal: string
}

function insertBid(context: ServiceContext, bid: BidFacts, replaced: { id: PlacingBidId; reason: string } | null): PlacingBidId {
  const { actor, clock } = context
  return idOf<'placingBid'>(
    insert(context,
      `INSERT INTO placing_bid (lot_id, bank, rate_micro, score_hundredths, rank, recusal, replaces_id, reason, recorded_by, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [bid.lotId, bid.bank.trim(), bid.rateMicro, bid.scoreHundredths, bid.rank, bid.recusal.trim(), replaced?.id ?? null,
        replaced?.reason.trim() ?? '', actor.userId, clock.now()]),
  )
}

function refuseBadBid({ recusal, scoreHundredths, rank }: BidFacts): void {
  if (recusal.trim() !== '' && (scoreHundredths !== null || rank !== null)) {
    throw new Problem({ code: 'placing.bid', message: '应回避的银行不评分、不排名', field: 'scoreHundredths' })
  }
}

function lotIn(card: PlacingCard, lotId: PlacingLotId): PlacingLot {
  const lot = card.lots.find(({ id }) => id === lotId)
  if (lot === undefined) throw new Problem({ code: 'placing.missing', message: '没有这个标段' })
  return lot
}

/** Before the day the bids are opened nobody may know them. */
function refuseEarly(context: ServiceContext, { opensOn }: PlacingCard): void {
  if (context.clock.today() < opensOn) {
    throw new Problem({ code: 'placing.early', message: `${opensOn} 开标，开标前不能登记报价` })
  }
}

/** Throws `placing.early`, `placing.bid`, `placing.awarded`. */
export function recordBid(context: ServiceContext, facts: BidFacts): PlacingBidId {
  requireRole(context, 'preparer')
  const card = batchOfLot(context.ledger, facts.lotId)
  refuseEarly(context, card)
  refuseBadBid(facts)
  return context.ledger.write(() => {
    const id = insertBid(context, facts, null)
    logOperation(context, 'placing.bid', { kind: 'placingBatch', id: card.id }, { ...facts, bidId: id })
    return id
  })
}

/** Puts a standing bid right; the earlier one stays to be read. Throws `placing.bid`, `placing.awarded`. */
export function correctBid(
  context: ServiceContext,
  bidId: PlacingBidId,
  facts: Omit<BidFacts, 'lotId' | 'bank'> & { readonly lotId: PlacingLotId; readonly reason: string },
): PlacingBidId {
  requireRole(context, 'preparer')
  const card = batchOfLot(context.ledger, facts.lotId)
  const bid = lotIn(card, facts.lotId).bids.find(({ id }) => id === bidId)
  if (bid === undefined) throw new Problem({ code: 'placing.bid', message: '这条报价已被更正，请刷新后重试' })
  if (facts.reason.trim() === '') throw new Problem({ code: 'placing.bid', message: '更正报价请写明原因', field: 'reason' })
  const corrected = { ...facts, bank: bid.bank }
  refuseBadBid(corrected)
  return context.ledger.write(() => {
    const id = insertBid(context, corrected, { id: bidId, reason: facts.reason })
    const detail = { ...corrected, bidId: id, replaces: bidId }
    logOperation(context, 'placing.correctBid', { kind: 'placingBatch', id: card.id }, detail)
    return id
  })
}

export type ScoreSheet = {
  readonly lotId: PlacingLotId
  /** Of every bank that does not stand aside. */
  readonly scores: readonly { readonly bidId: PlacingBidId; readonly scoreHundredths: number; readonly rank: number | null }[]
  /** Where the minutes are to be found, e.g. the number of the evaluation. */
  readonly reason: string
}

/**
 * The evaluation of a lot in one go: scores, and ranks by score where the minutes give none (中标顺序按得分, 温州 2021).
 * Throws `placing.score`, `placing.awarded`.
 */
export function recordScores(context: ServiceContext, sheet: ScoreSheet): void {
  requireRole(context, 'preparer')
  const card = batchOfLot(context.ledger, sheet.lotId)
  const judged = lotIn(card, sheet.lotId).bids.filter(({ recusal }) => recusal === '')
  const missing = judged.filter(({ id }) => !sheet.scores.some(({ bidId }) => bidId === id))
  if (missing.length > 0 || sheet.scores.length !== judged.length) {
    const banks = missing.map(({ bank }) => bank).join('、')
    throw new Problem({ code: 'placing.score', message: banks === '' ? '评分与报价对不上，请刷新后重试' : `还缺${banks}的评分`, field: 'scores' })
  }
  if (sheet.reason.trim() === '') throw new Problem({ code: 'placing.score', message: '请写明评分记录的文号', field: 'reason' })
  const scored = judged.map((bid) => {
    const score = sheet.scores.find(({ bidId }) => bidId === bid.id)
    return { ...bid, scoreHundredths: score?.scoreHundredths ?? null, rank: score?.rank ?? null }
  })
  const ranks = ranksByScore(scored)
  context.ledger.write(() => {
    for (const bid of scored) {
      const rank = bid.rank ?? ranks.get(bid.id) ?? null
      insertBid(context, { ...bid, rank, lotId: sheet.lotId }, { id: bid.id, reason: sheet.reason })
    }
    logOperation(context, 'placing.score', { kind: 'placingBatch', id: card.id }, sheet)
  })
}

export type AwardFacts = {
  readonly lotId: PlacingLotId
  /** Null: nobody won (流标). */
  readonly bidId: PlacingBidId | null
  readonly awardedOn: BusinessDate
  /** Needed when a better rank was passed over, and when nobody won; '' otherwise. */
  readonly reason: string
}

/** By the head, who recorded neither the batch nor a bid. Throws `placing.*` of `awardProblem`. */
export function awardLot(context: ServiceContext, facts: AwardFacts): PlacingAwardId {
  requireRole(context, 'head')
  const { ledger, actor, clock } = context
  const card = batchOfLot(ledger, facts.lotId)
  const problem = awardProblem(card, card.lots, { ...facts, by: actor.userId })
  if (problem !== null) throw problem
  return ledger.write(() => {
    const id = idOf<'placingAward'>(
      insert(context, 'INSERT INTO placing_award (lot_id, bid_id, awarded_on, reason, awarded_by, at) VALUES (?, ?, ?, ?, ?, ?)',
        [facts.lotId, facts.bidId, facts.awardedOn, facts.reason.trim(), actor.userId, clock.now()]),
    )
    logOperation(context, 'placing.award', { kind: 'placingBatch', id: card.id }, { ...facts, awardId: id })
    return id
  })
}

/** The standing award of a lot is taken back. Throws `placing.placed` once a certificate counts for it. */
export function revokeAward(context: ServiceContext, facts: { readonly lotId: PlacingLotId; readonly reason: string }): void {
  requireRole(context, 'head')
  const { ledger, actor, clock } = context
  const card = batchOfLot(ledger, facts.lotId)
  const { award } = lotIn(card, facts.lotId)
  if (award === null) throw new Problem({ code: 'placing.notAwarded', message: '这个标段还没有定标' })
  if (award.placedFen > 0) throw new Problem({ code: 'placing.placed', message: '这个标段已有存单归入，不能撤销定标' })
  if (facts.reason.trim() === '') throw new Problem({ code: 'placing.reason', message: '撤销定标请写明原因', field: 'reason' })
  ledger.write(() => {
    insert(context, 'INSERT INTO placing_revocation (award_id, reason, revoked_by, at) VALUES (?, ?, ?, ?)',
      [award.id, facts.reason.trim(), actor.userId, clock.now()])
    logOperation(context, 'placing.revoke', { kind: 'placingBatch', id: card.id }, { ...facts, awardId: award.id })
  })
}

export type AgreementFacts = {
  readonly lotId: PlacingLotId
  readonly number: string
  readonly validFrom: BusinessDate
  readonly validTo: BusinessDate
  readonly sha256: string
}

/** The signed agreement of a won lot. Throws `placing.agreement`, `attachment.missing`, `record.duplicate`. */
export function recordAgreement(context: ServiceContext, facts: AgreementFacts): void {
  requireRole(context, 'preparer')
  const { ledger, actor, clock } = context
  const card = batchOfLot(ledger, facts.lotId)
  const { award } = lotIn(card, facts.lotId)
  if (award === null || award.bidId === null) {
    throw new Problem({ code: 'placing.agreement', message: '这个标段还没有定标给银行，不能登记协议' })
  }
  if (facts.validTo < facts.validFrom) {
    throw new Problem({ code: 'placing.agreement', message: '协议止日不能早于起日', field: 'validTo' })
  }
  requirePaper(context, facts.sha256, 'paper', '请先上传协议')
  ledger.write(() => {
    insert(context,
      `INSERT INTO placing_agreement (award_id, number, valid_from, valid_to, sha256, recorded_by, at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [award.id, facts.number, facts.validFrom, facts.validTo, facts.sha256, actor.userId, clock.now()])
    logOperation(context, 'placing.agreement', { kind: 'placingBatch', id: card.id }, { ...facts, awardId: award.id })
  })
}

/** Counts a certificate for a won lot. Throws `placing.certificate`, `placing.agreement`, `placing.overLot`, `placing.linked`. */
export function linkCertificate(context: ServiceContext, lotId: PlacingLotId, certificateId: CertificateId): void {
  requireRole(context, 'preparer')
  const { ledger, actor, clock } = context
  const card = batchOfLot(ledger, lotId)
  const lot = lotIn(card, lotId)
  const certificate = certificateForLot(ledger, certificateId)
  const problem = certificate.bookId === card.bookId
    ? certificateProblem(lot, certificate)
    : new Problem({ code: 'placing.certificate', message: '存单与批次不属于同一账簿，资金不能混存', field: 'certificateId' })
  if (problem !== null) throw problem
  const awardId = lot.award?.id ?? null
  ledger.write(() => {
    insert(context, 'INSERT INTO placing_certificate (award_id, certificate_id, linked_by, at) VALUES (?, ?, ?, ?)',
      [awardId, certificateId, actor.userId, clock.now()])
    logOperation(context, 'placing.link', { kind: 'placingBatch', id: card.id }, { lotId, certificateId, awardId })
  })
}

/** Takes a certificate out of its lot again. Throws `placing.notLinked`. */
export function unlinkCertificate(
  context: ServiceContext,
  facts: { readonly lotId: PlacingLotId; readonly linkId: number; readonly reason: string },
): void {
  requireRole(context, 'preparer')
  const { ledger, actor, clock } = context
  const card = batchOfLot(ledger, facts.lotId)
  const link = lotIn(card, facts.lotId).certificates.find((each) => each.linkId === facts.linkId && each.unlinkedReason === null)
  if (link === undefined) throw new Problem({ code: 'placing.notLinked', message: '这张存单没有归入这个标段，请刷新后重试' })
  if (facts.reason.trim() === '') throw new Problem({ code: 'placing.reason', message: '移出存单请写明原因', field: 'reason' })
  ledger.write(() => {
    insert(context, 'INSERT INTO placing_unlinking (link_id, reason, unlinked_by, at) VALUES (?, ?, ?, ?)',
      [facts.linkId, facts.reason.trim(), actor.userId, clock.now()])
    logOperation(context, 'placing.unlink', { kind: 'placingBatch', id: card.id }, facts)
  })
}
