/** Accepting a plan: the certificates as the banks opened them, one number each, and the papers; then all are written at once. */
import { Form, Input, Modal } from 'antd'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import type { PlacementInput } from '#core/placing/placement-plan.ts'
import { client, refreshAll } from '../../client.ts'
import { placementText as text } from '../../messages/placing.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useSession } from '../../session.tsx'
import type { Papers } from './certificate-values.ts'
import type { PlanAnswer } from './plan-values.ts'

type Props = {
  readonly complexId: ComplexId
  readonly bankAccountId: BankAccountId
  readonly input: PlacementInput
  readonly answer: Extract<PlanAnswer, { kind: 'plan' }>
  readonly onAccepted: () => void
  readonly onClose: () => void
}

type Values = { readonly numbers: readonly string[]; readonly papers: Papers }

export function PlanAccept({ complexId, bankAccountId, input, answer, onAccepted, onClose }: Props) {
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form)
  const { person } = useSession()
  const { certificates } = answer.outcome

  async function accept({ numbers, papers }: Values): Promise<void> {
    const isDone = await attempt(async () => {
      const attachments = papers.map(({ sha256 }) => sha256)
      await client.placement.accept.mutate({
        complexId, bankAccountId, input: asQuestion(input), lots: [...answer.lots], personInCharge: person.userId,
        certificates: certificates.map(({ offer }, index) => ({ offer, certificateNo: numbers[index] ?? '', attachments })),
      })
      await refreshAll()
    })
    if (isDone) onAccepted()
  }

  return (
    <Modal
      open
      title={text.acceptTitle(certificates.length)}
      okText={text.accept}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
      width={640}
    >
      <Form form={form} layout="vertical" onFinish={(values) => void accept(values)}>
        <p className="quiet">{text.acceptHint}</p>
        {problem !== null && <ProblemNote problem={problem} />}
        {certificates.map(({ offer, bank, amountFen }, index) => (
          <Form.Item
            key={offer}
            name={['numbers', index]}
            label={text.certificateNo(bank, formatYuan(amountFen))}
            rules={[{ required: true, whitespace: true, message: text.certificateNoMissing }]}
          >
            <Input autoFocus={index === 0} autoComplete="off" />
          </Form.Item>
        ))}
        <PapersField label={text.papers} missing={text.papersMissing} />
      </Form>
    </Modal>
  )
}

/** The API takes arrays it may keep; core's are read-only. */
export function asQuestion(input: PlacementInput) {
  return { ...input, needs: [...input.needs], inflows: [...input.inflows], offers: [...input.offers], rooms: [...input.rooms] }
}
