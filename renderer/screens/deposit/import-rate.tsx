/** A rate typed outside a form: percent as text. */
import { Input } from 'antd'

type Props = { readonly label: string; readonly value: string; readonly onChange: (typed: string) => void }

export function RateText({ label, value, onChange }: Props) {
  return (
    <Input
      aria-label={label}
      className="import-rate"
      inputMode="decimal"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
