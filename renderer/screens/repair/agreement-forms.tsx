/** Forms before the works: on what the fund may be used, and the contract. */
import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { AUTHORITY_KINDS, AUTHORITY_WORD, type AuthorityKind } from '#core/repair/repair.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import { api, client } from '../../client.ts'
import { agreementText as text } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import { useScope } from '../../scope.tsx'
import { Application } from './emergency-dialog.tsx'
import type { Card } from './job.tsx'
import { required, StepForm } from './step-forms.tsx'

type AuthorityValues = {
  scope: number
  kind: AuthorityKind
  voteId?: number
  authorisationId?: number
  on: BusinessDate
}

function refOf({ kind, voteId, authorisationId }: AuthorityValues) {
  if (kind === 'vote') return { kind, voteId: idOf<'vote'>(voteId ?? 0) }
  if (kind === 'standing') return { kind, authorisationId: idOf<'useAuthorisation'>(authorisationId ?? 0) }
  return { kind }
}

/** The form's own copy: what is sent is not what was read. */
function circleOf(scope: UseScope | undefined) {
  switch (scope?.kind) {
    case 'buildings':
      return { kind: scope.kind, buildingIds: [...scope.buildingIds] }
    case 'entrances':
      return { kind: scope.kind, entrances: [...scope.entrances] }
    case 'households':
      return { kind: scope.kind, householdIds: [...scope.householdIds] }
    default:
      return { kind: 'complex' as const }
  }
}

const KINDS = AUTHORITY_KINDS.map((value) => ({ value, label: AUTHORITY_WORD[value] }))

export function AuthorityForm({ card }: { readonly card: Card }) {
  const { today } = useScope()
  const [form] = Form.useForm<AuthorityValues>()
  const kind = Form.useWatch('kind', form)
  const choices = useQuery(api.repair.authorityChoices.queryOptions({ id: card.repair.id })).data
  if (choices === undefined) return null
  const { scopes, votes, authorisations } = choices
  const options = (rows: readonly { readonly id: number; readonly label: string }[]) =>
    rows.map(({ id, label }) => ({ value: id, label }))
  return (
    <StepForm
      form={form}
      verb={text.authorise}
      initialValues={{ scope: 0, on: today }}
      onSubmit={async (values) => {
        const scope = circleOf(scopes[values.scope]?.scope)
        await client.repair.authorise.mutate({ id: card.repair.id, on: values.on, scope, ref: refOf(values) })
      }}
    >
      <Form.Item name="scope" label={text.scope} rules={required(text.scope)}>
        <Radio.Group options={scopes.map(({ label }, value) => ({ value, label }))} vertical />
      </Form.Item>
      <Form.Item name="kind" label={text.kind} rules={required(text.kind)}>
        <Radio.Group options={KINDS} />
      </Form.Item>
      {kind === 'vote' && (
        <Form.Item name="voteId" label={text.vote} rules={required(text.vote)}>
          <Select options={options(votes)} notFoundContent={text.voteNone} />
        </Form.Item>
      )}
      {kind === 'standing' && (
        <Form.Item name="authorisationId" label={text.standing} rules={required(text.standing)}>
          <Select options={options(authorisations)} notFoundContent={text.standingNone} />
        </Form.Item>
      )}
      {kind === 'emergency' && (
        <Application card={card} />
      )}
      <Form.Item name="on" label={text.on} rules={required(text.on)}>
        <DateInput />
      </Form.Item>
    </StepForm>
  )
}

type ContractValues = {
  number: string
  signedOn: BusinessDate
  worksFrom: BusinessDate
  worksTo: BusinessDate
  amountFen: string
  budget: string
  instalments: string
  retentionPercent: string
  retentionMonths: number
  warrantyMonths: number
}

/** `label value` on every line; the value stands after the last blank. */
function linesOf(typed: string, field: string, wrong: (line: string) => string): readonly { label: string; value: string }[] {
  return typed.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => {
    const [, label, value] = /^(.+?)\s+([\d,.]+)%?$/.exec(line) ?? []
    if (label === undefined || value === undefined) throw new Problem({ code: 'form.line', message: wrong(line), field })
    return { label, value }
  })
}

/** A tender for this job alone that somebody else won. */
function WonByOther({ card: { repair } }: { readonly card: Card }) {
  const { data } = useQuery(api.repair.ties.queryOptions({ id: repair.id }))
  const won = data?.tenders.find(({ role, isRevoked, winners }) =>
    role === 'contractor' && !isRevoked && winners.length > 0
      && winners.every(({ counterpartyId }) => counterpartyId !== repair.contractorId))
  if (won === undefined) return null
  const names = won.winners.map(({ name }) => name).join('\u3001')
  return (
    <div className="repair-won">
      <StateTag tone="due" icon="warning" word={text.wonByOtherWord} />
      <p>{text.wonByOther(won.number, names)}</p>
    </div>
  )
}

export function ContractForm({ card }: { readonly card: Card }) {
  const { today } = useScope()
  const { repair, state } = card
  const [form] = Form.useForm<ContractValues>()
  const approved = textOfFen(state.approvedFen)
  return (
    <StepForm
      form={form}
      verb={text.recordContract}
      initialValues={{
        signedOn: today, amountFen: approved, budget: `${repair.title} ${approved}`, instalments: text.wholeInstalment,
        retentionPercent: '0', retentionMonths: 0, warrantyMonths: 0,
      }}
      onSubmit={async ({ amountFen, budget, instalments, retentionPercent, ...terms }) => {
        await client.repair.recordContract.mutate({
          id: repair.id,
          ...terms,
          amountFen: fenOfText(amountFen) ?? 0,
          budget: linesOf(budget, 'budget', text.budgetLine)
            .map(({ label, value }) => ({ label, amountFen: fenOfText(value, 'budget') ?? 0 })),
          instalments: linesOf(instalments, 'instalments', text.instalmentLine)
            .map(({ label, value }) => ({ label, percent: parsePercent(value, { field: 'instalments' }) })),
          retentionPercent: parsePercent(retentionPercent, { field: 'retentionPercent' }),
        })
      }}
    >
      <WonByOther card={card} />
      <p>{text.payee(repair.contractorName, repair.contractorBank)}</p>
      <Form.Item name="number" label={text.number} rules={required(text.number)}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="signedOn" label={text.signedOn} rules={required(text.signedOn)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="worksFrom" label={text.worksFrom} rules={required(text.worksFrom)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="worksTo" label={text.worksTo} rules={required(text.worksTo)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="budget" label={text.budget} extra={text.budgetHint} rules={required(text.budget)}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      <Form.Item name="amountFen" label={text.amountFen} rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="instalments" label={text.instalments} extra={text.instalmentsHint} rules={required(text.instalments)}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="retentionPercent" label={text.retentionPercent} rules={required(text.retentionPercent)}>
        <Input maxLength={6} />
      </Form.Item>
      <Form.Item name="retentionMonths" label={text.retentionMonths} rules={required(text.retentionMonths)}>
        <InputNumber min={0} max={120} precision={0} />
      </Form.Item>
      <Form.Item name="warrantyMonths" label={text.warrantyMonths} rules={required(text.warrantyMonths)}>
        <InputNumber min={0} max={600} precision={0} />
      </Form.Item>
    </StepForm>
  )
}
