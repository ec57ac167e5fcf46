/**
 * The maintenance fund to the last household, on offices the product's generator built: one complex's trial balance, a
 * household's statement, a year's gains to everybody, the first register page, memory; and how each grows with the office.
 */
import { join } from 'node:path'
import { addMonths, parseDate } from '#core/calendar.ts'
import type { HouseholdId } from '#core/id.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { printProgress } from '#server/cli/output.ts'
import { fixedClock } from '#services/clock.ts'
import { householdAccount, HOUSEHOLD_ENTRIES } from '#services/household/household-account.ts'
import { buildReferenceOffice, REFERENCE_DAY, type ReferenceOffice } from '#services/reference/reference-office.ts'
import { registerPage } from '#services/voucher/balance.ts'
import { accountByCode } from '#services/voucher/book.ts'
import { balanceAgainstShell } from './balance.ts'
import { gainTimes, type GainTimes } from './gain.ts'
import { inTurn, median, milliseconds, ms, times, type Measure } from './measure.ts'

export type HouseholdBounds = {
  readonly balance: number
  readonly statementMs: number
  readonly gain: number
  readonly page: number
  readonly memoryMb: number
}

const TOPIC = 'household'
const HOUSEHOLDS_PER_COMPLEX = 1024
const SHARES = [16, 4, 1]
const GAIN_ROUNDS = 3
const ROUNDS = 15
const CALLS = 20
const PAGE = 100
const YEAR_START = addMonths(parseDate(`${REFERENCE_DAY.slice(0, 4)}-01-01`), -12)

type Built = { readonly path: string; readonly households: number; readonly office: ReferenceOffice }

/** Its last year is carried forward; the gains of it still wait. */
function build(folder: string, households: number, years: number): Built {
  const path = join(folder, `household-${households}.mzdb`)
  const begun = performance.now()
  const now = `${REFERENCE_DAY}T02:00:00.000Z`
  const ledger = openLedger(path, { create: true, now })
  try {
    const complexes = Math.max(1, Math.round(households / HOUSEHOLDS_PER_COMPLEX))
    const scale = { complexes, households, years, seed: 1 }
    const steps = buildReferenceOffice(ledger, fixedClock(now), scale, { creditsLastYear: false })
    for (let told = begun; ;) {
      const step = steps.next()
      if (step.done === true) {
        printProgress(`${households} households, ${years} years in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
        return { path, households, office: step.value }
      }
      if (performance.now() - told < 10_000) continue
      told = performance.now()
      printProgress(`${households} households: ${Math.floor((step.value.done / step.value.total) * 100)} % ${step.value.label}`)
    }
  } finally {
    ledger.close()
  }
}

function firstOf({ complexes }: ReferenceOffice): ReferenceOffice['complexes'][number] {
  const complex = complexes.at(-1)
  if (complex === undefined) throw new Error('the office has no complex')
  return complex
}

/** A household with as many entries as any of the last complex. */
function busiestHousehold(ledger: Ledger, office: ReferenceOffice): HouseholdId {
  const row = ledger.sqlite
    .prepare<[number], { id: HouseholdId }>(
      `SELECT h.id FROM building b JOIN household h ON h.building_id = b.id JOIN household_entry e ON e.household_id = h.id
       WHERE b.complex_id = ? GROUP BY h.id ORDER BY count(*) DESC, h.id LIMIT 1`,
    )
    .get(firstOf(office).id)
  if (row === undefined) throw new Error('the office has no household with money')
  return row.id
}

/** Of our own code: everything the statement takes beyond its bare query. */
function measureStatement(ledger: Ledger, office: ReferenceOffice, boundMs: number): Measure {
  const id = busiestHousehold(ledger, office)
  const span = { from: parseDate('2000-01-01'), to: parseDate('2099-12-31') }
  const query = ledger.sqlite.prepare<[Record<string, unknown>]>(HOUSEHOLD_ENTRIES)
  let lines = 0
  const repeat = (work: () => void) => () => milliseconds(() => {
    for (let call = 0; call < CALLS; call += 1) work()
  }) / CALLS
  const pair = inTurn(
    ROUNDS,
    repeat(() => { lines = householdAccount(ledger, id, span).lines.length }),
    repeat(() => { query.all({ id, ...span }) }),
  )
  const own = pair.ours - pair.other
  return {
    topic: TOPIC, what: `statement of a household, ${lines} lines: our own code over its query`, measured: ms(own),
    bound: `≤ ${boundMs} ms`, within: own <= boundMs, medians: `${ms(pair.ours)} over ${ms(pair.other)}`,
  }
}

function pageTime(ledger: Ledger, { desk }: ReferenceOffice): () => number {
  const { publicIncome: bookId } = desk
  const accountId = accountByCode(ledger, bookId, ACCOUNT.demandDeposit).id
  const page = (): number => registerPage(ledger, { bookId, accountId, limit: PAGE }).lines.length
  if (page() < PAGE) throw new Error('a page that is not full cannot be compared')
  return () => milliseconds(() => {
    for (let call = 0; call < CALLS; call += 1) page()
  }) / CALLS
}

function measurePage(big: { ledger: Ledger; built: Built }, small: { ledger: Ledger; built: Built }, bound: number): Measure {
  const [ofBig, ofSmall] = [pageTime(big.ledger, big.built.office), pageTime(small.ledger, small.built.office)]
  ofBig()
  ofSmall()
  const pair = inTurn(ROUNDS, ofBig, ofSmall)
  return {
    topic: TOPIC, bound: `≤ ${bound}×`, measured: times(pair.ours / pair.other), within: pair.ours <= bound * pair.other,
    what: `first register page of an account, ${PAGE} rows, ` +
      `${big.built.households} against ${small.built.households} households`,
    medians: `${ms(pair.ours)} against ${ms(pair.other)}`,
  }
}

function measureGain({ households, oursMs, bareMs, rows }: GainTimes, years: number, bound: number): Measure {
  return {
    topic: TOPIC, bound: `≤ ${bound}×`, measured: times(oursMs / bareMs), within: oursMs <= bound * bareMs,
    what: `a year's gains to ${households} households after ${years} years, exact, posted, chained, against bare prepared ` +
      `inserts of the same ${rows} rows in one transaction`,
    medians: `${ms(oursMs)} against ${ms(bareMs)}; ${(households / (oursMs / 1000)).toFixed(0)} households/s`,
  }
}

function exponent(from: readonly [number, number], to: readonly [number, number]): number {
  return Math.log(to[1] / from[1]) / Math.log(to[0] / from[0])
}

/** `points`: size and milliseconds, smallest first. */
function growth(what: string, points: readonly (readonly [number, number])[]): Measure {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) throw new Error('growth of nothing')
  return {
    topic: TOPIC, what: `growth of ${what} with the households`, measured: `n^${exponent(first, last).toFixed(2)}`, bound: '—',
    within: null, medians: points.map(([size, time]) => `${size}: ${ms(time)}`).join(', '),
  }
}

/** Three offices, a sixteenth and a quarter of `households` and the whole. */
export function measureHousehold(
  folder: string, { households, years }: { readonly households: number; readonly years: number }, bounds: HouseholdBounds,
): readonly Measure[] {
  const offices = SHARES.map((share) => build(folder, Math.max(10, Math.round(households / share)), years))
  const gains = offices.map(({ office, path }) => gainTimes(office, path, GAIN_ROUNDS))
  const opened = offices.map((built) => ({ built, ledger: openLedger(built.path) }))
  try {
    const [small, , big] = opened
    const largest = gains.at(-1)
    if (small === undefined || big === undefined || largest === undefined) throw new Error('three sizes are measured')
    const { office } = big.built
    const statementMs = opened.map(({ built, ledger }) => {
      const id = busiestHousehold(ledger, built.office)
      const span = { from: parseDate('2000-01-01'), to: parseDate('2099-12-31') }
      return [built.households, median(Array.from({ length: ROUNDS * CALLS }, () =>
        milliseconds(() => householdAccount(ledger, id, span))))] as const
    })
    const measures = [
      balanceAgainstShell(big.ledger, {
        bookId: office.desk.maintenance, complexId: firstOf(office).id, from: YEAR_START,
        to: REFERENCE_DAY,
      }, { topic: TOPIC, subject: `trial balance of one complex of ${office.complexes.length}`, bound: bounds.balance }),
      measureStatement(big.ledger, office, bounds.statementMs),
      measureGain(largest, years, bounds.gain),
      measurePage(big, small, bounds.page),
      growth("a year's gains", gains.map((each) => [each.households, each.oursMs] as const)),
      growth('the bare inserts', gains.map((each) => [each.households, each.bareMs] as const)),
      growth('a household’s statement', statementMs),
    ]
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
    return [...measures, {
      topic: TOPIC, what: 'peak memory of the whole run so far, offices built and measured', measured: `${peakMb} MB`,
      bound: `< ${bounds.memoryMb} MB`, within: peakMb < bounds.memoryMb, medians: `${households} households, ${years} years`,
    }]
  } finally {
    for (const { ledger } of opened) ledger.close()
  }
}
