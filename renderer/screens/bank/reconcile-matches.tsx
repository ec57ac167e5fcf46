/** What was matched, newest first; any of it can be taken back with a reason. */
import { useState } from 'react'
import { Button, Modal } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { api, client, refreshAll } from '../../client.ts'
import { chinaTime } from '../../instant.ts'
import { reconcileText as text } from '../../messages/reconciliation.ts'
import { Grid } from '../../parts/grid.tsx'
import { yuanText } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import type { RecentMatch } from './reconcile-model.ts'

type Props = { readonly bankAccountId: number; readonly onClose: () => void }

/** Of the match made last. */
export function UndoDialog({ bankAccountId, onClose }: Props) {
  const { data } = useQuery(api.reconciliation.recent.queryOptions({ bankAccountId, limit: 1 }))
  const [last] = data ?? []
  if (data === undefined) return null
  if (last === undefined) {
    return (
      <Modal open title={text.undo} onCancel={onClose} onOk={onClose} cancelButtonProps={{ hidden: true }}>
        {text.noMatches}
      </Modal>
    )
  }
  return <UndoOf match={last} onClose={onClose} />
}

function UndoOf({ match, onClose }: { readonly match: RecentMatch; readonly onClose: () => void }) {
  return (
    <ReasonDialog
      words={text.reason}
      title={text.undoTitle(yuanText(match.amountFen))}
      verb={text.undo}
      hint={`${text.linesOf(match.bankCount, match.bookCount)}，${match.reason}`}
      onClose={onClose}
      onReason={async (reason) => {
        await client.reconciliation.undo.mutate({ id: match.id, reason })
        await refreshAll()
      }}
    />
  )
}

const { matchColumns: heads } = text
const COLUMNS: readonly ColDef<RecentMatch>[] = [
  { headerName: heads.at, width: 128, valueGetter: ({ data }) => data === undefined ? '' : chinaTime(data.at) },
  { headerName: heads.method, width: 86, valueGetter: ({ data }) => data === undefined ? '' : text.methods[data.method] },
  {
    headerName: heads.lines, width: 70,
    valueGetter: ({ data }) => data === undefined ? '' : text.linesOf(data.bankCount, data.bookCount),
  },
  { field: 'amountFen', headerName: heads.amount, type: 'money', width: 112 },
  { field: 'reason', headerName: heads.reason, type: 'text' },
  { field: 'actor', headerName: heads.actor, width: 80 },
]

const SHOWN = 200

export function MatchesDialog({ bankAccountId, onClose }: Props) {
  const { data, error } = useQuery(api.reconciliation.recent.queryOptions({ bankAccountId, limit: SHOWN }))
  const [current, setCurrent] = useState<RecentMatch>()
  const [undoing, setUndoing] = useState<RecentMatch>()
  return (
    <Modal
      open
      title={text.matches}
      width={860}
      onCancel={onClose}
      footer={
        <>
          <Button disabled={current === undefined} onClick={() => setUndoing(current)}>{text.undo}</Button>
          <Button type="primary" onClick={onClose}>{text.close}</Button>
        </>
      }
    >
      <p className="quiet">{text.matchesHint}</p>
      {error !== null && <ProblemNote error={error} />}
      <Grid
        label={text.matches}
        columns={COLUMNS}
        rows={data}
        rowId={({ id }) => String(id)}
        empty={text.noMatches}
        height={12}
        onCurrent={setCurrent}
        onOpen={setUndoing}
      />
      {undoing !== undefined && <UndoOf match={undoing} onClose={() => setUndoing(undefined)} />}
    </Modal>
  )
}
