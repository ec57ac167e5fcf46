/** What waits for the person who is signed in, over all steps, whoever waits longest first; several can be reviewed in one go. */
import { useCallback, useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { nextRepairAction } from '#core/repair/repair-actions.ts'
import { api, client } from '../../client.ts'
import { boardText, inboxText as text } from '../../messages/repair-board.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { BatchReview } from './batch-review.tsx'
import { InboxPane } from './inbox-pane.tsx'
import { Due, rowsOf, type Row } from './job-columns.tsx'
import { RepairSections } from './sections.tsx'
import { stepOf, StepTable } from './step-table.tsx'

type Waiting = Answers['repairBoard']['waiting'][number]
type WaitingRow = Waiting & Row

const { columns: heads } = boardText

const COLUMNS = inGivenOrder<WaitingRow>([
  { field: 'number', headerName: heads.number, width: 112 },
  { field: 'stepWord', headerName: heads.step, width: 100 },
  { field: 'complexName', headerName: heads.complex, type: 'text', flex: 0, width: 92, minWidth: 80 },
  { field: 'title', headerName: heads.title, type: 'text' },
  { field: 'amountFen', headerName: heads.amount, type: 'money', width: 92 },
  { field: 'waits', headerName: heads.waits, width: 64, headerClass: 'head-right', cellClass: 'cell-number' },
  drawn<WaitingRow>({ headerName: text.note, width: 122 }, (row) => (
    row.ownStep === null
      ? <Due row={row} />
      : <span title={text.ownStep(row.ownStep)}><StateTag icon="blocked" word={text.byAnother} /></span>
  )),
])

function mayReview({ step, ownStep }: WaitingRow): boolean {
  return nextRepairAction(step) === 'checkEngineering' && ownStep === null
}

export function RepairInbox({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { complexId, today } = useScope()
  const isReviewer = useMay('reviewer', 'head')
  const inbox = useQuery(api.repairBoard.inbox.queryOptions({ complexId }))
  const step = stepOf(query['step'])
  const [error, setError] = useState<unknown>(null)
  const [current, setCurrent] = useState<WaitingRow>()
  const [ticked, setTicked] = useState<readonly WaitingRow[]>([])
  const [isReviewing, setReviewing] = useState(false)
  const [jobId, setJobId] = useState<string>()
  const [version, setVersion] = useState(0)
  useShortcut('Ctrl+Enter', text.review, () => setReviewing(true), { isOn: ticked.length > 0 && !isReviewing })

  const page = useCallback(async (last: WaitingRow | undefined, limit: number): Promise<readonly WaitingRow[]> => {
    setError(null)
    const jobs = await client.repairBoard.waiting.query({
      complexId, limit,
      ...(step !== undefined && { step }),
      ...(last !== undefined && { after: { since: last.since, id: last.id } }),
    })
    return rowsOf(jobs, today)
  }, [step, complexId, today])

  function readAnew(): void {
    setJobId(undefined)
    setTicked([])
    setCurrent(undefined)
    setVersion((before) => before + 1)
  }
  const shown = error ?? inbox.error
  const steps = inbox.data?.map((column) => column.step) ?? []
  return (
    <Page
      title={boardText.title}
      hint={text.hint}
      body="fill"
      actions={isReviewer && (
        <Button type="primary" disabled={ticked.length === 0} title={text.reviewHint} onClick={() => setReviewing(true)}>
          {ticked.length === 0 ? text.review : text.reviewCount(ticked.length)}
        </Button>
      )}
      toolbar={<RepairSections current="inbox" />}
    >
      <div className="repair-board">
        <div className="repair-board-steps">
          <StepTable
            steps={steps}
            columns={inbox.data}
            current={{ step: step ?? null, age: undefined }}
            targetOf={(each, age) => (age === null ? { screen: 'repairs', path: ['inbox'], query: { step: each } } : null)}
            all={{ screen: 'repairs', path: ['inbox'] }}
          />
          <InboxPane id={current?.id} />
        </div>
        <section className="repair-board-jobs" aria-label={text.list}>
          {shown !== null && <ProblemNote error={shown} />}
          <PagedGrid<WaitingRow>
            key={`${step ?? ''}/${complexId ?? 0}/${version}`}
            label={text.list}
            columns={COLUMNS}
            rowId={({ id }) => String(id)}
            page={page}
            onError={setError}
            empty={text.empty}
            onOpen={({ id }) => goTo({ screen: 'repairs', path: [id] })}
            onCurrent={setCurrent}
            {...(isReviewer && { onTicked: setTicked, mayTick: mayReview })}
          />
        </section>
      </div>
      {isReviewing && (
        <BatchReview ids={ticked.map(({ id }) => id)} onStarted={setJobId} onClose={() => setReviewing(false)} />
      )}
      {jobId !== undefined && <JobDialog title={text.review} jobId={jobId} onClose={readAnew} />}
    </Page>
  )
}
