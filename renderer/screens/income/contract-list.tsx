/** Contracts of a complex or of the office, newest first, with what was due and what came. */
import { useCallback, useState } from 'react'
import { Button, Segmented } from 'antd'
import type { ColDef } from 'ag-grid-community'
import { client } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { ListSearch } from '../../parts/list-search.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo, refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import { IncomeSections } from './sections.tsx'

type Contract = Answers['income']['contracts'][number]

const text = incomeText.contract

/** Whole percent, cut: 99.9 % is not yet everything. */
function percentOf(contract: Contract): number {
  if (contract.dueFen <= 0) return contract.receivedFen > 0 ? 100 : 0
  return Math.max(0, Math.min(100, Number((BigInt(contract.receivedFen) * 100n) / BigInt(contract.dueFen))))
}

function Progress({ contract }: { readonly contract: Contract }) {
  const percent = percentOf(contract)
  return (
    <div className="income-bar" role="img" aria-label={text.progressOf(percent)}>
      <span aria-hidden="true"><i style={{ width: `${percent}%` }} /></span>
      <span aria-hidden="true">{percent}%</span>
    </div>
  )
}

type Standing = Pick<Contract, 'openFen' | 'endedOn' | 'endsOn'>

export function ContractState({ contract }: { readonly contract: Standing }) {
  const { today } = useScope()
  if (contract.openFen > 0) return <StateTag icon="warning" tone="bad" word={text.late} />
  if (contract.endedOn !== null) return <StateTag icon="cross" word={text.endedEarly} />
  if (contract.endsOn < today) return <StateTag icon="check" word={text.over} />
  return <StateTag icon="clock" tone="accent" word={text.running} />
}

const COLUMNS: readonly ColDef<Contract>[] = [
  { field: 'number', headerName: text.number, width: 126, sortable: false },
  { field: 'complexName', headerName: text.complex, width: 104, sortable: false },
  { field: 'category', headerName: text.category, width: 126, sortable: false },
  { field: 'counterpartyName', headerName: text.party, type: 'text', sortable: false },
  { field: 'endsOn', headerName: text.endsOn, type: 'date', width: 94, sortable: false },
  { field: 'dueFen', headerName: text.due, type: 'money', width: 104, sortable: false },
  { field: 'receivedFen', headerName: text.received, type: 'money', width: 104, sortable: false },
  { field: 'openFen', headerName: text.open, type: 'money', width: 98, sortable: false },
  drawn({ headerName: text.progress, width: 108 }, (contract) => <Progress contract={contract} />),
  drawn({ headerName: text.state, width: 92 }, (contract) => <ContractState contract={contract} />),
]

const STATES = ['running', 'late', 'over', 'all'] as const
type State = (typeof STATES)[number]

function stateIn(query: ScreenProps['query']): State {
  return STATES.find((state) => state === query['state']) ?? 'running'
}

export function ContractList({ query }: { readonly query: ScreenProps['query'] }) {
  const { complexId } = useScope()
  const mayRecord = useMay('preparer', 'bookkeeper', 'head')
  const [error, setError] = useState<unknown>(null)
  const state = stateIn(query)
  const typed = query['text'] ?? ''
  const page = useCallback(
    async (last: Contract | undefined, limit: number) => {
      if (state !== 'late') {
        return client.income.contracts.query({ complexId, state, text: typed, before: last?.id ?? null, limit })
      }
      const late = await client.income.overdue.query({ complexId })
      const from = last === undefined ? 0 : late.findIndex((contract) => contract.id === last.id) + 1
      return late.slice(from, from + limit)
    },
    [complexId, state, typed],
  )
  const create = () => goTo({ screen: 'income', path: ['contracts', 'new'] })
  useShortcut('Ctrl+N', text.create, create)
  return (
    <Page
      title={incomeText.title}
      actions={mayRecord && <Button type="primary" onClick={create}>{text.create}</Button>}
      toolbar={
        <>
          <IncomeSections current="contracts" />
          <Segmented<State>
            value={state}
            onChange={(next) => refine({ state: next })}
            options={STATES.map((value) => ({ value, label: text.states[value] }))}
          />
          <ListSearch className="income-search" label={text.search} text={typed} />
        </>
      }
      body="fill"
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid<Contract>
        label={text.label}
        columns={COLUMNS}
        rowId={(contract) => String(contract.id)}
        empty={text.empty}
        onOpen={(contract) => goTo({ screen: 'income', path: ['contracts', contract.id] })}
        page={page}
        onError={setError}
      />
    </Page>
  )
}
