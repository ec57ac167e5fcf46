/**
 * Old Excel files (.xls) are records in a compound file. The spreadsheet library decodes the formulas of every cell even
 * though nobody asked for them, and on a damaged one it never comes back: it waits for a read position it has passed. So
 * formulas are taken out before it sees them (the value stored beside each stays), and records that do not fit refuse the
 * file.
 */
import { CFB } from '@e965/xlsx'
import { assertInvariant, Problem } from '../problem.ts'

const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0] as const

/** [MS-XLS] 2.3: record numbers. */
const BEGIN_OF_PART = 0x0809
const OLDER_BEGINNINGS: readonly number[] = [0x0009, 0x0209, 0x0409]
const FILE_PASSWORD = 0x002f
const FORMULAS: readonly number[] = [0x0006, 0x0206, 0x0406]
/** Array and shared formulas, names and links: all hold formulas, none holds a value. */
const FORMULA_HOLDERS: readonly number[] = [0x0018, 0x0218, 0x0021, 0x0221, 0x04bc, 0x0023, 0x0223]
/** A number no record has: readers step over it. */
const NO_RECORD = 0x08ff
/** Cell address, value, flags and the formula's length ([MS-XLS] 2.4.127). */
const FORMULA_HEAD = 22
const FORMULA_LENGTH_AT = 20

export function isCompoundFile(bytes: Uint8Array): boolean {
  return COMPOUND_FILE.every((byte, index) => bytes[index] === byte)
}

export type BinarySheets = {
  /** The workbook's records, without formulas. */
  readonly stream: Uint8Array
  readonly hasFormulas: boolean
}

/** Throws Problem `file.truncated`, `file.locked` or `file.oldWorkbook`. */
export function withoutFormulas(bytes: Uint8Array): BinarySheets {
  const stream = Uint8Array.from(workbookStream(bytes))
  const view = new DataView(stream.buffer)
  let hasFormulas = false
  for (let at = 0; at < stream.length; ) {
    // The library writes, and some banks' exports end with, a few zero bytes after the last record.
    if (stream.length - at < 4) break
    const record = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    const body = at + 4
    if (body + length > stream.length) throw damaged()
    if (OLDER_BEGINNINGS.includes(record)) throw tooOld()
    if (record === FILE_PASSWORD) throw locked()
    if (at === 0 && record !== BEGIN_OF_PART) throw damaged()
    if (FORMULAS.includes(record)) {
      if (length < FORMULA_HEAD) throw damaged()
      view.setUint16(body + FORMULA_LENGTH_AT, 0xffff, true)
      hasFormulas = true
    } else if (FORMULA_HOLDERS.includes(record)) {
      view.setUint16(at, NO_RECORD, true)
    }
    at = body + length
  }
  return { stream, hasFormulas }
}

function workbookStream(bytes: Uint8Array): Uint8Array {
  const files: unknown = CFB
  assertInvariant(readsCompoundFiles(files), 'the spreadsheet library opens compound files')
  const container = files.read(bytes, { type: 'array' })
  for (const name of ['/Workbook', '/Book']) {
    const entry = files.find(container, name)
    if (typeof entry !== 'object' || entry === null || !('content' in entry)) continue
    if (entry.content instanceof Uint8Array) return entry.content
    if (Array.isArray(entry.content)) return Uint8Array.from(entry.content)
  }
  if (files.find(container, '/EncryptedPackage') !== null) throw locked()
  throw damaged()
}

type CompoundFiles = {
  read(bytes: Uint8Array, options: { readonly type: 'array' }): unknown
  find(container: unknown, name: string): unknown
}

/** The library leaves this part of itself untyped. */
function readsCompoundFiles(part: unknown): part is CompoundFiles {
  return typeof part === 'object' && part !== null && 'read' in part && 'find' in part
}

function damaged(): Problem {
  return new Problem({ code: 'file.truncated', message: 'Excel 文件不完整或已损坏，请从网银重新下载' })
}

function locked(): Problem {
  return new Problem({ code: 'file.locked', message: '工作簿设有密码，请用 Excel 打开、去掉密码后另存再导入' })
}

function tooOld(): Problem {
  return new Problem({ code: 'file.oldWorkbook', message: '这是 1995 年以前的 Excel 格式，请用 Excel 打开、另存为 .xlsx 后再导入' })
}
