/** What came in for the ticked claims of one sheet, as one voucher draft; what is left is filled in as the amount. */
import { useEffect } from 'react'
import { Form, Input } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { addFen, formatYuan, ZERO_FEN } from '#core/money.ts'
import { client, refreshAll } from '../../client.ts'
import { selfFundingText as text } from '../../messages/self-funding.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { useMaintenanceBook, useOwnBankAccount } from '../../parts/fund-account.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import type { Claim } from './self-funding.tsx'

type RowValues = { readonly amount: string; readonly receipt: string }
type Values = {
  readonly date: BusinessDate
  readonly bankDate: BusinessDate | null
  readonly bankAccountId: BankAccountId
  readonly rows: readonly RowValues[]
  readonly papers: readonly AttachedFile[]
}
type Props = { readonly complexId: ComplexId; readonly claims: readonly Claim[]; readonly onClose: () => void }

const REQUIRED = [{ required: true, message: text.required }]

export function CollectDialog({ complexId, claims, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const bookId = useMaintenanceBook()?.id
  const own = useOwnBankAccount(complexId)
  const typed = Form.useWatch((values: Partial<Values>) => values.rows, form) ?? []
  const amounts = typed.map(({ amount }) => (moneyFault(amount, {}) === null ? fenOfText(amount) : null) ?? ZERO_FEN)

  useEffect(() => {
    if (own !== undefined && form.getFieldValue('bankAccountId') === undefined) form.setFieldsValue({ bankAccountId: own })
  }, [form, own])

  async function write(): Promise<void> {
    const { papers, rows, date, bankDate, bankAccountId } = await validated(form)
    const { draftId } = await client.selfFunding.collect.mutate({
      date, bankDate, bankAccountId, attachments: papers.map(({ sha256 }) => sha256),
      rows: claims.map(({ id }, index) => ({
        claimId: id, amountFen: fenOfText(rows[index]?.amount ?? '') ?? ZERO_FEN, receipt: rows[index]?.receipt.trim() || null,
      })),
    })
    await refreshAll()
    goTo({ screen: 'vouchers', path: ['draft', draftId] })
  }
  return (
    <ConfirmWrite title={text.collectTitle} verb={text.save} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.collectHint}</p>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{
          date: today, bankDate: today, papers: [],
          rows: claims.map(({ leftFen }) => ({ amount: textOfFen(leftFen), receipt: '' })),
        }}
      >
        <Form.Item name="date" label={text.date} rules={REQUIRED}><DateInput /></Form.Item>
        <Form.Item name="bankDate" label={text.bankDate}><DateInput allowClear /></Form.Item>
        <Form.Item name="bankAccountId" label={text.bank} rules={REQUIRED} className="wide">
          <BankAccountPicker bookId={bookId} />
        </Form.Item>
        <div className="wide field-rows collected-rows">
          {claims.map(({ id, address }, index) => (
            <fieldset key={id}>
              <legend>{address}</legend>
              <Form.Item
                name={['rows', index, 'amount']}
                label={text.amount}
                rules={[moneyRule({ required: true, positive: true })]}
              >
                <MoneyInput />
              </Form.Item>
              <Form.Item name={['rows', index, 'receipt']} label={text.receipt}>
                <Input autoComplete="off" maxLength={40} />
              </Form.Item>
            </fieldset>
          ))}
          <strong role="status">{text.sum(formatYuan(addFen(...amounts)))}</strong>
        </div>
        <PapersField label={text.papers} missing={text.papersMissing} className="wide" />
      </Form>
    </ConfirmWrite>
  )
}
