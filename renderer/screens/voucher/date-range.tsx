/** From and to in the address, so that a filtered list can be shared and survives back and forward. */
import { Button } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { voucherText } from '../../messages/voucher.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'

type Props = {
  readonly from: BusinessDate | undefined
  readonly to: BusinessDate | undefined
  /** A button that takes the limits away; where a list needs limits there is none. */
  readonly mayBeOpen?: boolean
}

export function DateRange({ from, to, mayBeOpen = false }: Props) {
  const { range } = useScope()
  return (
    <>
      <DateInput
        aria-label={voucherText.from}
        value={from ?? null}
        allowClear={mayBeOpen}
        onChange={(date) => refine({ from: date ?? '' })}
      />
      <span aria-hidden="true">–</span>
      <DateInput
        aria-label={voucherText.to}
        value={to ?? null}
        allowClear={mayBeOpen}
        onChange={(date) => refine({ to: date ?? '' })}
      />
      <Button size="small" onClick={() => refine({ from: range.first, to: range.last })}>{voucherText.thisQuarter}</Button>
      {mayBeOpen && <Button size="small" onClick={() => refine({ from: '', to: '' })}>{voucherText.wholeBook}</Button>}
    </>
  )
}
