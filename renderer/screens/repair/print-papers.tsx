/** 打印: the papers of a job that can be printed at its step, one by one or all together. */
import { useState } from 'react'
import { Button, Dropdown } from 'antd'
import { printablePapers, PRINTED_PAPER_WORD, type PrintedPaper } from '#core/repair/printed-papers.ts'
import { client } from '../../client.ts'
import { printText as text } from '../../messages/contractor.ts'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Card } from './job.tsx'

export function PrintPapers({ card }: { readonly card: Card }) {
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const papers = printablePapers(card.state)

  async function print(chosen: readonly PrintedPaper[]): Promise<void> {
    setRefusal(null)
    try {
      const started = await client.repairPaper.print.mutate({ id: card.repair.id, papers: [...chosen] })
      setJobId(started.jobId)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  const items = [
    ...papers.map((paper) => ({ key: paper, label: PRINTED_PAPER_WORD[paper], onClick: () => void print([paper]) })),
    { type: 'divider' as const, key: 'rule' },
    { key: 'all', label: text.all, onClick: () => void print(papers) },
  ]
  return (
    <>
      {refusal !== null && <ProblemNote error={refusal} />}
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button icon={<Icon name="print" />}>{text.print}</Button>
      </Dropdown>
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </>
  )
}
