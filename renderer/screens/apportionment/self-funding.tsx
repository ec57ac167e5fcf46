/** Self-funding of a complex: the sheets that asked for it, and every claim with what came in and how old it is. */
import { useState } from 'react'
import { Button, Checkbox } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import type { ApportionmentId, ComplexId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { selfFundingText as text } from '../../messages/self-funding.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { CollectDialog } from './self-funding-collect.tsx'
import { CollectFromBank } from './self-funding-bank.tsx'

export type Claim = Answers['selfFunding']['list'][number]
type Sheet = Answers['selfFunding']['sheets'][number]

const { sheetColumns, columns: heads } = text

function Age({ overdueDays, word, isDone }: { readonly overdueDays: number; readonly word: string; readonly isDone: boolean }) {
  if (overdueDays > 0) return <StateTag tone="bad" icon="warning" word={text.overdue(overdueDays)} />
  return <StateTag tone={isDone ? 'good' : 'plain'} icon={isDone ? 'check' : 'clock'} word={word} />
}

const SHEET_COLUMNS: readonly ColDef<Sheet>[] = [
  { field: 'title', headerName: sheetColumns.title, type: 'text' },
  { field: 'demandedOn', headerName: sheetColumns.demanded, type: 'date' },
  { field: 'dueOn', headerName: sheetColumns.due, type: 'date' },
  { field: 'claims', headerName: sheetColumns.claims, type: 'number', width: 70 },
  { field: 'owedFen', headerName: sheetColumns.owed, type: 'money', width: 120 },
  { field: 'collectedFen', headerName: sheetColumns.collected, type: 'money', width: 120 },
  { field: 'pendingFen', headerName: sheetColumns.pending, type: 'money', width: 110 },
  { field: 'leftFen', headerName: sheetColumns.left, type: 'money', width: 120 },
  { field: 'ageDays', headerName: sheetColumns.age, type: 'number', width: 70 },
  drawn<Sheet>({ headerName: sheetColumns.state, width: 130 }, ({ open, overdueDays }) => (
    <Age overdueDays={overdueDays} isDone={open === 0} word={open === 0 ? text.done : text.openCount(open)} />
  )),
]

function payerOf({ part, isDeveloperHeld }: Claim): string {
  return part === 'principal' && isDeveloperHeld ? text.developer : text.parts[part]
}

const CLAIM_COLUMNS: readonly ColDef<Claim>[] = [
  { field: 'address', headerName: heads.address, width: 146 },
  { headerName: heads.payer, width: 106, valueGetter: ({ data }) => (data === undefined ? '' : payerOf(data)) },
  { field: 'title', headerName: heads.title, type: 'text' },
  { field: 'owedFen', headerName: heads.owed, type: 'money', width: 98 },
  { field: 'collectedFen', headerName: heads.collected, type: 'money', width: 98 },
  { field: 'pendingFen', headerName: heads.pending, type: 'money', width: 98 },
  { field: 'leftFen', headerName: heads.left, type: 'money', width: 98 },
  { field: 'dueOn', headerName: heads.due, type: 'date' },
  { field: 'ageDays', headerName: heads.age, type: 'number', width: 62 },
  drawn<Claim>({ headerName: heads.state, width: 120 }, ({ state, overdueDays }) => (
    <Age overdueDays={overdueDays} isDone={state === 'paid'} word={text.states[state]} />
  )),
]
const WITH_REASON: readonly ColDef<Claim>[] = [
  ...CLAIM_COLUMNS, { field: 'withdrawnReason', headerName: heads.reason, width: 150 },
]

const LIMIT = 500
const SHEET_ROWS = 4

function isCollectible({ leftFen }: Claim): boolean {
  return leftFen > 0
}

type Doing = 'collect' | 'bank' | 'withdraw'
type Props = { readonly complexId: ComplexId; readonly name: string; readonly query: Readonly<Record<string, string>> }

export function SelfFunding({ complexId, name, query }: Props) {
  const mayCollect = useMay('preparer')
  const mayWithdraw = useMay('bookkeeper', 'head')
  const [ticked, setTicked] = useState<readonly Claim[]>([])
  const [doing, setDoing] = useState<Doing>()
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const isOpen = query['all'] !== 'yes'
  const sheets = useQuery(api.selfFunding.sheets.queryOptions({ complexId }))
  const chosen = sheets.data?.find(({ apportionmentId }) => String(apportionmentId) === query['sheet'])?.apportionmentId
  const claims = useQuery(api.selfFunding.list.queryOptions({
    complexId, isOpen, limit: LIMIT, ...(chosen !== undefined && { apportionmentId: chosen }),
  }))
  const close = () => setDoing(undefined)
  const isOneSheet = new Set(ticked.map(({ apportionmentId }) => apportionmentId)).size === 1
  const choose = (id: ApportionmentId) => refine({ sheet: String(id) })
  useShortcut('Ctrl+N', text.collect, () => setDoing('collect'), { isOn: mayCollect && isOneSheet })

  async function print(): Promise<void> {
    setRefusal(null)
    try {
      const started = await client.selfFunding.printLetters.mutate({ complexId, apportionmentId: chosen ?? null })
      setJobId(started.jobId)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }

  async function withdraw(reason: string): Promise<void> {
    await client.selfFunding.withdraw.mutate({ claimIds: ticked.map(({ id }) => id), reason })
    setTicked([])
    await refreshAll()
  }
  const error = sheets.error ?? claims.error ?? refusal
  return (
    <Page
      title={text.titleOf(name)}
      hint={text.hint}
      body="fill"
      actions={
        <>
          <Button icon={<Icon name="print" />} onClick={() => void print()}>{text.letters}</Button>
          {mayWithdraw && <Button disabled={ticked.length === 0} onClick={() => setDoing('withdraw')}>{text.withdraw}</Button>}
          {mayCollect && <Button onClick={() => setDoing('bank')}>{text.fromBank}</Button>}
          {mayCollect && (
            <Button type="primary" disabled={!isOneSheet} onClick={() => setDoing('collect')} aria-keyshortcuts="Control+N">
              {text.collect}
            </Button>
          )}
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <div className="self-funding">
        <Grid
          label={text.sheets}
          columns={SHEET_COLUMNS}
          rows={sheets.data}
          rowId={({ apportionmentId }) => String(apportionmentId)}
          empty={text.emptySheets}
          height={SHEET_ROWS}
          onOpen={({ apportionmentId }) => choose(apportionmentId)}
          onCurrent={({ apportionmentId }) => choose(apportionmentId)}
        />
        <div className="self-funding-bar">
          <Checkbox checked={isOpen} onChange={({ target }) => refine({ all: target.checked ? '' : 'yes' })}>
            {text.onlyOpen}
          </Checkbox>
          {!isOneSheet && <span className="quiet">{ticked.length === 0 ? text.collectNone : text.collectSheets}</span>}
          {claims.data?.length === LIMIT && <span className="quiet">{text.reached(LIMIT)}</span>}
        </div>
        <Grid
          label={text.claims}
          columns={claims.data?.some(({ withdrawnReason }) => withdrawnReason !== '') === true ? WITH_REASON : CLAIM_COLUMNS}
          rows={claims.data}
          rowId={({ id }) => String(id)}
          empty={text.emptyClaims}
          onTicked={setTicked}
          mayTick={isCollectible}
        />
      </div>
      {doing === 'collect' && <CollectDialog complexId={complexId} claims={ticked} onClose={close} />}
      {doing === 'bank' && <CollectFromBank complexId={complexId} onClose={close} />}
      {doing === 'withdraw' && (
        <ReasonDialog
          title={text.withdrawTitle}
          verb={text.withdraw}
          hint={text.withdrawHint}
          words={text.withdrawWords}
          onReason={withdraw}
          onClose={close}
        />
      )}
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}
