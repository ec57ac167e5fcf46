/** Lists of vouchers and drafts, and the way of one voucher from an incomplete draft to its number. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { fen, parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import {
  changeDraft,
  draftOf,
  draftProblems,
  reviewDraft,
  saveDraft,
  sendBackDraft,
  voidDraft,
  type DraftFacts,
} from '#services/voucher/voucher-draft.ts'
import { listDrafts } from '#services/voucher/voucher-draft-list.ts'
import { findVoucher, findVouchers, listVouchers, voucherOf, type VoucherHead } from '#services/voucher/voucher.ts'
import { addComplex } from '#services/register/complex.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { refusalOf } from './ledger-steps.ts'
import { makeOffice, type Office } from '../office.ts'

function facts(office: Office, more: Partial<DraftFacts> = {}): DraftFacts {
  return {
    bookId: office.publicIncome, kind: 'general', date: parseDate('2025-03-01'), attachments: [office.paper],
    lines: [
      office.line(office.publicIncome, '1001.01', debit(parseYuan('10.00'))),
      office.line(office.publicIncome, '4001.02', credit(parseYuan('10.00'))),
    ],
    ...more,
  }
}

function problemsOf(office: Office, more: Partial<DraftFacts>) {
  const draft = draftOf(office.ledger, saveDraft(office.preparer, facts(office, more)))
  return draftProblems(office.ledger, draft).map(({ code, field, row }) => [code, field, row])
}

describe('a draft', () => {
  it('is saved with gaps, and every gap is named with its row and field', () => {
    const office = makeOffice()
    const empty = { summary: '', accountId: null, complexId: null, ...debit(fen(0)) }
    expect(
      problemsOf(office, {
        lines: [empty, office.line(office.publicIncome, '4001.02', credit(fen(1)))],
        attachments: [],
      }),
    ).toEqual([
      ['voucher.summary', 'summary', 1],
      ['voucher.account', 'account', 1],
      ['voucher.complex', 'complex', 1],
      ['voucher.oneSide', 'amount', 1],
      ['voucher.unbalanced', 'amount', undefined],
      ['voucher.attachment', 'attachments', undefined],
    ])
  })

  it('takes no heading account, no missing, needless, foreign or other complex’s bank account', () => {
    const office = makeOffice()
    const other = addComplex(office.head, {
      code: 'A02',
      name: '另一小区',
      pinyin: '',
      address: '',
      managerName: '',
      holderName: '',
      hotline: '',
      profileCode: 'AH-TONGLING',
      hasAssembly: false,
      firstDepositFen: null,
    })
    const otherBank = addBankAccount(office.head, {
      bookId: office.publicIncome, complexId: other, bankName: '示例银行', branch: '', number: '700000000001', holderName: '另一小区',
      isDedicated: true, openedOn: parseDate('2025-01-01'),
    })
    const side = credit(parseYuan('10.00'))
    const bankLine = (bankAccountId: typeof otherBank | null) =>
      problemsOf(office, {
        lines: [
          office.line(office.publicIncome, '1001.01', debit(parseYuan('10.00')), { bankAccountId }),
          office.line(office.publicIncome, '4001.02', side),
        ],
      })
    expect(bankLine(null)).toEqual([['voucher.bankAccount', 'bankAccount', 1]])
    expect(bankLine(office.maintenanceBank)).toEqual([['voucher.crossBook', 'bankAccount', 1]])
    expect(bankLine(otherBank)).toEqual([['voucher.crossComplex', 'bankAccount', 1]])
    const second = (code: string, more = {}) =>
      problemsOf(office, {
        lines: [
          office.line(office.publicIncome, '1001.01', debit(parseYuan('10.00'))),
          office.line(office.publicIncome, code, side, more),
        ],
      })
    expect(second('4001')).toEqual([['voucher.account', 'account', 2]])
    expect(second('4001.02', { bankAccountId: office.publicIncomeBank })).toEqual([['voucher.bankAccount', 'bankAccount', 2]])
  })

  it('makes whoever changes it its preparer, who may then not review it', () => {
    const office = makeOffice()
    const id = saveDraft(office.preparer, facts(office))
    changeDraft(office.bookkeeper, id, facts(office, { date: parseDate('2025-03-02') }))
    expect(draftOf(office.ledger, id)).toMatchObject({ preparerId: office.bookkeeper.actor.userId, date: '2025-03-02' })
    const reviewerToo = { ...office.bookkeeper, actor: { ...office.bookkeeper.actor, roles: new Set(['reviewer'] as const) } }
    expect(refusalOf(() => reviewDraft(reviewerToo, id)).code).toBe('voucher.samePerson')
  })

  it('once reviewed is changed only after it was sent back, and waits in the list until posted or void', () => {
    const office = makeOffice()
    const id = saveDraft(office.preparer, facts(office))
    reviewDraft(office.reviewer, id)
    expect(refusalOf(() => changeDraft(office.preparer, id, facts(office))).code).toBe('voucher.reviewed')
    sendBackDraft(office.bookkeeper, id, '摘要不清')
    changeDraft(office.preparer, id, facts(office))
    reviewDraft(office.reviewer, id)
    expect(listDrafts(office.ledger, office.publicIncome, 10)).toMatchObject([
      { id, state: 'reviewed', preparer: '张制单', reviewer: '李审核', amountFen: 1000, summary: '测试业务' },
    ])
    postDrafts(office.bookkeeper, [id])
    expect(listDrafts(office.ledger, null, 10)).toEqual([])
    expect(refusalOf(() => voidDraft(office.preparer, id, '错')).code).toMatch(/^voucher\.(state|posted)$/)
  })

  it('of another day keeps business, bank and accounting date apart', () => {
    const office = makeOffice()
    const dates = { date: parseDate('2025-04-01'), businessDate: parseDate('2025-03-30'), bankDate: parseDate('2025-03-31') }
    const id = saveDraft(office.preparer, facts(office, dates))
    reviewDraft(office.reviewer, id)
    const [posted] = postDrafts(office.bookkeeper, [id])
    if (posted === undefined) throw new Error('nothing was posted')
    expect(voucherOf(office.ledger, posted.id)).toMatchObject(dates)
  })
})

describe('the list of vouchers', () => {
  const DATES = ['2025-03-03', '2025-03-01', '2025-04-02', '2025-03-03', '2025-05-01', '2025-03-02'] as const

  function walk(office: Office, limit: number, filter: { from?: BusinessDate; to?: BusinessDate } = {}): VoucherHead[] {
    const found: VoucherHead[] = []
    for (;;) {
      const last = found.at(-1)
      const page = listVouchers(office.ledger, {
        bookId: office.publicIncome, limit, ...filter, ...(last !== undefined && { before: { date: last.date, id: last.id } }),
      })
      found.push(...page)
      if (page.length < limit) return found
    }
  }

  it('is the same whatever the size of its pages: newest first, nothing twice, nothing left out', () => {
    const office = makeOffice()
    for (const date of DATES) office.receive(office.publicIncome, '4001.02', '1.00', date)
    const all = walk(office, 100).map(({ id }) => id)
    expect(all).toHaveLength(DATES.length)
    expect(walk(office, 100).map(({ date }) => date)).toEqual(DATES.toSorted().toReversed())
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), (limit) => {
      expect(walk(office, limit).map(({ id }) => id)).toEqual(all)
    }))
    const range = { from: parseDate('2025-03-02'), to: parseDate('2025-04-02') }
    expect(walk(office, 2, range).map(({ date }) => date)).toEqual(['2025-04-02', '2025-03-03', '2025-03-03', '2025-03-02'])
  })

  it('finds by text, by complex and by number', () => {
    const office = makeOffice()
    office.receive(office.publicIncome, '4001.02', '1.00', '2025-03-01')
    const bookId = office.publicIncome
    expect(listVouchers(office.ledger, { bookId, text: '测试', limit: 5 })).toHaveLength(1)
    expect(listVouchers(office.ledger, { bookId, text: '电梯', limit: 5 })).toEqual([])
    expect(listVouchers(office.ledger, { bookId, complexId: office.complexId, limit: 5 })).toHaveLength(1)
    expect(listVouchers(office.ledger, { bookId, complexId: 99, limit: 5 })).toEqual([])
    expect(findVoucher(office.ledger, bookId, '2025-03', 'general', 1)?.amountFen).toBe(100)
    expect(findVoucher(office.ledger, bookId, '2025-03', 'general', 2)).toBeUndefined()
  })

  it('answers Ctrl+K by number in any month, by amount and by words within the days, newest first and none twice', () => {
    const office = makeOffice()
    for (const [yuan, date] of [['1.00', '2025-03-01'], ['2.00', '2025-03-02'], ['2.00', '2025-05-01']] as const) {
      office.receive(office.publicIncome, '4001.02', yuan, date)
    }
    const find = (text: string) =>
      findVouchers(office.ledger, {
        bookId: office.publicIncome, text, from: parseDate('2025-04-01'), to: parseDate('2025-06-30'), limit: 5,
      }).map(({ date, number }) => `${date} ${number}`)
    expect(find('1')).toEqual(['2025-05-01 1', '2025-03-01 1'])
    expect(find('记-0001号')).toEqual(find('1'))
    expect(find('记2')).toEqual(['2025-03-02 2'])
    expect(find('收-1')).toEqual([])
    expect(find('2.00')).toEqual(['2025-05-01 1'])
    expect(find('测试')).toEqual(['2025-05-01 1'])
    expect(find('没有这样的')).toEqual([])
  })
})
