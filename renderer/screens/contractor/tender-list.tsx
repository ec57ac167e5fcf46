/** Tenders and comparisons by which contractors, supervisors and auditors were chosen, newest first. */
import { useCallback, useState } from 'react'
import { Button } from 'antd'
import { CONTRACTOR_ROLE_WORD, TENDER_METHOD_WORD } from '#core/contractor/tender.ts'
import { client } from '../../client.ts'
import { contractorText, tenderText as text } from '../../messages/contractor.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { RepairSections } from '../repair/sections.tsx'

type Tender = Answers['contractor']['tenders'][number]

function Outcome({ winners, isRevoked }: Tender) {
  if (isRevoked === 1) return <StateTag icon="cross" word={text.revoked} />
  return winners === '' ? <StateTag tone="due" icon="clock" word={text.waiting} /> : <span>{winners}</span>
}

const COLUMNS = [
  { field: 'number', headerName: text.columns.number, width: 130, sortable: false },
  { field: 'title', headerName: text.columns.title, type: 'text', sortable: false },
  drawn<Tender>({ headerName: text.columns.role, width: 90 }, ({ role }) => CONTRACTOR_ROLE_WORD[role]),
  drawn<Tender>({ headerName: text.columns.method, width: 90 }, ({ method }) => TENDER_METHOD_WORD[method]),
  drawn<Tender>({ headerName: text.columns.scope, width: 130 }, ({ repairNumber, complexName }) =>
    repairNumber ?? complexName ?? text.office),
  { field: 'openedOn', headerName: text.columns.openedOn, type: 'date', sortable: false },
  drawn<Tender>({ headerName: text.columns.bidders, width: 70 }, ({ bidders }) => text.bidders(bidders)),
  { field: 'lowestFen', headerName: text.columns.lowest, type: 'money', sortable: false },
  drawn<Tender>({ headerName: text.columns.winners, flex: 1, minWidth: 160 }, (tender) => <Outcome {...tender} />),
] satisfies Parameters<typeof PagedGrid<Tender>>[0]['columns']

export function TenderList() {
  const [error, setError] = useState<unknown>(null)
  const mayRecord = useMay('preparer', 'head')
  const open = () => goTo({ screen: 'repairs', path: ['tenders', 'new'] })
  useShortcut('Ctrl+N', text.add, open, { isOn: mayRecord })
  const page = useCallback(
    (last: Tender | undefined, limit: number) =>
      client.contractor.tenders.query({ limit, ...(last !== undefined && { before: last.id }) }),
    [],
  )
  return (
    <Page
      title={text.list}
      hint={contractorText.hint}
      body="fill"
      toolbar={<RepairSections current="tenders" />}
      actions={mayRecord && <Button type="primary" icon={<Icon name="plus" />} onClick={open}>{text.add}</Button>}
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        label={text.list}
        columns={COLUMNS}
        rowId={({ id }: Tender) => String(id)}
        empty={text.empty}
        page={page}
        onError={setError}
        onOpen={({ id }) => goTo({ screen: 'repairs', path: ['tenders', id] })}
      />
    </Page>
  )
}
