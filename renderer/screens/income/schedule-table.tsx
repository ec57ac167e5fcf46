/** Instalments as a table: recorded ones, or the preview of a form. */
import { addFen, type Fen } from '#core/money.ts'
import type { Installment } from '#core/income/contract-schedule.ts'
import { incomeText } from '../../messages/income.ts'
import { Money } from '../../parts/money.tsx'

const text = incomeText.contract

export type ScheduleLine = Installment & { readonly isDropped?: boolean }

type Props = {
  readonly lines: readonly ScheduleLine[]
  /** Each complex's part of every instalment, where there are several. */
  readonly parts?: readonly { readonly name: string; readonly amounts: readonly Fen[] }[]
}

export function ScheduleTable({ lines, parts = [] }: Props) {
  const total = addFen(...lines.filter((line) => line.isDropped !== true).map((line) => line.amount))
  return (
    <table className="income-schedule">
      <thead>
        <tr>
          <th scope="col">{text.seq}</th>
          <th scope="col">{text.dueOn}</th>
          <th scope="col">{text.covers}</th>
          <th scope="col" className="right">{text.amount}</th>
          {parts.map((part) => <th key={part.name} scope="col" className="right">{text.ofComplex(part.name)}</th>)}
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={line.coversFrom} className={line.isDropped === true ? 'income-dropped' : undefined}>
            <td>{index + 1}</td>
            <td>{line.dueOn}</td>
            <td>{`${line.coversFrom} – ${line.coversTo}`}</td>
            <td className="right"><Money fen={line.amount} /></td>
            {parts.map((part) => <td key={part.name} className="right"><Money fen={part.amounts[index]} /></td>)}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>{text.previewTotal(lines.length)}</th>
          <td className="right"><Money fen={total} /></td>
          {parts.map((part) => <td key={part.name} className="right"><Money fen={addFen(...part.amounts)} /></td>)}
        </tr>
      </tfoot>
    </table>
  )
}
