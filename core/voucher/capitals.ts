/**
 * Amounts and dates in Chinese capitals (大写), for receipts, vouchers and bank instruments. Two texts rule them and
 * differ on one point: 《支付结算办法》附一 (bank instruments) leaves 整 after 角 free, 会计基础工作规范 art. 52(3)
 * (vouchers, receipts) demands it.
 */
import { datePartsOf, type BusinessDate } from '../calendar.ts'
import type { Fen } from '../money.ts'
import { Problem } from '../problem.ts'

export type CapitalsStyle = 'voucher' | 'bank_instrument'

export type CapitalsOptions = {
  readonly style: CapitalsStyle
  /** 零 before 角 when the yuan digit is 0 (1680.32): 附一 allows both forms; written by default. */
  readonly zeroBeforeJiao?: boolean
  /** 人民币 directly before the digits, with no gap (附一 (七)); off where the form has it printed. */
  readonly currencyPrefix?: boolean
}

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const
const WAN = 10_000
const YI = 100_000_000

function digit(value: number): string {
  return DIGITS[value] ?? ''
}

/** 1–9999; one 零 stands for any run of zeros inside. */
function groupInCapitals(value: number): string {
  let text = ''
  let gap = false
  for (const [size, unit] of [[1000, '仟'], [100, '佰'], [10, '拾'], [1, '']] as const) {
    const here = Math.floor(value / size) % 10
    if (here === 0) {
      gap = text !== ''
      continue
    }
    text += `${gap ? '零' : ''}${digit(here)}${unit}`
    gap = false
  }
  return text
}

/** 1–9999 9999: 零 joins the groups when the lower one does not fill its 仟 place. */
function belowYiInCapitals(value: number): string {
  const high = Math.floor(value / WAN)
  const low = value % WAN
  if (high === 0) return groupInCapitals(low)
  const joint = low > 0 && low < WAN / 10 ? '零' : ''
  return `${groupInCapitals(high)}万${joint}${groupInCapitals(low)}`
}

function yuanDigitsInCapitals(yuan: number): string {
  const high = Math.floor(yuan / YI)
  const low = yuan % YI
  if (high === 0) return belowYiInCapitals(low)
  const joint = low > 0 && low < YI / 10 ? '零' : ''
  return `${belowYiInCapitals(high)}亿${joint}${belowYiInCapitals(low)}`
}

/**
 * `壹仟肆佰零玖元伍角整`. A negative amount (红字) is written with 负 on vouchers and refused on bank instruments,
 * where an amount below zero has no meaning; zero is `零元整`.
 */
export function yuanInCapitals(amount: Fen, options: CapitalsOptions): string {
  if (amount < 0 && options.style === 'bank_instrument') {
    throw new Problem({ code: 'capitals.negative', message: '票据和结算凭证不能写负数金额：请核对金额' })
  }
  const magnitude = Math.abs(amount)
  const cents = magnitude % 100
  const yuan = (magnitude - cents) / 100
  const jiao = Math.floor(cents / 10)
  const fenDigit = cents % 10
  let text = yuan > 0 || cents === 0 ? `${yuan === 0 ? '零' : yuanDigitsInCapitals(yuan)}元` : ''
  if (jiao > 0) {
    const zero = yuan > 0 && yuan % 10 === 0 && (options.zeroBeforeJiao ?? true)
    text += `${zero ? '零' : ''}${digit(jiao)}角`
  }
  if (fenDigit > 0) text += `${jiao === 0 && yuan > 0 ? '零' : ''}${digit(fenDigit)}分`
  if (cents === 0 || (fenDigit === 0 && options.style === 'voucher')) text += '整'
  return `${options.currencyPrefix === true ? '人民币' : ''}${amount < 0 ? '负' : ''}${text}`
}

/**
 * `贰零贰陆年零壹月壹拾伍日`: on bank instruments months 1, 2, 10 and days 1–10, 20, 30 take a leading 零, so that no
 * stroke added in front can turn 壹月 into 壹拾壹月 (附一, 票据的出票日期). The year is written digit by digit.
 */
export function dateInCapitals(date: BusinessDate): string {
  const { year, month, day } = datePartsOf(date)
  const yearText = Array.from(String(year), (character) => digit(Number(character))).join('')
  const monthZero = month === 1 || month === 2 || month === 10 ? '零' : ''
  const dayZero = day < 10 || day % 10 === 0 ? '零' : ''
  return `${yearText}年${monthZero}${groupInCapitals(month)}月${dayZero}${groupInCapitals(day)}日`
}
