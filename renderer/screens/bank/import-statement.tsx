/** Drop a bank's file, see what was read and what does not agree, accept it whole. */
import { useState } from 'react'
import { Button, Checkbox } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ProblemDetails } from '#core/problem.ts'
import type { Encoding } from '#core/statement/encoding.ts'
import { checkMapping, columnTitles, suggestHeadingRow, suggestMapping, type ColumnMapping } from '#core/statement/mapping.ts'
import { api, client } from '../../client.ts'
import { importText } from '../../messages/bank.ts'
import { mappingText } from '../../messages/mapping.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { problemOf } from '../../problem.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { uploadFile } from '../../upload.ts'
import { useAccount, type StatementPreview, type StoredMapping } from './account.ts'
import { MappingPane, sent } from './mapping-pane.tsx'
import { Preview } from './preview.tsx'

type Chosen = { readonly token: string; readonly encoding?: Encoding }

export function ImportStatement({ bankAccountId }: { readonly bankAccountId: number }) {
  const { name } = useAccount(bankAccountId)
  const [chosen, setChosen] = useState<Chosen>()
  return (
    <Page title={importText.title} hint={name}>
      {chosen === undefined
        ? (
            <div className="import-start">
              <FileDrop
                accept=".csv,.txt,.xls,.xlsx,.sta,.mt940,.mt942,.940,.942,.xml,.ofx,.qfx"
                label={importText.drop}
                hint={importText.dropHint}
                onFile={async (file) => {
                  const { token } = await uploadFile(file)
                  setChosen({ token })
                }}
              />
            </div>
          )
        : <ChosenFile bankAccountId={bankAccountId} chosen={chosen} onChoose={setChosen} />}
    </Page>
  )
}

/** What a person would import without knowing better is not offered: errors, nothing new, an unconfirmed gap. */
function mayAccept(preview: StatementPreview | undefined, gapAccepted: boolean): boolean {
  return preview !== undefined && preview.statement.errors.length === 0 && preview.newCount > 0 && preview.sameFile === null &&
    (preview.gaps.length === 0 || gapAccepted)
}

type ChosenProps = {
  readonly bankAccountId: number
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen | undefined) => void
}

function ChosenFile({ bankAccountId, chosen, onChoose }: ChosenProps) {
  const [acceptGap, setAcceptGap] = useState(false)
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const [draft, setDraft] = useState<Draft>()
  const mayImport = useMay('preparer', 'bookkeeper', 'reconciler', 'head')
  const tried = draft !== undefined && problemIn(draft.mapping) === null ? { mapping: sent(draft.mapping) } : {}
  const { data: preview, error, isFetching } = useQuery(
    api.statement.preview.queryOptions(
      { bankAccountId, ...chosen, ...tried },
      // Once imported the uploaded file is gone; what is shown stays as it was accepted.
      { placeholderData: keepPreviousData, retry: false, enabled: jobId === undefined },
    ),
  )
  const { data: mappings } = useQuery(api.statement.mappings.queryOptions({ bankAccountId }))
  const isReady = mayImport && !isFetching && jobId === undefined && draft === undefined && mayAccept(preview, acceptGap)
  const stored = mappings?.find((one) => preview?.statement.layout === `mapping:${one.id}`)

  async function write(): Promise<void> {
    setRefusal(null)
    try {
      const started = await client.statement.import.mutate({ bankAccountId, ...chosen, acceptGap })
      setJobId(started.jobId)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  useShortcut('Ctrl+Enter', importText.write, () => void write(), { isOn: isReady })

  const shown = preview !== undefined && (
    <Preview
      preview={preview}
      isFetching={isFetching}
      isTried={draft !== undefined}
      onEncoding={(encoding) => onChoose({ ...chosen, encoding })}
    />
  )
  const problem = draft === undefined ? null : problemIn(draft.mapping)
  return (
    <div className="preview">
      {error !== null && <ProblemNote error={error} />}
      {refusal !== null && <ProblemNote error={refusal} />}
      {preview === undefined && error === null && <p className="quiet">{importText.reading}</p>}
      {preview !== undefined && draft !== undefined
        ? (
            <MappingPane
              bankAccountId={bankAccountId}
              records={preview.statement.preview}
              mapping={draft.mapping}
              headingRow={draft.headingRow}
              stored={draft.stored}
              onChange={(mapping, headingRow) => setDraft({ ...draft, mapping, headingRow })}
              onClose={() => setDraft(undefined)}
              result={problem === null ? shown : <ProblemNote problem={problem} />}
            />
          )
        : (
            <>
              {shown}
              <div className="pane-actions">
                <Button type="primary" disabled={!isReady} onClick={() => void write()}>{importText.write}</Button>
                <Button onClick={() => onChoose(undefined)}>{importText.another}</Button>
                {mayImport && preview !== undefined && isTable(preview) && (
                  <Button onClick={() => setDraft(draftOf(preview, stored))}>
                    {stored === undefined ? mappingText.open : mappingText.reopen}
                  </Button>
                )}
                {preview !== undefined && preview.gaps.length > 0 && preview.statement.errors.length === 0 && (
                  <Checkbox checked={acceptGap} onChange={(event) => setAcceptGap(event.target.checked)}>
                    {importText.acceptGap}
                  </Checkbox>
                )}
              </div>
            </>
          )}
      {jobId !== undefined && (
        <ImportJob jobId={jobId} bankAccountId={bankAccountId} onAgain={() => setJobId(undefined)} />
      )}
    </div>
  )
}

type Draft = { readonly mapping: ColumnMapping; readonly headingRow: number; readonly stored: StoredMapping | undefined }

/** Messages say themselves what is what; only tables have columns to point at. */
function isTable({ statement: { format, preview } }: StatementPreview): boolean {
  return preview.length > 0 && (format === 'csv' || format === 'txt' || format === 'xls' || format === 'xlsx')
}

/** What was saved for this heading, or a guess from its titles. */
function draftOf({ statement: { preview } }: StatementPreview, stored: StoredMapping | undefined): Draft {
  const found = stored === undefined
    ? suggestHeadingRow(preview)
    : preview.findIndex((cells) => {
        const titles = new Set(columnTitles(cells))
        return stored.titles.every((title) => title === '' || titles.has(title))
      })
  const headingRow = Math.max(found, 0)
  if (stored === undefined) return { mapping: suggestMapping(preview[headingRow] ?? []), headingRow, stored }
  const { titles, fields, rule, positiveIs, inWords, outWords, dateOrder, brackets } = stored
  return { mapping: { titles, fields, rule, positiveIs, inWords, outWords, dateOrder, brackets }, headingRow, stored }
}

function problemIn(mapping: ColumnMapping): ProblemDetails | null {
  try {
    checkMapping(mapping)
    return null
  } catch (thrown) {
    return problemOf(thrown)
  }
}

/** Done: on to the new lines. Refused or cancelled: back to the preview. */
function ImportJob({ jobId, bankAccountId, onAgain }: { jobId: string; bankAccountId: number; onAgain: () => void }) {
  const [isDone, setDone] = useState(false)
  return (
    <JobDialog
      title={importText.importing}
      jobId={jobId}
      onDone={() => setDone(true)}
      onClose={() => (isDone ? goTo({ screen: 'bank', path: [bankAccountId, 'proposals'] }) : onAgain())}
    />
  )
}
