import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'

import { readArguments, readWholeNumber } from '#server/cli/arguments.ts'
import { runCommandLine } from '#server/cli/run.ts'
import { displayWidth, problemText, tableText } from '#server/cli/output.ts'
import { foundTestLedger, layOutFolder, send } from '../office.ts'

const SAMPLES = path.resolve(import.meta.dirname, '../../../../shared/samples')
const MAIN = path.resolve(import.meta.dirname, '../../../server/cli/main.ts')

type Outcome = { status: number | null; stdout: string; stderr: string }

/** As a process of its own, as people start it. */
function start(...args: string[]): Outcome {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })
}

/** The same without a new process. */
async function run(...args: string[]): Promise<Outcome> {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0)
  const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => stderr.push(String(text)) > 0)
  try {
    return { status: await runCommandLine(args), stdout: stdout.join(''), stderr: stderr.join('') }
  } finally {
    out.mockRestore()
    error.mockRestore()
  }
}

describe('the command line', () => {
  it('lists its commands, and for an unknown one answers 2', async () => {
    expect(start('help')).toMatchObject({ status: 0, stdout: expect.stringContaining('serve FILE [--port N] [--no-open]') })
    const unknown = start('sevre')
    expect([unknown.status, unknown.stdout]).toEqual([2, ''])
    expect(unknown.stderr).toMatch(/没有“sevre”这个命令.*\[cli\.command\]/)
    expect(unknown.stderr).toContain('serve FILE')
    expect((await run('constructor')).status).toBe(2)
    expect((await run()).status).toBe(2)
  })

  it('refuses bad arguments with field, way out and code, and never with a stack', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['serve'], /“FILE”：缺少 FILE。 用法：mingzhang serve FILE.*\[cli\.arguments\]/],
      [['serve', 'a.mzdb', 'b.mzdb'], /多出参数“b\.mzdb”/],
      [['serve', 'a.mzdb', '--prot', '1'], /不认识的选项.*\[cli\.arguments\]/],
      [['serve', 'a.mzdb', '--port'], /缺少取值/],
      [['serve', 'a.mzdb', '--port', '99999'], /“--port”：“99999”不是 0 到 65535 之间的整数。 \[cli\.number\]/],
      [['serve', '/nonexistent/a.mzdb'], /\[ledger\.missing\]/],
      [['serve', '/'], /\[ledger\.notAFile\]/],
    ]
    for (const [args, expected] of cases) {
      const { status, stderr } = await run(...args)
      expect([args, status]).toEqual([args, 2])
      expect(stderr).toMatch(expected)
      expect(stderr).not.toMatch(/\n\s+at /)
    }
  })

  it('serves until told to stop: prints the one-time link, closes the ledger, ends with 0', async () => {
    const folder = layOutFolder()
    const ledgerPath = foundTestLedger(folder)
    const child = spawn(process.execPath, [MAIN, 'serve', ledgerPath, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const first = await new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk))))
    const [, port = '', rest = ''] = /^明账已启动：http:\/\/127\.0\.0\.1:(\d+)(\/open\?token=[\w-]+)$/m.exec(first) ?? []
    expect((await send({ port: Number(port) }, { path: rest })).status).toBe(303)
    const second = await run('serve', ledgerPath, '--no-open')
    expect([second.status, second.stderr]).toEqual([2, expect.stringContaining('[ledger.locked]')])
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(fs.existsSync(`${ledgerPath}-wal`)).toBe(false)
    fs.rmSync(folder, { recursive: true, force: true })
  })
})

describe('calc', () => {
  it('prints an input to start from, which is itself a good input, for every topic', async () => {
    const { stderr } = await run('calc', 'weather')
    const topics = /可用：([\w、-]+)/.exec(stderr)?.[1]?.split('、') ?? []
    expect(topics).toContain('interest')
    for (const topic of topics) {
      const example = await run('calc', topic)
      const result = await run('calc', topic, '--input', example.stdout)
      expect([topic, example.status, result.status, result.stderr]).toEqual([topic, 0, 0, ''])
    }
  })

  it('takes money as text digit by digit and names the field it cannot read', async () => {
    const interest = { principal: '10000.00', rate: '2.70', start: '2009-12-28', months: 6 }
    const good = await run('calc', 'interest', '--input', JSON.stringify(interest))
    expect(JSON.parse(good.stdout)).toEqual({ dueDate: '2010-06-28', interest: '135.00' })
    for (const principal of ['1e5', '１，２３４.５', '0.1+0.2', '99999999999999999999', 10000]) {
      const bad = await run('calc', 'interest', '--input', JSON.stringify({ ...interest, principal }))
      expect([principal, bad.status, bad.stdout]).toEqual([principal, 2, ''])
      expect(bad.stderr).toMatch(/^“principal”：.*\[input\]/)
    }
    const badDate = await run('calc', 'interest', '--input', JSON.stringify({ ...interest, start: '2025-02-30' }))
    expect(badDate.stderr).toMatch(/“start”.*2025-02-30.*\[input\]/)
    expect((await run('calc', 'interest', '--input', '{')).stderr).toContain('[cli.json]')
  })
})

describe('parse', () => {
  const bank = path.join(process.env['MINGZHANG_SAMPLES'] ?? SAMPLES, 'bank/synthetic-corporate')

  it('shows a statement as table and as JSON, and refuses what is none with code 2', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-parse-'))
    const photo = path.join(folder, 'photo.csv')
    fs.writeFileSync(photo, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]))
    for (const file of [photo, folder, path.join(folder, 'gone.csv')]) {
      const refused = await run('parse', file)
      expect([file, refused.status]).toEqual([file, 2])
      expect(refused.stderr).toMatch(/\p{Script=Han}.*\[[\w.]+\]\n$/u)
    }
    fs.rmSync(folder, { recursive: true })

    if (!fs.existsSync(bank)) return console.log('SKIPPED: no sample statements')
    const [sample = ''] = fs.readdirSync(bank).filter((name) => name.endsWith('.csv'))
    const table = await run('parse', path.join(bank, sample))
    const json = await run('parse', path.join(bank, sample), '--json')
    expect([sample, json.status, table.status]).toEqual([sample, 0, 0])
    const statement: { rows: { date: string; amountFen: number }[]; inCount: number; outCount: number } = JSON.parse(json.stdout)
    expect(statement.rows.length).toBe(statement.inCount + statement.outCount)
    for (const row of statement.rows) expect(table.stdout).toContain(row.date)
  })
})

describe('output', () => {
  it('aligns columns for the width Chinese takes in a terminal', () => {
    const columns = [{ title: '小区' }, { title: '金额', align: 'right' as const }]
    const lines = tableText(columns, [['梧桐苑', '1,234.50'], ['A区', '-0.01']]).trimEnd().split('\n')
    expect(lines).toEqual(['小区        金额', '------  --------', '梧桐苑  1,234.50', 'A区        -0.01'])
    expect(lines.map(displayWidth)).toEqual([16, 16, 16, 16])
  })

  it('shows control characters of a bank memo instead of obeying them', () => {
    expect(tableText([{ title: 'x' }], [['a\u001b[31mb\nc']])).not.toMatch(/\u001b|b\nc/)
    expect(problemText({ code: 'c', message: 'a\u001b[2Jb' })).not.toContain('\u001b')
  })

  it('names field and row of a refusal', () => {
    const problem = { code: 'money.format', message: '不是金额', field: '贷方', row: 3 }
    expect(problemText(problem)).toBe('“贷方”，第 3 行：不是金额 [money.format]')
  })
})

describe('arguments', () => {
  it('gives positionals by name and options as Node describes them', () => {
    const { positional, values } = readArguments(['a', '--json', 'b'], {
      usage: 'x A B [--json]', positionals: ['A', 'B'], options: { json: { type: 'boolean' } },
    })
    expect([positional('A'), positional('B'), values.json]).toEqual(['a', 'b', true])
  })

  it('reads whole numbers digit by digit', () => {
    expect(readWholeNumber('80', '--port', 0, 100)).toBe(80)
    for (const text of ['1e2', '0x10', '-1', ' 1', '1.0', '', '101', '9'.repeat(30)]) {
      expect(() => readWholeNumber(text, '--port', 0, 100)).toThrow(/不是 0 到 100 之间的整数/)
    }
  })
})
