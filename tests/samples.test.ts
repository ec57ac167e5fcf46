/** Every sample bank file either parses to its golden figures or is refused with a sentence; none crashes or is half read. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readStatement } from '#core/statement/read.ts'
import { hasSamples, judgeSample, readSample, sampleFiles, sampleFolder } from './sample-files.ts'

if (!hasSamples) console.log(`SKIPPED: no sample files at ${sampleFolder}`)

describe.skipIf(!hasSamples)('each sample bank file is read exactly or refused with its line', () => {
  it.each(sampleFiles)('%s', (file) => {
    expect(judgeSample(file)).not.toMatchObject({ verdict: 'FAILED' })
  })
})

describe.skipIf(!hasSamples)('sample bank files', () => {
  it('the two BOC files of one statement give the same rows', () => {
    const [csv, txt] = ['boc_corp_38col_tabsuffix.utf8bom.csv', 'boc_corp_38col_pipe_anonymised.gb18030.txt'].map((name) =>
      readSample(`synthetic-corporate/${name}`).rows.map(({ line: _line, ...row }) => row),
    )
    expect(csv).toEqual(txt)
    expect(csv).toHaveLength(29)
    expect(csv?.filter((row) => row.kind === 'fee')).toHaveLength(6)
  })

  /** All messages among the samples are of foreign accounts; kept in yuan they show that the readers read. */
  const inYuan = (file: string) => {
    const text = readFileSync(path.join(sampleFolder, file), 'latin1')
      .replace(/(?<=:6[02][FM]:[CD]\d{6}|:34F:|:90[CD]:\d{1,5})[A-Z]{3}/g, 'CNY')
      .replace(/(?<=Ccy="|<Ccy>|CURDEF>|CURSYM>)[A-Z]{3}/g, 'CNY')
    return readStatement(Buffer.from(text, 'latin1'), { fileName: path.basename(file) })
  }

  it.each([
    ['mt940/ASNB__mt940.txt', 3, 282_890, 5, 277_196, 44_429, 50_123],
    ['mt940/ASNB__mt940_with_spaces_for_entry_date.txt', 3, 282_890, 5, 277_196, 44_429, 50_123],
    ['mt940/citi__mt940.txt', 0, 0, 3, 114_275, 1_737_667, 1_623_392],
    ['mt940/jejik__generic.sta', 0, 0, 2, 2_000, 10_000, 8_000],
    ['mt940/jejik__sns.sta', 0, 0, 2, 2_500, 123_456, 120_956],
    ['mt940/mBank__mt940.sta', 3, 3, 0, 0, 40, 43],
    ['mt940/mBank__mt942.sta', 3, 3, 0, 0, null, null],
    ['mt940/self-provided__february_30.sta', 0, 0, 1, 600, 120_000, 119_400],
    ['mt940/self-provided__transaction_details_wrapped.sta', 0, 0, 1, 600, 120_000, 119_400],
    ['camt/camt053.v2.multi.statement.xml', 1, 885, 1, 700, 1_815, 2_000],
    ['camt/camt052.v8.xml', 0, 0, 1, 20_000_000, null, null],
    ['camt/camt054.v4.xml', 0, 0, 1, 20_000_000, null, null],
    ['ofx/checking.ofx', 1, 1, 2, 5_951, 16_049, 10_099],
    ['ofx/suncorp.ofx', 0, 0, 1, 1_685, 125_097, 123_412],
  ])('%s is refused for its currency alone', (file, inCount, inFen, outCount, outFen, opening, closing) => {
    expect(readSample(file).errors.map(({ code }) => code)).toEqual(['currency.foreign'])
    expect(inYuan(file)).toMatchObject({ errors: [], inCount, inFen, outCount, outFen, opening, closing })
  })
})
