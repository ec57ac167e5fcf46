/** Why a row is blank or zero, and the notes at the sheet's foot: written in their place, kept with the quarter. */
import { useState } from 'react'
import { Button, Input } from 'antd'
import { useMutation } from '@tanstack/react-query'
import type { ComplexId } from '#core/id.ts'
import { api } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import type { QuarterView } from './quarter-table.tsx'

const text = incomeText.reason

type Props = {
  readonly complexId: ComplexId
  readonly rowKey: string
  readonly name: string
  readonly reason: string | null
  readonly suggestion: string | undefined
}

export function ReasonEntry({ complexId, rowKey, name, reason, suggestion }: Props) {
  const { quarter } = useScope()
  const mayWrite = useMay('preparer', 'bookkeeper', 'head')
  const [typed, setTyped] = useState<string>()
  const save = useMutation(api.income.setReason.mutationOptions({ onSuccess: () => setTyped(undefined) }))
  const keep = (sentence: string) => save.mutate({ complexId, quarter, rowKey, reason: sentence })
  return (
    <div className="reason">
      {reason === null ? <StateTag icon="warning" tone="bad" word={text.needed} /> : <span>{text.given(reason)}</span>}
      {typed === undefined && mayWrite && (
        <Button size="small" type="link" onClick={() => setTyped(reason ?? '')}>
          {reason === null ? text.write : text.rewrite}
        </Button>
      )}
      {typed === undefined && mayWrite && reason === null && suggestion !== undefined && (
        <Button size="small" type="link" loading={save.isPending} onClick={() => keep(suggestion)}>
          {text.suggested(suggestion)}
        </Button>
      )}
      {typed !== undefined && (
        <>
          <Input
            size="small"
            autoFocus
            aria-label={text.label(name)}
            placeholder={text.placeholder}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onPressEnter={() => keep(typed)}
          />
          <Button size="small" type="primary" loading={save.isPending} onClick={() => keep(typed)}>{text.save}</Button>
          <Button size="small" onClick={() => setTyped(undefined)}>{text.cancel}</Button>
        </>
      )}
      {save.error !== null && <ProblemNote error={save.error} />}
    </div>
  )
}

/** Where the sheet's own notes are kept among the reasons (services/income/quarter.ts). */
const NOTES_KEY = 'notes'

export function NotesEntry({ complexId, view }: { readonly complexId: ComplexId; readonly view: QuarterView }) {
  const { quarter } = useScope()
  const mayWrite = useMay('preparer', 'bookkeeper', 'head')
  const { notes } = view.sheet
  const [typed, setTyped] = useState<string>()
  const save = useMutation(api.income.setReason.mutationOptions({ onSuccess: () => setTyped(undefined) }))
  return (
    <section className="income-notes" aria-labelledby="income-notes">
      <h2 id="income-notes">{incomeText.sheet.notes}</h2>
      <ol>{notes.map((note) => <li key={note}>{note}</li>)}</ol>
      {typed === undefined && mayWrite && (
        <Button size="small" onClick={() => setTyped(notes.join('\n'))}>
          {notes.length === 0 ? text.addNotes : text.editNotes}
        </Button>
      )}
      {typed !== undefined && (
        <>
          <Input.TextArea
            autoFocus
            rows={3}
            aria-label={text.noteLabel}
            placeholder={text.notesHint}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <div className="reason">
            <Button
              size="small"
              type="primary"
              loading={save.isPending}
              onClick={() => save.mutate({ complexId, quarter, rowKey: NOTES_KEY, reason: typed })}
            >
              {text.save}
            </Button>
            <Button size="small" onClick={() => setTyped(undefined)}>{text.cancel}</Button>
          </div>
        </>
      )}
      {save.error !== null && <ProblemNote error={save.error} />}
    </section>
  )
}
