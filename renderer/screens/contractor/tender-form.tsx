/** 登记招标（比选）: what was sought, when it was announced and opened, who quoted how much, and the minutes. */
import { Button, Form, Input, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, RepairId } from '#core/id.ts'
import { plainFen } from '#core/money.ts'
import {
  CONTRACTOR_ROLE_WORD, CONTRACTOR_ROLES, TENDER_METHOD_WORD, TENDER_METHODS, type ContractorRole, type TenderMethod,
} from '#core/contractor/tender.ts'
import { client, refreshAll } from '../../client.ts'
import { tenderText } from '../../messages/contractor.ts'
import { tieText } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Icon } from '../../parts/icon.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { ComplexPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import { OpenRepairPicker } from '../repair/open-repair-picker.tsx'
import { tiedJob } from '../repair/tied-job.ts'

const text = tenderText.form

type QuoteRow = {
  readonly bidder?: string
  readonly phone?: string
  readonly bankAccount?: string
  readonly amount?: string
  readonly score?: string
}
type Values = {
  number: string
  title: string
  role: ContractorRole
  method: TenderMethod
  complexId: ComplexId | null
  repairId: RepairId | null
  announcedOn: BusinessDate
  openedOn: BusinessDate
  minutes: readonly { readonly sha256: string; readonly name: string }[]
  quotes: readonly QuoteRow[]
}

/** `92.5` points as 9250; two decimals are read like an amount's. Null when empty. */
function hundredthsOf(typed: string | undefined): number | null {
  return typed === undefined || typed.trim() === '' ? null : plainFen(typed.trim())
}

const scoreRule = {
  validator: async (_: unknown, typed?: string) => {
    if (typed === undefined || typed.trim() === '') return
    const hundredths = hundredthsOf(typed)
    if (hundredths === null || hundredths < 0 || hundredths > 100_000) throw new Error(text.scoreFault)
  },
}

/** From a job's page the query names the job. */
export function TenderForm({ query }: Pick<ScreenProps, 'query'>) {
  const { today, complexId } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form)
  const tied = tiedJob(query)
  const where = Form.useWatch<ComplexId | null | undefined>('complexId', form)
  const mayRecord = useMay('preparer', 'head')

  async function save({ minutes, quotes, complexId: complex, repairId, ...tender }: Values): Promise<void> {
    if (isBusy) return
    await attempt(async () => {
      const id = await client.contractor.recordTender.mutate({
        ...tender, complexId: complex ?? null, repairId: repairId ?? null, sha256: minutes[0]?.sha256 ?? '',
        quotes: quotes.map(({ bidder = '', phone = '', bankAccount = '', amount, score }) => ({
          bidder, phone, bankAccount, amountFen: fenOfText(amount) ?? 0, scoreHundredths: hundredthsOf(score),
        })),
      })
      await refreshAll()
      goTo({ screen: 'repairs', path: ['tenders', id] })
    })
  }
  useShortcut('Ctrl+Enter', text.save, form.submit, { isOn: mayRecord })
  const needed = [{ required: true, message: text.needed }]
  if (!mayRecord) return <Page title={text.title}><p className="quiet">{text.notAllowed}</p></Page>
  const first: Partial<Values> = {
    role: 'contractor', method: 'comparison', complexId: tied.complexId ?? complexId, repairId: tied.repairId, title: tied.title,
    announcedOn: today, openedOn: today, minutes: [], quotes: [{}, {}, {}],
  }
  return (
    <Page title={text.title} actions={<Button type="primary" loading={isBusy} onClick={form.submit}>{text.save}</Button>}>
      <Form
        form={form}
        className="tender-form"
        layout="vertical"
        initialValues={first}
        onValuesChange={(changed) => {
          if ('complexId' in changed) form.setFieldValue('repairId', null)
        }}
        onFinish={(values) => void save(values)}
        scrollToFirstError
      >
        <div className="two-columns">
          {problem !== null && <div className="wide"><ProblemNote problem={problem} /></div>}
          <Form.Item name="number" label={text.number} rules={needed}>
            <Input autoFocus autoComplete="off" placeholder={text.numberHint} />
          </Form.Item>
          <Form.Item name="title" label={text.name} rules={needed}>
            <Input autoComplete="off" placeholder={text.nameHint} />
          </Form.Item>
          <Form.Item name="role" label={text.role} rules={needed}>
            <Select options={CONTRACTOR_ROLES.map((value) => ({ value, label: CONTRACTOR_ROLE_WORD[value] }))} />
          </Form.Item>
          <Form.Item name="method" label={text.method} rules={needed}>
            <Select options={TENDER_METHODS.map((value) => ({ value, label: TENDER_METHOD_WORD[value] }))} />
          </Form.Item>
          <Form.Item name="announcedOn" label={text.announcedOn} rules={needed}><DateInput /></Form.Item>
          <Form.Item name="openedOn" label={text.openedOn} rules={needed}><DateInput /></Form.Item>
          <Form.Item name="complexId" label={text.complexId}>
            <ComplexPicker allowClear placeholder={text.complexHint} />
          </Form.Item>
          <Form.Item name="repairId" label={tieText.label}><OpenRepairPicker complexId={where ?? null} /></Form.Item>
          <PapersField name="minutes" label={text.paper} missing={text.paperMissing} className="wide" />
        </div>
        <QuoteRows />
      </Form>
    </Page>
  )
}

function QuoteRows() {
  const needed = [{ required: true, message: text.needed }]
  return (
    <section aria-labelledby="tender-quotes">
      <h2 id="tender-quotes">{text.quotes}</h2>
      <p className="quiet">{text.quoteHint}</p>
      <div className="tender-quote-row tender-quote-head" aria-hidden="true">
        <span>{text.bidder}</span><span>{text.phone}</span><span>{text.bankAccount}</span><span>{text.amount}</span>
        <span>{text.score}</span><span />
      </div>
      <Form.List name="quotes">
        {(fields, list) => (
          <>
            {fields.map((field) => (
              <div className="tender-quote-row" key={field.key}>
                <Form.Item name={[field.name, 'bidder']} rules={needed}>
                  <Input aria-label={text.bidder} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'phone']}><Input aria-label={text.phone} autoComplete="off" /></Form.Item>
                <Form.Item name={[field.name, 'bankAccount']}>
                  <Input aria-label={text.bankAccount} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'amount']} rules={[moneyRule({ required: true, positive: true })]}>
                  <MoneyInput aria-label={text.amount} />
                </Form.Item>
                <Form.Item name={[field.name, 'score']} rules={[scoreRule]}>
                  <Input
                    className="money-input"
                    aria-label={text.score}
                    inputMode="decimal"
                    autoComplete="off"
                    placeholder={text.scoreHint}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<Icon name="cross" />}
                  aria-label={text.removeQuote}
                  onClick={() => list.remove(field.name)}
                />
              </div>
            ))}
            <Button size="small" icon={<Icon name="plus" />} onClick={() => list.add({})}>{text.addQuote}</Button>
          </>
        )}
      </Form.List>
    </section>
  )
}
