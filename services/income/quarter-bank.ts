/**
 * Opening, closing and bank side of a complex's quarter. Where the bank's own statement covers the balance date, its
 * balance is the bank's, and what stands between it and the books is listed; elsewhere the books are all there is.
 */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import type { BankBalance, Figure, OpeningRow, ReconcilingItem } from '#core/disclosure/quarter-input.ts'
import { bankLabel } from '#core/disclosure/sheet.ts'
import { idOf, type BankAccountId, type VoucherId } from '#core/id.ts'
import { addFen, fen, negateFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { MAX_REFS, type QuarterScope } from './quarter-rows.ts'

export const MONEY_BALANCES = `
  SELECT a.code, a.name, l.bank_account_id AS bankAccountId,
         sum(CASE WHEN l.date < :from OR (SELECT v.purpose FROM voucher v WHERE v.id = l.voucher_id) = 'opening'
             THEN l.debit_fen - l.credit_fen ELSE 0 END) AS openingFen,
         sum(l.debit_fen - l.credit_fen) AS closingFen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
    ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
  WHERE a.book_id = :bookId AND a.class IN ('asset', 'liability') AND l.date <= :to
  GROUP BY a.id, l.bank_account_id ORDER BY a.code, l.bank_account_id`

type MoneyBalance = {
  readonly code: string
  readonly name: string
  readonly bankAccountId: BankAccountId | null
  readonly openingFen: Fen
  readonly closingFen: Fen
}

type BankRow = {
  readonly id: BankAccountId
  readonly complexId: number | null
  readonly bankName: string
  readonly branch: string
  readonly number: string
}

const BANK_ACCOUNTS = `
  SELECT id, complex_id AS complexId, bank_name AS bankName, branch, number FROM bank_account
  WHERE id IN (SELECT value FROM json_each(:ids))`

/** `source: 'statement'` is the bank's own figure for the day. */
export type BankFact = BankBalance & { readonly bankAccountId: BankAccountId; readonly source: 'statement' | 'ledger' }

export type MoneySide = {
  readonly openings: readonly OpeningRow[]
  readonly banks: readonly BankFact[]
  readonly reconciling: readonly ReconcilingItem[]
}

function isTerm(code: string): boolean {
  return code === '1001.02' || code.startsWith('1001.02.')
}

/** A balance is the sum of a whole history: its vouchers are asked from the ledger. */
function plain(amount: Fen): Figure {
  return { amount, refs: [] }
}

export function moneySide(ledger: Ledger, scope: QuarterScope): MoneySide {
  const { bookId, complexId, from, to } = scope
  const balances = ledger.prepare<[Record<string, unknown>], MoneyBalance>(MONEY_BALANCES).all({ bookId, complexId, from, to })
  const ids = [...new Set(balances.flatMap((row) => (row.bankAccountId === null ? [] : [row.bankAccountId])))]
  const accounts = ledger.prepare<[Record<string, unknown>], BankRow>(BANK_ACCOUNTS).all({ ids: JSON.stringify(ids) })
  const sides = accounts.map((account) =>
    bankSide(ledger, scope, account, balances.filter((row) => row.bankAccountId === account.id)))
  const others = balances.filter((row) => row.bankAccountId === null)
  return {
    openings: [
      ...sides.flatMap((side) => side.opening),
      ...others.flatMap((row): OpeningRow[] =>
        row.openingFen === 0 ? [] : [{ id: `account:${row.code}`, label: row.name, amount: plain(row.openingFen) }]),
    ],
    banks: sides.map((side) => side.bank),
    reconciling: [
      ...sides.flatMap((side) => side.items),
      // Cash in hand and amounts held for others are part of what is left, and not at the bank.
      ...others.flatMap((row): ReconcilingItem[] =>
        row.closingFen === 0 ? [] : [{ id: `account:${row.code}`, item: row.name, amount: plain(row.closingFen) }]),
    ],
  }
}

type BankSide = { readonly opening: readonly OpeningRow[]; readonly bank: BankFact; readonly items: readonly ReconcilingItem[] }

function bankSide(ledger: Ledger, scope: QuarterScope, account: BankRow, balances: readonly MoneyBalance[]): BankSide {
  const name = `${account.bankName}${account.branch}`
  const last4 = account.number.slice(-4)
  const opening = addFen(...balances.map((row) => row.openingFen))
  const demand = addFen(...balances.filter((row) => !isTerm(row.code)).map((row) => row.closingFen))
  const term = addFen(...balances.filter((row) => isTerm(row.code)).map((row) => row.closingFen))
  // The statement of an account that several complexes share says nothing about one of them.
  const statement = account.complexId === null ? null : statementSide(ledger, account.id, scope.to)
  const bank = { bankAccountId: account.id, name, last4, demand: statement?.balance ?? demand, term }
  return {
    opening: opening === 0 ? [] : [{ id: `bank:${account.id}`, label: bankLabel({ name, last4 }), amount: plain(opening) }],
    bank: { ...bank, source: statement === null ? 'ledger' : 'statement' },
    items: statement?.items.map((item) => ({ ...item, id: `bank:${account.id}:${item.id}`, item: `${name}：${item.item}` })) ?? [],
  }
}

type Batch = { readonly from: BusinessDate; readonly to: BusinessDate; readonly openingFen: Fen | null }

export const STATEMENT_BATCHES = `
  SELECT coalesce(b.period_from, (SELECT min(date) FROM statement_line WHERE batch_id = b.id)) AS 'from',
         coalesce(b.period_to, (SELECT max(date) FROM statement_line WHERE batch_id = b.id)) AS 'to', b.opening_fen AS openingFen
  FROM statement_batch b INDEXED BY statement_batch_by_account
  WHERE b.bank_account_id = :id AND NOT EXISTS (SELECT 1 FROM statement_rollback r WHERE r.batch_id = b.id)`

/** `isSettled`: in a match of several vouchers, or of bank lines alone, that was complete by the balance date. */
export const STATEMENT_LINES = `
  SELECT l.amount_fen AS amountFen, CASE WHEN o.outcome IN ('posted', 'matched') THEN o.voucher_id END AS voucherId,
    o.voucher_id IS NULL AND m.last_on IS NOT NULL AND m.last_on <= :to AS isSettled
  FROM statement_line l INDEXED BY statement_line_by_account
    LEFT JOIN statement_outcome o ON o.id = (SELECT max(id) FROM statement_outcome WHERE statement_line_id = l.id)
    LEFT JOIN reconciliation_match m ON m.id = o.match_id
  WHERE l.bank_account_id = :id AND l.date BETWEEN :from AND :to
    AND NOT EXISTS (SELECT 1 FROM statement_rollback r WHERE r.batch_id = l.batch_id)`

/** Without the lines of such matches. */
export const LEDGER_OF_BANK = `
  SELECT l.voucher_id AS voucherId, sum(l.debit_fen - l.credit_fen) AS amountFen
  FROM bank_account k JOIN account a ON a.book_id = k.book_id AND a.needs_bank = 1 AND a.code NOT GLOB '1001.02*'
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank ON l.bank_account_id = k.id AND l.account_id = a.id
    JOIN voucher v ON v.id = l.voucher_id
  WHERE k.id = :id AND l.date BETWEEN :from AND :to AND v.purpose <> 'opening'
    AND NOT EXISTS (SELECT 1 FROM reconciliation_entry e JOIN reconciliation_match m ON m.id = e.match_id
      WHERE e.voucher_id = l.voucher_id AND e.line_no = l.line_no AND m.last_on <= :to
        AND NOT EXISTS (SELECT 1 FROM reconciliation_undo u WHERE u.match_id = m.id)
        AND NOT EXISTS (SELECT 1 FROM statement_outcome o WHERE o.match_id = m.id AND o.voucher_id IS NOT NULL))
  GROUP BY l.voucher_id`

/** The unbroken run of statements that reaches `to`: its first day and the balance it began with; null where none does. */
function statementRun(batches: readonly Batch[], to: BusinessDate): { from: BusinessDate; openingFen: Fen } | null {
  let run = batches
    .filter((batch) => batch.from <= to && batch.to >= to)
    .reduce<Batch | null>((widest, batch) => (widest === null || batch.from < widest.from ? batch : widest), null)
  for (let earlier = run; earlier !== null; ) {
    const { from } = earlier
    earlier = batches.find((batch) => batch.from < from && batch.to >= addDays(from, -1)) ?? null
    run = earlier ?? run
  }
  return run === null || run.openingFen === null ? null : { from: run.from, openingFen: run.openingFen }
}

const KINDS = {
  'bank-in': '银行已收、账上未记',
  'bank-out': '银行已付、账上未记',
  'book-in': '账上已收、银行未到账',
  'book-out': '账上已付、银行未付出',
} as const
type Kind = keyof typeof KINDS

/**
 * The bank's balance on `to` and what makes the books differ: lines the books lack, vouchers the bank lacks. Opening balance
 * plus movements, so it does not depend on the order in which a bank lists its day.
 */
function statementSide(ledger: Ledger, id: BankAccountId, to: BusinessDate): { balance: Fen; items: ReconcilingItem[] } | null {
  const run = statementRun(ledger.prepare<[Record<string, unknown>], Batch>(STATEMENT_BATCHES).all({ id }), to)
  if (run === null) return null
  const span = { id, from: run.from, to }
  const lines = ledger
    .prepare<[Record<string, unknown>], { amountFen: Fen; voucherId: VoucherId | null; isSettled: 0 | 1 }>(STATEMENT_LINES)
    .all(span)
  const vouchers = ledger.prepare<[Record<string, unknown>], { voucherId: VoucherId; amountFen: Fen }>(LEDGER_OF_BANK).all(span)
  const open: { kind: Kind; amount: Fen; voucherId: VoucherId | null }[] = []
  const atBank = new Map<VoucherId, Fen>()
  for (const line of lines) {
    if (line.voucherId !== null) atBank.set(line.voucherId, addFen(atBank.get(line.voucherId) ?? ZERO_FEN, line.amountFen))
    else if (line.amountFen !== 0 && line.isSettled === 0) {
      open.push({ kind: line.amountFen > 0 ? 'bank-in' : 'bank-out', amount: negateFen(line.amountFen), voucherId: null })
    }
  }
  for (const { voucherId, amountFen } of vouchers) {
    const difference = subtractFen(amountFen, atBank.get(voucherId) ?? ZERO_FEN)
    atBank.delete(voucherId)
    if (difference !== 0) open.push({ kind: difference > 0 ? 'book-in' : 'book-out', amount: difference, voucherId })
  }
  // What is left was at the bank in time and in the books only after the balance date.
  for (const [voucherId, amount] of atBank) {
    if (amount !== 0) open.push({ kind: amount > 0 ? 'bank-in' : 'bank-out', amount: negateFen(amount), voucherId })
  }
  const items = (['bank-in', 'bank-out', 'book-in', 'book-out'] as const).flatMap((kind): ReconcilingItem[] => {
    const rows = open.filter((row) => row.kind === kind)
    if (rows.length === 0) return []
    const refs = rows.flatMap((row) => (row.voucherId === null ? [] : [idOf<'voucher'>(row.voucherId)])).slice(0, MAX_REFS)
    const amount = addFen(...rows.map((row) => row.amount))
    return [{ id: kind, item: `${KINDS[kind]}（${rows.length} 笔）`, amount: { amount, refs } }]
  })
  return { balance: fen(run.openingFen + lines.reduce((sum, line) => sum + line.amountFen, 0)), items }
}
