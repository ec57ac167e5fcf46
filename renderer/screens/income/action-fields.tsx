/** The fields of an action; which ones depends on what the rule asks for. */
import { useMemo } from 'react'
import { Form, Input, Radio } from 'antd'
import type { AccountId, ComplexId, ContractId } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import { incomeText } from '../../messages/income.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { moneyRule } from '../../parts/money-text.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { BankAccountPicker, CounterpartyPicker, DecisionPicker, RecordPicker, type PickerProps } from '../../parts/pickers.tsx'
import type { Accounts } from '../../records.ts'
import { typedFen, type Action, type ActionValues, type Contracts, type SheetRecords } from './action-sheets.ts'

const text = incomeText.actions

type Props = {
  readonly action: Action
  readonly complexId: ComplexId
  readonly values: ActionValues
  readonly records: SheetRecords
}

/** Distribution and setting off have an action of their own. */
export const HEADS: Readonly<Record<'receive' | 'cost' | 'use', readonly string[]>> = {
  receive: ['4001', '4101'],
  cost: ['5001'],
  use: ['5101'],
}
const NOT_OFFERED: ReadonlySet<string> = new Set(['5101.09', '5101.10'])

type HeadProps = PickerProps<AccountId> & { readonly accounts: Accounts; readonly heads: readonly string[] }

function isOffered(code: string, heads: readonly string[]): boolean {
  return !NOT_OFFERED.has(code) && heads.some((head) => code === head || code.startsWith(`${head}.`))
}

export function HeadAccountPicker({ accounts, heads, ...rest }: HeadProps) {
  const choices = useMemo(
    () =>
      accounts
        .filter(({ code, isLeaf }) => isLeaf === 1 && isOffered(code, heads))
        .map((account) => ({ ...account, label: account.name })),
    [accounts, heads],
  )
  return <RecordPicker {...rest} choices={choices} />
}

function ContractPicker({ contracts, ...rest }: PickerProps<ContractId> & { contracts: Contracts }) {
  const choices = useMemo(
    () =>
      contracts.map(({ id, number, counterpartyName, openFen }) => ({
        id, code: number, name: counterpartyName,
        label: `${number} ${counterpartyName}${openFen > 0 ? ` ${incomeText.contract.open} ${formatYuan(openFen)}` : ''}`,
      })),
    [contracts],
  )
  return <RecordPicker {...rest} choices={choices} />
}

function required(message: string) {
  return [{ required: true, message }]
}

export function ActionFields({ action, complexId, values, records }: Props) {
  const { missing } = text
  const isSpending = action === 'cost' || action === 'use'
  const needsDecision = action !== 'receive' && action !== 'cost'
  const isRefund = action === 'receive' && typedFen(values.amount) < 0
  return (
    <div className="two-columns">
      {action === 'receive' && <SourceFields values={values} records={records} />}
      {isSpending && (
        <Form.Item name="accountId" label={action === 'cost' ? text.costKind : text.useKind} rules={required(missing.account)}>
          <HeadAccountPicker accounts={records.accounts} heads={HEADS[action]} />
        </Form.Item>
      )}
      {action === 'distribute' && (
        <Form.Item name="kind" label={text.kind} className="wide">
          <Radio.Group options={(['distribution', 'offset'] as const).map((value) => ({ value, label: text[value] }))} />
        </Form.Item>
      )}
      <Form.Item
        name="amount"
        label={text.amount}
        extra={action === 'receive' ? text.refundHint : undefined}
        rules={[moneyRule({ required: true, positive: action !== 'receive' })]}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item name="date" label={text.date} rules={required(missing.date)}><DateInput /></Form.Item>
      <Form.Item name="bankAccountId" label={action === 'topUp' ? text.fromBank : text.bank} rules={required(missing.bank)}>
        <BankAccountPicker bookId={records.book.id} />
      </Form.Item>
      {action === 'topUp' && (
        <Form.Item name="toBankAccountId" label={text.toBank} rules={required(missing.bank)}>
          <BankAccountPicker bookId={records.maintenance?.id} />
        </Form.Item>
      )}
      {isSpending && <Form.Item name="counterpartyId" label={text.payee}><CounterpartyPicker allowClear /></Form.Item>}
      {action === 'cost' && (
        <Form.Item name="document" label={text.document} rules={required(missing.document)}>
          <Input placeholder={text.documentHint} autoComplete="off" />
        </Form.Item>
      )}
      {needsDecision && (
        <Form.Item
          name="decisionId"
          label={text.decision}
          className="wide"
          rules={required(missing.decision)}
          extra={text.decisionHint}
        >
          <DecisionPicker complexId={complexId} />
        </Form.Item>
      )}
      {isRefund && (
        <Form.Item name="reason" label={text.reason} className="wide" rules={required(missing.reason)}>
          <Input autoComplete="off" />
        </Form.Item>
      )}
      {action !== 'topUp' && (
        <>
          <Form.Item name="summary" label={text.summary} className="wide" rules={required(missing.summary)}>
            <Input autoComplete="off" />
          </Form.Item>
          <PapersField label={text.papers} {...(action !== 'distribute' && { missing: missing.papers })} className="wide" />
        </>
      )}
    </div>
  )
}

function SourceFields({ values, records }: Pick<Props, 'values' | 'records'>) {
  const { missing } = text
  const sources = [
    { value: 'contract', label: text.ofContract, disabled: records.contracts.length === 0 },
    { value: 'category', label: text.ofCategory },
  ]
  return (
    <>
      <Form.Item name="source" label={text.source} className="wide"><Radio.Group options={sources} /></Form.Item>
      {values.source === 'category' ? (
        <>
          <Form.Item name="accountId" label={text.category} rules={required(missing.account)}>
            <HeadAccountPicker accounts={records.accounts} heads={HEADS.receive} />
          </Form.Item>
          <Form.Item name="counterpartyId" label={text.payer}><CounterpartyPicker allowClear /></Form.Item>
        </>
      ) : (
        <Form.Item name="contractId" label={text.contract} className="wide" rules={required(missing.contract)}>
          <ContractPicker contracts={records.contracts} />
        </Form.Item>
      )}
    </>
  )
}
