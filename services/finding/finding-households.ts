/** Facts of households, their contributions and gains for the self-check. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import {
  findNotEqualFund, findNotHandedIn, findTitleUnpaid, findUndistributed, findWrongStandard, type ContributedHousehold,
  type FundStanding, type OwingComplex,
} from '#core/checks/households.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { householdAddress } from '#core/register/household.ts'
import type { HouseholdId } from '#core/id.ts'
import { divideRoundHalfUp, fenFromBigInt, ZERO_FEN, type Fen } from '#core/money.ts'
import { standingAbove } from './finding-idle.ts'
import type { CheckedComplex, CheckReader } from './finding-scope.ts'
import { fundSum, householdsSum } from '../household/household-fund.ts'
import { PAID_IN } from '../household/household-account.ts'
import type { Policy } from '../policy/policy.ts'

/** In an owner's name by the end of the period; the rooms a developer has not sold are not. */
const TITLED = `h.is_developer_held = 0 AND coalesce((SELECT total_parts FROM ownership_set
  WHERE household_id = h.id AND from_date <= :to ORDER BY from_date DESC, id DESC LIMIT 1), 0) > 0`

/** Only households whose first contribution and payments are on record: in all, and those with a title, in one reading. */
const OWING = `
  SELECT count(*) AS households, coalesce(sum(dueFen - paidFen), 0) AS owingFen,
    coalesce(sum(isTitled), 0) AS titledHouseholds, coalesce(sum((dueFen - paidFen) * isTitled), 0) AS titledOwingFen FROM (
    SELECT h.first_due_fen AS dueFen, ${PAID_IN} AS paidFen, ${TITLED} AS isTitled
    FROM building b CROSS JOIN household h INDEXED BY household_place ON h.building_id = b.id AND h.state = 'active'
      LEFT JOIN household_opening o ON o.household_id = h.id
    WHERE b.complex_id = :complexId AND h.is_excluded = 0 AND h.first_due_fen > 0
      AND (o.household_id IS NOT NULL OR EXISTS (SELECT 1 FROM book k CROSS JOIN household_ledger g
        ON g.book_id = k.id AND g.complex_id = :complexId WHERE k.fund_kind = 'maintenance')))
  WHERE paidFen < dueFen`

const TIED_OUT = `
  SELECT ${fundSum('g.book_id', 'g.complex_id')} AS fundFen, ${householdsSum('g.complex_id')} AS householdsFen
  FROM book k CROSS JOIN household_ledger g ON g.book_id = k.id AND g.complex_id = :complexId
  WHERE :bookId IS NULL OR k.id = :bookId`

/** 3101 by day: gains not yet distributed. */
const GAINS = `
  SELECT l.date, sum(l.credit_fen - l.debit_fen) AS movementFen
  FROM book k CROSS JOIN account a ON a.book_id = k.id AND a.code = '3101'
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = k.id AND l.complex_id = :complexId AND l.account_id = a.id AND l.date <= :to
  WHERE k.fund_kind = 'maintenance' AND (:bookId IS NULL OR k.id = :bookId)
  GROUP BY l.date ORDER BY l.date`

/** `someOnly`: of the households of `:only`, found by their numbers. */
const STANDARD = (someOnly: boolean): string => `
  SELECT h.id, b.name AS building, h.entrance, h.room, h.area_dm2 AS areaDm2, h.has_lift AS hasLift, h.rate_fen AS rateFen,
    h.first_due_fen AS chargedFen, h.use
  FROM ${someOnly
    ? "json_each(:only) j CROSS JOIN household h ON h.id = j.value AND h.state = 'active' JOIN building b ON b.id = h.building_id"
    : "building b CROSS JOIN household h INDEXED BY household_place ON h.building_id = b.id AND h.state = 'active'"}
  WHERE b.complex_id = :complexId AND h.rate_fen IS NOT NULL AND h.first_due_fen IS NOT NULL AND h.is_excluded = 0 ORDER BY h.id`

type StandardRow = {
  readonly id: HouseholdId
  readonly building: string
  readonly entrance: string
  readonly room: string
  readonly areaDm2: number
  readonly hasLift: 0 | 1
  readonly rateFen: Fen
  readonly chargedFen: Fen
  readonly use: string
}

type ForLifts = (rateFen: Fen) => boolean | null

/** Whether a rate is the city's for houses with a lift; null where the city's rates do not tell the two apart. */
function ratesForLifts(policy: Policy): ForLifts {
  const [withLift, without] = [policy.value('contribution.liftRate'), policy.value('contribution.noLiftRate')]
  if (withLift === null || without === null || withLift === without) return () => null
  return (rateFen) => {
    if (rateFen === withLift) return true
    return rateFen === without ? false : null
  }
}

function contributed(
  { ledger, scope: { householdIds } }: CheckReader, complex: CheckedComplex, isForLifts: ForLifts,
): readonly ContributedHousehold[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], StandardRow>(STANDARD(householdIds !== undefined))
    .all({ complexId: complex.id, ...(householdIds !== undefined && { only: JSON.stringify(householdIds) }) })
  return rows.map((row) => ({
    id: row.id,
    label: `${complex.name} ${householdAddress(row.building, row.entrance, row.room)}`,
    complexId: complex.id,
    hasLift: row.hasLift === 1,
    chargedWithLift: row.use === 'house' ? isForLifts(row.rateFen) : null,
    // dm² × fen per m² is a hundredth of a fen.
    dueFen: fenFromBigInt(divideRoundHalfUp(BigInt(row.areaDm2) * BigInt(row.rateFen), 100n)),
    chargedFen: row.chargedFen,
  }))
}

function standingOf({ ledger, scope }: CheckReader, { id, name }: CheckedComplex): FundStanding | null {
  const tied = ledger
    .prepare<[Record<string, unknown>], { readonly fundFen: Fen; readonly householdsFen: Fen }>(TIED_OUT)
    .get({ complexId: id, bookId: scope.bookId })
  const gains = ledger
    .prepare<[Record<string, unknown>], { readonly date: BusinessDate; readonly movementFen: Fen }>(GAINS)
    .all({ complexId: id, bookId: scope.bookId, to: scope.to })
  if (tied === undefined && gains.length === 0) return null
  const { balanceFen, since } = standingAbove(gains, ZERO_FEN)
  const { fundFen, householdsFen } = tied ?? { fundFen: ZERO_FEN, householdsFen: ZERO_FEN }
  return { complexId: id, complexName: name, fundFen, householdsFen, undistributedFen: balanceFen, undistributedSince: since }
}

type OwingRow = Pick<OwingComplex, 'households' | 'owingFen'> & {
  readonly titledHouseholds: number
  readonly titledOwingFen: Fen
}

function owingComplex({ ledger, scope }: CheckReader, { id, name }: CheckedComplex) {
  const rows = ledger.prepare<[Record<string, unknown>], OwingRow>(OWING).all({ complexId: id, to: scope.to })
  const of = (sum: Pick<OwingComplex, 'households' | 'owingFen'>): OwingComplex => ({ ...sum, complexId: id, complexName: name })
  return {
    all: rows.map(({ households, owingFen }) => of({ households, owingFen })),
    titled: rows.map(({ titledHouseholds, titledOwingFen }) => of({ households: titledHouseholds, owingFen: titledOwingFen })),
  }
}

export const HOUSEHOLD_RULES: readonly CheckRuleId[] = [
  'contribution.notHandedIn', 'contribution.titleUnpaid', 'gains.undistributed', 'household.notEqualFund',
  'contribution.standard',
]

/** What the rules about contributions, gains and the household sub-ledger find in one complex. */
export function householdFindings(
  reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  const { scope } = reader
  const findings: Finding[] = []
  if (rules.has('contribution.notHandedIn') || rules.has('contribution.titleUnpaid')) {
    const { all, titled } = owingComplex(reader, complex)
    if (rules.has('contribution.notHandedIn')) findings.push(...findNotHandedIn(all, reader.today.slice(0, 4)))
    if (rules.has('contribution.titleUnpaid')) findings.push(...findTitleUnpaid(titled))
  }
  if (rules.has('gains.undistributed') || rules.has('household.notEqualFund')) {
    const standing = standingOf(reader, complex)
    const standings = standing === null ? [] : [standing]
    if (rules.has('household.notEqualFund')) findings.push(...findNotEqualFund(standings))
    if (rules.has('gains.undistributed')) {
      findings.push(...reader.judge('gains.undistributed', complex, standings, () => scope.to, (ofDay, policy) =>
        findUndistributed(ofDay, policy.require('check.undistributedDays'), scope.to)))
    }
  }
  if (rules.has('contribution.standard')) {
    findings.push(...findWrongStandard(contributed(reader, complex, ratesForLifts(reader.policyOn(complex, reader.today)))))
  }
  return findings
}
