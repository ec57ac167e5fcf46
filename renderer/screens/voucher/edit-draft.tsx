/** Changing a stored draft; until it is submitted or saved again, what was typed is kept under the draft's number. */
import { Button } from 'antd'
import { client, refreshAll } from '../../client.ts'
import { useKept } from '../../kept.ts'
import { voucherText } from '../../messages/voucher.ts'
import { Page } from '../../parts/page.tsx'
import { goTo } from '../../place.ts'
import type { DraftAnswer } from './draft-place.tsx'
import { emptyLine, entryLineOf } from './entry-lines.ts'
import { VoucherEntry, type Entry } from './voucher-entry.tsx'

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'lines' in value && 'papers' in value
}

function entryOf({ draft, papers }: DraftAnswer): Entry {
  const { bookId, kind, date, businessDate, bankDate } = draft
  const lines = draft.lines.map((line) => entryLineOf(line, line.lineNo))
  const missing = Math.max(0, 2 - lines.length)
  const filled = [...lines, ...Array.from({ length: missing }, (_, index) => emptyLine(lines.length + index + 1, null))]
  return { bookId, kind, date, businessDate, bankDate, papers, lines: filled }
}

export function EditDraft({ answer }: { readonly answer: DraftAnswer }) {
  const text = voucherText.entry
  const { draft } = answer
  const [entry, setEntry, forget] = useKept(`voucher-draft-${draft.id}`, entryOf(answer), isEntry)

  function leave(): void {
    forget()
    goTo({ screen: 'vouchers', path: ['draft', draft.id] })
  }
  return (
    <Page title={text.titleEdit} hint={text.hint}>
      <VoucherEntry
        entry={entry}
        onEntry={setEntry}
        needsPaper={draft.purpose === 'ordinary' && draft.statementLineId === null}
        onStore={async (facts) => {
          await client.voucher.change.mutate({ id: draft.id, facts: { ...facts, decisionId: draft.decisionId } })
          const { problems } = await client.voucher.draft.query({ id: draft.id })
          await refreshAll()
          return problems
        }}
        onSubmitted={leave}
        onSaved={leave}
      >
        <Button onClick={leave}>{text.discard}</Button>
      </VoucherEntry>
    </Page>
  )
}
