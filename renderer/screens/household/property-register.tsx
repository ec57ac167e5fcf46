/** The places of a complex's register: the list, a card, a building's picture, the import, the receipts, the rates. */
import { idOf, type ComplexId } from '#core/id.ts'
import { useScope } from '../../scope.tsx'
import { BuildingPlace } from './building-place.tsx'
import { HouseholdList } from './household-list.tsx'
import { HouseholdPlace } from './household-place.tsx'
import { ImportRegister } from './import-register.tsx'
import { RatePlace } from './rate-place.tsx'
import { ReceiptPlace } from './receipt-place.tsx'
import './household.css'

type Props = {
  readonly complexId: ComplexId
  readonly section: string | undefined
  /** A household's or a building's number, or `import`, `receipts`, `rates`. */
  readonly record: string | undefined
  readonly query: Readonly<Record<string, string>>
}

export function PropertyRegister({ complexId, section, record, query }: Props) {
  const { complexes } = useScope()
  const name = complexes.find(({ id }) => id === complexId)?.name ?? ''
  if (record === 'import') return <ImportRegister key={complexId} complexId={complexId} name={name} />
  if (record === 'receipts') return <ReceiptPlace complexId={complexId} />
  if (record === 'rates') return <RatePlace complexId={complexId} />
  if (record === undefined || !/^[1-9]\d{0,14}$/.test(record)) {
    return <HouseholdList complexId={complexId} name={name} query={query} />
  }
  const number = Number(record)
  return section === 'buildings'
    ? <BuildingPlace key={record} id={idOf<'building'>(number)} />
    : <HouseholdPlace key={record} id={idOf<'household'>(number)} />
}
