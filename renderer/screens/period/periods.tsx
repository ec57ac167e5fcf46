/** Months of the book in the scope: states at the left, what keeps the chosen one from closing at the right. */
import { useState } from 'react'
import { Button, Form } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { isBusinessDate, type BusinessDate } from '#core/calendar.ts'
import type { BookId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { periodText as text } from '../../messages/period.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import type { ScreenProps } from '../index.ts'
import { MonthPane } from './month-pane.tsx'
import './period.css'

type Period = Answers['period']['list'][number]

const STATE = {
  open: { icon: 'draft', tone: 'accent' },
  closed: { icon: 'check', tone: 'plain' },
  archived: { icon: 'lock', tone: 'plain' },
} as const

export function PeriodState({ state }: { readonly state: Period['state'] }) {
  return <StateTag {...STATE[state]} word={text.states[state]} />
}

const COLUMNS = [
  { field: 'month', headerName: text.month, width: 100 },
  drawn<Period>({ field: 'state', headerName: text.state, flex: 1 }, ({ state }) => <PeriodState state={state} />),
] satisfies Parameters<typeof Grid<Period>>[0]['columns']

export function Periods({ path: [chosen] }: ScreenProps) {
  const { book, bookId } = useScope()
  const mayOpen = useMay('bookkeeper', 'head')
  const periods = useQuery(api.period.list.queryOptions({ bookId: bookId ?? 1 }, { enabled: bookId !== undefined }))
  const [isOpening, setOpening] = useState(false)
  if (book === undefined || bookId === undefined) return <Page title={text.title}><p className="quiet">{text.noBook}</p></Page>
  // The oldest month that is still open is the one to be closed next.
  const next = periods.data?.findLast(({ state }) => state === 'open')
  const period = periods.data?.find(({ month }) => month === chosen) ?? next
  return (
    <Page
      title={text.title}
      hint={text.hint(book.name)}
      body="fill"
      actions={mayOpen && <Button onClick={() => setOpening(true)}>{text.openThrough}</Button>}
    >
      {periods.error !== null && <ProblemNote error={periods.error} />}
      <div className="period-panes">
        <Grid
          label={text.title}
          columns={COLUMNS}
          rows={periods.data}
          rowId={({ month }) => month}
          empty={text.empty}
          rowClass={({ month }) => (month === period?.month ? 'row-chosen' : '')}
          onCurrent={({ month }) => month !== period?.month && goTo({ screen: 'periods', path: [month] })}
        />
        {period === undefined
          ? <p className="quiet">{text.chooseHint}</p>
          : <MonthPane key={`${bookId}-${period.month}`} bookId={bookId} period={period} />}
      </div>
      {isOpening && <OpenThrough bookId={bookId} onClose={() => setOpening(false)} />}
    </Page>
  )
}

function OpenThrough({ bookId, onClose }: { readonly bookId: BookId; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<{ date: BusinessDate }>()

  async function write(): Promise<void> {
    const { date } = await validated(form)
    if (isBusinessDate(date)) await client.period.openThrough.mutate({ bookId, date })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.openThrough} verb={text.open} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.openThroughHint}</p>
      <Form form={form} layout="vertical" initialValues={{ date: today }}>
        <Form.Item name="date" label={text.date} rules={[{ required: true }]}>
          <DateInput autoFocus />
        </Form.Item>
      </Form>
    </ConfirmWrite>
  )
}
