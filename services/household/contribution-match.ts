/** Contributions in batches from the bank's statement: each open receipt with the household it fits, then a draft per line. */
import { monthOf, type BusinessDate } from '#core/calendar.ts'
import type { ContributionMatch } from '#core/household/contribution-match.ts'
import type { BankAccountId, BookId, ComplexId, DraftId, HouseholdId, StatementLineId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { prepareContribution, type PaidPart } from './contribution.ts'
import { requireSubLedger } from './household-account.ts'
import { lineInWords, lineOf, type StatementLine } from '../statement/statement-outcome.ts'
import { contributionRules, proposeLines } from '../statement/statement-proposal.ts'

export type ProposedContribution = {
  readonly line: Pick<StatementLine, 'id' | 'date' | 'amountFen' | 'party' | 'memo'>
  readonly match: (ContributionMatch & { readonly address: string }) | null
}

export type MatchScope = { readonly complexId: ComplexId; readonly bankAccountId: BankAccountId; readonly limit: number }

/**
 * Receipts nobody has dealt with and no other rule explains, newest first, each with the household the rule for contributions
 * finds for it. Throws `household.notBegun`.
 */
export function proposeContributions(ledger: Ledger, scope: MatchScope, date: BusinessDate): readonly ProposedContribution[] {
  requireSubLedger(ledger, scope.complexId)
  return proposeLines(ledger, { bankAccountId: scope.bankAccountId, limit: scope.limit }, date)
    .filter(({ line, proposal }) =>
      line.amountFen > 0 && line.kind !== 'reversal' && (proposal === null || proposal.kind === 'contribution'))
    .map(({ line: { id, date: day, amountFen, party, memo }, proposal }) => {
      const household = proposal?.complexId === scope.complexId ? proposal.household : null
      return {
        line: { id, date: day, amountFen, party, memo },
        match: household == null ? null : { householdId: household.id, by: household.by, address: household.address },
      }
    })
}

export type ConfirmedLine = {
  readonly lineId: StatementLineId
  readonly householdId: HouseholdId
  readonly part: PaidPart
}

/** The bank's day where its month is open, else today: a closed month takes no voucher (invariant 8). */
export function bookingDay(context: ServiceContext, bookId: BookId, date: BusinessDate): BusinessDate {
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
  const ruleOf = contributionRules(ledger, context.clock.today())
  return ledger.write(() => confirmed.map(({ lineId, householdId, part }, index) => {
    const line = lineOf(ledger, lineId)
    const row = index + 1
    if (line.state !== 'open') {
      throw new Problem({ code: 'statement.settled', message: `${lineInWords(line)}：已经处理过，请刷新后继续`, row })
    }
    if (line.amountFen <= 0) {
      throw new Problem({ code: 'contribution.line', message: `${lineInWords(line)}：不是收款，不能作为交存`, row })
    }
    // A household chosen by hand is the clerk's own finding: no rule answers for it.
    const by = ruleOf(line)
    return prepareContribution(context, {
      ...(by?.householdId === householdId && part === 'principal' && { rule: by.rule }),
      complexId, bankAccountId: line.bankAccountId, date: bookingDay(context, bookId, line.date), bankDate: line.date,
      statementLineId: lineId, attachments: [], rows: [{ householdId, part, amountFen: line.amountFen, receipt: null }],
    })
  }))
}
