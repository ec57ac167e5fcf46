/** Every complex's quarter in one line; Enter opens its sheet. */
import { useCallback, useState } from 'react'
import type { ColDef } from 'ag-grid-community'
import { quarterInChinese } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { IncomeSections } from './sections.tsx'

type Line = Answers['income']['overview'][number]

const text = incomeText.overview

function LineState({ line }: { readonly line: Line }) {
  if (line.publishedVersion !== null) return <StateTag icon="check" tone="accent" word={text.published(line.publishedVersion)} />
  if (line.blocks > 0) return <StateTag icon="blocked" tone="bad" word={text.blocked(line.blocks)} />
  if (line.pendingDrafts > 0) return <StateTag icon="draft" tone="due" word={text.drafts(line.pendingDrafts)} />
  if (line.warnings > 0) return <StateTag icon="warning" tone="due" word={text.warned(line.warnings)} />
  return <StateTag icon="check" word={text.ready} />
}

const COLUMNS: readonly ColDef<Line>[] = [
  { field: 'name', headerName: text.complex, type: 'text', minWidth: 110, sortable: false },
  { field: 'openingFen', headerName: text.opening, type: 'money', width: 114, sortable: false },
  { field: 'receivableFen', headerName: text.receivable, type: 'money', width: 106, sortable: false },
  { field: 'receivedFen', headerName: text.received, type: 'money', width: 106, sortable: false },
  { field: 'costsFen', headerName: text.costs, type: 'money', width: 98, sortable: false },
  { field: 'usesFen', headerName: text.uses, type: 'money', width: 98, sortable: false },
  { field: 'transfersFen', headerName: text.transfers, type: 'money', width: 112, sortable: false },
  { field: 'closingFen', headerName: text.closing, type: 'money', width: 114, sortable: false },
  { field: 'topUpFen', headerName: text.topUp, type: 'money', width: 104, sortable: false },
  drawn({ headerName: text.state, width: 118 }, (line) => <LineState line={line} />),
]

function openLine(line: Line): void {
  goTo({ screen: 'income', scope: { complex: line.complexId } })
}

export function Overview() {
  const { quarter } = useScope()
  const [error, setError] = useState<unknown>(null)
  const page = useCallback(
    (last: Line | undefined, limit: number) => client.income.overview.query({ quarter, after: last?.code ?? '', limit }),
    [quarter],
  )
  return (
    <Page
      title={incomeText.title}
      hint={`${incomeText.allOfQuarter(quarterInChinese(quarter))}。${text.hint}`}
      toolbar={<IncomeSections current="quarter" />}
      body="fill"
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid<Line>
        label={text.label}
        columns={COLUMNS}
        rowId={(line) => String(line.complexId)}
        empty={text.empty}
        onOpen={openLine}
        page={page}
        onError={setError}
      />
    </Page>
  )
}
