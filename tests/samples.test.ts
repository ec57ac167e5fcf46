/** Every sample bank file either parses to its golden figures or is refused with a sentence; none crashes or is half read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readStatement } from '#core/statement/read.ts'
import { isAccepted } from '#core/statement/statement.ts'

const folder = path.join(process.env['MINGZHANG_SAMPLES'] ?? '../shared/samples', 'bank')
const isPresent = existsSync(path.join(folder, 'expected.json'))
if (!isPresent) console.log(`SKIPPED: no sample files at ${folder}`)

const golden = z.record(
  z.string(),
  z.object({
    encoding: z.string(), rows: z.number(), in_count: z.number(), in_fen: z.number(), out_count: z.number(),
    out_fen: z.number(), balance_chain_ok: z.boolean().nullable(),
  }),
)

const expected = isPresent ? golden.parse(JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8'))) : {}
const files = isPresent
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.split(path.sep).join('/'))
      .filter((file) => /^(?:cn|synthetic-corporate|mt940|camt|ofx)\/./.test(file))
  : []

const read = (file: string) => readStatement(readFileSync(path.join(folder, file)), { fileName: path.basename(file) })

describe.skipIf(!isPresent)('sample bank files', () => {
  it.each(files.filter((file) => file.startsWith('synthetic-corporate/')))('%s parses exactly', (file) => {
    const statement = read(file)
    const wanted = expected[file]
    expect(wanted).toBeDefined()
    expect(statement.errors).toEqual([])
    expect(statement).toMatchObject({
      encoding: wanted?.encoding, inCount: wanted?.in_count, inFen: wanted?.in_fen, outCount: wanted?.out_count,
      outFen: wanted?.out_fen, rows: { length: wanted?.rows }, balanceChain: 'ok',
    })
  })

  it('the two BOC files of one statement give the same rows', () => {
    const [csv, txt] = ['boc_corp_38col_tabsuffix.utf8bom.csv', 'boc_corp_38col_pipe_anonymised.gb18030.txt'].map((name) =>
      read(`synthetic-corporate/${name}`).rows.map(({ raw: _raw, line: _line, ...row }) => row),
    )
    expect(csv).toEqual(txt)
    expect(csv).toHaveLength(29)
    expect(csv?.filter((row) => row.kind === 'fee')).toHaveLength(6)
  })

  it.each(files.filter((file) => !file.startsWith('synthetic-corporate/')))('%s is read exactly or refused', (file) => {
    const statement = read(file)
    const wanted = expected[file]
    if (!isAccepted(statement)) expect(statement.errors[0]?.message).toMatch(/[\u4e00-\u9fff]{4}/)
    // Refused while reading: nothing is handed on. Refused by a check, or accepted: the figures are the golden ones.
    if (statement.rows.length === 0) expect([statement.inFen, statement.outFen, isAccepted(statement)]).toEqual([0, 0, false])
    else if (wanted) {
      expect(statement).toMatchObject({
        encoding: wanted.encoding, inCount: wanted.in_count, inFen: wanted.in_fen, outCount: wanted.out_count,
        outFen: wanted.out_fen, rows: { length: wanted.rows },
      })
      if (wanted.balance_chain_ok !== null) expect(statement.balanceChain).toBe(wanted.balance_chain_ok ? 'ok' : 'broken')
    }
  })
})
