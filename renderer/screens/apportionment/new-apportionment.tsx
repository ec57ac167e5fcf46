/** A new sheet: method and scope at the left, every household's share at the right, kept only when it has been looked at. */
import { useState } from 'react'
import { Button, Form, Input, Radio, Select } from 'antd'
import {
  APPORTIONMENT_BASES, APPORTIONMENT_BASIS_WORD, SHORTFALL_RULES, type ApportionmentBasis, type ShortfallRule,
} from '#core/household/apportionment.ts'
import type { ComplexId } from '#core/id.ts'
import { formatYuan, ZERO_FEN } from '#core/money.ts'
import { client, refreshAll } from '../../client.ts'
import { apportionmentText as text } from '../../messages/apportionment.ts'
import { Facts } from '../../parts/facts.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Grid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ScopeFields, scopeOfValues, type ScopeValues } from '../../parts/scope-fields.tsx'
import { goTo } from '../../place.ts'
import type { Answers, Questions } from '../../records.ts'
import { useShortcut } from '../../shortcuts.ts'
import { shareColumns } from './share-columns.tsx'

type Request = Questions['apportionment']['record']
type Preview = Answers['apportionment']['preview']

type Values = ScopeValues & {
  readonly title: string
  readonly amount: string
  readonly basis: ApportionmentBasis
  readonly coefficients: string
  readonly shortfall: ShortfallRule
}

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]
const SHORTFALL_OPTIONS = SHORTFALL_RULES.map((value) => ({ value, label: text.shortfalls[value] }))

function numberIn(query: Readonly<Record<string, string>>, name: string): number | null {
  const value = query[name]
  return value !== undefined && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null
}

type Props = { readonly complexId: ComplexId; readonly name: string; readonly query: Readonly<Record<string, string>> }

export function NewApportionment({ complexId, name, query }: Props) {
  const repairId = numberIn(query, 'repair')
  const utilityBillId = numberIn(query, 'bill')
  const isBill = utilityBillId !== null
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form)
  const [previewed, setPreviewed] = useState<{ readonly request: Request; readonly preview: Preview }>()
  const initial: Values = {
    title: query['title'] ?? '', amount: query['amount'] ?? '', basis: 'area', scope: 'complex',
    coefficients: '', shortfall: 'collect',
  }

  async function preview(values: Values): Promise<void> {
    await attempt(async () => {
      const { title, amount, basis, coefficients, shortfall } = { ...initial, ...values }
      const request: Request = {
        complexId, purpose: isBill ? 'utility' : 'plan', repairId, utilityBillId, title, basis,
        scope: scopeOfValues({ ...initial, ...values }), shortfall, askedFen: fenOfText(amount) ?? ZERO_FEN, coefficients,
      }
      setPreviewed({ request, preview: await client.apportionment.preview.mutate(request) })
    })
  }

  async function save(): Promise<void> {
    if (previewed === undefined || isBusy) return
    await attempt(async () => {
      const id = await client.apportionment.record.mutate(previewed.request)
      await refreshAll()
      goTo({ screen: 'complexes', path: [complexId, 'apportionments', id] })
    })
  }
  useShortcut('Ctrl+Enter', text.save, () => void save(), { isOn: previewed !== undefined })

  return (
    <Page title={text.newTitle(name)} hint={text.newHint} body="fill">
      <div className="apportionment-new">
        <Form
          form={form}
          layout="vertical"
          className="apportionment-form"
          initialValues={initial}
          onFinish={(values) => void preview(values)}
          onValuesChange={() => setPreviewed(undefined)}
        >
          {problem !== null && <ProblemNote problem={problem} />}
          <Form.Item name="title" label={text.title} rules={REQUIRED}>
            <Input placeholder={text.titleExample} maxLength={120} autoFocus />
          </Form.Item>
          <Form.Item name="amount" label={text.amount} rules={[moneyRule({ required: true, positive: true })]}>
            <MoneyInput />
          </Form.Item>
          <MethodFields complexId={complexId} isBill={isBill} />
          <div className="apportionment-verbs">
            <Button htmlType="submit" loading={isBusy}>{text.preview}</Button>
            <Button
              type="primary"
              disabled={previewed === undefined}
              onClick={() => void save()}
              aria-keyshortcuts="Control+Enter"
            >
              {text.save}
            </Button>
          </div>
        </Form>
        <PreviewPane preview={previewed?.preview} drawsOnAccounts={!isBill} />
      </div>
    </Page>
  )
}

/** Who bears it and by what; fields appear as the choices above them ask. */
function MethodFields({ complexId, isBill }: { readonly complexId: ComplexId; readonly isBill: boolean }) {
  const basis = Form.useWatch<ApportionmentBasis | undefined>('basis')
  const bases = APPORTIONMENT_BASES.filter((each) => !isBill || each !== 'balance')
  return (
    <>
      <Form.Item name="basis" label={text.basis}>
        <Select options={bases.map((value) => ({ value, label: APPORTIONMENT_BASIS_WORD[value] }))} />
      </Form.Item>
      {basis === 'agreed' && (
        <Form.Item name="coefficients" label={text.coefficients} rules={REQUIRED}>
          <Input.TextArea rows={4} placeholder={text.coefficientsExample} />
        </Form.Item>
      )}
      <ScopeFields complexId={complexId} label={text.scope} />
      {!isBill && (
        <Form.Item name="shortfall" label={text.shortfall}><Radio.Group options={SHORTFALL_OPTIONS} /></Form.Item>
      )}
    </>
  )
}

function PreviewPane({ preview, drawsOnAccounts }: { readonly preview: Preview | undefined; readonly drawsOnAccounts: boolean }) {
  if (preview === undefined) return <p className="quiet apportionment-wait">{text.previewEmpty}</p>
  const { rows, totalFen, askedFen, drawnFen, selfFundedFen, developerShortFen } = preview
  const { facts } = text
  return (
    <div className="apportionment-preview" aria-live="polite">
      <Facts
        facts={[
          { label: facts.households, value: text.householdCount(rows.length) },
          { label: facts.total, value: <Money fen={totalFen} /> },
          ...(drawsOnAccounts
            ? [
                { label: facts.drawn, value: <Money fen={drawnFen} /> },
                { label: facts.selfFunded, value: <Money fen={selfFundedFen} /> },
                { label: facts.developer, value: <Money fen={developerShortFen} /> },
              ]
            : []),
        ]}
      />
      {totalFen < askedFen && <p>{text.reduced(formatYuan(askedFen), formatYuan(totalFen))}</p>}
      <Grid
        label={text.previewLabel}
        columns={shareColumns(rows, drawsOnAccounts)}
        rows={rows}
        rowId={({ householdId }) => String(householdId)}
        empty={text.previewEmpty}
      />
    </div>
  )
}
