import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { api } from '../../client.ts'
import { complexText as text } from '../../messages/complex.ts'
import { Grid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ListSearch } from '../../parts/list-search.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { searchTextOf } from '../../parts/search-text.ts'
import { SectionLinks } from '../../parts/section-links.tsx'
import { goTo } from '../../place.ts'
import type { Complexes } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { ComplexDialog } from './complex-dialog.tsx'

type Complex = Complexes[number]

const COLUMNS: readonly ColDef<Complex>[] = [
  { field: 'code', headerName: text.code, width: 90 },
  // `slhy` finds 示例花园.
  { field: 'name', headerName: text.name, type: 'text', getQuickFilterText: ({ data }) => searchTextOf(data) },
  { field: 'managerName', headerName: text.managerName, type: 'text' },
  { field: 'holderName', headerName: text.holderName, type: 'text' },
  { field: 'profileCode', headerName: text.profile, width: 150 },
  {
    headerName: text.hasAssembly,
    width: 100,
    valueGetter: ({ data }) => (data === undefined ? '' : data.hasAssembly === 1 ? text.assembly.yes : text.assembly.no),
  },
  { field: 'hotline', headerName: text.hotline, width: 130 },
]

export function ComplexSections({ current }: { readonly current: 'complexes' | 'parties' }) {
  return (
    <SectionLinks
      label={text.title}
      current={current}
      sections={[
        { key: 'complexes', label: text.sections.complexes, to: { screen: 'complexes' } },
        { key: 'parties', label: text.sections.parties, to: { screen: 'complexes', path: ['parties'] } },
      ]}
    />
  )
}

type Props = { readonly query: Readonly<Record<string, string>>; readonly isCreating: boolean }

export function ComplexList({ query, isCreating }: Props) {
  const complexes = useQuery(api.complex.list.queryOptions())
  const { complexId } = useScope()
  const mayWrite = useMay('administrator', 'head', 'bookkeeper')
  const [isOpen, setOpen] = useState(isCreating)
  useShortcut('Ctrl+N', text.create, () => setOpen(true), { isOn: mayWrite })
  const rows = complexId === null ? complexes.data : complexes.data?.filter(({ id }) => id === complexId)
  return (
    <Page
      title={text.title}
      body="fill"
      actions={mayWrite && (
        <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen(true)} aria-keyshortcuts="Control+N">
          {text.create}
        </Button>
      )}
      toolbar={
        <>
          <ComplexSections current="complexes" />
          <ListSearch className="complex-search" label={text.search} text={query['text']} />
        </>
      }
    >
      {complexes.error !== null && <ProblemNote error={complexes.error} />}
      <Grid
        label={text.title}
        columns={COLUMNS}
        rows={rows}
        rowId={({ id }) => String(id)}
        empty={text.empty}
        search={query['text'] ?? ''}
        onOpen={({ id }) => goTo({ screen: 'complexes', path: [id] })}
      />
      {isOpen && <ComplexDialog onClose={() => setOpen(false)} />}
    </Page>
  )
}
