import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import type { BankItem, BookItem } from '#core/reconciliation/item.ts'
import { matchLines } from '#core/reconciliation/match.ts'
import { bank, book, joined } from './lines.ts'

describe('one to one', () => {
  it('a fen apart is never a match, whatever else agrees', () => {
    const words = { party: '示例传媒有限公司', memo: '电梯广告费' }
    const found = matchLines([bank('2026-09-01', '100.00', words)], [book('2026-09-01', '100.01', words)])
    expect(found).toEqual({ automatic: [], proposed: [] })
  })

  it('in and out of one amount are not the same', () => {
    expect(matchLines([bank('2026-09-01', '100.00')], [book('2026-09-01', '-100.00')]).proposed).toEqual([])
  })

  it('of equal amounts the party decides before the day; brackets and blanks do not count', () => {
    const line = bank('2026-09-10', '500.00', { party: '示例（铜陵）传媒公司' })
    const near = book('2026-09-10', '500.00', { party: '另一家公司' })
    const right = book('2026-09-05', '500.00', { party: '示例(铜陵) 传媒公司' })
    const { automatic } = matchLines([line], [near, right])
    expect(joined(automatic)).toEqual([[[line.id], [right.id]]])
    expect(automatic[0]?.reason).toBe('金额相等，相差 5 天，对方户名相同')
  })

  it('two equally good vouchers are proposed and not taken by chance', () => {
    const line = bank('2026-09-10', '500.00')
    const { automatic, proposed } = matchLines([line], [book('2026-09-10', '500.00'), book('2026-09-10', '500.00')])
    expect(automatic).toEqual([])
    expect(proposed).toHaveLength(1)
    expect(proposed[0]?.reason).toContain('另有 1 笔同样合适')
  })

  it('one voucher for two equal bank lines is proposed too', () => {
    const { automatic, proposed } = matchLines(
      [bank('2026-09-10', '500.00'), bank('2026-09-10', '500.00')], [book('2026-09-10', '500.00')])
    expect([automatic.length, proposed.length]).toEqual([0, 1])
  })

  it('a far day with nothing but the amount is proposed', () => {
    const { automatic, proposed } = matchLines([bank('2026-09-30', '500.00')], [book('2026-09-02', '500.00')])
    expect([automatic.length, proposed.length]).toEqual([0, 1])
    expect(matchLines([bank('2026-09-30', '500.00')], [book('2026-08-01', '500.00')]).proposed).toEqual([])
  })

  it('the bank’s number in the summary tells two equal payments apart', () => {
    const first = bank('2026-09-10', '-800.00', { serial: 'B20260910001' })
    const second = bank('2026-09-10', '-800.00', { serial: 'B20260910002' })
    const ofSecond = book('2026-09-10', '-800.00', { memo: '付保洁费 B20260910002' })
    const ofFirst = book('2026-09-10', '-800.00', { memo: '付保洁费 B20260910001' })
    expect(joined(matchLines([first, second], [ofSecond, ofFirst]).automatic)).toEqual([
      [[first.id], [ofFirst.id]], [[second.id], [ofSecond.id]],
    ])
  })
})

describe('pairs that cancel each other', () => {
  it('the bank’s reversal takes back the line before it, and the right payment keeps its voucher', () => {
    const wrong = bank('2026-09-08', '-100.00', { party: '甲公司' })
    const back = bank('2026-09-09', '100.00', { party: '甲公司', memo: '冲正', isReversal: true })
    const again = bank('2026-09-09', '-100.00', { party: '甲公司' })
    const paid = book('2026-09-08', '-100.00', { party: '甲公司' })
    expect(joined(matchLines([wrong, back, again], [paid]).automatic)).toEqual([
      [[wrong.id, back.id], []], [[again.id], [paid.id]],
    ])
  })

  it('a reversal the book has booked finds its voucher instead', () => {
    const wrong = bank('2026-09-08', '-100.00')
    const back = bank('2026-09-09', '100.00', { isReversal: true })
    const lines = [book('2026-09-08', '-100.00'), book('2026-09-09', '100.00')]
    expect(matchLines([wrong, back], lines).automatic.map(({ kind }) => kind)).toEqual(['single', 'single'])
  })

  it('a red voucher and its original leave the bank alone', () => {
    const original = book('2026-09-08', '-10.00', { voucher: 7 })
    const red = book('2026-09-12', '10.00', { voucher: 8, reverses: 7 })
    const right = book('2026-09-12', '-10.00', { voucher: 9 })
    const line = bank('2026-09-08', '-10.00')
    const { automatic } = matchLines([line], [original, red, right])
    expect(joined(automatic)).toEqual([[[], [original.id, red.id]], [[line.id], [right.id]]])
  })
})

describe('one against several', () => {
  it('30 + 20 = 50 on one day, and the 7 stays', () => {
    const line = bank('2026-09-08', '50.00')
    const parts = [book('2026-09-08', '30.00', { voucher: 1 }), book('2026-09-08', '20.00', { voucher: 1 })]
    const other = book('2026-09-08', '7.00', { voucher: 2 })
    const { automatic } = matchLines([line], [...parts, other])
    expect(joined(automatic)).toEqual([[[line.id], parts.map(({ id }) => id).sort()]])
    expect(automatic[0]?.kind).toBe('oneToMany')
  })

  it('several transfers of one party settle one voucher', () => {
    const party = '示例传媒有限公司'
    const lines = [bank('2026-09-07', '4000.00', { party }), bank('2026-09-09', '8000.00', { party })]
    const whole = book('2026-09-08', '12000.00', { party })
    const { automatic } = matchLines(lines, [whole])
    expect(joined(automatic)).toEqual([[lines.map(({ id }) => id).sort(), [whole.id]]])
    expect(automatic[0]?.kind).toBe('manyToOne')
  })

  it('parts of strangers that happen to add up are only proposed', () => {
    const line = bank('2026-09-08', '50.00')
    const { automatic, proposed } = matchLines([line], [book('2026-09-07', '30.00'), book('2026-09-08', '20.00')])
    expect([automatic.length, proposed.length]).toEqual([0, 1])
    expect(proposed[0]?.reason).toContain('请人工核对')
  })

  it('two ways to add up are no unique match', () => {
    const party = '甲'
    const parts = ['30.00', '20.00', '25.00', '25.00'].map((yuan, index) => book(`2026-09-0${index + 5}`, yuan, { party }))
    expect(matchLines([bank('2026-09-08', '50.00', { party })], parts).automatic).toEqual([])
  })
})

describe('a renewed certificate', () => {
  const deposit = { isDeposit: true }
  it('two rows of one day against the interest the book shows', () => {
    const rows = [bank('2026-09-15', '1017500.00', { memo: '定期到期支取' }), bank('2026-09-15', '-1000000.00', { memo: '转存定期' })]
    const interest = book('2026-09-16', '17500.00', deposit)
    const { automatic } = matchLines(rows, [interest])
    expect(automatic.map(({ kind }) => kind)).toEqual(['rollover'])
    expect(joined(automatic)).toEqual([[rows.map(({ id }) => id).sort(), [interest.id]]])
  })

  it('interest only at the bank, principal and interest in and out in the book', () => {
    const row = bank('2026-09-15', '17500.00', { memo: '结息' })
    const lines = [
      book('2026-09-15', '1017500.00', { ...deposit, voucher: 4 }), book('2026-09-15', '-1000000.00', { ...deposit, voucher: 4 }),
    ]
    expect(joined(matchLines([row], lines).automatic)).toEqual([[[row.id], lines.map(({ id }) => id).sort()]])
  })

  it('no row at all: the voucher’s own lines cancel, once the bank has spoken of a later day', () => {
    const lines = [
      book('2026-09-15', '1017500.00', { ...deposit, voucher: 4 }), book('2026-09-15', '-1017500.00', { ...deposit, voucher: 4 }),
    ]
    const later = bank('2026-09-20', '3.21')
    expect(matchLines([later], lines).automatic.map(({ kind }) => kind)).toEqual(['rollover'])
    expect(matchLines([], lines).automatic).toEqual([])
  })

  it('principal in and out on one day with nothing booked on the current account', () => {
    const rows = [bank('2026-09-15', '500000.00', { memo: '定期支取' }), bank('2026-09-15', '-500000.00', { memo: '转存' })]
    expect(joined(matchLines(rows, []).automatic)).toEqual([[rows.map(({ id }) => id).sort(), []]])
  })
})

const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays(parseDate('2026-09-01'), days))
const words = fc.constantFrom('', '甲公司', '乙（铜陵）公司', '乙(铜陵)公司')
const amount = fc.integer({ min: -6, max: 6 }).filter((value) => value !== 0).map((value) => fen(value * 1000))
const bankLines = fc.array(fc.record({ date: day, amountFen: amount, party: words, isReversal: fc.boolean() }), { maxLength: 25 })
const bookLines = fc.array(
  fc.record({ date: day, amountFen: amount, party: words, voucherId: fc.integer({ min: 1, max: 9 }), isDeposit: fc.boolean() }),
  { maxLength: 25 })

it('whatever the lines: sums are equal to the fen, no line twice, and the same lines give the same answer', () => {
  fc.assert(fc.property(bankLines, bookLines, (atBank, inBook) => {
    const banks = atBank.map((line, id): BankItem => ({ ...line, id, memo: '', serial: '' }))
    const books = inBook.map((line, id): BookItem => ({ ...line, id: String(id), memo: '', reversesVoucherId: null }))
    const { automatic, proposed } = matchLines(banks, books)
    const all = [...automatic, ...proposed]
    for (const match of all) {
      const sum = (items: readonly { amountFen: number }[]) => items.reduce((total, { amountFen }) => total + amountFen, 0)
      expect(sum(match.bank)).toBe(sum(match.book))
      expect(match.bank.length + match.book.length).toBeGreaterThan(1)
    }
    const used = all.flatMap((match) =>
      [...match.bank.map(({ id }) => `b${id}`), ...match.book.map(({ id }) => `l${id}`)])
    expect(new Set(used).size).toBe(used.length)
    expect(matchLines(banks, books)).toEqual({ automatic, proposed })
  }))
})
