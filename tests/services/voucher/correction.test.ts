/** Posted vouchers are corrected by further vouchers only (会计基础工作规范 art. 51(5)). */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { DraftId, VoucherId } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { prepareDifference, preparePriorYear, prepareReversal } from '#services/voucher/correction.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { draftOf, reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { voucherOf } from '#services/voucher/voucher.ts'
import { refusalOf } from './ledger-steps.ts'
import { makeOffice, type Office } from '../office.ts'

const APRIL = parseDate('2025-04-02')

/** 收电梯广告 1,800.00 on 2025-03-18, which should have been 1,860.00. */
function officeWithError(openedOn?: string): { office: Office; voucherId: VoucherId } {
  const office = makeOffice(openedOn === undefined ? {} : { openedOn })
  const { id } = office.receive(office.publicIncome, '4001.02', '1800.00', openedOn === undefined ? '2025-03-18' : '2024-12-18')
  return { office, voucherId: id }
}

function post(office: Office, ...ids: readonly DraftId[]) {
  for (const id of ids) reviewDraft(office.reviewer, id)
  return postDrafts(office.bookkeeper, ids)
}

function incomeOf(office: Office): number {
  const { rows } = trialBalance(office.ledger, { bookId: office.publicIncome, to: parseDate('2025-12-31') })
  return rows.find(({ code }) => code === '4001.02')?.closingFen ?? 0
}

describe('a red reversal', () => {
  it('says 注销 with date and number, is red on the same sides, and the blue one says 订正', () => {
    const { office, voucherId } = officeWithError()
    const lines = [
      office.line(office.publicIncome, '1001.01', debit(parseYuan('1860.00'))),
      office.line(office.publicIncome, '4001.02', credit(parseYuan('1860.00'))),
    ]
    const before = voucherOf(office.ledger, voucherId)
    const { reversal, replacement } = prepareReversal(office.preparer, {
      voucherId,
      date: APRIL,
      reason: '金额写错',
      replacement: lines,
    })
    expect(draftOf(office.ledger, reversal)).toMatchObject({
      purpose: 'reversal', reason: '金额写错', correctsVoucherId: voucherId,
      lines: [
        { summary: '注销3月18日记-0001号凭证', debitFen: -180000, creditFen: 0 },
        { summary: '注销3月18日记-0001号凭证', debitFen: 0, creditFen: -180000 },
      ],
    })
    if (replacement === null) throw new Error('no replacement was prepared')
    expect(draftOf(office.ledger, replacement).lines.map(({ summary }) => summary)).toEqual([
      '订正3月18日记-0001号凭证',
      '订正3月18日记-0001号凭证',
    ])
    const posted = post(office, reversal, replacement)
    expect(incomeOf(office)).toBe(-186000)
    const after = voucherOf(office.ledger, voucherId)
    expect(after.lines).toEqual(before.lines)
    expect(after.correctedBy.map(({ id, purpose }) => ({ id, purpose }))).toEqual([
      { id: posted[0]?.id, purpose: 'reversal' },
      { id: posted[1]?.id, purpose: 'replacement' },
    ])
    expect(voucherOf(office.ledger, posted[0]?.id ?? voucherId).corrects).toMatchObject({ id: voucherId, number: 1 })
  })

  it('is made once: neither beside one that waits nor after one that is posted; a voided one makes room', () => {
    const { office, voucherId } = officeWithError()
    const attempt = () => prepareReversal(office.preparer, { voucherId, date: APRIL, reason: '重复入账' }).reversal
    const first = attempt()
    expect(refusalOf(attempt)).toMatchObject({ code: 'voucher.reversed', message: expect.stringContaining('待办') })
    voidDraft(office.preparer, first, '日期选错')
    post(office, attempt())
    expect(refusalOf(attempt).code).toBe('voucher.reversed')
    expect(incomeOf(office)).toBe(0)
  })

  it('needs a reason and a date not before the original', () => {
    const { office, voucherId } = officeWithError()
    expect(refusalOf(() => prepareReversal(office.preparer, { voucherId, date: APRIL, reason: ' ' }))).toMatchObject({
      code: 'voucher.reason', field: 'reason',
    })
    expect(
      refusalOf(() => prepareReversal(office.preparer, { voucherId, date: parseDate('2025-03-17'), reason: '错' })),
    ).toMatchObject({
      code: 'voucher.correctionDate',
      field: 'date',
    })
  })
})

describe('a difference voucher', () => {
  it('writes only what is missing, and leaves the right balance', () => {
    const { office, voucherId } = officeWithError()
    const corrected = [debit(parseYuan('1860.00')), credit(parseYuan('1860.00'))]
    const id = prepareDifference(office.preparer, { voucherId, date: APRIL, reason: '少记', corrected })
    expect(draftOf(office.ledger, id).lines.map(({ debitFen, creditFen }) => [debitFen, creditFen])).toEqual([
      [6000, 0],
      [0, 6000],
    ])
    post(office, id)
    expect(incomeOf(office)).toBe(-186000)
  })

  it('is refused without a difference', () => {
    const { office, voucherId } = officeWithError()
    const same = [debit(parseYuan('1800.00')), credit(parseYuan('1800.00'))]
    expect(refusalOf(() => prepareDifference(office.preparer, { voucherId, date: APRIL, reason: '无', corrected: same })).code)
      .toBe('voucher.difference')
  })
})

describe('an error of an earlier year', () => {
  it('is corrected by a blue voucher and not in red', () => {
    const { office, voucherId } = officeWithError('2024-12-01')
    const facts = { voucherId, date: APRIL, reason: '上年多记' }
    expect(refusalOf(() => prepareReversal(office.preparer, facts)).code).toBe('voucher.correctionMethod')
    expect(refusalOf(() => prepareDifference(office.preparer, { ...facts, corrected: [] })).code).toBe('voucher.correctionMethod')
    const id = preparePriorYear(office.preparer, {
      ...facts,
      lines: [
        office.line(office.publicIncome, '3001', debit(fen(100))),
        office.line(office.publicIncome, '1001.01', credit(fen(100))),
      ],
    })
    const [posted] = post(office, id)
    expect(voucherOf(office.ledger, posted?.id ?? voucherId)).toMatchObject({
      purpose: 'priorYear',
      reason: '上年多记',
      corrects: { id: voucherId },
    })
  })

  it('and one of the same year is not', () => {
    const { office, voucherId } = officeWithError()
    expect(refusalOf(() => preparePriorYear(office.preparer, { voucherId, date: APRIL, reason: '错', lines: [] })).code)
      .toBe('voucher.correctionMethod')
  })
})
