/** One batch: what it rests on, and every lot with its bids, award, agreement and certificates. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { PlacingBatchId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { api, client } from '../../client.ts'
import { placingText as text } from '../../messages/placing.ts'
import { Facts } from '../../parts/facts.tsx'
import { FileList } from '../../parts/file-drop.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useShortcut } from '../../shortcuts.ts'
import { BatchStateTag } from './placing-list.tsx'
import { PlacingLotPart } from './placing-lot.tsx'

export type Batch = Answers['placing']['get']

export function PlacingPlace({ id }: { readonly id: PlacingBatchId }) {
  const { data: batch, error } = useQuery(api.placing.get.queryOptions({ id }))
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)

  async function print(): Promise<void> {
    try {
      const job = await client.placing.print.mutate({ id })
      setJobId(job.jobId)
    } catch (problem) {
      setRefusal(problem)
    }
  }
  useShortcut('P', text.print, () => void print(), { isOn: batch !== undefined })
  return (
    <Page
      title={batch === undefined ? text.title : `${batch.number} ${batch.title}`}
      actions={
        <Button icon={<Icon name="print" />} disabled={batch === undefined} onClick={() => void print()}>{text.print}</Button>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {refusal !== null && <ProblemNote error={refusal} />}
      {batch !== undefined && (
        <>
          <BatchFacts batch={batch} />
          {batch.lots.map((lot) => <PlacingLotPart key={lot.id} lot={lot} />)}
        </>
      )}
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function BatchFacts({ batch }: { readonly batch: Batch }) {
  const { facts } = text
  const decision = { sha256: batch.decisionSha256, name: batch.decisionName }
  const limits = [
    ...(batch.lotsPerBank === null ? [] : [text.lotsPerBank(batch.lotsPerBank)]),
    ...(batch.shareLimitMicro === null ? [] : [text.shareLimit(formatPercent(batch.shareLimitMicro))]),
  ]
  return (
    <Facts
      facts={[
        { label: text.columns.state, value: <BatchStateTag state={batch.state} /> },
        { label: facts.book, value: batch.bookName },
        { label: facts.total, value: <Money fen={batch.totalFen} /> },
        { label: facts.minimumRate, value: text.rate(formatPercent(batch.minimumRateMicro)) },
        { label: text.columns.awarded, value: <Money fen={batch.totals.awardedFen} /> },
        { label: text.columns.placed, value: <Money fen={batch.totals.placedFen} /> },
        { label: facts.opensOn, value: batch.opensOn },
        {
          label: facts.limits,
          value: limits.length === 0 ? text.noLimits : limits.map((limit) => <div key={limit}>{limit}</div>),
        },
        { label: facts.recorder, value: batch.recorder },
        {
          label: facts.decision,
          value: <>{batch.decisionNo} {batch.decidedOn}<FileList files={[decision]} /></>,
        },
      ]}
    />
  )
}
