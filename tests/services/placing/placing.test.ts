/** Competitive placing through the services: a batch from its decision to its certificates, and what SQL refuses by itself. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { CertificateId, PlacingBatchId, PlacingLotId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { placeCertificate } from '#services/deposit/deposit.ts'
import {
  awardLot, correctBid, linkCertificate, recordAgreement, recordBid, recordPlacingBatch, recordScores, revokeAward,
  unlinkCertificate, type BatchFacts,
} from '#services/placing/placing.ts'
import { certificateChoices, listPlacingBatches, placingBatchOf, type PlacingLot } from '#services/placing/placing-record.ts'
import { makeOffice, type Office } from '../office.ts'

const TODAY = parseDate('2025-10-09')

function batchFacts(office: Office, change: Partial<BatchFacts> = {}): BatchFacts {
  const lot = (yuan: string) => ({
    amountFen: parseYuan(yuan), term: { unit: 'months' as const, count: 12 }, minimumRateMicro: parsePercent('1.00'), note: '',
  })
  return {
    number: 'CF-2025-1', title: '2025年第一期', bookId: office.maintenance, decisionNo: '会议纪要〔2025〕8号',
    decidedOn: parseDate('2025-09-20'), decisionSha256: office.paper, totalFen: parseYuan('500000.00'),
    minimumRateMicro: parsePercent('1.00'), opensOn: parseDate('2025-10-08'), lotsPerBank: 1, shareLimitMicro: parsePercent('60'),
    lots: [lot('300000.00'), lot('200000.00')],
    ...change,
  }
}

type Scene = {
  readonly office: Office
  readonly id: PlacingBatchId
  lot(seq: number): PlacingLot
  bid(seq: number, bank: string): PlacingLot['bids'][number]
}

function scene(change: Partial<BatchFacts> = {}): Scene {
  const office = makeOffice()
  const id = recordPlacingBatch(office.preparer, batchFacts(office, change))
  const lot = (seq: number): PlacingLot => {
    const found = placingBatchOf(office.ledger, id).lots.find((each) => each.seq === seq)
    if (found === undefined) throw new Error(`no lot ${seq}`)
    return found
  }
  return {
    office, id, lot,
    bid(seq, bank) {
      const found = lot(seq).bids.find((each) => each.bank === bank)
      if (found === undefined) throw new Error(`no bid of ${bank}`)
      return found
    },
  }
}

const BANKS = [['示例银行', '1.10', 8800], ['邻县银行', '1.05', 8600], ['城东银行', '1.20', 8400]] as const

/** Three bids, evaluated. */
function bidAll({ office, lot }: Scene, seq: number): void {
  for (const [bank, rate] of BANKS) {
    const rateMicro = parsePercent(rate)
    recordBid(office.preparer, { lotId: lot(seq).id, bank, rateMicro, scoreHundredths: null, rank: null, recusal: '' })
  }
  const scores = lot(seq).bids.map((bid) => ({
    bidId: bid.id, scoreHundredths: BANKS.find(([bank]) => bank === bid.bank)?.[2] ?? 0, rank: null,
  }))
  recordScores(office.preparer, { lotId: lot(seq).id, scores, reason: '评审记录 1 号' })
}

const award = (scene: Scene, seq: number, bank: string, reason = '') =>
  awardLot(scene.office.head, { lotId: scene.lot(seq).id, bidId: scene.bid(seq, bank).id, awardedOn: TODAY, reason })

function agree({ office }: Scene, lotId: PlacingLotId, number = 'XY-1'): void {
  const term = { validFrom: parseDate('2025-10-01'), validTo: parseDate('2026-10-31') }
  recordAgreement(office.preparer, { lotId, number, ...term, sha256: office.paper })
}

function certificate(office: Office, number: string, yuan: string, rate = '1.10', months = 12): CertificateId {
  return placeCertificate(office.preparer, {
    certificateNo: number, product: 'time', rateMicro: parsePercent(rate), demandRateMicro: parsePercent('0.05'),
    dayCount: 'months_odd_360', term: { unit: 'months', count: months }, valueDate: TODAY, rolloverInstruction: 'none',
    personInCharge: office.preparer.actor.userId, complexId: office.complexId, bankAccountId: office.maintenanceBank,
    principalFen: parseYuan(yuan), attachments: [office.paper],
  }).certificateId
}

it('a batch goes from bids to certificates, and every step is in the log', () => {
  const play = scene()
  const { office, id, lot } = play
  bidAll(play, 1)
  expect(lot(1).bids.map(({ bank, rank }) => [bank, rank])).toEqual([['示例银行', 1], ['邻县银行', 2], ['城东银行', 3]])
  award(play, 1, '示例银行')
  expect(lot(1).state).toBe('awarded')
  agree(play, lot(1).id)
  expect(certificateChoices(office.ledger, lot(1).id, 10)).toEqual([])
  const first = certificate(office, 'C-1', '100000.00')
  certificate(office, 'C-2', '200000.00', '1.15')
  expect(certificateChoices(office.ledger, lot(1).id, 10).map(({ certificateNo }) => certificateNo)).toEqual(['C-1', 'C-2'])
  for (const choice of certificateChoices(office.ledger, lot(1).id, 10)) linkCertificate(office.preparer, lot(1).id, choice.id)
  expect(lot(1)).toMatchObject({ state: 'placed', award: { placedFen: 30_000_000 } })
  expect(placingBatchOf(office.ledger, id)).toMatchObject({
    state: 'bidding', totals: { awardedFen: 30_000_000, placedFen: 30_000_000, failedFen: 0 },
  })
  awardLot(office.head, { lotId: lot(2).id, bidId: null, awardedOn: TODAY, reason: '投标银行不足三家' })
  expect(listPlacingBatches(office.ledger, { limit: 10 })).toMatchObject([{ number: 'CF-2025-1', state: 'done', lotCount: 2 }])

  unlinkCertificate(office.preparer, { lotId: lot(1).id, linkId: lot(1).certificates[0]?.linkId ?? 0, reason: '归错标段' })
  expect(lot(1)).toMatchObject({ state: 'agreed', award: { placedFen: 20_000_000 } })
  linkCertificate(office.preparer, lot(1).id, first)
  const done = office.ledger.sqlite.prepare("SELECT DISTINCT action FROM operation WHERE action LIKE 'placing.%' ORDER BY 1")
  expect(done.pluck().all()).toEqual(
    ['agreement', 'award', 'batch', 'bid', 'link', 'score', 'unlink'].map((action) => `placing.${action}`))
})

describe('who and when', () => {
  it('bids are not recorded before the day they are opened, and a lot sum off by a fen is no batch', () => {
    const early = scene({ opensOn: parseDate('2025-10-10') })
    expect(() => bidAll(early, 1)).toThrow(/开标前/)
    const { office } = early
    const off = batchFacts(office, { number: 'CF-2', totalFen: parseYuan('500000.01') })
    expect(() => recordPlacingBatch(office.preparer, off)).toThrow(/不符/)
    expect(() => recordPlacingBatch(office.preparer, batchFacts(office))).toThrow(/相同编号/)
  })

  it('the preparer records, the head awards; whoever did both is refused', () => {
    const play = scene()
    bidAll(play, 1)
    const facts = { lotId: play.lot(1).id, bidId: play.bid(1, '示例银行').id, awardedOn: TODAY, reason: '' }
    expect(() => awardLot(play.office.preparer, facts)).toThrow(/岗位/)
    expect(() => recordBid(play.office.head, {
      lotId: facts.lotId, bank: '城西银行', rateMicro: parsePercent('1.00'), scoreHundredths: null, rank: null, recusal: '',
    })).toThrow(/岗位/)
  })
})

describe('corrections', () => {
  it('a bid is replaced with its reason and the earlier one stays; not after the award', () => {
    const play = scene()
    bidAll(play, 1)
    const { office, lot } = play
    const better = { rateMicro: parsePercent('1.30'), scoreHundredths: 8700, rank: 1 }
    const facts = { lotId: lot(1).id, ...better, recusal: '', reason: '录入笔误' }
    const wrong = play.bid(1, '邻县银行')
    correctBid(office.preparer, wrong.id, facts)
    expect(play.bid(1, '邻县银行')).toMatchObject({ rateMicro: 1_300_000, rank: 1 })
    expect(lot(1).bidVersions).toHaveLength(7)
    expect(() => correctBid(office.preparer, wrong.id, facts)).toThrow(/已被更正/)
    award(play, 1, '示例银行')
    expect(() => correctBid(office.preparer, play.bid(1, '邻县银行').id, facts)).toThrow(/已经定标/)
  })

  it('an award is revoked with its reason and given again, unless a certificate counts for it', () => {
    const play = scene()
    bidAll(play, 1)
    const { office, lot } = play
    award(play, 1, '邻县银行', '第一名放弃')
    revokeAward(office.head, { lotId: lot(1).id, reason: '第一名书面说明未放弃' })
    award(play, 1, '示例银行')
    agree(play, lot(1).id)
    linkCertificate(office.preparer, lot(1).id, certificate(office, 'C-1', '100000.00'))
    expect(() => revokeAward(office.head, { lotId: lot(1).id, reason: '再改' })).toThrow(/已有存单/)
    expect(lot(1).awards.map(({ revokedReason }) => revokedReason)).toEqual(['第一名书面说明未放弃', null])
  })
})

describe('SQL refuses by itself', () => {
  function award1(play: Scene): number {
    award(play, 1, '示例银行')
    agree(play, play.lot(1).id)
    return play.lot(1).award?.id ?? 0
  }
  const raw = (play: Scene, sql: string, ...values: (number | string | null)[]) => () => {
    play.office.ledger.write(() => play.office.ledger.prepare(sql).run(...values))
  }
  const AWARD = 'INSERT INTO placing_award (lot_id, bid_id, awarded_on, reason, awarded_by, at) VALUES (?, ?, ?, ?, ?, ?)'
  const LINK = 'INSERT INTO placing_certificate (award_id, certificate_id, linked_by, at) VALUES (?, ?, 1, ?)'
  const NOW = '2025-10-09T02:00:00.000Z'

  it('a recused bank, an unevaluated bid, the recorder as awarder, a worse rank in silence', () => {
    const play = scene()
    const { office } = play
    bidAll(play, 1)
    const head = office.head.actor.userId
    recordBid(office.preparer, {
      lotId: play.lot(1).id, bank: '城西银行', rateMicro: parsePercent('1.50'), scoreHundredths: null, rank: null, recusal: '主管亲属任职',
    })
    const lot = play.lot(1).id
    expect(raw(play, AWARD, lot, play.bid(1, '城西银行').id, TODAY, '好', head, NOW)).toThrow(/未回避/)
    expect(raw(play, AWARD, lot, play.bid(1, '示例银行').id, TODAY, '', office.preparer.actor.userId, NOW)).toThrow(/另一人/)
    expect(raw(play, AWARD, lot, play.bid(1, '城东银行').id, TODAY, '', head, NOW)).toThrow(/名次/)
    award(play, 1, '示例银行')
    expect(raw(play, AWARD, lot, play.bid(1, '邻县银行').id, TODAY, '换', head, NOW)).toThrow(/已经定标/)
  })

  it('a second lot for the bank, a share over the limit', () => {
    const head = (play: Scene) => play.office.head.actor.userId
    const lots = scene()
    for (const seq of [1, 2]) bidAll(lots, seq)
    award(lots, 2, '示例银行')
    expect(raw(lots, AWARD, lots.lot(1).id, lots.bid(1, '示例银行').id, TODAY, '', head(lots), NOW)).toThrow(/上限/)
    const share = scene({ lotsPerBank: null, shareLimitMicro: parsePercent('59.999999') })
    bidAll(share, 1)
    expect(raw(share, AWARD, share.lot(1).id, share.bid(1, '示例银行').id, TODAY, '', head(share), NOW)).toThrow(/占比/)
    expect(() => award(share, 1, '示例银行')).toThrow(/59\.999999%/)
  })

  it('a certificate below the bid, of another term, over the lot, twice, without agreement', () => {
    const play = scene()
    const { office } = play
    bidAll(play, 1)
    award(play, 1, '示例银行')
    const bare = play.lot(1).award?.id ?? 0
    const good = certificate(office, 'C-1', '100000.00')
    expect(raw(play, LINK, bare, good, NOW)).toThrow(/协议/)
    revokeAward(office.head, { lotId: play.lot(1).id, reason: '重来' })
    const id = award1(play)
    expect(raw(play, LINK, id, certificate(office, 'C-2', '10000.00', '1.099999'), NOW)).toThrow(/利率不能低于报价/)
    expect(raw(play, LINK, id, certificate(office, 'C-3', '10000.00', '1.10', 6), NOW)).toThrow(/存期/)
    raw(play, LINK, id, good, NOW)()
    expect(raw(play, LINK, id, good, NOW)).toThrow(/重复归入/)
    expect(raw(play, LINK, id, certificate(office, 'C-4', '200000.01'), NOW)).toThrow(/超过标段金额/)
    expect(raw(play, 'INSERT INTO placing_revocation VALUES (?, ?, 1, ?)', id, '撤', NOW)).toThrow(/不能撤销/)
  })

  it('a lot added after the bids, above the total or below the least rate', () => {
    const play = scene()
    const LOT = `INSERT INTO placing_lot (batch_id, seq, amount_fen, term_months, minimum_rate_micro, note)
      VALUES (?, 9, ?, 12, ?, '')`
    expect(raw(play, LOT, play.id, 1, 1_000_000)).toThrow(/总额/)
    const roomy = scene()
    expect(raw(roomy, LOT, roomy.id, 1, 999_999)).toThrow(/底线/)
  })
})
