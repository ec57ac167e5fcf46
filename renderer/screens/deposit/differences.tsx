/** 利息差异: what the bank paid otherwise than computed, each with its reason, until another person has closed it. */
import { useCallback, useState } from 'react'
import { Button, Segmented } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { subtractFen } from '#core/money.ts'
import { api, client, refreshAll } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { Facts } from '../../parts/facts.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo, refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import type { InterestDifference } from './records.ts'
import { DepositSections } from './sections.tsx'

const text = certificateText.differences
const { columns: heads } = text

function whatText({ source, number }: InterestDifference): string {
  return source === 'certificate' ? number : text.account(number)
}

function State({ of: { closedBy } }: { readonly of: InterestDifference }) {
  return closedBy === null
    ? <StateTag icon="warning" tone="due" word={text.openState} />
    : <StateTag icon="check" word={text.closed} />
}

const COLUMNS = inGivenOrder<InterestDifference>([
  { field: 'date', headerName: heads.date, type: 'date', width: 88 },
  { headerName: heads.what, type: 'text', minWidth: 98, valueGetter: ({ data }) => (data === undefined ? '' : whatText(data)) },
  { field: 'complexName', headerName: heads.complex, width: 76 },
  { field: 'expectedFen', headerName: heads.expected, type: 'side', width: 88 },
  { field: 'paidFen', headerName: heads.paid, type: 'side', width: 88 },
  {
    headerName: heads.difference, type: 'money', width: 70,
    valueGetter: ({ data }) => (data === undefined ? undefined : subtractFen(data.paidFen, data.expectedFen)),
  },
  { field: 'differenceReason', headerName: heads.reason, type: 'text', minWidth: 84, flex: 1 },
  drawn<InterestDifference>({ headerName: heads.state, width: 84 }, (row) => <State of={row} />),
])

export function Differences({ query }: { readonly query: ScreenProps['query'] }) {
  const { complexId } = useScope()
  const openOnly = query['all'] !== '1'
  const [first, setFirst] = useState<InterestDifference>()
  const [chosen, setCurrent] = useState<InterestDifference>()
  const current = chosen ?? first
  const [version, setVersion] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const { data: sum } = useQuery(api.certificate.openDifferences.queryOptions({ complexId }))
  const page = useCallback(
    async (last: InterestDifference | undefined, limit: number) => {
      const rows = await client.certificate.differences.query({
        complexId, openOnly, limit,
        ...(last !== undefined && { before: { date: last.date, source: last.source, id: last.id } }),
      })
      if (last === undefined) setFirst(rows[0])
      return rows
    },
    [complexId, openOnly],
  )
  return (
    <Page
      title={depositText.title}
      hint={text.hint}
      body="fill"
      toolbar={
        <>
          <DepositSections current="differences" />
          <Segmented
            aria-label={text.standing}
            value={openOnly ? '' : '1'}
            options={[{ value: '', label: text.open }, { value: '1', label: text.all }]}
            onChange={(value) => refine({ all: value })}
          />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {sum !== undefined && sum.count > 0 && (
        <p className="lost-meter" role="status">
          <StateTag icon="warning" tone="due" word={text.sum(sum.count)} />
          <span>{text.short} <strong><Money fen={sum.shortFen} unit="¥" /></strong></span>
          {sum.overFen > 0 && <span>{text.over} <Money fen={sum.overFen} unit="¥" /></span>}
        </p>
      )}
      <div className="deposit-beside">
        <PagedGrid
          key={`${version}-${openOnly ? 'open' : 'all'}`}
          label={text.title}
          columns={COLUMNS}
          rowId={(row: InterestDifference) => `${row.source}-${row.id}`}
          empty={text.empty}
          page={page}
          onError={setError}
          onCurrent={setCurrent}
          onOpen={({ certificateId }) => certificateId !== null && goTo({ screen: 'deposits', path: [certificateId] })}
        />
        <aside aria-label={text.title}>
          {current === undefined
            ? <p className="quiet">{text.choose}</p>
            : (
                <DifferencePane
                  key={`${current.source}-${current.id}`}
                  difference={current}
                  onClosed={() => {
                    setCurrent(undefined)
                    setVersion((before) => before + 1)
                  }}
                />
              )}
        </aside>
      </div>
    </Page>
  )
}

function DifferencePane({ difference, onClosed }: { readonly difference: InterestDifference; readonly onClosed: () => void }) {
  const { person } = useSession()
  const hasRole = useMay('reviewer', 'reconciler', 'head')
  const mayClose = hasRole && difference.closedAt === null && person.userId !== difference.recordedById
  const [isClosing, setClosing] = useState(false)
  useShortcut('X', text.close, () => setClosing(true), { isOn: mayClose && !isClosing })
  const { certificateId } = difference
  return (
    <div className="certificate">
      <section>
        <div className="certificate-head"><h2>{whatText(difference)}</h2><State of={difference} /></div>
        <div className="certificate-actions">
          {mayClose && <Button type="primary" onClick={() => setClosing(true)}>{text.close}</Button>}
          {certificateId !== null && (
            <Button onClick={() => goTo({ screen: 'deposits', path: [certificateId] })}>{text.whole}</Button>
          )}
        </div>
        <Facts
          facts={[
            { label: heads.date, value: difference.date },
            { label: heads.bank, value: difference.bankName },
            { label: heads.expected, value: <Money fen={difference.expectedFen} unit="¥" /> },
            { label: heads.paid, value: <Money fen={difference.paidFen} unit="¥" /> },
            { label: heads.difference, value: <Money fen={subtractFen(difference.paidFen, difference.expectedFen)} unit="¥" /> },
            { label: text.reasonOf, value: difference.differenceReason },
            { label: text.recordedBy, value: difference.recordedBy },
            ...(difference.closedBy === null
              ? []
              : [
                  { label: text.closedBy, value: `${difference.closedBy} ${difference.closedAt?.slice(0, 10) ?? ''}` },
                  { label: text.closedReason, value: difference.closedReason ?? '' },
                ]),
          ]}
        />
      </section>
      {isClosing && (
        <ReasonDialog
          title={text.closing}
          verb={text.close}
          hint={text.closingHint}
          words={text.words}
          onReason={async (reason) => {
            await client.certificate.closeDifference.mutate({ source: difference.source, id: difference.id, reason })
            await refreshAll()
            onClosed()
          }}
          onClose={() => setClosing(false)}
        />
      )}
    </div>
  )
}
