/** Demand money that lies idle: of a complex's own accounts, and once for the office of those that several complexes share. */
import type { BusinessDate } from '#core/calendar.ts'
import type { IdleAccount } from '#core/checks/deposits.ts'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { addFen, fen, ZERO_FEN, type Fen } from '#core/money.ts'
import type { CheckedComplex, CheckReader } from './finding-scope.ts'

/** The balance at the end, and since when it has stayed above `levelFen`; movements in order of days. */
export function standingAbove(
  movements: readonly { readonly date: BusinessDate; readonly movementFen: Fen }[], levelFen: Fen,
): { readonly balanceFen: Fen; readonly since: BusinessDate | null } {
  let balance = 0
  let since: BusinessDate | null = null
  for (const { date, movementFen } of movements) {
    balance += movementFen
    since = balance > levelFen ? since ?? date : null
  }
  return { balanceFen: fen(balance), since }
}

/** Demand money by bank account, day by day; `complex_id` null: shared. */
const DEMAND_MOVEMENTS = `
  SELECT k.id, k.bank_name || ' ' || k.number AS name, l.date, sum(l.debit_fen - l.credit_fen) AS movementFen
  FROM bank_account k CROSS JOIN account t ON t.book_id = k.book_id AND t.needs_bank = 1 AND t.code NOT LIKE '1001.02%'
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank
      ON l.bank_account_id = k.id AND l.account_id = t.id AND l.date <= :to
  WHERE k.complex_id IS :complexId AND (:bookId IS NULL OR k.book_id = :bookId)
  GROUP BY k.id, l.date ORDER BY k.id, l.date`

type Movement = { readonly id: BankAccountId; readonly name: string; readonly date: BusinessDate; readonly movementFen: Fen }
type Limits = Pick<IdleAccount, 'complexes' | 'reserveFen' | 'days'>

function idleAccounts(
  { ledger, scope }: CheckReader, complexId: ComplexId | null, limitsOf: (account: BankAccountId) => Limits | null,
): readonly IdleAccount[] {
  const movements = ledger
    .prepare<[Record<string, unknown>], Movement>(DEMAND_MOVEMENTS)
    .all({ complexId, bookId: scope.bookId, to: scope.to })
  return [...Map.groupBy(movements, ({ id }) => id).values()].flatMap((ofAccount) => {
    const [first] = ofAccount
    const limits = first === undefined ? null : limitsOf(first.id)
    if (first === undefined || limits === null) return []
    const { balanceFen, since } = standingAbove(ofAccount, limits.reserveFen)
    return [{ ...limits, id: first.id, name: first.name, complexId, balanceFen, aboveReserveSince: since }]
  })
}

/** The values of the day looked at: idle money is a matter of that day, not of the day it came in. */
function limitsOf(reader: CheckReader, complex: CheckedComplex): Omit<Limits, 'complexes'> {
  const policy = reader.policyOn(complex, reader.scope.to)
  return { reserveFen: policy.require('deposit.idleReserve'), days: policy.require('check.idleDays') }
}

export function ownIdleAccounts(reader: CheckReader, complex: CheckedComplex): readonly IdleAccount[] {
  const limits = { ...limitsOf(reader, complex), complexes: 1 }
  return idleAccounts(reader, complex.id, () => limits)
}

const WHOSE = `
  SELECT DISTINCT l.complex_id AS id
  FROM bank_account k CROSS JOIN account t ON t.book_id = k.book_id AND t.needs_bank = 1 AND t.code NOT LIKE '1001.02%'
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank
      ON l.bank_account_id = k.id AND l.account_id = t.id AND l.date <= :to
  WHERE k.id = :account`

/**
 * A shared account may hold the reserves of every complex whose money went through it, and waits as long as the most patient
 * of their profiles. One whose profile has no values yet leaves the account unjudged; the rule says so.
 */
export function sharedIdleAccounts(reader: CheckReader, complexes: readonly CheckedComplex[]): readonly IdleAccount[] {
  const { ledger, scope } = reader
  const whose = ledger.prepare<[Record<string, unknown>], { readonly id: ComplexId }>(WHOSE)
  return idleAccounts(reader, null, (account) => {
    const ids = new Set(whose.all({ account, to: scope.to }).map(({ id }) => id))
    const owners = complexes.filter(({ id }) => ids.has(id))
    if (!owners.every((complex) => reader.mayRun('deposit.idle', complex))) return null
    const limits = owners.map((complex) => limitsOf(reader, complex))
    return {
      complexes: owners.length,
      reserveFen: limits.reduce((sum, { reserveFen }) => addFen(sum, reserveFen), ZERO_FEN),
      days: Math.max(0, ...limits.map(({ days }) => days)),
    }
  })
}
