/** Recording what the bank credited for a quarter on a settlement account: compared to the fen, with or without a voucher. */
import type { BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BankAccountId, DraftId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { expectedAccountInterest } from './account-interest.ts'
import { accountByCode, bankAccountOf } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { takeBackVoucher } from '../voucher/correction.ts'
import { comparedInterest } from './deposit.ts'
import { logOperation } from '../operation-log.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

export type AccountSettlementFacts = {
  readonly bankAccountId: BankAccountId
  /** Any day of the settlement period. */
  readonly day: BusinessDate
  readonly paidFen: Fen
  readonly differenceReason?: string
  /** `booked`: the statement already made its voucher; here it is only compared. */
  readonly voucher: 'make' | 'booked'
  readonly attachments: readonly string[]
}

export type AccountSettlement = { readonly id: number; readonly draftId: DraftId | null; readonly expectedFen: Fen }

/** Throws `interest.*`, `certificate.interestDifference`, `accountInterest.settled`, `accountInterest.shared`. */
export function settleAccountInterest(context: ServiceContext, facts: AccountSettlementFacts): AccountSettlement {
  requireRole(context, 'preparer')
  const { ledger } = context
  return ledger.write(() => {
    const { period, credited, interestFen } = expectedAccountInterest(ledger, facts.bankAccountId, facts.day)
    const differenceReason = comparedInterest(interestFen, { ...facts, interestPaidFen: facts.paidFen })
    const draftId = facts.voucher === 'make' && facts.paidFen > 0 ? interestDraft(context, facts, credited) : null
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO account_interest (bank_account_id, period_from, period_to, expected_fen, paid_fen, difference_reason,
           draft_id, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(facts.bankAccountId, period.from, period.to, interestFen, facts.paidFen, differenceReason, draftId,
        context.actor.userId, context.clock.now())
    const id = Number(lastInsertRowid)
    logOperation(context, 'deposit.accountInterest', { kind: 'bankAccount', id: facts.bankAccountId },
      { ...facts, period, expectedFen: interestFen, draftId })
    return { id, draftId, expectedFen: interestFen }
  })
}

function interestDraft(context: ServiceContext, facts: AccountSettlementFacts, date: BusinessDate): DraftId {
  const { ledger } = context
  const bank = bankAccountOf(ledger, facts.bankAccountId)
  if (bank.complexId === null) {
    throw new Problem({
      code: 'accountInterest.shared', field: 'voucher',
      message: '多个小区共用的账户，利息要按小区分开制证：请从对账单或凭证录入制证，这里只登记核对',
    })
  }
  const line = { summary: `${facts.day.slice(0, 4)} 年存款利息`, complexId: bank.complexId }
  return saveDraft(context, {
    bookId: bank.bookId, kind: 'general', date, bankDate: date,
    rule: { by: 'deposit.accountInterest', bankAccountId: facts.bankAccountId }, attachments: facts.attachments,
    lines: [
      {
        ...line, accountId: accountByCode(ledger, bank.bookId, ACCOUNT.demandDeposit).id, bankAccountId: facts.bankAccountId,
        ...debit(facts.paidFen),
      },
      { ...line, accountId: accountByCode(ledger, bank.bookId, ACCOUNT.interestIncome).id, ...credit(facts.paidFen) },
    ],
  })
}

export type RecordedSettlement = {
  readonly id: number
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  readonly expectedFen: Fen
  readonly paidFen: Fen
  readonly differenceReason: string
  readonly draftId: DraftId | null
  readonly recordedBy: string
}

/** The newest first; what was taken back is left out. */
export function accountSettlements(ledger: Ledger, bankAccountId: BankAccountId, limit: number): readonly RecordedSettlement[] {
  return ledger
    .prepare<[number, number], RecordedSettlement>(
      `SELECT i.id, i.period_from AS periodFrom, i.period_to AS periodTo, i.expected_fen AS expectedFen, i.paid_fen AS paidFen,
              i.difference_reason AS differenceReason, i.draft_id AS draftId, u.name AS recordedBy
       FROM account_interest i JOIN user u ON u.id = i.actor_id
       WHERE i.bank_account_id = ? AND i.reverses_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM account_interest r WHERE r.reverses_id = i.id)
       ORDER BY i.period_to DESC, i.id DESC LIMIT ?`,
    )
    .all(bankAccountId, limit)
}

type Standing = {
  readonly bankAccountId: BankAccountId
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  readonly draftId: DraftId | null
  readonly draftState: string | null
  readonly voucherId: number | null
}

/** A reversal with its voucher: voided when not yet posted, otherwise red. Throws `accountInterest.missing`, `voucher.reason`. */
export function undoAccountInterest(
  context: ServiceContext,
  id: number,
  facts: { readonly date: BusinessDate; readonly reason: string },
): DraftId | null {
  requireRole(context, 'preparer')
  const { ledger } = context
  const reason = facts.reason.trim()
  if (reason === '') throw new Problem({ code: 'voucher.reason', message: '请写明撤销原因', field: 'reason' })
  return ledger.write(() => {
    const standing = ledger
      .prepare<[number], Standing>(
        `SELECT i.bank_account_id AS bankAccountId, i.period_from AS periodFrom, i.period_to AS periodTo, i.draft_id AS draftId,
                d.state AS draftState, v.id AS voucherId
         FROM account_interest i LEFT JOIN voucher_draft d ON d.id = i.draft_id LEFT JOIN voucher v ON v.draft_id = i.draft_id
         WHERE i.id = ? AND i.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM account_interest r WHERE r.reverses_id = i.id)`,
      )
      .get(id)
    if (standing === undefined) throw new Problem({ code: 'accountInterest.missing', message: '没有这条结息记录，或已撤销' })
    const { draftId } = standing
    const undoDraft = draftId === null ? null : takeBackVoucher(context, { ...standing, draftId }, { date: facts.date, reason })
    ledger
      .prepare<unknown[], never>(
        `INSERT INTO account_interest (bank_account_id, period_from, period_to, expected_fen, paid_fen, reason, draft_id,
           reverses_id, actor_id, at) VALUES (?, ?, ?, 0, 0, ?, ?, ?, ?, ?)`,
      )
      .run(standing.bankAccountId, standing.periodFrom, standing.periodTo, reason, undoDraft, id, context.actor.userId,
        context.clock.now())
    logOperation(context, 'deposit.undoAccountInterest', { kind: 'bankAccount', id: standing.bankAccountId },
      { id, ...facts, undoDraft })
    return undoDraft
  })
}
