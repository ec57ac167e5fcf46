/** A button that starts a printing job and shows it. */
import { useState } from 'react'
import { Button } from 'antd'
import { printText } from '../../messages/contractor.ts'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'

type Props = { readonly label: string; readonly start: () => Promise<{ readonly jobId: string }> }

export function PrintButton({ label, start }: Props) {
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)
  async function print(): Promise<void> {
    setRefusal(null)
    try {
      setJobId((await start()).jobId)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  return (
    <>
      {refusal !== null && <ProblemNote error={refusal} />}
      <Button icon={<Icon name="print" />} onClick={() => void print()}>{label}</Button>
      {jobId !== undefined && <JobDialog title={printText.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </>
  )
}
