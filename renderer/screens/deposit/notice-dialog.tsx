/** 通知银行: the day and amount a notice deposit will be drawn. */
import { useState } from 'react'
import { Form, Modal } from 'antd'
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { noticeDaysOf } from '#core/deposit/certificate-life.ts'
import { client, refreshAll } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { CertificateCard } from './records.ts'

type Values = { readonly givenOn: BusinessDate; readonly forDate: BusinessDate; readonly amount: string }
type Props = { readonly card: CertificateCard; readonly onDone: () => void; readonly onClose: () => void }

export function NoticeDialog({ card: { certificate }, onDone, onClose }: Props) {
  const text = certificateText.notice
  const { today } = useScope()
  const days = noticeDaysOf(certificate.product) ?? 0
  const [form] = Form.useForm<Values>()
  const { problem, attempt } = useFormProblems(form, (field) => (field === 'amountFen' ? 'amount' : field))
  const [isBusy, setBusy] = useState(false)
  useShortcut('Ctrl+Enter', text.verb, form.submit)

  async function finish({ givenOn, forDate, amount }: Values): Promise<void> {
    const amountFen = fenOfText(amount)
    if (isBusy || amountFen === null) return
    setBusy(true)
    const isDone = await attempt(() =>
      client.certificate.giveNotice.mutate({ certificateId: certificate.id, givenOn, forDate, amountFen }))
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
      <p className="quiet">{text.hint(days)}</p>
      <Form
        form={form}
        layout="vertical"
        className="undo-form"
        initialValues={{ givenOn: today, forDate: addDays(today, days), amount: '' }}
        onFinish={finish}
      >
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item name="givenOn" label={text.givenOn} rules={[{ required: true }]}><DateInput /></Form.Item>
        <Form.Item name="forDate" label={text.forDate} rules={[{ required: true }]}><DateInput /></Form.Item>
        <Form.Item name="amount" label={text.amount} required rules={[moneyRule({ required: true, positive: true })]}>
          <MoneyInput autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
