/** The office's existing deposit sheet: choose how the opening is made, drop the file, see every line, take all or nothing. */
import { useState } from 'react'
import { Button, Form, Segmented } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { parsePercent, type RateMicro } from '#core/rate.ts'
import type { BusinessDate } from '#core/calendar.ts'
import { api, client } from '../../client.ts'
import { depositImportText as text } from '../../messages/deposit-import.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FileDrop } from '../../parts/file-drop.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { uploadFile } from '../../upload.ts'
import { ImportPreview } from './import-preview.tsx'
import { RateText } from './import-rate.tsx'
import type { ImportRequest } from './records.ts'

type Book = NonNullable<ReturnType<typeof useScope>['book']>
type Setup = { readonly mode: ImportRequest['mode']; readonly date: BusinessDate; readonly demandRate: string }
type Answers = Pick<ImportRequest, 'rateUnit' | 'moneyUnit'>

const UNANSWERED: Answers = { rateUnit: null, moneyUnit: null }

/** Null while empty or not yet a rate: the server says so where it is needed. */
function rateOf(typed: string): RateMicro | null {
  try {
    return typed.trim() === '' ? null : parsePercent(typed)
  } catch {
    return null
  }
}

export function ImportPlace() {
  const { book } = useScope()
  const mayImport = useMay('preparer')
  return (
    <Page title={text.title} hint={text.hint}>
      {book === undefined && <p className="quiet">{text.noBook}</p>}
      {!mayImport && <p className="quiet">{text.notAllowed}</p>}
      {book !== undefined && mayImport && <ImportForm key={book.id} book={book} />}
    </Page>
  )
}

function ImportForm({ book }: { readonly book: Book }) {
  const [setup, setSetup] = useState<Setup>({ mode: 'voucher', date: book.openedOn, demandRate: '' })
  const [token, setToken] = useState<string>()
  return (
    <div className="import-deposits">
      <SetupFields book={book} setup={setup} onChange={setSetup} />
      {token === undefined
        ? (
            <FileDrop
              accept=".xlsx,.xls,.csv"
              label={text.drop}
              hint={text.dropHint}
              onFile={async (file) => {
                const upload = await uploadFile(file)
                setToken(upload.token)
              }}
            />
          )
        : <Chosen key={token} book={book} setup={setup} token={token} onAnother={() => setToken(undefined)} />}
    </div>
  )
}

type SetupProps = { readonly book: Book; readonly setup: Setup; readonly onChange: (setup: Setup) => void }

function SetupFields({ book, setup, onChange }: SetupProps) {
  return (
    <Form layout="vertical" component="div" className="import-setup">
      <Form.Item label={text.book}><strong>{book.name}</strong></Form.Item>
      <Form.Item label={text.mode} extra={text.modeHint[setup.mode]}>
        <Segmented<ImportRequest['mode']>
          aria-label={text.mode}
          value={setup.mode}
          options={[{ value: 'voucher', label: text.modes.voucher }, { value: 'held', label: text.modes.held }]}
          onChange={(mode) => onChange({ ...setup, mode })}
        />
      </Form.Item>
      {setup.mode === 'voucher' && (
        <Form.Item label={text.date}>
          <DateInput
            aria-label={text.date}
            value={setup.date}
            onChange={(date) => onChange({ ...setup, date: date ?? book.openedOn })}
          />
        </Form.Item>
      )}
      <Form.Item label={text.demandRate} extra={text.demandRateHint}>
        <RateText
          label={text.demandRate}
          value={setup.demandRate}
          onChange={(demandRate) => onChange({ ...setup, demandRate })}
        />
      </Form.Item>
    </Form>
  )
}

type ChosenProps = { readonly book: Book; readonly setup: Setup; readonly token: string; readonly onAnother: () => void }

function Chosen({ book, setup, token, onAnother }: ChosenProps) {
  const [answers, setAnswers] = useState<Answers>(UNANSWERED)
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const { demandRate, ...chosen } = setup
  const request: ImportRequest = { bookId: book.id, token, ...chosen, ...answers, demandRateMicro: rateOf(demandRate) }
  const { data: preview, error, isFetching } = useQuery(
    api.depositImport.preview.queryOptions(
      request,
      // Once imported the uploaded file is gone; what is shown stays as it was accepted.
      { placeholderData: keepPreviousData, retry: false, enabled: jobId === undefined },
    ),
  )
  const isReady = preview?.isReady === true && !isFetching && jobId === undefined

  async function write(): Promise<void> {
    setRefusal(null)
    try {
      const started = await client.depositImport.import.mutate(request)
      setJobId(started.jobId)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  useShortcut('Ctrl+Enter', text.write, () => void write(), { isOn: isReady })

  const failure = error ?? refusal
  return (
    <>
      {failure !== null && <ProblemNote error={failure} />}
      {preview === undefined && error === null && <p className="quiet">{text.reading}</p>}
      {preview !== undefined && error === null && (
        <ImportPreview preview={preview} answers={answers} onAnswer={(answer) => setAnswers({ ...answers, ...answer })} />
      )}
      <div className="pane-actions">
        <Button type="primary" disabled={!isReady} onClick={() => void write()}>{text.write}</Button>
        <Button onClick={onAnother}>{text.another}</Button>
      </div>
      {jobId !== undefined && <ImportJob jobId={jobId} onAgain={() => setJobId(undefined)} />}
    </>
  )
}

/** Done: on to the opening voucher, or to the register where none was made. Refused or cancelled: back to the preview. */
function ImportJob({ jobId, onAgain }: { readonly jobId: string; readonly onAgain: () => void }) {
  const [done, setDone] = useState<{ readonly draftId: number | null }>()
  const leave = () => {
    if (done === undefined) onAgain()
    else if (done.draftId === null) goTo({ screen: 'deposits', path: ['register'] })
    else goTo({ screen: 'vouchers', path: ['draft', done.draftId] })
  }
  return (
    <JobDialog title={text.importing} jobId={jobId} onDone={({ reference }) => setDone({ draftId: reference })} onClose={leave} />
  )
}
