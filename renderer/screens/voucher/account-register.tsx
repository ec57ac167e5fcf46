/** 明细账 of one account with its running balance, read page by page; every line opens its voucher. */
import { useCallback, useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { AccountId } from '#core/id.ts'
import { voucherWord, VOUCHER_KINDS } from '#core/voucher/voucher.ts'
import { api, client } from '../../client.ts'
import { voucherText } from '../../messages/voucher.ts'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useSideWords, type SideWords } from '../../side-words.ts'
import { DateRange } from './date-range.tsx'
import { VoucherSections } from './sections.tsx'
import { dayIn } from './vouchers.tsx'

type RegisterLine = Answers['book']['register']['lines'][number]

const text = voucherText.register

function wordOf(line: RegisterLine): string {
  const kind = VOUCHER_KINDS.find((each) => each === line.kind)
  return kind === undefined ? '' : voucherWord(kind, line.number)
}

const columnsWith = (sides: SideWords) => inGivenOrder<RegisterLine>([
  { field: 'date', headerName: voucherText.date, type: 'date' },
  { headerName: voucherText.number, width: 96, valueGetter: ({ data }) => (data === undefined ? '' : wordOf(data)) },
  { field: 'summary', headerName: voucherText.summary, type: 'text' },
  { field: 'complexName', headerName: voucherText.entry.complex, width: 130 },
  { field: 'debitFen', headerName: sides.debit, type: 'side' },
  { field: 'creditFen', headerName: sides.credit, type: 'side' },
  { field: 'balanceFen', headerName: text.balance, type: 'money' },
])

export function AccountRegister({ accountId, query }: {
  readonly accountId: AccountId
  readonly query: Readonly<Record<string, string>>
}) {
  const { books, bookId, complexId, complex } = useScope()
  const sides = useSideWords()
  const columns = useMemo(() => columnsWith(sides), [sides])
  const accounts = useQuery(api.book.accounts.queryOptions({ bookId: bookId ?? 1 }, { enabled: bookId !== undefined }))
  const account = accounts.data?.find(({ id }) => id === accountId)
  const from = dayIn(query['from'])
  const to = dayIn(query['to'])
  const [error, setError] = useState<unknown>(null)
  const [openingFen, setOpeningFen] = useState<Answers['book']['register']['openingFen']>()
  const page = useCallback(
    async (last: RegisterLine | undefined, limit: number) => {
      if (bookId === undefined) return []
      setError(null)
      const answer = await client.book.register.query({
        bookId,
        accountId,
        limit,
        ...(complexId !== null && { complexId }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(last !== undefined && {
          after: { date: last.date, voucherId: last.voucherId, lineNo: last.lineNo, balanceFen: last.balanceFen },
        }),
      })
      if (last === undefined) setOpeningFen(answer.openingFen)
      return answer.lines
    },
    [bookId, accountId, complexId, from, to, setError, setOpeningFen],
  )
  const bookName = books.find(({ id }) => id === bookId)?.name ?? ''
  return (
    <Page
      title={account === undefined ? voucherText.sections.balance : text.title(account.code, account.name)}
      hint={
        <>
          {`${bookName} · ${complex?.name ?? text.allComplexes} · ${text.opening} `}
          <Money fen={openingFen} />
        </>
      }
      body="fill"
      toolbar={
        <>
          <VoucherSections current="balance" />
          <DateRange from={from} to={to} mayBeOpen />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        label={account?.name ?? voucherText.sections.balance}
        columns={columns}
        page={page}
        rowId={({ voucherId, lineNo }) => `${voucherId}-${lineNo}`}
        empty={text.empty}
        onOpen={({ voucherId }) => goTo({ screen: 'vouchers', path: [voucherId] })}
        onError={setError}
      />
    </Page>
  )
}
