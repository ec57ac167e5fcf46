/** Contributions of one or several households, as one voucher draft; what is still owed is filled in as the amount. */
import { useEffect } from 'react'
import { Button, Form, Input, Select, type FormInstance } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, ComplexId, HouseholdId } from '#core/id.ts'
import { addFen, formatYuan, ZERO_FEN } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { api, client, refreshAll } from '../../client.ts'
import { contributeText as text } from '../../messages/household-money.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { useMaintenanceBook, useOwnBankAccount } from '../../parts/fund-account.ts'
import { Icon } from '../../parts/icon.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { HouseholdPicker } from './household-picker.tsx'
import type { HouseholdDue } from './records.ts'

type RowValues = {
  readonly householdId?: HouseholdId
  readonly part: 'principal' | 'sellerPrincipal'
  readonly amount: string
  readonly receipt: string
}
type Values = {
  readonly date: BusinessDate
  readonly bankDate: BusinessDate | null
  readonly bankAccountId: BankAccountId
  readonly rows: readonly RowValues[]
  readonly papers: readonly AttachedFile[]
}
type Known = { readonly id: HouseholdId; readonly address: string }
type Props = {
  readonly complexId: ComplexId
  readonly complex: string
  /** The household it was opened from. */
  readonly first?: Known
  readonly onClose: () => void
}

const REQUIRED = [{ required: true, message: text.required }]
const PARTS = (['principal', 'sellerPrincipal'] as const).map((value) => ({ value, label: text.parts[value] }))
const EMPTY_ROW: RowValues = { part: 'principal', amount: '', receipt: '' }

export function ContributeDialog({ complexId, complex, first, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const bookId = useMaintenanceBook()?.id
  const own = useOwnBankAccount(complexId)

  useEffect(() => {
    if (own !== undefined && form.getFieldValue('bankAccountId') === undefined) form.setFieldsValue({ bankAccountId: own })
  }, [form, own])

  async function write(): Promise<void> {
    const { papers, rows, date, bankDate, bankAccountId } = await validated(form)
    const { draftId } = await client.householdMoney.contribute.mutate({
      complexId, date, bankDate, bankAccountId, attachments: papers.map(({ sha256 }) => sha256),
      rows: rows.map((row) => ({
        householdId: row.householdId ?? missing(), part: row.part, amountFen: fenOfText(row.amount) ?? ZERO_FEN,
        receipt: row.receipt.trim() === '' ? null : row.receipt.trim(),
      })),
    })
    await refreshAll()
    goTo({ screen: 'vouchers', path: ['draft', draftId] })
  }
  return (
    <ConfirmWrite title={text.titleOf(complex)} verb={text.save} onWrite={write} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{
          date: today, bankDate: today, papers: [],
          rows: [first === undefined ? EMPTY_ROW : { ...EMPTY_ROW, householdId: first.id }],
        }}
      >
        <Form.Item name="date" label={text.date} rules={REQUIRED}><DateInput /></Form.Item>
        <Form.Item name="bankDate" label={text.bankDate}><DateInput allowClear /></Form.Item>
        <Form.Item name="bankAccountId" label={text.bank} rules={REQUIRED} className="wide">
          <BankAccountPicker bookId={bookId} />
        </Form.Item>
        <Form.List name="rows">
          {(fields, { add, remove }) => (
            <div className="wide field-rows contribution-rows">
              {fields.map(({ key, name }, index) => (
                <fieldset key={key}>
                  <legend>{text.row(index + 1)}</legend>
                  <Row form={form} index={name} complexId={complexId} first={index === 0 ? first : undefined} />
                  {fields.length > 1 && (
                    <Button size="small" icon={<Icon name="cross" />} onClick={() => remove(name)}>{text.removeRow}</Button>
                  )}
                </fieldset>
              ))}
              <div className="contribution-foot">
                <Button icon={<Icon name="plus" />} onClick={() => add(EMPTY_ROW)}>{text.addRow}</Button>
                <Sum form={form} />
              </div>
            </div>
          )}
        </Form.List>
        <PapersField label={text.papers} missing={text.papersMissing} className="wide" />
      </Form>
    </ConfirmWrite>
  )
}

/** The form's own rule has refused a row without a household before this. */
function missing(): never {
  throw new Problem({ code: 'form.incomplete', message: text.required })
}

function Sum({ form }: { readonly form: FormInstance<Values> }) {
  const rows = Form.useWatch((values: Partial<Values>) => values.rows, form) ?? []
  const amounts = rows.map(({ amount }) => (moneyFault(amount, {}) === null ? fenOfText(amount) : null) ?? ZERO_FEN)
  return <strong role="status">{text.sum(formatYuan(addFen(...amounts)))}</strong>
}

function owedWords({ first, owedFen }: HouseholdDue): string {
  if (owedFen === null) return ''
  if (owedFen === 0) return text.paid
  return first?.basis === 'area' && first.rateFen !== null
    ? text.byRate(formatYuan(owedFen), formatYuan(first.rateFen))
    : text.owed(formatYuan(owedFen))
}

type RowProps = {
  readonly form: FormInstance<Values>
  readonly index: number
  readonly complexId: ComplexId
  readonly first: Known | undefined
}

function Row({ form, index, complexId, first }: RowProps) {
  const householdId = Form.useWatch(['rows', index, 'householdId'], form)
  const isChosen = householdId !== undefined
  const { data: due } = useQuery(api.householdMoney.due.queryOptions({ id: householdId ?? 0 }, { enabled: isChosen }))
  const owed = due?.householdId === householdId ? due?.owedFen : null

  useEffect(() => {
    const typed: unknown = form.getFieldValue(['rows', index, 'amount'])
    if (owed != null && owed > 0 && typed === '') form.setFieldValue(['rows', index, 'amount'], textOfFen(owed))
  }, [form, index, owed])

  return (
    <>
      <Form.Item name={[index, 'householdId']} label={text.household} rules={REQUIRED}>
        <HouseholdPicker complexId={complexId} {...(first !== undefined && { known: first })} />
      </Form.Item>
      <Form.Item name={[index, 'part']} label={text.part}><Select options={PARTS} /></Form.Item>
      <Form.Item
        name={[index, 'amount']}
        label={text.amount}
        rules={[moneyRule({ required: true, positive: true })]}
        extra={due === undefined ? '' : owedWords(due)}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item name={[index, 'receipt']} label={text.receipt} extra={text.receiptHint}>
        <Input autoComplete="off" maxLength={40} />
      </Form.Item>
    </>
  )
}
