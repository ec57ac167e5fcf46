/** Registering a household, and changing its facts. */
import { Form, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { HouseholdFacts } from '#core/register/household.ts'
import type { BuildingId, ComplexId, HouseholdId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { entryText as text } from '../../messages/household.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { EMPTY_FACTS, EntryFields, factsOfValues, FactsFields, valuesOfFacts, type FactsValues } from './facts-form.tsx'
import { OwnerRows, ownersOfValues, type OwnerValues } from './owner-rows.tsx'

type RegisterValues = FactsValues & {
  readonly buildingId: BuildingId
  readonly owners?: readonly OwnerValues[]
  readonly effectiveOn: BusinessDate
  readonly reason: string
}

export function RegisterDialog({ complexId, onClose }: { readonly complexId: ComplexId; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<RegisterValues>()
  const { data: buildings } = useQuery(api.complex.buildings.queryOptions({ complexId }))

  async function write(): Promise<void> {
    const { buildingId, owners = [], effectiveOn, reason, ...values } = await validated(form)
    const entry = { buildingId, effectiveOn, reason, facts: factsOfValues(values), owners: ownersOfValues(owners) }
    const id = await client.household.register.mutate(entry)
    await refreshAll()
    goTo({ screen: 'complexes', path: [complexId, 'households', id] })
  }
  return (
    <ConfirmWrite title={text.registerTitle} verb={text.save} onWrite={write} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{ ...EMPTY_FACTS, effectiveOn: today, owners: [] }}
      >
        <Form.Item name="buildingId" label={text.building} rules={[{ required: true, message: text.required }]}>
          <Select
            autoFocus
            showSearch={{ optionFilterProp: 'label' }}
            options={buildings?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          />
        </Form.Item>
        <FactsFields />
        <OwnerRows />
        <EntryFields />
      </Form>
    </ConfirmWrite>
  )
}

type ChangeValues = FactsValues & { readonly effectiveOn: BusinessDate; readonly reason: string }
type ChangeProps = {
  readonly id: HouseholdId
  readonly address: string
  readonly facts: HouseholdFacts
  readonly onClose: () => void
}

export function FactsDialog({ id, address, facts, onClose }: ChangeProps) {
  const { today } = useScope()
  const [form] = Form.useForm<ChangeValues>()

  async function write(): Promise<void> {
    const { effectiveOn, reason, ...values } = await validated(form)
    const changed = { id, facts: factsOfValues(values), entry: { effectiveOn, reason } }
    const draftId = await client.household.changeFacts.mutate(changed)
    await refreshAll()
    // The money of another nature waits as a voucher for its reviewer.
    if (draftId !== null) goTo({ screen: 'vouchers', path: ['draft', draftId] })
  }
  return (
    <ConfirmWrite title={text.factsTitle(address)} verb={text.save} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ ...valuesOfFacts(facts), effectiveOn: today }}>
        <FactsFields />
        <EntryFields />
      </Form>
    </ConfirmWrite>
  )
}
