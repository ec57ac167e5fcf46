/** When a complex and its buildings were completed, and what the builder promised beyond the statute. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ComplexId } from '#core/id.ts'
import {
  WARRANTY_CATEGORY_WORD, warrantyCover, warrantyLengthText, type WarrantyCategory,
} from '#core/repair/builder-warranty.ts'
import { api } from '../../client.ts'
import { warrantyText as text } from '../../messages/warranty.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { fileAddress } from '../../upload.ts'
import { CompletionDialog, TermDialog } from './warranty-dialogs.tsx'

type Entries = Answers['warranty']['entries']
export type CompletionEntry = Entries['completions'][number]
export type TermEntry = Entries['terms'][number]

type Doing =
  | { readonly kind: 'completion'; readonly entry?: CompletionEntry }
  | { readonly kind: 'term'; readonly entry?: TermEntry }

export function WarrantyPane({ complexId, mayWrite }: { readonly complexId: ComplexId; readonly mayWrite: boolean }) {
  const { data, error } = useQuery(api.warranty.entries.queryOptions({ complexId }))
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  return (
    <section>
      <header className="card-head">
        <h2>{text.title}</h2>
        {mayWrite && <Button size="small" onClick={() => setDoing({ kind: 'completion' })}>{text.addCompletion}</Button>}
        {mayWrite && <Button size="small" onClick={() => setDoing({ kind: 'term' })}>{text.addTerm}</Button>}
      </header>
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && (
        <>
          <Completions
            entries={data}
            onCorrect={mayWrite ? (entry) => setDoing({ kind: 'completion', entry }) : undefined}
          />
          <Terms terms={data.terms} onCorrect={mayWrite ? (entry) => setDoing({ kind: 'term', entry }) : undefined} />
        </>
      )}
      {doing?.kind === 'completion' && <CompletionDialog complexId={complexId} entry={doing.entry} onClose={close} />}
      {doing?.kind === 'term' && <TermDialog complexId={complexId} entry={doing.entry} onClose={close} />}
    </section>
  )
}

/** Last day of the warranty of one completion, as the window reckons it. */
function lastDay(entries: Entries, { buildingId, completedOn }: CompletionEntry, category: WarrantyCategory): string {
  const { completions, terms } = entries
  const cover = warrantyCover({ buildingId, category, reportedOn: completedOn }, {
    completions: completions.filter((completion) => completion.buildingId === buildingId), terms, buildings: [],
    seasons: () => null, startedSeasonCounts: false,
  })
  return cover.kind === 'unknown' ? '' : cover.lastDay
}

type CompletionsProps = {
  readonly entries: Entries
  readonly onCorrect: ((entry: CompletionEntry) => void) | undefined
}

function Completions({ entries, onCorrect }: CompletionsProps) {
  if (entries.completions.length === 0) return <p className="quiet">{text.none}</p>
  const heads = [text.place, text.completedOn, text.waterproofing, text.pipes, text.source, text.recordedBy]
  return (
    <>
      <p className="quiet">{text.hint}</p>
      <table className="plain-table text-table warranty-table">
        <thead>
          <tr>
            {heads.map((name) => <th key={name} scope="col">{name}</th>)}
            {onCorrect !== undefined && <th scope="col" aria-label={text.correct} />}
          </tr>
        </thead>
        <tbody>
          {entries.completions.map((entry) => (
            <tr key={entry.id}>
              <td>{entry.buildingName ?? text.whole}</td>
              <td>{entry.completedOn}</td>
              <td>{lastDay(entries, entry, 'waterproofing')}</td>
              <td>{lastDay(entries, entry, 'wiringAndPipes')}</td>
              <Source entry={entry} />
              <td>{entry.recordedBy}</td>
              {onCorrect !== undefined && (
                <td><Button size="small" type="link" onClick={() => onCorrect(entry)}>{text.correct}</Button></td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Source({ entry }: { readonly entry: { readonly source: string; readonly sha256: string; readonly reason: string } }) {
  return (
    <td>
      <a href={fileAddress(entry.sha256)} download>{entry.source}</a>
      {entry.reason !== '' && <span className="quiet">　{text.corrected(entry.reason)}</span>}
    </td>
  )
}

type TermsProps = { readonly terms: readonly TermEntry[]; readonly onCorrect: ((entry: TermEntry) => void) | undefined }

function Terms({ terms, onCorrect }: TermsProps) {
  return (
    <>
      <h3>{text.terms}</h3>
      {terms.length === 0 && <p className="quiet">{text.noTerms}</p>}
      {terms.length > 0 && (
        <table className="plain-table text-table warranty-table">
          <thead>
            <tr>
              {[text.place, text.category, text.length, text.agreedOn, text.source, text.recordedBy].map((name) => (
                <th key={name} scope="col">{name}</th>
              ))}
              {onCorrect !== undefined && <th scope="col" aria-label={text.correct} />}
            </tr>
          </thead>
          <tbody>
            {terms.map((term) => (
              <tr key={term.id}>
                <td>{term.buildingName ?? text.whole}</td>
                <td>{WARRANTY_CATEGORY_WORD[term.category]}</td>
                <td>{warrantyLengthText(term.category, term.length)}</td>
                <td>{term.agreedOn}</td>
                <Source entry={term} />
                <td>{term.recordedBy}</td>
                {onCorrect !== undefined && (
                  <td><Button size="small" type="link" onClick={() => onCorrect(term)}>{text.correct}</Button></td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
