/**
 * A complex's quarter as the ledger has it now: the input of the notice, the sheet, its checks, and what the screen needs
 * beside them. Nothing is stored here but the reasons a clerk gives for rows that fell silent.
 */
import { quarterBounds, type Quarter } from '#core/calendar.ts'
import { runChecks, type CheckContext, type Finding } from '#core/disclosure/checks.ts'
import type { Holder, PublishedClosing, QuarterInput } from '#core/disclosure/quarter-input.ts'
import { buildQuarterSheet, type QuarterSheet } from '#core/disclosure/sheet.ts'
import type { ComplexId } from '#core/id.ts'
import { addFen, subtractFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { costOverCap } from '#core/income/public-income-split.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOfFund } from '../voucher/book.ts'
import { complexOf, type Complex } from '../register/complex.ts'
import { requireRole, type Clock, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor, type Policy } from '../policy/policy.ts'
import { moneySide, type MoneySide } from './quarter-bank.ts'
import { incomeSide, type IncomeSide } from './quarter-income.ts'
import { personNames, quarterScope, spendingByVoucher, type QuarterScope } from './quarter-rows.ts'
import { spendingSide, type SpendingSide } from './quarter-spending.ts'
import { dailyFund, topUpProposal, transferredFor, type TopUpProposal } from './quarter-top-up.ts'
import { utilityBills, utilityRows, type StoredUtilityBill } from './utility.ts'

/** Reasons are kept per row; these keys hold the notes of the sheet (one a line) and of a row. */
export const SHEET_NOTES = 'notes'
export const NOTE_PREFIX = 'note:'

export const REASONS = `
  SELECT row_key AS rowKey, reason, max(id) AS id FROM disclosure_reason
  WHERE complex_id = :complexId AND quarter = :quarter GROUP BY row_key`

/** The latest reason or note per row key; `''` where it was taken back. */
export function reasonsOf(ledger: Ledger, complexId: ComplexId, quarter: Quarter): Readonly<Record<string, string>> {
  const rows = ledger
    .prepare<[Record<string, unknown>], { rowKey: string; reason: string }>(REASONS)
    .all({ complexId, quarter })
  return Object.fromEntries(rows.map((row) => [row.rowKey, row.reason]))
}

/** Throws `income.reason`. Every reason stays on record; the latest counts. */
export function setReason(
  context: ServiceContext,
  facts: { complexId: ComplexId; quarter: Quarter; rowKey: string; reason: string },
): void {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const reason = facts.reason.trim()
  if (reason === '') {
    throw new Problem({ code: 'income.reason', message: '请写明原因：业主会在公示表上看到这句话', field: 'reason' })
  }
  context.ledger.write(() => {
    complexOf(context.ledger, facts.complexId)
    context.ledger
      .prepare<unknown[], never>(
        'INSERT INTO disclosure_reason (complex_id, quarter, row_key, reason, actor_id, at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(facts.complexId, facts.quarter, facts.rowKey, reason, context.actor.userId, context.clock.now())
    logOperation(context, 'quarter.reason', { kind: 'complex', id: facts.complexId }, { ...facts, reason })
  })
}

export const PREVIOUS_CLOSING = `
  SELECT quarter, version, closing_fen AS closing FROM disclosure
  WHERE complex_id = :complexId AND quarter < :quarter ORDER BY quarter DESC, version DESC LIMIT 1`

function previousClosing(ledger: Ledger, complexId: ComplexId, quarter: Quarter): PublishedClosing | null {
  return ledger.prepare<[Record<string, unknown>], PublishedClosing>(PREVIOUS_CLOSING).get({ complexId, quarter }) ?? null
}

/** Only a name is on file: the company's own is the company, one that says so the committee, anyone else a custodian. */
function holderOf(complex: Complex): Holder {
  const name = complex.holderName === '' ? complex.managerName : complex.holderName
  if (name === complex.managerName) return { kind: 'company', name }
  return { kind: /业主(委员会|大会)|业委会/.test(name) ? 'committee' : 'custodian', name }
}

type Gathered = {
  readonly complex: Complex
  readonly policy: Policy
  readonly scope: QuarterScope
  readonly money: MoneySide
  readonly income: IncomeSide
  readonly spending: SpendingSide
  readonly topUp: TopUpProposal
  readonly bills: readonly StoredUtilityBill[]
  readonly reasons: Readonly<Record<string, string>>
}

function gather(ledger: Ledger, complexId: ComplexId, quarter: Quarter): Gathered {
  const complex = complexOf(ledger, complexId)
  const scope = quarterScope(bookOfFund(ledger, 'publicIncome').id, complexId, quarter)
  const policy = policyFor(ledger, complex.profileCode, scope.to)
  const money = moneySide(ledger, scope)
  const income = incomeSide(ledger, scope)
  const spending = spendingSide(spendingByVoucher(ledger, scope))
  const sum = (rows: readonly { readonly amount: { readonly amount: Fen } | null }[]): Fen =>
    addFen(...rows.flatMap((row) => (row.amount === null ? [] : [row.amount.amount])))
  const received = addFen(...income.rows.flatMap((row) => (row.received === null ? [] : [row.received.amount])))
  const net = subtractFen(received, sum(spending.costs))
  const closing = subtractFen(
    addFen(...money.openings.map((row) => row.amount.amount), net),
    addFen(sum(spending.uses), sum(spending.transfers)),
  )
  const moved = transferredFor(ledger, scope)
  const figures = { net, accountBalance: addFen(closing, moved.withinFen), transferred: moved }
  const topUp = topUpProposal(ledger, scope, { complex, policy, figures })
  const bills = utilityBills(ledger, complexId, quarter)
  return { complex, policy, scope, money, income, spending, topUp, bills, reasons: reasonsOf(ledger, complexId, quarter) }
}

function noted<Row extends { readonly id: string; readonly note: string }>(
  rows: readonly Row[],
  reasons: Readonly<Record<string, string>>,
): readonly Row[] {
  return rows.map((row) => {
    const typed = reasons[`${NOTE_PREFIX}${row.id}`] ?? ''
    return typed === '' ? row : { ...row, note: row.note === '' ? typed : `${row.note}；${typed}` }
  })
}

function inputOf(ledger: Ledger, clock: Clock, gathered: Gathered): QuarterInput {
  const { complex, policy, scope, money, income, spending, topUp, bills, reasons } = gathered
  const today = clock.today()
  return {
    complex: { code: complex.code, name: complex.name },
    serviceArea: complex.name,
    manager: complex.managerName,
    holder: holderOf(complex),
    quarter: scope.quarter,
    profile: policy.facts,
    // A quarter still running has no balance of its last day yet; the checks then stop it from being published.
    balanceDate: today < scope.to ? today : scope.to,
    openings: money.openings,
    income: noted(income.rows, reasons),
    costs: noted(spending.costs, reasons),
    uses: noted(spending.uses, reasons),
    transfers: noted(spending.transfers, reasons),
    banks: money.banks.map(({ name, last4, demand, term }) => ({ name, last4, demand, term })),
    reconciling: money.reconciling,
    dailyFund: dailyFund(ledger, scope),
    utilities: utilityRows(bills),
    previous: previousClosing(ledger, complex.id, scope.quarter),
    earlier: income.earlier,
    topUp: topUp.fact,
    reasons: { ...income.reasons, ...reasons },
    notes: (reasons[SHEET_NOTES] ?? '').split('\n').filter((line) => line.trim() !== ''),
  }
}

/** Throws `complex.missing`, `book.missing`, `policy.missing`. */
export function quarterInput(ledger: Ledger, clock: Clock, complexId: ComplexId, quarter: Quarter): QuarterInput {
  return inputOf(ledger, clock, gather(ledger, complexId, quarter))
}

export function quarterSheet(ledger: Ledger, clock: Clock, complexId: ComplexId, quarter: Quarter): QuarterSheet {
  return buildQuarterSheet(quarterInput(ledger, clock, complexId, quarter))
}

/** The shared checks over a sheet of this complex; a notice adds its own texts and its plan of posting-up. */
export function quarterFindings(
  ledger: Ledger,
  clock: Clock,
  complexId: ComplexId,
  sheet: QuarterSheet,
  notice: Pick<CheckContext, 'plan' | 'versionTexts'> = { plan: null, versionTexts: [] },
): readonly Finding[] {
  const scope = quarterScope(bookOfFund(ledger, 'publicIncome').id, complexId, sheet.quarter)
  return runChecks(sheet, { personNames: personNames(ledger, scope), today: clock.today(), ...notice })
}

export type QuarterView = {
  readonly sheet: QuarterSheet
  readonly findings: readonly Finding[]
  /** The quarter has not ended: figures may still move. */
  readonly isRunning: boolean
  /** Vouchers of the quarter's months not posted yet, of this complex. */
  readonly pendingDrafts: number
  /** Where each bank balance comes from, in the order of the sheet's banks. */
  readonly bankSources: readonly { readonly bankAccountId: number; readonly source: 'statement' | 'ledger' }[]
  readonly topUp: TopUpProposal
  /** Costs above the profile's cap before an assembly exists; null where there is no cap. */
  readonly costOverCapFen: Fen | null
  readonly suggestions: Readonly<Record<string, string>>
  readonly reasons: Readonly<Record<string, string>>
  /** In the order of the sheet's utilities. */
  readonly utilityBills: readonly StoredUtilityBill[]
}

export const PENDING_DRAFTS = `
  SELECT count(*) AS drafts FROM voucher_draft d INDEXED BY voucher_draft_by_state
  WHERE d.book_id = :bookId AND d.state IN ('draft', 'reviewed') AND d.date BETWEEN :from AND :to
    AND EXISTS (SELECT 1 FROM voucher_draft_line l WHERE l.draft_id = d.id AND l.complex_id = :complexId)`

function pendingDrafts(ledger: Ledger, scope: QuarterScope): number {
  const { bookId, complexId, from, to } = scope
  const row = ledger.prepare<[Record<string, unknown>], { drafts: number }>(PENDING_DRAFTS).get({ bookId, complexId, from, to })
  return row?.drafts ?? 0
}

/** Everything the quarter's screen shows. */
export function quarterView(ledger: Ledger, clock: Clock, complexId: ComplexId, quarter: Quarter): QuarterView {
  const gathered = gather(ledger, complexId, quarter)
  const { complex, policy, scope } = gathered
  const sheet = buildQuarterSheet(inputOf(ledger, clock, gathered))
  const cap = complex.hasAssembly === 1 ? null : policy.value('cost.capBeforeAssemblyPercent')
  return {
    sheet,
    findings: quarterFindings(ledger, clock, complexId, sheet),
    isRunning: clock.today() <= quarterBounds(quarter).last,
    pendingDrafts: pendingDrafts(ledger, scope),
    bankSources: gathered.money.banks.map(({ bankAccountId, source }) => ({ bankAccountId, source })),
    topUp: gathered.topUp,
    costOverCapFen: cap === null ? null : costOverCap(sheet.income.received.amount, [sheet.costs.total.amount], cap),
    suggestions: gathered.income.suggestions,
    reasons: gathered.reasons,
    utilityBills: gathered.bills,
  }
}
