/**
 * Vouchers proposed from bank lines by rule, and made when a clerk confirms them. A proposal is made anew at that moment:
 * what is drafted is what the clerk saw, or nothing.
 */
import { firstDayOfMonth, monthOf, type BusinessDate, type Month } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { ownersPart } from '#core/income/contract-schedule.ts'
import {
  idOf,
  type BankAccountId,
  type BookId,
  type ComplexId,
  type ContractId,
  type CounterpartyId,
  type DraftId,
  type StatementLineId,
} from '#core/id.ts'
import { addFen, fen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import { proposeVoucher, type Proposal, type ProposalContract, type ProposalKind } from '#core/statement/proposal.ts'
import { credit, debit, type VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode, bankAccountOf, bookOf, type BankAccount } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { settingOf } from '../office.ts'
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
}

export type ProposedLine = { readonly line: StatementLine; readonly proposal: LineProposal | null }

type Contract = ProposalContract & {
  readonly contractId: ContractId
  readonly number: string
  readonly counterpartyId: CounterpartyId
  readonly counterpartyName: string
  readonly category: string
}

type Desk = {
  readonly account: BankAccount
  readonly rules: ReturnType<typeof rulesInForce>
  readonly contracts: readonly Contract[]
}

function deskOf(ledger: Ledger, bankAccountId: BankAccountId): Desk {
  const account = bankAccountOf(ledger, bankAccountId)
  const book = bookOf(ledger, account.bookId)
  return { account, rules: rulesInForce(ledger, book.fundKind), contracts: openContracts(ledger, account) }
}

type InstallmentRow = {
  id: ContractId
  complexId: ComplexId
  number: string
  accountCode: string
  category: string
  counterpartyId: CounterpartyId
  counterpartyName: string
  ownersShare: RateMicro
  receivedFen: Fen
  amountFen: Fen
}

/** Posted receipts and those still in drafts: a second line must not be proposed for an instalment already drafted. */
export const INSTALLMENTS = `
  SELECT c.id, c.complex_id AS complexId, c.number, a.code AS accountCode, a.name AS category,
    c.counterparty_id AS counterpartyId, p.name AS counterpartyName, c.owners_share_micro AS ownersShare,
    i.amount_fen AS amountFen,
    coalesce((SELECT sum(l.credit_fen - l.debit_fen) FROM voucher_line l INDEXED BY voucher_line_by_contract
      WHERE l.contract_id = c.id AND l.closing = 0 AND l.account_id = c.account_id), 0)
    + coalesce((SELECT sum(l.credit_fen - l.debit_fen) FROM voucher_draft d INDEXED BY voucher_draft_by_state
      JOIN voucher_draft_line l ON l.draft_id = d.id AND l.contract_id = c.id AND l.account_id = c.account_id
      WHERE d.book_id = c.book_id AND d.state IN ('draft', 'reviewed')), 0) AS receivedFen
  FROM complex x CROSS JOIN contract c INDEXED BY contract_by_complex ON c.complex_id = x.id
    JOIN account a ON a.id = c.account_id JOIN counterparty p ON p.id = c.counterparty_id
    LEFT JOIN contract_end e ON e.contract_id = c.id JOIN contract_installment i ON i.contract_id = c.id
  WHERE c.book_id = :bookId AND (:complexId IS NULL OR x.id = :complexId)
    AND i.due_on <= coalesce(e.ended_on, '9999-12-31')
  ORDER BY c.id, i.seq`

/** Contracts the account may receive money of, with the owners' part of what is still to come: each instalment, oldest first. */
function openContracts(ledger: Ledger, account: BankAccount): readonly Contract[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], InstallmentRow>(INSTALLMENTS)
    .all({ bookId: account.bookId, complexId: account.complexId })
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((installments): Contract[] => {
    const [first] = installments
    if (first === undefined) return []
    return [{
      id: String(first.id),
      contractId: first.id,
      complexId: String(first.complexId),
      number: first.number,
      counterpartyId: first.counterpartyId,
      counterpartyName: first.counterpartyName,
      counterpartyNames: [first.counterpartyName],
      category: first.category,
      categoryAccountCode: first.accountCode,
      amountsDue: stillToCome(installments, first.receivedFen, first.ownersShare),
    }]
  })
}

/** What came pays the oldest instalment first; a part-paid one counts with its rest. */
function stillToCome(installments: readonly InstallmentRow[], received: Fen, share: RateMicro): Fen[] {
  let gross: Fen = ZERO_FEN
  let before: Fen = ZERO_FEN
  const due: Fen[] = []
  for (const installment of installments) {
    gross = addFen(gross, installment.amountFen)
    const reached = ownersPart(gross, share)
    const rest = subtractFen(reached, fen(Math.max(before, received)))
    if (rest > 0) due.push(rest)
    before = reached
  }
  return [...new Set(due)]
}

function proposalFor(desk: Desk, line: StatementLine): Proposal | null {
  return proposeVoucher({
    row: { ...line, isReversal: line.kind === 'reversal' },
    bankAccountCode: ACCOUNT.demandDeposit,
    rules: desk.rules,
    contracts: desk.contracts,
  })
}

function shown(ledger: Ledger, desk: Desk, line: StatementLine, proposal: Proposal): LineProposal {
  const contract = desk.contracts.find((one) => one.id === proposal.contractId)
  const complexId = contract === undefined ? desk.account.complexId : idOf<'complex'>(Number(contract.complexId))
  const name = (code: string) => accountByCode(ledger, desk.account.bookId, code).name
  return {
    kind: proposal.kind,
    ruleId: proposal.ruleId,
    ruleVersion: proposal.ruleVersion,
    reason: proposal.reason,
    summary: summaryOf(proposal.kind, contract),
    date: accountingDate(ledger, desk.account.bookId, line.date),
    debit: { code: proposal.debit.accountCode, name: name(proposal.debit.accountCode) },
    credit: { code: proposal.credit.accountCode, name: name(proposal.credit.accountCode) },
    amountFen: proposal.debit.amountFen,
    complexId,
    complexName: complexId === null ? null : complexName(ledger, complexId),
    contractId: contract?.contractId ?? null,
    contractNumber: contract?.number ?? null,
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
export function proposeLines(ledger: Ledger, filter: Omit<LineFilter, 'state'>): readonly ProposedLine[] {
  const desk = deskOf(ledger, filter.bankAccountId)
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
    const seen: Confirmation[] = [...confirmations]
    return seen.map((confirmation, index) => {
      const line = lineOf(ledger, confirmation.lineId)
      refuseSettled(ledger, line, index + 1)
      // Read anew for each line: the draft before may have taken the instalment this one was proposed for.
      const desk = deskOf(ledger, line.bankAccountId)
      const proposal = proposalFor(desk, line)
      const view = proposal && shown(ledger, desk, line, proposal)
      if (view === null || view.ruleId !== confirmation.ruleId || view.ruleVersion !== confirmation.ruleVersion ||
          view.contractId !== confirmation.contractId) {
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

function voucherKind(ledger: Ledger, line: StatementLine): VoucherKind {
  if (settingOf(ledger, 'voucherKinds') !== 'split') return 'general'
  return line.amountFen > 0 ? 'receipt' : 'payment'
}
