/** Owners inside a form: those known stay as they are (their names are not shown here), new ones are typed. */
import { Button, Form, Input, Select } from 'antd'
import type { OwnerKind } from '#core/register/household.ts'
import type { OwnerId } from '#core/id.ts'
import { cardText, entryText as text } from '../../messages/household.ts'
import { Icon } from '../../parts/icon.tsx'
import { REQUIRED } from './facts-form.tsx'

export type OwnerValues = {
  /** An owner the register knows, with the masked name it shows. */
  readonly known?: { readonly ownerId: OwnerId; readonly name: string }
  readonly kind?: OwnerKind
  readonly name?: string
  readonly identity?: string
  readonly phone?: string
  readonly share?: string
}

function blankAsNull(typed: string | undefined): string | null {
  return typed === undefined || typed.trim() === '' ? null : typed.trim()
}

export function ownersOfValues(owners: readonly OwnerValues[]) {
  return owners.map(({ known, kind = 'person', name = '', identity, phone, share = '' }) => ({
    share: share.trim(),
    owner: known === undefined
      ? { kind, name: name.trim(), identity: blankAsNull(identity), phone: blankAsNull(phone) }
      : { ownerId: known.ownerId },
  }))
}

const KINDS = [{ value: 'person', label: text.person }, { value: 'organisation', label: text.organisation }]

export function OwnerRows() {
  return (
    <Form.List name="owners">
      {(fields, { add, remove }) => (
        <div className="wide field-rows owner-rows">
          {fields.map(({ key, name }, index) => (
            <fieldset key={key}>
              <legend>{text.owner(index + 1)}</legend>
              <Form.Item noStyle shouldUpdate>
                {({ getFieldValue }) => <OwnerRow index={name} known={knownOf(getFieldValue(['owners', name, 'known']))} />}
              </Form.Item>
              <Button size="small" icon={<Icon name="cross" />} onClick={() => remove(name)}>{text.removeOwner}</Button>
            </fieldset>
          ))}
          <Button icon={<Icon name="plus" />} onClick={() => add({ kind: 'person' })}>{text.addOwner}</Button>
        </div>
      )}
    </Form.List>
  )
}

/** The form hands out what it was given, without its type: only the masked name is shown here. */
function knownOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : undefined
}

function OwnerRow({ index, known }: { readonly index: number; readonly known: string | undefined }) {
  const share = (
    <Form.Item name={[index, 'share']} label={cardText.share} extra={text.shareHint}><Input /></Form.Item>
  )
  if (known !== undefined) {
    return (
      <>
        <p>{`${text.keep} ${known}`}</p>
        {share}
      </>
    )
  }
  return (
    <>
      <Form.Item name={[index, 'kind']} label={text.kind}><Select options={KINDS} /></Form.Item>
      <Form.Item name={[index, 'name']} label={cardText.name} rules={REQUIRED}><Input autoComplete="off" /></Form.Item>
      <Form.Item name={[index, 'identity']} label={cardText.fieldWord.identity}><Input autoComplete="off" /></Form.Item>
      <Form.Item name={[index, 'phone']} label={cardText.phone}><Input autoComplete="off" /></Form.Item>
      {share}
    </>
  )
}
