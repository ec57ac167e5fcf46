/** What was imported when, from which file, what became of it; a whole batch may be taken back while untouched. */
import { useCallback, useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { api, client, refreshAll } from '../../client.ts'
import { batchText, importText, linesText } from '../../messages/bank.ts'
import { Facts } from '../../parts/facts.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { instantDay } from '../../parts/instant.ts'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useMay } from '../../session.tsx'
import { fileAddress } from '../../upload.ts'
import { useAccount, type StatementBatch } from './account.ts'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'

const { columns: heads } = batchText
const FIELDS: readonly ColDef<StatementBatch>[] = [
  { headerName: heads.at, type: 'date', valueGetter: ({ data }) => data === undefined ? '' : instantDay(data.importedAt) },
  { field: 'fileName', headerName: heads.file, type: 'text' },
  {
    headerName: heads.period, width: 176,
    valueGetter: ({ data }) =>
      data?.periodFrom == null || data.periodTo === null ? '' : importText.periodText(data.periodFrom, data.periodTo),
  },
  { field: 'lineCount', headerName: heads.count, type: 'number', width: 64 },
  { field: 'closingFen', headerName: heads.closing, type: 'money', width: 116 },
  drawn<StatementBatch>({ headerName: heads.state, width: 90 }, ({ rolledBackAt }) => rolledBackAt === null
    ? <StateTag icon="check" word={batchText.living} />
    : <StateTag icon="blocked" word={batchText.rolledBack} />),
]
/** Read page by page in the server's order: there is nothing to sort. */
const COLUMNS: readonly ColDef<StatementBatch>[] = FIELDS.map((column) => ({ ...column, sortable: false }))

export function BatchList({ bankAccountId }: { readonly bankAccountId: number }) {
  const { name } = useAccount(bankAccountId)
  const [newest, setNewest] = useState<number>()
  const [chosen, setCurrent] = useState<number>()
  const current = chosen ?? newest
  const [version, setVersion] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const page = useCallback(
    async (last: StatementBatch | undefined, limit: number) => {
      const before = last === undefined ? {} : { before: last.id }
      const batches = await client.statement.batches.query({ bankAccountId, limit, ...before })
      if (last === undefined) setNewest(batches[0]?.id)
      return batches
    },
    [bankAccountId],
  )
  return (
    <Page title={batchText.title} hint={name} body="fill">
      {error !== null && <ProblemNote error={error} />}
      <div className="beside">
        <div className="grid-side">
          <PagedGrid
            key={version}
            label={batchText.title}
            columns={COLUMNS}
            rowId={(batch: StatementBatch) => String(batch.id)}
            empty={batchText.empty}
            page={page}
            onError={setError}
            onCurrent={(batch) => setCurrent(batch.id)}
            onOpen={(batch) => setCurrent(batch.id)}
          />
        </div>
        <aside aria-label={batchText.pane}>
          {current === undefined
            ? <p className="quiet">{batchText.choose}</p>
            : <BatchPane key={current} batchId={current} onDone={() => setVersion((before) => before + 1)} />}
        </aside>
      </div>
    </Page>
  )
}

function BatchPane({ batchId, onDone }: { readonly batchId: number; readonly onDone: () => void }) {
  const { data, error } = useQuery(api.statement.batch.queryOptions({ id: batchId }))
  const [isAsking, setAsking] = useState(false)
  const mayRollBack = useMay('preparer', 'bookkeeper', 'reconciler', 'head')
  if (error !== null) return <ProblemNote error={error} />
  if (data === undefined) return null
  const { batch, tally } = data
  const isLiving = batch.rolledBackAt === null
  const isUntouched = tally.posted + tally.matched + tally.skipped === 0
  return (
    <>
      <h2>{batchText.pane}</h2>
      <Facts
        facts={[
          { label: heads.file, value: <a href={fileAddress(batch.sha256)} download={batch.fileName}>{batch.fileName}</a> },
          { label: heads.by, value: `${batch.importedBy} ${instantDay(batch.importedAt)}` },
          { label: importText.fields.opening, value: <Money fen={batch.openingFen} /> },
          { label: importText.fields.closing, value: <Money fen={batch.closingFen} /> },
          { label: importText.fields.inFen, value: <Money fen={batch.inFen} /> },
          { label: importText.fields.outFen, value: <Money fen={batch.outFen} /> },
          ...(isLiving ? [] : [{ label: batchText.reason, value: batch.rollbackReason }]),
        ]}
      />
      {isLiving && (
        <>
          <p>{batchText.tally(tally)}</p>
          <StateTag
            tone={tally.isWhole ? 'good' : 'bad'}
            icon={tally.isWhole ? 'check' : 'warning'}
            word={tally.isWhole ? batchText.whole : batchText.broken}
          />
        </>
      )}
      <div className="pane-actions">
        {isLiving && mayRollBack && isUntouched && <Button onClick={() => setAsking(true)}>{batchText.rollback}</Button>}
      </div>
      {isAsking && (
        <ReasonDialog
          words={linesText.askReason}
          title={batchText.rollbackTitle}
          verb={batchText.rollback}
          hint={batchText.rollbackHint}
          onClose={() => setAsking(false)}
          onReason={async (reason) => {
            await client.statement.rollback.mutate({ id: batchId, reason })
            await refreshAll()
            onDone()
          }}
        />
      )}
    </>
  )
}
