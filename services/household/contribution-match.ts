/** Contributions in batches from the bank's statement: each open receipt with the household it fits, then a draft per line. */
import { monthOf, type BusinessDate } from '#core/calendar.ts'
import { indexPayers, matchContribution, type ContributionMatch, type Payer } from '#core/household/contribution-match.ts'
import type { BankAccountId, BookId, ComplexId, DraftId, HouseholdId, OwnerId, StatementLineId } from '#core/id.ts'
import { subtractFen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { prepareContribution, type PaidPart } from './contribution.ts'
import { requireSubLedger } from './household-account.ts'
import { listHouseholds } from '../register/household-list.ts'
import { openKeys } from '../register/identity-vault.ts'
import { nameOfOwner } from '../register/owner.ts'
import { lineInWords, lineOf, listLines, type StatementLine } from '../statement/statement-outcome.ts'

type Owned = { readonly householdId: HouseholdId; readonly ownerId: OwnerId; readonly nameSealed: Buffer }

/** In clear, for comparing alone: they leave this file only as a match. Empty while the vault is closed. */
function namesOf(ledger: Ledger, complexId: ComplexId): ReadonlyMap<HouseholdId, readonly string[]> {
  const keys = openKeys(ledger)
  if (keys === null) return new Map()
  const rows = ledger
    .prepare<[number], Owned>(
      `SELECT h.id AS householdId, w.id AS ownerId, w.name_sealed AS nameSealed
       FROM building b CROSS JOIN household h ON h.building_id = b.id
         JOIN ownership_share p ON p.set_id = (SELECT n.id FROM ownership_set n WHERE n.household_id = h.id
                                               ORDER BY n.from_date DESC, n.id DESC LIMIT 1)
         JOIN owner w ON w.id = p.owner_id
       WHERE b.complex_id = ? AND h.state = 'active'`,
    )
    .all(complexId)
  const grouped = Map.groupBy(rows, ({ householdId }) => householdId)
  return new Map([...grouped].map(([id, owners]) => [id, owners.map((owner) => nameOfOwner(keys, owner))]))
}

const PAGE = 500

type Door = Payer & { readonly address: string }

function doorsOf(ledger: Ledger, complexId: ComplexId, date: BusinessDate): readonly Door[] {
  const names = namesOf(ledger, complexId)
  const doors: Door[] = []
  for (;;) {
    const after = doors.at(-1)?.householdId
    const page = listHouseholds(ledger, { complexId, limit: PAGE, ...(after !== undefined && { after }) }, date)
    doors.push(...page.map((row): Door => ({
      householdId: row.id, building: row.buildingCode, entrance: row.entrance, room: row.room, address: row.address,
      names: names.get(row.id) ?? [],
      owedFen: row.firstDueFen === null || row.paidFen === null ? null : subtractFen(row.firstDueFen, row.paidFen),
    })))
    if (page.length < PAGE) return doors
  }
}

export type ProposedContribution = {
  readonly line: Pick<StatementLine, 'id' | 'date' | 'amountFen' | 'party' | 'memo'>
  readonly match: (ContributionMatch & { readonly address: string }) | null
}

export type MatchScope = { readonly complexId: ComplexId; readonly bankAccountId: BankAccountId; readonly limit: number }

/** Receipts nobody has dealt with, newest first. Throws `household.notBegun`. */
export function proposeContributions(ledger: Ledger, scope: MatchScope, date: BusinessDate): readonly ProposedContribution[] {
  requireSubLedger(ledger, scope.complexId)
  const doors = doorsOf(ledger, scope.complexId, date)
  const index = indexPayers(doors)
  const addresses = new Map(doors.map(({ householdId, address }) => [householdId, address]))
  return listLines(ledger, { bankAccountId: scope.bankAccountId, state: 'open', limit: scope.limit })
    .filter(({ amountFen, kind }) => amountFen > 0 && kind !== 'reversal')
    .map(({ id, date: day, amountFen, party, memo }) => {
      const match = matchContribution({ memo, party, amountFen }, index)
      return {
        line: { id, date: day, amountFen, party, memo },
        match: match === null ? null : { ...match, address: addresses.get(match.householdId) ?? '' },
      }
    })
}

export type ConfirmedLine = {
  readonly lineId: StatementLineId
  readonly householdId: HouseholdId
  readonly part: PaidPart
}

/** The bank's day where its month is open, else today: a closed month takes no voucher (invariant 8). */
function bookingDay(context: ServiceContext, bookId: BookId, date: BusinessDate): BusinessDate {
  const open = context.ledger
    .prepare<[number, string], unknown>("SELECT 1 FROM period WHERE book_id = ? AND month = ? AND state = 'open'")
    .get(bookId, monthOf(date))
  return open === undefined ? context.clock.today() : date
}

/**
 * One draft per line, all or none; the line is its paper. Throws with the row: `statement.settled` for a line somebody dealt
 * with meanwhile, `contribution.line` for money out, and what `prepareContribution` throws.
 */
export function contributeLines(
  context: ServiceContext, complexId: ComplexId, confirmed: readonly ConfirmedLine[],
): readonly DraftId[] {
  requireRole(context, 'preparer')
  const { ledger } = context
  const bookId = requireSubLedger(ledger, complexId)
  return ledger.write(() => confirmed.map(({ lineId, householdId, part }, index) => {
    const line = lineOf(ledger, lineId)
    const row = index + 1
    if (line.state !== 'open') {
      throw new Problem({ code: 'statement.settled', message: `${lineInWords(line)}：已经处理过，请刷新后继续`, row })
    }
    if (line.amountFen <= 0) {
      throw new Problem({ code: 'contribution.line', message: `${lineInWords(line)}：不是收款，不能作为交存`, row })
    }
    return prepareContribution(context, {
      complexId, bankAccountId: line.bankAccountId, date: bookingDay(context, bookId, line.date), bankDate: line.date,
      statementLineId: lineId, attachments: [], rows: [{ householdId, part, amountFen: line.amountFen, receipt: null }],
    })
  }))
}
