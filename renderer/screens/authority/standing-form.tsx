/** Recording a standing authorisation from its decision paper. */
import { Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, VoteId } from '#core/id.ts'
import { REPAIR_PARTS, type RepairPart } from '#core/repair/repair-place.ts'
import { api, client } from '../../client.ts'
import { authorityText, standingText as text } from '../../messages/authority.ts'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { ScopeFields, scopeOfValues, type ScopeValues } from '../../parts/scope-fields.tsx'
import { useScope } from '../../scope.tsx'

type Values = ScopeValues & {
  title: string
  parts: RepairPart[]
  from: BusinessDate
  to?: BusinessDate
  perJobFen: string
  totalFen: string
  voteId: VoteId | null
  decisionNumber: string
  decidedOn: BusinessDate
  paper: readonly AttachedFile[]
}

const PARTS = REPAIR_PARTS.map((value) => ({ value, label: value }))
const VOTES_SHOWN = 100

function required(label: string) {
  return [{ required: true, message: authorityText.missing(label) }]
}

function chosen(label: string) {
  return [{ required: true, type: 'array' as const, min: 1, message: authorityText.missing(label) }]
}

const AMOUNT = [moneyRule({ required: true, positive: true })]

type Props = { readonly complexId: ComplexId; readonly onDone: () => void; readonly onClose: () => void }

export function StandingForm({ complexId, onDone, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const { data: votes } = useQuery(api.vote.list.queryOptions({ complexId, limit: VOTES_SHOWN }))
  const carried = votes?.filter(({ matter, passed }) => matter === 'authorise' && passed === 1) ?? []
  const { fields } = text
  const initialValues: Values = {
    title: '', parts: [], scope: 'complex', from: today, perJobFen: '', totalFen: '', voteId: null, decisionNumber: '',
    decidedOn: today, paper: [],
  }
  return (
    <FormDialog
      title={text.formTitle}
      verb={text.save}
      form={form}
      initialValues={initialValues}
      fieldOf={(field) => (field === 'sha256' ? 'paper' : field)}
      write={({ title, parts, from, to, perJobFen, totalFen, voteId, decisionNumber, decidedOn, paper, ...scope }) => {
        const [first] = paper
        if (first === undefined || to === undefined) return null
        return () => client.authority.record.mutate({
          complexId, title, parts, from, to, voteId, scope: scopeOfValues(scope),
          perJobFen: fenOfText(perJobFen) ?? 0, totalFen: fenOfText(totalFen) ?? 0,
          decision: { number: decisionNumber, decidedOn, sha256: first.sha256 },
        })
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <Form.Item name="title" label={fields.title} rules={required(fields.title)}>
        <Input placeholder={text.titleExample} maxLength={120} autoFocus />
      </Form.Item>
      <Form.Item name="parts" label={fields.parts} rules={chosen(fields.parts)}>
        <Select mode="multiple" options={PARTS} />
      </Form.Item>
      <ScopeFields complexId={complexId} label={authorityText.scope} />
      <Form.Item name="from" label={fields.from} rules={required(fields.from)}><DateInput /></Form.Item>
      <Form.Item name="to" label={fields.to} rules={required(fields.to)}><DateInput /></Form.Item>
      <Form.Item name="perJobFen" label={fields.perJobFen} rules={AMOUNT}><MoneyInput /></Form.Item>
      <Form.Item name="totalFen" label={fields.totalFen} rules={AMOUNT}><MoneyInput /></Form.Item>
      <Form.Item name="voteId" label={fields.voteId}>
        <Select
          options={[
            { value: null, label: text.noVote },
            ...carried.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` })),
          ]}
        />
      </Form.Item>
      <Form.Item name="decisionNumber" label={fields.decisionNumber} rules={required(fields.decisionNumber)}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="decidedOn" label={fields.decidedOn} rules={required(fields.decidedOn)}><DateInput /></Form.Item>
      <PapersField name="paper" label={fields.paper} missing={authorityText.missing(fields.paper)} />
    </FormDialog>
  )
}
