/** The entry form: head, grid, papers, foot. Holds what is typed; whoever shows it says how it is saved. */
import { useState, type ReactNode } from 'react'
import { Button, Form, Select } from 'antd'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId } from '#core/id.ts'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import { VOUCHER_KIND_WORD, type VoucherKind } from '#core/voucher/voucher.ts'
import { api } from '../../client.ts'
import { partsText } from '../../messages/parts.ts'
import { entryProblemText, voucherText } from '../../messages/voucher.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { AttachmentDrop, type AttachedFile } from '../../parts/file-drop.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Questions } from '../../records.ts'
import { useShortcut } from '../../shortcuts.ts'
import { EntryGrid } from './entry-grid.tsx'
import { entryProblems, factsOfLine, writtenLines, type EntryLine } from './entry-lines.ts'

export type Entry = {
  readonly bookId: BookId
  readonly kind: VoucherKind
  readonly date: BusinessDate
  readonly businessDate: BusinessDate | null
  readonly bankDate: BusinessDate | null
  readonly lines: readonly EntryLine[]
  readonly papers: readonly AttachedFile[]
}

export type EntryFacts = Questions['voucher']['save']

export function factsOfEntry({ papers, lines, ...head }: Entry): EntryFacts {
  return { ...head, lines: writtenLines(lines).map(factsOfLine), attachments: papers.map(({ sha256 }) => sha256) }
}

type Props = {
  readonly entry: Entry
  readonly onEntry: (entry: Entry) => void
  /** Corrections may go without source documents (会计基础工作规范 art. 51(4)). */
  readonly needsPaper: boolean
  /** Stores the draft and returns what still keeps it from being reviewed; throws a refusal. */
  readonly onStore: (facts: EntryFacts) => Promise<readonly ProblemDetails[]>
  readonly onSubmitted: () => void
  readonly onSaved: () => void
  /** Beside the buttons: discard, notes. */
  readonly children?: ReactNode
}

const STILL_UPLOADING = new Problem({ code: 'upload.running', message: partsText.files.wait })
const SPLIT_KINDS = ['receipt', 'payment', 'transfer'] as const

export function VoucherEntry({ entry, onEntry, needsPaper, onStore, onSubmitted, onSaved, children }: Props) {
  const text = voucherText.entry
  const accounts = useSuspenseQuery(api.book.accounts.queryOptions({ bookId: entry.bookId })).data
  const bankAccounts = useSuspenseQuery(api.book.bankAccounts.queryOptions()).data
  const complexes = useSuspenseQuery(api.complex.list.queryOptions()).data
  const { settings } = useSuspenseQuery(api.setting.office.queryOptions()).data
  const [problems, setProblems] = useState<readonly ProblemDetails[]>([])
  const [refusal, setRefusal] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [isUploading, setUploading] = useState(false)

  function change(next: Partial<Entry>): void {
    onEntry({ ...entry, ...next })
    // What was marked may be right now; it is looked at again when submitting.
    if (problems.length > 0) setProblems([])
  }

  function problemsHere(): readonly ProblemDetails[] {
    const ofLines = entryProblems(writtenLines(entry.lines), accounts)
    const noPaper = needsPaper && entry.papers.length === 0
    return noPaper ? [...ofLines, { code: 'voucher.attachment', message: text.needsPaper, field: 'attachments' }] : ofLines
  }

  async function store(mustBeComplete: boolean): Promise<void> {
    if (isBusy) return
    if (isUploading) {
      setRefusal(STILL_UPLOADING)
      return
    }
    const found = mustBeComplete ? problemsHere() : []
    setProblems(found)
    setRefusal(null)
    if (found.length > 0) return
    setBusy(true)
    try {
      const left = await onStore(factsOfEntry(entry))
      if (!mustBeComplete) onSaved()
      else if (left.length > 0) setProblems(left)
      else onSubmitted()
    } catch (error) {
      setRefusal(error)
    } finally {
      setBusy(false)
    }
  }
  useShortcut('Ctrl+Enter', text.submit, () => void store(true))
  useShortcut('Ctrl+S', text.save, () => void store(false))

  const kinds = settings.voucherKinds === 'split' ? SPLIT_KINDS : (['general'] as const)
  return (
    <div className="voucher-entry">
      <Form component="div" layout="inline" className="entry-head">
        <Form.Item label={text.kind} htmlFor="entry-kind">
          <Select
            id="entry-kind"
            className="entry-kind"
            value={entry.kind}
            disabled={kinds.length === 1 && entry.kind === 'general'}
            options={kinds.map((kind) => ({ value: kind, label: VOUCHER_KIND_WORD[kind] }))}
            onChange={(kind: VoucherKind) => change({ kind })}
          />
        </Form.Item>
        <Form.Item label={voucherText.date} htmlFor="entry-date">
          <DateInput id="entry-date" value={entry.date} onChange={(date) => date !== null && change({ date })} />
        </Form.Item>
        <Form.Item label={text.businessDate} htmlFor="entry-business-date">
          <DateInput
            id="entry-business-date"
            allowClear
            value={entry.businessDate}
            onChange={(businessDate) => change({ businessDate })}
          />
        </Form.Item>
        <Form.Item label={text.bankDate} htmlFor="entry-bank-date">
          <DateInput id="entry-bank-date" allowClear value={entry.bankDate} onChange={(bankDate) => change({ bankDate })} />
        </Form.Item>
      </Form>
      <div className="entry-body">
        <EntryGrid
          bookId={entry.bookId}
          accounts={accounts}
          complexes={complexes}
          bankAccounts={bankAccounts}
          lines={entry.lines}
          onLines={(lines) => change({ lines })}
          problems={problems}
          onEnd={() => document.getElementById('entry-submit')?.focus()}
        />
        <EntryProblems problems={problems} refusal={refusal} />
        <div className="entry-actions">
          <Button id="entry-submit" type="primary" loading={isBusy} onClick={() => store(true)} aria-keyshortcuts="Control+Enter">
            {text.submit}
          </Button>
          <Button disabled={isBusy} onClick={() => store(false)} aria-keyshortcuts="Control+S">{text.save}</Button>
          {children}
        </div>
      </div>
      <aside className="entry-papers" aria-label={text.papers}>
        <h2>{text.papers}</h2>
        <AttachmentDrop
          value={entry.papers}
          hint={text.papersHint}
          onChange={(papers) => change({ papers })}
          onUploading={(uploading) => {
            setUploading(uploading)
            if (!uploading) setRefusal((shown: unknown) => (shown === STILL_UPLOADING ? null : shown))
          }}
        />
      </aside>
    </div>
  )
}

function EntryProblems({ problems, refusal }: { readonly problems: readonly ProblemDetails[]; readonly refusal: unknown }) {
  if (refusal !== null) return <ProblemNote error={refusal} />
  if (problems.length === 0) return null
  return (
    <section className="entry-problems" role="alert">
      <h2>{voucherText.entry.problems}</h2>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>{entryProblemText(problem)}</li>
        ))}
      </ul>
    </section>
  )
}
