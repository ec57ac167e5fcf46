/**
 * Two amount fields. `MoneyInput` holds the typed text, for forms (read it with `fenOfText`, check it with `moneyRule`).
 * `FenInput` holds fen, for grids of always-open inputs: text that is no amount is marked and counts as nothing, so that
 * what was readable half-way through typing is never saved.
 */
import { useState, type KeyboardEvent } from 'react'
import { Input, type InputRef } from 'antd'
import type { Fen } from '#core/money.ts'
import { partsText } from '../messages/parts.ts'
import { fenOfText, moneyFault, textOfFen, tidyMoneyText } from './money-text.ts'

type MoneyInputProps = {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (text: string) => void
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  readonly 'aria-label'?: string
}

export function MoneyInput({ value = '', onChange, ...rest }: MoneyInputProps) {
  /** A field merely left is not judged: the fault's line would push away the very button the mouse is down on. */
  function tidy(): void {
    const tidied = tidyMoneyText(value)
    if (tidied !== value) onChange?.(tidied)
  }
  return (
    <Input
      {...rest}
      className="money-input"
      inputMode="decimal"
      autoComplete="off"
      placeholder={partsText.amountHint}
      value={value}
      onChange={(event) => onChange?.(event.target.value)}
      onBlur={tidy}
    />
  )
}

type FenInputProps = {
  readonly fen: Fen | null
  readonly onFen: (fen: Fen | null) => void
  readonly 'aria-label': string
  readonly disabled?: boolean
  readonly className?: string
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly inputRef?: (input: InputRef | null) => void
}

export function FenInput({ fen, onFen, className = '', inputRef, ...rest }: FenInputProps) {
  /** Undefined while nobody types: the field then shows the amount it was given. */
  const [typed, setTyped] = useState<string>()
  const text = typed ?? textOfFen(fen)
  const fault = moneyFault(text, {})
  return (
    <Input
      {...rest}
      {...(inputRef !== undefined && { ref: inputRef })}
      className={`money-input ${className}`}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      status={fault === null ? '' : 'error'}
      title={fault ?? ''}
      aria-invalid={fault !== null}
      onChange={(event) => {
        const next = event.target.value
        setTyped(next)
        onFen(moneyFault(next, {}) === null ? fenOfText(next) : null)
      }}
      onBlur={() => {
        if (fault === null) setTyped(undefined)
      }}
    />
  )
}
