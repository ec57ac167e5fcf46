/** Choosing a record by code, name or pinyin initials. Value is the record's id; null is none. */
import { useMemo } from 'react'
import { Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BankAccountId, BookId, ComplexId, CounterpartyId, DecisionId } from '#core/id.ts'
import { api } from '../client.ts'
import { partsText } from '../messages/parts.ts'
import { searchTextOf, type Searchable } from './search-text.ts'

export type PickerProps<Id> = {
  readonly id?: string
  readonly value?: Id | null
  readonly onChange?: (id: Id | null) => void
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly allowClear?: boolean
  readonly autoFocus?: boolean
  readonly className?: string
  readonly 'aria-label'?: string
}

type Choice<Id> = Searchable & { readonly id: Id; readonly label: string }

type RecordPickerProps<Id> = PickerProps<Id> & {
  /** Undefined while loading. */
  readonly choices: readonly Choice<Id>[] | undefined
}

/** The one picker; give it any list whose records have a name. */
export function RecordPicker<Id extends number>(props: RecordPickerProps<Id>) {
  const { choices, value, onChange, placeholder, className = '', ...rest } = props
  const options = useMemo(
    () => choices?.map((choice) => ({ value: choice.id, label: choice.label, search: searchTextOf(choice) })) ?? [],
    [choices],
  )
  return (
    <Select<Id | null, { value: Id; label: string; search: string }>
      {...rest}
      className={`picker ${className}`}
      placeholder={placeholder ?? partsText.choose}
      // Until the list is here a bare id would show as the chosen text.
      value={choices === undefined ? null : (value ?? null)}
      loading={choices === undefined}
      options={options}
      onChange={(id) => onChange?.(id ?? null)}
      showSearch={{ filterOption: (typed, option) => option?.search.includes(typed.trim().toLowerCase()) === true }}
      popupMatchSelectWidth={false}
      notFoundContent={choices === undefined ? partsText.loading : partsText.nothingFound}
    />
  )
}

export function ComplexPicker({ placeholder = partsText.complexHint, ...rest }: PickerProps<ComplexId>) {
  const { data } = useQuery(api.complex.list.queryOptions())
  const choices = useMemo(() => data?.map((complex) => ({ ...complex, label: complex.name })), [data])
  return <RecordPicker {...rest} placeholder={placeholder} choices={choices} />
}

export function CounterpartyPicker({ placeholder = partsText.partyHint, ...rest }: PickerProps<CounterpartyId>) {
  const { data } = useQuery(api.complex.counterparties.queryOptions())
  const choices = useMemo(() => data?.map((party) => ({ ...party, label: party.name })), [data])
  return <RecordPicker {...rest} placeholder={placeholder} choices={choices} />
}

/** All books' accounts when no book is given. */
export function BankAccountPicker(props: PickerProps<BankAccountId> & { readonly bookId?: BookId | undefined }) {
  const { bookId, placeholder = partsText.bankAccountHint, ...rest } = props
  const { data } = useQuery(api.book.bankAccounts.queryOptions())
  const choices = useMemo(
    () =>
      data
        ?.filter((account) => bookId === undefined || account.bookId === bookId)
        .map(({ id, bankName, number }) => ({ id, name: bankName, code: number, label: `${bankName} ${number.slice(-4)}` })),
    [data, bookId],
  )
  return <RecordPicker {...rest} placeholder={placeholder} choices={choices} />
}

export function DecisionPicker({ complexId, ...rest }: PickerProps<DecisionId> & { readonly complexId: ComplexId | null }) {
  const { data } = useQuery(api.complex.decisions.queryOptions({ complexId: complexId ?? 0 }, { enabled: complexId !== null }))
  const choices = useMemo(
    () => data?.map(({ id, number, title }) => ({ id, code: number, name: title, label: `${number} ${title}` })),
    [data],
  )
  return <RecordPicker {...rest} choices={choices} />
}
