/** The sections of one screen as links, so that each has an address, works with back and opens in a second window. */
import type { Target } from '../navigation.ts'
import { Go } from './go.tsx'
import './section-links.css'

export type Section = {
  readonly key: string
  readonly label: string
  readonly to: Target
  readonly count?: number
  /** A rule before it; a screen with groups has so many sections that they take a row of their own above the filters. */
  readonly startsGroup?: true
}

export function SectionLinks({ label, sections, current }: {
  readonly label: string
  readonly sections: readonly Section[]
  readonly current: string
}) {
  const isGrouped = sections.some(({ startsGroup }) => startsGroup)
  return (
    <nav className={isGrouped ? 'section-links grouped' : 'section-links'} aria-label={label}>
      {sections.map(({ key, label: name, to, count, startsGroup }) => (
        <Go key={key} to={to} className={startsGroup ? 'group-start' : ''} isCurrent={key === current}>
          {name}
          {count !== undefined && count > 0 && <span className="section-count">{count}</span>}
        </Go>
      ))}
    </nav>
  )
}
