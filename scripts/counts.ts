import fs from 'node:fs'

/** What a stage found. `note` says in a few words what the numbers hide, e.g. that nothing ran. */
export type Counts = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly note?: string
}

type Report = Readonly<Record<string, unknown>>

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null
}

function numberAt(report: Report, key: string): number {
  const value = report[key]
  if (typeof value !== 'number') throw new Error(`the report has no number "${key}"`)
  return value
}

function listAt(report: Report, key: string): readonly Report[] {
  const value = report[key]
  return Array.isArray(value) ? value.filter(isReport) : []
}

function read(file: string): Report | undefined {
  if (!fs.existsSync(file)) return undefined
  const report: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
  return isReport(report) ? report : undefined
}

/** One check, such as lint or types, that either holds or does not. */
export function checkCounts(exitCode: number): Counts {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/**
 * A runner that fails for a reason of its own (crash, unhandled error, no tests, no report) must not look green: it
 * counts as one failure where no test failed.
 */
function honest(counts: Counts, exitCode: number): Counts {
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, note: '没有运行任何测试' }
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1, note: `退出码 ${exitCode}` }
  return counts
}

const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 }

/** Reads vitest's JSON report; a file that could not be loaded has no tests in it and counts as one failure. */
export function vitestCounts(file: string, exitCode: number): Counts {
  const report = read(file)
  if (!report) return honest(NOTHING, exitCode)
  const hasFailed = (each: Report): boolean => each['status'] === 'failed'
  const unloaded = listAt(report, 'testResults').filter(
    (suite) => hasFailed(suite) && !listAt(suite, 'assertionResults').some(hasFailed),
  )
  return honest(
    {
      passed: numberAt(report, 'numPassedTests'),
      failed: numberAt(report, 'numFailedTests') + unloaded.length,
      skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
    },
    exitCode,
  )
}

/** Reads Playwright's JSON report; a test that passed only when tried again has failed once and counts as failed. */
export function playwrightCounts(file: string, exitCode: number): Counts {
  const report = read(file)
  const stats = report?.['stats']
  if (!report || !isReport(stats)) return honest(NOTHING, exitCode)
  return honest(
    {
      passed: numberAt(stats, 'expected'),
      failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky') + listAt(report, 'errors').length,
      skipped: numberAt(stats, 'skipped'),
    },
    exitCode,
  )
}

export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
    }),
    NOTHING,
  )
}

/** The closing line other programs read: `N passed, N failed`, and the skipped where there are any. */
export function closingLine(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`
}
