/** The bank side of the sheet where the bank's own statement covers the balance date. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { debit, credit } from '#core/voucher/voucher.ts'
import { storeAttachment } from '#services/attachment.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { matchLine } from '#services/statement/statement-outcome.ts'
import { found, incomeOffice, yuan, type IncomeOffice } from './quarter-office.ts'

type Line = { readonly date: string; readonly yuan: string; readonly matched?: number; readonly skipped?: string }

/** A batch as an import leaves it: declared period and opening, lines with what became of them. */
function statement(office: IncomeOffice, period: readonly [string, string], opening: string, lines: readonly Line[]): number {
  const { sqlite } = office.ledger
  const now = office.clock.now()
  const bytes = Buffer.from(JSON.stringify([period, opening, lines]))
  const file = storeAttachment(office.reviewer, { name: '对账单.csv', bytes }).sha256
  const batch = sqlite
    .prepare(
      `INSERT INTO statement_batch (bank_account_id, sha256, format, layout, encoding, period_from, period_to, opening_fen,
         closing_fen, line_count, in_count, in_fen, out_count, out_fen, imported_by, imported_at)
       VALUES (?, ?, 'csv', 'boc', 'utf-8', ?, ?, ?, NULL, ?, 0, 0, 0, 0, ?, ?)`,
    )
    .run(office.publicIncomeBank, file, period[0], period[1], yuan(opening), Math.max(1, lines.length),
      office.reviewer.actor.userId, now).lastInsertRowid
  for (const [index, line] of lines.entries()) {
    const id = sqlite
      .prepare(
        `INSERT INTO statement_line (batch_id, bank_account_id, file_line, date, amount_fen, party, party_account, memo,
           serial, kind, dedupe_key) VALUES (?, ?, ?, ?, ?, '欧阳示例', '', '', '', 'other', ?)`,
      )
      .run(batch, office.publicIncomeBank, index + 2, line.date, yuan(line.yuan), `${batch}-${index}`).lastInsertRowid
    const outcome = sqlite.prepare(
      'INSERT INTO statement_outcome (statement_line_id, outcome, voucher_id, reason, actor_id, at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    if (line.matched !== undefined) matchLine(office.reviewer, idOf<'statementLine'>(id), idOf<'voucher'>(line.matched))
    if (line.skipped !== undefined) outcome.run(id, 'skipped', null, line.skipped, office.reviewer.actor.userId, now)
  }
  return Number(batch)
}

describe('the bank side of a quarter', () => {
  it('takes the bank’s own balance and lists what stands between it and the books, naming nobody', () => {
    const office = incomeOffice({ today: '2025-10-20' })
    const seen = office.income('4001.01', '1000.00', '2025-07-10')
    const inTransit = office.income('4001.01', '500.00', '2025-09-30')
    const late = office.income('4001.05', '70.00', '2025-10-02')
    statement(office, ['2025-07-01', '2025-09-30'], '0.00', [
      { date: '2025-09-30', yuan: '70.00', matched: late.id },
      { date: '2025-07-10', yuan: '1000.00', matched: seen.id },
      { date: '2025-09-20', yuan: '-3.00' },
      { date: '2025-09-21', yuan: '0.88', skipped: '待核实的来账' },
    ])
    statement(office, ['2025-10-01', '2025-10-15'], '1067.88', [{ date: '2025-10-09', yuan: '500.00', matched: inTransit.id }])
    const { sheet, bankSources, findings } = office.view('2025Q3')
    expect(sheet.closing.amount).toBe(yuan('1500.00'))
    expect(sheet.bank.demand).toBe(yuan('1067.88'))
    expect(sheet.bank.reconciling.map((item) => [item.item, item.amount.amount])).toEqual([
      ['示例银行城中支行：银行已收、账上未记（2 笔）', yuan('-70.88')],
      ['示例银行城中支行：银行已付、账上未记（1 笔）', yuan('3.00')],
      ['示例银行城中支行：账上已收、银行未到账（1 笔）', yuan('500.00')],
    ])
    expect(sheet.bank.difference).toBe(0)
    expect(bankSources.map((bank) => bank.source)).toEqual(['statement'])
    expect(found(findings)).not.toContain('bank-ties-out block')
    expect(JSON.stringify(sheet)).not.toContain('欧阳')
  })

  it('follows an unbroken run of statements back to where the books began', () => {
    const office = incomeOffice()
    const early = office.income('4001.01', '200.00', '2025-06-29')
    statement(office, ['2025-07-01', '2025-09-30'], '0.00', [{ date: '2025-07-01', yuan: '200.00', matched: early.id }])
    // One statement alone cannot know that the 200.00 were on their way when it began.
    expect(office.view('2025Q3').sheet.bank).toMatchObject({ demand: yuan('200.00'), difference: yuan('200.00') })
    statement(office, ['2025-06-01', '2025-06-30'], '0.00', [])
    expect(office.view('2025Q3').sheet.bank).toMatchObject({ demand: yuan('200.00'), difference: 0, reconciling: [] })
  })

  it('blocks publishing when the bank has another opening than the books', () => {
    const office = incomeOffice()
    statement(office, ['2025-07-01', '2025-09-30'], '12.34', [])
    office.income('4001.01', '100.00', '2025-07-05')
    const { sheet, findings } = office.view('2025Q3')
    expect(sheet.bank.difference).toBe(yuan('-12.34'))
    expect(found(findings)).toContain('bank-ties-out block')
  })

  it('stays with the books where no statement reaches the balance date, or it was taken back', () => {
    const office = incomeOffice()
    office.income('4001.01', '100.00', '2025-07-05')
    statement(office, ['2025-07-01', '2025-09-29'], '5.00', [])
    const batch = statement(office, ['2025-07-01', '2025-09-30'], '5.00', [])
    office.ledger.sqlite
      .prepare("INSERT INTO statement_rollback VALUES (?, '文件选错', ?, '2025-10-09T00:00:00.000Z')")
      .run(batch, office.reviewer.actor.userId)
    const { sheet, bankSources } = office.view('2025Q3')
    expect(bankSources.map((bank) => bank.source)).toEqual(['ledger'])
    expect(sheet.bank).toMatchObject({ demand: yuan('100.00'), difference: 0 })
  })

  it('lists every account with its opening, and money held for others as an item', () => {
    const office = incomeOffice()
    const second = addBankAccount(office.head, {
      bookId: office.publicIncome, complexId: null, bankName: '示例农商行', branch: '', number: '700000000042', holderName: '示例物业有限公司',
      isDedicated: true, openedOn: parseDate('2025-01-01'),
    })
    office.income('4001.01', '100.00', '2025-02-05')
    office.post({
      bookId: office.publicIncome, date: parseDate('2025-03-01'),
      lines: [
        office.line(office.publicIncome, '1001.01', debit(yuan('40.00')), { bankAccountId: second }),
        office.line(office.publicIncome, '2001', credit(yuan('40.00'))),
      ],
    })
    const { sheet } = office.view('2025Q3')
    expect(sheet.opening.rows.map((row) => [row.label, row.amount.amount])).toEqual([
      ['示例银行城中支行（尾号0001）', yuan('100.00')], ['示例农商行（尾号0042）', yuan('40.00')], ['应付及代收款项', yuan('-40.00')],
    ])
    expect(sheet.bank.reconciling.map((item) => [item.item, item.amount.amount])).toEqual([['应付及代收款项', yuan('-40.00')]])
    expect(sheet.bank).toMatchObject({ demand: yuan('140.00'), difference: 0 })
  })
})
