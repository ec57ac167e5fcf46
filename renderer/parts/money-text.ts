/** Amounts in forms are the text that was typed; only core reads them, so no amount passes through a float. */
import { formatYuan, parseYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { partsText } from '../messages/parts.ts'

/** Null when nothing was typed. Throws `money.format`, `money.range`. */
export function fenOfText(text: string | null | undefined, field?: string): Fen | null {
  if (text == null || text.trim() === '') return null
  return parseYuan(text, field === undefined ? {} : { field })
}

/** For a form's first value. */
export function textOfFen(fen: Fen | null | undefined): string {
  return fen == null ? '' : formatYuan(fen)
}

/** `1234.5` → `1,234.50` when the field is left; text that is no amount stays as typed, for the person to correct. */
export function tidyMoneyText(text: string): string {
  try {
    return textOfFen(fenOfText(text))
  } catch (error) {
    if (error instanceof Problem) return text
    throw error
  }
}

export type MoneyRule = { readonly required?: boolean; readonly positive?: boolean }

/** What is wrong with the typed amount, or null. */
export function moneyFault(text: string | null | undefined, { required = false, positive = false }: MoneyRule): string | null {
  try {
    const fen = fenOfText(text)
    if (fen === null) return required ? partsText.amountMissing : null
    return positive && fen <= 0 ? partsText.amountPositive : null
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

/** A rule for `Form.Item rules={[moneyRule({ required: true, positive: true })]}` around a MoneyInput. */
export function moneyRule(rule: MoneyRule): { readonly validator: (_: unknown, text?: string | null) => Promise<void> } {
  return {
    validator: async (_, text) => {
      const fault = moneyFault(text, rule)
      if (fault !== null) throw new Error(fault)
    },
  }
}
