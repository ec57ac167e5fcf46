/** 存放方案: what is idle, what it is needed for and what the banks offer at the left; the best placement at the right. */
import { useState } from 'react'
import { Button, Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { formatYuan } from '#core/money.ts'
import type { PlacementInput } from '#core/placing/placement-plan.ts'
import { api, client } from '../../client.ts'
import { useKept } from '../../kept.ts'
import { depositText } from '../../messages/deposit.ts'
import { placementText as text } from '../../messages/placing.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { ComplexPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { rateRule } from './certificate-values.ts'
import { asQuestion, PlanAccept } from './plan-accept.tsx'
import { PlanResult, UncoveredNeeds } from './plan-result.tsx'
import { DatedRows, OfferRows } from './plan-rows.tsx'
import { asksStill, emptyPlan, filledFrom, inputOf, isPlan, type PlanAnswer, type PlanValues } from './plan-values.ts'
import { Searching } from './plan-searching.tsx'
import { DepositSections } from './sections.tsx'

const KEPT = 'placement-plan'

type Account = Answers['book']['bankAccounts'][number]

/** Accounts whose money may be this complex's. */
function accountsOf(accounts: readonly Account[], complexId: PlanValues['complexId']): readonly Account[] {
  return accounts.filter((account) => account.complexId === null || account.complexId === complexId)
}

/** The account first shown is the one of the book in the top bar; its figures are in the form from the beginning. */
export function PlanPlace() {
  const { today, complexId, bookId } = useScope()
  const { data: accounts, error } = useQuery(api.book.bankAccounts.queryOptions())
  const own = accountsOf(accounts ?? [], complexId)
  const account = own.find((each) => each.bookId === bookId) ?? own[0]
  const isReady = complexId !== null && account !== undefined
  const asked = isReady ? { bookId: account.bookId, complexId, from: today } : { bookId: 0, complexId: 0, from: today }
  const proposal = useQuery(api.placement.propose.queryOptions(asked, { enabled: isReady }))
  const mayPlan = useMay('preparer')
  const head = { title: depositText.title, hint: text.hint, toolbar: <DepositSections current="plan" /> }
  if (!mayPlan) return <Page {...head}><p className="quiet">{text.notAllowed}</p></Page>
  if (accounts === undefined || proposal.isLoading) {
    return <Page {...head}>{error !== null && <ProblemNote error={error} />}</Page>
  }
  const empty = { ...emptyPlan(today, complexId), bankAccountId: isReady ? account.id : null }
  return <PlanForm accounts={accounts} first={proposal.data === undefined ? empty : { ...empty, ...filledFrom(proposal.data) }} />
}

function PlanForm({ accounts, first }: { readonly accounts: readonly Account[]; readonly first: PlanValues }) {
  const [values, keep] = useKept<PlanValues>(KEPT, first, isPlan)
  const [form] = Form.useForm<PlanValues>()
  const { problem, attempt } = useFormProblems(form)
  const [running, setRunning] = useState<AbortController>()
  const [isStopped, setStopped] = useState(false)
  const [solved, setSolved] = useState<{ readonly input: PlacementInput; readonly answer: PlanAnswer }>()
  const [isAccepting, setAccepting] = useState(false)

  function change(next: PlanValues): void {
    keep(next)
    if (solved !== undefined && !asksStill(next, solved.input)) setSolved(undefined)
  }

  /** The ledger's own figures for another complex, account or day. */
  async function fill(next: PlanValues): Promise<void> {
    const bookId = accounts.find(({ id }) => id === next.bankAccountId)?.bookId
    const { complexId, from } = next
    if (bookId === undefined || complexId === null || from === null) return
    await attempt(async () => {
      const filled = { ...next, ...filledFrom(await client.placement.propose.query({ bookId, complexId, from })) }
      form.setFieldsValue(filled)
      change(filled)
    })
  }

  function onValuesChange(changed: Partial<PlanValues>, all: PlanValues): void {
    const isMoved = 'complexId' in changed
    const [account] = accountsOf(accounts, all.complexId)
    const next = { ...values, ...all, ...(isMoved && { bankAccountId: account?.id ?? null }) }
    if (isMoved) form.setFieldsValue({ bankAccountId: next.bankAccountId })
    change(next)
    if (isMoved || 'bankAccountId' in changed || 'from' in changed) void fill(next)
  }

  async function solve(): Promise<void> {
    if (running !== undefined) return
    const cancel = new AbortController()
    setStopped(false)
    setSolved(undefined)
    await attempt(async () => {
      const input = inputOf(values)
      if (input === null) return
      setRunning(cancel)
      const answer = await client.placement.solve.query(asQuestion(input), { signal: cancel.signal }).catch((error: unknown) => {
        if (cancel.signal.aborted) return null
        throw error
      })
      if (answer === null) setStopped(true)
      else setSolved({ input, answer })
    })
    setRunning(undefined)
  }
  useShortcut('Ctrl+Enter', text.solve, form.submit, { isOn: !isAccepting })

  const { answer } = solved ?? {}
  const { complexId, bankAccountId } = values
  const isAcceptable = answer?.kind === 'plan' && answer.outcome.certificates.length > 0
  return (
    <Page
      title={depositText.title}
      hint={text.hint}
      toolbar={<DepositSections current="plan" />}
      actions={
        <>
          <Button disabled={values.bankAccountId === null} onClick={() => void fill(values)}>{text.refill}</Button>
          <Button type={isAcceptable ? 'default' : 'primary'} loading={running !== undefined} onClick={form.submit}>
            {text.solve}
          </Button>
          {isAcceptable && <Button type="primary" onClick={() => setAccepting(true)}>{text.accept}</Button>}
        </>
      }
    >
      <div className="plan">
        <Form
          form={form}
          layout="vertical"
          initialValues={values}
          onValuesChange={onValuesChange}
          onFinish={() => void solve()}
          scrollToFirstError={{ focus: true }}
        >
          {problem !== null && <ProblemNote problem={problem} />}
          <MoneyFields accounts={accountsOf(accounts, values.complexId)} held={values.held} />
          <OfferRows />
          <DatedRows name="needs" title={text.needs} hint={text.needsHint} add={text.addNeed} />
          <DatedRows name="inflows" title={text.inflows} hint={text.inflowsHint} add={text.addInflow} />
        </Form>
        <section aria-labelledby="plan-answer" className="plan-answer">
          <h2 id="plan-answer">{text.place}</h2>
          {running !== undefined && <Searching onStop={() => running.abort()} />}
          <div aria-live="polite">
            {running === undefined && answer === undefined && (
              <p className="quiet">{isStopped ? text.cancelled : text.empty}</p>
            )}
            {answer?.kind === 'uncovered' && <UncoveredNeeds uncovered={answer.uncovered} />}
            {solved !== undefined && answer?.kind === 'plan' && <PlanResult input={solved.input} answer={answer} />}
          </div>
        </section>
      </div>
      {isAccepting && solved !== undefined && answer?.kind === 'plan' && complexId !== null && bankAccountId !== null && (
        <PlanAccept
          complexId={complexId}
          bankAccountId={bankAccountId}
          input={solved.input}
          answer={answer}
          onAccepted={() => goTo({ screen: 'deposits', path: ['register'] })}
          onClose={() => setAccepting(false)}
        />
      )}
    </Page>
  )
}

type MoneyProps = { readonly accounts: readonly Account[]; readonly held: PlanValues['held'] }

function MoneyFields({ accounts, held }: MoneyProps) {
  const { books } = useScope()
  const needed = [moneyRule({ required: true })]
  const heldText = text.joined(held.map(({ bank, heldFen }) => text.held(bank, formatYuan(heldFen))))
  return (
    <div className="plan-money">
      <Form.Item name="complexId" label={text.complex} rules={[{ required: true, message: text.complexMissing }]}>
        <ComplexPicker />
      </Form.Item>
      <Form.Item
        className="plan-account"
        name="bankAccountId"
        label={text.account}
        rules={[{ required: true, message: text.accountMissing }]}
      >
        <Select
          options={accounts.map(({ id, bankName, number, bookId }) => ({
            value: id, label: `${bankName} ${number.slice(-4)} · ${books.find((book) => book.id === bookId)?.name ?? ''}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="demandRate" label={text.demandRate} rules={[rateRule(text.rateMissing)]}>
        <Input className="money-input" inputMode="decimal" autoComplete="off" />
      </Form.Item>
      <Form.Item name="idle" label={text.idle} rules={needed}><MoneyInput /></Form.Item>
      <Form.Item name="reserve" label={text.reserve} rules={needed}><MoneyInput /></Form.Item>
      <Form.Item name="share" label={text.share} tooltip={heldText === '' ? text.shareHint : `${text.shareHint}　${heldText}`}>
        <Input className="money-input" inputMode="decimal" autoComplete="off" placeholder={text.capacityHint} />
      </Form.Item>
      <Form.Item name="lot" label={text.lot} rules={[moneyRule({ required: true, positive: true })]}><MoneyInput /></Form.Item>
      <Form.Item name="minimum" label={text.minimum} rules={[moneyRule({})]}><MoneyInput /></Form.Item>
      <Form.Item name="from" label={text.from} rules={[{ required: true, message: text.dateMissing }]}><DateInput /></Form.Item>
      <Form.Item name="until" label={text.until} tooltip={text.untilHint} rules={[{ required: true, message: text.dateMissing }]}>
        <DateInput />
      </Form.Item>
    </div>
  )
}
