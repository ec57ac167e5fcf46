/**
 * Vouchers proposed from bank lines by rule, and made when a clerk confirms them. A proposal is made anew at that moment:
 * what is drafted is what the clerk saw, or nothing.
 */
import { firstDayOfMonth, monthOf, type BusinessDate, type Month } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import {
  idOf,
  type BankAccountId,
  type BookId,
  type ComplexId,
  type ContractId,
  type DraftId,
  type HouseholdId,
  type StatementLineId,
} from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { proposeVoucher, type Proposal, type ProposalKind } from '#core/statement/proposal.ts'
import { credit, debit, type VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode, bankAccountOf, bookOf, type BankAccount } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { settingOf } from '../office.ts'
import { prepareContribution } from '../household/contribution.ts'
import { payersOf, type Payers } from '../household/payer.ts'
import { openContracts, type Contract } from './proposal-contract.ts'
import { lineInWords, lineOf, listLines, type LineFilter, type StatementLine } from './statement-outcome.ts'
import { rulesInForce } from './statement-rule.ts'
import { saveDraft, type DraftLine } from '../voucher/voucher-draft.ts'

/** What is proposed for one line, ready to be shown beside it. */
export type LineProposal = {
  readonly kind: ProposalKind
  readonly ruleId: string
  readonly ruleVersion: number
  /** The “why”, in words. */
  readonly reason: string
  readonly summary: string
  /** Accounting date: the bank's day, or the first open day after it where its month is closed. Null: nothing is open. */
  readonly date: BusinessDate | null
  readonly debit: { readonly code: string; readonly name: string }
  readonly credit: { readonly code: string; readonly name: string }
  readonly amountFen: Fen
  /** Null where the account is shared and no contract says whose the money is: the clerk chooses. */
  readonly complexId: ComplexId | null
  readonly complexName: string | null
  readonly contractId: ContractId | null
  readonly contractNumber: string | null
  /** Whose contribution it is; recognised by the amount alone it is a guess. */
  readonly household: { readonly id: HouseholdId; readonly address: string; readonly by: 'address' | 'name' | 'amount' } | null
}

export type ProposedLine = { readonly line: StatementLine; readonly proposal: LineProposal | null }

type Desk = {
  readonly account: BankAccount
  readonly rules: ReturnType<typeof rulesInForce>
  readonly contracts: readonly Contract[]
  readonly payers: Payers
}

function deskOf(ledger: Ledger, bankAccountId: BankAccountId, today: BusinessDate): Desk {
  const account = bankAccountOf(ledger, bankAccountId)
  const book = bookOf(ledger, account.bookId)
  const rules = rulesInForce(ledger, book.fundKind)
  const takesContributions = rules.some(({ kind }) => kind === 'contribution')
  const payers = payersOf(ledger, takesContributions ? account : null, today)
  return { account, rules, contracts: openContracts(ledger, account), payers }
}

function proposalFor(desk: Desk, line: StatementLine): Proposal | null {
  return proposeVoucher({
    row: { ...line, isReversal: line.kind === 'reversal' },
    bankAccountCode: ACCOUNT.demandDeposit,
    rules: desk.rules,
    contracts: desk.contracts,
    payers: line.amountFen > 0 ? desk.payers.indexFor(line) : null,
  })
}

function shown(ledger: Ledger, desk: Desk, line: StatementLine, proposal: Proposal): LineProposal {
  const contract = desk.contracts.find((one) => one.id === proposal.contractId)
  const payer = proposal.household === undefined ? null : desk.payers.doorOf(proposal.household.id)
  const ofContract = contract === undefined ? null : idOf<'complex'>(Number(contract.complexId))
  const complexId = payer?.complexId ?? ofContract ?? desk.account.complexId
  const name = (code: string) => accountByCode(ledger, desk.account.bookId, code).name
  return {
    kind: proposal.kind,
    ruleId: proposal.ruleId,
    ruleVersion: proposal.ruleVersion,
    reason: proposal.reason,
    summary: payer === null ? summaryOf(proposal.kind, contract) : `${payer.address} 交存维修资金`,
    date: accountingDate(ledger, desk.account.bookId, line.date),
    debit: { code: proposal.debit.accountCode, name: name(proposal.debit.accountCode) },
    credit: { code: proposal.credit.accountCode, name: name(proposal.credit.accountCode) },
    amountFen: proposal.debit.amountFen,
    complexId,
    complexName: complexId === null ? null : complexName(ledger, complexId),
    contractId: contract?.contractId ?? null,
    contractNumber: contract?.number ?? null,
    household: payer === null || proposal.household === undefined ? null : { ...proposal.household, address: payer.address },
  }
}

function complexName(ledger: Ledger, id: ComplexId): string | null {
  return ledger.prepare<[number], { name: string }>('SELECT name FROM complex WHERE id = ?').get(id)?.name ?? null
}

function summaryOf(kind: ProposalKind, contract: Contract | undefined): string {
  if (kind === 'interest') return '收到活期存款利息'
  if (kind === 'fee') return '支付银行手续费'
  return contract === undefined ? '收到合同款' : `收${contract.counterpartyName}${contract.category}（合同 ${contract.number}）`
}

/** A closed month takes no voucher (invariant 8): the bank's day stays as `bankDate`, the booking moves on. */
function accountingDate(ledger: Ledger, bookId: BookId, date: BusinessDate): BusinessDate | null {
  const open = ledger
    .prepare<[number, string], { month: Month }>(
      "SELECT month FROM period WHERE book_id = ? AND month >= ? AND state = 'open' ORDER BY month LIMIT 1",
    )
    .get(bookId, monthOf(date))
  if (open === undefined) return null
  return open.month === monthOf(date) ? date : firstDayOfMonth(open.month)
}

/** Open lines, newest first, each with what the rules suggest for it; null is left to the clerk. */
export function proposeLines(ledger: Ledger, filter: Omit<LineFilter, 'state'>, today: BusinessDate): readonly ProposedLine[] {
  const desk = deskOf(ledger, filter.bankAccountId, today)
  return listLines(ledger, { ...filter, state: 'open' }).map((line) => {
    const proposal = wasDrafted(ledger, line.id) ? null : proposalFor(desk, line)
    return { line, proposal: proposal && shown(ledger, desk, line, proposal) }
  })
}

/** A line whose own voucher was reversed is matched to the correcting one, not drafted a second time. */
function wasDrafted(ledger: Ledger, id: StatementLineId): boolean {
  return ledger.prepare<[number], unknown>('SELECT 1 FROM voucher_draft WHERE statement_line_id = ?').get(id) !== undefined
}

export type Confirmation = {
  readonly lineId: StatementLineId
  /** As the clerk saw it. */
  readonly ruleId: string
  readonly ruleVersion: number
  readonly contractId: ContractId | null
  readonly householdId?: HouseholdId | null
  /** Needed where the account is shared and the proposal names no complex. */
  readonly complexId?: ComplexId | null
}

/**
 * Makes a draft per confirmed proposal, all or none. Throws `statement.proposalChanged`, `statement.complex`,
 * `statement.noOpenPeriod`, `statement.drafted`, `statement.settled`, `role.missing`.
 */
export function confirmProposals(context: ServiceContext, confirmations: readonly Confirmation[]): readonly DraftId[] {
  requireRole(context, 'preparer')
  const { ledger } = context
  return ledger.write(() => {
    const payers = new Map<BankAccountId, Payers>()
    return confirmations.map((confirmation, index) => {
      const line = lineOf(ledger, confirmation.lineId)
      refuseSettled(ledger, line, index + 1)
      // Read anew for each line: the draft before may have taken the instalment this one was proposed for. Households stay.
      const fresh = deskOf(ledger, line.bankAccountId, context.clock.today())
      const desk = { ...fresh, payers: payers.get(line.bankAccountId) ?? fresh.payers }
      payers.set(line.bankAccountId, desk.payers)
      const proposal = proposalFor(desk, line)
      const view = proposal && shown(ledger, desk, line, proposal)
      if (view === null || view.ruleId !== confirmation.ruleId || view.ruleVersion !== confirmation.ruleVersion ||
          view.contractId !== confirmation.contractId || (view.household?.id ?? null) !== (confirmation.householdId ?? null)) {
        throw new Problem({
          code: 'statement.proposalChanged',
          message: `${lineInWords(line)}：规则、合同或应收款已有变化，请刷新后重新确认`,
          row: index + 1,
        })
      }
      return draftOf(context, desk, line, view, confirmation.complexId ?? view.complexId, index + 1)
    })
  })
}

function refuseSettled(ledger: Ledger, line: StatementLine, row: number): void {
  if (line.state === 'open' && !wasDrafted(ledger, line.id)) return
  const isDrafted = line.state === 'drafted'
  throw new Problem({
    code: isDrafted ? 'statement.drafted' : 'statement.settled',
    message: `${lineInWords(line)}：${isDrafted ? '已制单待审核' : '已经处理过'}，请刷新后继续`,
    row,
  })
}

function draftOf(
  context: ServiceContext,
  desk: Desk,
  line: StatementLine,
  view: LineProposal,
  complexId: ComplexId | null,
  row: number,
): DraftId {
  const { ledger } = context
  if (complexId === null) {
    throw new Problem({
      code: 'statement.complex', message: `${lineInWords(line)}：账户为多个小区共用，请选择小区`, field: 'complexId', row,
    })
  }
  if (view.date === null) {
    throw new Problem({
      code: 'statement.noOpenPeriod', message: `${lineInWords(line)}：当月及以后没有开放的会计期间，请先开放期间`, field: 'date', row,
    })
  }
  if (view.household !== null) return contributionOf(context, line, view, { complexId, date: view.date, id: view.household.id })
  const contract = desk.contracts.find((one) => one.contractId === view.contractId)
  const side = (code: string): DraftLine => ({
    summary: view.summary,
    accountId: accountByCode(ledger, desk.account.bookId, code).id,
    complexId,
    debitFen: ZERO_FEN,
    creditFen: ZERO_FEN,
    ...(code === ACCOUNT.demandDeposit
      ? { bankAccountId: desk.account.id }
      : { contractId: view.contractId, counterpartyId: contract?.counterpartyId ?? null }),
  })
  return saveDraft(context, {
    bookId: desk.account.bookId,
    kind: voucherKind(ledger, line),
    date: view.date,
    businessDate: line.date,
    bankDate: line.date,
    rule: {
      by: `statement.${view.kind}`, rule: view.ruleId, version: view.ruleVersion, why: view.reason,
      ...(view.contractNumber !== null && { contract: view.contractNumber }),
    },
    statementLineId: line.id,
    lines: [
      { ...side(view.debit.code), ...debit(view.amountFen) },
      { ...side(view.credit.code), ...credit(view.amountFen) },
    ],
  })
}

type PaidBy = { readonly complexId: ComplexId; readonly date: BusinessDate; readonly id: HouseholdId }

/** Household by household, with what the household ledger asks of every contribution. */
function contributionOf(context: ServiceContext, line: StatementLine, view: LineProposal, paidBy: PaidBy): DraftId {
  const { complexId, date, id } = paidBy
  return prepareContribution(context, {
    complexId, date, businessDate: line.date, bankDate: line.date, bankAccountId: line.bankAccountId, statementLineId: line.id,
    attachments: [], rows: [{ householdId: id, part: 'principal', amountFen: line.amountFen, receipt: null }],
    rule: { rule: view.ruleId, version: view.ruleVersion, why: view.reason },
  })
}

export type ContributionRule = {
  readonly householdId: HouseholdId
  readonly rule: { readonly rule: string; readonly version: number; readonly why: string }
}

/** What the rule for contributions says of each line asked about; null where it says nothing. Reads the register once. */
export function contributionRules(ledger: Ledger, today: BusinessDate): (line: StatementLine) => ContributionRule | null {
  const desks = new Map<BankAccountId, Desk>()
  return (line) => {
    const desk = desks.get(line.bankAccountId) ?? deskOf(ledger, line.bankAccountId, today)
    desks.set(line.bankAccountId, desk)
    const proposal = proposalFor(desk, line)
    if (proposal?.household === undefined) return null
    const { ruleId, ruleVersion, reason, household } = proposal
    return { householdId: household.id, rule: { rule: ruleId, version: ruleVersion, why: reason } }
  }
}

function voucherKind(ledger: Ledger, line: StatementLine): VoucherKind {
  if (settingOf(ledger, 'voucherKinds') !== 'split') return 'general'
  return line.amountFen > 0 ? 'receipt' : 'payment'
}
