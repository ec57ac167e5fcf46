/** A notice in hand: by its file or by the code at its foot. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { client } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Go } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { uploadFile } from '../../upload.ts'
import { Differences } from './differences.tsx'
import { NoticeSections } from './sections.tsx'

type Checked = Answers['disclosure']['checkCode']

export function CheckPlace() {
  const text = noticeText.check
  const [form] = Form.useForm<{ code: string }>()
  const { problem, attempt } = useFormProblems(form)
  const [checked, setChecked] = useState<Checked>()
  async function checkCode({ code }: { code: string }): Promise<void> {
    setChecked(undefined)
    await attempt(async () => setChecked(await client.disclosure.checkCode.mutate({ code })))
  }
  async function checkFile(file: File): Promise<void> {
    setChecked(undefined)
    const { token } = await uploadFile(file)
    setChecked(await client.disclosure.checkFile.mutate({ token }))
  }
  return (
    <Page title={text.title} hint={text.hint} toolbar={<NoticeSections current="check" />}>
      <div className="notice-check">
        <FileDrop onFile={checkFile} accept=".pdf" label={text.file} hint={text.fileHint} />
        <p className="quiet">{text.or}</p>
        <Form form={form} layout="vertical" onFinish={checkCode}>
          {problem !== null && <ProblemNote problem={problem} />}
          <Form.Item
            name="code"
            label={text.code}
            extra={text.codeHint}
            rules={[{ required: true, whitespace: true, message: text.codeHint }]}
          >
            <Input placeholder={text.codeExample} autoFocus maxLength={120} />
          </Form.Item>
          <Button type="primary" htmlType="submit">{text.byCode}</Button>
        </Form>
        {checked !== undefined && <Verdict checked={checked} />}
      </div>
    </Page>
  )
}

function Verdict({ checked }: { readonly checked: Checked }) {
  const text = noticeText.check
  const { check, isGenuine } = checked
  return (
    <section className={`notice-verdict tone-${isGenuine ? 'good' : 'bad'}`} aria-live="polite">
      <h2>
        {isGenuine
          ? <StateTag tone="good" icon="check" word={text.genuine} />
          : <StateTag tone="bad" icon="cross" word={text.notGenuine} />}
      </h2>
      {checked.text.map((line) => <p key={line}>{line}</p>)}
      {check.kind === 'known' && check.differences.length > 0 && (
        <Differences
          differences={check.differences}
          before={noticeText.versions.before(check.version.version)}
          after={noticeText.versions.now}
        />
      )}
      {'version' in check && (
        <p>
          <Go
            to={{
              screen: 'disclosure',
              scope: { complex: check.version.complexId, quarter: check.version.quarter },
              query: { version: String(check.version.version) },
            }}
          >
            {text.open}
          </Go>
        </p>
      )}
    </section>
  )
}
