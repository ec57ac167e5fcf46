/** The fields printed on a certificate, with due date and interest computed while typing: for new money and the next link. */
import { Form, Input, InputNumber, Select } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { DAY_COUNTS, DEPOSIT_PRODUCTS, ROLLOVER_INSTRUCTIONS } from '#core/deposit/deposit.ts'
import type { CertificateId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { api } from '../../client.ts'
import { DAY_COUNT_WORD, depositText, INSTRUCTION_WORD, PRODUCT_WORD } from '../../messages/deposit.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Money } from '../../parts/money.tsx'
import { RecordPicker, type PickerProps } from '../../parts/pickers.tsx'
import type { Answers } from '../../records.ts'
import { rateOf, rateRule, type CertificateValues } from './certificate-values.ts'
import { WorkingTable } from './interest-part.tsx'

type Quote = Answers['deposit']['quote']

type QuoteOf = {
  readonly values: CertificateValues
  readonly valueDate: BusinessDate | null
  readonly principalFen: Fen | null
  readonly previousId: CertificateId | null
}

/** Undefined until enough is filled in. */
export function useQuote({ values, valueDate, principalFen, previousId }: QuoteOf): Quote | undefined {
  const rateMicro = rateOf(values.rate)
  const demandRateMicro = rateOf(values.demandRate)
  const count = values.termCount ?? 0
  const isReady = rateMicro !== null && count > 0 && valueDate !== null && principalFen !== null && principalFen > 0
  const { data, isError } = useQuery(
    api.deposit.quote.queryOptions(
      {
        principalFen: principalFen ?? 0,
        rateMicro: rateMicro ?? 0,
        // The demand rate plays no part up to the due date.
        demandRateMicro: demandRateMicro ?? 0,
        dayCount: values.dayCount,
        term: { unit: values.termUnit, count },
        valueDate: valueDate ?? '',
        dueDate: values.dueDate,
        previousId,
      },
      { enabled: isReady, placeholderData: keepPreviousData },
    ),
  )
  return isReady && !isError ? data : undefined
}

function PersonPicker(props: PickerProps<UserId>) {
  const { data } = useQuery(api.staff.list.queryOptions())
  const choices = data
    ?.filter(({ state }) => state === 'active')
    .map(({ id, login, name }) => ({ id, code: login, name, label: name }))
  return <RecordPicker {...props} choices={choices} />
}

type DueDateProps = {
  readonly id?: string
  readonly value?: BusinessDate | null
  readonly onChange?: (value: BusinessDate | null) => void
  readonly computed: BusinessDate | undefined
}

/** Shows the computed date until the paper says otherwise; typing the computed date again is the same as saying nothing. */
function DueDateInput({ value = null, onChange, computed, ...rest }: DueDateProps) {
  return (
    <DateInput
      {...rest}
      allowClear={value !== null}
      value={value ?? computed ?? null}
      onChange={(date) => onChange?.(date === computed ? null : date)}
    />
  )
}

type Props = { readonly quote: Quote | undefined; readonly isDueDateChanged: boolean; readonly hasFocus?: boolean }

export function CertificateFields({ quote, isDueDateChanged, hasFocus = false }: Props) {
  const text = depositText.certificate
  return (
    <>
      <Form.Item
        name="certificateNo"
        label={text.certificateNo}
        rules={[{ required: true, whitespace: true, message: text.certificateNoMissing }]}
      >
        <Input autoComplete="off" maxLength={60} autoFocus={hasFocus} />
      </Form.Item>
      <Form.Item name="product" label={text.product}>
        <Select options={DEPOSIT_PRODUCTS.map((value) => ({ value, label: PRODUCT_WORD[value] }))} />
      </Form.Item>
      <Form.Item name="rate" label={text.rate} required rules={[rateRule(text.rateMissing)]}>
        <Input inputMode="decimal" autoComplete="off" className="money-input" />
      </Form.Item>
      <Form.Item name="demandRate" label={text.demandRate} required rules={[rateRule(text.demandRateMissing)]}>
        <Input inputMode="decimal" autoComplete="off" className="money-input" />
      </Form.Item>
      <Form.Item label={text.term} required>
        <div className="term-field">
          <Form.Item name="termCount" noStyle rules={[{ required: true, message: text.termMissing }]}>
            <InputNumber min={1} precision={0} aria-label={text.termCount} />
          </Form.Item>
          <Form.Item name="termUnit" noStyle>
            <Select
              aria-label={text.termUnit}
              options={[{ value: 'months', label: text.months }, { value: 'days', label: text.days }]}
            />
          </Form.Item>
        </div>
      </Form.Item>
      <Form.Item name="dayCount" label={text.dayCount}>
        <Select options={DAY_COUNTS.map((value) => ({ value, label: DAY_COUNT_WORD[value] }))} popupMatchSelectWidth={false} />
      </Form.Item>
      <Form.Item name="dueDate" label={text.dueDate} {...(quote !== undefined && { extra: text.dueDateHint(quote.computedDue) })}>
        <DueDateInput computed={quote?.computedDue} />
      </Form.Item>
      {isDueDateChanged
        ? (
            <Form.Item
              name="dueDateReason"
              label={text.dueDateReason}
              rules={[{ required: true, whitespace: true, message: text.dueDateReasonMissing }]}
            >
              <Input maxLength={200} />
            </Form.Item>
          )
        : <div />}
      <Form.Item name="rolloverInstruction" label={text.instruction}>
        <Select options={ROLLOVER_INSTRUCTIONS.map((value) => ({ value, label: INSTRUCTION_WORD[value] }))} />
      </Form.Item>
      <Form.Item name="personInCharge" label={text.person} rules={[{ required: true, message: text.personMissing }]}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="bankName" label={text.bankName}>
        <Input maxLength={60} placeholder={text.bankNameHint} />
      </Form.Item>
      <Form.Item name="branch" label={text.branch}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="depositAccount" label={text.depositAccount}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="reminderDays" label={text.reminder}>
        <InputNumber min={0} max={366} precision={0} placeholder={text.reminderHint} suffix={text.dayUnit} />
      </Form.Item>
    </>
  )
}

/** Beside the fields: what the certificate will pay, with the working. */
export function QuoteBox({ quote }: { readonly quote: Quote | undefined }) {
  const text = depositText.certificate
  return (
    <section className="quote" aria-live="polite">
      <h2>{text.expected}</h2>
      {quote === undefined
        ? <p className="quiet">{text.notYet}</p>
        : (
            <>
              <p className="quote-sum"><Money fen={quote.payment.interest} unit="¥" /></p>
              <WorkingTable payment={quote.payment} />
            </>
          )}
    </section>
  )
}
