/** A long action while it runs and when it has ended: how far, cancel, then its sentence, documents and rows. */
import { useState } from 'react'
import { Button, Modal, Progress } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api, client, queryClient } from '../client.ts'
import { partsText } from '../messages/parts.ts'
import type { JobStatus } from '../records.ts'
import { documentAddress } from '../upload.ts'
import { drawn } from './grid-columns.tsx'
import { Grid } from './grid.tsx'
import { Icon, type IconName } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'
import { StateTag, type Tone } from './state-tag.tsx'

type Result = NonNullable<JobStatus['result']>
type ResultRow = Result['rows'][number]

type Props = {
  readonly title: string
  readonly jobId: string
  readonly onClose: () => void
  /** Once, when it ended well: to open what was made. */
  readonly onDone?: (result: Result) => void
}

const POLL_MILLISECONDS = 400

const ROW_STATE: Readonly<Record<ResultRow['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  done: { tone: 'good', icon: 'check' },
  missing: { tone: 'due', icon: 'warning' },
  failed: { tone: 'bad', icon: 'cross' },
}

const ROW_COLUMNS = [
  { field: 'label', headerName: partsText.job.label, type: 'text' },
  drawn<ResultRow>({ field: 'state', headerName: partsText.job.state, width: 100 }, ({ state }) => (
    <StateTag {...ROW_STATE[state]} word={partsText.job.states[state]} />
  )),
  { field: 'note', headerName: partsText.job.note, type: 'text' },
] satisfies Parameters<typeof Grid<ResultRow>>[0]['columns']

export function JobDialog({ title, jobId, onClose, onDone }: Props) {
  const text = partsText.job
  const [isCancelling, setCancelling] = useState(false)
  const { data: job, error } = useQuery({
    ...api.job.status.queryOptions({ jobId }),
    queryFn: async () => {
      const status = await client.job.status.query({ jobId })
      if (status.state === 'done' && status.result !== null) {
        // What the job wrote is not in the lists read before it.
        void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== api.job.status.queryKey()[0] })
        onDone?.(status.result)
      }
      return status
    },
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? POLL_MILLISECONDS : false),
    refetchIntervalInBackground: true,
    staleTime: 'static',
  })
  const isRunning = error === null && (job === undefined || job.state === 'running')

  async function cancel(): Promise<void> {
    setCancelling(true)
    await client.job.cancel.mutate({ jobId })
  }

  const footer = isRunning
    ? <Button onClick={cancel} loading={isCancelling}>{text.cancel}</Button>
    : <Button type="primary" onClick={onClose} autoFocus>{text.close}</Button>
  return (
    <Modal
      open
      title={title}
      width={640}
      onCancel={onClose}
      closable={!isRunning}
      keyboard={!isRunning}
      mask={{ closable: false }}
      footer={footer}
    >
      <div className="job" aria-live="polite">
        {error !== null && <ProblemNote error={error} />}
        {isRunning && <JobProgress progress={job?.progress} />}
        {job?.state === 'cancelled' && <p>{text.cancelled}</p>}
        {job?.problem != null && <ProblemNote problem={job.problem} />}
        {job?.result != null && <JobOutcome result={job.result} />}
      </div>
    </Modal>
  )
}

function JobProgress({ progress }: { readonly progress: JobStatus['progress'] | undefined }) {
  const { done = 0, total = 0, label = '' } = progress ?? {}
  const percent = total === 0 ? 0 : Math.floor((done / total) * 100)
  return (
    <>
      <p>{label === '' ? partsText.job.preparing : label}</p>
      <Progress percent={percent} status="active" showInfo={false} aria-label={partsText.job.running} />
      <p className="quiet">{total === 0 ? '' : partsText.job.progress(done, total)}</p>
    </>
  )
}

function JobOutcome({ result }: { readonly result: Result }) {
  const text = partsText.job
  return (
    <>
      <p>{result.summary}</p>
      {result.documents.length > 0 && (
        <ul className="file-list" aria-label={text.documents}>
          {result.documents.map(({ id, name }) => (
            <li key={id}>
              <Icon name="file" />
              <a href={documentAddress(id)} download={name}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
      {result.rows.length > 0 && (
        <Grid
          label={text.rows}
          columns={ROW_COLUMNS}
          rows={result.rows}
          // Rows of a job never change once it has ended; two may read the same.
          rowId={(row) => String(result.rows.indexOf(row))}
          empty={text.emptyRows}
          height={Math.min(result.rows.length, 12)}
        />
      )}
    </>
  )
}
