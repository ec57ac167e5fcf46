/** Second step of a rollover: the new certificate; its principal follows from what the bank paid. */
import { Button, Form } from 'antd'
import { addFen } from '#core/money.ts'
import { depositText } from '../../messages/deposit.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { fenOfText } from '../../parts/money-text.ts'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { CertificateFields, QuoteBox, useQuote } from './certificate-fields.tsx'
import { formFieldOf, type CertificateValues } from './certificate-values.ts'
import type { CertificateCard } from './records.ts'
import type { PaidValues } from './settle-values.ts'

type Props = {
  readonly card: CertificateCard
  readonly paid: PaidValues
  readonly values: CertificateValues
  readonly isAsking: boolean
  readonly onValues: (values: CertificateValues) => void
  readonly onBack: () => void
  /** What it throws is shown here. */
  readonly onNext: () => Promise<void>
}

export function NextStep({ card: { certificate }, paid, values, isAsking, onValues, onBack, onNext }: Props) {
  const text = depositText.settling
  const [form] = Form.useForm<CertificateValues>()
  const { problem, attempt } = useFormProblems(form, formFieldOf)
  const isJoined = paid.what === 'principal_and_interest'
  const interest = fenOfText(paid.paid)
  const principalFen = isJoined && interest !== null ? addFen(certificate.principalFen, interest) : certificate.principalFen
  const quote = useQuote({ values, valueDate: paid.date, principalFen, previousId: certificate.id })
  useShortcut('Ctrl+Enter', text.show, form.submit, { isOn: !isAsking })
  return (
    <Form
      form={form}
      className="deposit-form"
      labelCol={{ flex: '104px' }}
      initialValues={values}
      onValuesChange={(_, all) => onValues({ ...values, ...all })}
      onFinish={() => void attempt(onNext)}
      scrollToFirstError={{ focus: true }}
    >
      <div className="two-columns">
        {problem !== null && <div className="wide"><ProblemNote problem={problem} /></div>}
        <Form.Item label={text.newPrincipal} extra={isJoined ? text.principalBoth : text.principalOnly}>
          <strong><Money fen={principalFen} unit="¥" /></strong>
        </Form.Item>
        <Form.Item label={depositText.certificate.valueDate}>{paid.date}</Form.Item>
        <CertificateFields quote={quote} isDueDateChanged={values.dueDate !== null} hasFocus />
        <div className="wide step-buttons">
          <Button onClick={onBack}>{text.back}</Button>
          <Button type="primary" htmlType="submit">{text.show}</Button>
        </div>
      </div>
      <div className="deposit-form-side">
        <QuoteBox quote={quote} />
      </div>
    </Form>
  )
}
