/** Facts of households, gains, receipts and vouchers without papers for the self-check. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding } from '#core/checks/finding.ts'
import {
  findNotEqualFund, findNotHandedIn, findReceiptNumbers, findUndistributed, findWrongStandard, type ContributedHousehold,
  type FundStanding, type OwingComplex,
} from '#core/checks/households.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { findWithoutPaper, type CheckedVoucher } from '#core/checks/vouchers.ts'
import { householdAddress } from '#core/register/household.ts'
import type { ComplexId, HouseholdId } from '#core/id.ts'
import { divideRoundHalfUp, fenFromBigInt, ZERO_FEN, type Fen } from '#core/money.ts'
import { receiptText } from '#core/household/receipt.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import { bookOf } from '../voucher/book.ts'
import { standingAbove } from './finding-money.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'
import { fundSum, householdsSum } from '../household/household-fund.ts'
import { PAID_IN } from '../household/household-account.ts'
import type { Policy } from '../policy/policy.ts'

/** Only households whose first contribution and payments are on record. */
const OWING = `
  SELECT count(*) AS households, coalesce(sum(dueFen - paidFen), 0) AS owingFen FROM (
    SELECT h.first_due_fen AS dueFen, ${PAID_IN} AS paidFen
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

const STANDARD = `
  SELECT h.id, b.name AS building, h.entrance, h.room, h.area_dm2 AS areaDm2, h.has_lift AS hasLift, h.rate_fen AS rateFen,
    h.first_due_fen AS chargedFen, h.use
  FROM building b CROSS JOIN household h INDEXED BY household_place ON h.building_id = b.id AND h.state = 'active'
  WHERE b.complex_id = ? AND h.rate_fen IS NOT NULL AND h.first_due_fen IS NOT NULL AND h.is_excluded = 0 ORDER BY h.id`

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

function contributed({ ledger }: CheckReader, complex: CheckedComplex, isForLifts: ForLifts): readonly ContributedHousehold[] {
  return ledger.prepare<[number], StandardRow>(STANDARD).all(complex.id).map((row) => ({
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

export const HOUSEHOLD_RULES: readonly CheckRuleId[] = [
  'contribution.notHandedIn', 'gains.undistributed', 'household.notEqualFund', 'contribution.standard',
]

/** What the rules about contributions, gains and the household sub-ledger find in one complex. */
export function householdFindings(
  reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  const { ledger, scope } = reader
  const findings: Finding[] = []
  if (rules.has('contribution.notHandedIn')) {
    const owing = ledger
      .prepare<[Record<string, unknown>], Pick<OwingComplex, 'households' | 'owingFen'>>(OWING)
      .all({ complexId: complex.id })
      .map((sum) => ({ ...sum, complexId: complex.id, complexName: complex.name }))
    findings.push(...findNotHandedIn(owing))
  }
  if (rules.has('gains.undistributed') || rules.has('household.notEqualFund')) {
    const standing = standingOf(reader, complex)
    const standings = standing === null ? [] : [standing]
    if (rules.has('household.notEqualFund')) findings.push(...findNotEqualFund(standings))
    if (rules.has('gains.undistributed')) {
      findings.push(...reader.under('gains.undistributed', complex, (policy) =>
        findUndistributed(standings, policy.require('check.undistributedDays'), scope.to)))
    }
  }
  if (rules.has('contribution.standard')) {
    findings.push(...findWrongStandard(contributed(reader, complex, ratesForLifts(reader.policyOf(complex)))))
  }
  return findings
}

type NumberRow = { readonly number: number; readonly isVoid: 0 | 1; readonly hasOriginal: 0 | 1 }
type RangeRow = {
  readonly id: number
  readonly prefix: string
  readonly from: number
  readonly to: number
  readonly width: number
}

function receiptFindings({ ledger }: CheckReader): readonly Finding[] {
  const numbers = ledger.prepare<[number], NumberRow>(
    `SELECT number, max(kind = 'void') AS isVoid, max(has_original) AS hasOriginal FROM receipt_event
     WHERE range_id = ? GROUP BY number ORDER BY number`,
  )
  const ranges = ledger
    .prepare<[], RangeRow>(
      'SELECT id, prefix, first_no AS "from", last_no AS "to", width FROM receipt_range WHERE id > 0 ORDER BY id',
    )
    .all()
  return findReceiptNumbers(ranges.map((range) => ({
    id: range.id,
    name: `${receiptText(range, range.from)}–${receiptText(range, range.to)}`,
    from: range.from,
    to: range.to,
    used: numbers.all(range.id).map(({ number, isVoid, hasOriginal }) =>
      ({ number, isVoid: isVoid === 1, hasOriginal: hasOriginal === 1 })),
  })))
}

/** Vouchers of the partial index; those from the bank's lines have their statement for a paper. */
export const VOUCHERS_WITHOUT_PAPER = `
  SELECT v.id, v.kind, v.number, v.date, v.amount_fen AS amountFen, d.statement_line_id AS statementLineId,
    coalesce(json_extract(nullif(v.rule, ''), '$.by'), '') AS ruleBy,
    (SELECT l.complex_id FROM voucher_line l WHERE l.voucher_id = v.id ORDER BY l.line_no LIMIT 1) AS complexId
  FROM book k CROSS JOIN voucher v INDEXED BY voucher_without_paper
    ON v.book_id = k.id AND v.date BETWEEN :from AND :to
    LEFT JOIN voucher_draft d ON d.id = v.draft_id
  WHERE v.attachment_count = 0 AND v.purpose = 'ordinary' AND v.decision_id IS NULL AND (:bookId IS NULL OR k.id = :bookId)
  ORDER BY v.id`

type VoucherRow = Pick<CheckedVoucher, 'id' | 'amountFen'> & {
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
  readonly statementLineId: number | null
  readonly ruleBy: string
  readonly complexId: ComplexId | null
}

/** A rule that works figures out of the ledger itself has its basis there; money that leaves has a paper. */
const NEEDS_PAPER: readonly string[] = ['', 'publicIncome.cost', 'publicIncome.use']

function voucherFindings({ ledger, scope }: CheckReader): readonly Finding[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], VoucherRow>(VOUCHERS_WITHOUT_PAPER)
    .all({ from: scope.from ?? '0000-01-01', to: scope.to, bookId: scope.bookId })
    .filter(({ date, complexId }) => isInPeriod(scope, date) && (scope.complexId === null || complexId === scope.complexId))
  return findWithoutPaper(rows.map((row) => ({
    id: row.id,
    label: `${row.date} ${voucherWord(row.kind, row.number)}`,
    complexId: row.complexId,
    amountFen: row.amountFen,
    papers: 0,
    hasBankLine: row.statementLineId !== null,
    needsPaper: NEEDS_PAPER.includes(row.ruleBy),
  })))
}

/** A range of receipts is the office's, not one complex's, and serves the maintenance fund alone. */
function mayReadReceipts({ ledger, scope }: CheckReader): boolean {
  if (scope.complexId !== null) return false
  return scope.bookId === null || bookOf(ledger, scope.bookId).fundKind === 'maintenance'
}

/** Receipts and vouchers of the whole office. */
export function registerFindings(reader: CheckReader, rules: ReadonlySet<CheckRuleId>): readonly Finding[] {
  return [
    ...(rules.has('receipt.numbers') && mayReadReceipts(reader) ? receiptFindings(reader) : []),
    ...(rules.has('voucher.noPaper') ? voucherFindings(reader) : []),
  ]
}
