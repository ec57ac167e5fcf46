/** Everything that fits, the certain first: reversals, singles, rollovers, groups; then what is only proposed. */
import { deskOf } from './desk.ts'
import { matchGroups } from './group.ts'
import type { BankItem, BookItem, Match } from './item.ts'
import { pairBankReversals, pairBookReversals } from './reversal.ts'
import { matchRollovers } from './rollover.ts'
import { proposeSingles, settleSingles } from './single.ts'

export type Matches = {
  /** Unique best matches. */
  readonly automatic: readonly Match[]
  /** For a person to look at; each line is in one proposal at most. */
  readonly proposed: readonly Match[]
}

/** Lines of one account that nothing has settled yet, on both sides, in order of date; the same lines give the same matches. */
export function matchLines(bank: readonly BankItem[], book: readonly BookItem[]): Matches {
  const desk = deskOf(bank, book)
  pairBankReversals(desk)
  pairBookReversals(desk)
  settleSingles(desk)
  matchRollovers(desk)
  matchGroups(desk, false)
  proposeSingles(desk)
  matchGroups(desk, true)
  return { automatic: desk.automatic, proposed: desk.proposed }
}
