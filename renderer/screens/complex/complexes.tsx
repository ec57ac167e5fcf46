/** Complexes and counterparties: two lists, and the card of one complex. */
import type { ScreenProps } from '../index.ts'
import { ComplexCard } from './complex-card.tsx'
import { ComplexList } from './complex-list.tsx'
import { PartyList } from './party-list.tsx'
import './complex.css'

export function Complexes({ path: [first], query }: ScreenProps) {
  if (first === 'parties') return <PartyList query={query} />
  if (first !== undefined && /^[1-9]\d*$/.test(first)) return <ComplexCard key={first} id={Number(first)} />
  return <ComplexList query={query} isCreating={first === 'new'} />
}
