/**
 * Claims for self-funding (自筹): made from an apportionment sheet, listed by complex and sheet with what came in and how old they
 * are, and withdrawn when nobody collects them any more. Collecting is services/household/self-funding-collection.ts.
 */
import type { BusinessDate } from '#core/calendar.ts'
import {
  claimAge, claimState, leftOfClaim, shortParts, type ClaimedPart, type ClaimMoney, type ClaimState,
} from '#core/household/self-funding.ts'
import { householdAddress } from '#core/register/household.ts'
import type { ApportionmentId, ComplexId, HouseholdId, SelfFundingClaimId } from '#core/id.ts'
import { addFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { apportionmentOf, type ApportionmentSheet } from './apportionment.ts'
import { repairApportionments } from './apportionment-repair.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

/** For a receipt `r` with its draft `d`: its voucher stands, or may still be posted. */
const IN_FORCE = `d.state <> 'void' AND NOT EXISTS (
  SELECT 1 FROM voucher v JOIN voucher x ON x.corrects_voucher_id = v.id AND x.purpose = 'reversal' WHERE v.draft_id = d.id)`

/** For a claim `c`. */
const collected = (states: string): string => `(SELECT coalesce(sum(r.amount_fen), 0)
  FROM self_funding_receipt r JOIN voucher_draft d ON d.id = r.draft_id
  WHERE r.claim_id = c.id AND d.state IN (${states}) AND ${IN_FORCE})`

export type ListedClaim = Omit<ClaimMoney, 'isWithdrawn'> & {
  readonly id: SelfFundingClaimId
  readonly complexId: ComplexId
  readonly apportionmentId: ApportionmentId
  /** The sheet's. */
  readonly title: string
  readonly householdId: HouseholdId
  readonly address: string
  readonly part: ClaimedPart
  readonly isDeveloperHeld: boolean
  readonly state: ClaimState
  /** Neither collected nor on its way. */
  readonly leftFen: Fen
  readonly demandedOn: BusinessDate
  readonly dueOn: BusinessDate
  readonly ageDays: number
  /** 0 for what is not due yet, paid or withdrawn. */
  readonly overdueDays: number
  /** Why it is asked for no more; '' while it is. */
  readonly withdrawnReason: string
}

type ClaimRow = Pick<ListedClaim, 'id' | 'complexId' | 'apportionmentId' | 'title' | 'householdId' | 'part' | 'owedFen' |
  'collectedFen' | 'pendingFen' | 'demandedOn' | 'dueOn'> & {
  readonly building: string
  readonly entrance: string
  readonly room: string
  readonly isDeveloperHeld: 0 | 1
  readonly withdrawnReason: string | null
}

const CLAIM = `
  SELECT c.id, c.complex_id AS complexId, c.apportionment_id AS apportionmentId, a.title, c.household_id AS householdId, c.part,
    c.owed_fen AS owedFen,
    ${collected("'posted'")} AS collectedFen, ${collected("'draft', 'reviewed'")} AS pendingFen, c.demanded_on AS demandedOn,
    c.due_on AS dueOn, b.name AS building, h.entrance, h.room, s.is_developer_held AS isDeveloperHeld, w.reason AS withdrawnReason
  FROM self_funding_claim c JOIN apportionment a ON a.id = c.apportionment_id
    JOIN apportionment_share s ON s.apportionment_id = c.apportionment_id AND s.household_id = c.household_id
    JOIN household h ON h.id = c.household_id JOIN building b ON b.id = h.building_id
    LEFT JOIN self_funding_withdrawal w ON w.claim_id = c.id`

function claimOfRow(row: ClaimRow, today: BusinessDate): ListedClaim {
  const { building, entrance, room, isDeveloperHeld, withdrawnReason, ...facts } = row
  const money = { ...facts, isWithdrawn: withdrawnReason !== null }
  const state = claimState(money)
  const age = claimAge(facts, today)
  return {
    ...facts, state, address: householdAddress(building, entrance, room), isDeveloperHeld: isDeveloperHeld === 1,
    leftFen: leftOfClaim(money), ageDays: age.ageDays, withdrawnReason: withdrawnReason ?? '',
    overdueDays: state === 'open' || state === 'part' ? age.overdueDays : 0,
  }
}

/** Throws `selfFunding.missing`. */
export function claimOf(ledger: Ledger, id: SelfFundingClaimId, today: BusinessDate): ListedClaim {
  const row = ledger.prepare<[number], ClaimRow>(`${CLAIM} WHERE c.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'selfFunding.missing', message: '没有这笔自筹，请刷新后重试' })
  return claimOfRow(row, today)
}

export type ClaimScope = {
  readonly complexId: ComplexId
  /** One sheet's; absent: all of the complex. */
  readonly apportionmentId?: ApportionmentId
  /** Only claims something is still to come of. */
  readonly isOpen?: boolean
  /** Keyset: the last claim of the page before. */
  readonly after?: SelfFundingClaimId
  readonly limit: number
}

/** In the order they were made, which is the order of their sheets. */
export function listClaims(ledger: Ledger, scope: ClaimScope, today: BusinessDate): readonly ListedClaim[] {
  const ofSheet = scope.apportionmentId === undefined ? '' : 'AND c.apportionment_id = :apportionmentId'
  const open = scope.isOpen === true ? `AND w.claim_id IS NULL AND ${collected("'posted'")} < c.owed_fen` : ''
  return ledger
    .prepare<[Record<string, unknown>], ClaimRow>(
      `${CLAIM} WHERE c.complex_id = :complexId AND c.id > :after ${ofSheet} ${open} ORDER BY c.id LIMIT :limit`,
    )
    .all({
      complexId: scope.complexId, after: scope.after ?? 0, limit: scope.limit,
      ...(scope.apportionmentId !== undefined && { apportionmentId: scope.apportionmentId }),
    })
    .map((row) => claimOfRow(row, today))
}

export type ClaimedSheet = {
  readonly apportionmentId: ApportionmentId
  readonly title: string
  readonly demandedOn: BusinessDate
  readonly dueOn: BusinessDate
  readonly claims: number
  /** Claims something is still to come of. */
  readonly open: number
  readonly owedFen: Fen
  readonly collectedFen: Fen
  readonly pendingFen: Fen
  /** Of open claims, pending drafts included. */
  readonly leftFen: Fen
  readonly ageDays: number
  /** 0 where nothing is open. */
  readonly overdueDays: number
}

type SheetRow = Omit<ClaimedSheet, 'ageDays' | 'overdueDays'>

/** What each sheet of a complex asked for and what came in; newest first. */
export function claimedSheets(
  ledger: Ledger, { complexId, limit }: { readonly complexId: ComplexId; readonly limit: number }, today: BusinessDate,
): readonly ClaimedSheet[] {
  return ledger
    .prepare<[Record<string, unknown>], SheetRow>(
      `SELECT apportionmentId, title, min(demandedOn) AS demandedOn, max(dueOn) AS dueOn, count(*) AS claims,
         sum(CASE WHEN isWithdrawn = 0 AND collectedFen < owedFen THEN 1 ELSE 0 END) AS open, sum(owedFen) AS owedFen,
         sum(collectedFen) AS collectedFen, sum(pendingFen) AS pendingFen,
         sum(CASE WHEN isWithdrawn = 0 THEN max(0, owedFen - collectedFen) ELSE 0 END) AS leftFen
       FROM (SELECT c.apportionment_id AS apportionmentId, a.title, c.demanded_on AS demandedOn, c.due_on AS dueOn,
               c.owed_fen AS owedFen, ${collected("'posted'")} AS collectedFen, ${collected("'draft', 'reviewed'")} AS pendingFen,
               EXISTS (SELECT 1 FROM self_funding_withdrawal w WHERE w.claim_id = c.id) AS isWithdrawn
             FROM self_funding_claim c JOIN apportionment a ON a.id = c.apportionment_id WHERE c.complex_id = :complexId)
       GROUP BY apportionmentId ORDER BY apportionmentId DESC LIMIT :limit`,
    )
    .all({ complexId, limit })
    .map((row) => {
      const { ageDays, overdueDays } = claimAge(row, today)
      return { ...row, ageDays, overdueDays: row.open === 0 ? 0 : overdueDays }
    })
}

/** Claims of earlier sheets of the same repair: a later sheet counts what they brought in, and asks for the rest. */
function withdrawSuperseded(context: ServiceContext, sheet: ApportionmentSheet): number {
  const { ledger, clock } = context
  if (sheet.repairId === null) return 0
  const earlier = repairApportionments(ledger, sheet.repairId).filter(({ id }) => id < sheet.id)
  const open = earlier.flatMap(({ id }) =>
    listClaims(ledger, { complexId: sheet.complexId, apportionmentId: id, isOpen: true, limit: 100_000 }, clock.today()))
  for (const { id } of open) withdraw(context, id, `由分摊表 ${sheet.id} 重新计算`)
  return open.length
}

export type RaisedClaims = { readonly claims: number; readonly owedFen: Fen; readonly superseded: number }

/**
 * Asks the households of a sheet for what they lack, whole or not at all; open claims of earlier sheets of the same repair are
 * withdrawn. Throws `selfFunding.purpose`, `selfFunding.nobody`, `selfFunding.raised`, `selfFunding.older`, `selfFunding.dueOn`,
 * `selfFunding.pending`, `apportionment.missing`.
 */
export function raiseClaims(
  context: ServiceContext, facts: { readonly apportionmentId: ApportionmentId; readonly dueOn: BusinessDate },
): RaisedClaims {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const { ledger, clock, actor } = context
  const { apportionmentId, dueOn } = facts
  const today = clock.today()
  const sheet = apportionmentOf(ledger, apportionmentId)
  if (sheet.purpose !== 'plan' && sheet.purpose !== 'repair') {
    throw new Problem({ code: 'selfFunding.purpose', message: '只有维修的分摊表才有自筹；公共收益分配和水电分摊不需要征缴' })
  }
  if (dueOn < today) {
    throw new Problem({ code: 'selfFunding.dueOn', message: '交款期限不能早于今天：请给住户留出交款的时间', field: 'dueOn' })
  }
  const [newest] = sheet.repairId === null ? [] : repairApportionments(ledger, sheet.repairId)
  if (newest !== undefined && newest.id !== apportionmentId) {
    const message = `这个维修项目已有更新的分摊表（编号 ${newest.id}）：请按最新的一份发起征缴`
    throw new Problem({ code: 'selfFunding.older', message })
  }
  const short = shortParts(sheet.rows)
  if (short.length === 0) {
    throw new Problem({ code: 'selfFunding.nobody', message: '各户余额都够承担这次分摊，没有需要自筹的户室' })
  }
  const [raised] = listClaims(ledger, { complexId: sheet.complexId, apportionmentId, limit: 1 }, today)
  if (raised !== undefined) {
    const message = `这份分摊表已于 ${raised.demandedOn} 发起征缴，不用重复发起`
    throw new Problem({ code: 'selfFunding.raised', message })
  }
  return ledger.write(() => {
    const superseded = withdrawSuperseded(context, sheet)
    const insert = ledger.prepare<unknown[], never>(
      `INSERT INTO self_funding_claim
         (complex_id, apportionment_id, household_id, part, owed_fen, demanded_on, due_on, actor_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    for (const { householdId, part, owedFen } of short) {
      insert.run(sheet.complexId, apportionmentId, householdId, part, owedFen, today, dueOn, actor.userId, clock.now())
    }
    const owedFen = addFen(...short.map((each) => each.owedFen))
    logOperation(context, 'selfFunding.raise', { kind: 'apportionment', id: apportionmentId }, {
      claims: short.length, owedFen, dueOn, superseded,
    })
    return { claims: short.length, owedFen, superseded }
  })
}

function withdraw({ ledger, clock, actor }: ServiceContext, id: SelfFundingClaimId, reason: string): void {
  const claim = claimOf(ledger, id, clock.today())
  if (claim.pendingFen > 0) {
    const message = `${claim.address} 有自筹收款凭证还没有记账：请先记账或作废那张凭证`
    throw new Problem({ code: 'selfFunding.pending', message })
  }
  if (claim.state === 'paid') {
    throw new Problem({ code: 'selfFunding.paid', message: `${claim.address} 的自筹已经收清，不用撤销` })
  }
  if (claim.state === 'withdrawn') throw new Problem({ code: 'selfFunding.withdrawn', message: `${claim.address} 的自筹已经撤销` })
  ledger
    .prepare<unknown[], never>('INSERT INTO self_funding_withdrawal VALUES (?, ?, ?, ?)')
    .run(id, reason, actor.userId, clock.now())
}

/**
 * What came in stays with the household; the rest is asked for no more. Throws `selfFunding.reason`, `selfFunding.pending`,
 * `selfFunding.paid`, `selfFunding.withdrawn`, `selfFunding.missing`.
 */
export function withdrawClaims(
  context: ServiceContext, { claimIds, reason }: { readonly claimIds: readonly SelfFundingClaimId[]; readonly reason: string },
): void {
  requireRole(context, 'bookkeeper', 'head')
  const why = reason.trim()
  if (why === '') throw new Problem({ code: 'selfFunding.reason', message: '请写明为什么不再征缴', field: 'reason' })
  context.ledger.write(() => {
    for (const id of claimIds) {
      withdraw(context, id, why)
      logOperation(context, 'selfFunding.withdraw', { kind: 'selfFundingClaim', id }, { reason: why })
    }
  })
}
