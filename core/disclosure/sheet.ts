/**
 * The quarterly sheet of a complex's public income: opening → income → deductible costs → net → uses → transfer to the
 * maintenance fund → closing → bank. Parts A to I of the proposed layout; the official Fujian form was not found, so
 * the parts and their order are ours. Amounts are fen; a figure that is `null` was never entered, which the board must
 * not confuse with 0.00 (Siming plan: blank rows and false zeros are faults).
 */
import { quarterBounds, type BusinessDate, type Quarter } from '../calendar.ts'
import { addFen, subtractFen, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import type {
  BankBalance,
  CostRow,
  Counterparty,
  DailyFundSummary,
  DateSpan,
  EarlierIncome,
  Figure,
  Holder,
  IncomeRow,
  OpeningRow,
  ProfileFacts,
  PublishedClosing,
  QuarterInput,
  ReconcilingItem,
  TopUpFact,
  TransferRow,
  UseRow,
  UtilityRow,
} from './quarter-input.ts'
import { percentShares, ratioHundredths } from './shares.ts'

export type SheetIncomeRow = IncomeRow & {
  readonly reason: string | null
  /** The last quarter in which this source brought money; null where it never did. */
  readonly lastMoney: { readonly quarter: Quarter; readonly received: Fen } | null
}

/** `shareHundredths`: percent of all income × 100, the column sums to exactly 10000. */
export type CategoryTotal = { readonly category: string; readonly received: Figure; readonly shareHundredths: number | null }

export type QuarterSheet = {
  readonly complex: { readonly code: string; readonly name: string }
  readonly serviceArea: string
  readonly manager: string
  readonly holder: Holder
  readonly quarter: Quarter
  readonly period: DateSpan
  readonly balanceDate: BusinessDate
  readonly profile: ProfileFacts
  readonly opening: { readonly rows: readonly OpeningRow[]; readonly total: Figure }
  readonly income: {
    readonly rows: readonly SheetIncomeRow[]
    readonly categories: readonly CategoryTotal[]
    readonly receivable: Figure
    readonly received: Figure
    readonly yearToDate: Figure
  }
  readonly costs: { readonly rows: readonly (CostRow & { readonly reason: string | null })[]; readonly total: Figure }
  readonly net: Figure
  readonly uses: { readonly rows: readonly (UseRow & { readonly reason: string | null })[]; readonly total: Figure }
  readonly transfers: {
    readonly rows: readonly TransferRow[]
    readonly total: Figure
    /** Transferred ÷ net income, percent × 100, cut and not rounded so that 49.999 % never reads 50.00 %. */
    readonly ratioHundredths: number | null
  }
  readonly closing: Figure
  readonly bank: {
    readonly rows: readonly BankBalance[]
    readonly demand: Fen
    readonly term: Fen
    readonly reconciling: readonly ReconcilingItem[]
    readonly total: Fen
    /** Closing − (bank ± reconciling items); 0 when the sheet ties out. */
    readonly difference: Fen
  }
  readonly dailyFund: DailyFundSummary | null
  readonly utilities: readonly UtilityRow[]
  readonly previous: PublishedClosing | null
  readonly topUp: TopUpFact | null
  readonly notes: readonly string[]
}

/** Adds figures and joins their vouchers in order; a blank adds nothing. */
export function sumFigures(figures: readonly (Figure | null)[]): Figure {
  const present = figures.filter((figure) => figure !== null)
  return {
    amount: addFen(...present.map((figure) => figure.amount)),
    refs: [...new Set(present.flatMap((figure) => figure.refs))].sort((a, b) => a - b),
  }
}

/** `first + plus − minus`, with the vouchers of all. */
function combine(first: Figure, plus: readonly Figure[], minus: readonly Figure[]): Figure {
  const refs = sumFigures([first, ...plus, ...minus]).refs
  return { amount: subtractFen(addFen(first.amount, ...plus.map((f) => f.amount)), addFen(...minus.map((f) => f.amount))), refs }
}

function refuseRepeatedIds(part: string, rows: readonly { readonly id: string }[]): void {
  const seen = new Set<string>()
  rows.forEach((row, index) => {
    if (seen.has(row.id)) {
      throw new Problem({
        code: 'disclosure.row-id',
        message: `“${part}”中行标识“${row.id}”出现两次，请合并或改名`,
        field: part,
        row: index + 1,
      })
    }
    seen.add(row.id)
  })
}

/** The latest earlier quarter in which each source brought money. */
function lastMoneyById(earlier: readonly EarlierIncome[], before: Quarter): ReadonlyMap<string, EarlierIncome> {
  const last = new Map<string, EarlierIncome>()
  for (const row of earlier) {
    const known = last.get(row.id)
    if (row.received !== 0 && row.quarter < before && (known === undefined || row.quarter > known.quarter)) last.set(row.id, row)
  }
  return last
}

function silentRow(row: EarlierIncome): IncomeRow {
  return {
    id: row.id,
    category: row.category,
    counterparty: row.counterparty,
    place: row.place,
    contractNo: row.contractNo,
    covered: null,
    receivable: null,
    received: null,
    yearToDate: null,
    basis: 'gross',
    note: '',
    attachments: 0,
  }
}

function categoryTotals(rows: readonly IncomeRow[]): readonly CategoryTotal[] {
  const names = [...new Set(rows.map((row) => row.category))]
  const totals = names.map((category) => ({
    category,
    received: sumFigures(rows.filter((row) => row.category === category).map((row) => row.received)),
  }))
  const shares = percentShares(totals.map((total) => total.received.amount))
  return totals.map((total, index) => ({ ...total, shareHundredths: shares?.[index] ?? null }))
}

function bankPart(input: QuarterInput, closing: Fen): QuarterSheet['bank'] {
  const demand = addFen(...input.banks.map((bank) => bank.demand))
  const term = addFen(...input.banks.map((bank) => bank.term))
  const total = addFen(demand, term, ...input.reconciling.map((item) => item.amount.amount))
  return {
    rows: input.banks,
    demand,
    term,
    reconciling: input.reconciling,
    total,
    difference: subtractFen(closing, total),
  }
}

/**
 * Builds the sheet. A source that had money in an earlier quarter and is not among the income gets a blank row, so that
 * leaving it out is seen on the board. Refuses repeated row ids.
 */
export function buildQuarterSheet(input: QuarterInput): QuarterSheet {
  refuseRepeatedIds('收入', input.income)
  refuseRepeatedIds('扣减', input.costs)
  refuseRepeatedIds('支出', input.uses)
  refuseRepeatedIds('转入', input.transfers)
  refuseRepeatedIds('期初', input.openings)
  refuseRepeatedIds('未达', input.reconciling)
  refuseRepeatedIds('公共水电', input.utilities)

  const lastMoney = lastMoneyById(input.earlier, input.quarter)
  const present = new Set(input.income.map((row) => row.id))
  const silent = [...lastMoney.values()].filter((row) => !present.has(row.id)).map(silentRow)
  const reasonOf = (id: string): string | null => input.reasons[id]?.trim() || null
  const incomeRows = [...input.income, ...silent].map((row): SheetIncomeRow => {
    const last = lastMoney.get(row.id)
    return {
      ...row,
      reason: reasonOf(row.id),
      lastMoney: last === undefined ? null : { quarter: last.quarter, received: last.received },
    }
  })

  const opening = sumFigures(input.openings.map((row) => row.amount))
  const received = sumFigures(incomeRows.map((row) => row.received))
  const costTotal = sumFigures(input.costs.map((row) => row.amount))
  const net = combine(received, [], [costTotal])
  const useTotal = sumFigures(input.uses.map((row) => row.amount))
  const transferTotal = sumFigures(input.transfers.map((row) => row.amount))
  const closing = combine(opening, [net], [useTotal, transferTotal])
  const bounds = quarterBounds(input.quarter)
  return {
    complex: input.complex,
    serviceArea: input.serviceArea,
    manager: input.manager,
    holder: input.holder,
    quarter: input.quarter,
    period: { from: bounds.first, to: bounds.last },
    balanceDate: input.balanceDate,
    profile: input.profile,
    opening: { rows: input.openings, total: opening },
    income: {
      rows: incomeRows,
      categories: categoryTotals(incomeRows),
      receivable: sumFigures(incomeRows.map((row) => row.receivable)),
      received,
      yearToDate: sumFigures(incomeRows.map((row) => row.yearToDate)),
    },
    costs: { rows: input.costs.map((row) => ({ ...row, reason: reasonOf(row.id) })), total: costTotal },
    net,
    uses: { rows: input.uses.map((row) => ({ ...row, reason: reasonOf(row.id) })), total: useTotal },
    transfers: {
      rows: input.transfers,
      total: transferTotal,
      ratioHundredths: net.amount > 0 ? ratioHundredths(transferTotal.amount, net.amount) : null,
    },
    closing,
    bank: bankPart(input, closing.amount),
    dailyFund: input.dailyFund,
    utilities: input.utilities,
    previous: input.previous,
    topUp: input.topUp,
    notes: input.notes,
  }
}

export function counterpartyLabel(counterparty: Counterparty): string {
  return counterparty.kind === 'individual' ? '个人' : counterparty.name
}

export function bankLabel(bank: { readonly name: string; readonly last4: string }): string {
  return `${bank.name}（尾号${bank.last4}）`
}
