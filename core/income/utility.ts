/**
 * Shared water, power and lift upkeep of a complex, one row per supplier's bill, as the notice shows them (Quanzhou 2025,
 * Beijing art. 70, Henan art. 39: usage, amount and who bears it are posted). A bill belongs to the quarter its period
 * ends in, so that it is published once.
 */
import { datePartsOf, daysInMonth, type BusinessDate } from '../calendar.ts'
import { formatYuan, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { usageCharge } from './utility-share.ts'

export const UTILITY_KINDS = ['power', 'water', 'lift'] as const
export type UtilityKind = (typeof UTILITY_KINDS)[number]

export const UTILITY_KIND_WORD: Readonly<Record<UtilityKind, string>> = { power: '公共用电', water: '公共用水', lift: '电梯维保' }

const UNIT: Readonly<Record<UtilityKind, string>> = { power: '千瓦时', water: '立方米', lift: '台' }

/** Who bears it: one of them, so that what the public income pays cannot be charged to the owners as well. */
export const UTILITY_PAYERS = ['fee', 'income', 'owners', 'fund'] as const
export type UtilityPayer = (typeof UTILITY_PAYERS)[number]

export const UTILITY_PAYER_WORD: Readonly<Record<UtilityPayer, string>> = {
  fee: '物业费', income: '公共收益', owners: '业主分摊', fund: '维修资金',
}

/** By agreement, else by exclusive area (民法典 art. 283). */
export const SHARE_BASES = ['area', 'household', 'agreed'] as const
export type ShareBasis = (typeof SHARE_BASES)[number]

export const SHARE_BASIS_WORD: Readonly<Record<ShareBasis, string>> = { area: '按面积', household: '按户', agreed: '按约定' }

/** Readings in thousandths of a unit; the meter's multiplier (互感器倍率) is a whole number. */
export type MeterReading = { readonly previousMilli: number; readonly currentMilli: number; readonly multiplier: number }

export type UtilityBill = {
  readonly kind: UtilityKind
  /** The meter and what it serves, or the lifts and who keeps them up. */
  readonly place: string
  readonly coversFrom: BusinessDate
  readonly coversTo: BusinessDate
  /** Null for lifts, and for a bill without a meter. */
  readonly reading: MeterReading | null
  /** Why the first reading is not the last one on file: a new meter, a first entry. */
  readonly meterNote: string
  /** Millionths of a yuan; null where the tariff has steps. */
  readonly unitPriceMicro: number | null
  readonly amountFen: Fen
  readonly paidFrom: UtilityPayer
  /** Only where the owners share it. */
  readonly shareBasis: ShareBasis | null
  /** The supplier's bill or the invoice. */
  readonly document: string
}

/** What is on file of the same meter or lifts, the latest before this bill. */
export type EarlierReading = { readonly coversTo: BusinessDate; readonly currentMilli: number | null }

export function usageMilli({ previousMilli, currentMilli, multiplier }: MeterReading): number {
  return (currentMilli - previousMilli) * multiplier
}

function plainMilli(milli: number): string {
  const fraction = String(milli % 1000).padStart(3, '0').replace(/0+$/, '')
  const whole = String(Math.trunc(milli / 1000))
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** `1,860.5 千瓦时` */
export function usageText(kind: UtilityKind, reading: MeterReading | null): string {
  if (reading === null) return ''
  const [whole = '', fraction] = plainMilli(usageMilli(reading)).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${UNIT[kind]}`
}

/** Whole months of a year read as months; anything else as its days. */
export function spanText(from: BusinessDate, to: BusinessDate): string {
  const first = datePartsOf(from)
  const last = datePartsOf(to)
  const isWholeMonths = first.day === 1 && last.day === daysInMonth(last.year, last.month) && first.year === last.year
  if (!isWholeMonths) return `${from} 至 ${to}`
  return first.month === last.month ? `${first.year}年${first.month}月` : `${first.year}年${first.month}至${last.month}月`
}

export function payerText(payer: UtilityPayer, basis: ShareBasis | null): string {
  return basis === null ? UTILITY_PAYER_WORD[payer] : `${UTILITY_PAYER_WORD[payer]}（${SHARE_BASIS_WORD[basis]}）`
}

function refuse(code: string, message: string, field: string): never {
  throw new Problem({ code: `utility.${code}`, message, field })
}

/**
 * Refuses a bill that does not add up. Throws `utility.place`, `utility.span`, `utility.document`, `utility.amount`,
 * `utility.basis`, `utility.reading`, `utility.gap`, `utility.repeated`, `utility.price`, each with its field.
 */
export function checkUtilityBill(bill: UtilityBill, earlier: EarlierReading | null): void {
  if (bill.place === '') refuse('place', '请写明表号和服务部位，或电梯和维保单位', 'place')
  if (bill.coversTo < bill.coversFrom) refuse('span', '期间的截止日早于起始日，请核对', 'coversTo')
  if (bill.document === '') refuse('document', '请填写供应单位的账单号或发票号', 'document')
  if (bill.amountFen <= 0) refuse('amount', '金额须大于零', 'amount')
  if ((bill.paidFrom === 'owners') !== (bill.shareBasis !== null)) {
    refuse('basis', '由业主分摊的要写明分摊方式，其他列支不分摊', 'shareBasis')
  }
  if (earlier !== null && bill.coversFrom <= earlier.coversTo) {
    refuse('repeated', `“${bill.place}”已登记到 ${earlier.coversTo}：请改起始日，或先撤回登错的一笔`, 'coversFrom')
  }
  checkReading(bill, earlier?.currentMilli ?? null)
}

function checkReading({ kind, reading, meterNote, unitPriceMicro, amountFen }: UtilityBill, last: number | null): void {
  if (reading === null) {
    if (unitPriceMicro !== null) refuse('price', '没有表底数就不能按单价核对：请填写表底数，或不填单价', 'unitPrice')
    return
  }
  if (kind === 'lift') refuse('reading', '电梯维保没有表底数', 'current')
  if (!Number.isInteger(reading.multiplier) || reading.multiplier < 1) refuse('reading', '倍率须是 1 以上的整数', 'multiplier')
  // A meter never goes backwards; what looks like it is another meter, or a slip.
  if (reading.currentMilli < reading.previousMilli) refuse('reading', '本期表底数小于上期：换过表的，请按新表的起数填上期', 'current')
  if (last !== null && last !== reading.previousMilli && meterNote === '') {
    refuse('gap', `上次登记的表底数是 ${plainMilli(last)}：换过表的请在备注写明，否则请改正`, 'previous')
  }
  if (!Number.isSafeInteger(usageMilli(reading))) refuse('reading', '用量过大，请核对表底数和倍率', 'current')
  if (unitPriceMicro === null) return
  const charge = usageCharge(usageMilli(reading), unitPriceMicro)
  if (charge !== amountFen) {
    const message = `用量乘单价是 ${formatYuan(charge)} 元，与账单金额 ${formatYuan(amountFen)} 元不符：请核对；阶梯计价的不填单价`
    refuse('price', message, 'unitPrice')
  }
}
