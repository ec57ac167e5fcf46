/** A new vote: what is asked, whom it concerns, on which day's register, and until when ballots are taken. */
import { Button, Form, Input, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, RepairId } from '#core/id.ts'
import { mayVoteByObjection, type VoteMethod } from '#core/authority/vote-objection.ts'
import { VOTE_MATTER_WORD, VOTE_MATTERS, type VoteMatter } from '#core/authority/vote-tally.ts'
import { REPAIR_PARTS, type RepairPart } from '#core/repair/repair-place.ts'
import { client, refreshAll } from '../../client.ts'
import { authorityText, voteText as text } from '../../messages/authority.ts'
import { tieText } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { ComplexPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ScopeFields, scopeOfValues, type ScopeValues } from '../../parts/scope-fields.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import { OpenRepairPicker } from '../repair/open-repair-picker.tsx'
import { tiedJob } from '../repair/tied-job.ts'
import { MethodField } from './vote-method.tsx'

type Values = ScopeValues & {
  readonly complexId: ComplexId | null
  readonly title: string
  readonly matter: VoteMatter
  /** Absent where the local rules leave no choice. */
  readonly method?: VoteMethod
  readonly amountFen?: string
  readonly parts?: RepairPart[]
  readonly repairId?: RepairId | null
  readonly registerOn: BusinessDate
  readonly returnBy: BusinessDate
}

const PARTS = REPAIR_PARTS.map((value) => ({ value, label: value }))
const MATTERS = VOTE_MATTERS.map((value) => ({ value, label: VOTE_MATTER_WORD[value] }))

function required(label: string) {
  return [{ required: true, message: authorityText.missing(label) }]
}

/** From a job's page the query names the job. */
export function NewVote({ query }: Pick<ScreenProps, 'query'>) {
  const { complexId, today } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form)
  const tied = tiedJob(query)
  const first = tied.complexId ?? complexId
  const where = Form.useWatch<ComplexId | null | undefined>('complexId', form) ?? first
  const matter = Form.useWatch<VoteMatter | undefined>('matter', form)
  const registerOn = Form.useWatch<BusinessDate | undefined>('registerOn', form)
  const label = text.fields

  async function submit(values: Values): Promise<void> {
    if (isBusy) return
    const { complexId: chosen, title, matter: what, method = 'ballot', amountFen, parts, repairId, returnBy, ...scope } = values
    await attempt(async () => {
      const id = await client.vote.open.mutate({
        complexId: chosen ?? 0, title, matter: what, method, registerOn: values.registerOn, returnBy, scope: scopeOfValues(scope),
        repairId: what === 'use' ? repairId ?? null : null,
        parts: what === 'use' ? parts ?? [] : [],
        amountFen: what === 'use' ? fenOfText(amountFen ?? '') ?? 0 : null,
      })
      await refreshAll()
      goTo({ screen: 'repairs', path: ['votes', id] })
    })
  }
  useShortcut('Ctrl+Enter', text.save, form.submit)

  return (
    <Page title={text.newTitle} hint={text.newHint}>
      {problem !== null && <ProblemNote problem={problem} />}
      <Form<Values>
        form={form}
        className="repair-form repair-report"
        layout="vertical"
        scrollToFirstError={{ focus: true }}
        initialValues={{
          complexId: first, matter: 'use', scope: 'buildings', registerOn: today, title: tied.title, amountFen: tied.amount,
          repairId: tied.repairId, parts: tied.part === null ? [] : [tied.part],
        }}
        onValuesChange={(changed) => {
          if ('complexId' in changed) form.setFieldValue('repairId', null)
        }}
        onFinish={submit}
      >
        <Form.Item name="complexId" label={label.complexId} rules={required(label.complexId)}><ComplexPicker /></Form.Item>
        <Form.Item name="matter" label={label.matter}><Select options={MATTERS} /></Form.Item>
        <Form.Item name="title" label={label.title} className="wide" rules={required(label.title)}>
          <Input placeholder={text.titleExample} maxLength={120} />
        </Form.Item>
        <ScopeFields complexId={where} label={authorityText.scope} />
        {matter === 'use' && (
          <Form.Item name="parts" label={label.parts} className="wide" rules={required(label.parts)}>
            <Select mode="multiple" options={PARTS} />
          </Form.Item>
        )}
        {matter === 'use' && (
          <Form.Item name="repairId" label={tieText.label} className="wide"><OpenRepairPicker complexId={where} /></Form.Item>
        )}
        {matter === 'use' && (
          <Form.Item name="amountFen" label={label.amountFen} rules={[moneyRule({ required: true, positive: true })]}>
            <MoneyInput />
          </Form.Item>
        )}
        <Form.Item name="registerOn" label={label.registerOn} rules={required(label.registerOn)}><DateInput /></Form.Item>
        <Form.Item name="returnBy" label={label.returnBy} rules={required(label.returnBy)}><DateInput /></Form.Item>
        {matter !== undefined && mayVoteByObjection(matter) && <MethodField complexId={where} registerOn={registerOn} />}
        <div className="wide">
          <Button type="primary" htmlType="submit" loading={isBusy}>{text.save}</Button>
        </div>
      </Form>
    </Page>
  )
}
