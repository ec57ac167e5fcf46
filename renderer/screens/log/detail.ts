/** An entry of the operation log as fields and values a person reads; pure. */
import { formatYuan, fen } from '#core/money.ts'
import { formatPercent, rateMicro } from '#core/rate.ts'
import { fieldWord, logValueText as text, valueWord } from '../../messages/log-field.ts'

export type DetailFact = { readonly label: string; readonly value: string }

/** What its key ids are called, so that `bookId: 2` reads as the book's name. */
export type NamesOf = (field: string, id: number) => string | undefined

const FINGERPRINT = /^[0-9a-f]{64}$/
/** Enough to tell two files apart; the whole is in the ledger. */
const FINGERPRINT_SHOWN = 12

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Digits of a whole number of millionths (or thousandths, hundredths) as a decimal; nothing passes through a float. */
function decimal(value: number, digits: number): string {
  const written = String(Math.abs(value)).padStart(digits + 1, '0')
  const decimals = written.slice(-digits).replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${written.slice(0, -digits)}${decimals === '' ? '' : `.${decimals}`}`
}

function numberText(field: string, value: number, names: NamesOf): string {
  if (!Number.isSafeInteger(value)) return String(value)
  if (field === 'amount' || field.endsWith('Fen')) return formatYuan(fen(value))
  if (field === 'unitPriceMicro') return decimal(value, 6)
  if (value >= 0 && (field === 'percent' || field.endsWith('Micro'))) return text.rate(formatPercent(rateMicro(value)))
  if (field.endsWith('Milli')) return decimal(value, 3)
  if (field.endsWith('Hundredths')) return decimal(value, 2)
  return names(field, value) ?? String(value)
}

function valueText(field: string, value: unknown, names: NamesOf): string {
  if (value === null || value === undefined || value === '') return text.none
  if (typeof value === 'boolean') return value ? text.yes : text.no
  if (typeof value === 'number') return numberText(field, value, names)
  if (typeof value === 'string') {
    return FINGERPRINT.test(value) ? text.fingerprint(value.slice(0, FINGERPRINT_SHOWN)) : valueWord(field, value)
  }
  if (Array.isArray(value)) return listText(field, value, names)
  if (isObject(value)) {
    return Object.entries(value).map(([key, part]) => text.of(labelOf(key), valueText(key, part, names))).join(text.between)
  }
  return ''
}

function listText(field: string, values: readonly unknown[], names: NamesOf): string {
  if (values.length === 0) return text.none
  const hasParts = values.some((value) => isObject(value))
  return values.map((value) => valueText(field, value, names)).join(hasParts ? '\n' : text.listed)
}

function labelOf(field: string): string {
  return /sha256$/i.test(field) || field === 'hash' ? text.fingerprintName : fieldWord(field)
}

function parsed(detail: string): Readonly<Record<string, unknown>> {
  const read: unknown = JSON.parse(detail)
  return isObject(read) ? read : {}
}

/** Every field, a list of parts as one line each. */
export function detailFacts(detail: string, names: NamesOf): readonly DetailFact[] {
  return Object.entries(parsed(detail)).map(([field, value]) => (
    { label: labelOf(field), value: valueText(field, value, names) }
  ))
}

function isFingerprint(value: unknown): boolean {
  return typeof value === 'string' && FINGERPRINT.test(value)
}

/** The same in one line for the list: no fingerprints, nothing empty, long lists only counted. */
export function detailLine(detail: string, names: NamesOf): string {
  return Object.entries(parsed(detail))
    .filter(([, value]) => value !== null && value !== '' && !isFingerprint(value))
    .flatMap(([field, value]) => {
      if (!Array.isArray(value)) return [text.of(labelOf(field), valueText(field, value, names))]
      if (value.length === 0) return []
      const isShort = !value.some((part) => isObject(part) || isFingerprint(part)) && value.length <= 4
      return [text.of(labelOf(field), isShort ? listText(field, value, names) : text.entries(value.length))]
    })
    .join(text.between)
}
