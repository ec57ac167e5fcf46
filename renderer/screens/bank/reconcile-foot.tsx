/** Always in sight: what is suggested for the row, the table's two halves, and the difference of what is ticked. */
import { Button } from 'antd'
import { subtractFen, type Fen } from '#core/money.ts'
import { MATCH_KIND_WORD, reconcileText as text } from '../../messages/reconciliation.ts'
import { Money, yuanText } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { MonthTable, Suggested } from './reconcile-model.ts'

type StripProps = {
  readonly suggestion: Suggested | undefined
  readonly isChosen: boolean
  readonly isBank: boolean
  readonly mayMatch: boolean
  readonly onAccept: () => void
  readonly onDraft: () => void
}

export function SuggestionStrip({ suggestion, isChosen, isBank, mayMatch, onAccept, onDraft }: StripProps) {
  if (suggestion === undefined) {
    return (
      <div className="suggestion" aria-live="polite">
        <span className="quiet">{isChosen ? text.noSuggestion : text.chooseRow}</span>
        {isChosen && isBank && <Button size="small" onClick={onDraft}>{text.draft}</Button>}
      </div>
    )
  }
  const { kind, lineIds, entries, score, reason } = suggestion
  return (
    <div className="suggestion" aria-live="polite">
      <strong>{text.suggestion(MATCH_KIND_WORD[kind], lineIds.length, entries.length, score)}</strong>
      <span>{reason}</span>
      {mayMatch && <Button size="small" onClick={onAccept}>{text.accept} (S)</Button>}
    </div>
  )
}

type Ticked = { readonly bank: number; readonly book: number; readonly bankFen: Fen; readonly bookFen: Fen }
type FootProps = {
  readonly table: MonthTable
  readonly ticked: Ticked
  readonly mayMatch: boolean
  readonly onMatch: () => void
  readonly onMatches: () => void
}

export function ReconcileFoot({ table, ticked, mayMatch, onMatch, onMatches }: FootProps) {
  const difference = subtractFen(ticked.bankFen, ticked.bookFen)
  const count = ticked.bank + ticked.book
  return (
    <footer className="reconcile-foot">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{text.journal} / {text.statement}</th>
            <th scope="col">{text.bankIn} / {text.bookIn}</th>
            <th scope="col">{text.bankOut} / {text.bookOut}</th>
            <th scope="col">{text.adjusted}</th>
          </tr>
        </thead>
        <tbody>
          <Half
            word={text.journal} balance={table.journalFen} into={table.bankInFen} out={table.bankOutFen}
            adjusted={table.adjustedJournalFen}
          />
          <Half
            word={text.statement} balance={table.statementFen} into={table.bookInFen} out={table.bookOutFen}
            adjusted={table.adjustedStatementFen}
          />
        </tbody>
      </table>
      <div className="reconcile-state">
        {table.differenceFen === 0
          ? <StateTag icon="check" tone="good" word={text.tiesOut} />
          : <StateTag icon="warning" tone="bad" word={`${text.difference} ${yuanText(table.differenceFen)}`} />}
        <span className="quiet">{text.counts(table.bank.length, table.book.length)}</span>
        {table.startDifferenceFen !== 0 && (
          <span className="quiet">{text.startDifference(yuanText(table.startDifferenceFen), table.span.startsOn)}</span>
        )}
        {table.obstacles.map((obstacle) => <span key={obstacle} className="quiet">{obstacle}</span>)}
      </div>
      <div className="reconcile-ticked" aria-live="polite">
        <span>{text.ticked(ticked.bank, ticked.book)}</span>
        <span>
          {text.tickedDifference} <Money fen={difference} />
        </span>
        {count > 1 && difference === 0 && <StateTag icon="check" tone="good" word={text.tickedEqual} />}
        <span className="reconcile-buttons">
          <Button size="small" onClick={onMatches}>{text.matches} (L)</Button>
          {mayMatch && (
            <Button size="small" type="primary" disabled={count < 2 || difference !== 0} onClick={onMatch}>{text.match}</Button>
          )}
        </span>
      </div>
    </footer>
  )
}

type HalfProps = { readonly word: string; readonly balance: Fen; readonly into: Fen; readonly out: Fen; readonly adjusted: Fen }

function Half({ word, balance, into, out, adjusted }: HalfProps) {
  return (
    <tr>
      <th scope="row">{word}</th>
      <td><Money fen={balance} /></td>
      <td>+ <Money fen={into} /></td>
      <td>− <Money fen={out} /></td>
      <td><strong><Money fen={adjusted} /></strong></td>
    </tr>
  )
}
