/** Complexes and counterparties: two lists, the card of one complex, and its register of households. */
import { idOf } from '#core/id.ts'
import type { ScreenProps } from '../index.ts'
import { ComplexCard } from './complex-card.tsx'
import { ComplexList } from './complex-list.tsx'
import { PartyList } from './party-list.tsx'
import { Apportionments } from '../apportionment/apportionments.tsx'
import { Gains } from '../apportionment/gains.tsx'
import { PropertyRegister } from '../household/property-register.tsx'
import './complex.css'

export function Complexes({ path: [first, section, record, part], query }: ScreenProps) {
  if (first === 'parties') return <PartyList query={query} />
  if (first !== undefined && isNumber(first)) {
    const isRegister = section === 'households' || (section === 'buildings' && record !== undefined && isNumber(record))
    if (section === 'gains') return <Gains key={first} complexId={idOf<'complex'>(Number(first))} />
    if (section === 'apportionments') {
      return <Apportionments complexId={idOf<'complex'>(Number(first))} record={record} part={part} query={query} />
    }
    if (!isRegister) return <ComplexCard key={first} id={Number(first)} />
    return <PropertyRegister complexId={idOf<'complex'>(Number(first))} section={section} record={record} query={query} />
  }
  return <ComplexList query={query} isCreating={first === 'new'} />
}

function isNumber(part: string): boolean {
  return /^[1-9]\d{0,14}$/.test(part)
}
