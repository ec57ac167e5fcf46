/** The automatic run: every unique best match, written in whole groups so that it can be shown under way and stopped between. */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type BankAccountId, type StatementLineId } from '#core/id.ts'
import type { Match } from '#core/reconciliation/item.ts'
import type { ServiceContext } from '../context.ts'
import { confirmMatches, type BookLine, type MatchFacts } from './reconciliation-match.ts'
import { suggestMatches } from './reconciliation.ts'

/** Matches of one transaction: some tenths of a second. */
const GROUP = 500

/** The rows a match of core names. */
export function rowsOf(match: Match): { readonly lineIds: readonly StatementLineId[]; readonly entries: readonly BookLine[] } {
  return {
    lineIds: match.bank.map(({ id }) => idOf<'statementLine'>(id)),
    entries: match.book.map(({ id }) => {
      const [voucher, line] = id.split(':')
      return { voucherId: idOf<'voucher'>(Number(voucher)), lineNo: Number(line) }
    }),
  }
}

export type RunResult = { readonly matched: number; readonly lineCount: number; readonly proposed: number }

/**
 * Writes every automatic match of what is open up to `asOf`. `onGroup` is called before each transaction with how far it is and
 * may throw to stop; what was written stays, each group whole. Throws `role.missing`, `reconciliation.sealed`.
 */
export async function runMatching(
  context: ServiceContext,
  bankAccountId: BankAccountId,
  asOf: BusinessDate,
  onGroup: (done: number, total: number) => Promise<void> | void = () => undefined,
): Promise<RunResult> {
  const { automatic, proposed } = suggestMatches(context.ledger, bankAccountId, asOf)
  const facts = automatic.map((match): MatchFacts => ({
    bankAccountId, ...rowsOf(match), method: 'automatic', score: match.score, reason: match.reason,
  }))
  for (let done = 0; done < facts.length; done += GROUP) {
    await onGroup(done, facts.length)
    confirmMatches(context, facts.slice(done, done + GROUP))
  }
  return {
    matched: facts.length, proposed: proposed.length,
    lineCount: automatic.reduce((count, match) => count + match.bank.length, 0),
  }
}
