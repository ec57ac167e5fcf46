/**
 * Behind one figure: the accounts it is made of, and the posted lines, each opening its voucher: of a span what moved, of the
 * year's opening what was put into it during the year.
 */
import { useEffect, useState } from 'react'
import { Button, Drawer } from 'antd'
import { firstDayOfMonth, monthOf, parseDate, type BusinessDate } from '#core/calendar.ts'
import type { BookId } from '#core/id.ts'
import type { ColumnSpan, StatementRow } from '#core/statements/sums.ts'
import { voucherWord } from '#core/voucher/voucher.ts'
import { client } from '../../client.ts'
import { booksText } from '../../messages/books.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers, Questions } from '../../records.ts'
import { useScope } from '../../scope.tsx'

const text = booksText.figure

export type OpenFigure = {
  readonly row: StatementRow
  readonly column: number
  readonly label: string
  readonly span: ColumnSpan
}

type Days = { readonly from: BusinessDate; readonly to: BusinessDate }

/** The days whose lines are listed; null for balances, which count everything up to their day. */
function daysOf(span: ColumnSpan, to: BusinessDate): Days | null {
  const year = Number(to.slice(0, 4))
  switch (span) {
    case 'closing':
      return null
    case 'month':
      return { from: firstDayOfMonth(monthOf(to)), to }
    case 'opening':
    case 'year':
    case 'netAssets':
      return { from: parseDate(`${year}-01-01`), to }
    case 'lastYear':
      return { from: parseDate(`${year - 1}-01-01`), to: parseDate(`${year - 1}-12-31`) }
  }
}

type Props = {
  readonly bookId: BookId
  readonly to: BusinessDate
  readonly figure: OpenFigure
  readonly onClose: () => void
}

export function FigureDrawer({ bookId, to, figure, onClose }: Props) {
  const { row, column, label, span } = figure
  const parts = row.parts.filter(({ amounts }) => (amounts[column] ?? 0) !== 0)
  const days = daysOf(span, to)
  const isOpening = span === 'opening'
  const range: Readonly<Record<string, string>> = isOpening ? { to: `${Number(to.slice(0, 4)) - 1}-12-31` } : days ?? { to }
  return (
    <Drawer open title={text.title(row.label.trim(), label)} size={760} onClose={onClose}>
      <table className="plain-table figure-parts">
        <caption>{text.accounts}</caption>
        <thead>
          <tr>
            <th scope="col">{text.account}</th>
            <th scope="col">{text.amount}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.accountId}>
              <th scope="row">
                <Go to={{ screen: 'vouchers', path: ['account', part.accountId], query: range }}>
                  {`${part.code} ${part.name}`}
                </Go>
              </th>
              <td><Money fen={part.amounts[column]} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {parts.length === 0 && <p className="quiet">{text.empty}</p>}
      {days !== null && span !== 'netAssets' && parts.length > 0 && (
        <FigureLines
          bookId={bookId}
          accountIds={parts.map(({ accountId }) => accountId)}
          days={days}
          counts={isOpening ? 'opening' : 'movement'}
        />
      )}
    </Drawer>
  )
}

const PAGE = 100
type Line = Answers['statutory']['behind'][number]

function FigureLines({ bookId, accountIds, days, counts }: {
  readonly bookId: BookId
  readonly accountIds: readonly number[]
  readonly days: Days
  readonly counts: Questions['statutory']['behind']['counts']
}) {
  const { complexId } = useScope()
  const [lines, setLines] = useState<readonly Line[]>()
  const [hasMore, setMore] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { from, to } = days
  const ids = accountIds.join()

  useEffect(() => {
    let isShown = true
    client.statutory.behind
      .query({ bookId, complexId, accountIds: ids.split(',').map(Number), from, to, counts, after: null, limit: PAGE })
      .then(
        (page) => {
          if (!isShown) return
          setLines(page)
          setMore(page.length === PAGE)
        },
        (refusal: unknown) => isShown && setError(refusal),
      )
    return () => {
      isShown = false
    }
  }, [bookId, complexId, ids, from, to, counts])

  async function readOn(): Promise<void> {
    const last = lines?.at(-1)
    if (last === undefined) return
    try {
      const page = await client.statutory.behind.query({
        bookId, complexId, accountIds: [...accountIds], from, to, counts, limit: PAGE,
        after: { date: last.date, voucherId: last.voucherId, lineNo: last.lineNo },
      })
      setLines((before) => [...(before ?? []), ...page])
      setMore(page.length === PAGE)
    } catch (refusal) {
      setError(refusal)
    }
  }
  if (error !== null) return <ProblemNote error={error} />
  // Most years begin with nothing put into them.
  if (lines === undefined || (counts === 'opening' && lines.length === 0)) return null
  return (
    <>
      <table className="plain-table figure-lines">
        <caption>{counts === 'opening' ? text.openingLines : text.lines}</caption>
        <thead>
          <tr>
            <th scope="col">{text.date}</th>
            <th scope="col">{text.number}</th>
            <th scope="col">{text.summary}</th>
            <th scope="col">{text.complex}</th>
            <th scope="col">{text.debit}</th>
            <th scope="col">{text.credit}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.voucherId}-${line.lineNo}`}>
              <td>{line.date}</td>
              <td>
                <Go to={{ screen: 'vouchers', path: [line.voucherId] }}>{voucherWord(line.kind, line.number)}</Go>
              </td>
              <td>{line.summary}</td>
              <td>{line.complexName}</td>
              <td>{line.debitFen === 0 ? '' : <Money fen={line.debitFen} />}</td>
              <td>{line.creditFen === 0 ? '' : <Money fen={line.creditFen} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet figure-foot">
        {text.shown(lines.length)}
        {hasMore && <Button size="small" onClick={readOn}>{text.more}</Button>}
      </p>
    </>
  )
}
