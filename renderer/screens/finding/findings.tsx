/** 疑点: what the ledger found about itself, filtered; the self-check over a period, and the list of a period on paper. */
import { useCallback, useState } from 'react'
import { Button } from 'antd'
import { FINDING_LEVEL_WORD } from '#core/checks/finding.ts'
import { FINDING_STATE_WORD } from '#core/checks/standing.ts'
import { client } from '../../client.ts'
import { findingText as text, LEVEL_ICON, LEVEL_TONE, STATE_ICON } from '../../messages/finding.ts'
import { inGivenOrder } from '../../parts/given-order.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import { CheckDialog } from './check-dialog.tsx'
import { CheckRuns } from './check-runs.tsx'
import { choiceIn, FindingFilter } from './finding-filter.tsx'
import { FindingPane } from './finding-pane.tsx'
import './finding.css'

type Finding = Answers['finding']['list'][number]

const { columns: heads } = text

const COLUMNS = inGivenOrder<Finding>([
  drawn<Finding>({ headerName: heads.level, width: 76 }, ({ level }) => (
    <StateTag icon={LEVEL_ICON[level]} tone={LEVEL_TONE[level]} word={FINDING_LEVEL_WORD[level]} />
  )),
  { field: 'title', headerName: heads.title, type: 'text', width: 150, flex: 0 },
  { field: 'message', headerName: heads.message, type: 'text', minWidth: 180, flex: 1 },
  { field: 'complexName', headerName: heads.complex, width: 84 },
  { field: 'amountFen', headerName: heads.amount, type: 'money', width: 110 },
  drawn<Finding>({ headerName: heads.state, width: 90 }, ({ state }) => (
    <StateTag icon={STATE_ICON[state]} word={FINDING_STATE_WORD[state]} />
  )),
])

export function Findings({ query }: ScreenProps) {
  const { complexId, today } = useScope()
  const choice = choiceIn(query)
  const { state, level, rule, repairId, from, to } = choice
  const mayCheck = useMay('preparer', 'bookkeeper', 'reviewer', 'reconciler', 'head', 'inspector')
  const [current, setCurrent] = useState<Finding>()
  const [version, setVersion] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const [isAsking, setAsking] = useState(false)
  const [job, setJob] = useState<{ readonly id: string; readonly title: string } | null>(null)
  useShortcut('Ctrl+N', text.check, () => setAsking(true), { isOn: mayCheck && !isAsking && job === null })
  const page = useCallback(
    (last: Finding | undefined, limit: number) =>
      client.finding.list.query({ complexId, state, level, rule, repairId, from, to, limit, before: last?.id }),
    [complexId, state, level, rule, repairId, from, to],
  )
  const reload = () => {
    setCurrent(undefined)
    setVersion((before) => before + 1)
  }
  return (
    <Page
      title={text.title}
      hint={text.hint}
      body="fill"
      actions={
        <>
          <Button
            title={text.printHint}
            onClick={async () => {
              try {
                const { jobId } = await client.finding.print.mutate({ complexId, from, to: to ?? today })
                setJob({ id: jobId, title: text.printing })
              } catch (refusal) {
                setError(refusal)
              }
            }}
          >
            {text.print}
          </Button>
          {mayCheck && <Button type="primary" onClick={() => setAsking(true)}>{text.check}</Button>}
        </>
      }
      toolbar={<FindingFilter choice={choice} onChange={() => setCurrent(undefined)} />}
    >
      {error !== null && <ProblemNote error={error} />}
      <div className="finding-beside">
        <PagedGrid
          key={`${version}-${complexId ?? ''}-${Object.values(choice).join(' ')}`}
          label={text.list}
          columns={COLUMNS}
          rowId={(row: Finding) => String(row.id)}
          empty={text.empty}
          page={page}
          onError={setError}
          onCurrent={setCurrent}
        />
        <aside aria-label={text.title}>
          {current === undefined
            ? (
              <>
                <p className="quiet">{text.choose}</p>
                <CheckRuns onJob={(id) => setJob({ id, title: text.printing })} onError={setError} />
              </>
            )
            : <FindingPane key={current.id} finding={current} onChanged={reload} />}
        </aside>
      </div>
      {isAsking && (
        <CheckDialog
          onStarted={(id) => {
            setAsking(false)
            setJob({ id, title: text.checking })
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {job !== null && (
        <JobDialog
          title={job.title}
          jobId={job.id}
          onClose={() => {
            setJob(null)
            reload()
          }}
        />
      )}
    </Page>
  )
}
