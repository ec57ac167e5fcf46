/** The lines of one account and what became of each; beside the list, the line in full and what can be done with it. */
import { useCallback, useState } from 'react'
import { Button, Input, Segmented } from 'antd'
import type { ColDef } from 'ag-grid-community'
import { client } from '../../client.ts'
import { bankText, linesText } from '../../messages/bank.ts'
import { reconcileText } from '../../messages/reconciliation.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo, refine } from '../../place.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import { useAccount, type StatementLine } from './account.ts'
import { LinePane } from './line-pane.tsx'
import { LINE_STATES, LineState } from './line-state.tsx'

const { columns: heads } = linesText
const FIELDS: readonly ColDef<StatementLine>[] = [
  { field: 'date', headerName: heads.date, type: 'date' },
  { field: 'party', headerName: heads.party, type: 'text' },
  { field: 'memo', headerName: heads.memo, type: 'text' },
  { field: 'amountFen', headerName: heads.amount, type: 'money', width: 112 },
  { field: 'balanceFen', headerName: heads.balance, type: 'money', width: 116 },
  drawn<StatementLine>({ headerName: heads.state, width: 92 }, ({ state }) => <LineState state={state} />),
]
/** Read page by page in the server's order: there is nothing to sort. */
const COLUMNS: readonly ColDef<StatementLine>[] = FIELDS.map((column) => ({ ...column, sortable: false }))

const STATE_CHOICES = [
  { value: '', label: linesText.all },
  ...LINE_STATES.map((state) => ({ value: state, label: linesText.states[state] })),
]

function stateIn(query: ScreenProps['query']) {
  return LINE_STATES.find((state) => state === query['state'])
}

/** A link from the voucher made of a line opens that line beside the list, wherever in the list it stands. */
function lineIn(query: ScreenProps['query']): number | undefined {
  const id = query['line']
  return id !== undefined && /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined
}

type Props = { readonly bankAccountId: number; readonly query: ScreenProps['query'] }

export function LineList({ bankAccountId, query }: Props) {
  const { account, name } = useAccount(bankAccountId)
  const state = stateIn(query)
  const text = query['text'] ?? ''
  const [current, setCurrent] = useState(() => lineIn(query))
  const [version, setVersion] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const mayImport = useMay('preparer', 'bookkeeper', 'reconciler', 'head')
  const open = (section: string) => goTo({ screen: 'bank', path: [bankAccountId, section] })
  useShortcut('Ctrl+N', bankText.import, () => open('import'), { isOn: mayImport })

  const page = useCallback(
    (last: StatementLine | undefined, limit: number) =>
      client.statement.lines.query({
        bankAccountId,
        limit,
        ...(state !== undefined && { state }),
        ...(text !== '' && { text }),
        ...(last !== undefined && { before: { date: last.date, id: last.id } }),
      }),
    [bankAccountId, state, text],
  )
  return (
    <Page
      title={name}
      {...(account !== undefined && { hint: `${account.number} · ${account.holderName}` })}
      body="fill"
      actions={
        <>
          <Button onClick={() => open('reconcile')}>{reconcileText.open}</Button>
          <Button onClick={() => open('batches')}>{bankText.batches}</Button>
          <Button onClick={() => open('proposals')}>{bankText.proposals}</Button>
          {mayImport && <Button type="primary" onClick={() => open('import')}>{bankText.import}</Button>}
        </>
      }
      toolbar={
        <>
          <Segmented
            aria-label={linesText.filter}
            value={state ?? ''}
            options={STATE_CHOICES}
            onChange={(value) => refine({ state: value })}
          />
          <Input.Search
            aria-label={linesText.search}
            placeholder={linesText.search}
            defaultValue={text}
            allowClear
            onSearch={(typed) => refine({ text: typed.trim() })}
            style={{ width: 240 }}
          />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {account !== undefined && account.gaps.length > 0 && (
        <section className="issues" role="note">
          <h2>{bankText.gapTitle}</h2>
          {account.gaps.map((gap) => <p key={gap}>{gap}</p>)}
        </section>
      )}
      <div className="beside">
        <div className="grid-side">
          <PagedGrid
            // Read anew after something was done with a line.
            key={`${state ?? ''}-${text}-${version}`}
            label={linesText.label}
            columns={COLUMNS}
            rowId={(line: StatementLine) => String(line.id)}
            empty={linesText.empty}
            page={page}
            onError={setError}
            onCurrent={(line) => setCurrent(line.id)}
            onOpen={(line) => setCurrent(line.id)}
          />
        </div>
        <aside aria-label={linesText.pane}>
          {current === undefined
            ? <p className="quiet">{linesText.choose}</p>
            : <LinePane key={current} lineId={current} onDone={() => setVersion((before) => before + 1)} />}
        </aside>
      </div>
    </Page>
  )
}
