/** Two years of public income: what contracts bring, what is deducted, what it is used for, what tops up the fund. */
import { addDays, addQuarters, parseDate, quarterBounds, quarterOf, type BusinessDate, type Quarter } from '#core/calendar.ts'
import { topUpDemand } from '#core/income/public-income-split.ts'
import { formatYuan, parseYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { parsePercent, percentOf } from '#core/rate.ts'
import { bankBalances } from '../voucher/balance.ts'
import { contractCard, listContracts } from '../income/contract.ts'
import { postTransfer } from '../voucher/fund-transfer.ts'
import { policyFor } from '../policy/policy.ts'
import { bookCost, bookUse, receiveIncome, topUp } from '../income/public-income.ts'
import { quarterSheet } from '../income/quarter.ts'
import { reviewDraft } from '../voucher/voucher-draft.ts'
import { onDay, openMonths, paper, post, type Desk, type SeatedComplex } from './desk.ts'

export type SampleEvent = { readonly date: BusinessDate; readonly happen: () => void | Promise<void> }

/** Sources that have stopped paying lately: the overdue income every real office has. */
const LATE_PAYERS: Readonly<Record<string, string>> = {
  'A05:4001.08': '2026-07-01',
  'X01:4001.02': '2026-07-01',
  'S02:4001.06': '2026-04-01',
}

/** Every instalment arrives some days after it fell due; the number follows from place and amount, not from chance. */
export function receiptEvents(desk: Desk): SampleEvent[] {
  const today = parseDate(desk.data.today)
  return listContracts(desk.ledger, { asOf: today, state: 'all', limit: 500 }).flatMap((contract) => {
    const complex = desk.complexes.find(({ id }) => id === contract.complexId)
    if (complex === undefined) return []
    const stops = LATE_PAYERS[`${complex.data.code}:${contract.accountCode}`] ?? '9999-12-31'
    return contractCard(desk.ledger, contract.id, today).installments.flatMap((part) => {
      const date = addDays(part.dueOn, (part.amount % 5) + Number(complex.data.code.slice(1)))
      if (date > today || part.dueOn >= stops) return []
      const amountFen = percentOf(part.amount, contract.ownersShare)
      const happen = () => {
        post(desk, [
          receiveIncome(desk.preparer, {
            complexId: complex.id,
            date,
            bankAccountId: complex.incomeBank,
            amountFen,
            summary: `收${contract.category} ${contract.counterpartyName}`,
            source: { contractId: contract.id },
            attachments: [paper(desk, `银行回单 ${contract.number} ${date}`, `收款 ${formatYuan(amountFen)} 元`)],
          }),
        ])
      }
      return [{ date, happen }]
    })
  })
}

type Plan = {
  readonly code: string
  readonly day: number
  readonly month: number
  readonly what: string
  readonly amount: string
}

const COSTS: readonly Plan[] = [
  { code: '5001.01', month: 0, day: 15, what: '增值税及附加', amount: '3' },
  { code: '5001.02', month: 1, day: 10, what: '停车引导及巡查人工', amount: '9' },
  { code: '5001.04', month: 2, day: 12, what: '广告灯箱及充电设施用电', amount: '4' },
]

const USES: readonly Plan[] = [
  { code: '5101.02', month: 1, day: 18, what: '绿化补种及儿童设施养护', amount: '1860.00' },
  { code: '5101.04', month: 2, day: 8, what: '业主委员会办公及通讯补贴', amount: '900.00' },
  { code: '5101.08', month: 2, day: 20, what: '邻里节活动', amount: '2400.00' },
  { code: '5101.05', month: 0, day: 25, what: '年度审计及代理记账费', amount: '3000.00' },
]

function dayOf(quarter: Quarter, month: number, day: number): BusinessDate {
  const { first } = quarterBounds(quarter)
  return parseDate(
    `${first.slice(0, 5)}${String(Number(first.slice(5, 7)) + month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  )
}

/** Costs follow the income of the quarter before; a complex without income has none to deduct. */
export function spendingEvents(desk: Desk, quarter: Quarter): SampleEvent[] {
  return desk.complexes.flatMap((complex, index) => [
    ...COSTS.filter((_, at) => (index + at) % 3 !== 0).map((cost): SampleEvent => {
      const date = dayOf(quarter, cost.month, cost.day)
      return { date, happen: () => bookCostOf(desk, complex, cost, date) }
    }),
    ...USES.filter((_, at) => (index + at + Number(quarter.slice(5))) % 4 === 0).map((use): SampleEvent => {
      const date = dayOf(quarter, use.month, use.day)
      return { date, happen: () => bookUseOf(desk, complex, use, date) }
    }),
  ])
}

function bookCostOf(desk: Desk, complex: SeatedComplex, cost: Plan, date: BusinessDate): void {
  const sheet = quarterSheet(desk.ledger, desk.clock, complex.id, quarterOf(date))
  const amountFen = percentOf(sheet.income.received.amount, parsePercent(cost.amount))
  if (amountFen <= 0) return
  const document = `发票 ${complex.data.code}${date.replaceAll('-', '')}`
  post(desk, [
    bookCost(desk.preparer, {
      complexId: complex.id, date, bankAccountId: complex.incomeBank, amountFen, summary: cost.what, accountCode: cost.code,
      document, attachments: [paper(desk, document, `${cost.what} ${formatYuan(amountFen)} 元`)],
      counterpartyId: desk.party(complex.data.manager),
    }),
  ])
}

function demandBalance(desk: Desk, complex: SeatedComplex, date: BusinessDate): Fen {
  return bankBalances(desk.ledger, date).find((row) => row.bankAccountId === complex.incomeBank)?.demandFen ?? ZERO_FEN
}

function bookUseOf(desk: Desk, complex: SeatedComplex, use: Plan, date: BusinessDate): void {
  const amountFen = parseYuan(use.amount)
  if (demandBalance(desk, complex, date) < amountFen) return
  post(desk, [
    bookUse(desk.preparer, {
      complexId: complex.id, date, bankAccountId: complex.incomeBank, amountFen, summary: use.what, accountCode: use.code,
      decisionId: complex.decisionId, attachments: [paper(desk, `发票 ${complex.data.code} ${use.what} ${date}`, use.amount)],
    }),
  ])
}

/** Bank interest on the 21st of each quarter's last month (settlement on the 20th). */
export function interestEvents(desk: Desk, quarter: Quarter): SampleEvent[] {
  const date = dayOf(quarter, 2, 21)
  return desk.complexes.map((complex) => ({
    date,
    happen: () => {
      const amountFen = percentOf(demandBalance(desk, complex, date), parsePercent('0.0125'))
      if (amountFen <= 0) return
      post(desk, [
        receiveIncome(desk.preparer, {
          complexId: complex.id, date, bankAccountId: complex.incomeBank, amountFen, summary: '活期存款利息',
          source: { accountCode: '4101' }, attachments: [paper(desk, `结息单 ${complex.data.code} ${date}`, formatYuan(amountFen))],
        }),
      ])
    },
  }))
}

/** Last quarter's net income tops up the fund, as much as the profile asks, on the 25th of the first month. */
export function topUpEvents(desk: Desk, quarter: Quarter): SampleEvent[] {
  const date = dayOf(quarter, 0, 24)
  const settled = addQuarters(quarter, -1)
  return desk.complexes
    .filter((complex) => complex.data.hasAssembly)
    .map((complex) => ({ date, happen: () => topUpOf(desk, complex, settled, date) }))
}

function topUpOf(desk: Desk, complex: SeatedComplex, settled: Quarter, date: BusinessDate): void {
  const net = quarterSheet(desk.ledger, desk.clock, complex.id, settled).net.amount
  const available = demandBalance(desk, complex, date)
  const policy = policyFor(desk.ledger, complex.data.profile, date)
  const fundBalance = bankBalances(desk.ledger, date).find((row) => row.bankAccountId === complex.fundBank)?.demandFen ?? ZERO_FEN
  const minimum = topUpDemand(policy.value('topUp.rule') ?? { mode: 'unknown' }, {
    net, accountBalance: available, fundBalance, firstDeposit: parseYuan(complex.data.firstDeposit),
  }).minimum
  const percent = policy.value('topUp.defaultPercent') ?? parsePercent('50')
  const amountFen = minimum ?? percentOf(net, percent)
  if (net <= 0 || amountFen <= 0 || amountFen > available) return
  const drafts = topUp(desk.preparer, {
    complexId: complex.id, quarter: settled, amountFen, date, fromBankAccountId: complex.incomeBank,
    toBankAccountId: complex.fundBank, decisionId: complex.decisionId,
  })
  reviewDraft(desk.reviewer, drafts.out)
  reviewDraft(desk.reviewer, drafts.into)
  postTransfer(desk.head, drafts.transferId)
}

/** Turns the clock to the event's day and lets it happen. */
export async function live(desk: Desk, event: SampleEvent): Promise<void> {
  onDay(desk, event.date)
  openMonths(desk, event.date)
  await event.happen()
}
