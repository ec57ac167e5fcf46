/** Facts as the checks read them, with a plain case to change from. */
import { parseDate } from '#core/calendar.ts'
import type { SmallJob } from '#core/checks/splitting.ts'
import { idOf } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'

export const yuan = parseYuan
export const day = parseDate

let jobs = 0

/** A lift of building 1 in complex 1 by contractor 1, reported on 2026-03-02, 1,500 yuan. */
export function job(changes: Partial<SmallJob> = {}): SmallJob {
  jobs += 1
  return {
    id: idOf<'repair'>(jobs), number: `WX-${jobs}`, complexId: idOf<'complex'>(1), contractorId: idOf<'counterparty'>(1),
    contractorName: '铜陵示例电梯公司', reportedOn: day('2026-03-02'), recordedOn: changes.reportedOn ?? day('2026-03-02'),
    amountFen: yuan('1500'), buildingId: idOf<'building'>(1), entrance: '', part: '电梯', facility: '', ...changes,
  }
}

export function building(number: number) {
  return idOf<'building'>(number)
}
