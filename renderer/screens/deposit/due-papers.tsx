/** The due list on paper, and as a file for calendars: both of the complex in the scope. */
import { useState } from 'react'
import { Button } from 'antd'
import { client } from '../../client.ts'
import { dueWords } from '../../messages/due.ts'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'

export function DuePapers() {
  const { complexId } = useScope()
  const [job, setJob] = useState<{ readonly title: string; readonly jobId: string }>()
  const [error, setError] = useState<unknown>(null)

  async function start(title: string, begin: () => Promise<{ readonly jobId: string }>): Promise<void> {
    setError(null)
    try {
      setJob({ title, ...await begin() })
    } catch (refusal) {
      setError(refusal)
    }
  }

  const request = { until: null, complexId }
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <Button icon={<Icon name="print" />} onClick={() => void start(dueWords.printing, () => client.due.print.mutate(request))}>
        {dueWords.print}
      </Button>
      <Button
        icon={<Icon name="download" />}
        onClick={() => void start(dueWords.exporting, () => client.due.calendarFile.mutate(request))}
      >
        {dueWords.calendarFile}
      </Button>
      {job !== undefined && <JobDialog {...job} onClose={() => setJob(undefined)} />}
    </>
  )
}
