import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '#db/ledger.ts'
import { complexOf, addComplex } from '#services/register/complex.ts'
import { noticeVersion } from '#services/disclosure/disclosure-version.ts'
import { earnQuarter, noticeOffice, type NoticeOffice } from '../../services/disclosure/notice-office.ts'
import { run } from './run-command.ts'

/** The office is closed before the commands run: they open the file themselves. */
async function published(build: (office: NoticeOffice) => void = () => undefined): Promise<{ file: string; code: string }> {
  const office = noticeOffice({ dir: folder })
  earnQuarter(office)
  const id = await office.publishDrawn('2025Q3')
  build(office)
  const { code } = noticeVersion(office.ledger, id)
  const file = office.ledger.path
  office.ledger.close()
  return { file, code }
}

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-cli-notice-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const read = (...parts: string[]) => fs.readFileSync(path.join(folder, ...parts))

describe('disclose', () => {
  it('writes the published notice byte for byte, twice the same, and the figures as JSON', async () => {
    const { file, code } = await published()
    for (const out of ['first', 'second']) {
      const done = await run('disclose', file, '--complex', 'A01', '--quarter', '2025Q3', '--out', path.join(folder, out))
      expect([done.status, done.stderr]).toEqual([0, ''])
      expect(done.stdout).toContain(`第 1 版，2025-10-09 公示，校验码 ${code}`)
    }
    expect(read('first', 'A01-2025Q3-第1版.pdf').equals(read('second', 'A01-2025Q3-第1版.pdf'))).toBe(true)
    expect(JSON.parse(read('first', 'A01-2025Q3-第1版.json').toString())).toMatchObject({
      complex: { code: 'A01', name: '示例花园' }, quarter: '2025Q3', version: { no: 1, code }, net: '7500.00', closing: '7500.00',
    })
  })

  it('draws a preview of what is not published, marks it, and says what is missing', async () => {
    const { file } = await published()
    const done = await run('disclose', file, '--complex', 'A01', '--quarter', '2025Q2', '--out', folder)
    expect(done.status).toBe(0)
    expect(done.stdout).toMatch(/A01-2025Q2-预览\.pdf\n预览稿：这个季度还没有公示/)
    expect(JSON.parse(read('A01-2025Q2-预览.json').toString())).toMatchObject({ version: { code: null } })
  })

  it('does the whole office: a folder per complex, progress, and a table of what is missing where', async () => {
    const { file } = await published((office) => {
      const { id: _id, state: _state, ...facts } = complexOf(office.ledger, office.complexId)
      addComplex(office.head, { ...facts, code: 'B/02', name: '..示例二村', profileCode: 'AH-TONGLING', hasAssembly: true })
    })
    const out = path.join(folder, 'out')
    const done = await run('disclose', file, '--all', '--quarter', '2025Q3', '--out', out)
    expect(done.status).toBe(0)
    expect(done.stderr).toContain('[1/2] A01 示例花园\n[2/2] B/02 ..示例二村\n')
    expect(done.stdout).toMatch(/A01 示例花园 +完成 +第 1 版/)
    expect(done.stdout).toMatch(/B\/02 \.\.示例二村 +缺资料 +缺 4 项：“公示张贴期”待填写/)
    expect(fs.readdirSync(out).sort()).toEqual(['A01 示例花园', 'B_02 ..示例二村'])
    expect(fs.readdirSync(path.join(out, 'B_02 ..示例二村')).sort()).toEqual(['B_02-2025Q3-预览.json', 'B_02-2025Q3-预览.pdf'])
  })

  it('refuses bad input with field and way out', async () => {
    const { file } = await published()
    const args = (...more: string[]) => run('disclose', file, ...more)
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['--quarter', '2025Q3', '--out', folder], /“--complex”：请在 --complex 和 --all 中选一个/],
      [['--all', '--complex', 'A01', '--quarter', '2025Q3', '--out', folder], /选一个/],
      [['--all', '--out', folder], /“--quarter”：缺少季度/],
      [['--all', '--quarter', '2025Q3'], /“--out”：缺少输出文件夹/],
      [['--all', '--quarter', '2025Q5', '--out', folder], /“--quarter”：“2025Q5”不是季度/],
      [['--complex', 'Z9', '--quarter', '2025Q3', '--out', folder], /没有编号为“Z9”的小区/],
      [['--complex', 'A01', '--quarter', '2025Q3', '--out', file], /“--out”：.*不能写入/],
    ]
    for (const [more, sentence] of cases) {
      const refused = await args(...more)
      expect([more, refused.status, refused.stderr]).toEqual([more, 2, expect.stringMatching(sentence)])
    }
  })
})

describe('verify', () => {
  it('finds an untouched ledger whole, and names the row that plain SQL altered', async () => {
    const { file } = await published()
    const whole = await run('verify', file)
    expect([whole.status, whole.stdout]).toEqual([0, expect.stringContaining('公示 1 份。\n账簿完好。')])
    const sqlite = new Database(file)
    const kept = sqlite.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'voucher_line_kept'").pluck()
    const trigger = kept.get() ?? ''
    sqlite.exec('DROP TRIGGER voucher_line_kept')
    const disarmed = await run('verify', file)
    expect([disarmed.status, disarmed.stdout]).toEqual([1, expect.stringContaining('[ledger.schemaChanged]')])
    sqlite.exec("UPDATE voucher_line SET summary = '改过' WHERE voucher_id = 1 AND line_no = 1").exec(trigger)
    sqlite.close()
    const damaged = await run('verify', file)
    expect(damaged.status).toBe(1)
    expect(damaged.stdout).toMatch(/凭证内容被改动：公共收益 2025-07 记-0001号 \[verify\.voucherChanged\]/)
    fs.writeFileSync(file, Buffer.concat([fs.readFileSync(file).subarray(0, 40_000), Buffer.alloc(40_000)]))
    expect((await run('verify', file)).status).toBe(1)
    fs.writeFileSync(file, 'not a ledger')
    expect(await run('verify', file)).toMatchObject({ status: 1, stdout: expect.stringContaining('[ledger.notALedger]') })
  })

  it('tells the published paper from an altered one and a moved ledger, by file and by code', async () => {
    const { file, code } = await published()
    await run('disclose', file, '--complex', 'A01', '--quarter', '2025Q3', '--out', folder)
    const pdf = path.join(folder, 'A01-2025Q3-第1版.pdf')
    const genuine = /^属实\n.*\n文件与公示时逐字节相同。\n账上现在的数字与公示的一致。/
    expect(await run('verify', file, '--notice', pdf)).toMatchObject({ status: 0, stdout: expect.stringMatching(genuine) })
    expect((await run('verify', file, '--notice', code)).status).toBe(0)
    fs.appendFileSync(pdf, '\n')
    const altered = await run('verify', file, '--notice', pdf)
    expect([altered.status, altered.stdout]).toEqual([1, expect.stringMatching(/^不符\n.*\n文件与公示时不同/)])
    expect((await run('verify', file, '--notice', code.replace('A01', 'A02'))).status).toBe(1)
    for (const [notice, code] of [['A01', 'short-code.format'], [path.join(folder, 'gone.pdf'), 'file.unreadable']] as const) {
      const refused = await run('verify', file, '--notice', notice)
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining(`[${code}]`)])
    }
  })

  it('shows which figures moved after publishing', async () => {
    const { file, code } = await published((office) => office.income('4001.01', '0.01', '2025-09-30'))
    const moved = await run('verify', file, '--notice', code)
    expect(moved.status).toBe(1)
    expect(moved.stdout).toMatch(/期末结余 +合计 +7,500\.00 +7,500\.01/)
  })
})

describe('backup, restore and trial-balance', () => {
  it('carry the office to another file with the same balances, and never over an existing one', async () => {
    const { file } = await published()
    const [copy, back] = [path.join(folder, 'copy.mzdb'), path.join(folder, 'back.mzdb')]
    expect(await run('backup', file, copy)).toMatchObject({ status: 0, stdout: expect.stringContaining('已备份') })
    expect(await run('backup', file, copy)).toMatchObject({ status: 2, stderr: expect.stringContaining('[backup.exists]') })
    expect(await run('restore', copy, back)).toMatchObject({ status: 0, stdout: expect.stringContaining('已恢复') })
    const balances = (path: string) => run('trial-balance', path, '--book', 'G', '--as-of', '2025-09-30', '--json')
    const before = await balances(file)
    expect((await balances(back)).stdout).toBe(before.stdout)
    expect(JSON.parse(before.stdout)).toMatchObject({
      book: 'G', complex: null, asOf: '2025-09-30', debit: '8500.00', credit: '8500.00',
      rows: [
        { code: '1001.01', balance: '7500.00' }, { code: '4001.01', balance: '-8000.00' }, { code: '5001.01', balance: '500.00' },
      ],
    })
    expect((await run('verify', back)).status).toBe(0)
  })

  it('a backup is in the log of the ledger it was made of; where it cannot be, the person is told', async () => {
    const { file } = await published()
    const first = await run('backup', file, path.join(folder, 'first.mzdb'))
    expect(first.stdout).toContain('已记入操作日志')
    const holder = openLedger(file)
    const logged = "SELECT count(*) FROM operation WHERE action = 'backup.make'"
    expect(holder.sqlite.prepare(logged).pluck().get()).toBe(1)
    const second = await run('backup', file, path.join(folder, 'second.mzdb'))
    expect([second.status, second.stdout]).toEqual([0, expect.stringMatching(/没有记入操作日志：.*另一个明账窗口/)])
    expect(holder.sqlite.prepare(logged).pluck().get()).toBe(1)
    holder.close()
  })

  it('prints a balance on its side and refuses a date that is none', async () => {
    const { file } = await published()
    const table = await run('trial-balance', file, '--book', 'G', '--complex', 'A01', '--as-of', '2025-07-31')
    expect(table.stdout).toMatch(/1001\.01 +活期存款 +8,000\.00 +0\.00 +8,000\.00\n/)
    expect(table.stdout).toMatch(/4001\.01 +公共车位停车费 +0\.00 +8,000\.00 +8,000\.00\n/)
    expect(table.stdout).toMatch(/合计 +8,000\.00 +8,000\.00\n/)
    const wrong = await run('trial-balance', file, '--book', 'G', '--as-of', '2025-02-30')
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/“--as-of”：.*2025-02-30/)])
    expect((await run('trial-balance', file, '--book', 'X')).stderr).toContain('没有编号为“X”的账簿')
    expect((await run('trial-balance', path.join(folder, 'no.mzdb'), '--book', 'G')).stderr).toContain('[ledger.missing]')
  })
})
