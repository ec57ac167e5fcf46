/** The last vouchers of the book in the scope; each opens in full. */
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { voucherWord } from '#core/voucher/voucher.ts'
import { api } from '../../client.ts'
import { todayText } from '../../messages/today.ts'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'

type Head = Answers['voucher']['list'][number]

const SHOWN = 8

const COLUMNS: readonly ColDef<Head>[] = [
  { field: 'date', headerName: todayText.date, type: 'date' },
  {
    headerName: todayText.number,
    width: 96,
    valueGetter: ({ data }) => (data === undefined ? '' : voucherWord(data.kind, data.number)),
  },
  { field: 'summary', headerName: todayText.summary, type: 'text' },
  { field: 'amountFen', headerName: todayText.amount, type: 'money' },
  { field: 'preparer', headerName: todayText.preparer, width: 90 },
]

export function RecentVouchers() {
  const { bookId, complexId } = useScope()
  const { data } = useQuery(
    api.voucher.list.queryOptions(
      { bookId: bookId ?? 0, limit: SHOWN, ...(complexId !== null && { complexId }) },
      { enabled: bookId !== undefined },
    ),
  )
  return (
    <section className="today-recent" aria-labelledby="today-recent">
      <header>
        <h2 id="today-recent">{todayText.recent}</h2>
        <Go to={{ screen: 'vouchers' }}>{todayText.allVouchers}</Go>
      </header>
      <Grid
        label={todayText.recent}
        columns={COLUMNS}
        rows={bookId === undefined ? [] : data}
        rowId={({ id }) => String(id)}
        empty={todayText.noVouchers}
        height={Math.max(3, data?.length ?? SHOWN)}
        onOpen={({ id }) => goTo({ screen: 'vouchers', path: [id] })}
      />
    </section>
  )
}
