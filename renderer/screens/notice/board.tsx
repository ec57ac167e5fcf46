/** All complexes × quarters as a heat table, the two rates above it, and the batch. */
import { useMemo, useState } from 'react'
import { Button, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { addQuarters, quarterInChinese, quarterOf, type Quarter } from '#core/calendar.ts'
import { api } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { Batch } from './batch.tsx'
import { cellState } from './cell-state.ts'
import { NoticeRates } from './rates.tsx'
import { NoticeSections } from './sections.tsx'

type Line = Answers['disclosure']['overview']['lines'][number]
type Cell = Line['cells'][number]

/** Two years side by side still fit 1280 points. */
const QUARTERS_SHOWN = 8

const text = noticeText.board

function HeatCell({ line, cell }: { readonly line: Line; readonly cell: Cell | undefined }) {
  if (cell === undefined || cell.stage === 'before') return null
  if (cell.stage === 'running') {
    return <span className="quiet" title={noticeText.cell.runningTitle}>{noticeText.cell.running}</span>
  }
  const state = cellState(cell)
  if (state === null) return null
  return (
    <Go
      to={{ screen: 'disclosure', scope: { complex: line.complexId, quarter: cell.quarter } }}
      className={`notice-cell tone-${state.tone}`}
      title={noticeText.cell.title(line.name, quarterInChinese(cell.quarter), cell.due)}
    >
      <StateTag {...state} />
    </Go>
  )
}

function columnsOf(quarters: readonly Quarter[]): readonly ColDef<Line>[] {
  return [
    {
      colId: 'complex',
      headerName: text.complex,
      width: 170,
      pinned: 'left',
      valueGetter: ({ data }) => (data === undefined ? '' : `${data.code} ${data.name}`),
    },
    ...quarters.map((quarter, index) =>
      drawn<Line>(
        { headerName: text.quarter(quarter), flex: 1, minWidth: 108, cellClass: 'notice-heat' },
        (line) => <HeatCell line={line} cell={line.cells[index]} />,
      ),
    ),
  ]
}

export function NoticeBoard({ last }: { readonly last: Quarter }) {
  const { today } = useScope()
  const ended = addQuarters(quarterOf(today), -1)
  const rated = last < ended ? last : ended
  const { data: overview, error } = useQuery(api.disclosure.overview.queryOptions({ last, count: QUARTERS_SHOWN }))
  const [search, setSearch] = useState('')
  const [isBatching, setBatching] = useState(false)
  const quarters = overview?.quarters
  const columns = useMemo(() => columnsOf(quarters ?? []), [quarters])
  return (
    <Page
      title={noticeText.title}
      hint={text.hint}
      actions={<Button type="primary" onClick={() => setBatching(true)}>{noticeText.batch.open}</Button>}
      toolbar={
        <>
          <NoticeSections current="board" />
          <Input
            className="notice-search"
            placeholder={text.search}
            aria-label={text.search}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
            allowClear
          />
          <NoticeRates quarter={rated} />
        </>
      }
      body="fill"
    >
      {error !== null && <ProblemNote error={error} />}
      <Grid<Line>
        label={text.label}
        columns={columns}
        rows={overview?.lines}
        rowId={(line) => String(line.complexId)}
        empty={text.empty}
        search={search}
        onOpen={(line) => goTo({ screen: 'disclosure', scope: { complex: line.complexId, quarter: rated } })}
      />
      {isBatching && <Batch proposed={rated} onClose={() => setBatching(false)} />}
    </Page>
  )
}
