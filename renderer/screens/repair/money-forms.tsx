/** Form of the payment instruction: the amount due is shown, and typed again. */
import { Form } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import { api, client } from '../../client.ts'
import { stepText } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { RecordPicker } from '../../parts/pickers.tsx'
import { useScope } from '../../scope.tsx'
import type { Card } from './job.tsx'
import { required, StepForm } from './step-forms.tsx'

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
      {card.payable !== null && <p>{stepText.due(card.payable.label, formatYuan(card.payable.amountFen))}</p>}
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
