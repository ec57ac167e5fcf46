/**
 * How long accounting records are kept (会计档案管理办法 art. 14–15): counted from the first day after the fiscal year;
 * the lengths are minimums and come from the table in force.
 */
import { parseDate, type BusinessDate } from './calendar.ts'
import { Problem } from './problem.ts'

export type Retention = { readonly kind: 'years'; readonly years: number } | { readonly kind: 'permanent' }

/** First day of the clock; the fiscal year is the calendar year (会计法 2024 art. 11). */
export function retentionStart(fiscalYear: number): BusinessDate {
  return parseDate(`${fiscalYear + 1}-01-01`)
}

/** Last day a record must be kept; null: for ever. */
export function keptUntil(fiscalYear: number, retention: Retention): BusinessDate | null {
  if (retention.kind === 'permanent') return null
  if (!Number.isInteger(retention.years) || retention.years < 1) {
    throw new Problem({ code: 'retention.years', message: '保管年限必须是正整数：请核对档案保管期限表', field: 'years' })
  }
  return parseDate(`${fiscalYear + retention.years}-12-31`)
}
