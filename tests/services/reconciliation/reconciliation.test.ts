import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { VoucherId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { closePeriod, periodEvents } from '#services/voucher/period.ts'
import { openAtClose } from '#services/reconciliation/reconciliation-closing.ts'
import { confirmMatches, undoMatch, type MatchFacts } from '#services/reconciliation/reconciliation-match.ts'
import { runMatching } from '#services/reconciliation/reconciliation-run.ts'
import { checkMonth, reopenMonth, sealMonth } from '#services/reconciliation/reconciliation-seal.ts'
import { sealedItems } from '#services/reconciliation/reconciliation-sealed.ts'
import { monthStates, monthTable, suggestMatches } from '#services/reconciliation/reconciliation.ts'
import { batchTally } from '#services/statement/statement.ts'
import { lineHistory, reopenLine } from '#services/statement/statement-outcome.ts'
import { cmbFile, rowsOf, statementOffice, type Move, type StatementOffice } from '../statement/statement-office.ts'

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'accepted'
}

const JANUARY = parseMonth('2025-01')
const FEBRUARY = parseMonth('2025-02')

/** One voucher with a line per amount on the account; negative pays out. */
function book(office: StatementOffice, date: string, ...amounts: readonly string[]): VoucherId {
  const bank = { bankAccountId: office.account }
  return office.post({
    bookId: office.publicIncome,
    date: parseDate(date),
    lines: amounts.flatMap((yuan) => {
      const isOut = yuan.startsWith('-')
      const amount = parseYuan(yuan.replace('-', ''))
      const [atBank, other] = isOut ? [credit(amount), debit(amount)] : [debit(amount), credit(amount)]
      return [
        office.line(office.publicIncome, ACCOUNT.demandDeposit, atBank, bank),
        office.line(office.publicIncome, isOut ? '5001.05' : '4001.01', other),
      ]
    }),
  }).id
}

function importMonths(office: StatementOffice, opening: string, moves: readonly Move[]): void {
  office.importText(cmbFile(rowsOf(opening, moves)))
}

const MOVES: readonly Move[] = [
  { date: '2025-01-01', yuan: '1000.00', memo: '广告费', party: '示例传媒有限公司' },
  { date: '2025-01-15', yuan: '-200.00', memo: '保洁费' },
  { date: '2025-01-21', yuan: '3.21', memo: '结息' },
  { date: '2025-01-31', yuan: '50.00', memo: '停车费' },
]

/** January: three lines agree, the bank has interest, the book has a payment of the last day. */
function january(): StatementOffice {
  const office = statementOffice()
  importMonths(office, '0.00', MOVES)
  book(office, '2025-01-02', '1000.00')
  book(office, '2025-01-15', '-200.00')
  book(office, '2025-01-31', '30.00', '20.00')
  book(office, '2025-01-31', '-80.00')
  return office
}

describe('the month’s table', () => {
  it('ties out by the items on both sides, each with its date and age', async () => {
    const office = january()
    const before = monthTable(office.ledger, office.account, JANUARY)
    expect(before.differenceFen).toBe(0)
    expect(before.bank.length + before.book.length).toBe(9)
    expect(await runMatching(office.bookkeeper, office.account, parseDate('2025-01-31'))).toEqual({
      matched: 3, lineCount: 3, proposed: 0,
    })
    const table = monthTable(office.ledger, office.account, JANUARY)
    expect(table).toMatchObject({
      journalFen: parseYuan('770.00'), statementFen: parseYuan('853.21'), bankInFen: 321, bankOutFen: 0, bookInFen: 0,
      bookOutFen: 8000, adjustedJournalFen: parseYuan('773.21'), adjustedStatementFen: parseYuan('773.21'), differenceFen: 0,
      obstacles: [], seal: null,
    })
    expect(table.bank.map(({ memo, age, state }) => [memo, age, state])).toEqual([['结息', 10, 'open']])
    expect(table.book.map(({ amountFen, age, state }) => [amountFen, age, state])).toEqual([[-8000, 0, 'open']])
  })

  it('rolls an open item forward, and keeps it open at the old month’s end after it was matched in the new one', async () => {
    const office = january()
    await runMatching(office.bookkeeper, office.account, parseDate('2025-01-31'))
    office.importText(cmbFile(rowsOf('853.21', [
      { date: '2025-02-03', yuan: '-80.00', memo: '绿化费' }, { date: '2025-02-28', yuan: '1.00', memo: '零星收入' },
    ]), '5510000000000001'))
    expect(monthTable(office.ledger, office.account, FEBRUARY).book.map(({ age }) => age)).toEqual([28])
    await runMatching(office.bookkeeper, office.account, parseDate('2025-02-28'))
    expect(monthTable(office.ledger, office.account, JANUARY).book).toMatchObject([{ amountFen: -8000, state: 'later' }])
    expect(monthTable(office.ledger, office.account, FEBRUARY)).toMatchObject({ book: [], differenceFen: 0 })
  })

  it('says by how much it does not tie out when the difference is older than the statements', () => {
    const office = statementOffice()
    importMonths(office, '100.00', MOVES)
    const table = monthTable(office.ledger, office.account, JANUARY)
    expect(table).toMatchObject({ differenceFen: 10_000, startDifferenceFen: 10_000 })
    expect(refusal(() => sealMonth(office.head, office.account, JANUARY))).toBe('reconciliation.differs')
  })

  it('a payment of before the first statement explains its opening balance once it is matched', async () => {
    const office = statementOffice()
    book(office, '2025-01-02', '500.00')
    book(office, '2025-01-10', '-80.00')
    importMonths(office, '500.00', [
      { date: '2025-01-11', yuan: '-80.00', memo: '绿化费' }, { date: '2025-01-31', yuan: '1.00', memo: '零星收入' },
    ])
    expect(monthTable(office.ledger, office.account, JANUARY).startDifferenceFen).toBe(8000)
    await runMatching(office.bookkeeper, office.account, parseDate('2025-01-31'))
    expect(monthTable(office.ledger, office.account, JANUARY)).toMatchObject({ startDifferenceFen: 0, differenceFen: 0 })
  })

  it('a skipped line stays in the table with its reason', () => {
    const office = january()
    const skip = office.lineOf('结息')
    office.ledger.sqlite.prepare(`INSERT INTO statement_outcome (statement_line_id, outcome, reason, actor_id, at)
      VALUES (?, 'skipped', '银行串户', 2, '2025-02-01')`).run(skip)
    const { bank, differenceFen } = monthTable(office.ledger, office.account, JANUARY)
    expect(bank.find(({ id }) => id === skip)).toMatchObject({ state: 'skipped', reason: '银行串户' })
    expect(differenceFen).toBe(0)
  })

  it('is refused before the first statement, and says when the month is not covered', () => {
    const office = statementOffice()
    expect(refusal(() => monthTable(office.ledger, office.account, JANUARY))).toBe('reconciliation.noStatement')
    importMonths(office, '0.00', MOVES.slice(0, 2))
    expect(refusal(() => monthTable(office.ledger, office.account, parseMonth('2024-12')))).toBe('reconciliation.beforeStart')
    expect(monthTable(office.ledger, office.account, JANUARY).obstacles[0]).toContain('对账单只到 2025-01-15')
  })
})

describe('matching by hand', () => {
  const facts = (office: StatementOffice, memo: string, voucherId: VoucherId, ...lines: readonly number[]): MatchFacts => ({
    bankAccountId: office.account, lineIds: [office.lineOf(memo)], method: 'manual', score: null, reason: '人工勾对',
    entries: lines.map((lineNo) => ({ voucherId, lineNo })),
  })

  it('takes sums equal to the fen only, lines of this account only, and no line twice', () => {
    const office = statementOffice()
    importMonths(office, '0.00', MOVES)
    const whole = book(office, '2025-01-30', '30.00', '20.00')
    const match = (...lines: readonly number[]) =>
      refusal(() => confirmMatches(office.head, [facts(office, '停车费', whole, ...lines)]))
    expect(match(1)).toBe('statement.amount')
    expect(match(1, 2)).toBe('statement.account')
    expect(match(1, 3)).toBe('accepted')
    expect(refusal(() => confirmMatches(office.head, [facts(office, '广告费', whole, 1)]))).toBe('reconciliation.taken')
    expect(match(1, 3)).toBe('statement.settled')
  })

  it('is all or nothing over its groups', () => {
    const office = statementOffice()
    importMonths(office, '0.00', MOVES)
    const voucher = book(office, '2025-01-30', '50.00')
    expect(refusal(() => confirmMatches(office.head, [
      facts(office, '停车费', voucher, 1), facts(office, '结息', voucher, 1),
    ]))).toBe('reconciliation.taken')
    expect(office.lines('matched')).toEqual([])
  })

  it('is taken back whole with a reason, and the lines of both sides are open again', () => {
    const office = statementOffice()
    const { batchId } = office.importText(cmbFile(rowsOf('0.00', MOVES)))
    const first = book(office, '2025-01-30', '30.00')
    const second = book(office, '2025-01-31', '20.00')
    const [id] = confirmMatches(office.head, [{
      ...facts(office, '停车费', first), entries: [first, second].map((voucherId) => ({ voucherId, lineNo: 1 })),
    }])
    if (id === undefined) throw new Error('no match')
    expect(office.lines('matched')).toMatchObject([{ memo: '停车费', voucherId: null }])
    expect(refusal(() => undoMatch(office.head, id, ' '))).toBe('reconciliation.reason')
    undoMatch(office.head, id, '配错')
    expect(refusal(() => undoMatch(office.head, id, '再撤'))).toBe('reconciliation.undone')
    expect(lineHistory(office.ledger, office.lineOf('停车费')).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['matched', ''], ['open', '配错'],
    ])
    expect(monthTable(office.ledger, office.account, JANUARY).book).toHaveLength(2)
    expect(batchTally(office.ledger, batchId)).toMatchObject({ open: 4, isWhole: true })
  })

  it('re-opening one line of a group re-opens the group', () => {
    const office = statementOffice()
    importMonths(office, '0.00', [
      { date: '2025-01-10', yuan: '30.00', memo: '一' }, { date: '2025-01-10', yuan: '20.00', memo: '二' },
    ])
    const voucherId = book(office, '2025-01-10', '50.00')
    confirmMatches(office.head, [{
      ...facts(office, '一', voucherId, 1), lineIds: [office.lineOf('一'), office.lineOf('二')],
    }])
    reopenLine(office.head, office.lineOf('二'), '配错')
    expect(office.lines('open')).toHaveLength(2)
  })

  it('a preparer does not reconcile', () => {
    const office = statementOffice()
    importMonths(office, '0.00', MOVES)
    const voucher = book(office, '2025-01-30', '50.00')
    expect(refusal(() => confirmMatches(office.preparer, [facts(office, '停车费', voucher, 1)]))).toBe('role.missing')
  })
})

describe('sealing', () => {
  it('is done by one and checked by another; what lies inside is then not matched anew until it is re-opened', async () => {
    const office = january()
    await runMatching(office.bookkeeper, office.account, parseDate('2025-01-31'))
    expect(refusal(() => checkMonth(office.reviewer, office.account, JANUARY))).toBe('reconciliation.open')
    const id = sealMonth(office.head, office.account, JANUARY)
    expect(sealedItems(office.ledger, id)).toMatchObject([
      { side: 'bank', amountFen: 321, age: 10 }, { side: 'book', amountFen: -8000, age: 0 },
    ])
    expect(refusal(() => sealMonth(office.head, office.account, JANUARY))).toBe('reconciliation.sealed')
    expect(refusal(() => checkMonth(office.head, office.account, JANUARY))).toBe('reconciliation.samePerson')
    checkMonth(office.reviewer, office.account, JANUARY)
    expect(refusal(() => reopenLine(office.head, office.lineOf('保洁费'), '配错'))).toBe('reconciliation.sealed')
    expect(monthStates(office.ledger, office.account, [JANUARY, FEBRUARY]).map(({ state }) => state)).toEqual(['checked', 'none'])
    reopenMonth(office.head, office.account, JANUARY, '保洁费配错')
    expect(refusal(() => reopenLine(office.head, office.lineOf('保洁费'), '配错'))).toBe('accepted')
    sealMonth(office.head, office.account, JANUARY)
    expect(monthTable(office.ledger, office.account, JANUARY).seal).toMatchObject({ version: 2, checker: null })
  })

  it('a voucher posted into the month afterwards is shown as a change since, and the table is not checked', async () => {
    const office = january()
    await runMatching(office.bookkeeper, office.account, parseDate('2025-01-31'))
    sealMonth(office.head, office.account, JANUARY)
    book(office, '2025-01-31', '5.00')
    expect(monthTable(office.ledger, office.account, JANUARY).hasChanged).toBe(true)
    expect(refusal(() => checkMonth(office.reviewer, office.account, JANUARY))).toBe('reconciliation.changed')
  })
})

describe('closing a month over open items', () => {
  it('needs a reason, and keeps it', () => {
    const office = january()
    expect(openAtClose(office.ledger, office.publicIncome, JANUARY)).toMatchObject([
      { bankAccountId: office.account, message: '账户 5510000000000001 还有银行流水 4 笔、账面 5 笔没有核对' },
    ])
    expect(refusal(() => closePeriod(office.head, office.publicIncome, JANUARY))).toBe('period.openItems')
    closePeriod(office.head, office.publicIncome, JANUARY, '对账单次月才到')
    expect(periodEvents(office.ledger, office.publicIncome, JANUARY).at(-1)).toMatchObject({ kind: 'close', reason: '对账单次月才到' })
  })

  it('past the services, SQL refuses it too', () => {
    const office = january()
    const close = office.ledger.sqlite.prepare(
      "INSERT INTO period_event (book_id, month, kind, reason, actor_id, at) VALUES (?, '2025-01', 'close', ?, 1, '2025-02-01')")
    expect(() => close.run(office.publicIncome, '')).toThrow('period.openItems')
    expect(() => close.run(office.publicIncome, '次月补记')).not.toThrow()
  })
})

it('suggestions name their reason and leave lines with a voucher on its way alone', () => {
  const office = january()
  book(office, '2025-01-21', '3.21')
  book(office, '2025-01-21', '3.21')
  const { proposed } = suggestMatches(office.ledger, office.account, parseDate('2025-01-31'))
  expect(proposed.map(({ reason }) => reason)).toEqual(['金额相等，同日；另有 1 笔同样合适，请人工选择'])
})
