/** What uses of the fund rest on, looked at the way the screens do. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { ComplexId, DraftId, VoucherId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import { listBuildings } from '#services/register/complex.ts'
import { emergencyWork } from '#services/authority/emergency.ts'
import { useAnswerOf } from '#services/authority/use-answer.ts'
import {
  authorisationOf, authorisationUsed, authorisedByVote, authorisedTogether, listAuthorisations,
} from '#services/authority/use-authorisation.ts'
import { requireUseAuthority, type UseAuthorityRef } from '#services/authority/use-authority.ts'
import { decisionCovers, scopeText } from '#services/authority/use-scope.ts'
import { electorateOn } from '#services/authority/vote-electorate.ts'
import { openVote } from '#services/authority/vote.ts'
import { listVotes, voteCard } from '#services/authority/vote-list.ts'
import { objectionOffer } from '#services/authority/vote-method.ts'
import { voteUnits, voteUsed } from '#services/authority/vote-record.ts'
import type { Desk } from '#services/sample/desk.ts'
import { findRepairs } from '#services/repair/repair-board.ts'
import { draftOf } from '#services/voucher/voucher-draft.ts'
import { originProblems } from '#services/voucher/voucher-origin.ts'
import { orRefused } from './or-refused.ts'

type Scene = Desk & { readonly today: BusinessDate }

const FIRST_DAY = parseDate('2000-01-01')

export function lookAtAuthority({ ledger, today, head, preparer, complexes }: Scene): void {
  for (const complexId of [null, ...complexes.slice(0, 2).map(({ id }) => id)]) {
    listVotes(ledger, { complexId, limit: 20 })
    listAuthorisations(ledger, { complexId, endingFrom: FIRST_DAY, limit: 20 })
    emergencyWork(ledger, today, complexId)
  }
  for (const { id, complexId } of listVotes(ledger, { complexId: null, limit: 20 })) {
    voteCard(head, id)
    voteUsed(ledger, id, null)
    authorisedByVote(ledger, id)
    for (const building of listBuildings(ledger, complexId)) voteUnits(ledger, id, building.id)
    look(ledger, today, complexId, { kind: 'vote', voteId: id })
  }
  for (const { id, complexId } of listAuthorisations(ledger, { complexId: null, endingFrom: FIRST_DAY, limit: 20 })) {
    authorisationOf(ledger, id)
    authorisationUsed(ledger, id, null)
    authorisedTogether(ledger, complexId, today)
    look(ledger, today, complexId, { kind: 'standing', authorisationId: id })
  }
  for (const { id } of findRepairs(ledger, { text: '', limit: 20 })) useAnswerOf(ledger, id)
  const [first] = complexes
  if (first === undefined) return
  const repairId = findRepairs(ledger, { text: '', limit: 1 })[0]?.id ?? null
  orRefused(() => openVote(preparer, {
    complexId: first.id, title: '看看', matter: 'use', method: 'ballot', scope: { kind: 'complex' }, amountFen: fen(1),
    parts: ['屋面'], repairId, registerOn: today, returnBy: today,
  }))
  lookAtSpending(ledger)
  electorateOn(ledger, first.id, today)
  objectionOffer(ledger, first.id, today)
  const buildingIds = listBuildings(ledger, first.id).map(({ id }) => id)
  decisionCovers(ledger, first.id, { kind: 'buildings', buildingIds }, { kind: 'complex' })
  scopeText(ledger, first.id, { kind: 'buildings', buildingIds })
  scopeText(ledger, first.id, { kind: 'entrances', entrances: buildingIds.map((buildingId) => ({ buildingId, entrance: '' })) })
}

/** A job's payment, a re-class of it, and its red voucher: every way spending is judged. */
function lookAtSpending(ledger: Ledger): void {
  const paid = ledger.sqlite
    .prepare<[], { voucherId: VoucherId; draftId: DraftId }>(
      `SELECT l.voucher_id AS voucherId, v.draft_id AS draftId FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id
       WHERE l.repair_id IS NOT NULL AND v.purpose = 'ordinary' LIMIT 1`)
    .get()
  if (paid === undefined) throw new Error('the sample office has paid no repair')
  const draft = draftOf(ledger, paid.draftId)
  originProblems(ledger, draft)
  const lines = draft.lines.map((line) => ({ ...line, repairId: null, bankAccountId: null }))
  for (const purpose of ['difference', 'reversal', 'opening'] as const) {
    originProblems(ledger, { ...draft, purpose, correctsVoucherId: paid.voucherId, lines })
  }
}

/** Asked for what it is for and for what it is not: either way everything behind it is read. */
function look(ledger: Ledger, today: BusinessDate, complexId: ComplexId, ref: UseAuthorityRef): void {
  orRefused(() => requireUseAuthority(ledger, {
    complexId, scope: { kind: 'complex' }, amountFen: fen(1), on: today, ref, part: '屋面',
  }))
}
