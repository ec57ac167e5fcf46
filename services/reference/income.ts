/** The public income of a reference complex, month by month: rents in, costs and uses out, interest, a share for the fund. */
import { quarterOf, type BusinessDate, type Month } from '#core/calendar.ts'
import type { DraftId } from '#core/id.ts'
import { addFen, fen, parseYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { parsePercent, percentOf } from '#core/rate.ts'
import { bookCost, bookUse, receiveIncome, topUp } from '../income/public-income.ts'
import { dayIn, monthlyPaper, monthNumber, receiveFund, type ReferenceDesk, type SeatedComplex } from './desk.ts'
import { draw, DRAWN } from './scale.ts'

const SOURCES = [
  { code: '4001.01', what: '公共车位停车费', least: 180_000 },
  { code: '4001.02', what: '电梯广告费', least: 90_000 },
  { code: '4001.05', what: '快递柜场地费', least: 40_000 },
  { code: '4001.06', what: '充电设施场地费', least: 60_000 },
] as const
const COSTS = [
  { code: '5001.01', what: '税金' }, { code: '5001.02', what: '停车引导人工' }, { code: '5001.04', what: '公共设施用电' },
] as const
const USES = [
  { code: '5101.02', what: '绿化补种及日常养护' }, { code: '5101.03', what: '公共照明及运行' }, { code: '5101.05', what: '审计费用' },
] as const
const COST_SHARE = parsePercent('12')
/** A quarter's demand interest at 0.05 % a year. */
const QUARTER_INTEREST = parsePercent('0.0125')
const RESERVE = parseYuan('10000.00')

/** The last month of a quarter: interest is paid, and half of what was earned goes to the fund. */
export function endsQuarter(month: Month): boolean {
  return Number(month.slice(5)) % 3 === 0
}

/** Drafts of one month, in the order of their making. */
export function incomeDrafts(desk: ReferenceDesk, complex: SeatedComplex, month: Month): readonly DraftId[] {
  const at = monthNumber(month)
  const attachments = [monthlyPaper(desk, month)]
  const move = (date: BusinessDate, amountFen: Fen, summary: string) =>
    ({ complexId: complex.id, date, bankAccountId: complex.incomeBank, amountFen, summary, attachments })
  const drafts: DraftId[] = []
  const receive = (date: BusinessDate, amountFen: Fen, summary: string, accountCode: string): void => {
    drafts.push(receiveIncome(desk.preparer, { ...move(date, amountFen, summary), source: { accountCode } }))
    complex.incomeFen = addFen(complex.incomeFen, amountFen)
    complex.netFen = addFen(complex.netFen, amountFen)
  }
  let received = ZERO_FEN
  for (const [index, { code, what, least }] of SOURCES.entries()) {
    const amountFen = fen(least + draw(desk.scale, least, DRAWN.income, complex.index, at, index))
    receive(dayIn(desk, month, DRAWN.day, complex.index, at, index), amountFen, `收${what}`, code)
    received = addFen(received, amountFen)
  }
  const cost = COSTS[at % COSTS.length] ?? COSTS[0]
  const costFen = percentOf(received, COST_SHARE)
  drafts.push(bookCost(desk.preparer, {
    ...move(dayIn(desk, month, DRAWN.day, complex.index, at, 5), costFen, cost.what), accountCode: cost.code,
    document: `发票 ${complex.code}${month.replace('-', '')}`,
  }))
  complex.incomeFen = subtractFen(complex.incomeFen, costFen)
  complex.netFen = subtractFen(complex.netFen, costFen)
  const use = USES[at % USES.length] ?? USES[0]
  const useFen = fen(50_000 + draw(desk.scale, 150_000, DRAWN.spending, complex.index, at))
  if (subtractFen(complex.incomeFen, useFen) > RESERVE) {
    drafts.push(bookUse(desk.preparer, {
      ...move(dayIn(desk, month, DRAWN.day, complex.index, at, 6), useFen, use.what), accountCode: use.code,
      decisionId: complex.decisionId,
    }))
    complex.incomeFen = subtractFen(complex.incomeFen, useFen)
  }
  if (!endsQuarter(month)) return drafts
  const interestFen = percentOf(complex.incomeFen, QUARTER_INTEREST)
  if (interestFen > 0) receive(dayIn(desk, month, DRAWN.day, 0, at, 7), interestFen, '活期存款利息', '4101')
  return [...drafts, ...topUpDrafts(desk, complex, month)]
}

/** Half of the quarter's net income, as a linked pair of vouchers. */
function topUpDrafts(desk: ReferenceDesk, complex: SeatedComplex, month: Month): readonly DraftId[] {
  const amountFen = percentOf(complex.netFen, parsePercent('50'))
  complex.netFen = ZERO_FEN
  if (amountFen <= 0 || subtractFen(complex.incomeFen, amountFen) < RESERVE) return []
  const date = dayIn(desk, month, DRAWN.day, complex.index, monthNumber(month), 8)
  const { out, into } = topUp(desk.preparer, {
    complexId: complex.id, quarter: quarterOf(date), amountFen, date, fromBankAccountId: complex.incomeBank,
    toBankAccountId: complex.fundBank, decisionId: complex.decisionId,
  })
  complex.incomeFen = subtractFen(complex.incomeFen, amountFen)
  receiveFund(complex, amountFen)
  return [out, into]
}
