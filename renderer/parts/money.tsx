/** Money as accountants read it: separated thousands, two decimals, negative red with a minus; empty is blank, zero is 0.00. */
import { formatYuan, type Fen } from '#core/money.ts'

export function yuanText(fen: Fen | null | undefined): string {
  return fen == null ? '' : formatYuan(fen)
}

export function Money({ fen, unit = '' }: { readonly fen: Fen | null | undefined; readonly unit?: string }) {
  if (fen == null) return null
  return (
    <span className={fen < 0 ? 'money negative' : 'money'}>
      {unit}
      {formatYuan(fen)}
    </span>
  )
}
