/** Repairs, looked at the way the screens do: board, inbox, the page of a job with its photos, the draw. */
import type { BusinessDate } from '#core/calendar.ts'
import { REPAIR_STEPS } from '#core/repair/repair.ts'
import { authorityChoices } from '#services/repair/repair-authority.ts'
import { findRepairs, listRepairs, repairBoard } from '#services/repair/repair-board.ts'
import { drawPool, listDraws } from '#services/repair/repair-draw.ts'
import { listInbox } from '#services/repair/repair-inbox.ts'
import { repairPhotos } from '#services/repair/repair-photo.ts'
import { repairJob } from '#services/repair/repair-record.ts'
import type { Desk } from '#services/sample/desk.ts'
import { orRefused } from './or-refused.ts'

export function lookAtRepairs({ ledger, today, head, complexes: [first] }: Desk & { readonly today: BusinessDate }): void {
  repairBoard(ledger, today)
  if (first !== undefined) repairBoard(ledger, today, first.id)
  for (const complexId of [null, first?.id ?? null]) {
    listInbox(head, { complexId, limit: 20 })
    listInbox(head, { complexId, step: 'engineeringCheck', limit: 20 })
  }
  for (const step of REPAIR_STEPS) {
    for (const { id } of listRepairs(ledger, today, { step, limit: 20 })) {
      repairJob(ledger, id, today)
      repairPhotos(ledger, id)
      authorityChoices(head, id)
    }
    if (first !== undefined) listRepairs(ledger, today, { step, complexId: first.id, age: 'late', limit: 20 })
  }
  findRepairs(ledger, { text: '屋面', limit: 20 })
  orRefused(() => drawPool(head))
  orRefused(() => drawPool(head, first?.id ?? null))
  listDraws(head, 20)
}
