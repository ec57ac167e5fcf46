/** What tests of findings need beside the small office: another firm, local values, a voucher that came in without any paper. */
import { parseDate } from '#core/calendar.ts'
import type { BookId, CounterpartyId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { accountByCode } from '#services/voucher/book.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { appendVoucher, type PostedLine } from '#services/voucher/posting.ts'
import type { Office } from '../office.ts'

export function addParty(office: Office, name: string): CounterpartyId {
  return addCounterparty(office.preparer, { kind: 'company', name, bankName: '示例银行', bankAccount: '6220009' })
}

/** `done`, or the code of the refusal. */
export function codeOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** As if set long ago, without the second person's password. */
export function presetPolicy({ ledger, head, reviewer }: Office, key: string, value: unknown): void {
  ledger.sqlite
    .prepare(`INSERT INTO policy_value (profile_code, key, value, valid_from, source, reason, set_by, approved_by, at)
              VALUES ('AH-TONGLING', ?, ?, '2025-01-01', '示例办法', '测试', ?, ?, '2025-01-01T00:00:00.000Z')`)
    .run(key, JSON.stringify(value), head.actor.userId, reviewer.actor.userId)
}

/** One yuan of other income, as a book brought in from outside may hold it: review lets no such voucher through. */
export function postWithoutPaper(office: Office, bookId: BookId, on: string): void {
  const { ledger, complexId } = office
  const date = parseDate(on)
  const line = (code: string, debit: number, bankAccountId: number | null): PostedLine => ({
    summary: '没有凭据的收入', accountId: accountByCode(ledger, bookId, code).id, complexId, debitFen: fen(debit),
    creditFen: fen(100 - debit), buildingId: null, counterpartyId: null, bankAccountId, contractId: null, repairId: null,
    certificateId: null,
  })
  const isMaintenance = bookId === office.maintenance
  ledger.write(() => appendVoucher(ledger, {
    bookId, kind: 'general', date, businessDate: date, bankDate: null, purpose: 'ordinary', correctsVoucherId: null, reason: '',
    rule: '', decisionId: null, pairId: null, draftId: null, preparerId: office.preparer.actor.userId,
    reviewerId: office.reviewer.actor.userId, bookkeeperId: office.bookkeeper.actor.userId, postedAt: office.clock.now(),
    lines: [
      line('1001.01', 100, isMaintenance ? office.maintenanceBank : office.publicIncomeBank),
      line(isMaintenance ? '4901' : '4001.01', 0, null),
    ],
    attachments: [],
  }))
}
