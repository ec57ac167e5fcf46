/** Back to the preparer, or withdrawn by herself: with the reason. */
import { useState } from 'react'
import { Form, Input, Modal } from 'antd'
import { noticeText } from '../../messages/notice.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

type Props = {
  readonly title: string
  readonly verb: string
  readonly onReason: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

export function SendBackDialog({ title, verb, onReason, onClose }: Props) {
  const text = noticeText.sendBack
  const [form] = Form.useForm<{ reason: string }>()
  const { problem, attempt } = useFormProblems(form)
  const [isBusy, setBusy] = useState(false)
  async function finish({ reason }: { reason: string }): Promise<void> {
    setBusy(true)
    if (await attempt(() => onReason(reason))) onClose()
    setBusy(false)
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
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item name="reason" label={text.reason} rules={[{ required: true, whitespace: true, message: text.missing }]}>
          <Input autoFocus placeholder={text.example} maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
