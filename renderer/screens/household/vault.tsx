/** The office's passphrase for owners' names: set up once, asked for when the program starts, changed, closed. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api, client, refreshAll } from '../../client.ts'
import { vaultText as text } from '../../messages/household.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Icon } from '../../parts/icon.tsx'
import { validated } from '../../parts/validated.ts'
import { useMay } from '../../session.tsx'

type Doing = 'setUp' | 'open' | 'change'
type Values = { readonly before?: string; readonly passphrase: string }

const LEAST = 12

export function useVault() {
  return useQuery(api.household.vault.queryOptions()).data
}

/** What can be done about the vault now, as one button. */
export function VaultButton() {
  const state = useVault()
  const [doing, setDoing] = useState<Doing>()
  const isAdministrator = useMay('administrator')
  if (state === undefined) return null
  return (
    <>
      {state === 'none' && (isAdministrator
        ? <Button icon={<Icon name="lock" />} onClick={() => setDoing('setUp')}>{text.none}</Button>
        : <span className="quiet">{text.noneForOthers}</span>)}
      {state === 'closed' && (
        <Button icon={<Icon name="lock" />} onClick={() => setDoing('open')}>{text.closed}</Button>
      )}
      {state === 'open' && (
        <span className="vault-open">
          <Icon name="check" />
          {text.opened}
          <Button size="small" onClick={() => void client.household.closeVault.mutate().then(refreshAll)}>{text.close}</Button>
          {isAdministrator && <Button size="small" onClick={() => setDoing('change')}>{text.change}</Button>}
        </span>
      )}
      {doing !== undefined && <VaultDialog doing={doing} onClose={() => setDoing(undefined)} />}
    </>
  )
}

const TITLE: Readonly<Record<Doing, { readonly title: string; readonly verb: string; readonly hint: string }>> = {
  setUp: { title: text.setUpTitle, verb: text.setUp, hint: text.setUpHint },
  open: { title: text.openTitle, verb: text.unlock, hint: text.openHint },
  change: { title: text.changeTitle, verb: text.changeVerb, hint: text.setUpHint },
}

function VaultDialog({ doing, onClose }: { readonly doing: Doing; readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>()
  const { title, verb, hint } = TITLE[doing]
  const isNew = doing !== 'open'

  async function write(): Promise<void> {
    const { passphrase, before = '' } = await validated(form)
    if (doing === 'setUp') await client.household.setUpVault.mutate({ passphrase })
    else if (doing === 'open') await client.household.openVault.mutate({ passphrase })
    else await client.household.changePassphrase.mutate({ before, after: passphrase })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={title} verb={verb} onWrite={write} onClose={onClose}>
      <p className="quiet">{hint}</p>
      <Form form={form} layout="vertical">
        {doing === 'change' && (
          <Form.Item name="before" label={text.before} rules={[{ required: true, message: text.missing }]}>
            <Input.Password autoComplete="off" autoFocus />
          </Form.Item>
        )}
        <Form.Item
          name="passphrase"
          label={doing === 'change' ? text.after : text.passphrase}
          rules={[{ required: true, message: text.missing }, ...(isNew ? [{ min: LEAST, message: text.short }] : [])]}
        >
          <Input.Password autoComplete="new-password" autoFocus={doing !== 'change'} />
        </Form.Item>
        {isNew && (
          <Form.Item
            name="again"
            label={text.again}
            dependencies={['passphrase']}
            rules={[{
              validator: async (_, again) => {
                if (again !== form.getFieldValue('passphrase')) throw new Error(text.differs)
              },
            }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        )}
      </Form>
    </ConfirmWrite>
  )
}
