/** Giving money back to a household: by part, at most what it holds, as one voucher draft. */
import { Form, Input, Radio } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { HOUSEHOLD_PARTS, type HouseholdPart } from '#core/household/household-entry.ts'
import type { BankAccountId, HouseholdId } from '#core/id.ts'
import { formatYuan, ZERO_FEN } from '#core/money.ts'
import { api, client, refreshAll } from '../../client.ts'
import { PART_WORD, refundText as text } from '../../messages/household-money.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { useMaintenanceBook } from '../../parts/fund-account.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'

type Values = {
  readonly date: BusinessDate
  readonly how: 'cash' | 'destroyed'
  readonly bankAccountId?: BankAccountId
  readonly parts: Readonly<Partial<Record<HouseholdPart, string>>>
  readonly reason: string
  readonly papers: readonly AttachedFile[]
}

const REQUIRED = [{ required: true, message: text.required }]

type Props = { readonly id: HouseholdId; readonly address: string; readonly onClose: () => void }

export function RefundDialog({ id, address, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const how = Form.useWatch('how', form)
  const bookId = useMaintenanceBook()?.id
  const { data: account } = useQuery(api.householdMoney.account.queryOptions({ id, from: today, to: today }))
  if (account === undefined) return null
  const held = HOUSEHOLD_PARTS.filter((part) => account.closing[part] !== 0)

  async function write(): Promise<void> {
    const { parts, papers, bankAccountId, ...facts } = await validated(form)
    const { draftId } = await client.householdMoney.refund.mutate({
      householdId: id, date: facts.date, reason: facts.reason, attachments: papers.map(({ sha256 }) => sha256),
      bankAccountId: facts.how === 'cash' ? bankAccountId ?? null : null,
      parts: held.map((part) => ({ part, amountFen: fenOfText(parts[part], part) ?? ZERO_FEN })),
    })
    await refreshAll()
    goTo({ screen: 'vouchers', path: ['draft', draftId] })
  }
  const whole = Object.fromEntries(held.map((part) => [part, textOfFen(account.closing[part])]))
  return (
    <ConfirmWrite title={text.titleOf(address)} verb={text.save} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.hint}</p>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{ date: today, how: 'cash', parts: whole, reason: '', papers: [] }}
      >
        <Form.Item name="date" label={text.date} rules={REQUIRED}><DateInput /></Form.Item>
        <Form.Item name="how" label={text.how}>
          <Radio.Group
            options={[{ value: 'cash', label: text.cash }, { value: 'destroyed', label: text.destroyed }]}
          />
        </Form.Item>
        {held.map((part) => (
          <Form.Item
            key={part}
            name={['parts', part]}
            label={PART_WORD[part]}
            rules={[moneyRule({})]}
            extra={text.held(formatYuan(account.closing[part]))}
          >
            <MoneyInput />
          </Form.Item>
        ))}
        {how !== 'destroyed' && (
          <Form.Item name="bankAccountId" label={text.bank} rules={REQUIRED}>
            <BankAccountPicker bookId={bookId} />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={text.reason}
          rules={[{ required: true, whitespace: true, message: text.required }]}
          className="wide"
        >
          <Input placeholder={text.reasonExample} maxLength={200} />
        </Form.Item>
        <PapersField label={text.papers} missing={text.papersMissing} className="wide" />
      </Form>
    </ConfirmWrite>
  )
}
