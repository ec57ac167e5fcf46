/** The cells of the quarter's table: a figure that opens its vouchers, a part's head, a total. */
import { createContext, use, type ReactNode } from 'react'
import type { Fen } from '#core/money.ts'
import { incomeText } from '../../messages/income.ts'
import { Money } from '../../parts/money.tsx'
import type { OpenFigure } from './figure-drawer.tsx'

export const FigureContext = createContext<(figure: OpenFigure) => void>(() => undefined)

type FigureProps = { readonly fen: Fen | null | undefined; readonly of: OpenFigure }

/** Blank where nothing was entered; otherwise a button that opens the vouchers behind it. */
export function FigureButton({ fen, of }: FigureProps) {
  const open = use(FigureContext)
  if (fen == null) return null
  return (
    <button type="button" className="figure" title={incomeText.sheet.open(of.name)} onClick={() => open(of)}>
      <Money fen={fen} />
    </button>
  )
}

/** Item, receivable, amount, year to date. */
export const COLUMNS = 4

export function PartHead({ title }: { readonly title: string }) {
  return (
    <tr className="part-head">
      <th scope="rowgroup" colSpan={COLUMNS}>{title}</th>
    </tr>
  )
}

export function NoRows({ text }: { readonly text: string }) {
  return (
    <tr>
      <td colSpan={COLUMNS} className="quiet">{text}</td>
    </tr>
  )
}

type RowProps = {
  readonly id?: string
  readonly item: ReactNode
  readonly receivable?: ReactNode
  readonly amount: ReactNode
  readonly yearToDate?: ReactNode
  readonly tone?: 'total' | 'missing' | undefined
}

export function SheetRow({ id, item, receivable, amount, yearToDate, tone }: RowProps) {
  return (
    <tr id={id === undefined ? undefined : `row-${id}`} className={tone} tabIndex={id === undefined ? undefined : -1}>
      {tone === 'total' ? <th scope="row">{item}</th> : <td>{item}</td>}
      <td className="right">{receivable}</td>
      <td className="right">{amount}</td>
      <td className="right">{yearToDate}</td>
    </tr>
  )
}

type TotalProps = { readonly label: string; readonly fen: Fen; readonly part: OpenFigure['part']; readonly name: string }

export function TotalRow({ label, fen, part, name }: TotalProps) {
  return <SheetRow tone="total" item={label} amount={<FigureButton fen={fen} of={{ part, rowId: null, name }} />} />
}

/** The second and further lines under an item. */
export function Under({ lines }: { readonly lines: readonly (string | null)[] }) {
  const shown = lines.filter((line) => line !== null && line !== '')
  return shown.length === 0 ? null : <div className="under">{shown.join(' · ')}</div>
}
