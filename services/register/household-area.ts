/** A household's areas by source: recorded, which of them counts, what it changes; taking the counting one into the register. */
import type { BusinessDate } from '#core/calendar.ts'
import {
  AREA_SOURCE_WORD, countingArea, newestAreas, settleByArea, type AreaSettlement, type AreaSource, type SourcedArea,
} from '#core/register/area-source.ts'
import type { HouseholdId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { householdDue } from '../household/household-account.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { changeFacts } from './household.ts'
import { householdFactsOf, householdRow, standingHousehold } from './household-record.ts'

export type HouseholdAreas = {
  /** As it stands in the register. */
  readonly standingDm2: number
  /** The newest of each source, in the order in which they count. */
  readonly areas: readonly SourcedArea[]
  /** Null while no source is recorded. */
  readonly counting: SourcedArea | null
  /** Counting − standing; 0 while nothing counts. */
  readonly differenceDm2: number
  /** Null where the first contribution does not follow the area, or nothing differs. */
  readonly settlement: AreaSettlement | null
}

/** Settled by the rate on the household's sheet or the city's on the day. Throws `household.missing`. */
export function householdAreas(ledger: Ledger, id: HouseholdId, date: BusinessDate): HouseholdAreas {
  const row = householdRow(ledger, id)
  const recorded = ledger
    .prepare<[number], SourcedArea>(
      `SELECT source, area_dm2 AS areaDm2, on_date AS onDate, basis FROM household_area WHERE household_id = ?
       ORDER BY on_date, id`,
    )
    .all(id)
  const counting = countingArea(recorded)
  const differenceDm2 = counting === null ? 0 : counting.areaDm2 - row.areaDm2
  const due = householdDue(ledger, id, date)
  const rateFen = row.rateFen ?? (due.first !== null && due.first.basis === 'area' ? due.first.rateFen : null)
  const settlement = counting === null || differenceDm2 === 0
    ? null
    : settleByArea({
        standingDm2: row.areaDm2, countingDm2: counting.areaDm2, rateFen, firstDueFen: row.firstDueFen, paidFen: due.paidFen,
      })
  return { standingDm2: row.areaDm2, areas: newestAreas(recorded), counting, differenceDm2, settlement }
}

export type AreaFacts = SourcedArea & { readonly source: AreaSource }

/** Nothing changes in the register by it. Throws `area.zero`, `area.basis`, `household.future`, `household.left`. */
export function recordArea(context: ServiceContext, id: HouseholdId, facts: AreaFacts): void {
  requireRole(context, 'bookkeeper', 'head', 'preparer')
  const { ledger, clock, actor } = context
  const basis = facts.basis.trim()
  if (facts.areaDm2 <= 0) throw new Problem({ code: 'area.zero', message: '面积须大于 0：请按依据填写', field: 'area' })
  if (basis === '') throw new Problem({ code: 'area.basis', message: '请写明依据，例如产权证号、测绘报告号、合同编号', field: 'basis' })
  if (facts.onDate > clock.today()) {
    throw new Problem({ code: 'household.future', message: '日期不能晚于今天', field: 'onDate' })
  }
  ledger.write(() => {
    standingHousehold(ledger, id)
    ledger
      .prepare<unknown[], never>(
        `INSERT INTO household_area (household_id, source, area_dm2, on_date, basis, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, facts.source, facts.areaDm2, facts.onDate, basis, actor.userId, clock.now())
    logOperation(context, 'household.area', { kind: 'household', id }, {
      source: facts.source, areaDm2: facts.areaDm2, onDate: facts.onDate, basis,
    })
  })
}

/**
 * Takes the counting area into the register; a first contribution by area follows it, so that what is owed or was paid too much
 * shows at once. Throws `area.none`, `area.same`, `household.order`.
 */
export function adoptArea(context: ServiceContext, id: HouseholdId, effectiveOn: BusinessDate): void {
  const { ledger, clock } = context
  const { counting, differenceDm2, settlement } = householdAreas(ledger, id, clock.today())
  if (counting === null) {
    throw new Problem({ code: 'area.none', message: '还没有登记面积的依据：请先登记产权证、测绘或合同上的面积' })
  }
  if (differenceDm2 === 0) {
    throw new Problem({ code: 'area.same', message: '楼盘表的面积与应采用的面积一致，不用变更' })
  }
  const facts = householdFactsOf(householdRow(ledger, id))
  changeFacts(context, id, {
    ...facts, areaDm2: counting.areaDm2,
    firstDueFen: facts.firstDueFen === null || settlement === null ? facts.firstDueFen : settlement.afterFen,
  }, { effectiveOn, reason: `按${AREA_SOURCE_WORD[counting.source]}（${counting.basis}）调整面积` })
}

