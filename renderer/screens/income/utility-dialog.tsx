/** A supplier's bill for shared water, power or lifts: readings are multiplied and priced while they are typed. */
import { Form, Input, InputNumber, Select } from 'antd'
import { quarterBounds, type BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { formatYuan, ZERO_FEN } from '#core/money.ts'
import {
  SHARE_BASES,
  SHARE_BASIS_WORD,
  UTILITY_KIND_WORD,
  UTILITY_KINDS,
  UTILITY_PAYER_WORD,
  UTILITY_PAYERS,
  usageMilli,
  usageText,
  type ShareBasis,
  type UtilityKind,
  type UtilityPayer,
} from '#core/income/utility.ts'
import { parseUnitPrice, parseUsage, usageCharge } from '#core/income/utility-share.ts'
import { client, refreshAll } from '../../client.ts'
import { utilityText as text } from '../../messages/utility.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { validated } from '../../parts/validated.ts'
import { useScope } from '../../scope.tsx'

type Values = {
  readonly kind: UtilityKind
  readonly place: string
  readonly coversFrom: BusinessDate
  readonly coversTo: BusinessDate
  readonly previous: string
  readonly current: string
  readonly multiplier: number
  readonly meterNote: string
  readonly unitPrice: string
  readonly amount: string
  readonly paidFrom: UtilityPayer
  readonly shareBasis: ShareBasis
  readonly document: string
}

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]
const READING = { pattern: /^\s*\d{1,9}(\.\d{1,3})?\s*$/, message: text.badNumber }

/** What the readings come to; nothing while they are not both typed, or wrong. */
function usageNow({ kind, previous, current, multiplier, unitPrice }: Values): string | null {
  if (kind === 'lift' || previous.trim() === '' || current.trim() === '') return null
  try {
    const reading = { previousMilli: parseUsage(previous), currentMilli: parseUsage(current), multiplier }
    if (reading.currentMilli < reading.previousMilli) return null
    const charge = unitPrice.trim() === '' ? null : formatYuan(usageCharge(usageMilli(reading), parseUnitPrice(unitPrice)))
    return text.usageNow(usageText(kind, reading), charge)
  } catch {
    return null
  }
}

export function UtilityDialog({ complexId, onClose }: { readonly complexId: ComplexId; readonly onClose: () => void }) {
  const { quarter } = useScope()
  const { first, last } = quarterBounds(quarter)
  const [form] = Form.useForm<Values>()
  const initial: Values = {
    kind: 'power', place: '', coversFrom: first, coversTo: last, previous: '', current: '', multiplier: 1, meterNote: '',
    unitPrice: '', amount: '', paidFrom: 'fee', shareBasis: 'area', document: '',
  }
  const values = { ...initial, ...Form.useWatch([], form) }
  const isMetered = values.kind !== 'lift'
  const usage = usageNow(values)

  async function write(): Promise<void> {
    const { previous, current, multiplier, amount, shareBasis, ...bill } = { ...initial, ...(await validated(form)) }
    const hasReading = isMetered && (previous.trim() !== '' || current.trim() !== '')
    await client.utility.record.mutate({
      complexId,
      ...bill,
      reading: hasReading ? { previous, current, multiplier } : null,
      amountFen: fenOfText(amount) ?? ZERO_FEN,
      shareBasis: bill.paidFrom === 'owners' ? shareBasis : null,
    })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.recordTitle} verb={text.save} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.recordHint}</p>
      <Form form={form} layout="vertical" className="two-columns" initialValues={initial}>
        <Form.Item name="kind" label={text.kind}>
          <Select autoFocus options={UTILITY_KINDS.map((value) => ({ value, label: UTILITY_KIND_WORD[value] }))} />
        </Form.Item>
        <Form.Item name="place" label={text.place} rules={REQUIRED}>
          <Input placeholder={text.placeHint[values.kind]} maxLength={120} />
        </Form.Item>
        <Form.Item name="coversFrom" label={text.coversFrom} rules={[{ required: true }]}><DateInput /></Form.Item>
        <Form.Item name="coversTo" label={text.coversTo} rules={[{ required: true }]}><DateInput /></Form.Item>
        {isMetered && (
          <>
            <Form.Item name="previous" label={text.previous} rules={[READING]}><Input inputMode="decimal" /></Form.Item>
            <Form.Item name="current" label={text.current} rules={[READING]}><Input inputMode="decimal" /></Form.Item>
            <Form.Item name="multiplier" label={text.multiplier}>
              <InputNumber min={1} max={100_000} precision={0} />
            </Form.Item>
            <Form.Item name="unitPrice" label={text.unitPrice} extra={text.unitPriceHint}>
              <Input inputMode="decimal" />
            </Form.Item>
            <Form.Item name="meterNote" className="wide" label={text.meterNote}>
              <Input placeholder={text.meterNoteHint} maxLength={200} />
            </Form.Item>
          </>
        )}
        <Form.Item
          name="amount"
          label={text.amount}
          rules={[moneyRule({ required: true, positive: true })]}
          extra={usage ?? undefined}
        >
          <MoneyInput />
        </Form.Item>
        <Form.Item name="document" label={text.billDocument} rules={REQUIRED}><Input maxLength={100} /></Form.Item>
        <Form.Item name="paidFrom" label={text.payer}>
          <Select options={UTILITY_PAYERS.map((value) => ({ value, label: UTILITY_PAYER_WORD[value] }))} />
        </Form.Item>
        {values.paidFrom === 'owners' && (
          <Form.Item name="shareBasis" label={text.basis}>
            <Select options={SHARE_BASES.map((value) => ({ value, label: SHARE_BASIS_WORD[value] }))} />
          </Form.Item>
        )}
      </Form>
    </ConfirmWrite>
  )
}
