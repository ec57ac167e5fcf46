/** The parties the office deals with: contractors, advertisers, tenants. */
import { useState } from 'react'
import { Button, Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { api, client, refreshAll } from '../../client.ts'
import { complexText as text } from '../../messages/complex.ts'
import { COUNTERPARTY_KIND_WORD } from '../../messages/words.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ListSearch } from '../../parts/list-search.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { searchTextOf } from '../../parts/search-text.ts'
import { validated } from '../../parts/validated.ts'
import type { Counterparties } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { ComplexSections } from './complex-list.tsx'

type Party = Counterparties[number]
type Values = {
  readonly kind: Party['kind']
  readonly name: string
  readonly pinyin: string
  readonly bankName: string
  readonly bankAccount: string
}

const COLUMNS: readonly ColDef<Party>[] = [
  // `slhy` finds 示例花园.
  { field: 'name', headerName: text.name, type: 'text', getQuickFilterText: ({ data }) => searchTextOf(data) },
  { headerName: text.kind, width: 110, valueGetter: ({ data }) => (data === undefined ? '' : COUNTERPARTY_KIND_WORD[data.kind]) },
  { field: 'bankName', headerName: text.bankName, type: 'text' },
  { field: 'bankAccount', headerName: text.bankAccount, width: 220 },
]

const KIND_OPTIONS = (['company', 'publicBody', 'individual'] as const).map((kind) => ({
  value: kind,
  label: COUNTERPARTY_KIND_WORD[kind],
}))

export function PartyList({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const parties = useQuery(api.complex.counterparties.queryOptions())
  const mayWrite = useMay('preparer', 'bookkeeper', 'head', 'administrator')
  const mayPay = useMay('bookkeeper', 'head', 'administrator')
  const [isOpen, setOpen] = useState(false)
  const [changed, setChanged] = useState<Party | null>(null)
  useShortcut('Ctrl+N', text.createParty, () => setOpen(true), { isOn: mayWrite })
  return (
    <Page
      title={text.title}
      body="fill"
      actions={
        mayWrite && (
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen(true)}>
            {text.createParty}
          </Button>
        )
      }
      toolbar={
        <>
          <ComplexSections current="parties" />
          <ListSearch className="complex-search" label={text.search} text={query['text']} />
        </>
      }
    >
      {parties.error !== null && <ProblemNote error={parties.error} />}
      <Grid
        label={text.sections.parties}
        columns={COLUMNS}
        rows={parties.data}
        rowId={({ id }) => String(id)}
        empty={text.emptyParties}
        search={query['text'] ?? ''}
        {...(mayPay && { onOpen: setChanged })}
      />
      {changed !== null && <AccountDialog party={changed} onClose={() => setChanged(null)} />}
      {isOpen && <PartyDialog onClose={() => setOpen(false)} />}
    </Page>
  )
}

/** Where the party is paid; a party that an award brought along has no account yet. */
function AccountDialog({ party, onClose }: { readonly party: Party; readonly onClose: () => void }) {
  const [form] = Form.useForm<Pick<Values, 'bankName' | 'bankAccount'>>()

  async function write(): Promise<void> {
    await client.complex.setCounterpartyAccount.mutate({ id: party.id, ...await validated(form) })
    await refreshAll()
  }
  const rules = [{ required: true, whitespace: true, message: text.required }]
  return (
    <ConfirmWrite title={text.partyAccount(party.name)} verb={text.save} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.partyAccountHint}</p>
      <Form form={form} layout="vertical" className="two-columns" initialValues={party}>
        <Form.Item name="bankName" label={text.bankName} rules={rules}><Input autoFocus /></Form.Item>
        <Form.Item name="bankAccount" label={text.bankAccount} rules={rules}><Input /></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

function PartyDialog({ onClose }: { readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>()

  async function write(): Promise<void> {
    await client.complex.addCounterparty.mutate(await validated(form))
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.createParty} verb={text.save} onWrite={write} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={{ kind: 'company', pinyin: '', bankName: '', bankAccount: '' }}
      >
        <Form.Item name="name" label={text.name} rules={[{ required: true, whitespace: true, message: text.required }]}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="kind" label={text.kind} rules={[{ required: true }]}><Select options={KIND_OPTIONS} /></Form.Item>
        <Form.Item name="bankName" label={text.bankName}><Input /></Form.Item>
        <Form.Item name="bankAccount" label={text.bankAccount}><Input /></Form.Item>
        <Form.Item name="pinyin" label={text.pinyin}><Input placeholder={text.pinyinHint} /></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}
