/** One complex's trial balance against the same SQL in the sqlite3 shell, on the same file. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import type { Ledger } from '#db/ledger.ts'
import { trialBalance, TRIAL_BALANCE_OF_COMPLEX } from '#services/voucher/balance.ts'
import { LAST_DAY, type BenchOffice } from './generate.ts'
import { inTurn, milliseconds, ms, times, type Measure } from './measure.ts'
import { hasShell, shellTime, writtenOut } from './shell.ts'

const ROUNDS = 9
const CALLS = 20
const FROM = parseDate('2026-01-01')

type Scope = {
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** Also for other books than the big one. */
export function balanceAgainstShell(
  ledger: Ledger,
  scope: Scope,
  { topic, subject, bound }: { readonly topic: string; readonly subject: string; readonly bound: number },
): Measure {
  const sql = writtenOut(TRIAL_BALANCE_OF_COMPLEX, scope)
  const bare = ledger.sqlite.prepare(sql)
  const ours = (): number =>
    milliseconds(() => {
      for (let call = 0; call < CALLS; call += 1) trialBalance(ledger, scope)
    }) / CALLS
  const loop = (): number =>
    milliseconds(() => {
      for (let call = 0; call < CALLS; call += 1) bare.all()
    }) / CALLS
  const isShell = hasShell()
  ours()
  const pair = inTurn(ROUNDS, ours, isShell ? () => shellTime(ledger.path, [sql], CALLS) : loop)
  return {
    topic,
    what: isShell
      ? `${subject} against the same SQL in the sqlite3 shell`
      : `${subject} against a bare better-sqlite3 loop of the same SQL (no sqlite3 shell here)`,
    measured: times(pair.ours / pair.other),
    bound: `≤ ${bound}×`,
    within: pair.ours <= bound * pair.other,
    medians: `${ms(pair.ours)} against ${ms(pair.other)}`,
  }
}

export function measureBalance(office: BenchOffice, bound: number): readonly Measure[] {
  const { ledger, publicIncome: { bookId }, complexes: [complexId] } = office
  if (complexId === undefined) throw new Error('the bench office has no complex')
  const scope = { bookId, complexId, from: FROM, to: LAST_DAY }
  return [balanceAgainstShell(ledger, scope, { topic: 'balance', subject: 'trial balance of one complex', bound })]
}
