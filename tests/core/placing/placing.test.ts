/** Competitive placing: published batches as facts, and every rule broken by one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf, type PlacingBidId } from '#core/id.ts'
import { addFen, fen, parseYuan, type Fen } from '#core/money.ts'
import {
  awardProblem, batchProblem, batchState, batchTotals, certificateProblem, fillInOrder, isWithinShare, lotState, ranksByScore,
  type AwardAsked, type LotStanding, type StandingBid,
} from '#core/placing/placing.ts'
import { parsePercent, rateMicro, type RateMicro } from '#core/rate.ts'

const WAN = parseYuan('10000.00')
const wan = (count: number): Fen => fen(count * WAN)

const HEAD = idOf<'user'>(9)
const CLERK = idOf<'user'>(1)

const BATCH = {
  totalFen: wan(35_300), minimumRateMicro: parsePercent('1.00'), decidedOn: parseDate('2025-09-01'),
  opensOn: parseDate('2025-09-10'), lotsPerBank: 1, shareLimitMicro: null, recordedBy: CLERK,
}

function bid(id: number, bank: string, rate: string, rank: number | null, more: Partial<StandingBid> = {}): StandingBid {
  return {
    id: idOf<'placingBid'>(id), bank, rateMicro: parsePercent(rate), rank,
    scoreHundredths: rank === null ? null : 9_000 - rank * 100, recusal: '', recordedBy: CLERK, ...more,
  }
}

function lot(seq: number, amountFen: Fen, more: Partial<LotStanding> = {}): LotStanding {
  return {
    id: idOf<'placingLot'>(seq), seq, amountFen, term: { unit: 'months', count: 6 }, minimumRateMicro: parsePercent('1.00'),
    bids: [bid(seq * 10 + 1, '工行', '1.10', 1), bid(seq * 10 + 2, '建行', '1.05', 2)], award: null, ...more,
  }
}

function awarded(to: LotStanding, bidId: PlacingBidId | null, placedFen = fen(0)): LotStanding {
  const agreement = { validFrom: parseDate('2025-09-15'), validTo: parseDate('2026-09-14') }
  return { ...to, award: { id: idOf<'placingAward'>(to.seq), bidId, agreement, placedFen } }
}

const ask = (more: Partial<AwardAsked> = {}): AwardAsked => ({
  lotId: idOf<'placingLot'>(1), bidId: idOf<'placingBid'>(11), awardedOn: parseDate('2025-09-12'), reason: '', by: HEAD, ...more,
})

describe('published batches', () => {
  it('Xianju 2025-4: five half-year lots of 300 million and three one-year lots of 53 million make 353 million', () => {
    const half = [9000, 7000, 6000, 5000, 3000].map((amount) => ({
      amountFen: wan(amount), term: { unit: 'months' as const, count: 6 }, minimumRateMicro: parsePercent('1.00'),
    }))
    const year = [2500, 1500, 1300].map((amount) => ({
      amountFen: wan(amount), term: { unit: 'months' as const, count: 12 }, minimumRateMicro: parsePercent('1.10'),
    }))
    expect(addFen(...half.map(({ amountFen }) => amountFen))).toBe(30_000_000_000)
    expect(addFen(...year.map(({ amountFen }) => amountFen))).toBe(5_300_000_000)
    expect(batchProblem(BATCH, [...half, ...year])).toBeNull()
    expect(batchProblem({ ...BATCH, totalFen: fen(BATCH.totalFen + 1) }, [...half, ...year])).toMatchObject({ field: 'totalFen' })
  })

  it('Wenzhou 2021-1: ten lots make 860 million; lots of money still to come fill in order, in steps of ten million', () => {
    const lots = [19_000, 16_000, 11_000, 9_000, 8_000, 6_000, 5_000, 5_000, 4_000, 3_000].map(wan)
    expect(addFen(...lots)).toBe(86_000_000_000)
    const coming = lots.slice(5, 8)
    expect(fillInOrder(coming, fen(wan(7_999) + 99), wan(1_000))).toEqual([wan(6_000), wan(1_000), 0])
    expect(fillInOrder(coming, wan(99_999), wan(1_000))).toEqual(coming)
  })

  it('Hengdong 2020: six banks by score, 84.70 first', () => {
    const scores = [8470, 8320, 7860, 7666, 7598, 7481]
    const bids = scores.map((scoreHundredths, index) => bid(index + 1, `银行${index + 1}`, '1.00', null, { scoreHundredths }))
    expect([...ranksByScore(bids).values()]).toEqual([1, 2, 3, 4, 5, 6])
  })
})

it('ties share a rank unless a rate decides; banks standing aside have none', () => {
  const bids = [
    bid(1, '甲', '1.10', null, { scoreHundredths: 8000 }), bid(2, '乙', '1.20', null, { scoreHundredths: 8000 }),
    bid(3, '丙', '1.20', null, { scoreHundredths: 8000 }), bid(4, '丁', '2.00', null, { recusal: '负责人亲属任职' }),
    bid(5, '戊', '1.00', null, { scoreHundredths: 7999 }),
  ]
  expect([...ranksByScore(bids)]).toEqual([[1, 3], [2, 1], [3, 1], [5, 5 - 1]])
})

describe('an award', () => {
  it('goes to the first by rank without a word', () => {
    expect(awardProblem(BATCH, [lot(1, wan(9_000))], ask())).toBeNull()
  })

  it('past a better rank only with the reason; a first that may not win does not count', () => {
    const second = ask({ bidId: idOf<'placingBid'>(12) })
    expect(awardProblem(BATCH, [lot(1, wan(9_000))], second)).toMatchObject({ code: 'placing.rank', field: 'reason' })
    expect(awardProblem(BATCH, [lot(1, wan(9_000))], { ...second, reason: '第一名放弃' })).toBeNull()
    const low = lot(1, wan(9_000), { bids: [bid(11, '工行', '0.99', 1), bid(12, '建行', '1.05', 2)] })
    expect(awardProblem(BATCH, [low], second)).toBeNull()
  })

  it.each([
    ['a bank that stands aside', { bids: [bid(11, '工行', '1.10', null, { recusal: '主管配偶任职' })] }, /主管配偶任职/],
    ['a rate one millionth low', { bids: [{ ...bid(11, '工行', '1.00', 1), rateMicro: rateMicro(999_999) }] }, /低于最低利率/],
    ['a bid not evaluated', { bids: [bid(11, '工行', '1.10', null)] }, /评分/],
    ['a bid recorded by the same person', { bids: [bid(11, '工行', '1.10', 1, { recordedBy: HEAD })] }, /另一人/],
    ['a bid that is not there', { bids: [] }, /没有这条报价/],
  ] satisfies readonly (readonly [string, Partial<LotStanding>, RegExp])[])('never to %s', (_, change, message) => {
    expect(awardProblem(BATCH, [lot(1, wan(9_000), change)], ask({ reason: '一律不行' }))?.message).toMatch(message)
  })

  it('not before the bids were opened, not twice, and to nobody only with the reason', () => {
    const early = ask({ awardedOn: parseDate('2025-09-09') })
    expect(awardProblem(BATCH, [lot(1, wan(1))], early)).toMatchObject({ code: 'placing.early' })
    expect(awardProblem(BATCH, [awarded(lot(1, wan(1)), null)], ask())).toMatchObject({ code: 'placing.awarded' })
    expect(awardProblem(BATCH, [lot(1, wan(1))], ask({ bidId: null }))).toMatchObject({ code: 'placing.reason' })
    expect(awardProblem(BATCH, [lot(1, wan(1))], ask({ bidId: null, reason: '投标不足三家' }))).toBeNull()
  })

  it('keeps to one lot per bank, and to the share to the fen', () => {
    const lots = [lot(1, wan(9_000)), awarded(lot(2, wan(7_000)), idOf<'placingBid'>(21))]
    expect(awardProblem(BATCH, lots, ask())).toMatchObject({ code: 'placing.lotsPerBank' })
    const shared = { ...BATCH, lotsPerBank: null, totalFen: wan(40_000), shareLimitMicro: parsePercent('40') }
    expect(awardProblem(shared, lots, ask())).toBeNull()
    const more = [lot(1, fen(wan(9_000) + 1)), ...lots.slice(1)]
    expect(awardProblem(shared, more, ask())).toMatchObject({ code: 'placing.share' })
  })

  it('property: a share is kept exactly when the product says so, without rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9e12 }), fc.integer({ min: 1, max: 1e8 }), (total, limit) => {
        const most = fen(Number((BigInt(total) * BigInt(limit)) / 100_000_000n))
        const share: RateMicro = rateMicro(limit)
        expect(isWithinShare(most, fen(total), share)).toBe(true)
        expect(isWithinShare(fen(most + 1), fen(total), share)).toBe(false)
      }),
    )
  })
})

describe('certificates of a lot', () => {
  const won = awarded(lot(1, wan(9_000)), idOf<'placingBid'>(11), wan(8_000))
  const certificate = {
    id: idOf<'certificate'>(1), bank: '工行', principalFen: wan(1_000), rateMicro: parsePercent('1.10'),
    term: { unit: 'months' as const, count: 6 }, valueDate: parseDate('2025-09-15'),
  }

  it('fill the lot to the fen', () => {
    expect(certificateProblem(won, certificate)).toBeNull()
    const larger = { ...certificate, principalFen: fen(wan(1_000) + 1) }
    expect(certificateProblem(won, larger)).toMatchObject({ code: 'placing.overLot' })
  })

  it.each([
    ['another bank', { bank: '建行' }, 'placing.certificate'],
    ['another term', { term: { unit: 'months' as const, count: 12 } }, 'placing.certificate'],
    ['a rate below the bid', { rateMicro: parsePercent('1.09') }, 'placing.certificate'],
    ['a day before the agreement', { valueDate: parseDate('2025-09-14') }, 'placing.agreement'],
    ['a day after the agreement', { valueDate: parseDate('2026-09-15') }, 'placing.agreement'],
  ] satisfies readonly (readonly [string, Partial<typeof certificate>, string])[])('not with %s', (_, change, code) => {
    expect(certificateProblem(won, { ...certificate, ...change })).toMatchObject({ code })
  })

  it('not without an award or an agreement', () => {
    expect(certificateProblem(lot(1, wan(1)), certificate)).toMatchObject({ code: 'placing.certificate' })
    const { award } = won
    if (award === null) throw new Error('awarded')
    const bare = { ...won, award: { ...award, agreement: null } }
    expect(certificateProblem(bare, certificate)).toMatchObject({ code: 'placing.agreement' })
  })
})

it('a batch is done when every lot is placed to the fen or failed', () => {
  const open = lot(1, wan(3))
  const failed = awarded(lot(2, wan(2)), null)
  const part = awarded(lot(3, wan(5)), idOf<'placingBid'>(31), wan(4))
  const full = awarded(lot(3, wan(5)), idOf<'placingBid'>(31), wan(5))
  expect([open, failed, part, full].map(lotState)).toEqual(['bidding', 'failed', 'agreed', 'placed'])
  expect([[open, full], [failed, part], [failed, full]].map(batchState)).toEqual(['bidding', 'placing', 'done'])
  expect(batchTotals([failed, part])).toEqual({ awardedFen: wan(5), placedFen: wan(4), failedFen: wan(2) })
})
