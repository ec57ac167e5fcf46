import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { verifyLedger } from '#services/verify.ts'
import { voucherOf } from '#services/voucher/voucher.ts'
import { reviewDraft, saveDraft } from '#services/voucher/voucher-draft.ts'
import { makeOffice } from '../office.ts'

function intact(ledger: Parameters<typeof verifyLedger>[0]) {
  const steps = verifyLedger(ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.damages
  }
}

describe('posting', () => {
  it('gives numbers without gaps per period and leaves an intact chain', () => {
    const office = makeOffice()
    const numbers = ['2025-03-01', '2025-03-02', '2025-04-01', '2025-03-15'].map(
      (date) => office.receive(office.publicIncome, '4001.02', '100.00', date).number,
    )
    expect(numbers).toEqual([1, 2, 1, 3])
    expect(intact(office.ledger)).toEqual([])
    const balance = trialBalance(office.ledger, { bookId: office.publicIncome, to: parseDate('2025-12-31') })
    expect(balance.debitFen).toBe(parseYuan('400.00'))
    expect(balance.creditFen).toBe(parseYuan('400.00'))
  })

  it('refuses a voucher reviewed by its own preparer', () => {
    const office = makeOffice()
    const both = { ...office.reviewer, actor: { ...office.reviewer.actor, userId: office.preparer.actor.userId } }
    const id = saveDraft(office.preparer, {
      bookId: office.publicIncome, kind: 'general', date: parseDate('2025-03-01'), attachments: [office.paper],
      lines: [
        office.line(office.publicIncome, '1001.01', debit(parseYuan('1.00'))),
        office.line(office.publicIncome, '4001.02', credit(parseYuan('1.00'))),
      ],
    })
    expect(() => reviewDraft(both, id)).toThrow('制单人不能审核自己的凭证')
    expect(() => postDrafts(office.bookkeeper, [id])).toThrow('还没有审核')
  })

  it('posts all drafts or none', () => {
    const office = makeOffice()
    const draft = (date: string) => {
      const id = saveDraft(office.preparer, {
        bookId: office.publicIncome, kind: 'general', date: parseDate(date), attachments: [office.paper],
        lines: [
          office.line(office.publicIncome, '1001.01', debit(parseYuan('1.00'))),
          office.line(office.publicIncome, '4001.02', credit(parseYuan('1.00'))),
        ],
      })
      reviewDraft(office.reviewer, id)
      return id
    }
    const inOpenPeriod = draft('2025-03-01')
    const inUnopenedPeriod = draft('2026-03-01')
    expect(() => postDrafts(office.bookkeeper, [inOpenPeriod, inUnopenedPeriod])).toThrow('会计期间未开放')
    expect(office.ledger.sqlite.prepare('SELECT count(*) FROM voucher').pluck().get()).toBe(0)
  })

  it('keeps who prepared, reviewed and kept the book', () => {
    const office = makeOffice()
    const posted = office.receive(office.publicIncome, '4001.02', '88.00', '2025-03-01')
    expect(voucherOf(office.ledger, posted.id)).toMatchObject({
      preparer: '张制单', reviewer: '李审核', bookkeeper: '王记账', attachmentCount: 1, amountFen: 8800,
    })
  })
})
