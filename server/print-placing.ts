/** The finished model of the 开标评分汇总表, and the job that draws it. */
import type { DepositTerm } from '#core/deposit/interest.ts'
import type { PlacingBatchId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import type { PlacingBidLine, PlacingLotBlock, PlacingModel } from '#reports/placing.ts'
import type { ServiceContext } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import { placingBatchOf, type PlacingCard, type PlacingLot } from '#services/placing/placing-record.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

function termText({ unit, count }: DepositTerm): string {
  if (unit === 'days') return `${count} 天`
  return count % 12 === 0 ? `${count / 12} 年` : `${count} 个月`
}

function scoreText(hundredths: number | null): string {
  if (hundredths === null) return ''
  return `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

function bidLines({ bids, award, minimumRateMicro }: PlacingLot): readonly PlacingBidLine[] {
  const place = ({ rank }: (typeof bids)[number]): number => rank ?? Number.MAX_SAFE_INTEGER
  const ordered = bids.toSorted((a, b) => place(a) - place(b) || a.id - b.id)
  return ordered.map((bid) => {
    const isWinner = award !== null && award.bidId === bid.id
    const remarks = [
      ...(isWinner ? ['中标'] : []),
      ...(bid.recusal === '' ? [] : [`回避：${bid.recusal}`]),
      ...(bid.rateMicro < minimumRateMicro ? ['低于最低利率'] : []),
    ]
    return {
      bank: bid.bank, rate: formatPercent(bid.rateMicro), score: scoreText(bid.scoreHundredths), rank: bid.rank,
      remark: remarks.join('；'), isWinner,
    }
  })
}

function outcomeText({ award, awards, bids }: PlacingLot): string {
  const standing = awards.find(({ id }) => id === award?.id)
  if (standing === undefined) return '待定标'
  const reason = standing.reason === '' ? '' : `（${standing.reason}）`
  const winner = bids.find(({ id }) => id === standing.bidId)
  const by = `，${standing.awardedOn} ${standing.awarder}定标`
  return winner === undefined
    ? `流标${reason}${by}`
    : `${winner.bank}中标，年利率 ${formatPercent(winner.rateMicro)}%${reason}${by}`
}

function lotBlock(lot: PlacingLot): PlacingLotBlock {
  return {
    seq: lot.seq, amountFen: lot.amountFen, term: termText(lot.term), minimumRate: formatPercent(lot.minimumRateMicro),
    note: lot.note, bids: bidLines(lot), outcome: outcomeText(lot),
  }
}

export function placingModel({ ledger, clock, actor }: ServiceContext, card: PlacingCard): PlacingModel {
  const { lotsPerBank, shareLimitMicro } = card
  return {
    office: officeName(ledger) ?? '',
    book: card.bookName, number: card.number, title: card.title, decision: `${card.decisionNo}（${card.decidedOn}）`,
    opensOn: card.opensOn, totalFen: card.totalFen, minimumRate: formatPercent(card.minimumRateMicro),
    limits: [
      ...(lotsPerBank === null ? [] : [`每家银行至多中标 ${lotsPerBank} 个标段`]),
      ...(shareLimitMicro === null ? [] : [`每家银行中标金额不超过总额的 ${formatPercent(shareLimitMicro)}%`]),
    ],
    lots: card.lots.map(lotBlock),
    awardedFen: card.totals.awardedFen,
    printedOn: clock.today(),
    printedBy: actor.name,
  }
}

export async function printPlacingJob(context: PrintContext, id: PlacingBatchId, steps: JobSteps): Promise<JobResult> {
  const model = placingModel(context, placingBatchOf(context.ledger, id))
  await steps.breathe({ done: 0, total: 1, label: model.title })
  const bytes = await context.renderPool.renderPdf({ kind: 'placing', model }, { signal: steps.signal })
  const name = `开标评分汇总表 ${model.number}.pdf`
  const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { summary: '开标评分汇总表已生成。', documents: [{ id: token, name }], rows: [], reference: null }
}
