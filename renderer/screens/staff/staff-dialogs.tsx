/** New person, roles, password, disabling. */
import { Checkbox, Form, Input } from 'antd'
import { roleConflicts, ROLES, type Role } from '#core/role.ts'
import { client, refreshAll } from '../../client.ts'
import { staffText as text } from '../../messages/staff.ts'
import { ROLE_WORD } from '../../messages/words.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import type { ListedPerson } from './staff.tsx'

type Props = { readonly person: ListedPerson; readonly onClose: () => void }

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]
const SHORTEST_PASSWORD = 8
const PASSWORD_RULES = [{ required: true, min: SHORTEST_PASSWORD, message: text.passwordShort }]
const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: ROLE_WORD[role] }))

/** Works as a form field; says which two roles one person may not hold (会计法 art. 35). */
function RoleTicks({ value = [], onChange }: {
  readonly value?: readonly Role[]
  readonly onChange?: (roles: readonly Role[]) => void
}) {
  return (
    <>
      <Checkbox.Group<Role>
        className="role-ticks"
        options={ROLE_OPTIONS}
        value={[...value]}
        onChange={(roles) => onChange?.(roles)}
      />
      {roleConflicts(new Set(value)).map(([one, other]) => (
        <p key={other}><StateTag icon="warning" tone="bad" word={text.conflict(ROLE_WORD[one], ROLE_WORD[other])} /></p>
      ))}
    </>
  )
}

type NewPerson = { readonly login: string; readonly name: string; readonly password: string; readonly roles: readonly Role[] }

export function AddPersonDialog({ onClose }: { readonly onClose: () => void }) {
  const [form] = Form.useForm<NewPerson>()

  async function write(): Promise<void> {
    const { roles, ...person } = await validated(form)
    await client.staff.add.mutate({ ...person, roles: [...roles] })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.create} verb={text.save} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ roles: [] }}>
        <Form.Item name="name" label={text.name} rules={REQUIRED}><Input autoFocus /></Form.Item>
        <Form.Item name="login" label={text.login} rules={REQUIRED}><Input autoComplete="off" /></Form.Item>
        <Form.Item name="password" label={text.password} extra={text.passwordHint} rules={PASSWORD_RULES}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="roles" label={text.roles} className="wide"><RoleTicks /></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

export function RolesDialog({ person, onClose }: Props) {
  const [form] = Form.useForm<{ roles: readonly Role[] }>()

  async function write(): Promise<void> {
    const { roles } = await validated(form)
    await client.staff.setRoles.mutate({ userId: person.id, roles: [...roles] })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={`${text.changeRoles} ${person.name}`} verb={text.save} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" initialValues={{ roles: person.roles }}>
        <Form.Item name="roles" label={text.roles}><RoleTicks /></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

type PasswordValues = { readonly old: string; readonly fresh: string; readonly again: string }

export function PasswordDialog({ person, isMe, onClose }: Props & { readonly isMe: boolean }) {
  const [form] = Form.useForm<PasswordValues>()

  async function write(): Promise<void> {
    const { old, fresh } = await validated(form)
    await client.staff.setPassword.mutate({ userId: person.id, old, new: fresh })
  }
  return (
    <ConfirmWrite
      title={`${isMe ? text.changePassword : text.resetPassword} ${person.name}`}
      verb={text.save}
      onWrite={write}
      onClose={onClose}
    >
      <Form form={form} layout="vertical">
        <Form.Item name="old" label={text.ownPassword} rules={[{ required: true, message: text.required }]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="fresh" label={text.newPassword} extra={text.passwordHint} rules={PASSWORD_RULES}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={text.again}
          dependencies={['fresh']}
          rules={[{
            validator: async (_, typed: unknown) => {
              if (typed !== form.getFieldValue('fresh')) throw new Error(text.notSame)
            },
          }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

export function StateDialog({ person, onClose }: Props) {
  const isActive = person.state === 'active'

  async function write(): Promise<void> {
    await client.staff.setState.mutate({ userId: person.id, state: isActive ? 'disabled' : 'active' })
    await refreshAll()
  }
  return (
    <ConfirmWrite
      title={`${isActive ? text.disable : text.enable} ${person.name}`}
      verb={isActive ? text.disable : text.enable}
      onWrite={write}
      onClose={onClose}
    >
      <p>{isActive ? text.disableHint : text.enableHint}</p>
    </ConfirmWrite>
  )
}
