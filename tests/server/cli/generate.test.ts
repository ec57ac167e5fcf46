/** The reference office: the same seed gives the same ledger, everything in it holds, and an interrupted one leaves nothing. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { FULL_SCALE, plannedComplexes } from '#services/reference/scale.ts'
import { inProject } from '../../../scripts/paths.ts'
import { run } from './run-command.ts'

const SMALL = ['--complexes', '2', '--households', '40', '--years', '2', '--seed', '7']
const LEAST = ['--complexes', '1', '--households', '10', '--years', '1', '--seed', '7']

function newPath(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mingzhang-generate-'))
  onTestFinished(() => { rmSync(dir, { recursive: true, force: true }) })
  return join(dir, 'office.mzdb')
}

function reading<Result>(path: string, read: (ledger: Ledger) => Result): Result {
  const ledger = openLedger(path, { readOnly: true })
  try {
    return read(ledger)
  } finally {
    ledger.close()
  }
}

/** A chain's head depends on every figure, day, person and household of all vouchers before it. */
function chainHeads(path: string): readonly unknown[] {
  return reading(path, ({ sqlite }) => sqlite
    .prepare(`SELECT book_id, chain_no, hash FROM voucher v
      WHERE chain_no = (SELECT max(chain_no) FROM voucher WHERE book_id = v.book_id)`)
    .all())
}

async function generated(size: readonly string[]): Promise<string> {
  const path = newPath()
  const { status, stderr } = await run('generate', path, ...size)
  expect(stderr).not.toContain('[')
  expect(status).toBe(0)
  return path
}

describe('mingzhang generate', () => {
  it('builds closed years with everything that happens in them, and they verify', async () => {
    const path = await generated(SMALL)
    expect(await run('verify', path)).toMatchObject({ status: 0, stdout: expect.stringContaining('账簿完好') })
    const count = (sql: string): number => reading(path, ({ sqlite }) => Number(sqlite.prepare(sql).pluck().get()))
    expect(count("SELECT count(*) FROM household WHERE state = 'active'")).toBe(40)
    expect(count('SELECT count(*) FROM household_ledger')).toBe(2)
    // Two complexes, two years each.
    expect(count('SELECT count(*) FROM gain_credit')).toBe(4)
    expect(count("SELECT count(*) FROM certificate_event WHERE kind = 'rolledOver'")).toBe(2)
    expect(count("SELECT count(*) FROM apportionment WHERE purpose = 'repair'")).toBeGreaterThan(8)
    expect(count("SELECT count(*) FROM repair_standing WHERE step <> 'closed'")).toBe(0)
    expect(count('SELECT count(*) FROM fund_transfer')).toBeGreaterThan(8)
    expect(count("SELECT count(*) FROM period WHERE state = 'open' AND month < '2026-01'")).toBe(0)
    expect(count("SELECT count(*) FROM period WHERE state = 'archived'")).toBe(24)
    // What the bank paid has reached the households whole.
    expect(count(`SELECT sum(l.credit_fen - l.debit_fen) FROM voucher_line l JOIN account a ON a.id = l.account_id
      WHERE a.code = '3101'`)).toBe(0)
  })

  it('gives the same ledger to the fen and the hash for the same seed, other sizes for another', async () => {
    expect(chainHeads(await generated(LEAST))).toEqual(chainHeads(await generated(LEAST)))
    const sizes = (seed: number) => plannedComplexes({ ...FULL_SCALE, seed }).map(({ households }) => households)
    expect(sizes(7)).toEqual(sizes(7))
    expect(sizes(8)).not.toEqual(sizes(7))
    expect(sizes(8).reduce((sum, each) => sum + each)).toBe(FULL_SCALE.households)
  })

  it('interrupted, it leaves nothing', async () => {
    const path = newPath()
    const size = ['--complexes', '20', '--households', '2000']
    const child = spawn(process.execPath, [inProject('server/cli/main.ts'), 'generate', path, ...size])
    await once(child.stderr, 'data')
    child.kill('SIGINT')
    const [status]: unknown[] = await once(child, 'exit')
    expect(status).toBe(1)
    expect(readdirSync(dirname(path))).toEqual([])
  })

  it('refuses a size that cannot be, and a file that is there', async () => {
    const path = newPath()
    const tooFew = await run('generate', path, '--complexes', '2', '--households', '19', '--years', '1')
    expect(tooFew.status).toBe(2)
    expect(tooFew.stderr).toContain('generate.scale')
    expect(readdirSync(dirname(path))).toEqual([])
    const taken = await run('generate', inProject('package.json'))
    expect(taken.status).toBe(2)
    expect(taken.stderr).toContain('generate.exists')
  })
})
