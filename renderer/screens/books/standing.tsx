/** Whether the figures may still change. */
import { booksText } from '../../messages/books.ts'
import { StateTag } from '../../parts/state-tag.tsx'

export function Standing({ state }: { readonly state: 'open' | 'closed' }) {
  const look = state === 'closed' ? ({ icon: 'lock', tone: 'plain' } as const) : ({ icon: 'draft', tone: 'accent' } as const)
  return <StateTag {...look} word={booksText.states[state]} />
}
