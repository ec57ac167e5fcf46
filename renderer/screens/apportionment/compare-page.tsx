/** A kept sheet beside today's register: the households whose area, balance or share is another. */
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { COMPARED_WORD } from '#core/household/apportionment-compare.ts'
import type { ApportionmentId, ComplexId } from '#core/id.ts'
import { formatArea } from '#core/register/area.ts'
import { api } from '../../client.ts'
import { apportionmentText as text } from '../../messages/apportionment.ts'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'

type Compared = Answers['apportionment']['compare']['rows'][number]

const { compareColumns: heads } = text

function areaOf(side: Compared['before'] | undefined): string {
  return side == null ? '' : formatArea(side.areaDm2)
}

const COLUMNS: readonly ColDef<Compared>[] = [
  { field: 'address', headerName: heads.address, width: 170 },
  { headerName: heads.areaBefore, type: 'number', width: 90, valueGetter: ({ data }) => areaOf(data?.before) },
  { headerName: heads.areaAfter, type: 'number', width: 90, valueGetter: ({ data }) => areaOf(data?.after) },
  { headerName: heads.heldBefore, type: 'money', valueGetter: ({ data }) => data?.before?.heldFen ?? null },
  { headerName: heads.heldAfter, type: 'money', valueGetter: ({ data }) => data?.after?.heldFen ?? null },
  { headerName: heads.shareBefore, type: 'money', valueGetter: ({ data }) => data?.before?.shareFen ?? null },
  { headerName: heads.shareAfter, type: 'money', valueGetter: ({ data }) => data?.after?.shareFen ?? null },
  {
    headerName: heads.state, type: 'text',
    valueGetter: ({ data }) => (data === undefined ? '' : COMPARED_WORD[data.state]),
  },
]

export function ComparePage({ id, complexId }: { readonly id: ApportionmentId; readonly complexId: ComplexId }) {
  const { data, error } = useQuery(api.apportionment.compare.queryOptions({ id }))
  const { changed = 0, joined = 0, left = 0, same = 0 } = data?.counts ?? {}
  return (
    <Page
      title={text.compareTitle(data?.sheet.title ?? '')}
      {...(data !== undefined && { hint: text.compareHint(changed, joined, left, same) })}
      body="fill"
      actions={<Go to={{ screen: 'complexes', path: [complexId, 'apportionments', id] }}>{text.back}</Go>}
    >
      {error !== null && <ProblemNote error={error} />}
      <Grid
        label={text.compareLabel}
        columns={COLUMNS}
        rows={data?.rows.filter(({ state }) => state !== 'same')}
        rowId={({ householdId }) => String(householdId)}
        empty={text.compareEmpty}
      />
    </Page>
  )
}
