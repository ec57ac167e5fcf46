/** The whole office in one go: what to do for which quarter, then the job with progress, cancel and its table. */
import { useState } from 'react'
import { Modal, Radio, Select } from 'antd'
import { addQuarters, quarterInChinese, type Quarter } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useMay } from '../../session.tsx'

type Action = keyof typeof noticeText.batch.actions

const START: Readonly<Record<Action, (quarter: Quarter) => Promise<{ readonly jobId: string }>>> = {
  draw: (quarter) => client.disclosure.drawAll.mutate({ quarter }),
  request: (quarter) => client.disclosure.requestAll.mutate({ quarter }),
  publish: (quarter) => client.disclosure.publishAll.mutate({ quarter }),
}

/** Nobody publishes older quarters by the hundred. */
const QUARTERS_OFFERED = 8

type Props = { readonly proposed: Quarter; readonly onClose: () => void }

export function Batch({ proposed, onClose }: Props) {
  const text = noticeText.batch
  const mayRequest = useMay('preparer')
  const mayPublish = useMay('reviewer', 'head')
  const [quarter, setQuarter] = useState(proposed)
  const [action, setAction] = useState<Action>('draw')
  const [job, setJob] = useState<string>()
  const [error, setError] = useState<unknown>(null)
  const may: Readonly<Record<Action, boolean>> = { draw: true, request: mayRequest, publish: mayPublish }
  const actions = (['draw', 'request', 'publish'] as const).filter((each) => may[each])

  async function start(): Promise<void> {
    setError(null)
    try {
      setJob((await START[action](quarter)).jobId)
    } catch (refusal) {
      setError(refusal)
    }
  }

  if (job !== undefined) {
    return <JobDialog title={text.jobTitle(text.jobs[action], quarterInChinese(quarter))} jobId={job} onClose={onClose} />
  }
  return (
    <Modal
      open
      title={text.title}
      okText={text.start}
      cancelText={text.cancel}
      onOk={start}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <div className="notice-batch">
        <p className="quiet">{text.hint}</p>
        <Select
          aria-label={text.quarter}
          value={quarter}
          onChange={setQuarter}
          options={Array.from({ length: QUARTERS_OFFERED }, (_, index) => addQuarters(proposed, -index)).map((each) => ({
            value: each, label: quarterInChinese(each),
          }))}
        />
        <div role="radiogroup" aria-label={text.action} className="notice-batch-actions">
          {actions.map((each) => (
            <Radio key={each} checked={action === each} onChange={() => setAction(each)}>{text.actions[each]}</Radio>
          ))}
        </div>
        {error !== null && <ProblemNote error={error} />}
      </div>
    </Modal>
  )
}
