/** A decision that needs its reason: typed, then Enter. */
import { Form, Input, Modal } from 'antd'
import { useFormProblems } from './form-problems.ts'
import { ProblemNote } from './problem-note.tsx'

type Props = {
  readonly title: string
  readonly verb: string
  readonly hint?: string
  readonly words: { readonly reason: string; readonly missing: string; readonly example: string }
  readonly onReason: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

export function ReasonDialog({ title, verb, hint, words, onReason, onClose }: Props) {
  const [form] = Form.useForm<{ reason: string }>()
  const { problem, isBusy, attempt } = useFormProblems(form)
  async function finish({ reason }: { reason: string }): Promise<void> {
    if (await attempt(() => onReason(reason))) onClose()
  }
  return (
    <Modal
      open
      title={title}
      okText={verb}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <Form form={form} layout="vertical" onFinish={finish}>
        {hint !== undefined && <p className="quiet">{hint}</p>}
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item
          name="reason"
          label={words.reason}
          rules={[{ required: true, whitespace: true, message: words.missing }]}
        >
          <Input autoFocus placeholder={words.example} maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
