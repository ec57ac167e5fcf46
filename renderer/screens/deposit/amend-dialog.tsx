/** 更正: due date or rate put right from the bank's slip, with its reason. */
import { Form, Input } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { formatPercent } from '#core/rate.ts'
import { client } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { useScope } from '../../scope.tsx'
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
  return (
    <FormDialog
      title={text.title}
      verb={text.verb}
      form={form}
      initialValues={{
        date: today, dueDate: certificate.dueDate, rate: formatPercent(certificate.rateMicro), serial: '', reason: '',
      }}
      fieldOf={(field) => (field === 'rateMicro' ? 'rate' : field)}
      note={<p className="quiet">{text.hint}</p>}
      write={({ date, dueDate, rate, serial, reason }) => () => client.certificate.amend.mutate({
        certificateId: certificate.id, date, dueDate, rateMicro: rateOf(rate), reason, bankSerial: serial,
      })}
      onDone={onDone}
      onClose={onClose}
    >
      <Form.Item name="date" label={text.date} rules={[{ required: true }]}><DateInput /></Form.Item>
      <Form.Item name="dueDate" label={text.dueDate} rules={[{ required: true }]}><DateInput /></Form.Item>
      <Form.Item name="rate" label={text.rate} required rules={[rateRule(text.rateMissing)]}>
        <Input inputMode="decimal" autoComplete="off" className="money-input" />
      </Form.Item>
      <Form.Item name="serial" label={text.serial}><Input maxLength={60} /></Form.Item>
      <Form.Item name="reason" label={text.reason} rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}>
        <Input maxLength={200} placeholder={text.reasonHint} autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
