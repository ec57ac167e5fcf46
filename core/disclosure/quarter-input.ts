/**
 * What the quarterly sheet is built from: the rows the ledger and the clerk bring, before anything is summed. A figure
 * is fen with the vouchers behind it; `null` was never entered and is not 0.00.
 */
import type { BusinessDate, Quarter } from '../calendar.ts'
import type { VoucherId } from '../id.ts'
import type { Fen } from '../money.ts'

/** Row ids of the vouchers behind a figure, so that every figure opens them. */
export type VoucherRefs = readonly VoucherId[]
export type Figure = { readonly amount: Fen; readonly refs: VoucherRefs }

/** Who holds the money: the company, the owners' committee, or a custodian (代管单位). */
export type Holder = { readonly kind: 'company' | 'committee' | 'custodian'; readonly name: string }

/** An individual has no name here: personal data must not be able to reach the board (个人信息保护法 art. 25). */
export type Counterparty = { readonly kind: 'company'; readonly name: string } | { readonly kind: 'individual' }

export type DateSpan = { readonly from: BusinessDate; readonly to: BusinessDate }

export type BankBalance = {
  readonly name: string
  readonly last4: string
  /** Demand balance (活期) at the balance date. */
  readonly demand: Fen
  /** In certificates (定期) at the balance date. */
  readonly term: Fen
}

/** `id` names the source over the quarters: it finds the row of an earlier quarter again. */
export type IncomeRow = {
  readonly id: string
  readonly category: string
  readonly counterparty: Counterparty
  readonly place: string
  readonly contractNo: string | null
  readonly covered: DateSpan | null
  readonly receivable: Figure | null
  readonly received: Figure | null
  readonly yearToDate: Figure | null
  /** `net`: the payer kept its share before paying, so the gross figure is not on this sheet. */
  readonly basis: 'gross' | 'net'
  readonly note: string
  readonly attachments: number
}

export type CostRow = {
  readonly id: string
  readonly item: string
  /** The document that proves the cost: invoice, tax receipt, agreed cost clause. */
  readonly document: string | null
  readonly amount: Figure | null
  readonly note: string
  readonly attachments: number
}

export type UseRow = {
  readonly id: string
  readonly kind: 'use' | 'distribution' | 'offset'
  readonly item: string
  readonly decision: { readonly no: string; readonly date: BusinessDate } | null
  readonly payeeType: string
  readonly voucherNo: string
  readonly amount: Figure | null
  readonly note: string
  readonly attachments: number
}

export type TransferRow = {
  readonly id: string
  readonly date: BusinessDate
  readonly amount: Figure
  readonly voucherNo: string
  readonly note: string
  readonly attachments: number
}

/** Signed so that bank + items = closing: a receipt not yet at the bank is positive, an unpresented payment negative. */
export type ReconcilingItem = { readonly id: string; readonly item: string; readonly amount: Figure }

export type OpeningRow = { readonly id: string; readonly label: string; readonly amount: Figure }

export type DailyFundSummary = {
  readonly opening: Figure
  readonly income: Figure
  readonly spending: Figure
  readonly closing: Figure
  readonly bankBalance: Fen
}

export type UtilityRow = {
  readonly id: string
  readonly item: string
  readonly period: string
  readonly usage: string
  readonly amount: Figure
  readonly paidFrom: string
}

/** What a source brought in an earlier quarter; a row that fell silent since needs a reason. */
export type EarlierIncome = {
  readonly id: string
  readonly quarter: Quarter
  readonly category: string
  readonly counterparty: Counterparty
  readonly place: string
  readonly contractNo: string | null
  readonly received: Fen
}

/** What the profile asks the complex to move to the maintenance fund for this quarter, worked out by the split rule. */
export type TopUpFact = {
  readonly required: Fen | null
  /** `true`: more than `required` (Shanghai 2026 "> 50 %"); `false`: at least. */
  readonly strict: boolean
  /** Moved for this quarter so far, also after its last day. */
  readonly transferred: Fen
  readonly dueBy: BusinessDate | null
  readonly rule: string
}

export type ProfileFacts = { readonly id: string; readonly name: string; readonly ruleNo: string }

export type PublishedClosing = { readonly quarter: Quarter; readonly version: number; readonly closing: Fen }

export type QuarterInput = {
  readonly complex: { readonly code: string; readonly name: string }
  readonly serviceArea: string
  readonly manager: string
  readonly holder: Holder
  readonly quarter: Quarter
  readonly profile: ProfileFacts
  /** The day the bank balances were read. */
  readonly balanceDate: BusinessDate
  readonly openings: readonly OpeningRow[]
  readonly income: readonly IncomeRow[]
  readonly costs: readonly CostRow[]
  readonly uses: readonly UseRow[]
  readonly transfers: readonly TransferRow[]
  readonly banks: readonly BankBalance[]
  readonly reconciling: readonly ReconcilingItem[]
  readonly dailyFund: DailyFundSummary | null
  readonly utilities: readonly UtilityRow[]
  readonly previous: PublishedClosing | null
  readonly earlier: readonly EarlierIncome[]
  readonly topUp: TopUpFact | null
  /** Reason per row id for a blank or zero row. */
  readonly reasons: Readonly<Record<string, string>>
  readonly notes: readonly string[]
}
