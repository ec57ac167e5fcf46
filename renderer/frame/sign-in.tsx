/** Signing in, keyboard first: name, Tab, password, Enter. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { api, client, queryClient } from '../client.ts'
import { forgetKept } from '../kept.ts'
import { frameText, sessionText } from '../messages/frame.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import type { SessionState } from '../records.ts'

type Fields = { readonly login: string; readonly password: string }

/** Kept drafts belong to whoever typed them: another person signing in starts with nothing. */
let lastLogin = ''

export function SignIn({ ledger }: { readonly ledger: SessionState['ledger'] }) {
  const [form] = Form.useForm<Fields>()
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function enter(fields: Fields): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      const person = await client.session.signIn.mutate(fields)
      if (person.login !== lastLogin) forgetKept()
      lastLogin = person.login
      queryClient.removeQueries({ predicate: ({ queryHash }) => queryHash !== STATE_HASH })
      await queryClient.invalidateQueries({ queryKey: api.session.state.queryKey() })
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
      form.setFieldValue('password', '')
      form.focusField('password')
    }
  }

  return (
    <main className="gate">
      <p className="gate-brand">{frameText.product}</p>
      <p className="quiet">{frameText.purpose}</p>
      <h1>{ledger.office ?? frameText.noOffice}</h1>
      {ledger.notice !== null && <p className="gate-notice">{ledger.notice}</p>}
      <Form form={form} name="sign-in" layout="vertical" className="gate-form" onFinish={enter}>
        <Form.Item name="login" label={sessionText.login} rules={[{ required: true, message: sessionText.loginMissing }]}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={sessionText.password}
          rules={[{ required: true, message: sessionText.passwordMissing }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {error !== null && <ProblemNote error={error} />}
        <Button type="primary" htmlType="submit" loading={isBusy} block>
          {sessionText.signIn}
        </Button>
      </Form>
    </main>
  )
}

const STATE_HASH = JSON.stringify(api.session.state.queryKey())
