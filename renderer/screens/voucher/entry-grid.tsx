/** The grid of the entry form: every cell an open input, Enter and Tab walk, the end of a balanced voucher leads to submit. */
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { Button, Input } from 'antd'
import type { ProblemDetails } from '#core/problem.ts'
import type { BankAccountId } from '#core/id.ts'
import { negateFen, type Fen } from '#core/money.ts'
import { voucherText } from '../../messages/voucher.ts'
import { Icon } from '../../parts/icon.tsx'
import { FenInput } from '../../parts/money-input.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Accounts, BankAccounts, Complexes } from '../../records.ts'
import { useSideWords } from '../../side-words.ts'
import {
  accountChoices,
  emptyLine,
  isUntouched,
  nextLine,
  totalsOf,
  withAmount,
  withBalance,
  withBankAccount,
  type EntryLine,
} from './entry-lines.ts'
import { LinePicker, useChoiceOptions, type LineChoice } from './line-picker.tsx'

const text = voucherText.entry

type Props = {
  readonly bookId: number
  readonly accounts: Accounts
  readonly complexes: Complexes
  readonly bankAccounts: BankAccounts
  readonly lines: readonly EntryLine[]
  readonly onLines: (lines: readonly EntryLine[]) => void
  readonly problems: readonly ProblemDetails[]
  /** Enter at the end of a voucher that balances. */
  readonly onEnd: () => void
}

type Side = 'debitFen' | 'creditFen'

const SIDES = [
  { side: 'debitFen', word: 'debit', place: 'cell-debit' },
  { side: 'creditFen', word: 'credit', place: 'cell-credit' },
] as const

function inputsIn(table: HTMLElement | null): readonly HTMLInputElement[] {
  return [...(table?.querySelectorAll<HTMLInputElement>('tbody input:not([disabled])') ?? [])]
}

function nextKey(lines: readonly EntryLine[]): number {
  return Math.max(0, ...lines.map(({ key }) => key)) + 1
}

function bankChoices(bankAccounts: BankAccounts, bookId: number, line: EntryLine): readonly LineChoice<BankAccountId>[] {
  return bankAccounts
    .filter((account) => account.bookId === bookId && (account.complexId === null || account.complexId === line.complexId))
    .map(({ id, bankName, number }) => ({ id, name: bankName, code: number, label: `${bankName} ${number.slice(-4)}` }))
}

export function EntryGrid({ bookId, accounts, complexes, bankAccounts, lines, onLines, problems, onEnd }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const accountOptions = useChoiceOptions(useMemo(() => accountChoices(accounts), [accounts]))
  const complexOptions = useChoiceOptions(
    useMemo(() => complexes.map((complex) => ({ ...complex, label: complex.name })), [complexes]),
  )
  const totals = totalsOf(lines)
  const sides = useSideWords()

  useEffect(() => inputsIn(table.current)[0]?.focus(), [])

  function walk(input: HTMLInputElement): void {
    const inputs = inputsIn(table.current)
    const next = inputs[inputs.indexOf(input) + 1]
    next?.focus()
    next?.select()
  }

  /** Drawn before the next key arrives: a fast typist must not write into the cell just left. */
  function redraw(next: readonly EntryLine[]): void {
    flushSync(() => onLines(next))
  }

  /** After an amount: to the next line, a new one that balances, or out. */
  function leaveLine(row: number): void {
    const following = lines[row + 1]
    if (totals.differenceFen === 0 && (following === undefined || isUntouched(following))) {
      onEnd()
      return
    }
    if (following === undefined) redraw([...lines, nextLine(lines, nextKey(lines))])
    else if (isUntouched(following)) {
      const begun = nextLine(lines.slice(0, row + 1), following.key)
      redraw(lines.map((line, index) => (index === row + 1 ? begun : line)))
    }
    const first = table.current?.querySelectorAll<HTMLElement>('tbody tr')[row + 1]?.querySelector('input')
    first?.focus()
    first?.select()
  }

  function addLine(): void {
    onLines([...lines, emptyLine(nextKey(lines), lines.at(-1)?.complexId ?? null)])
  }

  function change(row: number, next: EntryLine): void {
    const settled = withBankAccount(next, accounts, bankAccounts, bookId)
    onLines(lines.map((line, index) => (index === row ? settled : line)))
  }

  function isWrong(row: number, field: string): boolean {
    return problems.some((problem) => problem.row === row + 1 && problem.field === field)
  }

  function onTextKey(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    walk(event.currentTarget)
  }

  function onAmountKey(event: KeyboardEvent<HTMLInputElement>, row: number, side: Side): void {
    const line = lines[row]
    const input = event.currentTarget
    if (line === undefined || event.ctrlKey || event.metaKey) return
    if (event.key === '=') {
      event.preventDefault()
      flushSync(() => change(row, withBalance(lines, row, line, side)))
      // Leaving the field lets it show the new amount instead of what was typed.
      input.blur()
      input.focus()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const rows = table.current?.querySelectorAll<HTMLElement>('tbody tr')
      const column = side === 'debitFen' ? '.cell-debit input' : '.cell-credit input'
      rows?.[row + (event.key === 'ArrowDown' ? 1 : -1)]?.querySelector<HTMLInputElement>(column)?.focus()
    } else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
      const hasAmount = line[side] !== null
      // An empty debit leads to credit; an empty credit at the very end lets Tab go on to the buttons.
      if (!hasAmount && (side === 'debitFen' || event.key === 'Tab')) {
        if (event.key === 'Enter') {
          event.preventDefault()
          walk(input)
        }
        return
      }
      event.preventDefault()
      leaveLine(row)
    }
  }

  return (
    <table className="entry-grid" ref={table}>
      <thead>
        <tr>
          <th scope="col" className="entry-no">{text.lineNo}</th>
          <th scope="col" className="entry-summary">{voucherText.summary}</th>
          <th scope="col" className="entry-account">{text.account}</th>
          <th scope="col" className="entry-complex">{text.complex}</th>
          <th scope="col" className="entry-bank">{text.bankAccount}</th>
          <th scope="col" className="entry-money right">{text.sideAmount(sides.debit)}</th>
          <th scope="col" className="entry-money right">{text.sideAmount(sides.credit)}</th>
          <td className="entry-remove" />
        </tr>
      </thead>
      <tbody>
        {lines.map((line, row) => {
          const needsBank = accounts.some(({ id, needsBank: needs }) => id === line.accountId && needs === 1)
          return (
            <tr key={line.key}>
              <th scope="row" className="entry-no">{row + 1}</th>
              <td>
                <Input
                  variant="borderless"
                  aria-label={text.cell(row + 1, voucherText.summary)}
                  value={line.summary}
                  maxLength={500}
                  status={isWrong(row, 'summary') ? 'error' : ''}
                  aria-invalid={isWrong(row, 'summary')}
                  onChange={(event) => change(row, { ...line, summary: event.target.value })}
                  onKeyDown={onTextKey}
                />
              </td>
              <td>
                <LinePicker
                  aria-label={text.cell(row + 1, text.account)}
                  options={accountOptions}
                  placeholder={text.accountHint}
                  value={line.accountId}
                  isWrong={isWrong(row, 'account')}
                  onPick={(accountId) => change(row, { ...line, accountId })}
                  onWalk={walk}
                />
              </td>
              <td>
                <LinePicker
                  aria-label={text.cell(row + 1, text.complex)}
                  options={complexOptions}
                  placeholder={text.complex}
                  value={line.complexId}
                  isWrong={isWrong(row, 'complex')}
                  onPick={(complexId) => change(row, { ...line, complexId })}
                  onWalk={walk}
                />
              </td>
              <td>
                <BankCell
                  row={row}
                  choices={bankChoices(bankAccounts, bookId, line)}
                  value={line.bankAccountId}
                  isWrong={isWrong(row, 'bankAccount')}
                  disabled={!needsBank}
                  onPick={(bankAccountId) => change(row, { ...line, bankAccountId })}
                  onWalk={walk}
                />
              </td>
              {SIDES.map(({ side, word, place }) => (
                <td key={side} className={place}>
                  <FenInput
                    className={isWrong(row, 'amount') ? 'amount-wrong' : ''}
                    aria-label={text.cell(row + 1, text.sideAmount(sides[word]))}
                    fen={line[side]}
                    onFen={(amount) => change(row, withAmount(line, side, amount))}
                    onKeyDown={(event) => onAmountKey(event, row, side)}
                  />
                </td>
              ))}
              <td className="entry-remove">
                <Button
                  type="text"
                  size="small"
                  tabIndex={-1}
                  icon={<Icon name="cross" />}
                  aria-label={text.remove(row + 1)}
                  title={text.removeWord}
                  disabled={lines.length <= 2}
                  onClick={() => onLines(lines.filter((_, index) => index !== row))}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            <Button size="small" tabIndex={-1} icon={<Icon name="plus" />} onClick={addLine}>{text.addLine}</Button>
          </th>
          <td colSpan={2}>
            <Difference fen={totals.differenceFen} hasAmount={totals.debitFen !== 0 || totals.creditFen !== 0} />
          </td>
          <td className="right"><Money fen={totals.debitFen} /></td>
          <td className="right"><Money fen={totals.creditFen} /></td>
          <td className="entry-remove" />
        </tr>
      </tfoot>
    </table>
  )
}

type BankCellProps = {
  readonly row: number
  readonly choices: readonly LineChoice<BankAccountId>[]
  readonly value: BankAccountId | null
  readonly isWrong: boolean
  readonly disabled: boolean
  readonly onPick: (id: BankAccountId) => void
  readonly onWalk: (input: HTMLInputElement) => void
}

function BankCell({ row, choices, disabled, ...rest }: BankCellProps) {
  return (
    <LinePicker
      {...rest}
      aria-label={text.cell(row + 1, text.bankAccount)}
      options={useChoiceOptions(choices)}
      placeholder={disabled ? text.noBank : text.bankHint}
      disabled={disabled}
    />
  )
}

function Difference({ fen, hasAmount }: { readonly fen: Fen; readonly hasAmount: boolean }) {
  const { debit, credit, balanced } = useSideWords()
  if (!hasAmount) return null
  if (fen === 0) return <StateTag icon="check" tone="good" word={balanced} />
  return (
    <span className="entry-difference" role="status">
      <StateTag icon="warning" tone="due" word={text.more(fen > 0 ? debit : credit)} />
      <Money fen={fen < 0 ? negateFen(fen) : fen} />
    </span>
  )
}
