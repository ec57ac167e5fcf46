/** A building and a decision of a complex. */
import { Form, Input, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { client, refreshAll } from '../../client.ts'
import { complexText as text } from '../../messages/complex.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { validated } from '../../parts/validated.ts'
import { useScope } from '../../scope.tsx'

type Props = { readonly complexId: ComplexId; readonly onClose: () => void }

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]

export function BuildingDialog({ complexId, onClose }: Props) {
  const [form] = Form.useForm<{ code: string; name: string }>()

  async function write(): Promise<void> {
    const values = await validated(form)
    await client.complex.addBuilding.mutate({ complexId, ...values })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.addBuilding} verb={text.save} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" className="two-columns">
        <Form.Item name="code" label={text.code} rules={REQUIRED}><Input autoFocus /></Form.Item>
        <Form.Item name="name" label={text.name} rules={REQUIRED}><Input /></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

type DecisionKind = keyof typeof text.decisionKinds
type DecisionValues = {
  readonly kind: DecisionKind
  readonly number: string
  readonly title: string
  readonly decidedOn: BusinessDate
  readonly papers: readonly AttachedFile[]
}

const KIND_OPTIONS = (['assembly', 'committee', 'authorisation', 'contract', 'emergency', 'office'] as const).map((kind) => ({
  value: kind,
  label: text.decisionKinds[kind],
}))

export function DecisionDialog({ complexId, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<DecisionValues>()

  async function write(): Promise<void> {
    const { papers: [paper], ...values } = await validated(form)
    await client.complex.recordDecision.mutate({ complexId, ...values, sha256: paper?.sha256 ?? '' })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.addDecision} verb={text.save} onWrite={write} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{ kind: 'assembly', decidedOn: today, papers: [] }}
      >
        <Form.Item name="kind" label={text.decision.kind} rules={[{ required: true }]}>
          <Select options={KIND_OPTIONS} autoFocus />
        </Form.Item>
        <Form.Item name="number" label={text.decision.number} rules={REQUIRED}><Input /></Form.Item>
        <Form.Item name="title" label={text.decision.title} rules={REQUIRED}><Input /></Form.Item>
        <Form.Item name="decidedOn" label={text.decision.decidedOn} rules={[{ required: true }]}><DateInput /></Form.Item>
        <PapersField label={text.decision.paper} missing={text.decision.paperMissing} className="wide" />
      </Form>
    </ConfirmWrite>
  )
}
