/**
 * Cells of an office's own deposit sheet. Whatever can be read two ways is not read: it becomes a question to the clerk
 * (peers/term-deposit, "Traps": 2.35 against 0.0235, 万元 against 元, "1年" "12个月" "365天").
 */
import { addMonths, daysBetween, type BusinessDate } from '../calendar.ts'
import type { DepositTerm } from './interest.ts'
import { fenFromBigInt, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { rateMicro, type RateMicro } from '../rate.ts'
import { toHalfWidth } from '../statement/cells.ts'

type Where = { readonly row: number; readonly field: string }

export type RateUnit = 'percent' | 'fraction'
export type MoneyUnit = 'yuan' | 'wan'
export type TermUnit = 'years' | 'months' | 'days'

/** A cell with two readings; the sheet's reader asks, and reads again with the answer. */
export type TwoReadings = { readonly ask: true; readonly text: string }

const PLAIN_NUMBER = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/

/** value × 10^decimals as an integer, null for anything but a plain number with at most so many decimals. */
function scaled(text: string, decimals: number): bigint | null {
  const match = PLAIN_NUMBER.exec(text)
  const whole = match?.[1]
  const rest = (match?.[2] ?? '').replace(/0+$/, '')
  if (whole === undefined || rest.length > decimals) return null
  return BigInt(whole.replaceAll(',', '') + rest.padEnd(decimals, '0'))
}

/** Millionths of a percent: no deposit pays more; beyond it a unit was mistaken. */
const HIGHEST_RATE = 15_000_000n
/** 0.1: read as a fraction 10 %. Above it only percent makes sense, at or below it both do. */
const HIGHEST_FRACTION = 100_000n

/**
 * A year's rate. `2.35%` is plain; 2.35 is percent, since 235 % is none; 0.0235 has two readings, whatever the title says:
 * a cell formatted as percent keeps 0.0235 under a title with “%”. Throws `rate.format`, `rate.zero`, `rate.range`.
 */
export function readRateCell(cell: string, unit: RateUnit | null, where: Where): RateMicro | TwoReadings {
  const text = toHalfWidth(cell).replace(/\s/g, '')
  const isPercent = text.endsWith('%')
  const bare = isPercent ? text.slice(0, -1) : text
  const asPercent = scaled(bare, 6)
  const asFraction = scaled(bare, 8)
  if (asFraction === null || (isPercent && asPercent === null)) {
    throw new Problem({ code: 'rate.format', message: `“${cell}”不是年利率：请写成 2.35% 或 2.35`, ...where })
  }
  if (asFraction === 0n) {
    throw new Problem({ code: 'rate.zero', message: '年利率是 0：续存利率未定的，请向银行查明后填写', ...where })
  }
  const isEither = !isPercent && asFraction <= HIGHEST_FRACTION * 100n
  if (isEither && unit === null) return { ask: true, text: bare }
  const micro = isEither && unit === 'fraction' ? asFraction : asPercent
  if (micro === null || micro > HIGHEST_RATE) {
    throw new Problem({ code: 'rate.range', message: `年利率“${cell}”高于 15% 或小数过多，请核对单位`, ...where })
  }
  return rateMicro(Number(micro))
}

/** Yuan: the least a unit may place for a term (银发〔1997〕485号); less without a unit may be counted in 万元. */
const LEAST_YUAN = 10_000n

/**
 * An amount in fen. The cell's own unit wins, then the title's, then the clerk's answer; a number without any that would
 * be too small in yuan has two readings. Throws `money.format`.
 */
export function readMoneyCell(cell: string, stated: MoneyUnit | null, answer: MoneyUnit | null, where: Where): Fen | TwoReadings {
  const text = toHalfWidth(cell).replace(/[¥￥\s]/g, '').replace(/^(?:CNY|RMB|人民币)/i, '')
  const own = /(万元?|元整?)$/.exec(text)?.[1]
  const bare = own === undefined ? text : text.slice(0, -own.length)
  const asYuan = scaled(bare, 2)
  const asWan = scaled(bare, 6)
  if (asWan === null) {
    throw new Problem({ code: 'money.format', message: `“${cell}”不是金额：请写成 1234.50，或 50 万元`, ...where })
  }
  const isSmall = asWan < LEAST_YUAN * 1_000_000n
  const unit = own !== undefined ? (own.startsWith('万') ? 'wan' : 'yuan') : (stated ?? (isSmall ? answer : 'yuan'))
  if (unit === null) return { ask: true, text: bare }
  const fen = unit === 'wan' ? asWan : asYuan
  if (fen === null) throw new Problem({ code: 'money.format', message: `“${cell}”多于两位小数：请核对金额和单位`, ...where })
  if (fen === 0n) throw new Problem({ code: 'money.format', message: '本金是 0：已支取的存单不要放在表里', ...where })
  return fenFromBigInt(fen)
}

const CHINESE_COUNT: ReadonlyMap<string, number> = new Map([
  ['半', 0.5], ['一', 1], ['二', 2], ['两', 2], ['三', 3], ['四', 4], ['五', 5], ['六', 6], ['九', 9], ['十二', 12], ['十八', 18],
])

const TERM = /^(\d{1,5}|[半一二两三四五六九十八]{1,2})(个?年|个?月|天|日|Y|M|D)?期?$/i

function termIn(count: number, unit: TermUnit): DepositTerm | null {
  const months = unit === 'years' ? count * 12 : count
  if (!Number.isSafeInteger(months) || months <= 0) return null
  return unit === 'days' ? { unit: 'days', count: months } : { unit: 'months', count: months }
}

function unitNamed(text: string | undefined): TermUnit | null {
  if (text === undefined) return null
  if (/年|Y/i.test(text)) return 'years'
  return /月|M/i.test(text) ? 'months' : 'days'
}

/** The day the term ends by the corresponding day, or by counting days. */
export function endOf(term: DepositTerm, valueDate: BusinessDate): { readonly isOn: (due: BusinessDate) => boolean } {
  return {
    isOn: (due) => term.unit === 'months' ? addMonths(valueDate, term.count) === due : daysBetween(valueDate, due) === term.count,
  }
}

/**
 * `1年`, `12个月`, `365天`, `半年`, `6M`; a bare number takes the title's unit, else the only unit that ends on the due
 * date. An empty cell is read off the dates. Throws `term.format`, `term.unit`.
 */
export function readTermCell(
  cell: string,
  stated: TermUnit | null,
  dates: { readonly valueDate: BusinessDate; readonly dueDate: BusinessDate | null },
  where: Where,
): DepositTerm {
  const text = toHalfWidth(cell).replace(/\s/g, '')
  const { valueDate, dueDate } = dates
  if (text === '') {
    if (dueDate === null || dueDate <= valueDate) {
      throw new Problem({ code: 'term.format', message: '存期和到期日都没有：请至少填写一项', ...where })
    }
    return termByDates(valueDate, dueDate)
  }
  const match = TERM.exec(text)
  const digits = match?.[1] ?? ''
  const count = CHINESE_COUNT.get(digits) ?? Number(digits)
  if (match === null || Number.isNaN(count)) {
    throw new Problem({ code: 'term.format', message: `“${cell}”不是存期：请写成 1年、12个月 或 365天`, ...where })
  }
  const unit = unitNamed(match[2]) ?? stated
  const readings = (unit === null ? (['years', 'months', 'days'] as const) : [unit])
    .flatMap((each) => termIn(count, each) ?? [])
  const fitting = unit !== null || dueDate === null ? readings : readings.filter((term) => endOf(term, valueDate).isOn(dueDate))
  const [term, other] = fitting
  if (term === undefined || other !== undefined) {
    throw new Problem({ code: 'term.unit', message: `存期“${cell}”没有单位，也不能由到期日看出：请写成 1年、12个月 或 365天`, ...where })
  }
  return term
}

/** Whole months where the due date is a corresponding day, days otherwise. */
function termByDates(valueDate: BusinessDate, dueDate: BusinessDate): DepositTerm {
  for (let months = 1; months <= 120; months += 1) {
    const due = addMonths(valueDate, months)
    if (due === dueDate) return { unit: 'months', count: months }
    if (due > dueDate) break
  }
  return { unit: 'days', count: daysBetween(valueDate, dueDate) }
}
