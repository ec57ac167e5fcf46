/** Numbers that name a person or a body: resident identity cards (GB 11643), credit codes (GB 32100), passports. */
import { Problem } from '../problem.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Upper case, half-width, no blanks: what is stored and compared. */
export function plainIdentityNumber(text: string): string {
  const half = text.replaceAll(/[\uFF01-\uFF5E]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
  return half.replaceAll(/[\s\u00A0\u3000-]/g, '').toUpperCase()
}

/** A spreadsheet kept the number as a number: `3.40702198001011E+17`, or eighteen digits whose last ones became zeros. */
export function isDamagedIdentityNumber(text: string): boolean {
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(text.trim())) return true
  const number = plainIdentityNumber(text)
  return /^\d{15,}000$/.test(number) && number.length >= 18 && !hasRightCheckDigit(number)
}

function hasRightCheckDigit(number: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return CHECKS[sum % 11] === number[17]
}

/** False for an eighteen-digit card whose check digit or birth date cannot be; true for every other kind of number. */
export function isPlausibleIdentityNumber(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return true
  const month = Number(number.slice(10, 12))
  const day = Number(number.slice(12, 14))
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hasRightCheckDigit(number)
}

/** The stored form. Throws `identity.damaged`, `identity.format`. */
export function parseIdentityNumber(text: string, where: { field?: string; row?: number } = {}): string {
  if (isDamagedIdentityNumber(text)) {
    // Not repeated here: a message may be copied into a mail.
    const message = '证件号被表格软件当作数字保存，末几位已丢失：请把该列设为文本格式，重新填写证件号'
    throw new Problem({ code: 'identity.damaged', message, ...where })
  }
  const number = plainIdentityNumber(text)
  if (!/^[0-9A-Z()]{4,30}$/.test(number)) {
    const message = '证件号只能是字母和数字，4 至 30 位：请按证件填写；没有证件号时留空'
    throw new Problem({ code: 'identity.format', message, ...where })
  }
  return number
}
