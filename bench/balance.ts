/** One complex's trial balance against the same SQL in the sqlite3 shell, on the same file. */
import { spawnSync } from 'node:child_process'
import { parseDate } from '#core/calendar.ts'
import { trialBalance, TRIAL_BALANCE_OF_COMPLEX } from '#services/voucher/balance.ts'
import { LAST_DAY, type BenchOffice } from './generate.ts'
import { inTurn, milliseconds, ms, times, type Measure } from './measure.ts'

const ROUNDS = 9
const CALLS = 20
const FROM = parseDate('2026-01-01')

function hasShell(): boolean {
  return spawnSync('sqlite3', ['--version']).status === 0
}

/** A shell cannot bind parameters of a text it reads, so they are written in. */
function writtenOut(parameters: Readonly<Record<string, string | number>>): string {
  return Object.entries(parameters).reduce(
    (sql, [name, value]) => sql.replaceAll(`:${name}`, typeof value === 'number' ? String(value) : `'${value}'`),
    TRIAL_BALANCE_OF_COMPLEX,
  )
}

/** The start of the shell and the opening of the file are taken off: once with one query, once with `CALLS` more. */
function shellTime(path: string, sql: string): number {
  const run = (count: number): number => {
    const input = `PRAGMA cache_size = -65536;\n${`${sql};\n`.repeat(count)}`
    return milliseconds(() => {
      const { status, stderr } = spawnSync('sqlite3', ['-readonly', path], {
        input,
        stdio: ['pipe', 'ignore', 'pipe'],
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(`the sqlite3 shell refused: ${stderr}`)
    })
  }
  return (run(CALLS + 1) - run(1)) / CALLS
}

export function measureBalance(office: BenchOffice, bound: number): readonly Measure[] {
  const {
    ledger,
    publicIncome: { bookId },
    complexes: [complexId],
  } = office
  if (complexId === undefined) throw new Error('the bench office has no complex')
  const scope = { bookId, complexId, from: FROM, to: LAST_DAY }
  const sql = writtenOut(scope)
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
  const pair = inTurn(ROUNDS, ours, isShell ? () => shellTime(ledger.path, sql) : loop)
  return [
    {
      topic: 'balance',
      what: isShell
        ? 'trial balance of one complex against the same SQL in the sqlite3 shell'
        : 'trial balance of one complex against a bare better-sqlite3 loop of the same SQL (no sqlite3 shell here)',
      measured: times(pair.ours / pair.other),
      bound: `≤ ${bound}×`,
      within: pair.ours <= bound * pair.other,
      medians: `${ms(pair.ours)} against ${ms(pair.other)}`,
    },
  ]
}
