/** Every sheet of a complex, newest first. */
import { useCallback, useState } from 'react'
import { Button } from 'antd'
import type { ColDef } from 'ag-grid-community'
import { APPORTIONMENT_BASIS_WORD, APPORTIONMENT_PURPOSE_WORD } from '#core/household/apportionment.ts'
import type { ComplexId } from '#core/id.ts'
import { client } from '../../client.ts'
import { apportionmentText as text } from '../../messages/apportionment.ts'
import { selfFundingText } from '../../messages/self-funding.ts'
import { Go } from '../../parts/go.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'

type Listed = Answers['apportionment']['list'][number]

const { columns: heads } = text
const FIELDS: readonly ColDef<Listed>[] = [
  { field: 'id', headerName: heads.id, type: 'number', width: 70 },
  { field: 'asOf', headerName: heads.date, type: 'date' },
  {
    headerName: heads.purpose, width: 120,
    valueGetter: ({ data }) => (data === undefined ? '' : APPORTIONMENT_PURPOSE_WORD[data.purpose]),
  },
  { field: 'title', headerName: heads.title, type: 'text' },
  {
    headerName: heads.basis, width: 110,
    valueGetter: ({ data }) => (data === undefined ? '' : APPORTIONMENT_BASIS_WORD[data.basis]),
  },
  { field: 'households', headerName: heads.households, type: 'number', width: 80 },
  { field: 'totalFen', headerName: heads.total, type: 'money' },
  { field: 'drawnFen', headerName: heads.drawn, type: 'money' },
  { field: 'recordedBy', headerName: heads.by, width: 90 },
]
const COLUMNS: readonly ColDef<Listed>[] = FIELDS.map((column) => ({ ...column, sortable: false }))

export function ApportionmentList({ complexId, name }: { readonly complexId: ComplexId; readonly name: string }) {
  const mayWrite = useMay('preparer', 'bookkeeper', 'head')
  const [error, setError] = useState<unknown>(null)
  const create = () => goTo({ screen: 'complexes', path: [complexId, 'apportionments', 'new'] })
  useShortcut('Ctrl+N', text.create, create, { isOn: mayWrite })
  const page = useCallback(
    (last: Listed | undefined, limit: number) =>
      client.apportionment.list.query({ complexId, limit, ...(last !== undefined && { before: last.id }) }),
    [complexId],
  )
  return (
    <Page
      title={text.titleOf(name)}
      hint={text.hint}
      body="fill"
      actions={
        <>
          <Go to={{ screen: 'complexes', path: [complexId, 'apportionments', 'self-funding'] }}>{selfFundingText.open}</Go>
          {mayWrite && <Button type="primary" icon={<Icon name="plus" />} onClick={create}>{text.create}</Button>}
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        label={text.open}
        columns={COLUMNS}
        rowId={({ id }: Listed) => String(id)}
        page={page}
        onError={setError}
        empty={text.empty}
        onOpen={({ id }) => goTo({ screen: 'complexes', path: [complexId, 'apportionments', id] })}
      />
    </Page>
  )
}
