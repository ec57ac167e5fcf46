/** An open job of one complex, by number or words: what a vote or a tender is about, where it is about one job only. */
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { ComplexId, RepairId } from '#core/id.ts'
import { REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { api } from '../../client.ts'
import { tieText } from '../../messages/repair.ts'
import { RecordPicker, type PickerProps } from '../../parts/pickers.tsx'

export function OpenRepairPicker({ complexId, ...rest }: PickerProps<RepairId> & { readonly complexId: ComplexId | null }) {
  const { data } = useQuery(api.repairBoard.open.queryOptions({ complexId: complexId ?? 0 }, { enabled: complexId !== null }))
  const choices = useMemo(
    () => data?.map(({ id, number, title, step }) =>
      ({ id, code: number, name: title, label: tieText.choice(number, title, REPAIR_STEP_WORD[step]) })),
    [data],
  )
  return (
    <RecordPicker
      {...rest}
      allowClear
      disabled={complexId === null}
      placeholder={complexId === null ? tieText.complexFirst : tieText.none}
      choices={complexId === null ? [] : choices}
    />
  )
}
