/** A link to another place of the page. An ordinary click moves inside the page; anything else is the browser's. */
import type { MouseEvent, ReactNode } from 'react'
import type { Target } from '../navigation.ts'
import { goTo, hrefOf, useAddress } from '../place.ts'

type Props = {
  readonly to: Target
  readonly children: ReactNode
  readonly className?: string
  readonly isCurrent?: boolean
  readonly title?: string
}

export function Go({ to, children, className, isCurrent = false, title }: Props) {
  // The link carries the scope, so it is drawn anew when the scope changes.
  useAddress()
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
  }
  return (
    <a href={hrefOf(to)} onClick={onClick} className={className} title={title} aria-current={isCurrent ? 'page' : undefined}>
      {children}
    </a>
  )
}
