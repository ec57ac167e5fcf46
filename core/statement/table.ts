/** Bytes of any supported file to records of text cells, each with its line. Throws Problem for what cannot be read. */
import papa from 'papaparse'
import { Problem } from '../problem.ts'
import { cleanCell, titleOf } from './cells.ts'
import { decodeText, type Encoding } from './encoding.ts'
import { MAX_STATEMENT_BYTES, MAX_STATEMENT_RECORDS, tooLarge, tooManyRows } from './limits.ts'
import { readSheet } from './sheet.ts'
import type { StatementFormat } from './statement.ts'

/** One line of the file; `line` is 1-based and counts line breaks inside quotes. */
export type TableRecord = { readonly line: number; readonly cells: readonly string[] }

export type StatementTable = {
  readonly format: StatementFormat
  readonly encoding: Encoding | null
  readonly records: readonly TableRecord[]
  /** False when the file stops without a line end, as a cut-off download does. */
  readonly endsWithLineBreak: boolean
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly line: number | null }[]
}

const PREVIEW_CHARACTERS = 65_536

export function readTable(bytes: Uint8Array, chosen?: Encoding): StatementTable {
  if (bytes.length === 0) throw new Problem({ code: 'file.empty', message: '文件是空的，请重新下载后再导入' })
  if (bytes.length > MAX_STATEMENT_BYTES) throw tooLarge()
  const sniffed = sniffFormat(bytes)
  if (sniffed !== 'text') return { format: sniffed, encoding: null, endsWithLineBreak: true, ...readSheet(bytes) }
  // By name before by encoding: MT940 files carry control characters and foreign code pages.
  refuseOtherTextFormat(bytes)
  const { text, encoding } = decodeText(bytes, chosen)
  if (text.trim() === '') throw new Problem({ code: 'file.empty', message: '文件里没有内容，请重新下载后再导入' })
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const delimiter = delimiterOf(lines)
  return {
    format: delimiter === ',' ? 'csv' : 'txt',
    encoding,
    records: splitRecords(lines, delimiter),
    endsWithLineBreak: lines.endsWith('\n'),
    warnings: [],
  }
}

/** By content, never by name: banks call web pages and text files .xls. */
function sniffFormat(bytes: Uint8Array): 'text' | 'xls' | 'xlsx' {
  const magic = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (magic === 'd0cf11e0a1b11ae1') return 'xls'
  if (magic.startsWith('504b0304')) return 'xlsx'
  const known: [string, string][] = [
    ['25504446', 'PDF'],
    ['89504e47', 'PNG 图片'],
    ['ffd8ff', 'JPEG 图片'],
    ['1f8b', 'GZIP 压缩包'],
    ['52617221', 'RAR 压缩包'],
    ['377abcaf', '7z 压缩包'],
  ]
  const found = known.find(([prefix]) => magic.startsWith(prefix))
  if (found) throw unsupported(found[1])
  return 'text'
}

function unsupported(name: string): Problem {
  return new Problem({
    code: 'format.unsupported',
    message: `暂不支持的格式：${name}，请在网银里改选 CSV、TXT 或 Excel 格式下载`,
  })
}

function refuseOtherTextFormat(bytes: Uint8Array): void {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096)).replace(/^ï»¿/, '').trimStart()
  if (/^OFXHEADER|<OFX>/i.test(start)) throw unsupported('OFX')
  if (/camt\.05[234]/.test(start)) throw unsupported(`camt.${/camt\.(05[234])/.exec(start)?.[1] ?? '05x'}（ISO 20022）`)
  if (/^<\?xml|^<Document/.test(start)) throw unsupported('XML')
  if (/^<!doctype html|^<html|^<table|^<meta/i.test(start)) throw unsupported('网页（HTML），请用 Excel 打开后另存为 .xlsx')
  if (/^\{1:/.test(start) || /^:(?:20|25|28C?|60[FM]|61|62[FM]|86|NS):?/m.test(start)) {
    throw unsupported(/^:34F:|MT942/m.test(start) ? 'MT942' : 'MT940')
  }
}

/** The delimiter that shows most titles on one line: footers may hold another one (`…|具体内容请以柜台为准`). */
function delimiterOf(lines: string): string {
  const head = lines.slice(0, PREVIEW_CHARACTERS).split('\n')
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of [',', '|', '\t', ';']) {
    const score = Math.max(...head.map((line) => new Set(line.split(delimiter).map(titleOf)).size - 1))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function splitRecords(lines: string, delimiter: string): TableRecord[] {
  const parsed = papa.parse<string[]>(lines, {
    delimiter,
    newline: '\n',
    // Pipe files never quote; a stray inch mark in a memo must not swallow the lines after it.
    quoteChar: delimiter === '|' ? '\u0000' : '"',
    skipEmptyLines: false,
  })
  const records: TableRecord[] = []
  let line = 1
  for (const [index, cells] of parsed.data.entries()) {
    if (index >= MAX_STATEMENT_RECORDS) throw tooManyRows()
    records.push({ line, cells: cells.map(cleanCell) })
    line += 1
    for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1
  }
  const broken = parsed.errors.find((error) => error.type === 'Quotes')
  if (broken) {
    const at = records[broken.row ?? 0]?.line ?? 1
    throw new Problem({
      code: 'file.truncated',
      message: `第 ${at} 行起引号没有成对，文件可能下载不完整，请重新下载`,
      row: at,
    })
  }
  // A final line break leaves one empty record behind.
  if (lines.endsWith('\n')) records.pop()
  return records
}
