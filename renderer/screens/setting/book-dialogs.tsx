/** Opening a book, adding a sub-account, registering a bank account. */
import { Checkbox, Form, Input, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { FUND_KINDS, type FundKind } from '#core/fund.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import { client, refreshAll } from '../../client.ts'
import { settingText as text } from '../../messages/setting.ts'
import { FUND_WORD } from '../../messages/words.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { ComplexPicker } from '../../parts/pickers.tsx'
import { validated } from '../../parts/validated.ts'
import type { Accounts } from '../../records.ts'
import { useScope } from '../../scope.tsx'

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]
const DATE_REQUIRED = [{ required: true, message: text.required }]
const FUND_OPTIONS = FUND_KINDS.map((fund) => ({ value: fund, label: FUND_WORD[fund] }))

type BookValues = { readonly code: string; readonly name: string; readonly fundKind: FundKind; readonly openedOn: BusinessDate }

export function BookDialog({ onClose }: { readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<BookValues>()

  async function write(): Promise<void> {
    await client.book.open.mutate(await validated(form))
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.openBook} verb={text.openBook} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.openBookHint}</p>
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ fundKind: 'maintenance', openedOn: today }}>
        <Form.Item name="code" label={text.bookCode} rules={REQUIRED}><Input autoFocus /></Form.Item>
        <Form.Item name="name" label={text.bookName} rules={REQUIRED}><Input /></Form.Item>
        <Form.Item name="fundKind" label={text.fund} rules={DATE_REQUIRED}><Select options={FUND_OPTIONS} /></Form.Item>
        <Form.Item name="openedOn" label={text.openedOn} rules={DATE_REQUIRED}><DateInput /></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

type AccountProps = { readonly bookId: BookId; readonly accounts: Accounts; readonly onClose: () => void }

export function AccountDialog({ bookId, accounts, onClose }: AccountProps) {
  const [form] = Form.useForm<{ parentCode: string; code: string; name: string }>()

  async function write(): Promise<void> {
    await client.book.addSubAccount.mutate({ bookId, ...(await validated(form)) })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.addSub} verb={text.save} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.addSubHint}</p>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        onValuesChange={(changed) => {
          if (changed.parentCode !== undefined) form.setFieldsValue({ code: `${changed.parentCode}.` })
        }}
      >
        <Form.Item name="parentCode" label={text.parent} className="wide" rules={REQUIRED}>
          <Select
            autoFocus
            showSearch={{ optionFilterProp: 'label' }}
            options={accounts.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
          />
        </Form.Item>
        <Form.Item name="code" label={text.accountCode} rules={REQUIRED}><Input /></Form.Item>
        <Form.Item name="name" label={text.accountName} rules={REQUIRED}><Input /></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

type BankValues = {
  readonly complexId: ComplexId | null
  readonly bankName: string
  readonly branch: string
  readonly number: string
  readonly holderName: string
  readonly isDedicated: boolean
  readonly openedOn: BusinessDate
}

export function BankAccountDialog({ bookId, onClose }: { readonly bookId: BookId; readonly onClose: () => void }) {
  const { today, complexId, book } = useScope()
  const [form] = Form.useForm<BankValues>()

  async function write(): Promise<void> {
    const values = await validated(form)
    await client.book.addBankAccount.mutate({ bookId, ...values, complexId: values.complexId ?? null })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={`${text.addBank} · ${book?.name ?? ''}`} verb={text.save} onWrite={write} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{ complexId, branch: '', isDedicated: true, openedOn: today }}
      >
        <Form.Item name="bankName" label={text.bankName} rules={REQUIRED}><Input autoFocus /></Form.Item>
        <Form.Item name="branch" label={text.branch}><Input /></Form.Item>
        <Form.Item name="number" label={text.number} rules={REQUIRED}><Input inputMode="numeric" /></Form.Item>
        <Form.Item name="holderName" label={text.holder} rules={REQUIRED}><Input /></Form.Item>
        <Form.Item name="complexId" label={text.complex}><ComplexPicker allowClear placeholder={text.sharedAccount} /></Form.Item>
        <Form.Item name="openedOn" label={text.openedOn} rules={DATE_REQUIRED}><DateInput /></Form.Item>
        <Form.Item name="isDedicated" valuePropName="checked"><Checkbox>{text.isDedicated}</Checkbox></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}
