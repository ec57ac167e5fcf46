/** Receipts of the fund's bank account that wait, each with what it fits; what is ticked becomes drafts. */
import { useState, type ReactNode } from 'react'
import { Checkbox } from 'antd'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { refreshAll } from '../client.ts'
import { partsText } from '../messages/parts.ts'
import { goTo } from '../place.ts'
import type { Answers } from '../records.ts'
import { ConfirmWrite } from './confirm-write.tsx'
import { useMaintenanceBook, useOwnBankAccount } from './fund-account.ts'
import { Money } from './money.tsx'
import { BankAccountPicker } from './pickers.tsx'
import { ProblemNote } from './problem-note.tsx'

const text = partsText.bankLines

type LinesAccount = { readonly id: BankAccountId | undefined; readonly choose: (id: BankAccountId | null) => void }

/** The complex's own account until another one is chosen. */
export function useLinesAccount(complexId: ComplexId): LinesAccount {
  const own = useOwnBankAccount(complexId)
  const [chosen, setChosen] = useState<BankAccountId>()
  return { id: chosen ?? own, choose: (id) => setChosen(id ?? undefined) }
}

export type BankLineRow = {
  readonly line: Answers['householdMoney']['proposeFromBank'][number]['line']
  readonly isTicked: boolean
  /** False while nobody is known whose money it is. */
  readonly isKnown: boolean
  readonly onTick: (isTicked: boolean) => void
  /** In the dialog's own columns. */
  readonly cells: ReactNode
}

type Props = {
  readonly title: string
  readonly account: LinesAccount
  readonly accountLabel: string
  /** The dialog's own columns, behind those of the statement. */
  readonly columns: readonly string[]
  /** Undefined until read. */
  readonly rows: readonly BankLineRow[] | undefined
  readonly error: unknown
  /** How many would be written. */
  readonly count: number
  /** Said when nothing is ticked. */
  readonly nothing: string
  readonly write: () => Promise<unknown>
  readonly onClose: () => void
}

export function BankLinesDialog(props: Props) {
  const { title, account, accountLabel, columns, rows, error, count, nothing, write, onClose } = props
  const bookId = useMaintenanceBook()?.id

  async function submit(): Promise<void> {
    if (count === 0) throw new Problem({ code: 'form.incomplete', message: nothing })
    await write()
    await refreshAll()
    goTo({ screen: 'vouchers', path: ['draft'] })
  }
  return (
    <ConfirmWrite title={title} verb={text.save(count)} onWrite={submit} onClose={onClose}>
      <p className="quiet">{text.hint}</p>
      <BankAccountPicker
        aria-label={accountLabel}
        bookId={bookId}
        value={account.id ?? null}
        onChange={account.choose}
      />
      {error !== null && <ProblemNote error={error} />}
      {rows?.length === 0 && <p role="status">{text.empty}</p>}
      {rows !== undefined && rows.length > 0 && (
        <div className="bank-lines">
          <table className="plain-table text-table" aria-label={text.table}>
            <thead>
              <tr>{[...text.columns, ...columns].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
            </thead>
            <tbody>
              {rows.map(({ line, isTicked, isKnown, onTick, cells }) => (
                <tr key={line.id}>
                  <td>
                    <Checkbox
                      aria-label={text.tick(line.memo)}
                      checked={isTicked}
                      disabled={!isKnown}
                      onChange={({ target }) => onTick(target.checked)}
                    />
                  </td>
                  <td>{line.date}</td>
                  <td className="right"><Money fen={line.amountFen} /></td>
                  <td>{line.party}</td>
                  <td>{line.memo}</td>
                  {cells}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ConfirmWrite>
  )
}
