/** Taking back the last operation: what it will write, on which day, why. */
import { useState } from 'react'
import { Form, Input, Modal } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateId } from '#core/id.ts'
import { client, refreshAll } from '../../client.ts'
import { CERTIFICATE_EVENT_WORD, depositText } from '../../messages/deposit.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { CertificateEvent } from './records.ts'

type Values = { readonly date: BusinessDate; readonly reason: string }
type Props = {
  readonly certificateId: CertificateId
  readonly step: CertificateEvent
  /** The step made this certificate out of another one: it is taken back on both. */
  readonly isRollover: boolean
  readonly onDone?: () => void
  readonly onClose: () => void
}

export function UndoDialog({ certificateId, step, isRollover, onDone, onClose }: Props) {
  const text = depositText.undoing
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, attempt } = useFormProblems(form)
  const [isBusy, setBusy] = useState(false)
  useShortcut('Ctrl+Enter', text.verb, form.submit)

  async function finish({ date, reason }: Values): Promise<void> {
    if (isBusy) return
    setBusy(true)
    const isDone = await attempt(() => client.deposit.undo.mutate({ id: certificateId, date, reason }))
    setBusy(false)
    if (!isDone) return
    await refreshAll()
    onDone?.()
    onClose()
  }
  return (
    <Modal
      open
      title={text.title(CERTIFICATE_EVENT_WORD[isRollover ? 'rolledOver' : step.kind])}
      okText={text.verb}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <p>{step.voucherId === null ? text.notPosted : text.posted}</p>
      {isRollover && <p>{text.both}</p>}
      <Form form={form} layout="vertical" initialValues={{ date: today, reason: '' }} onFinish={finish} className="undo-form">
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item name="date" label={text.date} rules={[{ required: true }]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="reason" label={text.reason} rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}>
          <Input autoFocus maxLength={200} onPressEnter={form.submit} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
