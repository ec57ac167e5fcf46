/** First step: what the bank paid, beside what it owes; a fen of difference needs its reason. */
import { Button, Form, Input, Radio } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { formFieldOf, rateOf, rateRule } from './certificate-values.ts'
import { ComparedPaid, SlipFields } from './compared-paid.tsx'
import { WorkingTable } from './interest-part.tsx'
import type { CertificateCard } from './records.ts'
import type { PaidValues } from './settle-values.ts'

type Props = {
  readonly card: CertificateCard
  readonly values: PaidValues
  readonly isAsking: boolean
  readonly onValues: (values: PaidValues) => void
  /** Goes on to the next certificate, or for a withdrawal to the voucher; what it throws is shown here. */
  readonly onNext: () => Promise<void>
}

export function PaidStep({ card, values, isAsking, onValues, onNext }: Props) {
  const text = depositText.settling
  const [form] = Form.useForm<PaidValues>()
  const { problem, attempt } = useFormProblems(form, formFieldOf)
  const demandRateMicro = rateOf(values.demandRate)
  const { data: expected, error } = useQuery(
    api.deposit.expected.queryOptions(
      { id: card.certificate.id, date: values.date, demandRateMicro: demandRateMicro ?? 0 },
      { enabled: demandRateMicro !== null, placeholderData: keepPreviousData },
    ),
  )
  useShortcut('Ctrl+Enter', text.next, form.submit, { isOn: !isAsking })

  return (
    <Form
      form={form}
      className="deposit-form"
      labelCol={{ flex: '128px' }}
      initialValues={values}
      onValuesChange={(_, all) => onValues({ ...values, ...all })}
      onFinish={() => void attempt(onNext)}
      scrollToFirstError={{ focus: true }}
    >
      <div className="paid-fields">
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item name="what" label={text.what}>
          <Radio.Group
            options={[
              ...(card.actions.includes('rollOver')
                ? [
                    { value: 'principal_and_interest', label: text.rolloverBoth },
                    { value: 'principal_only', label: text.rolloverPrincipal },
                  ]
                : []),
              { value: 'withdraw', label: text.withdraw },
            ]}
          />
        </Form.Item>
        <Form.Item name="date" label={text.date} rules={[{ required: true }]}>
          <DateInput />
        </Form.Item>
        <Form.Item
          name="demandRate"
          label={text.demandRate}
          required
          rules={[rateRule(depositText.certificate.demandRateMissing)]}
        >
          <Input inputMode="decimal" autoComplete="off" className="money-input" />
        </Form.Item>
        <ComparedPaid
          expectedFen={expected?.interest}
          paid={values.paid}
          onTake={(paid) => onValues({ ...values, paid })}
          hasFocus
        />
        <SlipFields bookId={card.certificate.bookId} />
        <div className="step-buttons">
          <Button type="primary" htmlType="submit">{values.what === 'withdraw' ? text.show : text.next}</Button>
        </div>
      </div>
      <section className="quote" aria-live="polite">
        <h2>{text.expected}</h2>
        {error !== null && <ProblemNote error={error} />}
        {error === null && expected !== undefined && (
          <>
            <p className="quote-sum">
              <Money fen={expected.interest} unit="¥" />
            </p>
            <WorkingTable payment={expected} />
          </>
        )}
      </section>
    </Form>
  )
}
