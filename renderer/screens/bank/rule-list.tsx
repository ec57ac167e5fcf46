/** The rules that suggest vouchers, every version with who set and approved it; a change needs a second person. */
import { useState } from 'react'
import { Button, Form, Input, Modal, Switch } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import type { ProposalKind } from '#core/statement/proposal.ts'
import { api, client, refreshAll } from '../../client.ts'
import { proposalText, ruleText } from '../../messages/bank.ts'
import { FUND_WORD } from '../../messages/words.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Grid } from '../../parts/grid.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useMay } from '../../session.tsx'
import type { ScreenProps } from '../index.ts'
import type { StoredRule } from './account.ts'

const { columns: heads } = ruleText
/** Rules that know the row by its payer: words only narrow them, and the account is not theirs to choose. */
const ANY_WORDS: Readonly<Record<ProposalKind, string>> = {
  interest: '', fee: '', contractIncome: ruleText.anyWords, contribution: ruleText.anyPayer,
}
const GIVEN_ACCOUNT: Readonly<Partial<Record<ProposalKind, string>>> = {
  contractIncome: ruleText.contractAccount, contribution: ruleText.householdAccount,
}
const COLUMNS: readonly ColDef<StoredRule>[] = [
  { headerName: heads.fund, width: 120, valueGetter: ({ data }) => (data === undefined ? '' : FUND_WORD[data.fundKind]) },
  { headerName: heads.kind, width: 100, valueGetter: ({ data }) => (data === undefined ? '' : proposalText.kinds[data.kind]) },
  {
    headerName: heads.words, type: 'text',
    valueGetter: ({ data }) => (data === undefined ? '' : data.matchWords.join('、') || ANY_WORDS[data.kind]),
  },
  {
    headerName: heads.account, width: 130,
    valueGetter: ({ data }) => (data === undefined ? '' : GIVEN_ACCOUNT[data.kind] ?? data.accountCode),
  },
  { field: 'version', headerName: heads.version, type: 'number', width: 70 },
  drawn<StoredRule>({ headerName: heads.state, width: 100 }, ({ isActive }) => isActive
    ? <StateTag icon="check" word={ruleText.active} />
    : <StateTag icon="blocked" word={ruleText.stopped} />),
  { headerName: heads.by, width: 110, valueGetter: ({ data }) => (data?.setBy === '' ? ruleText.shipped : data?.setBy) },
  { field: 'approvedBy', headerName: heads.approved, width: 90 },
  { field: 'reason', headerName: heads.reason, type: 'text' },
]

/** A link from a voucher marks the version it was made by. */
export function RuleList({ query }: { readonly query: ScreenProps['query'] }) {
  const { data, error } = useQuery(api.statement.rules.queryOptions())
  const [current, setCurrent] = useState<StoredRule>()
  const [changing, setChanging] = useState<StoredRule>()
  const mayChange = useMay('bookkeeper', 'head')
  /** Only the newest version of a rule is changed. */
  const latest = current === undefined ? undefined : data?.find((rule) => rule.id === current.id)
  return (
    <Page
      title={ruleText.title}
      hint={ruleText.hint}
      body="fill"
      actions={mayChange && (
        <Button disabled={latest === undefined} onClick={() => setChanging(latest)}>{ruleText.change}</Button>
      )}
    >
      {error !== null && <ProblemNote error={error} />}
      <Grid
        label={ruleText.label}
        columns={COLUMNS}
        rows={data}
        rowId={(rule) => `${rule.id} ${rule.version}`}
        empty={ruleText.empty}
        rowClass={({ id, version }) => (id === query['rule'] && String(version) === query['version'] ? 'row-chosen' : '')}
        onCurrent={setCurrent}
        onOpen={(rule) => mayChange && setChanging(data?.find((one) => one.id === rule.id))}
      />
      {changing !== undefined && <RuleDialog rule={changing} onClose={() => setChanging(undefined)} />}
    </Page>
  )
}

type Values = {
  readonly words: string
  readonly accountCode: string
  readonly isActive: boolean
  readonly reason: string
  readonly second: SecondPersonValue
}

function fieldOf(field: string): string {
  return field === 'matchWords' ? 'words' : field === 'password' ? 'second.password' : field === 'login' ? 'second.login' : field
}

function RuleDialog({ rule, onClose }: { readonly rule: StoredRule; readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form, fieldOf)
  const isByPayer = GIVEN_ACCOUNT[rule.kind] !== undefined

  async function save(values: Values): Promise<void> {
    const { id, fundKind, kind } = rule
    const done = await attempt(async () => {
      await client.statement.changeRule.mutate({
        id, fundKind, kind,
        matchWords: values.words.split('\n'),
        accountCode: isByPayer ? rule.accountCode : values.accountCode.trim(),
        isActive: values.isActive,
        reason: values.reason,
        second: values.second,
      })
      await refreshAll()
    })
    if (done) onClose()
  }
  return (
    <Modal
      open
      title={ruleText.changeTitle(`${FUND_WORD[rule.fundKind]} ${proposalText.kinds[rule.kind]}`)}
      okText={ruleText.save}
      cancelText={ruleText.cancel}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={save}
        initialValues={{ words: rule.matchWords.join('\n'), accountCode: rule.accountCode, isActive: rule.isActive }}
      >
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item name="words" label={ruleText.words} extra={isByPayer ? ruleText.wordsOptional : ruleText.wordsHint}>
          <Input.TextArea rows={5} autoFocus />
        </Form.Item>
        {!isByPayer && (
          <Form.Item name="accountCode" label={ruleText.account}>
            <Input />
          </Form.Item>
        )}
        <Form.Item name="isActive" label={ruleText.isActive} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item
          name="reason"
          label={ruleText.reason}
          rules={[{ required: true, whitespace: true, message: ruleText.reasonMissing }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <SecondPerson />
      </Form>
    </Modal>
  )
}
