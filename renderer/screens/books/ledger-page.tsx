/** Ledgers to print and bind: general, detail, bank journal, imprest journal; covers for the bound vouchers. */
import { useState } from 'react'
import { Button, InputNumber } from 'antd'
import { firstDayOfMonth, parseMonth, type Month } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { booksText } from '../../messages/books.ts'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Go } from '../../parts/go.tsx'
import type { Books, Questions } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { MonthSpan, monthIn } from './period.tsx'
import { BookSections } from './sections.tsx'

type LedgerKind = Questions['statutory']['printLedger']['kind']

const text = booksText.ledgers
const KINDS = ['general', 'detail', 'bankJournal', 'imprestJournal'] as const satisfies readonly LedgerKind[]

type Props = { readonly book: Books[number]; readonly query: Readonly<Record<string, string>> }

export function LedgerPage({ book, query }: Props) {
  const { asOf, complex, complexId } = useScope()
  const to = monthIn(query['to'], asOf)
  // A book of accounts is a year's.
  const from = monthIn(query['from'], firstDayOfMonth(januaryOf(to)))
  const [job, setJob] = useState<{ readonly id: string; readonly title: string }>()
  const [error, setError] = useState<unknown>(null)

  async function start(title: string, work: () => Promise<{ jobId: string }>): Promise<void> {
    setError(null)
    try {
      const { jobId } = await work()
      setJob({ id: jobId, title })
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <Page
      title={booksText.title}
      hint={booksText.hint(book.name, complex?.name ?? booksText.allComplexes)}
      toolbar={
        <>
          <BookSections current="ledgers" />
          <MonthSpan from={from} to={to} />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <ul className="ledger-kinds">
        {KINDS.map((kind) => (
          <li key={kind}>
            <h2>{text.kinds[kind].name}</h2>
            <p className="quiet">{text.kinds[kind].hint}</p>
            <Button
              icon={<Icon name="print" />}
              aria-label={text.printKind(text.kinds[kind].name)}
              onClick={() => start(text.kinds[kind].name, () =>
                client.statutory.printLedger.mutate({ bookId: book.id, complexId, kind, from, to }))}
            >
              {booksText.print}
            </Button>
          </li>
        ))}
        <li>
          <h2>{text.trialBalance}</h2>
          <p className="quiet">{text.trialBalanceHint}</p>
          <Go to={{ screen: 'vouchers', path: ['balance'] }}>{text.openTrialBalance}</Go>
        </li>
        <Cover month={to} onPrint={(volume, volumes) => start(text.cover, () =>
          client.statutory.printCover.mutate({ bookId: book.id, month: to, volume, volumes }))} />
      </ul>
      {job !== undefined && <JobDialog title={text.printing(job.title)} jobId={job.id} onClose={() => setJob(undefined)} />}
    </Page>
  )
}

function januaryOf(month: Month): Month {
  return parseMonth(`${month.slice(0, 4)}-01`)
}

function Cover({ month, onPrint }: { readonly month: Month; readonly onPrint: (volume: number, volumes: number) => void }) {
  const [volume, setVolume] = useState(1)
  const [volumes, setVolumes] = useState(1)
  const number = (label: string, value: number, change: (value: number) => void) => (
    <InputNumber
      aria-label={label}
      min={1}
      max={99}
      precision={0}
      value={value}
      onChange={(next) => next !== null && change(next)}
    />
  )
  return (
    <li>
      <h2>{text.cover}</h2>
      <p className="quiet">{text.coverHint(month)}</p>
      <p className="ledger-volumes">
        {text.volume}
        {number(text.volumeLabel, volume, setVolume)}
        {text.volumes}
        {number(text.volumesLabel, volumes, setVolumes)}
        {text.volumeUnit}
      </p>
      <Button
        icon={<Icon name="print" />}
        aria-label={text.printKind(text.cover)}
        onClick={() => onPrint(volume, Math.max(volume, volumes))}
      >
        {text.printPdf}
      </Button>
    </li>
  )
}
