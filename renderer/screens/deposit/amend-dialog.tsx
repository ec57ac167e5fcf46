/** 更正: due date or rate put right from the bank's slip, with its reason. */
import { useState } from 'react'
import { Form, Input, Modal } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { formatPercent } from '#core/rate.ts'
import { client, refreshAll } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { rateOf, rateRule } from './certificate-values.ts'
import type { CertificateCard } from './records.ts'

type Values = {
  readonly date: BusinessDate
  readonly dueDate: BusinessDate
  readonly rate: string
  readonly serial: string
  readonly reason: string
}
type Props = { readonly card: CertificateCard; readonly onDone: () => void; readonly onClose: () => void }

export function AmendDialog({ card: { certificate }, onDone, onClose }: Props) {
  const text = certificateText.amend
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, attempt } = useFormProblems(form, (field) => (field === 'rateMicro' ? 'rate' : field))
  const [isBusy, setBusy] = useState(false)
  useShortcut('Ctrl+Enter', text.verb, form.submit)

  async function finish({ date, dueDate, rate, serial, reason }: Values): Promise<void> {
    if (isBusy) return
    setBusy(true)
    const isDone = await attempt(() => client.certificate.amend.mutate({
      certificateId: certificate.id, date, dueDate, rateMicro: rateOf(rate), reason, bankSerial: serial,
    }))
    setBusy(false)
    if (!isDone) return
    await refreshAll()
    onDone()
  }
  return (
    <Modal
      open
      title={text.title}
      okText={text.verb}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <p className="quiet">{text.hint}</p>
      <Form
        form={form}
        layout="vertical"
        className="undo-form"
        initialValues={{
          date: today, dueDate: certificate.dueDate, rate: formatPercent(certificate.rateMicro), serial: '', reason: '',
        }}
        onFinish={finish}
      >
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item name="date" label={text.date} rules={[{ required: true }]}><DateInput /></Form.Item>
        <Form.Item name="dueDate" label={text.dueDate} rules={[{ required: true }]}><DateInput /></Form.Item>
        <Form.Item name="rate" label={text.rate} required rules={[rateRule(text.rateMissing)]}>
          <Input inputMode="decimal" autoComplete="off" className="money-input" />
        </Form.Item>
        <Form.Item name="serial" label={text.serial}><Input maxLength={60} /></Form.Item>
        <Form.Item name="reason" label={text.reason} rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}>
          <Input maxLength={200} placeholder={text.reasonHint} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
