/**
 * `npm run bench [-- TOPIC …] [--write] [--lines N]`: generates its books in a temporary folder, measures in one run, prints
 * a table, and ends with 1 when a bound of the issue is missed. `--write` records the table in docs/benchmarks.md.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printProgress, printTable } from '#server/cli/output.ts'
import { measureBalance } from './balance.ts'
import { fillBook, foundBenchOffice, type BenchOffice } from './generate.ts'
import { measureDesk } from './desk.ts'
import { measureDue } from './due.ts'
import { measureFinding } from './finding.ts'
import { measureHome } from './home.ts'
import { measureHousehold } from './household.ts'
import { measureMatch } from './match.ts'
import type { Measure } from './measure.ts'
import { measureNotices } from './notices.ts'
import { measurePages } from './pages.ts'
import { measurePosting } from './posting.ts'
import { writeRecord } from './record.ts'
import { measureRepair } from './repair.ts'
import { measureStatement } from './statement.ts'

/** Issue 2 §9. */
const BOUNDS = {
  balance: 3,
  pages: 1.5,
  posting: 0.6,
  notices: 1.5,
  /** `flat`: garbage collection never returns to the same megabyte. */
  memoryGrowth: 1.15,
  homeMs: 1500,
  /** Exponents of growth from a thousand lines to a hundred thousand. */
  match: { varied: 1.2, round: 1.5 },
  /** Issue 3 §5. */
  statement: 3,
  due: 2,
  /** Issue 3 §4: ten thousand lines a side stay smooth. */
  desk: { keyMs: 50, matchMs: 200, openMs: 3000 },
  /** Issue 4 §6. */
  household: { balance: 3, statementMs: 5, gain: 3, page: 1.5, memoryMb: 1024 },
  /** Issue 5 §4. */
  repair: 2,
  /** Issue 5 §4; `growth`: time per job, four times the jobs. */
  finding: { milliseconds: 10_000, growth: 1.3 },
}

// Peak memory is the process's own: whatever draws in parallel comes after the household topic.
const TOPICS = [
  'posting', 'balance', 'household', 'pages', 'home', 'notices', 'statement', 'due', 'repair', 'finding', 'match',
  'desk',
] as const
type Topic = (typeof TOPICS)[number]

const BIG = 1_000_000
const SMALL = 10_000
const POSTING_BOOK = 100_000
/** A tenth of the reference office is the most that a default run can wait for; the whole is `--households 420000 --years 10`. */
const HOUSEHOLDS = 16_000
const YEARS = 2
const NOTICES = 410

function readTopics(given: readonly string[]): readonly Topic[] {
  const unknown = given.filter((topic) => !TOPICS.some((known) => known === topic))
  if (unknown.length > 0) throw new Error(`no topic ${unknown.join(', ')}; there are ${TOPICS.join(', ')}`)
  return given.length === 0 ? TOPICS : TOPICS.filter((topic) => given.includes(topic))
}

/** One book per size and run, made when the first topic asks for it. */
function library(folder: string): { readonly book: (lines: number) => BenchOffice; readonly close: () => void } {
  const books = new Map<number, BenchOffice>()
  return {
    book(lines) {
      const known = books.get(lines)
      if (known !== undefined) return known
      const begun = performance.now()
      const office = foundBenchOffice(folder, `book-${lines}`)
      fillBook(office, lines, (done, total) => {
        if (done % 50_000 < 100) printProgress(`${lines} lines: ${Math.floor((done / total) * 100)} %`)
      })
      printProgress(`a book of ${lines} lines in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
      books.set(lines, office)
      return office
    },
    close() {
      for (const { ledger } of books.values()) if (ledger.sqlite.open) ledger.close()
    },
  }
}

type Sizes = { readonly lines: number; readonly households: number; readonly years: number }

async function measure(
  topic: Topic,
  folder: string,
  { lines, ...reference }: Sizes,
  books: ReturnType<typeof library>,
): Promise<readonly Measure[]> {
  switch (topic) {
    case 'posting':
      return measurePosting(folder, Math.min(POSTING_BOOK, lines), BOUNDS.posting)
    case 'balance':
      return measureBalance(books.book(lines), BOUNDS.balance)
    case 'household':
      return measureHousehold(folder, reference, BOUNDS.household)
    case 'pages':
      return measurePages(books.book(lines), books.book(SMALL), BOUNDS.pages)
    case 'home': {
      const { ledger } = books.book(lines)
      // The server wants the ledger for itself.
      ledger.close()
      return measureHome(ledger.path, BOUNDS.homeMs)
    }
    case 'notices':
      return measureNotices(folder, NOTICES, { ratio: BOUNDS.notices, growth: BOUNDS.memoryGrowth })
    case 'match':
      return measureMatch(BOUNDS.match)
    case 'statement':
      return measureStatement(BOUNDS.statement)
    case 'desk':
      return measureDesk(folder, BOUNDS.desk)
    case 'repair':
      return measureRepair(folder, BOUNDS.repair)
    case 'finding':
      return measureFinding(folder, BOUNDS.finding)
    case 'due':
      return measureDue(folder, BOUNDS.due)
  }
}

function readSize(name: string, text: string, least: number): number {
  const size = Number(text)
  if (!Number.isSafeInteger(size) || size < least) throw new Error(`--${name} takes a number from ${least}`)
  return size
}

function verdict(measured: Measure): string {
  return measured.within === null ? 'recorded' : measured.within ? 'within' : 'MISSED'
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      write: { type: 'boolean', default: false }, lines: { type: 'string', default: String(BIG) },
      households: { type: 'string', default: String(HOUSEHOLDS) }, years: { type: 'string', default: String(YEARS) },
    },
  })
  const topics = readTopics(positionals)
  const lines = readSize('lines', values.lines, SMALL)
  const sizes = { lines, households: readSize('households', values.households, 160), years: readSize('years', values.years, 1) }
  if (values.write && (topics.length < TOPICS.length || lines !== BIG))
    {throw new Error('--write records a whole run of full size')}
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-bench-'))
  const books = library(folder)
  const measures: Measure[] = []
  const begun = performance.now()
  try {
    for (const topic of topics) {
      printProgress(`measuring ${topic}`)
      measures.push(...(await measure(topic, folder, sizes, books)))
    }
  } finally {
    books.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const seconds = (performance.now() - begun) / 1000
  printTable(
    [
      { title: 'topic' },
      { title: 'what' },
      { title: 'bound' },
      { title: 'measured', align: 'right' },
      { title: '' },
      { title: 'medians' },
    ],
    measures.map((one) => [one.topic, one.what, one.bound, one.measured, verdict(one), one.medians]),
  )
  printProgress(`${seconds.toFixed(0)} s`)
  if (values.write) writeRecord(measures, { lines, seconds })
  return measures.some((one) => one.within === false) ? 1 : 0
}

process.exitCode = await main()
