/** Label and value, in two columns (or as many as fit): what a record is, at a glance. */
import type { ReactNode } from 'react'

export type Fact = { readonly label: string; readonly value: ReactNode; readonly wide?: boolean }

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, wide = false }) => (
        <div key={label} className={wide ? 'wide' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
