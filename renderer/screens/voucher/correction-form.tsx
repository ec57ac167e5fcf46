/** What every correction asks for: the date of the correcting voucher and the reason. */
import { Form, Input, type FormInstance } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { voucherText } from '../../messages/voucher.ts'
import { DateInput } from '../../parts/date-input.tsx'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import type { VoucherView } from '../../records.ts'

export type CorrectionValues = { readonly date: BusinessDate; readonly reason: string }

export function CorrectionFields({ form, date }: { readonly form: FormInstance<CorrectionValues>; readonly date: BusinessDate }) {
  const text = voucherText.correction
  return (
    <Form form={form} layout="vertical" initialValues={{ date, reason: '' }} className="two-columns">
      <Form.Item name="date" label={text.date} rules={[{ required: true }]}>
        <DateInput />
      </Form.Item>
      <Form.Item name="reason" label={text.reason} rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}>
        <Input autoFocus maxLength={500} />
      </Form.Item>
    </Form>
  )
}

/** The sheet of a correcting voucher of the same book, as it will be prepared. */
export function correctionSheet(voucher: VoucherView, date: BusinessDate, lines: VoucherView['lines'], summary: string): Sheet {
  return {
    bookName: voucher.bookName,
    kind: voucher.kind,
    number: null,
    date,
    attachmentCount: 0,
    lines: lines.map((line) => ({
      summary,
      account: `${line.accountCode} ${line.accountName}`,
      complex: line.complexName,
      debitFen: line.debitFen,
      creditFen: line.creditFen,
    })),
  }
}
