/**
 * Every read of the services, planned: none walks a table that grows with the business (issue 2 §9). The sample office is
 * built and then looked at from every side, with each statement written down; a line of services/ that nobody called is named.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { fixedClock } from '#services/clock.ts'
import { buildSampleOffice, shippedSample } from '#services/sample/sample-office.ts'
import { lookAtEverything } from './reading-tour.ts'
import { expectPlan, isRead, isWalker, readSites, recordStatements, type Recorder } from './statement-recorder.ts'

/** Small: they grow with the office, not with its business. */
const MASTERS = [
  'office', 'book', 'account', 'bank_account', 'complex', 'user', 'policy_profile', 'statement_rule',
  // The office's own address book, shown whole in every picker.
  'counterparty',
  // A few per complex and year; the list is in the order of a status that follows from their events.
  'certificate',
]

const folder = mkdtempSync(join(tmpdir(), 'mingzhang-plans-'))
let real: Ledger
let recorder: Recorder

beforeAll(async () => {
  const { data, ...materials } = shippedSample()
  const clock = fixedClock(`${data.openedOn}T02:00:00.000Z`)
  real = openLedger(join(folder, 'office.mzdb'), { create: true, now: clock.now() })
  // What a power cut does is not this test's subject.
  real.sqlite.pragma('synchronous = OFF')
  recorder = recordStatements(real)
  const drawNotice = (): Promise<Uint8Array> => Promise.resolve(Buffer.from('%PDF-1.7'))
  const desk = await buildSampleOffice(recorder.ledger, clock, data, { ...materials, drawNotice }, () => undefined)
  recorder.watchEveryCall()
  lookAtEverything(desk)
}, 240_000)

afterAll(() => {
  real.close()
  rmSync(folder, { recursive: true, force: true })
})

test('no read of the services walks a table that grows with the business', () => {
  const failures = [...recorder.siteByText].flatMap(([sql, site]) => {
    if (!isRead(sql) || isWalker(site)) return []
    try {
      expectPlan(real, sql, MASTERS)
      return []
    } catch (error) {
      return [`${site} ${error instanceof Error ? error.message : String(error)}`]
    }
  })
  expect(failures).toEqual([])
})

test('every read of the services was looked at', () => {
  expect(readSites().filter((site) => !recorder.sites.has(site))).toEqual([])
})
