/** Money between books moves only as a linked pair with a decision (design invariant 4), and comes back the same way. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf, type DecisionId, type FundTransferId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { bankBalances, trialBalance } from '#services/voucher/balance.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { recordDecision } from '#services/decision.ts'
import {
  fundTransferOf,
  postTicked,
  postTransfer,
  prepareTransfer,
  reverseTransfer,
  voidTransfer,
  type TransferDrafts,
} from '#services/voucher/fund-transfer.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { draftOf, draftProblems, reviewDraft, saveDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { voucherOf } from '#services/voucher/voucher.ts'
import { damagesOf, refusalOf } from './ledger-steps.ts'
import { makeOffice, type Office } from '../office.ts'

const DAY = parseDate('2025-09-30')

type Ready = { office: Office; decisionId: DecisionId }

function officeWithIncome(): Ready {
  const office = makeOffice()
  office.receive(office.publicIncome, '4001.02', '5000.00', '2025-07-01')
  const decisionId = recordDecision(office.head, {
    complexId: office.complexId,
    kind: 'assembly',
    number: '2025-3',
    title: '补充维修资金',
    decidedOn: parseDate('2025-09-20'),
    sha256: office.paper,
  })
  return { office, decisionId }
}

function prepared({ office, decisionId }: Ready, yuan = '3500.00'): TransferDrafts {
  return prepareTransfer(office.preparer, {
    complexId: office.complexId, amountFen: parseYuan(yuan), date: DAY, fromBankAccountId: office.publicIncomeBank,
    toBankAccountId: office.maintenanceBank, decisionId, summary: '第3季度公共收益补充维修资金',
  })
}

function post(office: Office, { transferId, out, into }: TransferDrafts) {
  reviewDraft(office.reviewer, out)
  reviewDraft(office.reviewer, into)
  return postTransfer(office.bookkeeper, transferId)
}

function banks(office: Office): Record<string, number> {
  return Object.fromEntries(
    bankBalances(office.ledger, parseDate('2025-12-31')).map(({ fundKind, demandFen }) => [fundKind, demandFen]),
  )
}

describe('a fund transfer', () => {
  it('moves the money in two books at once, each half naming the other', () => {
    const ready = officeWithIncome()
    const { office } = ready
    const [out, into] = post(office, prepared(ready))
    expect(banks(office)).toEqual({ maintenance: 350000, publicIncome: 150000 })
    expect(voucherOf(office.ledger, out.id).pairedWith).toMatchObject({ id: into.id, bookName: '住宅专项维修资金' })
    expect(voucherOf(office.ledger, into.id).pairedWith).toMatchObject({ id: out.id, bookName: '公共收益' })
  })

  it('is not posted, voided or written by halves', () => {
    const ready = officeWithIncome()
    const { office } = ready
    const drafts = prepared(ready)
    reviewDraft(office.reviewer, drafts.out)
    expect(refusalOf(() => postDrafts(office.bookkeeper, [drafts.out])).code).toBe('voucher.pair')
    expect(refusalOf(() => postTransfer(office.bookkeeper, drafts.transferId)).code).toBe('voucher.notReviewed')
    expect(refusalOf(() => voidDraft(office.preparer, drafts.into, '错')).code).toBe('voucher.pair')
    expect(office.ledger.sqlite.prepare('SELECT count(*) FROM fund_transfer').pluck().get()).toBe(0)
    voidTransfer(office.preparer, drafts.transferId, '金额待定')
    expect([drafts.out, drafts.into].map((id) => draftOf(office.ledger, id).state)).toEqual(['void', 'void'])
    const alone = saveDraft(office.preparer, {
      bookId: office.publicIncome, kind: 'general', date: DAY, attachments: [office.paper],
      lines: [
        office.line(office.publicIncome, '5201', debit(parseYuan('1.00'))),
        office.line(office.publicIncome, '1001.01', credit(parseYuan('1.00'))),
      ],
    })
    expect(draftProblems(office.ledger, draftOf(office.ledger, alone)).map(({ code }) => code)).toEqual(['voucher.pair'])
  })

  it('ticked in the list with others is posted as a pair or, with one half missing, not at all', () => {
    const ready = officeWithIncome()
    const { office } = ready
    const { out, into } = prepared(ready)
    const other = saveDraft(office.preparer, {
      bookId: office.publicIncome, kind: 'general', date: DAY, attachments: [office.paper],
      lines: [
        office.line(office.publicIncome, '1001.01', debit(parseYuan('7.00'))),
        office.line(office.publicIncome, '4001.02', credit(parseYuan('7.00'))),
      ],
    })
    for (const id of [out, into, other]) reviewDraft(office.reviewer, id)
    expect(refusalOf(() => postTicked(office.bookkeeper, [other, out])).code).toBe('voucher.pair')
    expect(banks(office)).toEqual({ maintenance: 0, publicIncome: 500000 })
    expect(postTicked(office.bookkeeper, [out, other, into])).toHaveLength(3)
    expect(banks(office)).toEqual({ maintenance: 350000, publicIncome: 150700 })
  })

  it('taken back is a pair of red vouchers under a new transfer of the negative amount', () => {
    const ready = officeWithIncome()
    const { office, decisionId } = ready
    const drafts = prepared(ready)
    const [out, into] = post(office, drafts)
    const back = reverseTransfer(office.preparer, {
      transferId: drafts.transferId,
      date: parseDate('2025-10-08'),
      reason: '划转金额有误',
    })
    const [redOut, redInto] = post(office, back)
    expect(banks(office)).toEqual({ maintenance: 0, publicIncome: 500000 })
    expect(fundTransferOf(office.ledger, back.transferId)).toEqual({
      id: back.transferId,
      complexId: office.complexId,
      amountFen: -350000,
      outVoucherId: redOut.id,
      inVoucherId: redInto.id,
      decisionId,
    })
    expect(voucherOf(office.ledger, redOut.id)).toMatchObject({
      purpose: 'reversal', reason: '划转金额有误', corrects: { id: out.id }, pairedWith: { id: redInto.id },
      lines: [{ debitFen: -350000 }, { creditFen: -350000 }],
    })
    expect(voucherOf(office.ledger, redInto.id).corrects).toMatchObject({ id: into.id })
    for (const bookId of [office.publicIncome, office.maintenance]) {
      const { debitFen, creditFen } = trialBalance(office.ledger, { bookId, to: parseDate('2025-12-31') })
      expect(debitFen).toBe(creditFen)
    }
    expect(damagesOf(office.ledger)).toEqual([])
  })

  it('is taken back once, as a whole, with a reason, and only when it was posted', () => {
    const ready = officeWithIncome()
    const { office } = ready
    const drafts = prepared(ready)
    const attempt = (transferId: FundTransferId, reason = '有误') => () =>
      reverseTransfer(office.preparer, { transferId, date: parseDate('2025-10-08'), reason })
    expect(refusalOf(attempt(drafts.transferId)).code).toBe('transfer.missing')
    expect(refusalOf(attempt(idOf<'fundTransfer'>(99))).code).toBe('transfer.missing')
    const [out] = post(office, drafts)
    expect(
      refusalOf(() => prepareReversal(office.preparer, { voucherId: out.id, date: DAY, reason: '有误' })).code,
    ).toBe('voucher.pair')
    expect(refusalOf(attempt(drafts.transferId, '')).code).toBe('voucher.reason')
    const back = attempt(drafts.transferId)()
    expect(refusalOf(attempt(drafts.transferId)).code).toBe('voucher.reversed')
    voidTransfer(office.preparer, back.transferId, '暂缓')
    post(office, attempt(drafts.transferId)())
    expect(refusalOf(attempt(drafts.transferId)).code).toBe('voucher.reversed')
  })
})
