/** What kind of file the bytes are, told by content and never by name: banks call web pages and text files .xls. */
import { Problem } from '../problem.ts'
import { decodeText, type Encoding } from './encoding.ts'
import { MAX_MESSAGE_BYTES, MAX_STATEMENT_BYTES, messageTooLarge, tooLarge } from './limits.ts'
import { readSheet } from './sheet.ts'
import type { MessageFormat } from './statement.ts'
import { readTextTable, type StatementTable } from './table.ts'

export type StatementSource =
  | { readonly kind: 'table'; readonly table: StatementTable }
  | { readonly kind: 'message'; readonly format: MessageFormat; readonly encoding: Encoding; readonly text: string }

/** Throws Problem for what no reader can read; `chosen` is the encoding the clerk picked in the preview. */
export function openSource(bytes: Uint8Array, chosen?: Encoding): StatementSource {
  if (bytes.length === 0) throw new Problem({ code: 'file.empty', message: '文件是空的，请重新下载后再导入' })
  if (bytes.length > MAX_STATEMENT_BYTES) throw tooLarge()
  const sniffed = sniffFormat(bytes)
  if (sniffed !== 'text') {
    const { records, warnings } = readSheet(bytes)
    return { kind: 'table', table: { format: sniffed, encoding: null, endsWithLineBreak: true, records, warnings } }
  }
  // By name before by encoding: MT940 files carry control characters and foreign code pages.
  const format = messageFormatOf(bytes)
  if (format === null) return { kind: 'table', table: readTextTable(decodeText(bytes, chosen)) }
  if (bytes.length > MAX_MESSAGE_BYTES) throw messageTooLarge()
  return { kind: 'message', format, ...decodeText(format === 'mt940' ? withoutFraming(bytes) : bytes, chosen) }
}

const STRANGERS: readonly (readonly [string, string])[] = [
  ['25504446', 'PDF'],
  ['89504e47', 'PNG 图片'],
  ['ffd8ff', 'JPEG 图片'],
  ['1f8b', 'GZIP 压缩包'],
  ['52617221', 'RAR 压缩包'],
  ['377abcaf', '7z 压缩包'],
]

function sniffFormat(bytes: Uint8Array): 'text' | 'xls' | 'xlsx' {
  const magic = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (magic === 'd0cf11e0a1b11ae1') return 'xls'
  if (magic.startsWith('504b0304')) return 'xlsx'
  const found = STRANGERS.find(([prefix]) => magic.startsWith(prefix))
  if (found) throw unsupported(found[1])
  return 'text'
}

function unsupported(name: string): Problem {
  return new Problem({
    code: 'format.unsupported',
    message: `暂不支持的格式：${name}，请在网银里改选 CSV、TXT 或 Excel 格式下载`,
  })
}

const MT_TAG = /^:(?:20|21|25P?|28C?|34F|60[FM]|61|62[FM]|86|90[CD]|NS):/m

/** Null for plain text, which is read as a table. */
function messageFormatOf(bytes: Uint8Array): MessageFormat | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096)).replace(/^ï»¿/, '').trimStart()
  if (/^OFXHEADER|<OFX>/i.test(start)) return 'ofx'
  const camt = /camt\.(05[234])\./.exec(start)?.[1]
  if (camt === '052' || camt === '053' || camt === '054') return `camt.${camt}`
  if (/^<\?xml|^<Document/.test(start)) throw unsupported('XML')
  if (/^<!doctype html|^<html|^<table|^<meta/i.test(start)) throw unsupported('网页（HTML），请用 Excel 打开后另存为 .xlsx')
  return /^\{1:/.test(start) || MT_TAG.test(start) ? 'mt940' : null
}

/** SOH and ETX frame a message on the wire; they are no content. */
function withoutFraming(bytes: Uint8Array): Uint8Array {
  return bytes.includes(1) || bytes.includes(3) ? bytes.filter((byte) => byte !== 1 && byte !== 3) : bytes
}
