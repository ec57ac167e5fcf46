/** Verify and backup: started here, followed and stopped in the job's dialog. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useSuspenseQuery } from '@tanstack/react-query'
import { api, client } from '../../client.ts'
import { settingText as text } from '../../messages/setting.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { validated } from '../../parts/validated.ts'
import { SettingSections } from './settings.tsx'

type Running = { readonly title: string; readonly jobId: string }

export function LedgerCare() {
  const { data } = useSuspenseQuery(api.setting.office.queryOptions())
  const [form] = Form.useForm<{ folder: string }>()
  const problems = useFormProblems(form)
  const [running, setRunning] = useState<Running>()

  const verify = () =>
    problems.attempt(async () => setRunning({ title: text.verifying, ...(await client.setting.verify.mutate()) }))
  const backUp = () =>
    problems.attempt(async () => {
      const { folder } = await validated(form)
      setRunning({ title: text.backingUp, ...(await client.setting.backUp.mutate({ folder })) })
    })
  return (
    <Page title={text.title} toolbar={<SettingSections current="care" />}>
      <div className="setting-care">
        <section>
          <h2>{text.verify}</h2>
          <p className="quiet">{text.verifyHint}</p>
          <Button onClick={verify}>{text.verify}</Button>
        </section>
        <section>
          <h2>{text.backup}</h2>
          <p className="quiet">{text.backupHint}</p>
          <Form form={form} layout="vertical" initialValues={{ folder: data.backupFolder }} onFinish={backUp}>
            <Form.Item name="folder" label={text.folder} rules={[{ required: true, whitespace: true, message: text.required }]}>
              <Input />
            </Form.Item>
            <Button htmlType="submit">{text.backup}</Button>
          </Form>
        </section>
        {problems.problem !== null && <ProblemNote problem={problems.problem} />}
      </div>
      {running !== undefined && <JobDialog title={running.title} jobId={running.jobId} onClose={() => setRunning(undefined)} />}
    </Page>
  )
}
