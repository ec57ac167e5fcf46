/**
 * The balance reconciliation of one account and month (银行存款余额调节表): live from the ledger, and as it was sealed. Duty and
 * separation: 会计基础工作规范 art. 57, 财会〔2024〕12号 art. 23, 会计法 art. 35 (a cashier may not).
 */
import { addDays, firstDayOfMonth, lastDayOfMonth, monthOf, type BusinessDate, type Month } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { subtractFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { BOUNDS } from '#core/reconciliation/item.ts'
import { matchLines, type Matches } from '#core/reconciliation/match.ts'
import { ageOf, openSums, reconciliationTable, type ReconciliationTable } from '#core/reconciliation/table.ts'
import type { Ledger } from '#db/ledger.ts'
import { moneyAtBank } from '../voucher/balance.ts'
import {
  bankItemsOf, bookItemsOf, openBankLines, openBookLines, type OpenBankLine, type OpenBookLine,
} from './reconciliation-items.ts'
import { standingSeal, type Seal } from './reconciliation-sealed.ts'
import { gapsOf } from '../statement/statement-coverage.ts'

export type StatementSpan = {
  /** First day of the account's statements: reconciliation begins here. */
  readonly startsOn: BusinessDate
  /** The bank's balance before that day. */
  readonly openingFen: Fen
  readonly coveredTo: BusinessDate
}

export const STATEMENT_START = `
  SELECT b.opening_fen AS openingFen, b.period_from AS periodFrom, b.id
  FROM statement_batch b INDEXED BY statement_batch_by_account WHERE b.bank_account_id = :bankAccountId
    AND NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = b.id)
  ORDER BY coalesce(b.period_from, '9999-12-31'), b.id LIMIT 1`
const COVERED_TO = `
  SELECT max(coalesce((SELECT max(b.period_to) FROM statement_batch b INDEXED BY statement_batch_by_account
      WHERE b.bank_account_id = :bankAccountId AND NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = b.id)), ''),
    coalesce((SELECT l.date FROM statement_line l INDEXED BY statement_line_by_account
      WHERE l.bank_account_id = :bankAccountId ORDER BY l.date DESC, l.id DESC LIMIT 1), '')) AS coveredTo`
const FIRST_LINE = `
  SELECT date, balance_fen AS balanceFen, amount_fen AS amountFen FROM statement_line INDEXED BY statement_line_by_account
  WHERE bank_account_id = ? ORDER BY date, id LIMIT 1`

type Start = { readonly openingFen: Fen | null; readonly periodFrom: BusinessDate | null }
type FirstLine = { readonly date: BusinessDate; readonly balanceFen: Fen | null; readonly amountFen: Fen }

/** Null before the first import. Throws `reconciliation.noBalance` where no file tells a balance to begin with. */
export function statementSpan(ledger: Ledger, bankAccountId: BankAccountId): StatementSpan | null {
  const start = ledger.prepare<[Record<string, unknown>], Start>(STATEMENT_START).get({ bankAccountId })
  const line = ledger.prepare<[number], FirstLine>(FIRST_LINE).get(bankAccountId)
  const coveredTo = ledger.prepare<[Record<string, unknown>], { coveredTo: BusinessDate | '' }>(COVERED_TO).get({ bankAccountId })
  if (start === undefined || line === undefined || coveredTo === undefined || coveredTo.coveredTo === '') return null
  const openingFen = start.openingFen ?? (line.balanceFen === null ? null : subtractFen(line.balanceFen, line.amountFen))
  if (openingFen === null) {
    throw new Problem({
      code: 'reconciliation.noBalance',
      message: '导入的对账单没有余额，无法编制余额调节表：请到网银下载带余额的对账单后导入',
    })
  }
  return { startsOn: start.periodFrom ?? line.date, openingFen, coveredTo: coveredTo.coveredTo }
}

export type MonthTable = ReconciliationTable & {
  readonly bankAccountId: BankAccountId
  readonly month: Month
  readonly asOf: BusinessDate
  readonly span: StatementSpan
  readonly bank: readonly (OpenBankLine & { readonly age: number })[]
  readonly book: readonly (OpenBookLine & { readonly age: number })[]
  /** Bank − book before reconciliation began: no item explains it; an earlier statement would. */
  readonly startDifferenceFen: Fen
  /** What has to be done before the month can be sealed; empty when it can. */
  readonly obstacles: readonly string[]
  readonly seal: Seal | null
  /** The sealed figures are no longer what the ledger says. */
  readonly hasChanged: boolean
}

const JOURNAL = `SELECT ${moneyAtBank(':asOf', 'demand')} AS fen FROM bank_account k WHERE k.id = :bankAccountId`
/** The bank's own word where a file ends on this day; else its opening and every line since. */
export const STATEMENT_BALANCE = `
  SELECT coalesce((SELECT b.closing_fen FROM statement_batch b INDEXED BY statement_batch_by_account
      WHERE b.bank_account_id = :bankAccountId AND b.period_to = :asOf AND b.closing_fen IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM statement_rollback WHERE batch_id = b.id) ORDER BY b.id DESC LIMIT 1),
    :openingFen + coalesce((SELECT sum(l.amount_fen) FROM statement_line l INDEXED BY statement_line_by_account
      WHERE l.bank_account_id = :bankAccountId AND l.date BETWEEN :startsOn AND :asOf), 0)) AS fen`

function amountOf(ledger: Ledger, sql: string, parameters: Record<string, unknown>): Fen {
  const row = ledger.prepare<[Record<string, unknown>], { fen: Fen }>(sql).get(parameters)
  if (row === undefined) throw new Problem({ code: 'bankAccount.missing', message: '没有这个银行账户', field: 'account' })
  return row.fen
}

/** Throws `reconciliation.noStatement`, `reconciliation.noBalance`, `reconciliation.beforeStart`, `bankAccount.missing`. */
export function monthTable(ledger: Ledger, bankAccountId: BankAccountId, month: Month): MonthTable {
  const span = statementSpan(ledger, bankAccountId)
  if (span === null) {
    throw new Problem({ code: 'reconciliation.noStatement', message: '这个账户还没有导入对账单，请先导入后再对账' })
  }
  const asOf = lastDayOfMonth(month)
  if (asOf < span.startsOn) {
    const message = `这个账户的对账单从 ${span.startsOn} 开始，不能编制 ${month} 的余额调节表；请先导入更早的对账单`
    throw new Problem({ code: 'reconciliation.beforeStart', message, field: 'month' })
  }
  const bank = openBankLines(ledger, bankAccountId, asOf)
  const book = openBookLines(ledger, bankAccountId, { from: span.startsOn, asOf })
  const journalFen = amountOf(ledger, JOURNAL, { bankAccountId, asOf })
  const statementFen = amountOf(ledger, STATEMENT_BALANCE, { bankAccountId, asOf, ...span })
  const table = reconciliationTable({ journalFen, statementFen }, openSums(bank, book))
  const seal = standingSeal(ledger, bankAccountId, month)
  return {
    ...table, bankAccountId, month, asOf, span,
    bank: bank.map((line) => ({ ...line, age: ageOf(line, asOf) })),
    book: book.map((line) => ({ ...line, age: ageOf(line, asOf) })),
    startDifferenceFen: differenceAtStart(ledger, bankAccountId, span),
    obstacles: obstaclesOf(ledger, bankAccountId, { ...table, asOf, span }),
    seal,
    hasChanged: seal !== null && (seal.journalFen !== journalFen || seal.statementFen !== statementFen ||
      seal.adjustedFen !== table.adjustedJournalFen),
  }
}

/** The day before the first statement: the bank's opening against the journal and what was on its way then. */
function differenceAtStart(ledger: Ledger, bankAccountId: BankAccountId, { startsOn, openingFen }: StatementSpan): Fen {
  const asOf = addDays(startsOn, -1)
  const journalFen = amountOf(ledger, JOURNAL, { bankAccountId, asOf })
  const onTheWay = openBookLines(ledger, bankAccountId, { from: startsOn, asOf })
  return reconciliationTable({ journalFen, statementFen: openingFen }, openSums([], onTheWay)).differenceFen
}

function obstaclesOf(
  ledger: Ledger,
  bankAccountId: BankAccountId,
  { asOf, span, differenceFen }: Pick<MonthTable, 'asOf' | 'span' | 'differenceFen'>,
): readonly string[] {
  return [
    ...(span.coveredTo < asOf ? [`对账单只到 ${span.coveredTo}，还不满整月，请导入到 ${asOf} 的对账单`] : []),
    ...gapsOf(ledger, bankAccountId),
    ...(differenceFen === 0 ? [] : ['调节后余额两边不等，请先查清差额']),
  ]
}

/** Automatic and proposed matches of what is open up to a day; nothing is written. */
export function suggestMatches(ledger: Ledger, bankAccountId: BankAccountId, asOf: BusinessDate): Matches {
  const span = statementSpan(ledger, bankAccountId)
  if (span === null) return { automatic: [], proposed: [] }
  const bank = openBankLines(ledger, bankAccountId, asOf)
  // A payment of the last days before the first statement may reach the bank in it.
  const book = openBookLines(ledger, bankAccountId, { from: addDays(span.startsOn, -BOUNDS.days), asOf })
  return matchLines(bankItemsOf(bank), bookItemsOf(book))
}

export type MonthState = {
  readonly month: Month
  /** Bank lines of the month nobody has settled. */
  readonly openCount: number
  readonly lineCount: number
  /** `none`: no statement reaches into the month. */
  readonly state: 'none' | 'open' | 'settled' | 'sealed' | 'checked'
}

export const LINES_BY_MONTH = `
  SELECT substr(l.date, 1, 7) AS month, count(*) AS lineCount,
    count(*) FILTER (WHERE coalesce((SELECT o.outcome FROM statement_outcome o WHERE o.statement_line_id = l.id
      ORDER BY o.id DESC LIMIT 1), 'open') = 'open') AS openCount
  FROM statement_line l INDEXED BY statement_line_by_account
  WHERE l.bank_account_id = ? AND l.date BETWEEN ? AND ? GROUP BY substr(l.date, 1, 7)`

/** The months from `first` to `last`, for the strip above the lists. */
export function monthStates(ledger: Ledger, bankAccountId: BankAccountId, months: readonly Month[]): readonly MonthState[] {
  const [first] = months
  const last = months.at(-1)
  if (first === undefined || last === undefined) return []
  const span = statementSpan(ledger, bankAccountId)
  const counts = new Map(ledger
    .prepare<unknown[], { month: Month; lineCount: number; openCount: number }>(LINES_BY_MONTH)
    .all(bankAccountId, firstDayOfMonth(first), lastDayOfMonth(last))
    .map((row) => [row.month, row]))
  return months.map((month) => {
    const { lineCount = 0, openCount = 0 } = counts.get(month) ?? {}
    const seal = standingSeal(ledger, bankAccountId, month)
    const isCovered = span !== null && month >= monthOf(span.startsOn) && month <= monthOf(span.coveredTo)
    const state = seal !== null ? (seal.checker === null ? 'sealed' : 'checked')
      : !isCovered ? 'none' : openCount > 0 ? 'open' : 'settled'
    return { month, lineCount, openCount, state }
  })
}
