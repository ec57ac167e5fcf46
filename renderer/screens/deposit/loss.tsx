/** The lost-interest meter: what overdue certificates and idle demand money have cost, per complex, bank or person. */
import { useState } from 'react'
import { Segmented } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { api } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { dueWords, LOSS_GROUP_WORD } from '../../messages/due.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import type { ScreenProps } from '../index.ts'
import { LossPane } from './loss-pane.tsx'
import type { LossGroup } from './records.ts'
import { DepositSections } from './sections.tsx'

const text = dueWords.loss

type LossMeter = Answers['due']['loss']
type LossRow = LossMeter['rows'][number]

function columnsOf(group: LossGroup) {
  return inGivenOrder<LossRow>([
    {
      field: 'name', headerName: text[group], type: 'text', minWidth: 88,
      valueFormatter: ({ value }) => (value === '' ? text.nobody : String(value)),
    },
    { field: 'lostFen', headerName: text.lost, type: 'money', width: 100 },
    {
      field: 'overdueCount', headerName: text.overdueCount, type: 'number', width: 74,
      valueFormatter: ({ value }) => (value === 0 ? '' : String(value)),
    },
    { field: 'overdueFen', headerName: text.overdue, type: 'side', width: 112 },
    { field: 'overdueLostFen', headerName: text.overdueLost, type: 'side', width: 92, headerTooltip: dueWords.work.lostNote },
    { field: 'idleFen', headerName: text.idle, type: 'side', width: 122 },
    { field: 'idleLostFen', headerName: text.idleLost, type: 'side', width: 100, headerTooltip: text.idleNote },
  ])
}

const COLUMNS = { complex: columnsOf('complex'), bank: columnsOf('bank'), person: columnsOf('person') } as const
const GROUPS = ['complex', 'bank', 'person'] as const satisfies readonly LossGroup[]

function groupIn(query: ScreenProps['query']): LossGroup {
  return GROUPS.find((group) => group === query['by']) ?? 'complex'
}

function fromIn(query: ScreenProps['query'], today: BusinessDate): BusinessDate {
  const asked = query['from'] ?? ''
  return isBusinessDate(asked) ? asked : parseDate(`${today.slice(0, 4)}-01-01`)
}

export function Loss({ query }: { readonly query: ScreenProps['query'] }) {
  const { complexId, today } = useScope()
  const group = groupIn(query)
  const from = fromIn(query, today)
  const { data: meter, error } = useQuery(api.due.loss.queryOptions({ group, from, complexId }))
  const [current, setCurrent] = useState<string>()
  const shown = meter?.rows.find(({ key }) => key === current) ?? meter?.rows[0]
  return (
    <Page
      title={depositText.title}
      hint={text.hint}
      body="fill"
      toolbar={
        <>
          <DepositSections current="loss" />
          <Segmented
            aria-label={text.groups}
            value={group}
            options={GROUPS.map((value) => ({ value, label: LOSS_GROUP_WORD[value] }))}
            onChange={(value) => refine({ by: value === 'complex' ? '' : value })}
          />
          <label className="loss-from">
            {text.from} <DateInput value={from} aria-label={text.from} onChange={(date) => refine({ from: date ?? '' })} />
          </label>
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {meter !== undefined && <Totals meter={meter} from={from} />}
      <div className="deposit-beside loss-beside">
        <Grid
          label={text.title}
          columns={COLUMNS[group]}
          rows={meter?.rows}
          rowId={({ key }) => `${group} ${key}`}
          empty={text.empty}
          onCurrent={({ key }) => setCurrent(key)}
          {...(meter !== undefined && meter.rows.length > 0 && { totals: { name: text.total, ...meter.totals } })}
        />
        <aside aria-label={text.pane}>
          {shown === undefined
            ? <p className="quiet">{text.choose}</p>
            : <LossPane key={`${group} ${shown.key}`} group={group} row={shown} from={from} />}
        </aside>
      </div>
    </Page>
  )
}

function Totals({ meter: { totals, missing }, from }: { readonly meter: LossMeter; readonly from: BusinessDate }) {
  return (
    <>
      <p className="lost-meter" role="status">
        {totals.lostFen === 0
          ? <StateTag icon="check" word={text.empty} />
          : (
              <>
                <span>{text.sum(from)} <strong><Money fen={totals.lostFen} unit="¥" /></strong></span>
                <span>{text.overduePart} <Money fen={totals.overdueLostFen} unit="¥" /></span>
                <span>{text.idlePart} <Money fen={totals.idleLostFen} unit="¥" /></span>
                <span className="quiet">{text.inYear} <Money fen={totals.inYearFen} unit="¥" /></span>
              </>
            )}
      </p>
      {missing.length > 0 && (
        <p className="loss-missing">
          <StateTag icon="warning" tone="due" word={text.missing} />{' '}
          {missing.map(({ label, profile }) => text.missingOne(label, profile.name)).join('、')}{' '}
          <Go to={{ screen: 'settings' }}>{text.fill}</Go>
        </p>
      )}
    </>
  )
}
