/** The summary of bids as it is printed: every lot, its bids by rank, who won and why. */
import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { placingPaper, type PlacingLotBlock, type PlacingModel } from '#reports/placing.ts'
import { renderPaper } from '#reports/render.ts'
import { readPdf, textOf } from './pdf-text.ts'

function lot(seq: number, change: Partial<PlacingLotBlock> = {}): PlacingLotBlock {
  return {
    seq, amountFen: parseYuan('90000000.00'), term: '6 个月', minimumRate: '1.00', note: '',
    bids: [
      { bank: '示例农商银行', rate: '1.12', score: '84.70', rank: 1, remark: '中标', isWinner: true },
      { bank: '示例商业银行', rate: '1.05', score: '83.20', rank: 2, remark: '', isWinner: false },
      { bank: '示例民营银行', rate: '1.30', score: '', rank: null, remark: '回避：分管领导亲属任职', isWinner: false },
    ],
    outcome: '示例农商银行中标，年利率 1.12%，2025-09-12 赵主管定标',
    ...change,
  }
}

function model(lots: readonly PlacingLotBlock[]): PlacingModel {
  return {
    office: '示例市维修资金中心', book: '住宅专项维修资金', number: 'CF-2025-4', title: '2025年第四期竞争性存放',
    decision: '会议纪要〔2025〕8号（2025-09-01）', opensOn: parseDate('2025-09-10'), totalFen: parseYuan('353000000.00'),
    minimumRate: '1.00', limits: ['每家银行至多中标 1 个标段'], lots, awardedFen: parseYuan('90000000.00'),
    printedOn: parseDate('2025-10-09'), printedBy: '张会计',
  }
}

it('names the batch, its paper, each bid with score and rank, the result and the places to sign', async () => {
  const failed = lot(2, { bids: [], outcome: '流标（投标不足三家），2025-09-12 赵主管定标' })
  const { pages } = await readPdf(await renderPaper(placingPaper(model([lot(1), failed]))))
  expect(pages).toHaveLength(1)
  const text = textOf(pages[0] ?? [])
  for (const part of [
    '公款竞争性存放开标评分汇总表', 'CF-2025-4', '会议纪要〔2025〕8号', '总额：353,000,000.00元', '每家银行至多中标1个标段', '标段1',
    '示例农商银行1.12%84.701中标', '回避：分管领导亲属任职', '没有银行报价', '结果：流标（投标不足三家）', '中标合计：90,000,000.00元',
    '评审人员：', '监督人员：',
  ]) expect(text).toContain(part)
})

it('repeats the head over pages and draws the same bytes twice', async () => {
  const long = placingPaper(model(Array.from({ length: 12 }, (_, index) => lot(index + 1))))
  const first = await renderPaper(long)
  const { pages } = await readPdf(first)
  expect(pages.length).toBeGreaterThan(2)
  for (const page of pages.slice(0, -1)) expect(textOf(page)).toMatch(/序号.*投标银行.*名次/)
  expect(Buffer.from(await renderPaper(long)).equals(Buffer.from(first))).toBe(true)
})
