/** Repairs, looked at the way the screens do: board, inbox, the page of a job with its photos, the draw. */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { REPAIR_STEPS } from '#core/repair/repair.ts'
import { correctCompletion, correctTerm } from '#services/register/warranty.ts'
import { authorityChoices } from '#services/repair/repair-authority.ts'
import { findRepairs, listRepairs, repairBoard } from '#services/repair/repair-board.ts'
import { changeContractor } from '#services/repair/repair-contractor.ts'
import { drawPool, listDraws } from '#services/repair/repair-draw.ts'
import { listInbox } from '#services/repair/repair-inbox.ts'
import { repairPhotos } from '#services/repair/repair-photo.ts'
import { repairJob } from '#services/repair/repair-record.ts'
import { openRepairs, repairTies } from '#services/repair/repair-ties.ts'
import { keptWarranty, warrantyQuestion } from '#services/repair/repair-warranty.ts'
import type { Desk } from '#services/sample/desk.ts'
import { orRefused } from './or-refused.ts'

type Scene = Desk & { readonly today: BusinessDate }

export function lookAtRepairs({ ledger, clock, today, head, preparer, complexes: [first] }: Scene): void {
  repairBoard(ledger, today)
  if (first !== undefined) repairBoard(ledger, today, first.id)
  if (first !== undefined) openRepairs(ledger, first.id)
  for (const complexId of [null, first?.id ?? null]) {
    listInbox(head, { complexId, limit: 20 })
    listInbox(head, { complexId, step: 'engineeringCheck', limit: 20 })
  }
  for (const step of REPAIR_STEPS) {
    for (const { id } of listRepairs(ledger, today, { step, limit: 20 })) {
      const { repair } = repairJob(ledger, id, today)
      // Already theirs, and refused for that.
      orRefused(() => changeContractor(preparer, id, { contractorId: repair.contractorId, reason: '看看' }))
      repairPhotos(ledger, id)
      authorityChoices(head, id)
      repairTies(ledger, id)
      warrantyQuestion({ ledger, clock }, id, 'heating')
      keptWarranty(ledger, id)
    }
    if (first !== undefined) listRepairs(ledger, today, { step, complexId: first.id, age: 'late', limit: 20 })
  }
  findRepairs(ledger, { text: '屋面', limit: 20 })
  // Of no entry of the register, and refused for that.
  orRefused(() => correctCompletion(preparer, idOf<'completion'>(99_999), null, '看看'))
  orRefused(() => correctTerm(preparer, idOf<'warrantyTerm'>(99_999), null, '看看'))
  orRefused(() => drawPool(head))
  orRefused(() => drawPool(head, first?.id ?? null))
  listDraws(head, 20)
}
