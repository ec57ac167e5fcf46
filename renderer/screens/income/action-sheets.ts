/** The vouchers an action will draft, as the server writes them, from what is typed so far. Pure: for the preview. */
import { quarterInChinese, type BusinessDate, type Quarter } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { AccountId, BankAccountId, ContractId, CounterpartyId, DecisionId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { credit, debit, type Amounts } from '#core/voucher/voucher.ts'
import { incomeText } from '../../messages/income.ts'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { fenOfText, moneyFault } from '../../parts/money-text.ts'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import type { Accounts, Answers, Books } from '../../records.ts'

export const ACTIONS = ['receive', 'cost', 'use', 'topUp', 'distribute'] as const
export type Action = (typeof ACTIONS)[number]

/** What the form holds; amounts and dates are text until they are sent. */
export type ActionValues = {
  readonly source?: 'contract' | 'category'
  readonly contractId?: ContractId | null
  readonly accountId?: AccountId | null
  readonly counterpartyId?: CounterpartyId | null
  readonly kind?: 'distribution' | 'offset'
  readonly amount?: string
  readonly date?: BusinessDate | null
  readonly bankAccountId?: BankAccountId | null
  readonly toBankAccountId?: BankAccountId | null
  readonly summary?: string
  readonly reason?: string
  readonly document?: string
  readonly decisionId?: DecisionId | null
  readonly papers?: readonly AttachedFile[]
}

export type Contracts = Answers['income']['contracts']

export type SheetRecords = {
  readonly complexName: string
  readonly quarter: Quarter
  readonly accounts: Accounts
  readonly contracts: Contracts
  readonly book: Books[number]
  readonly maintenance: Books[number] | undefined
}

export function typedFen(text: string | undefined): Fen {
  return text === undefined || moneyFault(text, {}) !== null ? ZERO_FEN : (fenOfText(text) ?? ZERO_FEN)
}

const DISTRIBUTION_CODE = { distribution: '5101.10', offset: '5101.09' } as const

/** The code the action posts to, once it is known. */
export function codeOf(action: Action, values: ActionValues, records: SheetRecords): string | undefined {
  if (action === 'topUp') return ACCOUNT.transferOut
  if (action === 'distribute') return DISTRIBUTION_CODE[values.kind ?? 'distribution']
  if (action === 'receive' && values.source !== 'category') {
    return records.contracts.find((contract) => contract.id === values.contractId)?.accountCode
  }
  return records.accounts.find((account) => account.id === values.accountId)?.code
}

export function summaryOf(action: Action, values: ActionValues, records: SheetRecords): string {
  const text = incomeText.actions
  if (action === 'topUp') return text.topUpSummary(quarterInChinese(records.quarter))
  if (action === 'distribute') return text.distributeSummary[values.kind ?? 'distribution']
  const code = codeOf(action, values, records)
  const name = records.accounts.find((account) => account.code === code)?.name ?? ''
  return action === 'receive' && name !== '' ? text.receiveSummary(name) : name
}

export function sheetsOf(action: Action, values: ActionValues, records: SheetRecords): readonly Sheet[] {
  const amount = typedFen(values.amount)
  // A top-up is named after its quarter by the server.
  const summary = action === 'topUp' ? summaryOf(action, values, records) : (values.summary ?? '')
  const nameOf = (code: string | undefined): string => {
    const account = records.accounts.find((each) => each.code === code)
    return account === undefined ? '' : `${account.code} ${account.name}`
  }
  const bank = nameOf(ACCOUNT.demandDeposit)
  const line = (account: string, amounts: Amounts) => ({ summary, account, complex: records.complexName, ...amounts })
  const head = {
    kind: 'general' as const, number: null, date: values.date ?? '', rule: incomeText.actions.rule,
    attachmentCount: (values.papers?.length ?? 0) + (values.decisionId == null ? 0 : 1),
  }
  const other = nameOf(codeOf(action, values, records))
  if (action === 'receive') {
    return [{ ...head, bookName: records.book.name, lines: [line(bank, debit(amount)), line(other, credit(amount))] }]
  }
  const out = { ...head, bookName: records.book.name, lines: [line(other, debit(amount)), line(bank, credit(amount))] }
  if (action !== 'topUp' || records.maintenance === undefined) return [out]
  const lines = [line(bank, debit(amount)), line(incomeText.actions.transferIn, credit(amount))]
  return [out, { ...head, bookName: records.maintenance.name, lines }]
}
