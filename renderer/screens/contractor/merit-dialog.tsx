/** A reward or deduction with its reason, confirmed by a second person at the same screen. */
import { Form, Input, InputNumber, Radio, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { MERIT_KINDS, MERIT_WORD, type MeritKind } from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLE_WORD, CONTRACTOR_ROLES, type ContractorRole } from '#core/contractor/tender.ts'
import { client } from '../../client.ts'
import { meritText as text } from '../../messages/contractor.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { required } from '../repair/step-forms.tsx'

type Values = {
  role: ContractorRole
  kind: MeritKind
  happenedOn: BusinessDate
  points: number | null
  reason: string
  second: SecondPersonValue
}
type Props = { readonly party: Answers['contractor']['get']; readonly onClose: () => void }

const ROLES = CONTRACTOR_ROLES.map((value) => ({ value, label: CONTRACTOR_ROLE_WORD[value] }))
const KINDS = MERIT_KINDS.map((value) => ({ value, label: MERIT_WORD[value] }))

export function MeritDialog({ party, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  return (
    <FormDialog
      title={text.title}
      verb={text.verb}
      form={form}
      initialValues={{
        role: party.awards[0]?.role ?? 'contractor', kind: 'deduction', happenedOn: today, points: 1, reason: '',
        second: { login: '', password: '' },
      }}
      write={({ points, ...merit }) => () =>
        client.contractor.merit.mutate({ ...merit, counterpartyId: party.id, points: points ?? 0, repairId: null })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="role" label={text.role} rules={required(text.role)}><Select options={ROLES} /></Form.Item>
      <Form.Item name="kind" label={text.kind} rules={required(text.kind)}><Radio.Group options={KINDS} /></Form.Item>
      <Form.Item name="happenedOn" label={text.on} rules={required(text.on)}><DateInput /></Form.Item>
      <Form.Item name="points" label={text.points} rules={required(text.points)}>
        <InputNumber min={1} max={100} precision={0} controls={false} />
      </Form.Item>
      <Form.Item name="reason" label={text.reason} rules={required(text.reason)}>
        <Input.TextArea rows={2} maxLength={500} placeholder={text.reasonHint} />
      </Form.Item>
      <SecondPerson />
    </FormDialog>
  )
}
