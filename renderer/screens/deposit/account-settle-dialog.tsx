/** 登记结息: what the bank credited for the quarter, compared to the fen, with its voucher or beside the statement's. */
import { useState } from 'react'
import { Form, Radio } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { client } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { fenOfText } from '../../parts/money-text.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import type { Answers } from '../../records.ts'
import type { Papers } from './certificate-values.ts'
import { ComparedPaid } from './compared-paid.tsx'

type Values = {
  readonly paid: string
  readonly differenceReason: string
  readonly voucher: 'make' | 'booked'
  readonly papers: Papers
}
type Props = {
  readonly bankAccountId: BankAccountId
  readonly day: BusinessDate
  readonly working: Answers['accountInterest']['expected']
  readonly onClose: () => void
}

const FIELD: Readonly<Record<string, string>> = { interestPaidFen: 'paid' }

export function SettleDialog({ bankAccountId, day, working, onClose }: Props) {
  const text = certificateText.accounts.dialog
  const [form] = Form.useForm<Values>()
  const [values, setValues] = useState<Values>({ paid: '', differenceReason: '', voucher: 'make', papers: [] })

  function settlement() {
    const paidFen = fenOfText(values.paid)
    if (paidFen === null) return null
    return () => client.accountInterest.settle.mutate({
      bankAccountId, day, paidFen, differenceReason: values.differenceReason, voucher: values.voucher,
      attachments: values.papers.map(({ sha256 }) => sha256),
    })
  }
  return (
    <FormDialog
      title={text.title}
      verb={text.verb}
      form={form}
      initialValues={values}
      fieldOf={(field) => FIELD[field] ?? field}
      note={<p className="quiet">{certificateText.accounts.period(working.period.from, working.period.to)}</p>}
      onValues={(all) => setValues({ ...values, ...all })}
      write={settlement}
      onDone={onClose}
      onClose={onClose}
    >
      <ComparedPaid
        expectedFen={working.interestFen}
        paid={values.paid}
        hasFocus
        onTake={(paid) => setValues({ ...values, paid })}
      />
      <Form.Item name="voucher" label={text.voucher}>
        <Radio.Group options={[{ value: 'make', label: text.make }, { value: 'booked', label: text.booked }]} />
      </Form.Item>
      {values.voucher === 'make' && (
        <PapersField
          label={depositText.settling.papers}
          missing={depositText.settling.papersMissing}
          hint={depositText.settling.papersHint}
        />
      )}
    </FormDialog>
  )
}
