import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addQuarters, parseDate, parseMonth, parseQuarter } from '#core/calendar.ts'
import { dueWork } from '#services/deposit/deposit-due.ts'
import { REPAIR_STEPS } from '#core/repair/repair.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { bankAccountByNumber, listBooks } from '#services/voucher/book.ts'
import { openDifferences } from '#services/deposit/interest-difference.ts'
import { fixedClock } from '#services/clock.ts'
import { buildSampleOffice, shippedSample } from '#services/sample/sample-office.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { monthTable } from '#services/reconciliation/reconciliation.ts'
import { verifyLedger } from '#services/verify.ts'

/** The paper is reports' own test; here its bytes only have to follow from the model. */
async function build(path: string): Promise<Ledger> {
  const { data, ...materials } = shippedSample()
  const clock = fixedClock(`${data.openedOn}T02:00:00.000Z`)
  const ledger = openLedger(path, { create: true, now: clock.now() })
  await buildSampleOffice(ledger, clock, data, {
    ...materials,
    drawNotice: (model) => Promise.resolve(Buffer.from(JSON.stringify(model))),
  }, () => undefined)
  return ledger
}

describe('the sample office', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingzhang-sample-'))
  let one: Ledger
  let other: Ledger
  beforeAll(async () => {
    one = await build(join(dir, 'one.mzdb'))
    other = await build(join(dir, 'other.mzdb'))
  }, 300_000)
  afterAll(() => {
    one.close()
    other.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('is intact', () => {
    const steps = verifyLedger(one)
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    expect(step.value.damages).toEqual([])
    expect(step.value.counted.vouchers).toBeGreaterThan(800)
  })

  it('has the same figures on every build, down to the hash chain', () => {
    const links = (ledger: Ledger) =>
      ledger.sqlite.prepare('SELECT book_id, chain_no, hash FROM voucher ORDER BY 1, 2').raw().all()
    const codes = (ledger: Ledger) => ledger.sqlite.prepare('SELECT code FROM disclosure ORDER BY id').pluck().all()
    expect(links(one)).toEqual(links(other))
    expect(codes(one)).toEqual(codes(other))
    for (const book of listBooks(one)) {
      const scope = { bookId: book.id, to: parseDate('2026-10-09') }
      expect(trialBalance(one, scope)).toEqual(trialBalance(other, scope))
    }
  })

  it('stands still at its own day', () => {
    const opened = (at: string) => clockFor(one, fixedClock(at))
    expect(opened('2031-01-01T00:00:00.000Z').today()).toBe('2026-10-09')
    const instants = ['2031-01-01T00:00:00', '2031-01-01T15:59:59.999', '2031-01-01T16:00:00', '2020-02-29T23:30:00']
    expect(instants.map((at) => opened(`${at}Z`).now())).toEqual([
      '2026-10-09T00:00:00.000Z', '2026-10-09T15:59:59.999Z', '2026-10-08T16:00:00.000Z', '2026-10-08T23:30:00.000Z',
    ])
  })

  it('has published closings that are the next opening, for every complex', () => {
    const notices = one.sqlite
      .prepare<[], { code: string; quarter: string; model: string }>(
        `SELECT c.code, d.quarter, d.model FROM disclosure d JOIN complex c ON c.id = d.complex_id
          ORDER BY c.code, d.quarter, d.version`,
      )
      .all()
    const closings = new Map<string, number>()
    for (const notice of notices) {
      const { sheet } = JSON.parse(notice.model) as {
        sheet: { opening: { total: { amount: number } }; closing: { amount: number } }
      }
      const before = closings.get(`${notice.code} ${addQuarters(parseQuarter(notice.quarter), -1)}`)
      if (before !== undefined) expect(sheet.opening.total.amount).toBe(before)
      closings.set(`${notice.code} ${notice.quarter}`, sheet.closing.amount)
    }
    expect(closings.size).toBeGreaterThan(70)
  })

  it('has work waiting in every room', () => {
    const has = (sql: string) => Number(one.sqlite.prepare(`SELECT count(*) FROM ${sql}`).pluck().get())
    const due = dueWork(one, parseDate('2026-10-09'), [30, 15, 7, 3, 1, 0], parseDate('2026-11-08'))
    expect(due.overdueCount).toBeGreaterThan(0)
    expect(due.rows.length).toBeGreaterThan(due.overdueCount)
    expect(has("voucher_draft WHERE state = 'draft'")).toBeGreaterThan(0)
    expect(has("voucher_draft WHERE state = 'reviewed'")).toBeGreaterThan(0)
    expect(has('statement_line')).toBe(38)
    // One account reconciled to August, its September waiting.
    expect(has('reconciliation_check')).toBe(2)
    expect(has("certificate_event WHERE difference_reason <> ''")).toBe(1)
    expect(openDifferences(one, null)).toEqual({ count: 1, shortFen: 1, overFen: 0 })
    const steps = one.sqlite.prepare('SELECT DISTINCT step FROM repair_standing').pluck().all()
    expect(steps).toEqual(expect.arrayContaining([...REPAIR_STEPS]))
    expect(has("disclosure WHERE quarter = '2026Q3'")).toBe(0)
    expect(has('disclosure WHERE version = 2')).toBe(1)
  })

  it('the account whose bank file is shipped starts September where the bank does, and can be reconciled to the fen', () => {
    const { id } = bankAccountByNumber(one, '610000000002')
    const table = monthTable(one, id, parseMonth('2026-09'))
    expect(table).toMatchObject({ startDifferenceFen: 0, differenceFen: 0, obstacles: [] })
    expect(table.bank.length).toBeGreaterThan(20)
  })

  it('has deposits of every kind, and everything that can happen to them', () => {
    const kinds = (sql: string) => one.sqlite.prepare(sql).pluck().all()
    expect(kinds('SELECT DISTINCT product FROM certificate ORDER BY 1'))
      .toEqual(['largeCertificate', 'notice7', 'time', 'treasuryBond'])
    expect(kinds('SELECT DISTINCT kind FROM certificate_event ORDER BY 1'))
      .toEqual(['amended', 'drawn', 'frozen', 'noticed', 'partlyWithdrawn', 'placed', 'rolledOver'])
    // One was split, two were merged.
    expect(kinds('SELECT count(*) FROM certificate_link GROUP BY event_id HAVING count(*) > 1')).toEqual([2])
    expect(kinds('SELECT count(*) FROM certificate_link GROUP BY next_id HAVING count(*) > 1')).toEqual([2])
    expect(kinds('SELECT DISTINCT product FROM bank_account_terms ORDER BY 1')).toEqual(['agreement', 'demand'])
    expect(kinds('SELECT count(*) FROM account_interest WHERE expected_fen <> paid_fen')).toEqual([1])
  })
})
