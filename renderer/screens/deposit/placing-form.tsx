/** 登记存放批次: decision paper, limits and lots, as announced. */
import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId } from '#core/id.ts'
import { addFen, formatYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { assertInvariant } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { client, refreshAll } from '../../client.ts'
import { placingText } from '../../messages/placing.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Icon } from '../../parts/icon.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { rateRule, type Papers } from './certificate-values.ts'

const text = placingText.form

type LotRow = { readonly amount?: string; readonly months?: number | null; readonly rate?: string; readonly note?: string }

type Values = {
  readonly number: string
  readonly title: string
  readonly bookId: BookId | undefined
  readonly decisionNo: string
  readonly decidedOn: BusinessDate | null
  readonly opensOn: BusinessDate | null
  readonly total: string
  readonly minimumRate: string
  readonly lotsPerBank?: number | null
  readonly shareLimit?: string
  readonly decision: Papers
  readonly lots: readonly LotRow[]
}

function questionOf(values: Values) {
  const { bookId, decidedOn, opensOn, decision: [paper], shareLimit = '' } = values
  const totalFen = fenOfText(values.total)
  assertInvariant(
    bookId !== undefined && decidedOn !== null && opensOn !== null && paper !== undefined && totalFen !== null,
    'the form let an empty field through',
  )
  return {
    number: values.number, title: values.title, bookId, decisionNo: values.decisionNo, decidedOn, opensOn, totalFen,
    decisionSha256: paper.sha256, minimumRateMicro: parsePercent(values.minimumRate, { field: 'minimumRate' }),
    lotsPerBank: values.lotsPerBank ?? null,
    shareLimitMicro: shareLimit.trim() === '' ? null : parsePercent(shareLimit, { field: 'shareLimit' }),
    lots: values.lots.map(({ amount, months, rate = '', note = '' }) => ({
      amountFen: fenOfText(amount) ?? ZERO_FEN, term: { unit: 'months' as const, count: months ?? 0 },
      minimumRateMicro: parsePercent(rate), note,
    })),
  }
}

/** What is no amount yet counts as nothing. */
function lotAmount(typed: string | undefined): Fen {
  return moneyFault(typed, {}) === null ? (fenOfText(typed) ?? ZERO_FEN) : ZERO_FEN
}

/** Of the lots typed so far; a row just added has no values yet, the first drawing none at all. */
function sumOf(lots: readonly (LotRow | undefined)[] | undefined): Fen {
  return addFen(...(lots ?? []).map((lot) => lotAmount(lot?.amount)))
}

/** The form's names for the service's fields. */
const FIELD: Readonly<Record<string, string>> = {
  totalFen: 'total', minimumRateMicro: 'minimumRate', shareLimitMicro: 'shareLimit',
}

export function PlacingForm() {
  const { books, bookId, today } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form, (field) => FIELD[field] ?? field)
  const mayRecord = useMay('preparer')
  const sum = sumOf(Form.useWatch('lots', form))

  async function save(values: Values): Promise<void> {
    if (isBusy) return
    await attempt(async () => {
      const id = await client.placing.record.mutate(questionOf(values))
      await refreshAll()
      goTo({ screen: 'deposits', path: ['placing', id] })
    })
  }
  useShortcut('Ctrl+Enter', text.save, form.submit, { isOn: mayRecord })
  const needed = [{ required: true, message: text.needed }]
  if (!mayRecord) return <Page title={text.title}><p className="quiet">{text.notAllowed}</p></Page>
  const first: Partial<Values> = { bookId, decidedOn: today, opensOn: today, decision: [], lots: [{ months: 12 }] }
  return (
    <Page title={text.title} actions={<Button type="primary" loading={isBusy} onClick={form.submit}>{text.save}</Button>}>
      <Form
        form={form}
        layout="vertical"
        className="plan"
        initialValues={first}
        onFinish={(values) => void save(values)}
        scrollToFirstError
      >
        <div className="two-columns">
          {problem !== null && <div className="wide"><ProblemNote problem={problem} /></div>}
          <Form.Item name="number" label={text.number} rules={needed}><Input autoFocus autoComplete="off" /></Form.Item>
          <Form.Item name="title" label={text.name} rules={needed}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="bookId" label={text.book} rules={needed}>
            <Select options={books.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
          <Form.Item name="decisionNo" label={text.decisionNo} rules={needed}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="decidedOn" label={text.decidedOn} rules={needed}><DateInput /></Form.Item>
          <Form.Item name="opensOn" label={text.opensOn} rules={needed}><DateInput /></Form.Item>
          <Form.Item name="total" label={text.total} required rules={[moneyRule({ required: true, positive: true })]}>
            <MoneyInput />
          </Form.Item>
          <Form.Item name="minimumRate" label={text.minimumRate} required rules={[rateRule(text.needed)]}>
            <Input className="money-input" inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <Form.Item name="lotsPerBank" label={text.lotsPerBank}>
            <InputNumber className="picker" min={1} precision={0} controls={false} placeholder={text.unlimited} />
          </Form.Item>
          <Form.Item name="shareLimit" label={text.shareLimit}>
            <Input className="money-input" inputMode="decimal" autoComplete="off" placeholder={text.unlimited} />
          </Form.Item>
          <PapersField name="decision" label={text.paper} missing={text.paperMissing} className="wide" />
        </div>
        <LotRows sum={formatYuan(sum)} />
      </Form>
    </Page>
  )
}

function LotRows({ sum }: { readonly sum: string }) {
  const needed = [{ required: true, message: text.needed }]
  return (
    <section aria-labelledby="placing-lots">
      <h2 id="placing-lots">{text.lots} <span className="quiet">{text.sum(sum)}</span></h2>
      <div className="placing-lot-row plan-head" aria-hidden="true">
        <span>{text.lotAmount}</span><span>{text.lotMonths}</span><span>{text.lotRate}</span><span>{text.lotNote}</span><span />
      </div>
      <Form.List name="lots">
        {(fields, list) => (
          <>
            {fields.map((field) => (
              <div className="placing-lot-row" key={field.key}>
                <Form.Item name={[field.name, 'amount']} rules={[moneyRule({ required: true, positive: true })]}>
                  <MoneyInput aria-label={text.lotAmount} />
                </Form.Item>
                <Form.Item name={[field.name, 'months']} rules={needed}>
                  <InputNumber aria-label={text.lotMonths} min={1} max={600} precision={0} controls={false} />
                </Form.Item>
                <Form.Item name={[field.name, 'rate']} rules={[rateRule(text.needed)]}>
                  <Input className="money-input" aria-label={text.lotRate} inputMode="decimal" autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'note']}><Input aria-label={text.lotNote} autoComplete="off" /></Form.Item>
                <Button
                  type="text"
                  icon={<Icon name="cross" />}
                  aria-label={text.removeLot}
                  onClick={() => list.remove(field.name)}
                />
              </div>
            ))}
            <Button size="small" icon={<Icon name="plus" />} onClick={() => list.add({ months: 12 })}>{text.addLot}</Button>
          </>
        )}
      </Form.List>
    </section>
  )
}
