/**
 * Covers the page until the password is given again. A native modal dialog: it stands above every other layer (open
 * dialogs, menus), everything behind it is inert, and nothing behind it is taken down.
 */
import { useEffect, useRef, useState } from 'react'
import { Button, Form, Input } from 'antd'
import { api, client, queryClient } from '../client.ts'
import { frameText, sessionText } from '../messages/frame.ts'
import { Icon } from '../parts/icon.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import type { Person } from '../session.tsx'

type Props = { readonly person: Person; readonly office: string | null }

export function LockScreen({ person, office }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [form] = Form.useForm<{ password: string }>()
  const [error, setError] = useState<unknown>(null)

  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    form.focusField('password')
    return () => element?.close()
  }, [form])

  async function unlock({ password }: { readonly password: string }): Promise<void> {
    try {
      await client.session.unlock.mutate({ password })
      await queryClient.invalidateQueries()
    } catch (refusal) {
      setError(refusal)
      form.setFieldValue('password', '')
      form.focusField('password')
    }
  }

  async function leave(): Promise<void> {
    await client.session.signOut.mutate()
    await queryClient.invalidateQueries({ queryKey: api.session.state.queryKey() })
  }

  return (
    // closedby="none": Esc must not open the page again.
    <dialog
      ref={dialog}
      className="lock"
      aria-labelledby="lock-title"
      closedby="none"
      onCancel={(event) => event.preventDefault()}
    >
      <div className="gate">
        <p className="gate-brand">{frameText.product}</p>
        <p>{office}</p>
        <h1 id="lock-title">
          <Icon name="lock" /> {sessionText.lockedTitle}
        </h1>
        <p className="quiet">{sessionText.lockedHint}</p>
        <Form form={form} name="unlock" layout="vertical" className="gate-form" onFinish={unlock}>
          {/* Tells password managers whose password this is. */}
          <input hidden name="username" autoComplete="username" value={person.login} readOnly />
          <Form.Item
            name="password"
            label={`${person.name} · ${sessionText.password}`}
            rules={[{ required: true, message: sessionText.passwordMissing }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {error !== null && <ProblemNote error={error} />}
          <Button type="primary" htmlType="submit" block>
            {sessionText.unlock}
          </Button>
          <Button type="link" onClick={leave} block>
            {sessionText.otherPerson}
          </Button>
        </Form>
      </div>
    </dialog>
  )
}
