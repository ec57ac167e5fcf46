/** 对账: the bank's open lines left, the book's right; Space ticks, Enter matches, the difference is always in sight. */
import { useRef, useState, type KeyboardEvent } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import type { Month } from '#core/calendar.ts'
import { api, client, refreshAll } from '../../client.ts'
import { inventoryText, reconcileText as text } from '../../messages/reconciliation.ts'
import { Go } from '../../parts/go.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { useAccount } from './account.ts'
import { ReconcileFoot, SuggestionStrip } from './reconcile-foot.tsx'
import { BankSide, BookSide } from './reconcile-lists.tsx'
import { MatchesDialog, UndoDialog } from './reconcile-matches.tsx'
import {
  acceptedGroup, groupOf, monthsUpTo, sumOf, useSuggestions, writeGroups, type BankLine, type BookLine, type Group,
} from './reconcile-model.ts'
import { MonthStrip, SealActions } from './reconcile-months.tsx'
import './reconcile.css'

type Props = { readonly bankAccountId: number; readonly chosen: string | undefined }

export function Reconcile({ bankAccountId, chosen }: Props) {
  const { name } = useAccount(bankAccountId)
  const { today } = useScope()
  const months = monthsUpTo(today)
  const strip = useQuery(api.reconciliation.months.queryOptions({ bankAccountId, months: [...months] }))
  // The oldest month with something left to do; else the last.
  const next = strip.data?.find(({ state }) => state === 'open' || state === 'settled')
    ?? strip.data?.findLast(({ state }) => state !== 'none')
  const month = months.find((one) => one === chosen) ?? next?.month ?? months.at(-1)
  // Before the first statement there is nothing to ask for.
  const isReached = month !== undefined && strip.data?.some((one) => one.state !== 'none' && one.month <= month) === true
  return (
    <Page
      title={text.title(name)}
      hint={text.hint}
      body="fill"
      actions={
        <>
          <Button onClick={() => goTo({ screen: 'bank', path: [bankAccountId, 'inventory'] })}>{inventoryText.open}</Button>
          {isReached && <MonthActions key={month} bankAccountId={bankAccountId} month={month} />}
        </>
      }
      toolbar={<MonthStrip bankAccountId={bankAccountId} states={strip.data ?? []} chosen={month} />}
    >
      {strip.error !== null && <ProblemNote error={strip.error} />}
      {isReached && <Desk key={month} bankAccountId={bankAccountId} month={month} />}
      {strip.data !== undefined && !isReached && (
        <p className="quiet">
          {text.notReached} <Go to={{ screen: 'bank', path: [bankAccountId, 'import'] }}>{text.import}</Go>
        </p>
      )}
    </Page>
  )
}

type Question = { readonly bankAccountId: number; readonly month: Month }
type Job = { readonly title: string; readonly jobId: string }

function MonthActions(question: Question) {
  const [job, setJob] = useState<Job>()
  const [error, setError] = useState<unknown>(null)
  const mayMatch = useMay('bookkeeper', 'reconciler', 'head')
  const start = async (title: string, begin: () => Promise<{ jobId: string }>): Promise<void> => {
    setError(null)
    try {
      setJob({ title, ...(await begin()) })
    } catch (thrown) {
      setError(thrown)
    }
  }
  const run = () => void start(text.runTitle, () => client.reconciliation.run.mutate(question))
  const print = () => void start(text.printTitle, () => client.reconciliation.print.mutate(question))
  useShortcut('A', text.run, run, { isOn: mayMatch })
  useShortcut('P', text.print, print)
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <Button onClick={print}>{text.print}</Button>
      {mayMatch && <Button onClick={run} title={text.runHint}>{text.run}</Button>}
      <SealActions {...question} />
      {job !== undefined && (
        <JobDialog
          title={job.title}
          jobId={job.jobId}
          onClose={() => setJob(undefined)}
          onDone={() => void refreshAll()}
        />
      )}
    </>
  )
}

type Side = 'bank' | 'book'
type Current = { readonly side: Side; readonly bankId?: number; readonly bookId?: string }

function Desk(question: Question) {
  const { data: table, error } = useQuery(api.reconciliation.month.queryOptions(question))
  const suggestions = useSuggestions(question)
  const grids = useRef<{ bank?: GridApi<BankLine>; book?: GridApi<BookLine> }>({})
  const [tickedBank, setTickedBank] = useState<readonly BankLine[]>([])
  const [tickedBook, setTickedBook] = useState<readonly BookLine[]>([])
  const [current, setCurrent] = useState<Current>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const [dialog, setDialog] = useState<'undo' | 'matches'>()
  const mayMatch = useMay('bookkeeper', 'reconciler', 'head')
  const suggestion = current?.bankId !== undefined
    ? suggestions.ofBank.get(current.bankId)
    : current?.bookId === undefined ? undefined : suggestions.ofBook.get(current.bookId)

  async function write(group: Group): Promise<void> {
    setRefusal(null)
    const row = current === undefined ? null : grids.current[current.side]?.getFocusedCell()?.rowIndex ?? null
    try {
      await writeGroups(question, [group])
      grids.current.bank?.deselectAll()
      grids.current.book?.deselectAll()
      if (current !== undefined && row !== null) focusRow(current.side, row)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }

  function focusRow(side: Side, row: number): void {
    const grid = grids.current[side]
    const [column] = grid?.getAllDisplayedColumns() ?? []
    if (grid === undefined || column === undefined || grid.getDisplayedRowCount() === 0) return
    const index = Math.min(row, grid.getDisplayedRowCount() - 1)
    grid.ensureIndexVisible(index)
    grid.setFocusedCell(index, column)
  }

  function matchTicked(): void {
    // From the grids themselves: state may lag behind the keystroke.
    const bank = grids.current.bank?.getSelectedRows() ?? []
    const book = grids.current.book?.getSelectedRows() ?? []
    if (mayMatch && bank.length + book.length > 0) void write(groupOf(bank, book, text.manualReason))
  }

  function accept(): void {
    if (suggestion !== undefined) void write(acceptedGroup(suggestion))
  }

  /** Tab changes sides instead of walking through every cell. */
  function changeSide(event: KeyboardEvent): void {
    if (event.key !== 'Tab' || event.ctrlKey || event.altKey || !(event.target instanceof Element)) return
    const isBank = event.target.closest('.reconcile-bank .ag-row') !== null
    const isBook = event.target.closest('.reconcile-book .ag-row') !== null
    const to = isBank && !event.shiftKey ? 'book' : isBook && event.shiftKey ? 'bank' : undefined
    if (to === undefined || grids.current[to]?.getDisplayedRowCount() === 0) return
    event.preventDefault()
    event.stopPropagation()
    focusRow(to, grids.current[to]?.getFocusedCell()?.rowIndex ?? 0)
  }

  useShortcut('S', text.accept, accept, { isOn: mayMatch })
  useShortcut('U', text.undoLast, () => setDialog('undo'), { isOn: mayMatch && dialog === undefined })
  useShortcut('L', text.matches, () => setDialog('matches'), { isOn: dialog === undefined })
  useShortcut('N', text.draft, () => goTo({ screen: 'bank', path: [question.bankAccountId, 'proposals'] }))
  if (error !== null) return <ProblemNote error={error} />
  return (
    <div className="reconcile" onKeyDownCapture={changeSide}>
      {refusal !== null && <ProblemNote error={refusal} />}
      <div className="reconcile-sides">
        <BankSide
          rows={table?.bank}
          suggestions={suggestions}
          suggestion={current?.side === 'book' ? suggestion : undefined}
          onReady={(grid) => { grids.current.bank = grid }}
          onTicked={setTickedBank}
          onCurrent={({ id }) => setCurrent({ side: 'bank', bankId: id })}
          onEnter={matchTicked}
        />
        <BookSide
          rows={table?.book}
          suggestions={suggestions}
          suggestion={current?.side === 'bank' ? suggestion : undefined}
          onReady={(grid) => { grids.current.book = grid }}
          onTicked={setTickedBook}
          onCurrent={({ id }) => setCurrent({ side: 'book', bookId: id })}
          onEnter={matchTicked}
        />
      </div>
      <SuggestionStrip
        suggestion={suggestion}
        isChosen={current !== undefined}
        isBank={current?.side === 'bank'}
        mayMatch={mayMatch}
        onAccept={accept}
        onDraft={() => goTo({ screen: 'bank', path: [question.bankAccountId, 'proposals'] })}
      />
      {table !== undefined && (
        <ReconcileFoot
          table={table}
          ticked={{ bank: tickedBank.length, book: tickedBook.length, bankFen: sumOf(tickedBank), bookFen: sumOf(tickedBook) }}
          mayMatch={mayMatch}
          onMatch={matchTicked}
          onMatches={() => setDialog('matches')}
        />
      )}
      {dialog === 'undo' && <UndoDialog bankAccountId={question.bankAccountId} onClose={() => setDialog(undefined)} />}
      {dialog === 'matches' && <MatchesDialog bankAccountId={question.bankAccountId} onClose={() => setDialog(undefined)} />}
    </div>
  )
}
