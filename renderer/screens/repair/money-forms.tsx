/** Forms of the steps with money: acceptance with its settlement, and the payment instruction. */
import { Checkbox, Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { SIGNING_PARTIES, type SigningParty } from '#core/policy/policy.ts'
import { PARTY_WORD } from '#core/repair/repair-papers.ts'
import { api, client } from '../../client.ts'
import { stepText } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { RecordPicker } from '../../parts/pickers.tsx'
import { useScope } from '../../scope.tsx'
import type { Card } from './job.tsx'
import { required, StepForm } from './step-forms.tsx'

type AcceptValues = {
  on: BusinessDate
  settledFen: string
  stampedBy: SigningParty[]
  sectionStaff: string[]
  followUp: string
  warrantyUntil?: BusinessDate | null
}

const SEPARATORS = ['\u3001', '\uFF0C', ',', ' ']
const STAMPS = SIGNING_PARTIES.map((value) => ({ value, label: PARTY_WORD[value] }))

export function AcceptForm({ card }: { readonly card: Card }) {
  const { today } = useScope()
  const [form] = Form.useForm<AcceptValues>()
  return (
    <StepForm
      form={form}
      verb={stepText.accept}
      initialValues={{ on: today, stampedBy: [], sectionStaff: [], followUp: '' }}
      onSubmit={({ settledFen, warrantyUntil = null, ...facts }) =>
        client.repair.accept.mutate({ id: card.repair.id, ...facts, warrantyUntil, settledFen: fenOfText(settledFen) ?? 0 })}
    >
      <Form.Item name="on" label={stepText.on} rules={required(stepText.on)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="settledFen" label={stepText.settledFen} rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="stampedBy" label={stepText.stampedBy}>
        <Checkbox.Group options={STAMPS} />
      </Form.Item>
      <Form.Item name="sectionStaff" label={stepText.sectionStaff}>
        <Select mode="tags" open={false} suffix={null} placeholder={stepText.staffHint} tokenSeparators={SEPARATORS} />
      </Form.Item>
      <Form.Item name="followUp" label={stepText.followUp}>
        <Input placeholder={stepText.followUpHint} maxLength={300} />
      </Form.Item>
      <Form.Item name="warrantyUntil" label={stepText.warrantyUntil}>
        <DateInput allowClear />
      </Form.Item>
    </StepForm>
  )
}

type PaymentValues = { amountFen: string; bankAccountId: BankAccountId; date: BusinessDate }

export function PaymentForm({ card, isAgain }: { readonly card: Card; readonly isAgain: boolean }) {
  const { today } = useScope()
  const [form] = Form.useForm<PaymentValues>()
  const { bookId, complexId } = card.repair
  const accounts = useQuery(api.book.bankAccounts.queryOptions()).data
  // The money of one complex never leaves through another's own account.
  const payable = accounts?.filter((account) => account.bookId === bookId && (account.complexId ?? complexId) === complexId)
  return (
    <StepForm
      form={form}
      verb={isAgain ? stepText.prepareVoucher : stepText.instructPayment}
      initialValues={{ date: today }}
      onSubmit={({ amountFen, ...facts }) => {
        const payment = { id: card.repair.id, ...facts, amountFen: fenOfText(amountFen) ?? 0 }
        return isAgain ? client.repair.preparePaymentAgain.mutate(payment) : client.repair.instructPayment.mutate(payment)
      }}
    >
      <Form.Item name="amountFen" label={stepText.amountAgain} rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="bankAccountId" label={stepText.bankAccountId} rules={required(stepText.bankAccountId)}>
        <RecordPicker<BankAccountId>
          choices={payable?.map(({ id, bankName, number }) => ({
            id, name: bankName, code: number, label: `${bankName} ${number.slice(-4)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="date" label={stepText.payOn} rules={required(stepText.payOn)}>
        <DateInput />
      </Form.Item>
    </StepForm>
  )
}
