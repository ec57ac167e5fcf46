/** Areas by certificate, survey and contract: which one counts, how it differs from the register, what it settles. */
import { useState } from 'react'
import { Button, Form, Input, Radio } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { formatArea, parseAreaDm2 } from '#core/register/area.ts'
import { AREA_SOURCES, type AreaSource } from '#core/register/area-source.ts'
import type { HouseholdId } from '#core/id.ts'
import { formatYuan, negateFen } from '#core/money.ts'
import { api, client } from '../../client.ts'
import { areaText as text } from '../../messages/household-area.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'

type Areas = Answers['household']['areas']
type Props = { readonly id: HouseholdId; readonly mayWrite: boolean }

export function AreaSection({ id, mayWrite }: Props) {
  const { data: areas, error } = useQuery(api.household.areas.queryOptions({ id }))
  const [doing, setDoing] = useState<'record' | 'adopt'>()
  const close = () => setDoing(undefined)
  return (
    <section>
      <header className="card-head">
        <h2>{text.title}</h2>
        {mayWrite && <Button size="small" onClick={() => setDoing('record')}>{text.record}</Button>}
        {mayWrite && areas !== undefined && areas.differenceDm2 !== 0 && (
          <Button size="small" type="primary" onClick={() => setDoing('adopt')}>{text.adopt}</Button>
        )}
      </header>
      {error !== null && <ProblemNote error={error} />}
      {areas?.areas.length === 0 && <p className="quiet">{text.empty}</p>}
      {areas !== undefined && areas.areas.length > 0 && <Compared areas={areas} />}
      {doing === 'record' && <RecordDialog id={id} onClose={close} />}
      {doing === 'adopt' && areas !== undefined && <AdoptDialog id={id} areas={areas} onClose={close} />}
    </section>
  )
}

function settledWords({ settlement, differenceDm2 }: Areas): string {
  if (differenceDm2 === 0) return ''
  if (settlement === null) return text.notByArea
  const { beforeFen, afterFen, settleFen } = settlement
  const due = text.due(formatYuan(beforeFen), formatYuan(afterFen))
  if (settleFen === 0) return `${due}${text.settled}`
  return due + (settleFen > 0 ? text.toPay(formatYuan(settleFen)) : text.toRefund(formatYuan(negateFen(settleFen))))
}

const HEADS = [text.source, text.area, text.onDate, text.basis, text.counts]

function Compared({ areas }: { readonly areas: Areas }) {
  const { counting, standingDm2, differenceDm2 } = areas
  return (
    <>
      <table className="plain-table text-table">
        <thead>
          <tr>{HEADS.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {areas.areas.map(({ source, areaDm2, onDate, basis }) => (
            <tr key={source}>
              <td>{text.sources[source]}</td>
              <td className="right">{formatArea(areaDm2)}</td>
              <td>{onDate}</td>
              <td>{basis}</td>
              <td>{source === counting?.source && <StateTag tone="accent" icon="check" word={text.countsYes} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status">
        {differenceDm2 === 0
          ? <StateTag tone="good" icon="check" word={text.agrees(formatArea(standingDm2))} />
          : <StateTag
              tone="due"
              icon="warning"
              word={text.differs(formatArea(standingDm2), formatArea(Math.abs(differenceDm2)), differenceDm2 > 0)}
            />}
        {' '}
        {settledWords(areas)}
      </p>
    </>
  )
}

type RecordValues = {
  readonly source: AreaSource
  readonly area: string
  readonly onDate: BusinessDate
  readonly basis: string
}

const REQUIRED = [{ required: true, message: text.required }]
const SOURCE_OPTIONS = AREA_SOURCES.map((value) => ({ value, label: text.sources[value] }))

function RecordDialog({ id, onClose }: { readonly id: HouseholdId; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<RecordValues>()
  return (
    <FormDialog
      title={text.recordTitle}
      verb={text.save}
      form={form}
      initialValues={{ source: 'certificate', area: '', onDate: today, basis: '' }}
      note={<p className="quiet">{text.rule}</p>}
      write={({ area, ...facts }) => async () =>
        client.household.recordArea.mutate({ id, ...facts, areaDm2: parseAreaDm2(area, { field: 'area' }) })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="source" label={text.source}><Radio.Group options={SOURCE_OPTIONS} /></Form.Item>
      <Form.Item name="area" label={text.area} rules={REQUIRED} extra={text.areaHint}>
        <Input autoComplete="off" maxLength={20} />
      </Form.Item>
      <Form.Item name="onDate" label={text.onDate} rules={REQUIRED}><DateInput /></Form.Item>
      <Form.Item name="basis" label={text.basis} rules={[{ required: true, whitespace: true, message: text.required }]}>
        <Input placeholder={text.basisExample} autoComplete="off" maxLength={100} />
      </Form.Item>
    </FormDialog>
  )
}

function AdoptDialog({ id, areas, onClose }: { readonly id: HouseholdId; readonly areas: Areas; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<{ effectiveOn: BusinessDate }>()
  return (
    <FormDialog
      title={text.adoptTitle(formatArea(areas.counting?.areaDm2 ?? areas.standingDm2))}
      verb={text.adopt}
      form={form}
      initialValues={{ effectiveOn: today }}
      note={<p className="quiet">{settledWords(areas)}{text.adoptHint}</p>}
      write={({ effectiveOn }) => () => client.household.adoptArea.mutate({ id, effectiveOn })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="effectiveOn" label={text.effectiveOn} rules={REQUIRED}><DateInput /></Form.Item>
    </FormDialog>
  )
}
