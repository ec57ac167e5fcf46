/**
 * Opening the household sub-ledger (分户建账): every household's opening balance in one voucher, tied out to the fund to the fen
 * (财会〔2020〕7号 changeover; 165号令 art. 10). From its posting on, each line of the complex's fund says whose money it moves.
 */
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { HouseholdEntry } from '#core/household/household-entry.ts'
import type { HouseholdNature } from '#core/register/household.ts'
import type { BookId, ComplexId, DraftId, HouseholdId } from '#core/id.ts'
import { addFen, formatYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode, bookOf } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { householdLedgerBegun } from './household-entry.ts'
import { fundSum } from './household-fund.ts'
import { logOperation } from '../operation-log.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

/** 3001 + 3002 and what the unclosed months add to them: what all households together must hold. */
export function fundOfComplex(ledger: Ledger, bookId: BookId, complexId: ComplexId): Fen {
  const row = ledger
    .prepare<[Record<string, unknown>], { readonly fen: Fen }>(
      `SELECT ${fundSum(':bookId', ':complexId')} AS fen`,
    )
    .get({ bookId, complexId })
  return row?.fen ?? ZERO_FEN
}

export type OpeningTieOut = { readonly fundFen: Fen; readonly householdsFen: Fen; readonly differenceFen: Fen }

export function openingTieOut(
  ledger: Ledger, bookId: BookId, complexId: ComplexId, entries: readonly HouseholdEntry[],
): OpeningTieOut {
  const fundFen = fundOfComplex(ledger, bookId, complexId)
  const householdsFen = addFen(...entries.map(({ amountFen }) => amountFen))
  return { fundFen, householdsFen, differenceFen: subtractFen(householdsFen, fundFen) }
}

export type RegisterOpening = OpeningTieOut & {
  readonly isBegun: boolean
  readonly entries: readonly HouseholdEntry[]
  /** Households that bring money along, and those in the register of which nothing is known. */
  readonly households: number
  readonly unknown: number
}

type OpeningRow = { readonly householdId: HouseholdId; readonly interestFen: Fen | null; readonly balanceFen: Fen | null }

/**
 * The opening as the register was handed over: each household's balance, its interest apart as far as the balance reaches, and
 * how it ties out. Nothing is written.
 */
export function openingFromRegister(ledger: Ledger, bookId: BookId, complexId: ComplexId): RegisterOpening {
  const rows = ledger
    .prepare<[number], OpeningRow>(
      `SELECT h.id AS householdId, o.interest_fen AS interestFen, o.balance_fen AS balanceFen
       FROM building b CROSS JOIN household h ON h.building_id = b.id LEFT JOIN household_opening o ON o.household_id = h.id
       WHERE b.complex_id = ? AND h.state = 'active' ORDER BY h.id`,
    )
    .all(complexId)
  const entries = rows.flatMap(({ householdId, interestFen, balanceFen }): readonly HouseholdEntry[] => {
    if (balanceFen === null || interestFen === null) return []
    const interest = interestFen < balanceFen ? interestFen : balanceFen
    const parts = [['principal', subtractFen(balanceFen, interest)], ['interest', interest]] as const
    return parts.filter(([, amountFen]) => amountFen !== 0).map(([part, amountFen]) => ({ householdId, part, amountFen }))
  })
  return {
    ...openingTieOut(ledger, bookId, complexId, entries),
    isBegun: householdLedgerBegun(ledger, bookId, complexId),
    entries,
    households: new Set(entries.map(({ householdId }) => householdId)).size,
    unknown: rows.filter(({ balanceFen }) => balanceFen === null).length,
  }
}

/** Opens from the register, or begins empty where there is no fund yet; then null. Throws what both throw. */
export function openHouseholdLedger(
  context: ServiceContext, facts: Omit<OpeningFacts, 'entries'>,
): DraftId | null {
  const { entries, fundFen } = openingFromRegister(context.ledger, facts.bookId, facts.complexId)
  if (fundFen !== 0 || entries.length > 0) return prepareHouseholdOpening(context, { ...facts, entries })
  beginHouseholdLedger(context, facts)
  return null
}

export type OpeningFacts = {
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly date: BusinessDate
  /** Every household with money; parts apart. */
  readonly entries: readonly HouseholdEntry[]
  /** The old system's list the figures were taken from. */
  readonly attachments: readonly string[]
}

/**
 * Prepares the opening voucher of a complex whose fund is in the books already: the fund turned over in 3001, in whole, with
 * each household's share. Throws `household.begun`, `household.tieOut` with the difference, `household.overdrawn`.
 */
export function prepareHouseholdOpening(context: ServiceContext, facts: OpeningFacts): DraftId {
  requireRole(context, 'preparer')
  const { ledger } = context
  const { bookId, complexId, entries } = facts
  refuseBegun(ledger, bookId, complexId)
  const { fundFen, householdsFen, differenceFen } = openingTieOut(ledger, bookId, complexId, entries)
  if (differenceFen !== 0) {
    throw new Problem({
      code: 'household.tieOut',
      message:
        `各户期初合计 ${formatYuan(householdsFen)} 元，总账 ${formatYuan(fundFen)} 元，相差 ${formatYuan(differenceFen)} 元：` +
        '差一分也不能建账',
      field: 'entries',
    })
  }
  if (fundFen === 0) {
    throw new Problem({ code: 'household.noFund', message: '这个小区还没有维修资金，直接启用分户账即可', field: 'complex' })
  }
  const lines = byFund(ledger, entries).flatMap(([code, ofFund]) => {
    const line = { summary: '分户建账', accountId: accountByCode(ledger, bookId, code).id, complexId }
    const sum = addFen(...ofFund.map(({ amountFen }) => amountFen))
    return [{ ...line, ...debit(sum) }, { ...line, ...credit(sum), households: ofFund }]
  })
  return ledger.write(() => {
    const draftId = saveDraft(context, {
      bookId,
      kind: 'general',
      date: facts.date,
      purpose: 'opening',
      rule: { by: 'household.opening', complexId, households: new Set(entries.map(({ householdId }) => householdId)).size },
      attachments: facts.attachments,
      lines,
    })
    logOperation(context, 'household.prepareOpening', { kind: 'complex', id: complexId }, { bookId, draftId, fundFen })
    return draftId
  })
}

/** Commodity housing and sold public housing are booked separately (财会〔2020〕7号 §1). */
function byFund(ledger: Ledger, entries: readonly HouseholdEntry[]): readonly (readonly [string, readonly HouseholdEntry[]])[] {
  const nature = ledger.prepare<[number], { readonly nature: HouseholdNature }>('SELECT nature FROM household WHERE id = ?')
  return [...Map.groupBy(entries, ({ householdId }) =>
    nature.get(householdId)?.nature === 'soldPublic' ? ACCOUNT.soldPublicFund : ACCOUNT.commodityFund)]
}

function refuseBegun(ledger: Ledger, bookId: BookId, complexId: ComplexId): void {
  if (bookOf(ledger, bookId).fundKind !== 'maintenance') {
    throw new Problem({ code: 'household.book', message: '只有住宅专项维修资金的账簿设分户账', field: 'book' })
  }
  if (!householdLedgerBegun(ledger, bookId, complexId)) return
  throw new Problem({ code: 'household.begun', message: '这个小区已经建了分户账，余额变动请从分户业务办理', field: 'complex' })
}

/** For a complex that has no fund yet: nothing to open, entries from the first contribution on. Throws `household.tieOut`. */
export function beginHouseholdLedger(
  context: ServiceContext, facts: { readonly bookId: BookId; readonly complexId: ComplexId; readonly date: BusinessDate },
): void {
  requireRole(context, 'bookkeeper', 'head', 'preparer')
  const { ledger } = context
  refuseBegun(ledger, facts.bookId, facts.complexId)
  ledger.write(() => {
    ledger
      .prepare<unknown[], never>('INSERT INTO household_ledger VALUES (?, ?, NULL, ?, ?, ?)')
      .run(facts.complexId, facts.bookId, facts.date, context.actor.userId, context.clock.now())
    logOperation(context, 'household.begin', { kind: 'complex', id: facts.complexId }, { bookId: facts.bookId })
  })
}
