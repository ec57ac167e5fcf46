/** 竞争性存放: the batches, newest opening first. */
import { useCallback, useState } from 'react'
import { Button } from 'antd'
import type { BatchState } from '#core/placing/placing.ts'
import { client } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { BATCH_STATE_WORD, placingText as text } from '../../messages/placing.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { DepositSections } from './sections.tsx'

type Batch = Answers['placing']['list'][number]

const STATE: Readonly<Record<BatchState, { readonly icon: IconName; readonly tone: Tone }>> = {
  bidding: { icon: 'clock', tone: 'due' }, placing: { icon: 'right', tone: 'accent' }, done: { icon: 'check', tone: 'good' },
}

export function BatchStateTag({ state }: { readonly state: BatchState }) {
  return <StateTag {...STATE[state]} word={BATCH_STATE_WORD[state]} />
}

const COLUMNS = [
  { field: 'number', headerName: text.columns.number, width: 150, sortable: false },
  { field: 'title', headerName: text.columns.title, type: 'text', sortable: false },
  { field: 'opensOn', headerName: text.columns.opensOn, type: 'date', sortable: false },
  drawn<Batch>({ headerName: text.columns.state, width: 100 }, ({ state }) => <BatchStateTag state={state} />),
  { field: 'lotCount', headerName: text.columns.lots, type: 'number', sortable: false },
  { field: 'totalFen', headerName: text.columns.total, type: 'money', sortable: false },
  { field: 'totals.awardedFen', headerName: text.columns.awarded, type: 'money', sortable: false },
  { field: 'totals.placedFen', headerName: text.columns.placed, type: 'money', sortable: false },
] satisfies Parameters<typeof PagedGrid<Batch>>[0]['columns']

export function PlacingList() {
  const [error, setError] = useState<unknown>(null)
  const mayRecord = useMay('preparer')
  const open = () => goTo({ screen: 'deposits', path: ['placing', 'new'] })
  useShortcut('Ctrl+N', text.add, open, { isOn: mayRecord })
  const page = useCallback(
    (last: Batch | undefined, limit: number) =>
      client.placing.list.query({ limit, ...(last !== undefined && { after: { opensOn: last.opensOn, id: last.id } }) }),
    [],
  )
  return (
    <Page
      title={depositText.title}
      hint={text.hint}
      body="fill"
      toolbar={<DepositSections current="placing" />}
      actions={mayRecord && <Button type="primary" icon={<Icon name="plus" />} onClick={open}>{text.add}</Button>}
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        label={text.list}
        columns={COLUMNS}
        rowId={({ id }: Batch) => String(id)}
        empty={text.empty}
        page={page}
        onError={setError}
        onOpen={({ id }) => goTo({ screen: 'deposits', path: ['placing', id] })}
      />
    </Page>
  )
}
