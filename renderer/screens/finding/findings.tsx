/** 疑点: what the ledger found about itself, by level and state; the self-check over a period and its list on paper. */
import { useCallback, useState } from 'react'
import { Button, Segmented } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { FINDING_LEVELS, FINDING_LEVEL_WORD, type FindingLevel } from '#core/checks/finding.ts'
import { FINDING_STATES, FINDING_STATE_WORD, type FindingState } from '#core/checks/standing.ts'
import { api, client } from '../../client.ts'
import { chinaTime } from '../../instant.ts'
import { findingText as text, LEVEL_ICON, LEVEL_TONE, STATE_ICON } from '../../messages/finding.ts'
import { inGivenOrder } from '../../parts/given-order.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import { CheckDialog } from './check-dialog.tsx'
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

function levelOf(value: string | undefined): FindingLevel | undefined {
  return FINDING_LEVELS.find((level) => level === value)
}

function stateOf(value: string | undefined): FindingState | undefined {
  return FINDING_STATES.find((state) => state === value)
}

export function Findings({ query }: ScreenProps) {
  const { complexId } = useScope()
  const level = levelOf(query['level'])
  const state = stateOf(query['state'])
  const mayCheck = useMay('preparer', 'bookkeeper', 'reviewer', 'reconciler', 'head', 'inspector')
  const [current, setCurrent] = useState<Finding>()
  const [version, setVersion] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const [isAsking, setAsking] = useState(false)
  const [job, setJob] = useState<{ readonly id: string; readonly title: string } | null>(null)
  const { data: counts } = useQuery(api.finding.counts.queryOptions({ complexId }))
  const { data: runs } = useQuery(api.finding.runs.queryOptions({ limit: 1 }))
  useShortcut('Ctrl+N', text.check, () => setAsking(true), { isOn: mayCheck && !isAsking && job === null })
  const page = useCallback(
    (last: Finding | undefined, limit: number) => client.finding.list.query({
      complexId, limit, ...(level !== undefined && { level }), ...(state !== undefined && { state }),
      ...(last !== undefined && { before: last.id }),
    }),
    [complexId, level, state],
  )
  const reload = () => {
    setCurrent(undefined)
    setVersion((before) => before + 1)
  }
  const counted = (of: FindingState) => {
    const count = counts?.filter((one) => one.state === of).reduce((sum, one) => sum + one.count, 0) ?? 0
    return count === 0 ? FINDING_STATE_WORD[of] : `${FINDING_STATE_WORD[of]} ${count}`
  }
  const [run] = runs ?? []
  return (
    <Page
      title={text.title}
      hint={text.hint}
      body="fill"
      actions={
        <>
          <Button
            onClick={async () => {
              try {
                const { jobId } = await client.finding.print.mutate({ complexId })
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
      toolbar={
        <>
          <Segmented
            aria-label={text.state}
            value={state ?? ''}
            options={[{ value: '', label: text.waiting }, ...FINDING_STATES.map((value) => ({ value, label: counted(value) }))]}
            onChange={(value) => {
              setCurrent(undefined)
              refine({ state: value })
            }}
          />
          <Segmented
            aria-label={text.level}
            value={level ?? ''}
            options={[
              { value: '', label: text.anyLevel },
              ...FINDING_LEVELS.map((value) => ({ value, label: FINDING_LEVEL_WORD[value] })),
            ]}
            onChange={(value) => {
              setCurrent(undefined)
              refine({ level: value })
            }}
          />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {runs !== undefined && (
        <p className="quiet finding-run">
          {run === undefined ? text.neverRun : text.lastRun(chinaTime(run.at).slice(0, 16), run.actor, run.found)}
        </p>
      )}
      <div className="finding-beside">
        <PagedGrid
          key={`${version}-${state ?? ''}-${level ?? ''}-${complexId ?? ''}`}
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
            ? <p className="quiet">{text.choose}</p>
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
