/** The places of a complex's apportionments: the list of sheets, a new one, one in full, and what they ask the households for. */
import { idOf, type ComplexId } from '#core/id.ts'
import { useScope } from '../../scope.tsx'
import { ApportionmentList } from './apportionment-list.tsx'
import { ApportionmentPage } from './apportionment-page.tsx'
import { ComparePage } from './compare-page.tsx'
import { NewApportionment } from './new-apportionment.tsx'
import { SelfFunding } from './self-funding.tsx'
import './apportionment.css'

type Props = {
  readonly complexId: ComplexId
  /** A sheet's number, `new`, or `self-funding`. */
  readonly record: string | undefined
  /** `compare`: a sheet beside today's register. */
  readonly part: string | undefined
  readonly query: Readonly<Record<string, string>>
}

export function Apportionments({ complexId, record, part, query }: Props) {
  const { complexes } = useScope()
  const name = complexes.find(({ id }) => id === complexId)?.name ?? ''
  if (record === 'new') return <NewApportionment key={complexId} complexId={complexId} name={name} query={query} />
  if (record === 'self-funding') return <SelfFunding key={complexId} complexId={complexId} name={name} query={query} />
  if (record !== undefined && /^[1-9]\d{0,14}$/.test(record)) {
    const id = idOf<'apportionment'>(Number(record))
    return part === 'compare'
      ? <ComparePage key={record} id={id} complexId={complexId} />
      : <ApportionmentPage key={record} id={id} />
  }
  return <ApportionmentList complexId={complexId} name={name} />
}
