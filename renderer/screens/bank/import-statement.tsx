/** Drop a bank's file, see what was read and what does not agree, accept it whole. */
import { useState } from 'react'
import { Button, Checkbox } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Encoding } from '#core/statement/encoding.ts'
import { api, client } from '../../client.ts'
import { importText } from '../../messages/bank.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { uploadFile } from '../../upload.ts'
import { useAccount, type StatementPreview } from './account.ts'
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
                accept=".csv,.txt,.xls,.xlsx"
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
  const mayImport = useMay('preparer', 'bookkeeper', 'reconciler', 'head')
  const { data: preview, error, isFetching } = useQuery(
    api.statement.preview.queryOptions(
      { bankAccountId, ...chosen },
      // Once imported the uploaded file is gone; what is shown stays as it was accepted.
      { placeholderData: keepPreviousData, retry: false, enabled: jobId === undefined },
    ),
  )
  const isReady = mayImport && !isFetching && jobId === undefined && mayAccept(preview, acceptGap)

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

  return (
    <div className="preview">
      {error !== null && <ProblemNote error={error} />}
      {refusal !== null && <ProblemNote error={refusal} />}
      {preview === undefined && error === null && <p className="quiet">{importText.reading}</p>}
      {preview !== undefined && (
        <Preview preview={preview} isFetching={isFetching} onEncoding={(encoding) => onChoose({ ...chosen, encoding })} />
      )}
      <div className="pane-actions">
        <Button type="primary" disabled={!isReady} onClick={() => void write()}>{importText.write}</Button>
        <Button onClick={() => onChoose(undefined)}>{importText.another}</Button>
        {preview !== undefined && preview.gaps.length > 0 && preview.statement.errors.length === 0 && (
          <Checkbox checked={acceptGap} onChange={(event) => setAcceptGap(event.target.checked)}>{importText.acceptGap}</Checkbox>
        )}
      </div>
      {jobId !== undefined && (
        <ImportJob jobId={jobId} bankAccountId={bankAccountId} onAgain={() => setJobId(undefined)} />
      )}
    </div>
  )
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
