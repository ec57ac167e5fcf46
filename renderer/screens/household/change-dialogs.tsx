/** New owners, a merge, a split: each one dated act with its reason. */
import { Button, Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { formatArea, parseAreaDm2 } from '#core/register/area.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { HouseholdFacts } from '#core/register/household.ts'
import { idOf, type HouseholdId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { cardText, entryText as text, householdText } from '../../messages/household.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Icon } from '../../parts/icon.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { AREA_RULES, EntryFields, REQUIRED } from './facts-form.tsx'
import { OwnerRows, ownersOfValues, type OwnerValues } from './owner-rows.tsx'
import type { HouseholdCard } from './records.ts'

type Props = { readonly card: HouseholdCard; readonly onClose: () => void }
type Entry = { readonly effectiveOn: BusinessDate; readonly reason: string }

export function OwnersDialog({ card, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<Entry & { readonly owners?: readonly OwnerValues[] }>()
  const isSole = card.owners.length === 1
  const owners = card.owners.map(({ ownerId, name, share }): OwnerValues => ({
    known: { ownerId, name: name ?? householdText.sealed }, share: isSole ? '' : share,
  }))

  async function write(): Promise<void> {
    const { owners: typed = [], ...entry } = await validated(form)
    await client.household.setOwners.mutate({ id: card.id, owners: ownersOfValues(typed), entry })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.ownersTitle(card.address)} verb={text.save} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ effectiveOn: today, owners }}>
        <OwnerRows />
        <EntryFields />
      </Form>
    </ConfirmWrite>
  )
}

type WithFacts = Props & { readonly facts: HouseholdFacts }

export function MergeDialog({ card, facts, onClose }: WithFacts) {
  const { today } = useScope()
  const [form] = Form.useForm<Entry & { readonly others: readonly number[]; readonly room: string }>()
  const { data } = useQuery(api.household.picture.queryOptions({ buildingId: idOf<'building'>(card.buildingId) }))
  const rooms = data?.entrances.flatMap(({ floors }) => floors.flatMap(({ cells }) => cells.flat()))
    .filter(({ id }) => id !== card.id) ?? []

  async function write(): Promise<void> {
    const { others, room, ...entry } = await validated(form)
    const chosen = rooms.filter(({ id }) => others.includes(id))
    const areaDm2 = chosen.reduce((sum, each) => sum + each.areaDm2, facts.areaDm2)
    const ids: HouseholdId[] = [card.id, ...chosen.map(({ id }) => id)]
    const id = await client.household.merge.mutate({ ids, facts: { ...facts, room: room.trim(), areaDm2 }, entry })
    await refreshAll()
    goTo({ screen: 'complexes', path: [card.complexId, 'households', id] })
  }
  return (
    <ConfirmWrite title={text.mergeTitle(card.address)} verb={cardText.merge} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.mergeHint}</p>
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ effectiveOn: today, room: facts.room }}>
        <Form.Item
          name="others"
          label={text.mergeWith}
          className="wide"
          rules={[{ required: true, type: 'array', min: 1, message: text.required }]}
        >
          <Select
            mode="multiple"
            autoFocus
            showSearch={{ optionFilterProp: 'label' }}
            options={rooms.map(({ id, entrance, room, areaDm2 }) => ({
              value: id, label: `${entrance === '' ? '' : `${entrance}-`}${room} ${cardText.squareMetres(formatArea(areaDm2))}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="room" label={text.newRoom} rules={REQUIRED}><Input /></Form.Item>
        <EntryFields />
      </Form>
    </ConfirmWrite>
  )
}

type PartValues = { readonly room: string; readonly area: string }

export function SplitDialog({ card, facts, onClose }: WithFacts) {
  const { today } = useScope()
  const [form] = Form.useForm<Entry & { readonly parts: readonly PartValues[] }>()

  async function write(): Promise<void> {
    const { parts, ...entry } = await validated(form)
    await client.household.split.mutate({
      id: card.id, entry,
      parts: parts.map(({ room, area }) => ({ ...facts, room: room.trim(), areaDm2: parseAreaDm2(area) })),
    })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.splitTitle(card.address)} verb={cardText.split} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.splitHint(formatArea(facts.areaDm2))}</p>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{ effectiveOn: today, parts: [{ room: facts.room, area: '' }, { room: '', area: '' }] }}
      >
        <Form.List name="parts">
          {(fields, { add, remove }) => (
            <div className="wide field-rows owner-rows">
              {fields.map(({ key, name }, index) => (
                <fieldset key={key}>
                  <legend>{text.part(index + 1)}</legend>
                  <Form.Item name={[name, 'room']} label={cardText.room} rules={REQUIRED}><Input /></Form.Item>
                  <Form.Item name={[name, 'area']} label={cardText.area} rules={AREA_RULES}>
                    <Input inputMode="decimal" />
                  </Form.Item>
                  {fields.length > 2 && <Button size="small" onClick={() => remove(name)}>{text.removeOwner}</Button>}
                </fieldset>
              ))}
              <Button icon={<Icon name="plus" />} onClick={() => add({ room: '', area: '' })}>{text.addPart}</Button>
            </div>
          )}
        </Form.List>
        <EntryFields />
      </Form>
    </ConfirmWrite>
  )
}
