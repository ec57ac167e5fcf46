/** The bank's written word (银行回函) on what is deposited with it on a day, recorded with its paper. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { findAttachment } from '../attachment.ts'
import { bankAccountOf } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type Confirmation = {
  readonly asOf: BusinessDate
  readonly amountFen: Fen
  readonly sha256: string
  readonly paperName: string
  readonly recordedBy: string
  readonly at: string
}

/** Newest first. */
export function listConfirmations(ledger: Ledger, bankAccountId: BankAccountId, limit: number): readonly Confirmation[] {
  return ledger
    .prepare<unknown[], Confirmation>(
      `SELECT c.as_of AS asOf, c.amount_fen AS amountFen, c.sha256, a.name AS paperName, u.name AS recordedBy, c.at
       FROM bank_confirmation c JOIN attachment a ON a.sha256 = c.sha256 JOIN user u ON u.id = c.recorded_by
       WHERE c.bank_account_id = ? ORDER BY c.as_of DESC, c.id DESC LIMIT ?`,
    )
    .all(bankAccountId, limit)
}

/** Throws `confirmation.amount`, `confirmation.date`, `confirmation.paper`, `role.missing`. */
export function recordConfirmation(
  context: ServiceContext,
  facts: { readonly bankAccountId: BankAccountId; readonly asOf: BusinessDate; readonly amountFen: Fen; readonly sha256: string },
): void {
  requireRole(context, 'reconciler', 'head')
  const { ledger, clock, actor } = context
  bankAccountOf(ledger, facts.bankAccountId)
  if (facts.amountFen < 0) throw new Problem({ code: 'confirmation.amount', message: '回函金额不能为负', field: 'amountFen' })
  if (facts.asOf > clock.today()) throw new Problem({ code: 'confirmation.date', message: '回函日期不能晚于今天', field: 'asOf' })
  if (findAttachment(ledger, facts.sha256) === undefined) {
    throw new Problem({ code: 'confirmation.paper', message: '请附上银行回函（扫描件或照片）', field: 'sha256' })
  }
  ledger.write(() => {
    ledger
      .prepare<unknown[], never>(
        'INSERT INTO bank_confirmation (bank_account_id, as_of, amount_fen, sha256, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(facts.bankAccountId, facts.asOf, facts.amountFen, facts.sha256, actor.userId, clock.now())
    logOperation(context, 'bankConfirmation.record', { kind: 'bankAccount', id: facts.bankAccountId }, facts)
  })
}
