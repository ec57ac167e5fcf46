/** What a register file holds before it is imported: counts and sums, what is wrong by line and column, its rows. */
import type { ColDef } from 'ag-grid-community'
import { formatArea } from '#core/register/area.ts'
import { fen, formatYuan } from '#core/money.ts'
import { registerText as text, USE_WORD } from '../../messages/household.ts'
import { Facts } from '../../parts/facts.tsx'
import { Grid } from '../../parts/grid.tsx'
import type { RegisterPreview } from './records.ts'

type Row = RegisterPreview['rows'][number]
type Issue = RegisterPreview['errors'][number]

const { heads } = text
const COLUMNS: readonly ColDef<Row>[] = [
  { field: 'line', headerName: heads.line, type: 'number', width: 70 },
  { field: 'address', headerName: heads.address, width: 170 },
  { field: 'floor', headerName: heads.floor, type: 'number', width: 60 },
  {
    headerName: heads.area, type: 'number', width: 100,
    valueGetter: ({ data }) => (data === undefined ? '' : formatArea(data.areaDm2)),
  },
  { headerName: heads.use, width: 80, valueGetter: ({ data }) => (data === undefined ? '' : USE_WORD[data.use]) },
  { field: 'firstDueFen', headerName: heads.due, type: 'money', width: 112 },
  { field: 'paidFen', headerName: heads.paid, type: 'money', width: 112 },
  { field: 'balanceFen', headerName: heads.balance, type: 'money', width: 112 },
  { field: 'owners', headerName: heads.owners, type: 'text' },
]

type Props = { readonly preview: RegisterPreview; readonly isSealed: boolean }

export function RegisterPreviewPane({ preview, isSealed }: Props) {
  const { errorCount, warningCount, errors, warnings, rows, newCount } = preview
  return (
    <>
      {errorCount > 0 && (
        <Issues title={text.errorsTitle(errorCount)} hint={text.errorsHint} issues={errors} count={errorCount} isBad />
      )}
      {errorCount === 0 && newCount === 0 && (
        <section className="register-issues bad" role="alert"><p>{text.nothingNew}</p></section>
      )}
      {errorCount === 0 && isSealed && <section className="register-issues" role="note"><p>{text.vaultNeeded}</p></section>}
      {warningCount > 0 && <Issues title={text.warningsTitle(warningCount)} issues={warnings} count={warningCount} />}
      <Counts preview={preview} />
      {errorCount === 0 && (
        <>
          <Grid
            label={text.rows}
            columns={COLUMNS}
            rows={rows}
            rowId={({ line }) => String(line)}
            empty={text.noRows}
            height={Math.min(Math.max(rows.length, 1), 12)}
          />
          {rows.length < newCount && <p className="quiet">{text.firstRows(rows.length, newCount)}</p>}
        </>
      )}
    </>
  )
}

function Counts({ preview }: { readonly preview: RegisterPreview }) {
  const { sums, newCount, knownCount, newBuildings, file, columns } = preview
  const yuan = (amount: number) => text.yuan(formatYuan(fen(amount)))
  const read = columns.filter(({ meaning }) => meaning !== null).map(({ title }) => title)
  return (
    <Facts
      facts={[
        { label: text.file, value: file.name },
        { label: text.count, value: text.countText(sums.households) },
        { label: text.fresh, value: text.countText(newCount) },
        { label: text.known, value: text.countText(knownCount) },
        { label: text.area, value: text.squareMetres(formatArea(sums.areaDm2)) },
        { label: text.owners, value: text.ownersText(sums.owners) },
        { label: text.due, value: yuan(sums.dueFen) },
        { label: text.paid, value: yuan(sums.paidFen) },
        { label: text.balance, value: yuan(sums.balanceFen) },
        { label: text.buildings, value: newBuildings.length === 0 ? text.none : newBuildings.join(' ') },
        { label: text.columnsRead, value: read.join(' '), wide: true },
      ]}
    />
  )
}

type IssuesProps = {
  readonly title: string
  readonly hint?: string
  readonly issues: readonly Issue[]
  readonly count: number
  readonly isBad?: boolean
}

/** Enough to correct in one go; the rest comes with the next reading. */
const LISTED = 50

function Issues({ title, hint, issues, count, isBad = false }: IssuesProps) {
  const listed = issues.slice(0, LISTED)
  return (
    <section className={isBad ? 'register-issues bad' : 'register-issues'} role={isBad ? 'alert' : 'note'}>
      <h2>{title}</h2>
      {hint !== undefined && <p className="quiet">{hint}</p>}
      <ul>
        {listed.map(({ message, line, column }, index) => (
          <li key={index}>
            {line !== null && <strong>{text.line(line)}</strong>}
            {column !== null && <strong>{text.where(column)}</strong>}
            {message}
          </li>
        ))}
      </ul>
      {count > listed.length && <p className="quiet">{text.more(count - listed.length)}</p>}
    </section>
  )
}
