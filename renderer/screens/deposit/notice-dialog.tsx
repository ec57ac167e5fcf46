/** 通知银行: the day and amount a notice deposit will be drawn. */
import { Form } from 'antd'
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { noticeDaysOf } from '#core/deposit/certificate-life.ts'
import { client } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { useScope } from '../../scope.tsx'
import type { CertificateCard } from './records.ts'

type Values = { readonly givenOn: BusinessDate; readonly forDate: BusinessDate; readonly amount: string }
type Props = { readonly card: CertificateCard; readonly onDone: () => void; readonly onClose: () => void }

export function NoticeDialog({ card: { certificate }, onDone, onClose }: Props) {
  const text = certificateText.notice
  const { today } = useScope()
  const days = noticeDaysOf(certificate.product) ?? 0
  const [form] = Form.useForm<Values>()

  function notice({ givenOn, forDate, amount }: Values) {
    const amountFen = fenOfText(amount)
    if (amountFen === null) return null
    return () => client.certificate.giveNotice.mutate({ certificateId: certificate.id, givenOn, forDate, amountFen })
  }
  return (
    <FormDialog
      title={text.title}
      verb={text.verb}
      form={form}
      initialValues={{ givenOn: today, forDate: addDays(today, days), amount: '' }}
      fieldOf={(field) => (field === 'amountFen' ? 'amount' : field)}
      note={<p className="quiet">{text.hint(days)}</p>}
      write={notice}
      onDone={onDone}
      onClose={onClose}
    >
      <Form.Item name="givenOn" label={text.givenOn} rules={[{ required: true }]}><DateInput /></Form.Item>
      <Form.Item name="forDate" label={text.forDate} rules={[{ required: true }]}><DateInput /></Form.Item>
      <Form.Item name="amount" label={text.amount} required rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
