/** Forms after the works: acceptance, settlement, use publication, follow-up. */
import { Checkbox, Form, Input, Radio, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { CounterpartyId } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import { SIGNING_PARTIES, type SigningParty } from '#core/policy/policy.ts'
import { FOLLOW_UP_RESULTS, FOLLOW_UP_WORD, type FollowUpResult } from '#core/repair/repair.ts'
import { PARTY_WORD } from '#core/repair/person.ts'
import { lastDayUp } from '#core/repair/repair-publication.ts'
import { agreedPeriod, periodText } from '#core/repair/works-period.ts'
import { client } from '../../client.ts'
import { afterText, stepText } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { CounterpartyPicker } from '../../parts/pickers.tsx'
import { useScope } from '../../scope.tsx'
import type { Card } from './job.tsx'
import { required, StepForm } from './step-forms.tsx'

type AcceptValues = {
  on: BusinessDate
  startedOn: BusinessDate
  finishedOn: BusinessDate
  finding: string
  stampedBy: SigningParty[]
  sectionStaff: string[]
  followUp: string
  warrantyUntil?: BusinessDate | null
}

export const NAME_SEPARATORS = ['\u3001', '\uFF0C', ',', ' ']
const STAMPS = SIGNING_PARTIES.map((value) => ({ value, label: PARTY_WORD[value] }))

export function AcceptForm({ card }: { readonly card: Card }) {
  const { today } = useScope()
  const [form] = Form.useForm<AcceptValues>()
  const agreed = agreedPeriod(card.state)
  return (
    <StepForm
      form={form}
      verb={stepText.accept}
      initialValues={{ on: today, stampedBy: [], sectionStaff: [], followUp: '' }}
      onSubmit={({ warrantyUntil = null, ...facts }) =>
        client.repair.accept.mutate({ id: card.repair.id, ...facts, warrantyUntil })}
    >
      <Form.Item name="on" label={stepText.on} rules={required(stepText.on)}>
        <DateInput />
      </Form.Item>
      {agreed !== null && <p>{afterText.agreed(periodText(agreed))}</p>}
      <Form.Item name="startedOn" label={stepText.startedOn} rules={required(stepText.startedOn)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="finishedOn" label={stepText.finishedOn} rules={required(stepText.finishedOn)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="finding" label={stepText.acceptanceFinding} rules={required(stepText.acceptanceFinding)}>
        <Input.TextArea rows={3} maxLength={2000} placeholder={stepText.acceptanceFindingHint} />
      </Form.Item>
      <Form.Item name="stampedBy" label={stepText.stampedBy}>
        <Checkbox.Group options={STAMPS} />
      </Form.Item>
      <Form.Item name="sectionStaff" label={stepText.sectionStaff}>
        <Select mode="tags" open={false} suffix={null} placeholder={stepText.staffHint} tokenSeparators={NAME_SEPARATORS} />
      </Form.Item>
      <Form.Item name="followUp" label={stepText.followUp}>
        <Input placeholder={stepText.followUpHint} maxLength={300} />
      </Form.Item>
      <Form.Item name="warrantyUntil" label={stepText.warrantyUntil}>
        <DateInput allowClear />
      </Form.Item>
    </StepForm>
  )
}

type SettleValues = { on: BusinessDate; settledFen: string; auditorId: CounterpartyId | null }

export function SettleForm({ card }: { readonly card: Card }) {
  const { today } = useScope()
  const [form] = Form.useForm<SettleValues>()
  return (
    <StepForm
      form={form}
      verb={afterText.settle}
      initialValues={{ on: today, auditorId: null }}
      onSubmit={({ settledFen, ...facts }) =>
        client.repair.settle.mutate({ id: card.repair.id, ...facts, settledFen: fenOfText(settledFen) ?? 0 })}
    >
      {card.limitFen !== null && <p>{afterText.limit(formatYuan(card.limitFen))}</p>}
      {card.decided !== null && <p>{afterText.decided(card.decided.basis, formatYuan(card.decided.mostFen))}</p>}
      <Form.Item name="on" label={stepText.on} rules={required(stepText.on)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="settledFen" label={stepText.settledFen} rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="auditorId" label={afterText.auditorId}>
        <CounterpartyPicker placeholder={afterText.auditHint} allowClear />
      </Form.Item>
    </StepForm>
  )
}

type PublishValues = { from: BusinessDate; to: BusinessDate; place: string }

export function PublishForm({ card }: { readonly card: Card }) {
  const { today } = useScope()
  const [form] = Form.useForm<PublishValues>()
  const days = card.publicationDays ?? 1
  return (
    <StepForm
      form={form}
      verb={afterText.publish}
      initialValues={{ from: today, to: lastDayUp(today, days), place: '' }}
      onSubmit={(facts) => client.repair.publish.mutate({ id: card.repair.id, ...facts })}
    >
      <p>{afterText.publishHint(days)}</p>
      <Form.Item name="from" label={afterText.from} rules={required(afterText.from)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="to" label={afterText.to} rules={required(afterText.to)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="place" label={afterText.place} rules={required(afterText.place)}>
        <Input placeholder={afterText.placeHint} maxLength={200} />
      </Form.Item>
    </StepForm>
  )
}

type FollowUpValues = { on: BusinessDate; result: FollowUpResult; person: string; said: string }

const RESULTS = FOLLOW_UP_RESULTS.map((value) => ({ value, label: FOLLOW_UP_WORD[value] }))

export function FollowUpForm({ card }: { readonly card: Card }) {
  const { today } = useScope()
  const [form] = Form.useForm<FollowUpValues>()
  return (
    <StepForm
      form={form}
      verb={afterText.followUp}
      initialValues={{ on: today, said: '' }}
      onSubmit={(facts) => client.repair.followUp.mutate({ id: card.repair.id, ...facts })}
    >
      <Form.Item name="on" label={stepText.on} rules={required(stepText.on)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="result" label={afterText.result} rules={required(afterText.result)}>
        <Radio.Group options={RESULTS} vertical />
      </Form.Item>
      <Form.Item name="person" label={afterText.person} rules={required(afterText.person)}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="said" label={afterText.said}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </StepForm>
  )
}
