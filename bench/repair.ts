/** Board and inbox of an office with 50,000 open repairs against the same SQL in the sqlite3 shell, on the same file. */
import { bandDays } from '#core/repair/waiting.ts'
import { beginningOf } from '#services/clock.ts'
import { lateLimits, listRepairs, repairBoard, REPAIR_BOARD, REPAIR_LATE, REPAIR_PAGE } from '#services/repair/repair-board.ts'
import { INBOX_PAGE, listInbox, OWN_EVENTS, stepsFor } from '#services/repair/repair-inbox.ts'
import { foundBenchOffice, LAST_DAY, type BenchOffice } from './generate.ts'
import { fillJobs } from './jobs.ts'
import { inTurn, milliseconds, ms, times, type Measure } from './measure.ts'
import { hasShell, shellTime, writtenOut } from './shell.ts'

const JOBS = 50_000
const PAGE = 100
const ROUNDS = 9

type Side = {
  readonly what: string
  /** Runs in one go, so that a page of half a millisecond is not lost in the shell's start. */
  readonly calls: number
  readonly ours: () => number
  readonly statements: readonly string[]
}

function boardSide({ ledger }: BenchOffice): Side {
  const limits = JSON.stringify(lateLimits(ledger, LAST_DAY, null))
  const weekBegins = beginningOf(bandDays('week', LAST_DAY).from ?? LAST_DAY)
  const monthBegins = beginningOf(bandDays('longer', LAST_DAY).before ?? LAST_DAY)
  return {
    what: 'board by step and age',
    calls: 3,
    ours: () => repairBoard(ledger, LAST_DAY).reduce((sum, { count }) => sum + count, 0),
    statements: [writtenOut(REPAIR_BOARD(false), { weekBegins, monthBegins }), writtenOut(REPAIR_LATE(false), { limits })],
  }
}

function listSide({ ledger }: BenchOffice): Side {
  const first = { step: 'engineeringCheck', since: '', id: 0, before: '9999', limit: PAGE }
  return {
    what: `first page of one step, ${PAGE} rows`,
    calls: 200,
    ours: () => listRepairs(ledger, LAST_DAY, { step: 'engineeringCheck', limit: PAGE }).length,
    statements: [writtenOut(REPAIR_PAGE(false), first)],
  }
}

function inboxSide({ reviewer }: BenchOffice): Side {
  const rows = listInbox(reviewer, { complexId: null, limit: PAGE })
  const ids = JSON.stringify(rows.map(({ id }) => id))
  return {
    what: `first page of the inbox over ${stepsFor(reviewer.actor.roles).length} steps, ${PAGE} rows`,
    calls: 200,
    ours: () => listInbox(reviewer, { complexId: null, limit: PAGE }).length,
    statements: [
      writtenOut(INBOX_PAGE(stepsFor(reviewer.actor.roles), false), { since: '', id: 0, limit: PAGE }),
      writtenOut(OWN_EVENTS, { ids, me: reviewer.actor.userId }),
    ],
  }
}

function measureSide(office: BenchOffice, { what, calls, ours, statements }: Side, bound: number): Measure {
  const bare = statements.map((sql) => office.ledger.sqlite.prepare(sql))
  const isShell = hasShell()
  const time = (work: () => unknown) => milliseconds(() => {
    for (let call = 0; call < calls; call += 1) work()
  }) / calls
  if (ours() === 0) throw new Error(`${what}: nothing was read`)
  const other = isShell
    ? () => shellTime(office.ledger.path, statements, calls)
    : () => time(() => bare.forEach((statement) => statement.all()))
  const pair = inTurn(ROUNDS, () => time(ours), other)
  const against = isShell ? 'the same SQL in the sqlite3 shell' : 'a bare loop of the same SQL (no sqlite3 shell here)'
  return {
    topic: 'repair',
    what: `${what}, of ${JOBS} open repairs, against ${against}`,
    measured: times(pair.ours / pair.other),
    bound: `≤ ${bound}×`,
    within: pair.ours <= bound * pair.other,
    medians: `${ms(pair.ours)} against ${ms(pair.other)}`,
  }
}

export function measureRepair(folder: string, bound: number): readonly Measure[] {
  const office = foundBenchOffice(folder, 'repair')
  try {
    // Over every step of both paths.
    fillJobs(office, JOBS, (index, path) => 1 + ((index * 11) % path.length))
    return [boardSide(office), listSide(office), inboxSide(office)].map((side) => measureSide(office, side, bound))
  } finally {
    office.ledger.close()
  }
}
