/** The board: how many jobs wait at each step and how long, beside it the jobs of one step, whoever waits longest first. */
import { useCallback, useState } from 'react'
import { Button, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { OPEN_REPAIR_STEPS, REPAIR_STEP_WORD, type RepairStep } from '#core/repair/repair.ts'
import { waitedDays } from '#core/repair/waiting.ts'
import { api, client } from '../../client.ts'
import { boardText as text } from '../../messages/repair-board.ts'
import { Go } from '../../parts/go.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo, refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { FOUND_COLUMNS, JOB_COLUMNS, rowsOf, type Row } from './job-columns.tsx'
import { Draws } from './draws.tsx'
import { RepairSections } from './sections.tsx'
import { ageOf, stepOf, StepTable, type Age, type Column } from './step-table.tsx'
import './board.css'

const ENDS = ['closed', 'refused', 'cancelled'] as const satisfies readonly RepairStep[]

/** Without a choice: the first step where something waits for this person, else for anybody. */
function proposedStep(mine: readonly Column[] | undefined, board: readonly Column[] | undefined): RepairStep {
  return mine?.[0]?.step ?? board?.[0]?.step ?? 'windowCheck'
}

export function RepairBoard({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { complexId, today } = useScope()
  const mayReport = useMay('preparer', 'head')
  const board = useQuery(api.repairBoard.board.queryOptions({ complexId }))
  const inbox = useQuery(api.repairBoard.inbox.queryOptions({ complexId }))
  const [error, setError] = useState<unknown>(null)
  const searched = query['text'] ?? ''
  const step = stepOf(query['step']) ?? proposedStep(inbox.data, board.data)
  const age = ageOf(query['age'])
  useShortcut('Ctrl+N', text.report, () => goTo({ screen: 'repairs', path: ['new'] }), { isOn: mayReport })

  const page = useCallback(async (last: Row | undefined, limit: number): Promise<readonly Row[]> => {
    setError(null)
    const jobs = searched === ''
      ? await client.repairBoard.list.query({
        step, limit,
        ...(age !== undefined && { age }),
        ...(complexId !== null && { complexId }),
        ...(last !== undefined && { after: { since: last.since, id: last.id } }),
      })
      : await client.repairBoard.find.query({ text: searched, complexId, limit, ...(last && { before: last.id }) })
    return rowsOf(jobs, today)
  }, [step, age, searched, complexId, today])

  const shown = error ?? board.error
  return (
    <Page
      title={text.title}
      hint={text.hint}
      body="fill"
      actions={mayReport && (
        <Button type="primary" icon={<Icon name="plus" />} onClick={() => goTo({ screen: 'repairs', path: ['new'] })}>
          {text.report}
        </Button>
      )}
      toolbar={
        <>
          <RepairSections current="board" />
          <Input
            className="repair-search"
            allowClear
            prefix={<Icon name="search" />}
            aria-label={text.search}
            placeholder={text.search}
            value={searched}
            onChange={(event) => refine({ text: event.target.value })}
          />
        </>
      }
    >
      <div className="repair-board">
        <div className="repair-board-steps">
          <StepTable
            steps={OPEN_REPAIR_STEPS}
            columns={board.data}
            current={{ step: searched === '' ? step : null, age }}
            targetOf={(each, band) => ({ screen: 'repairs', query: { step: each, ...(band !== null && { age: band }) } })}
          />
          <p className="repair-ends">
            <span className="quiet">{text.ends}</span>
            {ENDS.map((each) => (
              <Go key={each} to={{ screen: 'repairs', query: { step: each } }} isCurrent={searched === '' && each === step}>
                {REPAIR_STEP_WORD[each]}
              </Go>
            ))}
          </p>
          {searched === '' && (step === 'spotDraw' || step === 'spotCheck') && <Draws />}
        </div>
        <section className="repair-board-jobs" aria-labelledby="repair-board-title">
          {searched === ''
            ? <StepHead step={step} age={age} column={board.data?.find((one) => one.step === step)} />
            : <h2 id="repair-board-title">{text.searched}</h2>}
          {shown !== null && <ProblemNote error={shown} />}
          <PagedGrid
            key={`${step}/${age ?? ''}/${searched}/${complexId ?? 0}`}
            label={searched === '' ? REPAIR_STEP_WORD[step] : text.searched}
            columns={searched === '' ? JOB_COLUMNS : FOUND_COLUMNS}
            rowId={({ id }) => String(id)}
            page={page}
            onError={setError}
            empty={searched === '' ? text.emptyStep : text.emptySearch}
            onOpen={({ id }) => goTo({ screen: 'repairs', path: [id] })}
          />
        </section>
      </div>
    </Page>
  )
}

type HeadProps = { readonly step: RepairStep; readonly age: Age | undefined; readonly column: Column | undefined }

function StepHead({ step, age, column }: HeadProps) {
  const { today } = useScope()
  return (
    <p className="repair-board-head">
      <strong id="repair-board-title">{REPAIR_STEP_WORD[step]}</strong>
      {column !== undefined && (
        <span className="quiet">
          {text.summary(column.count, waitedDays(column.oldestOn, today))} <Money fen={column.amountFen} />
        </span>
      )}
      {age !== undefined && (
        <>
          <span>{text.summaryOfAge(column?.[age] ?? 0, age)}</span>
          <Go to={{ screen: 'repairs', query: { step } }}>{text.everyAge}</Go>
        </>
      )}
    </p>
  )
}
