/** A new voucher in the book of the scope; what was typed is still here after Esc and coming back. */
import { useRef, useState } from 'react'
import { Button } from 'antd'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId, ComplexId, DraftId } from '#core/id.ts'
import type { VoucherKind } from '#core/voucher/voucher.ts'
import { api, client, refreshAll } from '../../client.ts'
import { useKept } from '../../kept.ts'
import { voucherText } from '../../messages/voucher.ts'
import { Go } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { emptyLine, isUntouched } from './entry-lines.ts'
import { VoucherEntry, type Entry } from './voucher-entry.tsx'

/** Kept under this name together with the number of the draft it was already stored as. */
type KeptEntry = Entry & { readonly draftId: DraftId | null }

function isKeptEntry(value: unknown): value is KeptEntry {
  return typeof value === 'object' && value !== null && 'lines' in value && 'draftId' in value
}

function freshEntry(bookId: BookId, kind: VoucherKind, date: BusinessDate, complexId: ComplexId | null): KeptEntry {
  return {
    bookId, kind, date, businessDate: null, bankDate: null, papers: [], draftId: null,
    lines: [emptyLine(1, complexId), emptyLine(2, complexId)],
  }
}

export function NewVoucher() {
  const { bookId, book } = useScope()
  const text = voucherText.entry
  return (
    <Page title={text.titleNew} hint={book === undefined ? voucherText.noBook : `${book.name} · ${text.hint}`}>
      {bookId !== undefined && <NewEntry key={bookId} bookId={bookId} />}
    </Page>
  )
}

function NewEntry({ bookId }: { readonly bookId: BookId }) {
  const text = voucherText.entry
  const { today, complexId } = useScope()
  const { settings } = useSuspenseQuery(api.setting.office.queryOptions()).data
  const fresh = freshEntry(bookId, settings.voucherKinds === 'split' ? 'receipt' : 'general', today, complexId)
  const [entry, setEntry, forget] = useKept(`voucher-new-${bookId}`, fresh, isKeptEntry)
  const [stored, setStored] = useState<{ readonly word: string; readonly draftId: DraftId | null }>()
  /** A new form for the next voucher takes the focus to its first cell. */
  const [round, setRound] = useState(0)
  const wasKept = round === 0 && entry.lines.some((line) => !isUntouched(line))
  const [isNoticeShown] = useState(wasKept)
  /** Known at once after storing, before the form is drawn again with it. */
  const draftId = useRef(entry.draftId)

  function startAnew(word: string | undefined): void {
    setStored(word === undefined ? undefined : { word, draftId: draftId.current })
    draftId.current = null
    setEntry({ ...freshEntry(bookId, entry.kind, entry.date, complexId) })
    forget()
    setRound(round + 1)
  }

  return (
    <>
      {isNoticeShown && round === 0 && <p className="entry-note"><StateTag icon="info" word={text.kept} /></p>}
      {stored !== undefined && (
        <p className="entry-note" role="status">
          <StateTag icon="check" tone="accent" word={stored.word} />
          {stored.draftId !== null && <Go to={{ screen: 'vouchers', path: ['draft', stored.draftId] }}>{text.open}</Go>}
        </p>
      )}
      <VoucherEntry
        key={round}
        entry={entry}
        onEntry={(next) => setEntry({ ...next, draftId: entry.draftId })}
        needsPaper
        onStore={async (facts) => {
          const known = draftId.current
          if (known !== null) await client.voucher.change.mutate({ id: known, facts })
          const id = known ?? (await client.voucher.save.mutate(facts))
          draftId.current = id
          setEntry({ ...entry, draftId: id })
          const { problems } = await client.voucher.draft.query({ id })
          // Not waited for: the form for the next voucher comes at once, not under what is typed meanwhile.
          void refreshAll()
          return problems
        }}
        onSubmitted={() => startAnew(text.submitted)}
        onSaved={() => {
          forget()
          goTo({ screen: 'vouchers', path: ['draft'] })
        }}
      >
        <Button onClick={() => startAnew(undefined)} disabled={entry.lines.every(isUntouched) && entry.papers.length === 0}>
          {text.discard}
        </Button>
      </VoucherEntry>
    </>
  )
}
