/** Form fields for whom a decision or a cost concerns: the whole complex, buildings, entrances or rooms typed line by line. */
import { Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { idOf, type BuildingId, type ComplexId } from '#core/id.ts'
import { householdAddress } from '#core/register/household.ts'
import { api } from '../client.ts'
import { partsText } from '../messages/parts.ts'
import type { Questions } from '../records.ts'

const text = partsText.scope
type AskedScope = Questions['vote']['open']['scope']

/** What the fields put into their form's values. */
export type ScopeValues = {
  readonly scope: AskedScope['kind']
  readonly buildingIds?: readonly BuildingId[]
  /** `building/entrance`. */
  readonly entrances?: readonly string[]
  readonly rooms?: string
}

const KINDS = ['complex', 'buildings', 'entrances', 'rooms'] as const satisfies readonly AskedScope['kind'][]
const OPTIONS = KINDS.map((value) => ({ value, label: text.kinds[value] }))

export function scopeOfValues({ scope, buildingIds = [], entrances = [], rooms = '' }: ScopeValues): AskedScope {
  switch (scope) {
    case 'complex':
      return { kind: scope }
    case 'buildings':
      return { kind: scope, buildingIds: [...buildingIds] }
    case 'entrances':
      return {
        kind: scope,
        entrances: entrances.map((each) => {
          const slash = each.indexOf('/')
          return { buildingId: Number(each.slice(0, slash)), entrance: each.slice(slash + 1) }
        }),
      }
    case 'rooms':
      return { kind: scope, rooms }
  }
}

function chosen(label: string) {
  return [{ required: true, type: 'array' as const, min: 1, message: text.missing(label) }]
}

type Props = {
  /** Null while none is chosen: then there is nothing to choose from. */
  readonly complexId: ComplexId | null
  /** What the scope is called here. */
  readonly label: string
}

export function ScopeFields({ complexId, label }: Props) {
  const { data: places } = useQuery(
    api.apportionment.places.queryOptions({ complexId: complexId ?? 0 }, { enabled: complexId !== null }),
  )
  const kind = Form.useWatch<AskedScope['kind'] | undefined>('scope')
  const buildings = new Map(places?.map(({ buildingId, building }) => [buildingId, building]))
  return (
    <>
      <Form.Item name="scope" label={label}><Select options={OPTIONS} /></Form.Item>
      {kind === 'buildings' && (
        <Form.Item name="buildingIds" label={text.buildings} rules={chosen(text.buildings)}>
          <Select
            mode="multiple"
            options={[...buildings].map(([value, building]) => ({ value: idOf<'building'>(value), label: building }))}
          />
        </Form.Item>
      )}
      {kind === 'entrances' && (
        <Form.Item name="entrances" label={text.entrances} rules={chosen(text.entrances)}>
          <Select
            mode="multiple"
            options={places?.map(({ buildingId, building, entrance }) => ({
              value: `${buildingId}/${entrance}`, label: householdAddress(building, entrance, ''),
            })) ?? []}
          />
        </Form.Item>
      )}
      {kind === 'rooms' && (
        <Form.Item
          name="rooms"
          label={text.rooms}
          rules={[{ required: true, whitespace: true, message: text.missing(text.rooms) }]}
        >
          <Input.TextArea rows={4} placeholder={text.roomsExample} />
        </Form.Item>
      )}
    </>
  )
}
