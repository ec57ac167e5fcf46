/** Gains to the households of a complex: period at the left, every household's gain at the right, then the draft. */
import { useState } from 'react'
import { Button, Checkbox, Form } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { GAIN_REGIME_WORD } from '#core/household/gain.ts'
import type { ComplexId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { gainText as text } from '../../messages/gain.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Grid } from '../../parts/grid.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers, Questions } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import './apportionment.css'

type Preview = Answers['gain']['preview']
type Row = Preview['rows'][number]
type Request = Questions['gain']['preview']

const COLUMNS: readonly ColDef<Row>[] = [
  { field: 'address', headerName: text.address, width: 190 },
  { field: 'openingFen', headerName: text.opening, type: 'money' },
  { field: 'gainFen', headerName: text.gain, type: 'money' },
  {
    headerName: text.whose, type: 'text',
    valueGetter: ({ data }) => (data === undefined ? '' : data.part === 'interest' ? text.owner : text.seller),
  },
]

type Values = { readonly from: BusinessDate; readonly to: BusinessDate; readonly date: BusinessDate; readonly amount: string }

const REQUIRED = [{ required: true }]

export function Gains({ complexId }: { readonly complexId: ComplexId }) {
  const { complexes, today } = useScope()
  const name = complexes.find(({ id }) => id === complexId)?.name ?? ''
  const mayPrepare = useMay('preparer')
  const [form] = Form.useForm<Values>()
  const { problem, attempt } = useFormProblems(form)
  const [previewed, setPreviewed] = useState<{ readonly request: Request; readonly preview: Preview }>()
  const [isAll, setAll] = useState(false)
  const [jobId, setJobId] = useState<string>()
  const initial: Values = { from: parseDate(`${today.slice(0, 4)}-01-01`), to: today, date: today, amount: '' }

  async function preview(values: Values): Promise<void> {
    await attempt(async () => {
      const { amount, ...period } = { ...initial, ...values }
      const request: Request = { complexId, ...period, amountFen: fenOfText(amount) }
      setPreviewed({ request, preview: await client.gain.preview.query(request) })
    })
  }

  async function prepare(): Promise<void> {
    if (previewed === undefined) return
    await attempt(async () => {
      const { request } = previewed
      const started = await client.gain.prepare.mutate(isAll ? { ...request, complexId: null, amountFen: null } : request)
      setJobId(started.jobId)
    })
  }
  const isReady = mayPrepare && previewed !== undefined && jobId === undefined
  useShortcut('Ctrl+Enter', text.prepare, () => void prepare(), { isOn: isReady })
  return (
    <Page title={text.titleOf(name)} hint={text.hint} body="fill">
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
          <Form.Item name="from" label={text.from} rules={REQUIRED} extra={text.periodHint}><DateInput /></Form.Item>
          <Form.Item name="to" label={text.to} rules={REQUIRED}><DateInput /></Form.Item>
          <Form.Item name="date" label={text.date} rules={REQUIRED}><DateInput /></Form.Item>
          <Form.Item name="amount" label={text.amount} rules={[moneyRule({ positive: true })]} extra={text.amountHint}>
            <MoneyInput />
          </Form.Item>
          {mayPrepare && (
            <p>
              <Checkbox checked={isAll} onChange={(event) => setAll(event.target.checked)}>{text.prepareAll}</Checkbox>
            </p>
          )}
          <div className="apportionment-verbs">
            <Button htmlType="submit">{text.preview}</Button>
            {mayPrepare && (
              <Button type="primary" disabled={!isReady} onClick={() => void prepare()} aria-keyshortcuts="Control+Enter">
                {text.prepare}
              </Button>
            )}
          </div>
          <Credits complexId={complexId} />
        </Form>
        <GainPane preview={previewed?.preview} />
      </div>
      {jobId !== undefined && (
        <JobDialog
          title={text.preparing}
          jobId={jobId}
          onClose={() => {
            setJobId(undefined)
            setPreviewed(undefined)
          }}
        />
      )}
    </Page>
  )
}

function GainPane({ preview }: { readonly preview: Preview | undefined }) {
  if (preview === undefined) return <p className="quiet apportionment-wait">{text.empty}</p>
  return (
    <div className="apportionment-preview" aria-live="polite">
      <Facts
        facts={[
          { label: text.regime, value: GAIN_REGIME_WORD[preview.regime] },
          { label: text.period, value: text.periodOf(preview.from, preview.to) },
          { label: text.pool, value: <Money fen={preview.poolFen} /> },
          { label: text.total, value: <Money fen={preview.totalFen} /> },
          { label: text.left, value: <Money fen={preview.leftFen} /> },
        ]}
      />
      <Grid
        label={text.label}
        columns={COLUMNS}
        rows={preview.rows}
        rowId={({ householdId, part }) => `${householdId}/${part}`}
        empty={text.empty}
      />
    </div>
  )
}

function Credits({ complexId }: { readonly complexId: ComplexId }) {
  const { data } = useQuery(api.gain.credits.queryOptions({ complexId }))
  if (data === undefined || data.length === 0) return null
  return (
    <section className="gain-credits">
      <h2>{text.history}</h2>
      <ul>
        {data.map((credit) => (
          <li key={credit.id}>
            <span>{text.credit(credit.from, credit.to, credit.households)}</span>
            <Money fen={credit.totalFen} />
            <span className="quiet">{text.state(credit.state)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
