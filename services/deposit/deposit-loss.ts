/**
 * The lost-interest meter: what overdue certificates and idle demand money have cost, per complex, bank or person in
 * charge. Sums come from SQL over like certificates, so that the total is to the fen the sum of what stands behind it.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { lostInterest } from '#core/deposit/deposit-loss.ts'
import type { CertificateId, ComplexId, UserId } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { CERTIFICATE, type Certificate } from './certificate.ts'
import { idleMoney, type IdleAccount, type LossScope, type MissingSetting } from './deposit-idle.ts'

export const LOSS_GROUPS = ['complex', 'bank', 'person'] as const
/** By complex, by bank, by person in charge (经办人). */
export type LossGroup = (typeof LOSS_GROUPS)[number]

const OVERDUE = `c.status IN ('inForce', 'pending') AND c.dueDate < :today AND (:complexId IS NULL OR c.complexId = :complexId)`

type OverdueGroup = {
  readonly complexId: ComplexId
  readonly complexName: string
  readonly bankName: string
  readonly personId: UserId
  readonly personName: string
  readonly dueDate: BusinessDate
  readonly principalFen: Fen
  readonly rateMicro: RateMicro
  readonly demandRateMicro: RateMicro
  readonly count: number
}

const OVERDUE_GROUPS = `SELECT c.complexId, c.complexName, c.bankName, c.personInChargeId AS personId,
    c.personInCharge AS personName, c.dueDate, c.principalFen, c.rateMicro, c.demandRateMicro, count(*) AS count
  FROM (${CERTIFICATE}) c WHERE ${OVERDUE}
  GROUP BY c.complexId, c.bankName, c.personInChargeId, c.dueDate, c.principalFen, c.rateMicro, c.demandRateMicro`

export type LossRow = {
  /** The complex's, or the person's id; a bank's name; `''` for idle money nobody has placed from yet. */
  readonly key: string
  readonly name: string
  readonly overdueCount: number
  readonly overdueFen: Fen
  readonly overdueLostFen: Fen
  readonly idleFen: Fen
  readonly idleLostFen: Fen
  readonly inYearFen: Fen
  /** Overdue and idle together. */
  readonly lostFen: Fen
}

export type LossMeter = {
  /** The dearest first. */
  readonly rows: readonly LossRow[]
  readonly totals: Omit<LossRow, 'key' | 'name'>
  readonly missing: readonly MissingSetting[]
}

type Owner = Pick<OverdueGroup, 'complexId' | 'complexName' | 'bankName'> & {
  readonly personId: UserId | null
  readonly personName: string | null
}

function keyOf(group: LossGroup, owner: Owner): { readonly key: string; readonly name: string } {
  if (group === 'complex') return { key: String(owner.complexId), name: owner.complexName }
  if (group === 'bank') return { key: owner.bankName, name: owner.bankName }
  return { key: owner.personId === null ? '' : String(owner.personId), name: owner.personName ?? '' }
}

const NOTHING = { overdueCount: 0, overdueFen: 0, overdueLostFen: 0, idleFen: 0, idleLostFen: 0, inYearFen: 0 }
type Sums = typeof NOTHING

function rowOf(sums: Sums): Omit<LossRow, 'key' | 'name'> {
  return {
    overdueCount: sums.overdueCount,
    overdueFen: fen(sums.overdueFen),
    overdueLostFen: fen(sums.overdueLostFen),
    idleFen: fen(sums.idleFen),
    idleLostFen: fen(sums.idleLostFen),
    inYearFen: fen(sums.inYearFen),
    lostFen: fen(sums.overdueLostFen + sums.idleLostFen),
  }
}

function plus(sums: Sums, more: Partial<Sums>): Sums {
  return {
    overdueCount: sums.overdueCount + (more.overdueCount ?? 0),
    overdueFen: sums.overdueFen + (more.overdueFen ?? 0),
    overdueLostFen: sums.overdueLostFen + (more.overdueLostFen ?? 0),
    idleFen: sums.idleFen + (more.idleFen ?? 0),
    idleLostFen: sums.idleLostFen + (more.idleLostFen ?? 0),
    inYearFen: sums.inYearFen + (more.inYearFen ?? 0),
  }
}

export function lossMeter(ledger: Ledger, group: LossGroup, scope: LossScope): LossMeter {
  const groups = new Map<string, { readonly name: string; readonly sums: Sums }>()
  let totals: Sums = NOTHING
  const add = (owner: Owner, more: Partial<Sums>): void => {
    const { key, name } = keyOf(group, owner)
    groups.set(key, { name, sums: plus(groups.get(key)?.sums ?? NOTHING, more) })
    totals = plus(totals, more)
  }
  const { today, complexId } = scope
  for (const row of ledger.prepare<[Record<string, unknown>], OverdueGroup>(OVERDUE_GROUPS).all({ today, complexId })) {
    const { count } = row
    add(row, {
      overdueCount: count, overdueFen: row.principalFen * count, overdueLostFen: lostInterest(row, today) * count,
    })
  }
  const { accounts, missing } = idleMoney(ledger, scope)
  for (const account of accounts) {
    add(account, { idleFen: account.idleFen, idleLostFen: account.lostFen, inYearFen: account.inYearFen })
  }
  const rows = [...groups].map(([key, { name, sums }]): LossRow => ({ key, name, ...rowOf(sums) }))
  return {
    rows: rows.sort((a, b) => b.lostFen - a.lostFen || b.overdueFen - a.overdueFen || (a.name < b.name ? -1 : 1)),
    totals: rowOf(totals),
    missing,
  }
}

export type OverdueFilter = Pick<LossScope, 'today' | 'complexId'> & {
  readonly group: LossGroup
  /** A row's key of the meter. */
  readonly key: string
  readonly after?: { readonly dueDate: BusinessDate; readonly id: CertificateId }
  readonly limit: number
}

export type OverdueCertificate = Certificate & { readonly lostFen: Fen }

const KEY_COLUMN: Readonly<Record<LossGroup, string>> = {
  complex: 'CAST(c.complexId AS TEXT)', bank: 'c.bankName', person: 'CAST(c.personInChargeId AS TEXT)',
}

/** The certificates behind a row of the meter, the longest overdue first. */
export function overdueBehind(ledger: Ledger, filter: OverdueFilter): readonly OverdueCertificate[] {
  const column = KEY_COLUMN[filter.group]
  return ledger
    .prepare<[Record<string, unknown>], Certificate>(
      `SELECT * FROM (${CERTIFICATE}) c WHERE ${OVERDUE} AND ${column} = :key
         AND (c.dueDate, c.id) > (:afterDue, :afterId) ORDER BY c.dueDate, c.id LIMIT :limit`,
    )
    .all({
      today: filter.today, complexId: filter.complexId, key: filter.key, limit: filter.limit,
      afterDue: filter.after?.dueDate ?? '0000-01-01', afterId: filter.after?.id ?? 0,
    })
    .map((row) => ({ ...row, lostFen: lostInterest(row, filter.today) }))
}

/** The accounts behind a row of the meter, the dearest first. */
export function idleBehind(ledger: Ledger, scope: LossScope, group: LossGroup, key: string): readonly IdleAccount[] {
  return idleMoney(ledger, scope).accounts
    .filter((account) => keyOf(group, account).key === key)
    .sort((a, b) => b.lostFen - a.lostFen)
}
