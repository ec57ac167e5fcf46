/** The sheet as it will hang on the board, live: every figure a link, a red mark where a reason is missing. */
import type { ComplexId } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import { incomeText } from '../../messages/income.ts'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import type { OpenFigure } from './figure-drawer.tsx'
import { NotesEntry } from './reason-entry.tsx'
import { FigureButton, FigureContext, NoRows, PartHead, SheetRow, TotalRow, Under } from './sheet-cells.tsx'
import { IncomePart } from './income-part.tsx'
import { UtilityPart } from './utility-part.tsx'

export type QuarterView = Answers['income']['quarter']

const text = incomeText.sheet

type Props = { readonly complexId: ComplexId; readonly view: QuarterView; readonly onFigure: (figure: OpenFigure) => void }

export function QuarterTable({ complexId, view, onFigure }: Props) {
  const { sheet } = view
  return (
    <FigureContext value={onFigure}>
      <div className="income-sheet">
        <table aria-label={text.label}>
          <caption>
            <span>{text.profile(sheet.profile.name)}</span>
            <span>{text.balanceDate(sheet.balanceDate)}</span>
            <span>{text.unit}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">{text.item}</th>
              <th scope="col" className="right">{text.receivable}</th>
              <th scope="col" className="right">{text.amount}</th>
              <th scope="col" className="right">{text.yearToDate}</th>
            </tr>
          </thead>
          <OpeningPart view={view} />
          <IncomePart complexId={complexId} view={view} />
          <SpendingParts view={view} />
          <BankPart view={view} />
          <DailyPart view={view} />
          <UtilityPart view={view} />
        </table>
        <NotesEntry complexId={complexId} view={view} />
      </div>
    </FigureContext>
  )
}

function OpeningPart({ view: { sheet } }: { readonly view: QuarterView }) {
  const { rows, total } = sheet.opening
  return (
    <tbody>
      <PartHead title={text.opening} />
      {rows.length === 0 && <NoRows text={text.noneOpening} />}
      {rows.map((row) => (
        <SheetRow
          key={row.id}
          item={row.label}
          amount={<FigureButton fen={row.amount.amount} of={{ part: 'opening', rowId: row.id, name: row.label }} />}
        />
      ))}
      <TotalRow label={text.subtotal} fen={total.amount} part="opening" name={text.opening} />
    </tbody>
  )
}

function SpendingParts({ view: { sheet } }: { readonly view: QuarterView }) {
  const { costs, net, uses, transfers, closing } = sheet
  return (
    <>
      <tbody>
        <PartHead title={text.costs} />
        {costs.rows.length === 0 && <NoRows text={text.none} />}
        {costs.rows.map((row) => (
          <SheetRow
            key={row.id}
            id={row.id}
            tone={row.document === null ? 'missing' : undefined}
            item={
              <>
                {row.item}
                <Under lines={[row.document === null ? text.noDocument : text.document(row.document), row.note]} />
              </>
            }
            amount={<FigureButton fen={row.amount?.amount} of={{ part: 'costs', rowId: row.id, name: row.item }} />}
          />
        ))}
        <TotalRow label={text.subtotal} fen={costs.total.amount} part="costs" name={text.costs} />
        <TotalRow label={text.net} fen={net.amount} part="net" name={text.net} />
      </tbody>
      <tbody>
        <PartHead title={text.uses} />
        {uses.rows.length === 0 && <NoRows text={text.none} />}
        {uses.rows.map((row) => (
          <SheetRow
            key={row.id}
            id={row.id}
            tone={row.decision === null ? 'missing' : undefined}
            item={
              <>
                {row.item}
                <Under
                  lines={[
                    row.decision === null ? text.noDecision : text.decision(row.decision.no, row.decision.date),
                    row.payeeType, text.voucher(row.voucherNo), row.note,
                  ]}
                />
              </>
            }
            amount={<FigureButton fen={row.amount?.amount} of={{ part: 'uses', rowId: row.id, name: row.item }} />}
          />
        ))}
        <TotalRow label={text.subtotal} fen={uses.total.amount} part="uses" name={text.uses} />
      </tbody>
      <tbody>
        <PartHead title={text.transfers} />
        {transfers.rows.length === 0 && <NoRows text={text.none} />}
        {transfers.rows.map((row) => (
          <SheetRow
            key={row.id}
            id={row.id}
            item={<>{row.date}<Under lines={[row.note, text.voucher(row.voucherNo)]} /></>}
            amount={<FigureButton fen={row.amount.amount} of={{ part: 'transfers', rowId: row.id, name: row.note }} />}
          />
        ))}
        <TotalRow label={text.subtotal} fen={transfers.total.amount} part="transfers" name={text.transfers} />
        <TotalRow label={text.closing} fen={closing.amount} part="closing" name={text.closing} />
      </tbody>
    </>
  )
}

function BankPart({ view: { sheet, bankSources } }: { readonly view: QuarterView }) {
  const { bank } = sheet
  return (
    <tbody>
      <PartHead title={text.bank} />
      {bank.rows.map((row, index) => {
        const isStatement = bankSources[index]?.source === 'statement'
        const name = `${row.name} ${row.last4}`
        const rowId = `bank:${bankSources[index]?.bankAccountId ?? 0}`
        return [
          <SheetRow
            key={name}
            item={
              <>
                {name} {text.demand}{' '}
                <span title={isStatement ? undefined : text.fromLedgerWhy}>
                  <StateTag icon={isStatement ? 'bank' : 'vouchers'} word={isStatement ? text.fromStatement : text.fromLedger} />
                </span>
              </>
            }
            amount={<FigureButton fen={row.demand} of={{ part: 'closing', rowId, name }} />}
          />,
          row.term === 0
            ? null
            : <SheetRow key={`${name}-term`} item={`${name} ${text.term}`} amount={<Money fen={row.term} />} />,
        ]
      })}
      {bank.reconciling.map((item) => (
        <SheetRow key={item.id} item={item.item} amount={<Money fen={item.amount.amount} />} />
      ))}
      <SheetRow
        tone="total"
        item={
          <>
            {text.bankTotal}{' '}
            {bank.difference === 0
              ? <StateTag icon="check" tone="good" word={text.tiesOut} />
              : <StateTag icon="warning" tone="bad" word={text.difference(formatYuan(bank.difference))} />}
          </>
        }
        amount={<Money fen={bank.total} />}
      />
    </tbody>
  )
}

function DailyPart({ view: { sheet } }: { readonly view: QuarterView }) {
  const fund = sheet.dailyFund
  if (fund === null) return null
  return (
    <tbody>
      <PartHead title={text.dailyFund} />
      <SheetRow item={text.dailyOpening} amount={<Money fen={fund.opening.amount} />} />
      <SheetRow item={text.dailyIncome} amount={<Money fen={fund.income.amount} />} />
      <SheetRow item={text.dailySpending} amount={<Money fen={fund.spending.amount} />} />
      <SheetRow tone="total" item={text.dailyClosing} amount={<Money fen={fund.closing.amount} />} />
      <SheetRow item={text.dailyBank} amount={<Money fen={fund.bankBalance} />} />
    </tbody>
  )
}
