/** Two batches of competitive placing: last year's, placed under its agreements, and this autumn's, open for the award. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { PlacingBatchId } from '#core/id.ts'
import { addFen, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import {
  awardLot, linkCertificate, recordAgreement, recordBid, recordPlacingBatch, recordScores, type BatchFacts,
} from '../placing/placing.ts'
import { certificateChoices, placingBatchOf, type PlacingLot } from '../placing/placing-record.ts'
import { paper, type Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

/** Lots of last year's batch: the certificates `deposits.ts` places on that day at that complex's bank. */
const PLACED = [
  { complex: 'S01', amount: '10000000.00', rate: '1.05', placed: '2025-10-12' },
  { complex: 'X04', amount: '3500000.00', rate: '0.95', placed: '2025-10-24' },
  { complex: 'A05', amount: '3000000.00', rate: '0.98', placed: '2025-10-11' },
] as const

type LotPlan = { readonly amount: string; readonly months: number; readonly rate: string; readonly note: string }
type BidPlan = { readonly bank: string; readonly rate: string; readonly score: number; readonly recusal?: string }

/** Banks that bid and do not win. */
const RIVALS = [
  { bank: '示例农村商业银行', rate: '0.92', score: 8460 }, { bank: '示例城市商业银行', rate: '0.90', score: 8215 },
] as const

function lotOf(desk: Desk, id: PlacingBatchId, seq: number): PlacingLot {
  const lot = placingBatchOf(desk.ledger, id).lots.find((each) => each.seq === seq)
  if (lot === undefined) throw new Error(`the sample batch has no lot ${seq}`)
  return lot
}

type BatchPlan = Pick<BatchFacts, 'number' | 'title' | 'decisionNo' | 'lotsPerBank' | 'shareLimitMicro'>
type BatchDates = { readonly decided: string; readonly opens: string }

function batch(desk: Desk, facts: BatchPlan, dates: BatchDates, lots: readonly LotPlan[]): PlacingBatchId {
  const amounts = lots.map(({ amount }) => parseYuan(amount))
  return recordPlacingBatch(desk.preparer, {
    ...facts,
    bookId: desk.books.maintenance, decidedOn: parseDate(dates.decided), opensOn: parseDate(dates.opens),
    decisionSha256: paper(desk, `竞争性存放决策文件 ${facts.number}`, facts.decisionNo),
    totalFen: addFen(...amounts),
    minimumRateMicro: parsePercent('0.80'),
    lots: lots.map(({ amount, months, rate, note }) => ({
      amountFen: parseYuan(amount), term: { unit: 'months', count: months }, minimumRateMicro: parsePercent(rate), note,
    })),
  })
}

function bid(desk: Desk, lot: PlacingLot, { bank, rate, recusal = '' }: BidPlan): void {
  recordBid(desk.preparer, { lotId: lot.id, bank, rateMicro: parsePercent(rate), scoreHundredths: null, rank: null, recusal })
}

function score(desk: Desk, lot: PlacingLot, bids: readonly BidPlan[], minutes: string): void {
  const scores = lot.bids.filter(({ recusal }) => recusal === '').map((standing) => ({
    bidId: standing.id, rank: null, scoreHundredths: bids.find(({ bank }) => bank === standing.bank)?.score ?? 0,
  }))
  recordScores(desk.preparer, { lotId: lot.id, scores, reason: minutes })
}

function lastYear(desk: Desk): SampleEvent[] {
  let id: PlacingBatchId | null = null
  const known = (): PlacingBatchId => {
    if (id === null) throw new Error('the sample batch was not recorded')
    return id
  }
  const seat = (code: string) => desk.complexes.find(({ data }) => data.code === code)
  const bankOf = (code: string): string => seat(code)?.data.bankName ?? code
  const opens = parseDate('2025-09-26')
  const record: SampleEvent = {
    date: parseDate('2025-09-18'),
    happen: () => {
      id = batch(desk, {
        number: 'CF-2025-01', title: '2025年第一期维修资金竞争性存放', decisionNo: '会议纪要〔2025〕8号', lotsPerBank: 2,
        shareLimitMicro: null,
      }, { decided: '2025-09-15', opens }, PLACED.map(({ complex, amount }) => ({
        amount, months: 12, rate: '0.90', note: `${seat(complex)?.data.name ?? complex} 活期及到期本息`,
      })))
    },
  }
  const open: SampleEvent = {
    date: opens,
    happen: () => PLACED.forEach(({ complex, rate }, index) => {
      const bids: readonly BidPlan[] = [
        { bank: bankOf(complex), rate, score: 8870 - index * 15 },
        ...RIVALS.map((rival) => ({ ...rival, score: rival.score - index * 10 })),
      ]
      for (const each of bids) bid(desk, lotOf(desk, known(), index + 1), each)
      score(desk, lotOf(desk, known(), index + 1), bids, '评审记录〔2025〕1号')
    }),
  }
  const award: SampleEvent = {
    date: parseDate('2025-09-29'),
    happen: () => PLACED.forEach((_, index) => {
      const lot = lotOf(desk, known(), index + 1)
      const first = lot.bids.find(({ rank }) => rank === 1)
      if (first === undefined) throw new Error(`lot ${lot.seq} of the sample has no first bid`)
      awardLot(desk.head, { lotId: lot.id, bidId: first.id, awardedOn: parseDate('2025-09-29'), reason: '' })
      recordAgreement(desk.preparer, {
        lotId: lot.id, number: `存协〔2025〕${index + 1}号`, validFrom: parseDate('2025-10-01'), validTo: parseDate('2026-10-31'),
        sha256: paper(desk, `存放协议〔2025〕${index + 1}号`, first.bank),
      })
    }),
  }
  const links = PLACED.map(({ complex, placed }, index): SampleEvent => {
    const date: BusinessDate = parseDate(placed)
    return {
      date,
      happen: () => {
        const lot = lotOf(desk, known(), index + 1)
        const complexId = seat(complex)?.id
        const choices = certificateChoices(desk.ledger, lot.id, 50)
        const choice = choices.find((each) => each.complexId === complexId && each.valueDate === date)
        if (choice === undefined) throw new Error(`the sample has no certificate of ${complex} placed on ${placed}`)
        linkCertificate(desk.preparer, lot.id, choice.id)
      },
    }
  })
  return [record, open, award, ...links]
}

const OPEN_BIDS: readonly BidPlan[] = [
  { bank: '示例农村商业银行', rate: '0.92', score: 8830 }, { bank: '示例城市商业银行', rate: '0.95', score: 8615 },
  { bank: '示例邮政储蓄银行', rate: '0.88', score: 8520 }, { bank: '示例民营银行', rate: '1.20', score: 0, recusal: '中心分管领导亲属任该行副行长' },
]

function thisAutumn(desk: Desk): SampleEvent[] {
  let id: PlacingBatchId | null = null
  return [
    {
      date: parseDate('2026-09-14'),
      happen: () => {
        id = batch(desk, {
          number: 'CF-2026-01', title: '2026年第一期维修资金竞争性存放', decisionNo: '会议纪要〔2026〕11号', lotsPerBank: 1,
          shareLimitMicro: parsePercent('60'),
        }, { decided: '2026-09-10', opens: '2026-09-28' }, [
          { amount: '6000000.00', months: 12, rate: '0.85', note: '十月到期的定期存款' },
          { amount: '4000000.00', months: 6, rate: '0.80', note: '下半年归集，到账后存入' },
        ])
      },
    },
    {
      date: parseDate('2026-09-28'),
      happen: () => {
        if (id === null) throw new Error('the sample batch was not recorded')
        for (const seq of [1, 2]) for (const each of OPEN_BIDS.slice(0, seq === 1 ? 4 : 2)) bid(desk, lotOf(desk, id, seq), each)
        score(desk, lotOf(desk, id, 1), OPEN_BIDS, '评审记录〔2026〕1号')
      },
    },
  ]
}

export function placingEvents(desk: Desk): SampleEvent[] {
  return [...lastYear(desk), ...thisAutumn(desk)]
}
