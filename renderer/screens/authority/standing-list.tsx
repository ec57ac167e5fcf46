/** Standing authorisations: what may be done under each, what has been used, and whichever runs out first on top. */
import { useCallback, useState } from 'react'
import { Button, Checkbox } from 'antd'
import type { ColDef } from 'ag-grid-community'
import { daysBetween, parseDate, type BusinessDate } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { authorityText, standingText as text } from '../../messages/authority.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { RepairSections } from '../repair/sections.tsx'
import { StandingForm } from './standing-form.tsx'

type Listed = Answers['authority']['list'][number]
type Row = Listed & { readonly today: BusinessDate }

/** Quarter of a year: time enough to call an assembly. */
const SOON_DAYS = 90
const FIRST_DAY = parseDate('1990-01-01')

export function StandingState({ standing: { state, from, to }, today }: {
  readonly standing: Pick<Listed, 'state' | 'from' | 'to'>
  readonly today: BusinessDate
}) {
  if (state === 'ended') return <StateTag icon="blocked" word={text.states.ended} />
  if (to < today) return <StateTag icon="clock" tone="bad" word={text.expired} />
  if (state === 'recorded') return <StateTag icon="clock" tone="due" word={text.states.recorded} />
  if (from > today) return <StateTag icon="clock" word={text.notYet} />
  const left = daysBetween(today, to)
  return left <= SOON_DAYS
    ? <StateTag icon="warning" tone="due" word={text.soon(left)} />
    : <StateTag icon="check" tone="good" word={text.states.confirmed} />
}

const { columns: heads } = text
const FIELDS: readonly ColDef<Row>[] = [
  { field: 'number', headerName: heads.number, width: 130 },
  { field: 'complexName', headerName: heads.complex, width: 110 },
  { field: 'title', headerName: heads.title, type: 'text' },
  { field: 'to', headerName: heads.to, type: 'date' },
  { field: 'perJobFen', headerName: heads.perJob, type: 'money', width: 116 },
  { field: 'totalFen', headerName: heads.total, type: 'money', width: 116 },
  { field: 'usedFen', headerName: heads.used, type: 'money', width: 116 },
  { field: 'leftFen', headerName: heads.left, type: 'money', width: 116 },
  drawn<Row>({ headerName: heads.state, width: 120 }, (row) => <StandingState standing={row} today={row.today} />),
]
const COLUMNS: readonly ColDef<Row>[] = FIELDS.map((column) => ({ ...column, sortable: false }))

export function StandingList() {
  const { complexId, today } = useScope()
  const mayWrite = useMay('preparer', 'head')
  const [error, setError] = useState<unknown>(null)
  const [showsEnded, setShowsEnded] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const [written, setWritten] = useState(0)
  const mayCreate = mayWrite && complexId !== null
  useShortcut('Ctrl+N', text.create, () => setOpen(true), { isOn: mayCreate })
  const page = useCallback(
    async (last: Row | undefined, limit: number): Promise<readonly Row[]> => {
      const rows = await client.authority.list.query({
        complexId, limit, endingFrom: showsEnded ? FIRST_DAY : today,
        ...(last !== undefined && { after: { to: last.to, id: last.id } }),
      })
      return rows.map((row) => ({ ...row, today }))
    },
    [complexId, showsEnded, today],
  )
  return (
    <Page
      title={text.title}
      hint={mayWrite && complexId === null ? authorityText.noComplex : text.hint}
      body="fill"
      toolbar={
        <>
          <RepairSections current="standing" />
          <Checkbox checked={showsEnded} onChange={(event) => setShowsEnded(event.target.checked)}>{text.showEnded}</Checkbox>
        </>
      }
      actions={mayWrite && (
        <Button type="primary" icon={<Icon name="plus" />} disabled={!mayCreate} onClick={() => setOpen(true)}>
          {text.create}
        </Button>
      )}
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        key={`${complexId ?? 0}/${showsEnded}/${written}`}
        label={text.title}
        columns={COLUMNS}
        rowId={({ id }: Row) => String(id)}
        page={page}
        onError={setError}
        empty={text.empty}
        onOpen={({ id }) => goTo({ screen: 'repairs', path: ['standing', id] })}
      />
      {isOpen && complexId !== null && (
        <StandingForm
          complexId={complexId}
          onDone={() => {
            setOpen(false)
            setWritten(written + 1)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </Page>
  )
}
