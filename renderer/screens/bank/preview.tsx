/** A read statement before it is imported: what it is, whether it ties out, its rows, or what is wrong with it. */
import { Select } from 'antd'
import type { ColDef } from 'ag-grid-community'
import { ENCODING_NAMES, type Encoding } from '#core/statement/encoding.ts'
import { formatYuan, fen } from '#core/money.ts'
import { CHAIN_WORD, ENCODING_CHOICES, importText, KIND_WORD } from '../../messages/bank.ts'
import { mappingText } from '../../messages/mapping.ts'
import { Facts } from '../../parts/facts.tsx'
import { Grid } from '../../parts/grid.tsx'
import { instantDay } from '../../parts/instant.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import type { StatementPreview } from './account.ts'

type PreviewRow = StatementPreview['rows'][number]
type Statement = StatementPreview['statement']

const { columns: heads } = importText
const COLUMNS: readonly ColDef<PreviewRow>[] = [
  { field: 'line', headerName: heads.line, type: 'number', width: 60 },
  { field: 'date', headerName: heads.date, type: 'date' },
  { headerName: heads.in, type: 'side', valueGetter: ({ data }) => Math.max(data?.amountFen ?? 0, 0) },
  { headerName: heads.out, type: 'side', valueGetter: ({ data }) => Math.max(-(data?.amountFen ?? 0), 0) },
  { field: 'balanceFen', headerName: heads.balance, type: 'money' },
  { field: 'party', headerName: heads.party, type: 'text' },
  { field: 'memo', headerName: heads.memo, type: 'text' },
  { field: 'serial', headerName: heads.serial, width: 150 },
  {
    headerName: heads.mark, width: 90,
    valueGetter: ({ data }) => (data === undefined ? '' : data.isRepeat ? importText.repeat : KIND_WORD[data.kind]),
  },
]

type Props = {
  readonly preview: StatementPreview
  readonly isFetching: boolean
  /** Read by columns being assigned: the file's start is shown there already. */
  readonly isTried?: boolean
  readonly onEncoding: (encoding: Encoding) => void
}

export function Preview({ preview, isFetching, isTried = false, onEncoding }: Props) {
  const { statement, rows } = preview
  const isRefused = statement.errors.length > 0
  return (
    <>
      {isRefused && <Issues title={importText.errorsTitle} hint={importText.errorsHint} issues={statement.errors} isBad />}
      <Obstacles preview={preview} />
      <div className="preview-top">
        <Identity preview={preview} isFetching={isFetching} onEncoding={onEncoding} />
        {statement.count > 0 && <Declared statement={statement} />}
      </div>
      {rows.length > 0
        ? (
            <>
              <Grid
                label={importText.rows}
                columns={COLUMNS}
                rows={rows}
                rowId={(row) => String(row.line)}
                empty={importText.noRows}
                height={Math.min(rows.length, 12)}
                rowClass={(row) => (row.isRepeat ? 'row-repeat' : '')}
              />
              {rows.length < statement.count && <p className="quiet">{importText.firstRows(rows.length, statement.count)}</p>}
            </>
          )
        : !isTried && <RawStart records={statement.preview} />}
    </>
  )
}

type Issue = Statement['errors'][number]

/** A file that cannot be checked, or does not name its account, is the clerk's word alone: said before everything else. */
const TO_CONFIRM = new Set(['account.absent', 'check.none', 'layout.generic'])

function Obstacles({ preview }: { readonly preview: StatementPreview }) {
  const { statement, gaps, sameFile, newCount } = preview
  const toConfirm = statement.warnings.filter(({ code }) => TO_CONFIRM.has(code))
  const others = statement.warnings.filter(({ code }) => !TO_CONFIRM.has(code))
  const nothingNew = statement.errors.length === 0 && statement.count > 0 && newCount === 0
  return (
    <>
      {sameFile !== null && <Note text={importText.sameFile(sameFile.importedBy, instantDay(sameFile.importedAt))} />}
      {sameFile === null && nothingNew && <Note text={importText.nothingNew} />}
      <Across preview={preview} />
      {gaps.length > 0 && (
        <Issues title={importText.gapTitle} issues={gaps.map((message) => ({ code: message, message, line: null }))} isBad />
      )}
      {toConfirm.length > 0 && <Issues title={importText.confirmTitle} issues={toConfirm} />}
      {others.length > 0 && <Issues title={importText.warningsTitle} issues={others} />}
    </>
  )
}

function Note({ text }: { readonly text: string }) {
  return (
    <section className="issues bad" role="alert">
      <p>{text}</p>
    </section>
  )
}

type IssuesProps = { readonly title: string; readonly hint?: string; readonly issues: readonly Issue[]; readonly isBad?: boolean }

function Issues({ title, hint, issues, isBad = false }: IssuesProps) {
  return (
    <section className={isBad ? 'issues bad' : 'issues'} role={isBad ? 'alert' : 'note'}>
      <h2>{title}</h2>
      {hint !== undefined && <p className="quiet">{hint}</p>}
      <ul>
        {issues.map(({ code, message, line }, index) => (
          <li key={`${code}-${index}`}>
            {line !== null && !message.includes(importText.line(line)) && <strong>{importText.line(line)}</strong>}
            {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

function layoutName({ layout, bank }: Statement): string {
  if (layout === '') return importText.layoutUnknown
  if (layout.startsWith('mapping:')) return mappingText.saved(bank)
  return layout === 'generic' ? importText.layoutGeneric : `${bank}（${layout}）`
}

const ENCODING_OPTIONS = ENCODING_CHOICES.map((value) => ({ value, label: importText.encodingOf(ENCODING_NAMES[value]) }))

function Identity({ preview, isFetching, onEncoding }: Props) {
  const { statement } = preview
  const { encoding, periodFrom, periodTo, balanceChain } = statement
  // A message gives no balance per row, but its opening and closing ones were checked against the rows.
  const isBounded = balanceChain === 'absent' && statement.declared?.opening != null && statement.declared.closing !== null
  const isTied = (balanceChain === 'ok' || isBounded) && statement.errors.length === 0
  return (
    <Facts
      facts={[
        { label: importText.file, value: preview.fileName },
        { label: importText.layout, value: layoutName(statement) },
        ...(statement.format === 'xls' || statement.format === 'xlsx'
          ? []
          : [{
              label: importText.encoding,
              value: (
                <Select<Encoding>
                  aria-label={importText.encoding}
                  size="small"
                  loading={isFetching}
                  value={encoding}
                  onChange={onEncoding}
                  options={ENCODING_OPTIONS}
                />
              ),
            }]),
        { label: importText.account, value: statement.account === '' ? importText.accountAbsent : statement.account },
        { label: importText.holder, value: statement.accountName },
        ...(periodFrom === null || periodTo === null
          ? []
          : [{ label: importText.period, value: importText.periodText(periodFrom, periodTo) }]),
        ...(statement.count > 0
          ? [
              {
                label: importText.chain,
                value: (
                  <StateTag
                    tone={isTied ? 'good' : balanceChain === 'absent' && !isBounded ? 'due' : 'bad'}
                    icon={isTied ? 'check' : 'warning'}
                    word={isBounded && isTied ? importText.bounded : CHAIN_WORD[balanceChain]}
                  />
                ),
              },
              { label: importText.newLines, value: importText.newLinesText(preview.newCount, preview.repeatCount) },
            ]
          : []),
      ]}
    />
  )
}

/** What a file of another layout brought in before: told, so that nothing is left out unseen. */
function Across({ preview: { acrossCount, doubtfulCount } }: { readonly preview: StatementPreview }) {
  if (acrossCount === 0 && doubtfulCount === 0) return null
  const issues = [
    ...(acrossCount === 0 ? [] : [{ code: 'across', message: importText.across(acrossCount), line: null }]),
    ...(doubtfulCount === 0 ? [] : [{ code: 'doubtful', message: importText.doubtful(doubtfulCount), line: null }]),
  ]
  return <Issues title={importText.acrossTitle} issues={issues} isBad={doubtfulCount > 0} />
}

const FIELDS = ['count', 'inCount', 'inFen', 'outCount', 'outFen', 'opening', 'closing'] as const
type Field = (typeof FIELDS)[number]

function shown(field: Field, value: number): string {
  return field === 'count' || field === 'inCount' || field === 'outCount' ? importText.counted(value) : formatYuan(fen(value))
}

/** Whether they agree is the reader's verdict (banks count in several ways), not recomputed here. */
function Declared({ statement }: { readonly statement: Statement }) {
  const refused = statement.errors.some(({ code }) => code === 'declared.mismatch' || code === 'balance.mismatch')
  return (
    <table className="declared" aria-label={importText.declaredTitle}>
      <thead>
        <tr>
          <th scope="col">{importText.item}</th>
          <th scope="col">{importText.declared}</th>
          <th scope="col">{importText.parsed}</th>
          <th scope="col">{importText.verdict}</th>
        </tr>
      </thead>
      <tbody>
        {FIELDS.map((field) => {
          const declared = statement.declared?.[field] ?? null
          const parsed = statement[field]
          const isEqual = declared === parsed || !refused
          return (
            <tr key={field}>
              <th scope="row">{importText.fields[field]}</th>
              <td>{declared === null ? <span className="quiet">{importText.notDeclared}</span> : shown(field, declared)}</td>
              <td>{parsed === null ? '' : shown(field, parsed)}</td>
              <td>
                {declared !== null && (
                  <StateTag
                    tone={isEqual ? 'good' : 'bad'}
                    icon={isEqual ? 'check' : 'cross'}
                    word={isEqual ? importText.agrees : importText.differs}
                  />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The first lines as decoded: enough to see a wrong encoding or a file of something else. */
function RawStart({ records }: { readonly records: Statement['preview'] }) {
  if (records.length === 0) return null
  return (
    <section aria-label={importText.rawTitle}>
      <h2>{importText.rawTitle}</h2>
      <div className="raw-start" tabIndex={0} role="region" aria-label={importText.rawTitle}>
        <table>
          <tbody>
            {records.map((cells, index) => (
              <tr key={index}>
                {cells.map((cell, column) => <td key={column}>{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
