/**
 * Competitive placing of public deposits (公款竞争性存放; 财库〔2017〕76号 and the provincial rules after it): a batch in lots,
 * banks' bids with score and rank, the award and what may be placed under it (peers/term-deposit §4). Limits per bank come
 * from the batch's decision paper, never from here.
 */
import type { BusinessDate } from '../calendar.ts'
import type { CertificateId, PlacingAwardId, PlacingBidId, PlacingLotId, UserId } from '../id.ts'
import type { DepositTerm } from '../deposit/interest.ts'
import { addFen, fen, formatYuan, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { formatPercent, MICRO_PER_PERCENT, type RateMicro } from '../rate.ts'

export type BatchTerms = {
  readonly totalFen: Fen
  readonly minimumRateMicro: RateMicro
  readonly decidedOn: BusinessDate
  readonly opensOn: BusinessDate
  /** As the decision limits them; null: it does not. */
  readonly lotsPerBank: number | null
  /** Percent of the total one bank may win. */
  readonly shareLimitMicro: RateMicro | null
}

export type LotTerms = {
  readonly amountFen: Fen
  readonly term: DepositTerm
  readonly minimumRateMicro: RateMicro
}

/** Null when the batch can be announced. */
export function batchProblem(batch: BatchTerms, lots: readonly LotTerms[]): Problem | null {
  const refuse = (field: string, message: string, row?: number): Problem =>
    new Problem({ code: 'placing.batch', message, field, ...(row !== undefined && { row }) })
  if (batch.decidedOn > batch.opensOn) return refuse('opensOn', '开标日期不能早于决策日期')
  if (lots.length === 0) return refuse('lots', '请至少设一个标段')
  const low = lots.findIndex((lot) => lot.minimumRateMicro < batch.minimumRateMicro)
  if (low >= 0) return refuse('lots', `标段 ${low + 1} 的最低利率低于本批次的最低利率`, low + 1)
  const sum = addFen(...lots.map(({ amountFen }) => amountFen))
  if (sum === batch.totalFen) return null
  return refuse('totalFen', `标段合计 ${formatYuan(sum)} 与本批次总额 ${formatYuan(batch.totalFen)} 不符`)
}

export type StandingBid = {
  readonly id: PlacingBidId
  readonly bank: string
  readonly rateMicro: RateMicro
  readonly scoreHundredths: number | null
  readonly rank: number | null
  /** '' when the bank does not stand aside. */
  readonly recusal: string
  readonly recordedBy: UserId
}

export type StandingAward = {
  readonly id: PlacingAwardId
  /** Null: nobody won (流标). */
  readonly bidId: PlacingBidId | null
  readonly agreement: { readonly validFrom: BusinessDate; readonly validTo: BusinessDate } | null
  /** Principal of the certificates placed under it. */
  readonly placedFen: Fen
}

export type LotStanding = LotTerms & {
  readonly id: PlacingLotId
  readonly seq: number
  readonly bids: readonly StandingBid[]
  readonly award: StandingAward | null
}

/**
 * Ranks by score, the higher the better; where scores tie, the higher rate first; where both tie they share a rank.
 * Banks that stand aside and bids without a score have none.
 */
export function ranksByScore(bids: readonly StandingBid[]): ReadonlyMap<PlacingBidId, number> {
  const scored = bids.flatMap(({ id, scoreHundredths, rateMicro, recusal }) =>
    scoreHundredths === null || recusal !== '' ? [] : [{ id, score: scoreHundredths, rate: rateMicro }])
  return new Map(scored.map((bid) => {
    const better = scored.filter((other) => other.score > bid.score || (other.score === bid.score && other.rate > bid.rate))
    return [bid.id, better.length + 1]
  }))
}

/** Bids the award can go to: evaluated, not standing aside, at no less than the lot's least rate. */
export function isEligible(lot: Pick<LotStanding, 'minimumRateMicro'>, bid: StandingBid): boolean {
  return bid.recusal === '' && bid.rank !== null && bid.rateMicro >= lot.minimumRateMicro
}

/** What a bank holds already of the batch, apart from `except`. */
export function heldByBank(lots: readonly LotStanding[], bank: string, except: PlacingLotId): { count: number; amountFen: Fen } {
  const held = lots.filter((lot) => {
    const bidId = lot.award?.bidId ?? null
    return lot.id !== except && bidId !== null && lot.bids.some((bid) => bid.id === bidId && bid.bank === bank)
  })
  return { count: held.length, amountFen: addFen(...held.map(({ amountFen }) => amountFen)) }
}

export type AwardAsked = {
  readonly lotId: PlacingLotId
  readonly bidId: PlacingBidId | null
  readonly awardedOn: BusinessDate
  readonly reason: string
  readonly by: UserId
}

type Batch = BatchTerms & { readonly recordedBy: UserId }

/** Null when the award may be given. The same rules stand as triggers in 0010_placing.sql. */
export function awardProblem(batch: Batch, lots: readonly LotStanding[], asked: AwardAsked): Problem | null {
  const refuse = (code: string, message: string, field?: string): Problem =>
    new Problem({ code: `placing.${code}`, message, ...(field !== undefined && { field }) })
  const lot = lots.find(({ id }) => id === asked.lotId)
  if (lot === undefined) return refuse('lot', '没有这个标段')
  if (lot.award !== null) return refuse('awarded', '这个标段已经定标；要改，请先撤销定标并写明原因')
  if (asked.awardedOn < batch.opensOn) return refuse('early', '定标日期不能早于开标日期', 'awardedOn')
  if (batch.recordedBy === asked.by || lot.bids.some(({ recordedBy }) => recordedBy === asked.by)) {
    return refuse('samePerson', '登记批次或报价的人不能定标，请由另一人办理')
  }
  const reason = asked.reason.trim()
  if (asked.bidId === null) return reason === '' ? refuse('reason', '流标请写明原因', 'reason') : null
  const bid = lot.bids.find(({ id }) => id === asked.bidId)
  if (bid === undefined) return refuse('bidder', '没有这条报价，或它已被更正：请刷新后重试', 'bidId')
  if (bid.recusal !== '') return refuse('bidder', `${bid.bank}应回避（${bid.recusal}），不能中标`, 'bidId')
  if (bid.rateMicro < lot.minimumRateMicro) {
    const [offered, least] = [bid.rateMicro, lot.minimumRateMicro].map(formatPercent)
    return refuse('bidder', `${bid.bank}报价 ${offered}% 低于最低利率 ${least}%`, 'bidId')
  }
  if (bid.rank === null) return refuse('bidder', '这条报价还没有评分和名次，请先登记评分', 'bidId')
  const better = lot.bids.filter((other) => isEligible(lot, other) && (other.rank ?? 0) < (bid.rank ?? 0))
  if (better.length > 0 && reason === '') {
    return refuse('rank', `${better.map(({ bank }) => bank).join('、')}名次在前：没有按名次定标，请写明原因`, 'reason')
  }
  const held = heldByBank(lots, bid.bank, lot.id)
  if (batch.lotsPerBank !== null && held.count + 1 > batch.lotsPerBank) {
    return refuse('lotsPerBank', `${bid.bank}已中 ${held.count} 个标段，本批次每家银行至多 ${batch.lotsPerBank} 个`, 'bidId')
  }
  const won = addFen(held.amountFen, lot.amountFen)
  if (batch.shareLimitMicro !== null && !isWithinShare(won, batch.totalFen, batch.shareLimitMicro)) {
    const limit = formatPercent(batch.shareLimitMicro)
    return refuse('share', `${bid.bank}将中标 ${formatYuan(won)}，超过总额的 ${limit}%`, 'bidId')
  }
  return null
}

/** Exact: no rounding decides whether a bank is over its share. */
export function isWithinShare(wonFen: Fen, totalFen: Fen, limit: RateMicro): boolean {
  return BigInt(wonFen) * 100n * BigInt(MICRO_PER_PERCENT) <= BigInt(totalFen) * BigInt(limit)
}

export type OfferedCertificate = {
  readonly id: CertificateId
  readonly bank: string
  readonly principalFen: Fen
  readonly rateMicro: RateMicro
  readonly term: DepositTerm
  readonly valueDate: BusinessDate
}

/** Null when the certificate may count for the lot. */
export function certificateProblem(lot: LotStanding, certificate: OfferedCertificate): Problem | null {
  const refuse = (code: string, message: string): Problem =>
    new Problem({ code: `placing.${code}`, message, field: 'certificateId' })
  const { award } = lot
  const bid = lot.bids.find(({ id }) => id === award?.bidId)
  if (award === null || bid === undefined) return refuse('certificate', '这个标段还没有定标给银行，不能归入存单')
  if (certificate.bank !== bid.bank) return refuse('certificate', `存单在${certificate.bank}，中标的是${bid.bank}`)
  if (certificate.term.unit !== lot.term.unit || certificate.term.count !== lot.term.count) {
    return refuse('certificate', '存单的存期与标段不同')
  }
  if (certificate.rateMicro < bid.rateMicro) {
    return refuse('certificate', `存单利率 ${formatPercent(certificate.rateMicro)}% 低于中标报价 ${formatPercent(bid.rateMicro)}%`)
  }
  const { agreement } = award
  if (agreement === null) return refuse('agreement', '还没有登记存放协议：请先登记协议再归入存单')
  if (certificate.valueDate < agreement.validFrom || certificate.valueDate > agreement.validTo) {
    return refuse('agreement', `起息日 ${certificate.valueDate} 不在协议有效期 ${agreement.validFrom} 至 ${agreement.validTo} 内`)
  }
  const room = subtractFen(lot.amountFen, award.placedFen)
  if (certificate.principalFen > room) {
    return refuse('overLot', `存单 ${formatYuan(certificate.principalFen)} 超过标段还可存入的 ${formatYuan(room)}`)
  }
  return null
}

export type LotState = 'bidding' | 'failed' | 'awarded' | 'agreed' | 'placed'

/** `awarded`: no agreement yet; `agreed`: to be placed; `placed`: to the fen. */
export function lotState({ amountFen, award }: Pick<LotStanding, 'amountFen' | 'award'>): LotState {
  if (award === null) return 'bidding'
  if (award.bidId === null) return 'failed'
  if (award.placedFen === amountFen) return 'placed'
  return award.agreement === null ? 'awarded' : 'agreed'
}

export type BatchState = 'bidding' | 'placing' | 'done'

export function batchState(lots: readonly Pick<LotStanding, 'amountFen' | 'award'>[]): BatchState {
  const states = lots.map(lotState)
  if (states.includes('bidding')) return 'bidding'
  return states.every((state) => state === 'placed' || state === 'failed') ? 'done' : 'placing'
}

export type BatchTotals = { readonly awardedFen: Fen; readonly placedFen: Fen; readonly failedFen: Fen }

export function batchTotals(lots: readonly LotStanding[]): BatchTotals {
  const sum = (amount: (lot: LotStanding) => Fen): Fen => addFen(...lots.map(amount))
  return {
    awardedFen: sum((lot) => (lot.award !== null && lot.award.bidId !== null ? lot.amountFen : ZERO_FEN)),
    placedFen: sum((lot) => lot.award?.placedFen ?? ZERO_FEN),
    failedFen: sum((lot) => (lot.award !== null && lot.award.bidId === null ? lot.amountFen : ZERO_FEN)),
  }
}

/**
 * Money gathered little by little fills lots in their order, each before the next, in steps of a whole batch (温州 2021:
 * 按标段顺序先满后续，每满 1000 万元为一批存入). Gives what each lot takes now; what is below a step stays.
 */
export function fillInOrder(rooms: readonly Fen[], gatheredFen: Fen, stepFen: Fen): readonly Fen[] {
  let left = Math.floor(gatheredFen / stepFen) * stepFen
  return rooms.map((room) => {
    const taken = Math.min(room, left)
    left -= taken
    return fen(taken)
  })
}
