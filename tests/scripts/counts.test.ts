import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { checkCounts, closingLine, playwrightCounts, sumOf, vitestCounts } from '../../scripts/counts.ts'

let folder = ''
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-counts-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

function report(name: string, content: object): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, JSON.stringify(content))
  return file
}

function vitestReport(name: string, passed: number, failed: number, suites: readonly object[] = []): string {
  return report(name, {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 2,
    testResults: suites,
  })
}

describe('counts of npm test', () => {
  it('adds passed, failed and skipped over the stages and prints them in the agreed form', () => {
    const total = sumOf([checkCounts(0), checkCounts(2), { passed: 5, failed: 0, skipped: 0 }])
    expect(closingLine(total)).toBe('6 passed, 1 failed')
    expect(closingLine({ ...total, skipped: 3 })).toBe('6 passed, 1 failed, 3 skipped')
  })

  it('counts todo and pending tests as skipped', () => {
    expect(vitestCounts(vitestReport('a.json', 4, 0), 0)).toEqual({ passed: 4, failed: 0, skipped: 3 })
  })

  it('counts a test file that could not be loaded as one failure', () => {
    const unloaded = { status: 'failed', assertionResults: [] }
    const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] }
    expect(vitestCounts(vitestReport('b.json', 4, 1, [unloaded, failing]), 1).failed).toBe(2)
  })

  it('is not green when a runner crashed although every test passed', () => {
    expect(vitestCounts(vitestReport('c.json', 4, 0), 1)).toMatchObject({ passed: 4, failed: 1 })
  })

  it('is not green when nothing ran or no report was written', () => {
    expect(vitestCounts(vitestReport('d.json', 0, 0), 0).failed).toBe(1)
    expect(vitestCounts(path.join(folder, 'absent.json'), 0).failed).toBe(1)
    expect(playwrightCounts(path.join(folder, 'absent.json'), 0).failed).toBe(1)
  })

  it('counts a page test that passed only on a second try as failed', () => {
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 2 }
    expect(playwrightCounts(report('e.json', { stats, errors: [] }), 0)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })
})
