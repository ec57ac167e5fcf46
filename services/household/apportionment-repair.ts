/**
 * Charging a repair to the households that bear it: by the method of the sheet made for it, on today's balances, whole or not at
 * all. What a household lacks is collected first (自筹), because no sub-account may be overdrawn.
 */
import type { HouseholdEntry } from '#core/household/household-entry.ts'
import type { ApportionmentId, HouseholdId, RepairId } from '#core/id.ts'
import { addFen, formatYuan, negateFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import {
  apportionmentOf, recordApportionment, type ApportionmentHead, type RecordedApportionment,
} from './apportionment.ts'
import type { ServiceContext } from '../context.ts'
import { householdLedgerBegun } from './household-entry.ts'
import type { Repair } from '../repair/repair-record.ts'

export type RepairSheet = Pick<ApportionmentHead, 'id' | 'purpose' | 'title' | 'asOf' | 'totalFen' | 'drawnFen' | 'households'>

/** Sheets made for a repair, the newest first. */
export function repairApportionments(ledger: Ledger, repairId: RepairId): readonly RepairSheet[] {
  return ledger
    .prepare<[number], RepairSheet>(
      `SELECT id, purpose, title, as_of AS asOf, total_fen AS totalFen, drawn_fen AS drawnFen, households
       FROM apportionment WHERE repair_id = ? ORDER BY id DESC`,
    )
    .all(repairId)
}

function refuseShortfall(sheet: RecordedApportionment): void {
  const short = sheet.shares.filter(({ shortFen }) => shortFen > 0)
  if (short.length === 0) return
  const [first] = short
  const address = sheet.households.find(({ householdId }) => householdId === first?.householdId)?.address ?? ''
  throw new Problem({
    code: 'apportionment.short',
    message: `${address}等 ${short.length} 户余额不够，还差 ${formatYuan(addFen(...short.map(({ shortFen }) => shortFen)))} 元：` +
      '请先从分摊表发起自筹征缴，收款记账后再付款',
    field: 'amountFen',
  })
}

export type RepairCharge = { readonly apportionmentId: ApportionmentId; readonly entries: readonly HouseholdEntry[] }

/**
 * The entries of the payment's line on 5001, and the sheet they are kept by; null where the complex keeps no sub-ledger. Inside
 * the caller's transaction. Throws `apportionment.method` without a sheet to follow, `apportionment.short`.
 */
export function chargeRepair(context: ServiceContext, repair: Repair, amountFen: Fen): RepairCharge | null {
  const { ledger } = context
  if (!householdLedgerBegun(ledger, repair.bookId, repair.complexId)) return null
  const [latest] = repairApportionments(ledger, repair.id)
  if (latest === undefined) {
    throw new Problem({
      code: 'apportionment.method',
      message: `这个小区已建分户账：请先在“小区 › 分摊”中为 ${repair.number} 编制分摊表，再付款`,
    })
  }
  const method = apportionmentOf(ledger, latest.id)
  const coefficients = new Map<HouseholdId, number>()
  for (const { householdId, coefficientMilli } of method.rows) {
    if (coefficientMilli !== null) coefficients.set(householdId, coefficientMilli)
  }
  const sheet = recordApportionment(context, {
    complexId: repair.complexId, purpose: 'repair', repairId: repair.id, utilityBillId: null,
    title: `${repair.number} ${repair.title}`, basis: method.basis, scope: method.scope, shortfall: 'collect',
    askedFen: amountFen, coefficients,
  })
  refuseShortfall(sheet)
  const entries = sheet.shares.flatMap(({ householdId, drawn }) =>
    drawn.map(({ part, amountFen: taken }): HouseholdEntry => ({ householdId, part, amountFen: negateFen(taken) })))
  return { apportionmentId: sheet.id, entries }
}
