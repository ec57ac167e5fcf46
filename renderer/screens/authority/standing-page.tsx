/** One standing authorisation: its terms, its paper, what is left of it; confirming and ending. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { UseAuthorisationId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { standingText as text } from '../../messages/authority.ts'
import { Facts } from '../../parts/facts.tsx'
import { FileList } from '../../parts/file-drop.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { StandingState } from './standing-list.tsx'

export function StandingPage({ id }: { readonly id: UseAuthorisationId }) {
  const { today } = useScope()
  const { data: standing, error } = useQuery(api.authority.get.queryOptions({ id }))
  const [refusal, setRefusal] = useState<unknown>(null)
  const [isEnding, setEnding] = useState(false)
  const mayConfirm = useMay('reviewer', 'head')
  const mayEnd = useMay('preparer', 'reviewer', 'head')
  if (standing === undefined) return <Page title={text.title}>{error === null ? null : <ProblemNote error={error} />}</Page>
  const { facts } = text

  async function confirm(): Promise<void> {
    setRefusal(null)
    try {
      await client.authority.confirm.mutate({ id })
      await refreshAll()
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  return (
    <Page
      title={text.detailTitle(standing.number, standing.title)}
      hint={<StandingState standing={standing} today={today} />}
      actions={
        <>
          {standing.state !== 'ended' && mayEnd && <Button onClick={() => setEnding(true)}>{text.end}</Button>}
          {standing.state === 'recorded' && mayConfirm && (
            <Button type="primary" title={text.confirmHint} onClick={() => void confirm()}>{text.confirm}</Button>
          )}
        </>
      }
    >
      {refusal !== null && <ProblemNote error={refusal} />}
      <Facts
        facts={[
          { label: facts.complex, value: standing.complexName },
          { label: facts.scope, value: standing.scopeText },
          { label: facts.term, value: text.termOf(standing.from, standing.to) },
          { label: facts.perJob, value: <Money fen={standing.perJobFen} /> },
          { label: facts.total, value: <Money fen={standing.totalFen} /> },
          { label: facts.used, value: <Money fen={standing.usedFen} /> },
          { label: facts.left, value: <Money fen={standing.leftFen} /> },
          { label: facts.jobs, value: text.jobsOf(standing.jobs) },
          { label: facts.by, value: standing.recordedBy },
          ...(standing.confirmedBy === null ? [] : [{ label: facts.confirmed, value: standing.confirmedBy }]),
          ...(standing.voteNumber === null ? [] : [{ label: facts.vote, value: standing.voteNumber }]),
          ...(standing.endReason === '' ? [] : [{ label: facts.ended, value: standing.endReason }]),
          { label: facts.parts, value: standing.parts.join('、'), wide: true },
          {
            label: facts.decision, wide: true,
            value: <FileList files={[{ sha256: standing.sha256, name: standing.fileName }]} />,
          },
        ]}
      />
      {isEnding && (
        <ReasonDialog
          title={text.end}
          verb={text.end}
          hint={text.endHint}
          words={text.reason}
          onReason={async (reason) => {
            await client.authority.end.mutate({ id, reason })
            await refreshAll()
          }}
          onClose={() => setEnding(false)}
        />
      )}
    </Page>
  )
}
