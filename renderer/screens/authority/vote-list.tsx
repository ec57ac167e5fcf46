/** Every vote of the complex in view, or of the office, newest first. */
import { useCallback, useState } from 'react'
import { Button } from 'antd'
import type { ColDef } from 'ag-grid-community'
import { VOTE_METHOD_WORD } from '#core/authority/vote-objection.ts'
import { VOTE_MATTER_WORD } from '#core/authority/vote-tally.ts'
import { client } from '../../client.ts'
import { voteText as text } from '../../messages/authority.ts'
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

type Listed = Answers['vote']['list'][number]

export function VoteState({ state, passed }: { readonly state: Listed['state']; readonly passed: boolean | null }) {
  if (passed === true) return <StateTag icon="check" tone="good" word={text.passed} />
  if (passed === false) return <StateTag icon="cross" tone="bad" word={text.failed} />
  if (state === 'withdrawn') return <StateTag icon="blocked" word={text.states.withdrawn} />
  return state === 'counted'
    ? <StateTag icon="clock" tone="due" word={text.states.counted} />
    : <StateTag icon="draft" tone="accent" word={text.states.open} />
}

function matterOf({ matter, method }: Listed): string {
  return method === 'ballot' ? VOTE_MATTER_WORD[matter] : text.byMethod(VOTE_MATTER_WORD[matter], VOTE_METHOD_WORD[method])
}

const { columns: heads } = text
const FIELDS: readonly ColDef<Listed>[] = [
  { field: 'number', headerName: heads.number, width: 130 },
  { field: 'complexName', headerName: heads.complex, width: 140 },
  { field: 'title', headerName: heads.title, type: 'text' },
  {
    headerName: heads.matter, width: 190,
    valueGetter: ({ data }) => (data === undefined ? '' : matterOf(data)),
  },
  { field: 'amountFen', headerName: heads.amount, type: 'money' },
  { field: 'registerOn', headerName: heads.registerOn, type: 'date' },
  { field: 'returnBy', headerName: heads.returnBy, type: 'date' },
  drawn<Listed>({ headerName: heads.state, width: 110 }, ({ state, passed }) =>
    <VoteState state={state} passed={passed === null ? null : passed === 1} />),
]
const COLUMNS: readonly ColDef<Listed>[] = FIELDS.map((column) => ({ ...column, sortable: false }))

export function VoteList() {
  const { complexId } = useScope()
  const mayWrite = useMay('preparer', 'head')
  const [error, setError] = useState<unknown>(null)
  const create = () => goTo({ screen: 'repairs', path: ['votes', 'new'] })
  useShortcut('Ctrl+N', text.create, create, { isOn: mayWrite })
  const page = useCallback(
    (last: Listed | undefined, limit: number) =>
      client.vote.list.query({ complexId, limit, ...(last !== undefined && { before: last.id }) }),
    [complexId],
  )
  return (
    <Page
      title={text.title}
      hint={text.hint}
      body="fill"
      toolbar={<RepairSections current="votes" />}
      actions={mayWrite && <Button type="primary" icon={<Icon name="plus" />} onClick={create}>{text.create}</Button>}
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        key={complexId ?? 0}
        label={text.title}
        columns={COLUMNS}
        rowId={({ id }: Listed) => String(id)}
        page={page}
        onError={setError}
        empty={text.empty}
        onOpen={({ id }) => goTo({ screen: 'repairs', path: ['votes', id] })}
      />
    </Page>
  )
}
