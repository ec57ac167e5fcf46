/** What stands behind a row of the meter: its overdue certificates and its idle accounts. */
import { useCallback, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { formatPercent } from '#core/rate.ts'
import { api, client } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { dueWords } from '../../messages/due.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import type { LossGroup } from './records.ts'

const text = dueWords.loss

type LossRow = Answers['due']['loss']['rows'][number]
type OverdueCertificate = Answers['due']['overdueBehind'][number]

const COLUMNS = inGivenOrder<OverdueCertificate>([
  { field: 'dueDate', headerName: text.dueDate, type: 'date', width: 90 },
  { field: 'certificateNo', headerName: text.number, type: 'text', minWidth: 96 },
  { field: 'principalFen', headerName: text.principal, type: 'money', width: 108 },
  { field: 'lostFen', headerName: text.overdueLost, type: 'money', width: 84 },
])

/** Rows shown before the list scrolls. */
const TALLEST = 8

type Props = { readonly group: LossGroup; readonly row: LossRow; readonly from: BusinessDate }

export function LossPane({ group, row, from }: Props) {
  const { complexId } = useScope()
  const { key } = row
  const idle = useQuery(api.due.idleBehind.queryOptions({ group, key, from, complexId }))
  const [error, setError] = useState<unknown>(null)
  const page = useCallback(
    (last: OverdueCertificate | undefined, limit: number) =>
      client.due.overdueBehind.query({
        group, key, complexId, limit, ...(last !== undefined && { after: { dueDate: last.dueDate, id: last.id } }),
      }),
    [group, key, complexId],
  )
  const failure = error ?? idle.error
  return (
    <div className="loss-pane">
      <h2>{row.name === '' ? text.nobody : row.name}</h2>
      {failure !== null && <ProblemNote error={failure} />}
      <h3>{text.certificates}</h3>
      {row.overdueCount === 0
        ? <p className="quiet">{text.noCertificates}</p>
        : (
            <PagedGrid
              label={text.certificates}
              columns={COLUMNS}
              rowId={({ id }) => String(id)}
              empty={text.noCertificates}
              page={page}
              onError={setError}
              height={Math.min(row.overdueCount, TALLEST)}
              onOpen={({ id }) => goTo({ screen: 'deposits', path: [id] })}
            />
          )}
      <h3>{text.accounts}</h3>
      {idle.data?.length === 0 && <p className="quiet">{text.noAccounts}</p>}
      <ul className="idle-accounts">
        {idle.data?.map((account) => (
          <li key={`${account.bankAccountId} ${account.complexId}`}>
            <p>
              <strong>{account.complexName}</strong>
              <span className="lost"><Money fen={account.lostFen} unit="¥" /></span>
            </p>
            <p className="quiet">{depositText.facts.bankOfBook(`${account.bankName} ${account.number}`, account.bookName)}</p>
            <p>
              <span>{text.balance} <Money fen={account.balanceFen} /></span>
              <span>{text.reserve} <Money fen={account.reserveFen} /></span>
            </p>
            <p className="quiet">
              <span>{text.rates(formatPercent(account.offeredRate), formatPercent(account.demandRate))}</span>
              <span>{text.days} {account.days}</span>
            </p>
            <p className="quiet">
              <span>{text.inYear}</span>
              <Money fen={account.inYearFen} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
