/** Choosing one household of a complex by its room number, as a form field. */
import { useState } from 'react'
import { Select } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ComplexId, HouseholdId } from '#core/id.ts'
import { api } from '../../client.ts'
import { contributeText as text } from '../../messages/household-money.ts'

type Props = {
  readonly complexId: ComplexId
  readonly id?: string
  readonly value?: HouseholdId
  readonly onChange?: (id: HouseholdId) => void
  readonly 'aria-label'?: string
  /** Shown before the list has been read. */
  readonly known?: { readonly id: HouseholdId; readonly address: string }
}

const SHOWN = 50

export function HouseholdPicker({ complexId, id, value, onChange, known, 'aria-label': label }: Props) {
  const [room, setRoom] = useState('')
  const typed = room.trim().split(/\s+/).at(-1) ?? ''
  const { data } = useQuery(api.household.list.queryOptions(
    { complexId, limit: SHOWN, ...(typed !== '' && { room: typed }) }, { placeholderData: keepPreviousData },
  ))
  const listed = data?.map((row) => ({ value: row.id, label: row.address })) ?? []
  const isThere = known === undefined || listed.some((option) => option.value === known.id)
  return (
    <Select<HouseholdId>
      {...(id !== undefined && { id })}
      {...(label !== undefined && { 'aria-label': label })}
      {...(value !== undefined && { value })}
      onChange={(chosen) => onChange?.(chosen)}
      placeholder={text.householdHint}
      showSearch={{ filterOption: false, onSearch: setRoom }}
      options={isThere ? listed : [{ value: known.id, label: known.address }, ...listed]}
    />
  )
}
