/** Taking back the last operation: what it will write, on which day, why. */
import { Form, Input } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateId } from '#core/id.ts'
import { client } from '../../client.ts'
import { CERTIFICATE_EVENT_WORD, depositText } from '../../messages/deposit.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { useScope } from '../../scope.tsx'
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
  return (
    <FormDialog
      title={text.title(CERTIFICATE_EVENT_WORD[isRollover ? 'rolledOver' : step.kind])}
      verb={text.verb}
      form={form}
      initialValues={{ date: today, reason: '' }}
      note={
        <>
          <p>{step.voucherId === null ? text.notPosted : text.posted}</p>
          {isRollover && <p>{text.both}</p>}
        </>
      }
      write={({ date, reason }) => () => client.deposit.undo.mutate({ id: certificateId, date, reason })}
      onDone={() => {
        onDone?.()
        onClose()
      }}
      onClose={onClose}
    >
      <Form.Item name="date" label={text.date} rules={[{ required: true }]}><DateInput /></Form.Item>
      <Form.Item name="reason" label={text.reason} rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}>
        <Input autoFocus maxLength={200} onPressEnter={form.submit} />
      </Form.Item>
    </FormDialog>
  )
}
