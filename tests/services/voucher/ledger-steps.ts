/** What several kernel tests do: run a job's steps to the end, and read the code of a refusal. */
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { verifyLedger, type Damage } from '#services/verify.ts'

export function runToEnd<Report>(steps: Generator<unknown, Report>): Report {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

export function damagesOf(ledger: Ledger): readonly Damage[] {
  return runToEnd(verifyLedger(ledger)).damages
}

/** Code of the Problem thrown; throws on when it is something else, fails when nothing is refused. */
export function refusalOf(work: () => unknown): Problem {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/**
 * Runs SQL as somebody with the file and an SQL tool would: triggers of the table taken away, foreign keys off, and
 * everything put back afterwards so that nothing shows from outside.
 */
export function tamper(ledger: Ledger, table: string, sql: string): void {
  const triggers = ledger.sqlite
    .prepare<[string], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
    )
    .all(table)
  ledger.sqlite.pragma('foreign_keys = OFF')
  for (const { name } of triggers) ledger.sqlite.exec(`DROP TRIGGER ${name}`)
  ledger.sqlite.exec(sql)
  for (const trigger of triggers) ledger.sqlite.exec(trigger.sql)
  ledger.sqlite.pragma('foreign_keys = ON')
}
