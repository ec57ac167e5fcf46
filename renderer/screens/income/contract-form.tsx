/** Recording a contract: its facts at the left, the instalments it makes at the right, before anything is written. */
import { useState } from 'react'
import { Button, Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { assertInvariant } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { api, client, refreshAll } from '../../client.ts'
import { incomeText, RHYTHM_WORD } from '../../messages/income.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { CounterpartyPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { HEADS, HeadAccountPicker } from './action-fields.tsx'
import { ComplexRows, InstallmentRows } from './contract-rows.tsx'
import {
  FIRST_DRAFT, PAYMENT_RHYTHMS, scheduleOfDraft, scheduleQuestion, weightOf, type ContractDraft,
} from './contract-draft.ts'
import { NewParty } from './new-party.tsx'
import { ScheduleTable } from './schedule-table.tsx'

const text = incomeText.contract

export function ContractForm() {
  const { books, complexes, complexId } = useScope()
  const book = books.find(({ fundKind }) => fundKind === 'publicIncome')
  const { data: accounts = [] } = useQuery(
    api.book.accounts.queryOptions({ bookId: book?.id ?? 0 }, { enabled: book !== undefined }),
  )
  const [form] = Form.useForm<ContractDraft>()
  const problems = useFormProblems(form)
  const [isAddingParty, setAddingParty] = useState(false)
  const first: ContractDraft = { ...FIRST_DRAFT, complexes: [{ complexId, weight: '1' }] }
  const draft: ContractDraft = { ...first, ...Form.useWatch([], form) }
  const schedule = scheduleOfDraft(draft)

  async function save(): Promise<void> {
    if (problems.isBusy) return
    const values = await form.validateFields().catch(() => null)
    if (values === null) return
    const isDone = await problems.attempt(async () => {
      await client.income.recordContract.mutate(questionOf(values))
      await refreshAll()
    })
    if (isDone) goTo({ screen: 'income', path: ['contracts'] })
  }

  function questionOf(values: ContractDraft) {
    const { number = '', counterpartyId, startsOn, endsOn, share = '', document = [] } = values
    const account = accounts.find(({ id }) => id === values.accountId)
    const [paper] = document
    assertInvariant(
      counterpartyId != null && startsOn != null && endsOn != null && account !== undefined && paper !== undefined,
      'the form let an empty field through',
    )
    return {
      number, accountCode: account.code, counterpartyId, startsOn, endsOn, ownersShare: parsePercent(share, { field: 'share' }),
      sha256: paper.sha256, schedule: scheduleQuestion(values),
      complexes: (values.complexes ?? []).map(({ complexId: id, place = '', weight }) => {
        assertInvariant(id != null, 'the form let an empty complex through')
        return { complexId: id, place, weight: weightOf(weight) ?? 1 }
      }),
    }
  }

  useShortcut('Ctrl+Enter', text.save, () => void save())
  const needed = (message: string) => [{ required: true, message }]
  return (
    <Page
      title={text.newTitle}
      actions={<Button type="primary" loading={problems.isBusy} onClick={() => void save()}>{text.save}</Button>}
    >
      {problems.problem !== null && <ProblemNote problem={problems.problem} />}
      <Form form={form} layout="vertical" initialValues={first}>
        <div className="income-contract">
          <div>
            <div className="two-columns">
              <Form.Item name="number" label={text.number} rules={needed(text.missing.number)}>
                <Input autoFocus autoComplete="off" />
              </Form.Item>
              <Form.Item name="accountId" label={text.category} rules={needed(text.missing.category)}>
                <HeadAccountPicker accounts={accounts} heads={HEADS.receive} />
              </Form.Item>
              <Form.Item
                name="counterpartyId"
                label={text.party}
                rules={needed(text.missing.party)}
                extra={<Button size="small" type="link" onClick={() => setAddingParty(true)}>{text.addParty}</Button>}
              >
                <CounterpartyPicker />
              </Form.Item>
              <Form.Item name="share" label={`${text.share}（%）`} rules={needed(text.missing.share)}>
                <Input className="money-input" autoComplete="off" inputMode="decimal" />
              </Form.Item>
              <Form.Item name="startsOn" label={text.startsOn} rules={needed(text.missing.date)}><DateInput /></Form.Item>
              <Form.Item name="endsOn" label={text.endsOn} rules={needed(text.missing.date)}><DateInput /></Form.Item>
              <Form.Item name="kind" label={text.scheduleKind}>
                <Select options={[{ value: 'rule', label: text.byRule }, { value: 'typed', label: text.typed }]} />
              </Form.Item>
              {draft.kind !== 'typed' && <RuleFields />}
            </div>
            {draft.kind === 'typed' && <InstallmentRows />}
            <ComplexRows isSeveral={(draft.complexes ?? []).length > 1} />
            <PapersField name="document" label={text.document} missing={text.missing.document} />
          </div>
          <section aria-labelledby="income-preview">
            <h2 id="income-preview">{text.preview}</h2>
            {schedule.kind === 'empty' && <p className="quiet">{text.previewEmpty}</p>}
            {schedule.kind === 'refused' && <ProblemNote problem={schedule.problem} />}
            {schedule.kind === 'ready' && (
              <ScheduleTable
                lines={schedule.installments}
                parts={schedule.parts.map((amounts, index) => {
                  const id = draft.complexes?.[index]?.complexId
                  return { name: complexes.find((complex) => complex.id === id)?.name ?? String(index + 1), amounts }
                })}
              />
            )}
          </section>
        </div>
      </Form>
      {isAddingParty && (
        <NewParty onClose={() => setAddingParty(false)} onAdded={(id) => form.setFieldsValue({ counterpartyId: id })} />
      )}
    </Page>
  )
}

function RuleFields() {
  return (
    <>
      <Form.Item name="rhythm" label={text.rhythm}>
        <Select options={PAYMENT_RHYTHMS.map((value) => ({ value, label: RHYTHM_WORD[value] }))} />
      </Form.Item>
      <Form.Item name="priceKind" label={text.priceKind}>
        <Select options={[{ value: 'each', label: text.each }, { value: 'total', label: text.priceTotal }]} />
      </Form.Item>
      <Form.Item name="price" label={text.price} rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="paid" label={text.paid}>
        <Select options={[{ value: 'before', label: text.before }, { value: 'after', label: text.after }]} />
      </Form.Item>
    </>
  )
}
