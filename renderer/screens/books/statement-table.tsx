/** A statement as a table; figures with accounts behind them are buttons. */
import type { StatementColumn, StatementRow } from '#core/statements/sums.ts'
import { booksText as text } from '../../messages/books.ts'
import { Money } from '../../parts/money.tsx'
import type { Answers } from '../../records.ts'
import type { OpenFigure } from './figure-drawer.tsx'

type BalanceSheet = Answers['statutory']['statements']['balanceSheet']
type Column = { readonly label: string; readonly span: StatementColumn['span'] | null }
type OnFigure = (figure: OpenFigure) => void

type CellsProps = {
  readonly row: StatementRow | undefined
  readonly columns: readonly Column[]
  readonly onFigure: OnFigure
}

function Cells({ row, columns, onFigure }: CellsProps) {
  if (row === undefined) {
    return (
      <>
        <td />
        {columns.map(({ label }) => <td key={label} />)}
      </>
    )
  }
  return (
    <>
      <th scope="row" className={`statement-level-${row.level} statement-${row.kind}`}>{row.label.trim()}</th>
      {columns.map((column, index) => (
        <td key={column.label} className={`statement-${row.kind}`}>
          <Figure row={row} column={column} index={index} onFigure={onFigure} />
        </td>
      ))}
    </>
  )
}

type FigureProps = { readonly row: StatementRow; readonly column: Column; readonly index: number; readonly onFigure: OnFigure }

function Figure({ row, column, index, onFigure }: FigureProps) {
  const amount = row.amounts[index]
  const span = row.span ?? column.span
  // A zero that is made of nothing opens nothing.
  const isMade = row.parts.some(({ amounts }) => (amounts[index] ?? 0) !== 0)
  if (span === null || !isMade || amount == null) return <Money fen={amount} />
  return (
    <button
      type="button"
      className="figure"
      aria-label={text.figure.open(row.label.trim(), column.label)}
      onClick={() => onFigure({ row, column: index, label: column.label, span })}
    >
      <Money fen={amount} />
    </button>
  )
}

/** Two blocks side by side; both totals stand in the last line, as on the form. */
export function BalanceSheetTable({ sheet, onFigure }: { readonly sheet: BalanceSheet; readonly onFigure: OnFigure }) {
  const { columns, assets, claims } = sheet
  const length = Math.max(assets.length, claims.length)
  const items = assets.slice(0, -1)
  const rows = Array.from({ length }, (_, index) => ({
    left: index === length - 1 ? assets.at(-1) : items[index],
    right: claims[index],
  }))
  return (
    <table className="plain-table statement-table">
      <caption>{text.forms.balanceSheet}<span>{text.unit}</span></caption>
      <thead>
        <tr>
          <th scope="col">{text.assets}</th>
          {columns.map(({ label }) => <th key={label} scope="col">{label}</th>)}
          <th scope="col" className="statement-item-head">{text.claims}</th>
          {columns.map(({ label }) => <th key={label} scope="col">{label}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ left, right }, index) => (
          <tr key={index}>
            <Cells row={left} columns={columns} onFigure={onFigure} />
            <Cells row={right} columns={columns} onFigure={onFigure} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function PlainStatement({ caption, columns, rows, onFigure }: {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly StatementRow[]
  readonly onFigure: OnFigure
}) {
  return (
    <table className="plain-table statement-table">
      <caption>{caption}<span>{text.unit}</span></caption>
      <thead>
        <tr>
          <th scope="col">{text.item}</th>
          {columns.map(({ label }) => <th key={label} scope="col">{label}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}><Cells row={row} columns={columns} onFigure={onFigure} /></tr>
        ))}
      </tbody>
    </table>
  )
}
