/**
 * The edge where plain JSON becomes branded values. Amounts travel as integer fen, dates as `YYYY-MM-DD` text; nothing
 * is coerced, so `"12.3"`, `1e5` as text or 2025-02-30 are refused with a sentence instead of being guessed at.
 */
import { z } from 'zod'
import { parseDate, parseMonth, parseQuarter, type BusinessDate, type Month, type Quarter } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { rateMicro, type RateMicro } from '#core/rate.ts'

z.config(z.locales.zhCN())

/** Runs one of core's parsers and hands its sentence to zod. */
export function parsedBy<From, To>(parse: (value: From) => To) {
  return (value: From, context: z.core.$RefinementCtx): To => {
    try {
      return parse(value)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      context.issues.push({ code: 'custom', message: error.message, input: value })
      return z.NEVER
    }
  }
}

/** Integer fen, any sign. */
export const fenSchema = z.number('金额须是以分为单位的整数').int('金额须是以分为单位的整数').transform(parsedBy<number, Fen>(fen))

/** Integer fen, more than zero. */
export const positiveFenSchema = z
  .number('金额须是以分为单位的整数')
  .int('金额须是以分为单位的整数')
  .positive('金额须大于零')
  .transform(parsedBy<number, Fen>(fen))

export const dateSchema = z.string('请填写日期').transform(parsedBy<string, BusinessDate>((text) => parseDate(text)))

export const monthSchema = z.string('请填写会计期间').transform(parsedBy<string, Month>((text) => parseMonth(text)))
export const quarterSchema = z.string('请填写季度').transform(parsedBy<string, Quarter>((text) => parseQuarter(text)))
/** Millionths of a percent a year. */
export const rateSchema = z.number('请填写利率').int('利率须是整数').transform(parsedBy<number, RateMicro>(rateMicro))

/** A row's number in the ledger, branded: `idSchema<'book'>()`. */
export function idSchema<Of extends string>() {
  return z.number('请选择一项').int('请选择一项').positive('请选择一项').transform((value) => idOf<Of>(value))
}
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, '文件指纹须是 64 位十六进制')
/** From `/api/upload` or a job's documents. */
export const fileTokenSchema = z.uuid('请重新选择文件')
/** One line of text a person typed. */
export const textSchema = z.string().trim().max(500)
export const requiredTextSchema = textSchema.min(1, '不能为空')

/** Lists are paged: no answer grows with the ledger. */
export const PAGE_LIMIT = 500
export const pageSchema = z.object({
  limit: z.number().int().min(1).max(PAGE_LIMIT).default(100),
  offset: z.number().int().min(0).default(0),
})
