/** A contract party that is not on file yet, without leaving the form. */
import { Form, Input, Modal, Select } from 'antd'
import type { CounterpartyId } from '#core/id.ts'
import { client, refreshAll } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { COUNTERPARTY_KIND_WORD } from '../../messages/words.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

const text = incomeText.contract
const KINDS = ['company', 'publicBody', 'individual'] as const

type Values = { readonly partyName: string; readonly partyKind: (typeof KINDS)[number] }

export function NewParty({ onAdded, onClose }: { readonly onAdded: (id: CounterpartyId) => void; readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form)

  async function add(): Promise<void> {
    const values = await form.validateFields().catch(() => null)
    if (values === null) return
    const isDone = await attempt(async () => {
      const id = await client.complex.addCounterparty.mutate({ name: values.partyName, kind: values.partyKind })
      await refreshAll()
      onAdded(id)
    })
    if (isDone) onClose()
  }

  return (
    <Modal open title={text.addParty} okText={text.save} confirmLoading={isBusy} onOk={() => void add()} onCancel={onClose}>
      {problem !== null && <ProblemNote problem={problem} />}
      <Form form={form} layout="vertical" initialValues={{ partyKind: 'company' }}>
        <Form.Item name="partyName" label={text.partyName} rules={[{ required: true, message: text.partyNameMissing }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="partyKind" label={text.partyKind}>
          <Select options={KINDS.map((value) => ({ value, label: COUNTERPARTY_KIND_WORD[value] }))} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
