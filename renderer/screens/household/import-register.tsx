/** A property register from a spreadsheet: drop it, see what was read and what is wrong, accept it whole. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { registerText as text } from '../../messages/household.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { documentAddress, uploadFile } from '../../upload.ts'
import { REQUIRED } from './facts-form.tsx'
import { RegisterPreviewPane } from './register-preview.tsx'
import { VaultButton } from './vault.tsx'

type Chosen = { readonly token: string; readonly jobId: string }
type Props = { readonly complexId: ComplexId; readonly name: string }

export function ImportRegister({ complexId, name }: Props) {
  const [chosen, setChosen] = useState<Chosen>()
  const [building, setBuilding] = useState('')
  const [isRead, setRead] = useState(false)
  const again = () => {
    setChosen(undefined)
    setRead(false)
  }

  async function take(file: File): Promise<void> {
    const { token } = await uploadFile(file)
    const { jobId } = await client.household.read.mutate({ complexId, token, ...(building.trim() !== '' && { building }) })
    setRead(false)
    setChosen({ token, jobId })
  }
  return (
    <Page
      title={text.title}
      hint={name}
      actions={
        <>
          <VaultButton />
          <TemplateButton />
          {isRead && <Button onClick={again}>{text.another}</Button>}
        </>
      }
    >
      {(chosen === undefined || !isRead) && (
        <div className="register-start">
          <FileDrop accept=".xlsx,.xls,.csv,.txt" label={text.drop} hint={text.dropHint} onFile={take} />
          <label className="one-building">
            <span>{text.oneBuilding}</span>
            <Input value={building} onChange={(event) => setBuilding(event.target.value)} maxLength={20} />
          </label>
        </div>
      )}
      {chosen !== undefined && !isRead && (
        <ReadingJob jobId={chosen.jobId} onRead={() => setRead(true)} onClose={again} />
      )}
      {chosen !== undefined && isRead && <ReadFile complexId={complexId} token={chosen.token} onAgain={again} />}
    </Page>
  )
}

/** Straight on to the preview when it was read; a refusal stays until it is closed. */
function ReadingJob({ jobId, onRead, onClose }: { jobId: string; onRead: () => void; onClose: () => void }) {
  return <JobDialog title={text.reading} jobId={jobId} onDone={onRead} onClose={onClose} />
}

function TemplateButton() {
  const [error, setError] = useState<unknown>(null)

  async function download(): Promise<void> {
    setError(null)
    try {
      const { id, name } = await client.household.template.mutate()
      const link = document.createElement('a')
      link.href = documentAddress(id)
      link.download = name
      link.click()
    } catch (thrown) {
      setError(thrown)
    }
  }
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <Button icon={<Icon name="download" />} onClick={() => void download()}>{text.template}</Button>
    </>
  )
}

type ReadProps = { readonly complexId: ComplexId; readonly token: string; readonly onAgain: () => void }
type Values = { readonly effectiveOn: BusinessDate; readonly reason: string }

function ReadFile({ complexId, token, onAgain }: ReadProps) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, attempt } = useFormProblems(form)
  const [jobId, setJobId] = useState<string>()
  const [isDone, setDone] = useState(false)
  const vault = useQuery(api.household.vault.queryOptions()).data
  const mayImport = useMay('bookkeeper', 'head', 'preparer')
  const { data: preview, error } = useQuery(
    // Once imported the file is gone; what is shown stays as it was accepted.
    api.household.readFile.queryOptions({ token }, { retry: false, enabled: jobId === undefined }),
  )
  const isSealed = preview?.hasOwners === true && vault !== 'open'
  const isReady = mayImport && jobId === undefined && preview !== undefined && preview.errorCount === 0 && preview.newCount > 0 &&
    !isSealed

  async function write(values: Values): Promise<void> {
    await attempt(async () => {
      const started = await client.household.import.mutate({ token, ...values })
      setJobId(started.jobId)
    })
  }
  useShortcut('Ctrl+Enter', text.write, form.submit, { isOn: isReady })

  return (
    <div className="register-preview">
      {error !== null && <ProblemNote error={error} />}
      {preview !== undefined && <RegisterPreviewPane preview={preview} isSealed={isSealed} />}
      {preview !== undefined && preview.errorCount === 0 && preview.newCount > 0 && (
        <Form
          form={form}
          layout="inline"
          className="import-entry"
          onFinish={write}
          initialValues={{ effectiveOn: today, reason: preview.file.name }}
        >
          {problem !== null && <ProblemNote problem={problem} />}
          <Form.Item name="effectiveOn" label={text.effectiveOn} rules={[{ required: true }]}><DateInput /></Form.Item>
          <Form.Item name="reason" label={text.reason} rules={REQUIRED} className="import-reason">
            <Input placeholder={text.reasonExample} maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" disabled={!isReady}>{text.write}</Button>
        </Form>
      )}
      {jobId !== undefined && (
        <JobDialog
          title={text.importing}
          jobId={jobId}
          onDone={() => setDone(true)}
          onClose={() => {
            if (isDone) goTo({ screen: 'complexes', path: [complexId, 'households'] })
            else onAgain()
          }}
        />
      )}
    </div>
  )
}
