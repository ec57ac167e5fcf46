/** The board: every step of the path with how many jobs wait there, for how much and how long; below, the jobs of one step. */
import { useCallback, useState } from 'react'
import { Button, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { daysBetween, type BusinessDate } from '#core/calendar.ts'
import { OPEN_REPAIR_STEPS, REPAIR_STEP_WORD, REPAIR_STEPS, type RepairStep } from '#core/repair/repair.ts'
import { api, client } from '../../client.ts'
import { repairText } from '../../messages/repair.ts'
import { Go } from '../../parts/go.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo, refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'

type Listed = Answers['repair']['list'][number]
type Column = Answers['repair']['board'][number]
type Row = Listed & { readonly waits: string; readonly stepWord: string }

const COLUMNS: readonly ColDef<Row>[] = [
  { field: 'number', headerName: repairText.columns.number, width: 124 },
  { field: 'complexName', headerName: repairText.columns.complex, width: 130 },
  { field: 'title', headerName: repairText.columns.title, type: 'text' },
  { field: 'place', headerName: repairText.columns.place, type: 'text' },
  { field: 'contractorName', headerName: repairText.columns.contractor, width: 170 },
  { field: 'stepWord', headerName: repairText.columns.step, width: 120 },
  { field: 'amountFen', headerName: repairText.columns.amount, type: 'money' },
  { field: 'waits', headerName: repairText.columns.waits, width: 80, headerClass: 'head-right', cellClass: 'cell-number' },
  { field: 'reportedOn', headerName: repairText.columns.reportedOn, type: 'date' },
]

function waitedDays(since: BusinessDate, today: BusinessDate): number {
  return Math.max(0, daysBetween(since, today))
}

function isStep(text: string | undefined): text is RepairStep {
  return REPAIR_STEPS.some((step) => step === text)
}

/** Without a choice: the first step where something waits for this person, else for anybody. */
function proposedStep(mine: readonly Column[] | undefined, board: readonly Column[] | undefined): RepairStep {
  return mine?.[0]?.step ?? board?.[0]?.step ?? 'windowCheck'
}

export function RepairBoard({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { complexId, today } = useScope()
  const mayReport = useMay('preparer', 'head')
  const board = useQuery(api.repair.board.queryOptions({ complexId }))
  const inbox = useQuery(api.repair.inbox.queryOptions({ complexId }))
  const [error, setError] = useState<unknown>(null)
  const text = query['text'] ?? ''
  const chosen = query['step']
  const step = isStep(chosen) ? chosen : proposedStep(inbox.data, board.data)
  useShortcut('Ctrl+N', repairText.report, () => goTo({ screen: 'repairs', path: ['new'] }), { isOn: mayReport })

  const page = useCallback(async (last: Row | undefined, limit: number): Promise<readonly Row[]> => {
    setError(null)
    const rows = text === ''
      ? await client.repair.list.query({ step, limit, ...(complexId !== null && { complexId }), ...(last && { after: last }) })
      : await client.repair.find.query({ text, complexId, limit, ...(last && { before: last.id }) })
    return rows.map((row) => ({
      ...row,
      waits: repairText.days(waitedDays(row.sinceOn, today)),
      stepWord: REPAIR_STEP_WORD[row.step],
    }))
  }, [step, text, complexId, today])

  const shown = error ?? board.error
  return (
    <Page
      title={repairText.title}
      hint={repairText.hint}
      body="fill"
      actions={mayReport && (
        <Button type="primary" icon={<Icon name="plus" />} onClick={() => goTo({ screen: 'repairs', path: ['new'] })}>
          {repairText.report}
        </Button>
      )}
      toolbar={
        <Input
          className="repair-search"
          allowClear
          prefix={<Icon name="search" />}
          aria-label={repairText.search}
          placeholder={repairText.search}
          value={text}
          onChange={(event) => refine({ text: event.target.value })}
        />
      }
    >
      <div className="repair-board">
        <nav className="repair-steps" aria-label={repairText.steps}>
          {OPEN_REPAIR_STEPS.map((each) => (
            <StepTile
              key={each}
              step={each}
              column={board.data?.find((column) => column.step === each)}
              isCurrent={text === '' && each === step}
              today={today}
            />
          ))}
        </nav>
        <p className="repair-ends">
          {(['paid', 'refused', 'cancelled'] as const).map((each) => (
            <Go key={each} to={{ screen: 'repairs', query: { step: each } }} isCurrent={text === '' && each === step}>
              {REPAIR_STEP_WORD[each]}
            </Go>
          ))}
        </p>
        {shown !== null && <ProblemNote error={shown} />}
        <PagedGrid
          key={`${step}/${text}/${complexId ?? 0}`}
          label={text === '' ? REPAIR_STEP_WORD[step] : repairText.searched}
          columns={COLUMNS}
          rowId={({ id }) => String(id)}
          page={page}
          onError={setError}
          empty={text === '' ? repairText.emptyStep : repairText.emptySearch}
          onOpen={({ id }) => goTo({ screen: 'repairs', path: [id] })}
        />
      </div>
    </Page>
  )
}

type TileProps = {
  readonly step: RepairStep
  readonly column: Column | undefined
  readonly isCurrent: boolean
  readonly today: BusinessDate
}

function StepTile({ step, column, isCurrent, today }: TileProps) {
  return (
    <Go
      to={{ screen: 'repairs', query: { step } }}
      isCurrent={isCurrent}
      className={column === undefined ? 'is-idle' : 'is-busy'}
    >
      <span className="repair-step-word">{REPAIR_STEP_WORD[step]}</span>
      <strong>{repairText.count(column?.count ?? 0)}</strong>
      <Money fen={column?.amountFen} />
      <span className="quiet">{column === undefined ? '' : repairText.oldest(waitedDays(column.oldestOn, today))}</span>
    </Go>
  )
}
