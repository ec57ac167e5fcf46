import { expect, test } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import type { DraftId } from '#core/id.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { prepareClosingVouchers } from '#services/voucher/closing.ts'
import { closePeriod, reopenPeriod } from '#services/voucher/period.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { makeOffice, PASSWORD, type Office } from '../office.ts'

const MONTH = parseMonth('2025-01')

function reviewAndPost(office: Office, draft: DraftId | undefined) {
  if (draft === undefined) throw new Error('nothing to close')
  reviewDraft(office.reviewer, draft)
  const [posted] = postDrafts(office.bookkeeper, [draft])
  if (posted === undefined) throw new Error('nothing was posted')
  return posted
}

test('a closing taken back after re-opening is no activity of the month: the income stays what it was', () => {
  const office = makeOffice()
  office.receive(office.maintenance, '4101', '88.00', '2025-01-20')
  const closing = reviewAndPost(office, prepareClosingVouchers(office.preparer, office.maintenance, MONTH)[0])
  closePeriod(office.head, office.maintenance, MONTH)
  reopenPeriod(office.head, office.maintenance, MONTH, '补记利息', { login: 'li', password: PASSWORD })
  const { reversal } = prepareReversal(office.preparer, { voucherId: closing.id, date: parseDate('2025-01-31'), reason: '补记利息' })
  reviewAndPost(office, reversal)

  const activity = office.ledger.sqlite
    .prepare(`SELECT sum(l.credit_fen - l.debit_fen) FROM voucher_line l JOIN account a ON a.id = l.account_id
      WHERE a.code = '4101' AND l.closing = 0`)
  expect(activity.pluck().get()).toBe(8_800)
  const again = reviewAndPost(office, prepareClosingVouchers(office.preparer, office.maintenance, MONTH)[0])
  expect(again.number).toBeGreaterThan(closing.number)
  expect(() => closePeriod(office.head, office.maintenance, MONTH)).not.toThrow()
})
