/** Floor area in dm² (0.01 m²) integers; read digit by digit, never through a float. */
import { Problem } from '../problem.ts'

/** 10 million m²: larger than any complex; a larger figure is a number in the wrong column. */
const LARGEST_DM2 = 1_000_000_000

const PLAIN_AREA = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/

/** `89.5`, `1,089.50`, `89.50㎡` → dm². Throws Problem `area.format`, `area.precision`, `area.zero`. */
export function parseAreaDm2(text: string, where: { field?: string; row?: number } = {}): number {
  const match = PLAIN_AREA.exec(text.trim().replace(/\s*(?:㎡|m2|m²|平方米|平米)$/i, ''))
  const whole = match?.[1]
  if (!match || whole === undefined) {
    const message = `“${text}”不是面积：请写成半角数字，单位平方米，例如 89.50`
    throw new Problem({ code: 'area.format', message, ...where })
  }
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  if (decimals.length > 2) {
    const message = `面积“${text}”超过两位小数：请按产权证上的面积保留两位小数`
    throw new Problem({ code: 'area.precision', message, ...where })
  }
  const dm2 = Number(whole.replaceAll(',', '') + decimals.padEnd(2, '0'))
  if (dm2 === 0) throw new Problem({ code: 'area.zero', message: '面积为 0：请按产权证或测绘成果填写面积', ...where })
  if (dm2 > LARGEST_DM2) throw new Problem({ code: 'area.format', message: `面积“${text}”过大：请核对单位是否为平方米`, ...where })
  return dm2
}

/** `8950` → `89.50`. */
export function formatArea(areaDm2: number): string {
  const digits = String(areaDm2).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
