import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

import { readArguments, readWholeNumber } from '#server/cli/arguments.ts'
import { displayWidth, problemText, tableText } from '#server/cli/output.ts'
import { foundTestLedger, layOutFolder, send } from '../office.ts'

const MAIN = path.resolve(import.meta.dirname, '../../../server/cli/main.ts')

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })
}

describe('the command line', () => {
  it('lists its commands, and for an unknown one answers 2', () => {
    expect(run('help')).toMatchObject({ status: 0, stdout: expect.stringContaining('serve FILE [--port N] [--no-open]') })
    const unknown = run('sevre')
    expect([unknown.status, unknown.stdout]).toEqual([2, ''])
    expect(unknown.stderr).toMatch(/没有“sevre”这个命令.*\[cli\.command\]/)
    expect(unknown.stderr).toContain('serve FILE')
    expect(run('constructor').status).toBe(2)
    expect(run().status).toBe(2)
  })

  it('refuses bad arguments with field, way out and code, and never with a stack', () => {
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
      const { status, stderr } = run(...args)
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
    const second = run('serve', ledgerPath, '--no-open')
    expect([second.status, second.stderr]).toEqual([2, expect.stringContaining('[ledger.locked]')])
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(fs.existsSync(`${ledgerPath}-wal`)).toBe(false)
    fs.rmSync(folder, { recursive: true, force: true })
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
