/** The city's rates of the first contribution: what holds on a day, from which paper, and everything filled in before. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { rateText as text } from '../../messages/contribution-rate.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'

type Table = Answers['householdMoney']['rates']
type Entry = Table['history'][number]

const { columns: heads } = text
const COLUMNS: readonly ColDef<Entry>[] = [
  { field: 'validFrom', headerName: heads.validFrom, type: 'date' },
  { headerName: heads.rate, width: 170, valueGetter: ({ data }) => (data === undefined ? '' : text.rates[data.rate]) },
  { headerName: heads.text, type: 'number', width: 100, valueGetter: ({ data }) => data?.text ?? text.takenBack },
  { field: 'source', headerName: heads.source, type: 'text' },
  { field: 'reason', headerName: heads.reason, width: 180 },
  { field: 'setBy', headerName: heads.setBy, width: 90 },
  { field: 'approvedBy', headerName: heads.approvedBy, width: 90 },
]

export function RatePlace({ complexId }: { readonly complexId: ComplexId }) {
  const { today, complexes } = useScope()
  const complex = complexes.find(({ id }) => id === complexId)
  const [date, setDate] = useState<BusinessDate>(today)
  const [isFilling, setFilling] = useState(false)
  const mayWrite = useMay('head', 'administrator')
  const { data: table, error } = useQuery(api.householdMoney.rates.queryOptions(
    { profileCode: complex?.profileCode ?? '', date }, { enabled: complex !== undefined },
  ))
  useShortcut('Ctrl+N', text.fillIn, () => setFilling(true), { isOn: mayWrite })
  return (
    <Page
      title={text.titleOf(table?.profile ?? '')}
      hint={text.hint}
      body="fill"
      actions={
        <>
          <Go to={{ screen: 'complexes', path: [complexId, 'households'] }}>{text.back}</Go>
          {mayWrite && (
            <Button type="primary" onClick={() => setFilling(true)} aria-keyshortcuts="Control+N">{text.fillIn}</Button>
          )}
        </>
      }
      toolbar={
        <>
          <span className="quiet">{text.asOf}</span>
          <DateInput aria-label={text.asOf} value={date} onChange={(chosen) => setDate(chosen ?? today)} />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {table !== undefined && (
        <div className="rates">
          <table className="plain-table text-table" aria-label={text.inForce}>
            <thead>
              <tr>
                <th scope="col">{heads.rate}</th>
                <th scope="col" className="right">{heads.text}</th>
                <th scope="col">{heads.validFrom}</th>
                <th scope="col">{heads.source}</th>
              </tr>
            </thead>
            <tbody>
              {table.inForce.map(({ rate, text: value, validFrom, source }) => (
                <tr key={rate}>
                  <th scope="row">{text.rates[rate]}</th>
                  <td className="right">{value ?? <StateTag tone="due" icon="warning" word={text.toFill} />}</td>
                  <td>{validFrom}</td>
                  <td>{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet">{text.order}</p>
          <h2>{text.history}</h2>
          <Grid label={text.history} columns={COLUMNS} rows={table.history} rowId={({ id }) => String(id)} empty={text.empty} />
        </div>
      )}
      {isFilling && table !== undefined && <FillDialog table={table} onClose={() => setFilling(false)} />}
    </Page>
  )
}

type Values = {
  readonly rates: Readonly<Record<Entry['rate'], string>>
  readonly validFrom: BusinessDate
  readonly source: string
  readonly reason: string
  readonly second: SecondPersonValue
}

const EMPTY_RATES: Values['rates'] = { lift: '', noLift: '', otherUse: '', price: '' }
const REQUIRED = [{ required: true, whitespace: true, message: text.required }]

function FillDialog({ table, onClose }: { readonly table: Table; readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>()

  async function write(): Promise<void> {
    const values = await validated(form)
    await client.householdMoney.setRates.mutate({ profileCode: table.profileCode, ...values })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.fillTitle(table.profile)} verb={text.save} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.fillHint}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ rates: EMPTY_RATES, validFrom: table.date, source: '', reason: '' }}
      >
        <div className="two-columns">
          {table.inForce.map(({ rate, text: value }) => (
            <Form.Item
              key={rate}
              name={['rates', rate]}
              label={text.rates[rate]}
              extra={value === null ? text.toFill : text.now(value)}
            >
              <Input autoComplete="off" inputMode="decimal" maxLength={20} />
            </Form.Item>
          ))}
          <Form.Item name="validFrom" label={heads.validFrom} rules={[{ required: true, message: text.required }]}>
            <DateInput />
          </Form.Item>
          <Form.Item name="source" label={heads.source} rules={REQUIRED}><Input placeholder={text.sourceExample} /></Form.Item>
          <Form.Item name="reason" label={heads.reason} className="wide" rules={REQUIRED}>
            <Input placeholder={text.reasonExample} />
          </Form.Item>
        </div>
        <SecondPerson />
      </Form>
    </ConfirmWrite>
  )
}
