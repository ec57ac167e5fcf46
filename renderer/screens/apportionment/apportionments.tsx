/** The places of a complex's apportionments: the list of sheets, a new one, one in full. */
import { idOf, type ComplexId } from '#core/id.ts'
import { useScope } from '../../scope.tsx'
import { ApportionmentList } from './apportionment-list.tsx'
import { ApportionmentPage } from './apportionment-page.tsx'
import { NewApportionment } from './new-apportionment.tsx'
import './apportionment.css'

type Props = {
  readonly complexId: ComplexId
  /** A sheet's number, or `new`. */
  readonly record: string | undefined
  readonly query: Readonly<Record<string, string>>
}

export function Apportionments({ complexId, record, query }: Props) {
  const { complexes } = useScope()
  const name = complexes.find(({ id }) => id === complexId)?.name ?? ''
  if (record === 'new') return <NewApportionment key={complexId} complexId={complexId} name={name} query={query} />
  if (record !== undefined && /^[1-9]\d{0,14}$/.test(record)) {
    return <ApportionmentPage key={record} id={idOf<'apportionment'>(Number(record))} />
  }
  return <ApportionmentList complexId={complexId} name={name} />
}
