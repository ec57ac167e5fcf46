/** Part two of the sheet: a row per contract or category, with the reason of a silent one entered in its place. */
import type { ComplexId } from '#core/id.ts'
import { formatHundredths } from '#core/disclosure/shares.ts'
import { counterpartyLabel } from '#core/disclosure/sheet.ts'
import { incomeText } from '../../messages/income.ts'
import { Money } from '../../parts/money.tsx'
import { ReasonEntry } from './reason-entry.tsx'
import { FigureButton, NoRows, PartHead, SheetRow, Under } from './sheet-cells.tsx'
import type { QuarterView } from './quarter-table.tsx'

const text = incomeText.sheet

export function IncomePart({ complexId, view }: { readonly complexId: ComplexId; readonly view: QuarterView }) {
  const { income } = view.sheet
  const categories = income.categories.filter((each) => each.received.amount !== 0)
  const silent = new Set(view.findings.filter((finding) => finding.check === 'silent-rows').map((finding) => finding.rowId))
  return (
    <tbody>
      <PartHead title={text.income} />
      {income.rows.length === 0 && <NoRows text={text.noneIncome} />}
      {income.rows.map((row) => {
        const isMissing = silent.has(row.id)
        const name = `${row.category}·${counterpartyLabel(row.counterparty)}`
        return (
          <SheetRow
            key={row.id}
            id={row.id}
            tone={isMissing ? 'missing' : undefined}
            item={
              <>
                {name}
                {row.basis === 'net' && <span className="quiet"> {text.net1}</span>}
                <Under
                  lines={[
                    row.place, row.contractNo === null ? null : text.contract(row.contractNo),
                    row.covered === null ? null : `${row.covered.from} – ${row.covered.to}`, row.note,
                  ]}
                />
                {(isMissing || row.reason !== null) && (
                  <ReasonEntry
                    complexId={complexId}
                    rowKey={row.id}
                    name={name}
                    reason={row.reason}
                    suggestion={view.suggestions[row.id]}
                  />
                )}
              </>
            }
            receivable={<Money fen={row.receivable?.amount} />}
            amount={<FigureButton fen={row.received?.amount} of={{ part: 'income', rowId: row.id, name }} />}
            yearToDate={<FigureButton fen={row.yearToDate?.amount} of={{ part: 'yearToDate', rowId: row.id, name }} />}
          />
        )
      })}
      {categories.length > 1 && categories.map((each) => (
        <SheetRow
          key={each.category}
          item={
            <span className="quiet">
              {each.category} {each.shareHundredths === null ? '' : text.share(formatHundredths(each.shareHundredths))}
            </span>
          }
          amount={<span className="quiet"><Money fen={each.received.amount} /></span>}
        />
      ))}
      <SheetRow
        tone="total"
        item={text.subtotal}
        receivable={<Money fen={income.receivable.amount} />}
        amount={<FigureButton fen={income.received.amount} of={{ part: 'income', rowId: null, name: text.income }} />}
        yearToDate={
          <FigureButton fen={income.yearToDate.amount} of={{ part: 'yearToDate', rowId: null, name: text.yearToDate }} />
        }
      />
    </tbody>
  )
}
