/** The desk of one month. Every key is answered, in the order it was pressed, however slow the answers to the ones before. */
import { useRef, useState, type KeyboardEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Month } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { reconcileText as text } from '../../messages/reconciliation.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { ReconcileFoot, SuggestionStrip } from './reconcile-foot.tsx'
import { BANK_COLUMNS, BOOK_COLUMNS, SideList } from './reconcile-lists.tsx'
import { MatchesDialog, UndoDialog } from './reconcile-matches.tsx'
import {
  acceptedGroup, groupOf, monthQuery, readSuggestions, sumOf, takeOut, useSuggestions, type BankLine, type BookLine, type Group,
} from './reconcile-model.ts'
import { usePlace, type Place } from './reconcile-place.ts'

type Question = { readonly bankAccountId: number; readonly month: Month }

export function Desk(question: Question) {
  const { data: table, error } = useQuery(monthQuery(question))
  const suggestions = useSuggestions(question)
  const { grids, hold, place, enter, now, focusRow, restore, rowsGone } = usePlace(table)
  const [tickedBank, setTickedBank] = useState<readonly BankLine[]>([])
  const [tickedBook, setTickedBook] = useState<readonly BookLine[]>([])
  const [refusal, setRefusal] = useState<unknown>(null)
  const [dialog, setDialog] = useState<'undo' | 'matches'>()
  const queue = useRef(Promise.resolve())
  /** Rows whose S was pressed and is not answered yet: another S there means the row after. */
  const answering = useRef(new Set<Place['key']>())
  const mayMatch = useMay('bookkeeper', 'reconciler', 'head')
  const suggestion = place === undefined ? undefined : suggestions[place.side].get(place.key)

  async function write(group: Group): Promise<boolean> {
    setRefusal(null)
    try {
      await client.reconciliation.confirm.mutate({ bankAccountId: question.bankAccountId, groups: [group] })
    } catch (thrown) {
      setRefusal(thrown)
      return false
    }
    // Wherever the clerk has gone meanwhile, there she stays.
    now()
    const gone = rowsGone()
    takeOut(question, group)
    await gone
    return true
  }

  function tick(bank: readonly BankLine[], book: readonly BookLine[], isTicked: boolean): void {
    for (const { id } of bank) grids().bank?.getRowNode(String(id))?.setSelected(isTicked)
    for (const { id } of book) grids().book?.getRowNode(id)?.setSelected(isTicked)
  }

  function matchTicked(): void {
    // From the grids themselves: state may lag behind the keystroke.
    const bank = grids().bank?.getSelectedRows() ?? []
    const book = grids().book?.getSelectedRows() ?? []
    if (!mayMatch || bank.length + book.length === 0) return
    // At once, so that what is ticked next is not swept away with the answer.
    tick(bank, book, false)
    queue.current = queue.current.then(async () => {
      if (!(await write(groupOf(bank, book, text.manualReason)))) tick(bank, book, true)
    })
  }

  function accept(): void {
    const pressed = now()
    if (pressed === undefined) return
    const isAnswering = answering.current.has(pressed.key)
    answering.current.add(pressed.key)
    queue.current = queue.current.then(async () => {
      try {
        const at = isAnswering ? now() : pressed
        const suggested = at === undefined ? undefined : (await readSuggestions(question))[at.side].get(at.key)
        if (suggested !== undefined) await write(acceptedGroup(suggested))
      } catch (thrown) {
        setRefusal(thrown)
      } finally {
        answering.current.delete(pressed.key)
      }
    })
  }

  /** Tab changes sides instead of walking through every cell. */
  function changeSide(event: KeyboardEvent): void {
    if (event.key !== 'Tab' || event.ctrlKey || event.altKey || !(event.target instanceof Element)) return
    if (event.target.closest('.ag-row') === null) return
    const from = now()?.side
    const to = from === 'bank' && !event.shiftKey ? 'book' : from === 'book' && event.shiftKey ? 'bank' : undefined
    if (to === undefined || grids()[to]?.getDisplayedRowCount() === 0) return
    event.preventDefault()
    event.stopPropagation()
    focusRow(to, grids()[to]?.getFocusedCell()?.rowIndex ?? 0)
  }

  function close(): void {
    setDialog(undefined)
    restore()
  }
  const draft = () => goTo({ screen: 'bank', path: [question.bankAccountId, 'proposals'] })

  useShortcut('S', text.accept, accept, { isOn: mayMatch })
  useShortcut('U', text.undoLast, () => setDialog('undo'), { isOn: mayMatch && dialog === undefined })
  useShortcut('L', text.matches, () => setDialog('matches'), { isOn: dialog === undefined })
  useShortcut('N', text.draft, draft)
  if (error !== null) return <ProblemNote error={error} />
  return (
    <div className="reconcile" onKeyDownCapture={changeSide}>
      {refusal !== null && <ProblemNote error={refusal} />}
      <div className="reconcile-sides">
        <SideList
          side="bank"
          rows={table?.bank}
          columns={BANK_COLUMNS}
          suggestions={suggestions.bank}
          tinted={place?.side === 'book' ? suggestion?.keys.bank ?? [] : []}
          onReady={(bank) => hold({ bank })}
          onTicked={setTickedBank}
          onCurrent={() => enter('bank')}
          onEnter={matchTicked}
        />
        <SideList
          side="book"
          rows={table?.book}
          columns={BOOK_COLUMNS}
          suggestions={suggestions.book}
          tinted={place?.side === 'bank' ? suggestion?.keys.book ?? [] : []}
          onReady={(book) => hold({ book })}
          onTicked={setTickedBook}
          onCurrent={() => enter('book')}
          onEnter={matchTicked}
        />
      </div>
      <SuggestionStrip
        suggestion={suggestion}
        isChosen={place !== undefined}
        isBank={place?.side === 'bank'}
        mayMatch={mayMatch}
        onAccept={accept}
        onDraft={draft}
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
      {dialog === 'undo' && <UndoDialog bankAccountId={question.bankAccountId} onClose={close} />}
      {dialog === 'matches' && <MatchesDialog bankAccountId={question.bankAccountId} onClose={close} />}
    </div>
  )
}
