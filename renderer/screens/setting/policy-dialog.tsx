/** Filling in one local rule: its content, its source, a reason and a second person (财会〔2024〕12号 art. 21(1)). */
import { Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { BusinessDate } from '#core/calendar.ts'
import { client, refreshAll } from '../../client.ts'
import { settingText as text } from '../../messages/setting.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import { validated } from '../../parts/validated.ts'
import { policyFields, storedOf, valuesOf, type PolicyField, type PolicyFormValues } from './policy-form.ts'
import type { SheetRow } from './policy-sheet.tsx'

type Values = {
  readonly content: PolicyFormValues
  readonly validFrom: BusinessDate
  readonly source: string
  readonly reason: string
  readonly second: SecondPersonValue
}

type Props = {
  readonly row: SheetRow
  readonly profileCode: string
  readonly date: BusinessDate
  readonly onClose: () => void
}

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]

function ContentInput({ field }: { readonly field: PolicyField }) {
  return (
    <Form.Item name={['content', field.name]} label={field.label} extra={field.hint} rules={REQUIRED}>
      {field.input === 'choice'
        ? <Select options={[...(field.choices ?? [])]} />
        : field.input === 'lines' ? <Input.TextArea rows={4} /> : <Input />}
    </Form.Item>
  )
}

export function PolicyDialog({ row, profileCode, date, onClose }: Props) {
  const [form] = Form.useForm<Values>()
  const known: unknown = row.stored === null ? null : JSON.parse(row.stored)
  const initial = valuesOf(row.kind, known)
  // Undefined until the form is there.
  const watched = Form.useWatch((values: Partial<Values>) => values.content, form)
  const content = watched ?? initial
  const [isTakenBack, setTakenBack] = useState(false)

  async function write(): Promise<void> {
    const { content: typed, validFrom, source, reason, second } = await validated(form)
    const value = isTakenBack ? null : storedOf(row.kind, typed)
    await client.setting.setPolicyValue.mutate({ profileCode, key: row.key, value, validFrom, source, reason, second })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={`${text.fillIn} ${row.label}`} verb={text.fillIn} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.appliesTo(row.from.name)}</p>
      <p>{`${text.current}：${row.text}`}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ content: initial, validFrom: date, source: row.source, reason: '' }}
      >
        {row.setBy !== null && (
          <Form.Item name="takeBack" extra={text.takeBackHint}>
            <Checkbox checked={isTakenBack} onChange={(event) => setTakenBack(event.target.checked)}>{text.takeBack}</Checkbox>
          </Form.Item>
        )}
        {!isTakenBack && (
          <div className="two-columns">
            {policyFields(row.kind, content).map((field) => <ContentInput key={field.name} field={field} />)}
          </div>
        )}
        <div className="two-columns">
          <Form.Item name="validFrom" label={text.validFrom} rules={[{ required: true, message: text.required }]}>
            <DateInput />
          </Form.Item>
          <Form.Item name="source" label={text.source} rules={REQUIRED}><Input placeholder={text.sourceHint} /></Form.Item>
          <Form.Item name="reason" label={text.reason} className="wide" rules={REQUIRED}>
            <Input placeholder={text.reasonHint} />
          </Form.Item>
        </div>
        <SecondPerson />
      </Form>
    </ConfirmWrite>
  )
}
