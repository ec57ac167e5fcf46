/**
 * Crediting gains to households: 3101 待分配累计收益 → 3001, 3002 by the profile's regime, one voucher draft per complex whose
 * entries sum to it. Reversed as a whole like any voucher: the red one gives back household by household.
 */
import { addDays, addMonths, parseDate, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import {
  gainsByDays, gainsByRate, ratesNeeded, type GainAccount, type GainPeriod, type GainRateName, type GainRates, type GainRegime,
} from '#core/household/gain.ts'
import type { HouseholdEntry, HouseholdPart } from '#core/household/household-entry.ts'
import { householdAddress, type HouseholdNature } from '#core/register/household.ts'
import type { BookId, ComplexId, DraftId, HouseholdId } from '#core/id.ts'
import { addFen, formatYuan, plainYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import type { PolicyKey } from '#core/policy/policy.ts'
import { Problem } from '#core/problem.ts'
import { rateMicro } from '#core/rate.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { storeAttachment } from '../attachment.ts'
import { accountByCode } from '../voucher/book.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { requireSubLedger } from './household-account.ts'
import { settingOf } from '../office.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor, type Policy } from '../policy/policy.ts'
import { saveDraft, type DraftLine } from '../voucher/voucher-draft.ts'

export type GainRequest = {
  readonly complexId: ComplexId
  /** Any day of the interest year (A to E); under F the first day that earns. */
  readonly from: BusinessDate
  /** Under F the last day that earns; A to E take the whole interest year. */
  readonly to: BusinessDate
  /** Accounting date of the voucher. */
  readonly date: BusinessDate
  /** Under F, how much of the gains; null: all there are. */
  readonly amountFen: Fen | null
}

type Seat = {
  readonly householdId: HouseholdId
  readonly address: string
  readonly nature: HouseholdNature
  /** The owner's money and, in sold public housing, the selling unit's earn apart. */
  readonly part: 'interest' | 'sellerInterest'
  readonly account: GainAccount
}

export type GainRow = {
  readonly householdId: HouseholdId
  readonly address: string
  readonly part: 'interest' | 'sellerInterest'
  readonly nature: HouseholdNature
  readonly openingFen: Fen
  readonly gainFen: Fen
}

export type GainPreview = {
  readonly complexId: ComplexId
  readonly regime: GainRegime
  readonly from: BusinessDate
  /** Last day that earns. */
  readonly to: BusinessDate
  /** 3101 of the complex at the voucher's date. */
  readonly poolFen: Fen
  readonly totalFen: Fen
  readonly leftFen: Fen
  readonly rows: readonly GainRow[]
}

type DoorRow = {
  readonly householdId: HouseholdId
  readonly building: string
  readonly entrance: string
  readonly room: string
  readonly nature: HouseholdNature
  /** Before the period; null without an entry. */
  readonly ownFen: Fen | null
  readonly sellerFen: Fen | null
}

const heldBefore = (parts: string): string => `(SELECT sum(e.amount_fen)
  FROM household_entry e INDEXED BY household_entry_by_household
  WHERE e.household_id = h.id AND e.part IN (${parts}) AND e.date < :from)`

/** Two sums straight from the index: grouping the years of a complex would sort every one of its entries. */
const DOORS = `
  SELECT h.id AS householdId, b.name AS building, h.entrance, h.room, h.nature,
    ${heldBefore("'principal', 'interest'")} AS ownFen, ${heldBefore("'sellerPrincipal', 'sellerInterest'")} AS sellerFen
  FROM building b CROSS JOIN household h ON h.building_id = b.id WHERE b.complex_id = :complexId
  ORDER BY length(b.code), b.code, h.entrance, h.floor, length(h.room), h.room, h.id`

type MoveRow = { readonly householdId: HouseholdId; readonly part: HouseholdPart; readonly date: BusinessDate; readonly fen: Fen }

const MOVES = `
  SELECT h.id AS householdId, e.part, e.date, e.amount_fen AS fen
  FROM building b CROSS JOIN household h ON h.building_id = b.id
    CROSS JOIN household_entry e INDEXED BY household_entry_by_household ON e.household_id = h.id
      AND e.part IN ('principal', 'interest', 'sellerPrincipal', 'sellerInterest') AND e.date >= :from AND e.date < :to
  WHERE b.complex_id = :complexId`

/** What each day moved, oldest first; days that moved nothing in the end are no days of change. */
function byDay(moved: readonly MoveRow[]): GainAccount['moves'] {
  const days = new Map<BusinessDate, Fen>()
  for (const { date, fen } of moved) days.set(date, addFen(days.get(date) ?? ZERO_FEN, fen))
  return [...days].filter(([, amountFen]) => amountFen !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, amountFen]) => ({ date, amountFen }))
}

/** Each side of each household with its balance on the first day and the days it moved, in the order of the register. */
function seatsOf(ledger: Ledger, complexId: ComplexId, { from, to }: GainPeriod): readonly Seat[] {
  const isOfSeller = ({ part }: MoveRow): boolean => part === 'sellerPrincipal' || part === 'sellerInterest'
  const moves = Map.groupBy(
    ledger.prepare<[Record<string, unknown>], MoveRow>(MOVES).all({ complexId, from, to }), ({ householdId }) => householdId)
  const doors = ledger.prepare<[Record<string, unknown>], DoorRow>(DOORS).all({ complexId, from })
  return doors.flatMap(({ householdId, building, entrance, room, nature, ownFen, sellerFen }): readonly Seat[] => {
    const moved = moves.get(householdId) ?? []
    const sides = [
      { part: 'interest', openingFen: ownFen, ofSide: moved.filter((row) => !isOfSeller(row)) },
      { part: 'sellerInterest', openingFen: sellerFen, ofSide: moved.filter(isOfSeller) },
    ] as const
    return sides.filter(({ openingFen, ofSide }) => openingFen !== null || ofSide.length > 0)
      .map(({ part, openingFen, ofSide }) => ({
        householdId, address: householdAddress(building, entrance, room), nature, part,
        account: { openingFen: openingFen ?? ZERO_FEN, moves: byDay(ofSide) },
      }))
  })
}

const RATE_KEY = {
  demand: 'deposit.demandRate', halfYear: 'gain.halfYearRate', oneYear: 'gain.oneYearRate', flat: 'gain.flatRate',
} as const satisfies Readonly<Record<GainRateName, PolicyKey>>

/** Throws `policy.toFill` for a rate the regime needs and the profile does not know. */
function ratesUnder(policy: Policy, regime: GainRegime): GainRates {
  const rates = { demand: rateMicro(0), halfYear: rateMicro(0), oneYear: rateMicro(0), flat: rateMicro(0) }
  for (const name of ratesNeeded(regime)) rates[name] = policy.require(RATE_KEY[name])
  return rates
}

/** The interest year a day lies in. Throws `policy.toFill`, `gain.yearStart`. */
function interestYear(policy: Policy, day: BusinessDate): GainPeriod {
  const month = policy.require('gain.yearStartMonth')
  if (month < 1 || month > 12) {
    const message = '计息年度的起始月份应为 1 至 12：请在政策口径中更正'
    throw new Problem({ code: 'gain.yearStart', message, field: 'gain.yearStartMonth' })
  }
  const start = parseDate(`${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`)
  const from = start <= day ? start : addMonths(start, -12)
  return { from, to: addMonths(from, 12) }
}

/** 3101 of the complex at the end of a day. */
export function undistributedGains(ledger: Ledger, bookId: BookId, complexId: ComplexId, date: BusinessDate): Fen {
  return ledger
    .prepare<[Record<string, unknown>], { readonly fen: Fen }>(
      `SELECT coalesce(sum(l.credit_fen - l.debit_fen), 0) AS fen
       FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
         ON l.book_id = a.book_id AND l.complex_id = :complexId AND l.account_id = a.id
       WHERE a.book_id = :bookId AND a.code = '${ACCOUNT.undistributedGains}' AND l.date <= :date`,
    )
    .get({ bookId, complexId, date })?.fen ?? ZERO_FEN
}

function refuseBeyondPool(totalFen: Fen, poolFen: Fen): void {
  if (totalFen <= 0) {
    const message = '没有可计入分户账的收益：利息等收入须先做月末结转，转入待分配累计收益'
    throw new Problem({ code: 'gain.none', message, field: 'amountFen' })
  }
  if (totalFen <= poolFen) return
  throw new Problem({
    code: 'gain.pool',
    message: `应计 ${formatYuan(totalFen)} 元，待分配累计收益只有 ${formatYuan(poolFen)} 元，还差 ` +
      `${formatYuan(subtractFen(totalFen, poolFen))} 元：请先做月末结转，或核对利率`,
    field: 'amountFen',
  })
}

/**
 * Nothing is written. Throws `household.notBegun`, `policy.toFill`, `gain.yearStart`, `gain.period`, `gain.none`, `gain.pool`,
 * `gain.overdrawn`, `allocation.noWeight`.
 */
export function previewGain(ledger: Ledger, request: GainRequest): GainPreview {
  const { complexId, date } = request
  const bookId = requireSubLedger(ledger, complexId)
  const policy = policyFor(ledger, complexOf(ledger, complexId).profileCode, date)
  const regime = policy.require('gain.regime')
  const period = regime === 'F' ? { from: request.from, to: addDays(request.to, 1) } : interestYear(policy, request.from)
  const to = addDays(period.to, -1)
  if (to < period.from || date < to) {
    const message = `计息期 ${period.from} 至 ${to}：凭证日期不能早于计息期的最后一天`
    throw new Problem({ code: 'gain.period', message, field: 'date' })
  }
  const poolFen = undistributedGains(ledger, bookId, complexId, date)
  const seats = seatsOf(ledger, complexId, period)
  const accounts = seats.map(({ account }) => account)
  if (regime === 'F') refuseBeyondPool(request.amountFen ?? poolFen, poolFen)
  const gains = regime === 'F'
    ? gainsByDays(request.amountFen ?? poolFen, accounts, period)
    : gainsByRate(accounts, period, regime, ratesUnder(policy, regime))
  const totalFen = addFen(...gains)
  refuseBeyondPool(totalFen, poolFen)
  const rows = seats.map(({ account, ...seat }, index) =>
    ({ ...seat, openingFen: account.openingFen, gainFen: gains[index] ?? ZERO_FEN }))
  return { complexId, regime, from: period.from, to, poolFen, totalFen, leftFen: subtractFen(poolFen, totalFen), rows }
}

function creditLines(
  ledger: Ledger, bookId: BookId, { complexId, rows, totalFen }: GainPreview, summary: string,
): readonly DraftLine[] {
  const shared = (code: string) => ({ summary, complexId, accountId: accountByCode(ledger, bookId, code).id })
  const entriesOf = (nature: HouseholdNature): readonly HouseholdEntry[] =>
    rows.filter((row) => row.nature === nature && row.gainFen > 0)
      .map(({ householdId, part, gainFen }) => ({ householdId, part, amountFen: gainFen }))
  return [
    { ...shared(ACCOUNT.undistributedGains), ...debit(totalFen) },
    ...([['commodity', ACCOUNT.commodityFund], ['soldPublic', ACCOUNT.soldPublicFund]] as const).flatMap(([nature, code]) => {
      const households = entriesOf(nature)
      if (households.length === 0) return []
      return [{ ...shared(code), ...credit(addFen(...households.map(({ amountFen }) => amountFen))), households }]
    }),
  ]
}

/** By door, without names. */
function listOf({ rows, totalFen }: GainPreview): string {
  const lines = rows.map(({ address, part, openingFen, gainFen }) => {
    const whose = part === 'interest' ? '业主' : '售房单位'
    return [`"${address.replaceAll('"', '""')}"`, whose, plainYuan(openingFen), plainYuan(gainFen)].join(',')
  })
  return ['\uFEFF户室,资金,期初余额（元）,计入收益（元）', ...lines, `合计,,,${plainYuan(totalFen)}`, ''].join('\r\n')
}

export type PreparedGain = { readonly draftId: DraftId; readonly preview: GainPreview }

/** One draft of one complex, with the list as its paper. Throws what `previewGain` throws, `gain.twice`. */
export function prepareGain(context: ServiceContext, request: GainRequest): PreparedGain {
  requireRole(context, 'preparer')
  const { ledger } = context
  return ledger.write(() => {
    const preview = previewGain(ledger, request)
    const { complexId, regime, from, to, totalFen } = preview
    const bookId = requireSubLedger(ledger, complexId)
    const complex = complexOf(ledger, complexId)
    const summary = `${from} 至 ${to} 收益计入分户账`
    const paper = storeAttachment(context, {
      name: `${complex.code} ${summary} ${request.date}.csv`, bytes: Buffer.from(listOf(preview), 'utf8'),
    })
    const households = preview.rows.filter(({ gainFen }) => gainFen > 0).length
    const draftId = saveDraft(context, {
      bookId, kind: settingOf(ledger, 'voucherKinds') === 'split' ? 'transfer' : 'general', date: request.date,
      rule: { by: 'household.gain', regime, from, to, totalFen, households }, attachments: [paper.sha256],
      lines: creditLines(ledger, bookId, preview, summary),
    })
    ledger
      .prepare<unknown[], never>(
        `INSERT INTO gain_credit (complex_id, regime, from_date, to_date, total_fen, households, draft_id, actor_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(complexId, regime, from, to, totalFen, households, draftId, context.actor.userId, context.clock.now())
    logOperation(context, 'household.gain', { kind: 'complex', id: complexId }, {
      draftId, regime, from, to, totalFen, households,
    })
    return { draftId, preview }
  })
}

export type GainCredit = {
  readonly id: number
  readonly regime: GainRegime
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly totalFen: Fen
  readonly households: number
  readonly draftId: DraftId
  /** 作废 or 红冲 leaves the period free again. */
  readonly state: 'draft' | 'reviewed' | 'posted' | 'void' | 'reversed'
}

/** Newest period first. */
export function listGainCredits(ledger: Ledger, complexId: ComplexId, limit: number): readonly GainCredit[] {
  return ledger
    .prepare<[number, number], GainCredit>(
      `SELECT g.id, g.regime, g.from_date AS "from", g.to_date AS "to", g.total_fen AS totalFen, g.households,
              g.draft_id AS draftId,
              CASE WHEN EXISTS (SELECT 1 FROM voucher r WHERE r.corrects_voucher_id = v.id AND r.purpose = 'reversal')
                THEN 'reversed' ELSE d.state END AS state
       FROM gain_credit g JOIN voucher_draft d ON d.id = g.draft_id LEFT JOIN voucher v ON v.draft_id = g.draft_id
       WHERE g.complex_id = ? ORDER BY g.to_date DESC, g.id DESC LIMIT ?`,
    )
    .all(complexId, limit)
}
