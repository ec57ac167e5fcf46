/** Payment instructions of a job as the bank is told them: to whom, from which account, how much, after what was paid before. */
import { z } from 'zod'
import type { BusinessDate } from '#core/calendar.ts'
import type { DraftId, RepairId } from '#core/id.ts'
import { fen, subtractFen, type Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'

export type StoredPaymentOrder = {
  readonly draftId: DraftId
  readonly amountFen: Fen
  readonly paidBeforeFen: Fen
  readonly payee: string
  readonly payeeBank: string
  /** Bank and number of the account it leaves from; '' where the draft names none. */
  readonly payerAccount: string
  readonly preparedBy: string
  readonly on: BusinessDate
}

/** What the instruction kept beside its typed event. */
const SHOWN = z.object({
  draftId: z.int(), amountFen: z.int(), instructedFen: z.int(), payee: z.string().default(''), payeeBank: z.string().default(''),
})

type Row = { readonly detail: string; readonly actorName: string; readonly on: BusinessDate; readonly draftId: DraftId }

/** Oldest first; an instruction that was withdrawn is not among them. */
export function paymentOrders(ledger: Ledger, repairId: RepairId): readonly StoredPaymentOrder[] {
  const payer = ledger.prepare<[number], { account: string }>(
    `SELECT b.bank_name || ' ' || b.number AS account FROM voucher_draft_line l JOIN bank_account b ON b.id = l.bank_account_id
     WHERE l.draft_id = ? ORDER BY l.line_no LIMIT 1`,
  )
  return ledger
    .prepare<[Record<string, unknown>], Row>(
      `SELECT e.detail, u.name AS actorName, date(e.at, '+8 hours') AS "on", json_extract(e.detail, '$.draftId') AS draftId
       FROM repair_event e JOIN user u ON u.id = e.actor_id
       WHERE e.repair_id = :id AND e.kind = 'paymentInstructed' AND NOT EXISTS (
         SELECT 1 FROM repair_event w WHERE w.repair_id = :id AND w.kind = 'instructionWithdrawn' AND w.seq > e.seq
           AND json_extract(w.detail, '$.instructedFen') < json_extract(e.detail, '$.instructedFen'))
       ORDER BY e.seq`,
    )
    .all({ id: repairId })
    .map(({ detail, actorName, on, draftId }) => {
      const shown = SHOWN.parse(JSON.parse(detail))
      const amountFen = fen(shown.amountFen)
      return {
        draftId, amountFen, paidBeforeFen: subtractFen(fen(shown.instructedFen), amountFen), payee: shown.payee,
        payeeBank: shown.payeeBank, payerAccount: payer.get(draftId)?.account ?? '', preparedBy: actorName, on,
      }
    })
}
