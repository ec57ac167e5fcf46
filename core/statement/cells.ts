/**
 * What banks put into a cell, cleaned and read. Digits and punctuation are normalised, names never are: NFKC would turn
 * a legal name into a different one.
 */
import { parseDate, type BusinessDate } from '../calendar.ts'
import { parseYuan, plainFen, type Fen } from '../money.ts'

const ZERO_WIDTH = /[\u200B-\u200D\u2060\uFEFF]/g
const NEEDS_CLEANING = /[^\u0021-\u007E\u4E00-\u9FFF]|^[='"]/

/** Removes tab suffixes, full-width and no-break blanks, zero-width characters and Excel's `="…"` text armour. */
export function cleanCell(raw: string): string {
  // Most cells are plain; skipping them keeps a 100,000-row file within reach of the bare CSV reader.
  if (!NEEDS_CLEANING.test(raw)) return raw
  const text = raw.replace(ZERO_WIDTH, '').replace(/[\s\u00A0\u3000]+/g, ' ').trim()
  const armoured = /^="(.*)"$/.exec(text)?.[1] ?? text
  return armoured.replace(/^'(?=\d)/, '').trim()
}

/** In place: most cells are plain, and a copy of each row of a large file would cost more than reading it. */
export function cleanCells(cells: string[]): void {
  for (let index = 0; index < cells.length; index += 1) {
    const raw = cells[index] ?? ''
    if (raw !== '' && NEEDS_CLEANING.test(raw)) cells[index] = cleanCell(raw)
  }
}

/** Full-width ASCII (`１，２３４．５`, `（`, `：`) to ASCII; nothing else changes. */
export function toHalfWidth(text: string): string {
  if (!/[\uFF01-\uFF5E]/.test(text)) return text
  return text.replace(/[\uFF01-\uFF5E]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
}

/** A column title or label as compared: no blanks, half-width, no trailing `[ English ]`. */
export function titleOf(raw: string): string {
  return toHalfWidth(cleanCell(raw)).replace(/\[[^\]]*[A-Za-z][^\]]*\]/g, '').replace(/[\s#]/g, '')
}

/** Banks write "nothing" as blanks, dashes or a slash. */
export function isBlank(text: string): boolean {
  if (text === '') return true
  // Only text that begins with a dash or slash can be nothing but dashes.
  const first = text.charCodeAt(0)
  if ((first >= 0x30 && first <= 0x7e) || (first >= 0x4e00 && first <= 0x9fff)) return false
  return /^[-—–－/]+$/.test(text)
}

export function isMasked(text: string): boolean {
  return /[*xyz]/i.test(text) && /^[\dxyz*.,+-]+$/i.test(text)
}

export type BankAmount = { readonly fen: Fen; readonly bracketed: boolean }

/** Null for an empty cell. Throws Problem for anything that is not plainly one amount (`1e5`, `0.1+0.2`). */
export function readAmount(cell: string, where: { row: number; field: string }): BankAmount | null {
  if (cell === '') return null
  const plain = plainFen(cell)
  if (plain !== null) return { fen: plain, bracketed: false }
  const text = toHalfWidth(cell)
    .replace(/[−﹣]/g, '-')
    .replace(/^(?:CNY|RMB|人民币)(?=[\s+\-\d.])/i, '')
    .replace(/[¥￥元\s]/g, '')
  if (isBlank(text)) return null
  const inner = /^\(([^()+-]+)\)$/.exec(text)?.[1]
  if (inner !== undefined) return { fen: parseYuan(inner, where), bracketed: true }
  const isLeadingPoint = /^[+-]?\.\d{1,2}$/.test(text)
  return { fen: parseYuan(isLeadingPoint ? text.replace('.', '0.') : text, where), bracketed: false }
}

const STAMP = new RegExp(
  String.raw`^(\d{4})(?:(\d{2})(\d{2})|[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:$|[T\s-]+(.*)$|(\d{6})$)`,
)

/**
 * The day, and the time where the cell carries one: `20240105`, `2024-1-5 10:15`, `2024-01-05-10.15.22.123456`,
 * `2024年1月5日`. Throws Problem `date.format` for anything else, also for day-first and year-less dates.
 */
export function readStamp(cell: string, where: { row: number; field: string }): { date: BusinessDate; rest: string } {
  const match = STAMP.exec(toHalfWidth(cell))
  const month = match?.[2] ?? match?.[4] ?? match?.[6]
  const day = match?.[3] ?? match?.[5] ?? match?.[7]
  if (!match || month === undefined || day === undefined) return { date: parseDate(cell, where), rest: '' }
  const date = parseDate(`${match[1] ?? ''}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, where)
  return { date, rest: (match[8] ?? match[9] ?? '').trim() }
}

const FULL_TIME = /^(?:[01]\d|2[0-3])(?::[0-5]\d:[0-5]\d|[0-5]\d[0-5]\d)$/

export type BankTime = { readonly time: string; readonly restoredZeros: boolean }

/** `10:15:22`, `10.15.22.123456`, `101522`, and `83533` whose leading zero a spreadsheet dropped. Null: not a time. */
export function readTime(cell: string): BankTime | null {
  if (FULL_TIME.test(cell)) {
    const isParted = cell.length === 8
    const hour = cell.slice(0, 2)
    const minute = isParted ? cell.slice(3, 5) : cell.slice(2, 4)
    return { time: `${hour}:${minute}:${cell.slice(-2)}`, restoredZeros: false }
  }
  const text = toHalfWidth(cell).trim()
  const parted = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?$/.exec(text)
  const compact = /^\d{1,6}$/.test(text) ? text.padStart(6, '0') : null
  const hour = (compact?.slice(0, 2) ?? parted?.[1] ?? '').padStart(2, '0')
  const minute = compact?.slice(2, 4) ?? parted?.[2] ?? ''
  const second = compact?.slice(4, 6) ?? parted?.[3] ?? '00'
  if ((!parted && compact === null) || hour > '23' || minute > '59' || second > '59') return null
  return { time: `${hour}:${minute}:${second}`, restoredZeros: compact !== null && text.length < 6 }
}

const YUAN_NAMES = new Set(['CNY', 'RMB', '人民币', '人民币元', '元', '156', '001', '01', '人民币(CNY)', 'CNY人民币'])

/** An empty cell claims no foreign currency. */
export function isYuan(currency: string): boolean {
  return isBlank(currency) || YUAN_NAMES.has(titleOf(currency).toUpperCase())
}

/** The digits and mask marks of an account number; blanks and dashes are typography. */
export function accountDigits(text: string): string {
  return toHalfWidth(text).replace(/[\s-]/g, '').toUpperCase()
}

/** `6.22848E+18`: a spreadsheet kept the account as a number and lost its last digits. */
export function isDamagedAccount(text: string): boolean {
  return /^\d(?:\.\d+)?E\+?\d+$/i.test(toHalfWidth(text).trim())
}

/** Equal, or equal in every digit the bank left unmasked. */
export function isSameAccount(one: string, other: string): boolean {
  const left = accountDigits(one)
  const right = accountDigits(other)
  if (left === right) return true
  return matchesMask(left, right) || matchesMask(right, left)
}

function matchesMask(mask: string, account: string): boolean {
  const head = /^\d*/.exec(mask)?.[0] ?? ''
  const tail = /\d*$/.exec(mask)?.[0] ?? ''
  // Fewer than four visible digits identify nothing.
  if (!/^\d*[*X]+\d*$/.test(mask) || head.length + tail.length < 4) return false
  return account.startsWith(head) && account.endsWith(tail) && account.length >= head.length + tail.length
}
