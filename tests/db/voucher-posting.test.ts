import { describe, expect, test } from 'vitest'
import {
  ACCOUNT, addDecision, BANK, bankLine, countOf, incomeLine, insert, insertHead, insertLines, interestLines, MAINTENANCE,
  nextVoucherId, PEOPLE, periodEvent,
  post, PUBLIC_INCOME, refusalOf, sampleLedger, type SampleVoucher,
} from './sample-ledger.ts'
import { addRepair, repairEvent, WALK, transfer } from './one-of-everything.ts'
import { payRepair } from './sample-repair.ts'

/** What the SQL answers to this voucher in a fresh ledger; a refusal must leave nothing behind. */
function answerTo(voucher: SampleVoucher): string {
  const ledger = sampleLedger()
  const answer = refusalOf(ledger, () => post(ledger, voucher))
  if (answer !== 'accepted') expect([countOf(ledger, 'voucher'), countOf(ledger, 'voucher_line')]).toEqual([0, 0])
  return answer
}

test('a correct voucher is accepted', () => {
  expect(answerTo({})).toBe('accepted')
})

describe('a voucher is one balanced whole of one book (invariant 3)', () => {
  test.each<[string, SampleVoucher, string]>([
    ['debit ≠ credit by one fen', { lines: [bankLine(12_346), incomeLine()] }, 'voucher.unbalanced'],
    ['no lines', { lines: [] }, 'voucher.unbalanced'],
    ['a single line', { lines: [incomeLine(5)] }, 'voucher.unbalanced'],
    ['an amount in the head that is not the sum', { head: { amount_fen: 12_344 } }, 'voucher.unbalanced'],
    ['a line of another day', { lines: [bankLine(), incomeLine(12_345, { date: '2025-01-16' })] }, 'voucher.unbalanced'],
    ['a line with both sides', { lines: [{ account: ACCOUNT.fund, debit: 5, credit: 5 },
      { account: ACCOUNT.interest, debit: 1, credit: 1 }] }, 'record.check'],
    ['a line with no amount', { lines: [...interestLines(), { account: ACCOUNT.fund }] }, 'record.check'],
    ['a line without a complex', { lines: [bankLine(), incomeLine(12_345, { complex_id: null })] }, 'record.constraint'],
    ['a sum beyond 64 bits', {
      lines: [...Array.from({ length: 1101 }, () => ({ account: ACCOUNT.fund, debit: 9e15 })),
        { account: ACCOUNT.interest, credit: 1 }],
      head: { amount_fen: 1 },
    }, 'money.range'],
  ])('%s', (_, voucher, code) => {
    expect(answerTo(voucher)).toBe(code)
  })
})

describe('nothing crosses books or complexes (invariants 3, 4)', () => {
  test.each<[string, SampleVoucher, string]>([
    ['an account of another book', { lines: [bankLine(), { account: ACCOUNT.parking, credit: 12_345 }] }, 'record.reference'],
    ['a bank account of another book', { lines: [{ account: ACCOUNT.demand, debit: 5,
      more: { bank_account_id: BANK.publicIncome } }, incomeLine(5)] }, 'record.reference'],
    ['a line marked for another book', { lines: [bankLine(),
      { account: ACCOUNT.parking, credit: 12_345, more: { book_id: PUBLIC_INCOME } }] }, 'voucher.unbalanced'],
    ['the 专户 of another complex', { lines: [{ account: ACCOUNT.demand, debit: 5,
      more: { bank_account_id: BANK.maintenanceOfSecond } }, incomeLine(5)] }, 'voucher.crossComplex'],
    ['a building of another complex', { lines: [bankLine(), incomeLine(12_345, { building_id: 2 })] }, 'record.reference'],
    ['a bank line without a bank account', { lines: [{ account: ACCOUNT.demand, debit: 5 }, incomeLine(5)] }, 'voucher.account'],
    ['a bank account on another line', { lines: [bankLine(),
      incomeLine(12_345, { bank_account_id: BANK.maintenanceOfFirst })] }, 'voucher.account'],
    ['a heading instead of a leaf', { lines: [{ account: ACCOUNT.heading, debit: 5 }, incomeLine(5)] }, 'voucher.account'],
  ])('%s', (_, voucher, code) => {
    expect(answerTo(voucher)).toBe(code)
  })
})

describe('period, date, people (invariants 2, 7, 8)', () => {
  test.each<[string, SampleVoucher, string]>([
    ['a month never opened', { date: '2025-04-01' }, 'period.closed'],
    ['a month that is not the date’s', { head: { month: '2025-02' } }, 'record.check'],
    ['the 30th of February', { date: '2025-02-30' }, 'record.check'],
    ['a business date that is no day', { head: { business_date: '2025-13-01' } }, 'record.check'],
    ['a bank date in another spelling', { head: { bank_date: '2025/01/15' } }, 'record.check'],
    ['preparer = reviewer', { head: { preparer_id: PEOPLE.reviewer } }, 'record.check'],
    ['a reviewer without the role', { head: { reviewer_id: PEOPLE.reconciler } }, 'voucher.role'],
    ['a cashier as reviewer', { head: { reviewer_id: PEOPLE.cashier } }, 'voucher.role'],
    ['a bookkeeper without the role', { head: { bookkeeper_id: PEOPLE.preparer } }, 'voucher.role'],
    ['a person who does not exist', { head: { preparer_id: 99 } }, 'record.reference'],
  ])('%s', (_, voucher, code) => {
    expect(answerTo(voucher)).toBe(code)
  })

  test('a closed month takes no voucher', () => {
    const ledger = sampleLedger()
    periodEvent(ledger, MAINTENANCE, '2025-01', 'close')
    expect(refusalOf(ledger, () => post(ledger))).toBe('period.closed')
    expect(refusalOf(ledger, () => post(ledger, { date: '2025-02-01' }))).toBe('accepted')
  })
})

describe('numbers run without gaps per book, month and kind (invariant 6)', () => {
  test.each([0, 1, 3, -1])('after number 1, number %i is refused and 2 accepted', (number) => {
    const ledger = sampleLedger()
    post(ledger)
    expect(refusalOf(ledger, () => post(ledger, { head: { number } }))).toMatch(/^(voucher\.number|record\.check)$/)
    expect(refusalOf(ledger, () => post(ledger, { head: { number: 2 } }))).toBe('accepted')
  })

  test('each kind, month and book counts for itself', () => {
    const ledger = sampleLedger()
    for (const voucher of [{}, { kind: 'receipt' }, { date: '2025-02-01' }]) {expect(refusalOf(ledger, () =>
      post(ledger, voucher))).toBe('accepted')}
    const numbers = ledger.sqlite.prepare('SELECT number FROM voucher').pluck().all()
    expect(numbers).toEqual([1, 1, 1])
  })
})

describe('every voucher extends its book’s hash chain (invariant 11)', () => {
  test.each<[string, SampleVoucher]>([
    ['a forgotten predecessor', { head: { prev_hash: '' } }],
    ['another predecessor', { head: { prev_hash: 'f'.repeat(64) } }],
    ['a gap in the chain', { head: { chain_no: 3 } }],
    ['a fork', { head: { chain_no: 1 } }],
  ])('%s', (_, voucher) => {
    const ledger = sampleLedger()
    post(ledger)
    expect(refusalOf(ledger, () => post(ledger, voucher))).toBe('voucher.chain')
  })

  test('a chain begins at nothing, and a hash is a hash', () => {
    expect(answerTo({ head: { prev_hash: 'f'.repeat(64) } })).toBe('voucher.chain')
    expect(answerTo({ head: { hash: '' } })).toBe('record.check')
  })
})

describe('posted vouchers are sealed (invariant 5)', () => {
  test('no line, no paper can be added after the head, not even in the same transaction', () => {
    const ledger = sampleLedger()
    const pair = [{ account: ACCOUNT.fund, debit: 1, more: { line_no: 3 } },
      { account: ACCOUNT.interest, credit: 1, more: { line_no: 4 } }]
    expect(refusalOf(ledger, () => insertLines(ledger, post(ledger), { lines: pair }))).toBe('voucher.posted')
    const id = post(ledger)
    expect(refusalOf(ledger, () => insertLines(ledger, id, { lines: pair }))).toBe('voucher.posted')
    expect(refusalOf(ledger, () => insert(ledger, 'voucher_attachment',
      { voucher_id: id, sha256: 'a'.repeat(64) }))).toBe('voucher.posted')
  })

  test('a line without its head cannot be committed', () => {
    const ledger = sampleLedger()
    expect(refusalOf(ledger, () => insertLines(ledger, 77, {}))).toBe('record.reference')
    expect(countOf(ledger, 'voucher_line')).toBe(0)
  })
})

describe('corrections (invariant 5)', () => {
  const red = interestLines(-12_345)
  const correcting = (id: number, more: SampleVoucher = {}): SampleVoucher => ({
    purpose: 'reversal', lines: red, ...more, head: { corrects_voucher_id: id, reason: '金额写错', ...more.head },
  })

  test('a reversal is accepted once, with its reason, and exact', () => {
    const ledger = sampleLedger()
    const id = post(ledger)
    expect(refusalOf(ledger, () => post(ledger, correcting(id, { head: { reason: '' } })))).toBe('record.check')
    expect(refusalOf(ledger, () => post(ledger, { purpose: 'reversal', lines: red,
      head: { reason: '金额写错' } }))).not.toBe('accepted')
    expect(refusalOf(ledger, () => post(ledger, correcting(id, { lines: interestLines(-12_344) })))).toBe('voucher.corrects')
    const otherAccount = [bankLine(-12_345), { account: ACCOUNT.fund, credit: -12_345 }]
    expect(refusalOf(ledger, () => post(ledger, correcting(id, { lines: otherAccount })))).toBe('voucher.corrects')
    expect(refusalOf(ledger, () => post(ledger, correcting(id)))).toBe('accepted')
    expect(refusalOf(ledger, () => post(ledger, correcting(id)))).toBe('voucher.reversed')
  })

  test('a correction neither precedes its original, nor leaves its book, nor corrects itself', () => {
    const ledger = sampleLedger()
    const id = post(ledger, { date: '2025-02-10' })
    expect(refusalOf(ledger, () => post(ledger, correcting(id, { date: '2025-02-09' })))).toBe('voucher.corrects')
    expect(refusalOf(ledger, () => post(ledger, correcting(nextVoucherId(ledger),
      { date: '2025-02-11' })))).toBe('voucher.corrects')
    const publicIncome = {
      book: PUBLIC_INCOME, date: '2025-02-11',
      lines: [{ account: ACCOUNT.publicDemand, debit: -12_345, more: { bank_account_id: BANK.publicIncome } },
        { account: ACCOUNT.parking, credit: -12_345 }],
    }
    expect(refusalOf(ledger, () => post(ledger, correcting(id, publicIncome)))).toBe('voucher.corrects')
  })

  test('a closing voucher is marked line by line, and so is the reversal that takes it back', () => {
    const ledger = sampleLedger()
    const closing = [{ account: ACCOUNT.interest, debit: 7 }, { account: ACCOUNT.closingTarget, credit: 7 }]
    expect(refusalOf(ledger, () => post(ledger, { lines: closing.map((line) =>
      ({ ...line, more: { closing: 1 } })) }))).toBe('voucher.closing')
    expect(refusalOf(ledger, () => post(ledger, { purpose: 'closing' }))).toBe('voucher.closing')
    const id = post(ledger, { purpose: 'closing', lines: closing })
    const back = [{ account: ACCOUNT.interest, debit: -7 }, { account: ACCOUNT.closingTarget, credit: -7 }]
    expect(refusalOf(ledger, () => post(ledger, correcting(id, { lines: back })))).toBe('voucher.closing')
    const marked = back.map((line) => ({ ...line, more: { closing: 1 } }))
    expect(refusalOf(ledger, () => post(ledger, correcting(id, { lines: marked })))).toBe('accepted')
  })
})

describe('money moves between books only as a linked pair with a decision (invariant 4)', () => {
  const out = [
    { account: ACCOUNT.transferOut, debit: 9 },
    { account: ACCOUNT.publicDemand, credit: 9, more: { bank_account_id: BANK.publicIncome } },
  ]

  test('the pair is accepted', () => {
    const ledger = sampleLedger()
    const decision = addDecision(ledger)
    expect(refusalOf(ledger, () => transfer(ledger, decision))).toBe('accepted')
  })

  test('no pair, no decision, or a pair that is never written', () => {
    const ledger = sampleLedger()
    const decision = addDecision(ledger)
    expect(refusalOf(ledger, () => post(ledger, { book: PUBLIC_INCOME, lines: out }))).toBe('voucher.pair')
    expect(refusalOf(ledger, () => post(ledger, { book: PUBLIC_INCOME, lines: out, head: { pair_id: 1 } }))).toBe('voucher.pair')
    expect(refusalOf(ledger, () => post(ledger, { book: PUBLIC_INCOME, lines: out,
      head: { decision_id: decision } }))).toBe('voucher.pair')
    expect(refusalOf(ledger, () => post(ledger, { book: PUBLIC_INCOME, lines: out,
      head: { pair_id: 1, decision_id: decision } }))).toBe('record.reference')
    expect(countOf(ledger, 'voucher')).toBe(0)
  })

  test('a closing voucher is no way out: it cannot touch a bank account', () => {
    expect(answerTo({ book: PUBLIC_INCOME, lines: out, purpose: 'closing' })).toBe('voucher.closing')
  })

  test('unequal halves', () => {
    const ledger = sampleLedger()
    const decision = addDecision(ledger)
    expect(refusalOf(ledger, () => transfer(ledger, decision, { out: 50_000, into: 49_999 }))).toBe('voucher.pair')
    expect(countOf(ledger, 'voucher')).toBe(0)
  })

  test('money that arrives at another complex, or a decision of another complex', () => {
    const ledger = sampleLedger()
    const decision = addDecision(ledger)
    expect(refusalOf(ledger, () => transfer(ledger, decision, { complex: 2 }))).toBe('voucher.pair')
    const foreign = addDecision(ledger, 2, '决2')
    expect(refusalOf(ledger, () => transfer(ledger, foreign))).toBe('voucher.pair')
  })

  test('a third voucher cannot ride on a pair, neither before nor after its transfer is written', () => {
    const ledger = sampleLedger()
    const decision = addDecision(ledger)
    const rider = { book: PUBLIC_INCOME, lines: out, head: { pair_id: 1, decision_id: decision } }
    expect(refusalOf(ledger, () => { post(ledger, rider); transfer(ledger, decision) })).toBe('voucher.pair')
    ledger.write(() => transfer(ledger, decision))
    expect(refusalOf(ledger, () => post(ledger, rider))).toBe('voucher.pair')
  })

  test('a book keeps its fund, an account its flags, a bank account its book', () => {
    const ledger = sampleLedger()
    const change = (sql: string) => refusalOf(ledger, () => ledger.sqlite.exec(sql))
    expect(change("UPDATE book SET fund_kind = 'publicIncome' WHERE id = 1")).toBe('book.fundKind')
    expect(change(`UPDATE account SET needs_pair = 0 WHERE id = ${ACCOUNT.transferOut}`)).toBe('account.fixed')
    expect(change(`UPDATE account SET book_id = 1 WHERE id = ${ACCOUNT.transferOut}`)).toBe('account.fixed')
    expect(change(`UPDATE bank_account SET book_id = 2 WHERE id = ${BANK.maintenanceOfFirst}`)).toBe('bankAccount.fixed')
    const sub = (more: Record<string, string | number>) => refusalOf(ledger, () => insert(ledger, 'account', {
      book_id: PUBLIC_INCOME, code: '5201.01', name: '转入维修资金', class: 'expenditure', parent_id: ACCOUNT.transferOut, is_leaf: 1,
      is_prescribed: 0, needs_pair: 1, ...more,
    }))
    expect(sub({ needs_pair: 0 })).toBe('account.fixed')
    expect(sub({ class: 'asset' })).toBe('account.fixed')
    expect(sub({ book_id: MAINTENANCE })).toBe('record.reference')
    expect(sub({})).toBe('accepted')
    const sameNumber = { book_id: 2, bank_name: '样例银行', number: '600001', holder_name: '样例', is_dedicated: 1,
      opened_on: '2025-01-01' }
    expect(refusalOf(ledger, () => insert(ledger, 'bank_account', sameNumber))).toBe('record.duplicate')
  })
})

test('nothing is paid on a repair before its payment instruction (invariant 12)', () => {
  const ledger = sampleLedger()
  const repair = addRepair(ledger)
  const pay = () => refusalOf(ledger, () => payRepair(ledger, repair, 180_000))
  for (const [kind, step] of WALK) {
    expect(pay()).toBe('repair.notPayable')
    repairEvent(ledger, repair, kind, step)
  }
  expect(pay()).toBe('accepted')
})

test('text in an amount is refused, and so is a fraction of a fen (STRICT)', () => {
  const ledger = sampleLedger()
  const line = bankLine()
  for (const amount of ['12.34', '一百', 12.5]) {
    const refusal = refusalOf(ledger, () => insertLines(ledger, nextVoucherId(ledger),
      { lines: [{ ...line, more: { ...line.more, debit_fen: amount } }] }))
    expect(refusal).toBe('record.type')
  }
})

test('sealing is one step: the head of someone else’s lines is refused', () => {
  const ledger = sampleLedger()
  expect(refusalOf(ledger, () => {
    const id = nextVoucherId(ledger)
    insertLines(ledger, id, {})
    insertHead(ledger, id + 1, {})
  })).toBe('voucher.unbalanced')
})
