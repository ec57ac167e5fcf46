/** A second person's name and password inside a form, as `second.login` and `second.password` (what the API asks for). */
import { Form, Input } from 'antd'
import { partsText } from '../messages/parts.ts'

export type SecondPersonValue = { readonly login: string; readonly password: string }

export function SecondPerson({ name = 'second' }: { readonly name?: string }) {
  const text = partsText.second
  return (
    <div className="second-person" role="group" aria-label={text.title}>
      <p className="group-title">{text.title}</p>
      <p className="quiet">{text.hint}</p>
      <Form.Item name={[name, 'login']} label={text.login} rules={[{ required: true, message: text.loginMissing }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name={[name, 'password']} label={text.password} rules={[{ required: true, message: text.passwordMissing }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </div>
  )
}
