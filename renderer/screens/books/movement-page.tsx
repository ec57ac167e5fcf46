/** 收支结余表 of any book: brought forward, income and expenditure with the office's own detail, carried on. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { monthOf } from '#core/calendar.ts'
import { api, client } from '../../client.ts'
import { booksText as text } from '../../messages/books.ts'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers, Books } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { MonthSpan, monthIn } from './period.tsx'
import { BookSections } from './sections.tsx'
import { TieOuts } from './tie-outs.tsx'

type Statement = Answers['statutory']['movement']
type Query = Readonly<Record<string, string>>

export function MovementPage({ book, query }: { readonly book: Books[number]; readonly query: Query }) {
  const { range, asOf, complex, complexId } = useScope()
  const from = monthIn(query['from'], range.first)
  const to = monthIn(query['to'], monthOf(asOf) < from ? range.last : asOf)
  const asked = { bookId: book.id, complexId, from, to }
  const statement = useQuery(api.statutory.movement.queryOptions(asked))
  const [jobId, setJobId] = useState<string>()
  const [error, setError] = useState<unknown>(null)
  const isTied = statement.data?.tieOuts.every(({ holds }) => holds) === true

  async function print(): Promise<void> {
    setError(null)
    try {
      const job = await client.statutory.printMovement.mutate(asked)
      setJobId(job.jobId)
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <Page
      title={text.title}
      hint={text.hint(book.name, complex?.name ?? text.allComplexes)}
      actions={<Button icon={<Icon name="print" />} disabled={!isTied} onClick={print}>{text.print}</Button>}
      toolbar={
        <>
          <BookSections current="movement" />
          <MonthSpan from={from} to={to} />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {statement.error !== null && <ProblemNote error={statement.error} />}
      {statement.data !== undefined && <MovementTable statement={statement.data} />}
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function MovementTable({ statement }: { readonly statement: Statement }) {
  const { book, rows, tieOuts, from, to } = statement
  return (
    <div className="statements">
      <aside aria-label={text.tieOuts}><TieOuts tieOuts={tieOuts} /></aside>
      <table className="plain-table statement-table movement-table">
        <caption>{text.movement.title(book.name)}<span>{text.unit}</span></caption>
        <thead>
          <tr>
            <th scope="col">{text.item}</th>
            <th scope="col">{text.movement.amount}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const [part] = row.parts
            // A heading of several accounts is the sum of the rows below it; a lowest account opens its lines.
            const isLowest = part !== undefined && row.parts.length === 1 && part.code === row.key
            return (
              <tr key={row.key}>
                <th scope="row" className={`statement-level-${depthOf(row)} statement-${row.kind}`}>
                  {isLowest
                    ? <Go to={{ screen: 'vouchers', path: ['account', part.accountId], query: { from, to } }}>{row.label}</Go>
                    : row.label}
                </th>
                <td className={`statement-${row.kind}`}><Money fen={row.amounts[0]} /></td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function depthOf({ level, key }: Statement['rows'][number]): number {
  return level === 0 ? 0 : Math.min(4, key.split('.').length)
}
