/**
 * The digest that the QR code and the short code carry: canonical text of the figures, hashed by the caller (the rules
 * have no crypto), shortened to what a person can type from a board.
 */
import { parseQuarter, type Quarter } from '../calendar.ts'
import { Problem } from '../problem.ts'
import type { Figure } from './quarter-input.ts'
import type { QuarterSheet } from './sheet.ts'

type Canonical = string | number | null | readonly Canonical[] | { readonly [key: string]: Canonical }

/** JSON with sorted keys and no spaces: the same figures give the same bytes on every machine and in every release. */
function canonicalJson(value: Canonical): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

function money(figure: Figure | null): number | null {
  return figure === null ? null : figure.amount
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/**
 * Every amount (integer fen) and date a reader could act on, by row id. Names, notes, the order of rows and voucher ids
 * are left out: renaming a company must not make a true notice look false. Their freezing is the file's own hash.
 */
export function figuresText(sheet: QuarterSheet): string {
  const daily = sheet.dailyFund
  const figures: Canonical = {
    complex: sheet.complex.code,
    quarter: sheet.quarter,
    balanceDate: sheet.balanceDate,
    opening: { rows: byId(sheet.opening.rows).map((row) => [row.id, row.amount.amount]), total: sheet.opening.total.amount },
    income: {
      rows: byId(sheet.income.rows).map((row) => [row.id, money(row.receivable), money(row.received), money(row.yearToDate)]),
      categories: sheet.income.categories
        .map((row) => [row.category, row.received.amount, row.shareHundredths] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
      receivable: sheet.income.receivable.amount,
      received: sheet.income.received.amount,
      yearToDate: sheet.income.yearToDate.amount,
    },
    costs: { rows: byId(sheet.costs.rows).map((row) => [row.id, money(row.amount)]), total: sheet.costs.total.amount },
    net: sheet.net.amount,
    uses: { rows: byId(sheet.uses.rows).map((row) => [row.id, row.kind, money(row.amount)]), total: sheet.uses.total.amount },
    transfers: {
      rows: byId(sheet.transfers.rows).map((row) => [row.id, row.date, row.amount.amount]),
      total: sheet.transfers.total.amount,
      ratio: sheet.transfers.ratioHundredths,
    },
    closing: sheet.closing.amount,
    bank: {
      rows: sheet.bank.rows.map((row) => [row.last4, row.demand, row.term]),
      reconciling: byId(sheet.bank.reconciling).map((row) => [row.id, row.amount.amount]),
      total: sheet.bank.total,
    },
    daily:
      daily === null
        ? null
        : [daily.opening.amount, daily.income.amount, daily.spending.amount, daily.closing.amount, daily.bankBalance],
    utilities: byId(sheet.utilities).map((row) => [row.id, row.amount.amount]),
  }
  return canonicalJson(figures)
}

/** Crockford's base 32: no I, L, O, U, so a code read aloud or copied by hand survives. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DIGEST_LENGTH = 12

function digestOf(sha256Hex: string): string {
  if (!/^[0-9a-f]{64}$/i.test(sha256Hex)) throw new Error('sha256Hex must be 64 hex digits')
  // 12 × 5 = 60 bits = the first 15 hex digits.
  let bits = BigInt(`0x${sha256Hex.slice(0, (DIGEST_LENGTH * 5) / 4)}`)
  let text = ''
  for (let i = 0; i < DIGEST_LENGTH; i += 1) {
    text = (ALPHABET[Number(bits & 31n)] ?? '') + text
    bits >>= 5n
  }
  return text
}

export type ShortCodeParts = {
  readonly complexCode: string
  readonly quarter: Quarter
  readonly version: number
  /** 12 characters without hyphens. */
  readonly digest: string
}

/** `MZ-TL003-2025Q3-V1-7K3M-9QXB-2F4T` */
export function shortCode(facts: {
  readonly complexCode: string
  readonly quarter: Quarter
  readonly version: number
  readonly sha256Hex: string
}): string {
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u.test(facts.complexCode)) {
    throw new Problem({
      code: 'short-code.complex',
      message: `小区代码“${facts.complexCode}”不能用于公示校验码：请只用字母、数字和连字符`,
      field: '小区代码',
    })
  }
  const groups = digestOf(facts.sha256Hex).match(/.{4}/g) ?? []
  return `MZ-${facts.complexCode}-${facts.quarter}-V${facts.version}-${groups.join('-')}`
}

/** Reads a code as typed: spaces, lower case in the digest, O for 0 and I or L for 1 are forgiven. */
export function parseShortCode(text: string): ShortCodeParts {
  const match = /^MZ-(.+)-(\d{4}Q[1-4])-V([1-9]\d{0,5})-([0-9A-Z]{4})-?([0-9A-Z]{4})-?([0-9A-Z]{4})$/iu.exec(
    text.replace(/\s/g, ''),
  )
  const [, complexCode, quarter, version, ...groups] = match ?? []
  const digest = groups.join('').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
  if (complexCode === undefined || quarter === undefined || [...digest].some((sign) => !ALPHABET.includes(sign))) {
    throw new Problem({
      code: 'short-code.format',
      message: `“${text}”不是公示校验码：请照公示表页脚输入，形如 MZ-小区代码-2025Q3-V1-XXXX-XXXX-XXXX`,
      field: '校验码',
    })
  }
  return { complexCode, quarter: parseQuarter(quarter.toUpperCase()), version: Number(version), digest }
}

/** Whether a code was made from figures with this hash. */
export function codeMatches(code: ShortCodeParts, sha256Hex: string): boolean {
  return code.digest === digestOf(sha256Hex)
}
