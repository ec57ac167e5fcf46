/** What the bank paid beside what it owes: the same everywhere money comes back. A fen of difference needs its reason. */
import { AutoComplete, Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { addDays, isBusinessDate } from '#core/calendar.ts'
import type { BankAccountId, BookId } from '#core/id.ts'
import { subtractFen, type Fen } from '#core/money.ts'
import { api } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { yuanText } from '../../parts/money.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { StateTag } from '../../parts/state-tag.tsx'

type Props = {
  readonly expectedFen: Fen | undefined
  /** As typed. */
  readonly paid: string
  /** When the amount owed is taken over into the field. */
  readonly onTake: (paid: string) => void
  readonly hasFocus?: boolean
}

/** Fields `paid` and, where it differs, `differenceReason` of the form around it. */
export function ComparedPaid({ expectedFen, paid, onTake, hasFocus = false }: Props) {
  const text = depositText.settling
  const form = Form.useFormInstance()
  const paidFen = moneyFault(paid, {}) === null ? fenOfText(paid) : null
  const difference = expectedFen === undefined || paidFen === null ? null : subtractFen(paidFen, expectedFen)
  const isDifferent = difference !== null && difference !== 0

  function take(): void {
    if (expectedFen === undefined) return
    const owed = textOfFen(expectedFen)
    form.setFieldsValue({ paid: owed })
    onTake(owed)
  }
  return (
    <>
      <Form.Item name="paid" label={text.paid} required rules={[moneyRule({ required: true })]}>
        <MoneyInput autoFocus={hasFocus} />
      </Form.Item>
      <div className="paid-compare" aria-live="polite">
        {difference !== 0 && (
          <Button size="small" disabled={expectedFen === undefined} onClick={take}>{text.takeExpected}</Button>
        )}
        {difference === 0 && <StateTag icon="check" tone="good" word={text.tiesOut} />}
        {isDifferent && <StateTag icon="warning" tone="due" word={text.differs(yuanText(difference))} />}
      </div>
      {isDifferent && (
        <Form.Item
          name="differenceReason"
          label={text.reason}
          rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}
        >
          <Input maxLength={200} placeholder={text.reasonHint} />
        </Form.Item>
      )}
    </>
  )
}

type SlipValues = { readonly receivedInto: BankAccountId | null; readonly date: string }
const NEAR_DAYS = 10
const SHOWN_ROWS = 100

/** The account's imported rows round the day, by serial: choosing one ties the certificate to the bank's own row. */
function useBankRows(bankAccountId: BankAccountId | null, date: string | undefined) {
  const day = date !== undefined && isBusinessDate(date) ? date : null
  const { data } = useQuery(api.statement.lines.queryOptions(
    {
      bankAccountId: bankAccountId ?? 0, limit: SHOWN_ROWS,
      ...(day !== null && { from: addDays(day, -NEAR_DAYS), to: addDays(day, NEAR_DAYS) }),
    },
    { enabled: bankAccountId !== null && day !== null },
  ))
  return data?.filter(({ serial }) => serial !== '').map((line) => ({
    value: line.serial, label: certificateText.slip.row(line.date, yuanText(line.amountFen), line.memo, line.serial),
  })) ?? []
}

function isMeant(typed: string, row?: { readonly label?: unknown }): boolean {
  return typeof row?.label === 'string' && row.label.includes(typed)
}

/** Fields `receivedInto`, `bankSerial` and `papers`: what else stands on the slip. Only accounts of the certificate's book. */
export function SlipFields({ bookId }: { readonly bookId: BookId }) {
  const text = certificateText.slip
  const { papers, papersHint, papersMissing } = depositText.settling
  const form = Form.useFormInstance<SlipValues>()
  const receivedInto = Form.useWatch('receivedInto', form)
  const date = Form.useWatch('date', form)
  const rows = useBankRows(receivedInto ?? null, date)
  return (
    <>
      <Form.Item name="receivedInto" label={text.receivedInto} tooltip={text.receivedHint} rules={[{ required: true }]}>
        <BankAccountPicker bookId={bookId} />
      </Form.Item>
      <Form.Item name="bankSerial" label={text.serial}>
        <AutoComplete options={rows} placeholder={text.serialHint} maxLength={60} showSearch={{ filterOption: isMeant }} />
      </Form.Item>
      <PapersField label={papers} missing={papersMissing} hint={papersHint} />
    </>
  )
}
