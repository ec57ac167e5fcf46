import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { prepareClosingVouchers } from '#services/voucher/closing.ts'
import { quarterInput, quarterSheet, setReason, SHEET_NOTES } from '#services/income/quarter.ts'
import { figureLines, quarterScope, type FigurePart } from '#services/income/quarter-rows.ts'
import { reviewDraft, saveDraft } from '#services/voucher/voucher-draft.ts'
import { found, incomeOffice, Q, yuan, type IncomeOffice } from './quarter-office.ts'

/** PUB-D01: 86 500.00 gross, 2 595.00 taxes, 4 300.00 energy, 12 000.00 labour, 67 605.00 net. */
function earnPubD01(office: IncomeOffice): void {
  office.income('4001.01', '80000.00', '2025-07-10')
  office.income('4001.04', '6500.00', '2025-08-10')
  office.cost('5001.01', '2595.00', '2025-09-01')
  office.cost('5001.04', '4300.00', '2025-09-02')
  office.cost('5001.02', '12000.00', '2025-09-03')
}

/** A published closing with nothing behind it: what the quarter compares its opening with. */
function disclose(office: IncomeOffice, quarter: string, closing: string, version = 1): void {
  const { ledger, complexId, paper } = office
  const [preparer, reviewer] = [office.preparer.actor.userId, office.reviewer.actor.userId]
  const [hash, at, reason] = ['0'.repeat(64), '2025-07-10T00:00:00.000Z', version === 1 ? '' : '更正']
  const { lastInsertRowid } = ledger.sqlite
    .prepare(
      `INSERT INTO disclosure_request (complex_id, quarter, version, correction_reason, plan, figures_sha256, requested_by, at)
       VALUES (?, ?, ?, ?, '{}', ?, ?, ?)`,
    )
    .run(complexId, quarter, version, reason, hash, preparer, at)
  ledger.sqlite
    .prepare(
      `INSERT INTO disclosure (complex_id, quarter, version, request_id, correction_reason, model, model_sha256, figures_sha256,
         code, closing_fen, pdf_sha256, prepared_by, published_by, published_on, at)
       VALUES (?, ?, ?, ?, ?, '{}', ?, ?, ?, ?, ?, ?, ?, '2025-07-10', ?)`,
    )
    .run(complexId, quarter, version, lastInsertRowid, reason, hash, hash, `${quarter}-${version}`, yuan(closing), paper,
      preparer, reviewer, at)
}

describe('the sheet of a quarter', () => {
  it('is income less costs less uses less transfers, down to the bank', () => {
    const office = incomeOffice()
    office.income('4001.01', '1000.00', '2025-06-30')
    earnPubD01(office)
    office.use('5101.02', '5000.00', '2025-09-10')
    office.moveToFund('40000.00', '2025-09-28', '2025Q3')
    const { sheet } = office.view('2025Q3')
    expect(sheet.opening.total.amount).toBe(yuan('1000.00'))
    expect(sheet.income.received.amount).toBe(yuan('86500.00'))
    expect(sheet.costs.total.amount).toBe(yuan('18895.00'))
    expect(sheet.net.amount).toBe(yuan('67605.00'))
    expect(sheet.uses.total.amount).toBe(yuan('5000.00'))
    expect(sheet.transfers.total.amount).toBe(yuan('40000.00'))
    expect(sheet.closing.amount).toBe(yuan('23605.00'))
    expect(sheet.bank).toMatchObject({ demand: yuan('23605.00'), term: 0, difference: 0 })
    expect(sheet.bank.rows[0]).toMatchObject({ name: '示例银行城中支行', last4: '0001' })
    const decision = { no: '业大决〔2025〕1号', date: '2025-01-05' }
    expect(sheet.uses.rows[0]).toMatchObject({ decision, voucherNo: '2025-09 记-0004号' })
  })

  it('ends where the trial balance ends and its figures add up to the vouchers behind them', () => {
    const office = incomeOffice()
    earnPubD01(office)
    office.use('5101.02', '5000.00', '2025-09-10')
    office.moveToFund('40000.00', '2025-09-28', '2025Q3')
    const { sheet } = office.view('2025Q3')
    const scope = quarterScope(office.publicIncome, office.complexId, Q('2025Q3'))
    const opened = (part: FigurePart, rowId: string | null = null): number =>
      figureLines(office.ledger, { ...scope, part, rowId, limit: 500 }).reduce((sum, line) => sum + line.amountFen, 0)
    expect(opened('income')).toBe(sheet.income.received.amount)
    expect(opened('costs')).toBe(sheet.costs.total.amount)
    expect(opened('net')).toBe(sheet.net.amount)
    expect(opened('uses')).toBe(sheet.uses.total.amount)
    expect(opened('transfers')).toBe(sheet.transfers.total.amount)
    expect(opened('closing')).toBe(sheet.closing.amount)
    for (const row of sheet.income.rows) expect([row.id, opened('income', row.id)]).toEqual([row.id, row.received?.amount])
    for (const row of sheet.costs.rows) expect([row.id, opened('costs', row.id)]).toEqual([row.id, row.amount?.amount])
    const [first] = figureLines(office.ledger, { ...scope, part: 'income', rowId: null, limit: 1 })
    const rest = figureLines(office.ledger, { ...scope, part: 'income', rowId: null, limit: 9, ...(first && { after: first }) })
    expect(rest.map((line) => line.date)).toEqual(['2025-08-10'])
  })

  it('carries the vouchers behind every figure', () => {
    const office = incomeOffice()
    const one = office.income('4001.01', '10.00', '2025-07-10')
    const two = office.income('4001.01', '20.00', '2025-07-11')
    expect(office.view('2025Q3').sheet.income.received).toEqual({ amount: yuan('30.00'), refs: [one.id, two.id] })
  })

  it('counts the year up to the quarter, for each source', () => {
    const office = incomeOffice()
    const lift = office.contract({ number: 'HT-1', each: '3000.00' })
    office.income(lift, '3000.00', '2025-02-10')
    office.income(lift, '3000.00', '2025-05-10')
    office.income('4001.10', '800.00', '2025-03-01')
    const [contract, scrap] = office.view('2025Q2').sheet.income.rows
    expect(contract).toMatchObject({
      contractNo: 'HT-1', received: { amount: yuan('3000.00') }, yearToDate: { amount: yuan('6000.00') },
    })
    expect(contract?.receivable?.amount).toBe(yuan('3000.00'))
    expect(contract?.covered).toEqual({ from: '2025-04-01', to: '2025-06-30' })
    expect(scrap).toMatchObject({ category: '报废设备残值', received: null, yearToDate: { amount: yuan('800.00') } })
  })

  it('shows refunds and reversals as red figures with their reason', () => {
    const office = incomeOffice({ today: '2026-02-01' })
    office.income('4001.01', '100.00', '2025-10-08')
    office.income('4001.01', '-150.00', '2025-10-09', { reason: '退还多收的停车费' })
    const cost = office.cost('5001.03', '60.00', '2025-10-10')
    const { reversal } = prepareReversal(office.preparer, { voucherId: cost.id, date: parseDate('2025-11-01'), reason: '发票作废' })
    office.posted(reversal)
    const { sheet, findings } = office.view('2025Q4')
    expect(sheet.income.rows[0]).toMatchObject({ received: { amount: yuan('-50.00') }, note: '退还多收的停车费' })
    expect(sheet.costs.rows.map((row) => [row.amount?.amount, row.note])).toEqual([[yuan('60.00'), ''], [yuan('-60.00'), '发票作废']])
    expect(sheet.costs.total.amount).toBe(0)
    expect(found(findings).filter((line) => line.startsWith('negative-rows'))).toEqual([])
    expect(found(findings).filter((line) => line.startsWith('cost-document'))).toEqual([])
  })

  it('is not disturbed by the closing voucher at the year’s end', () => {
    const office = incomeOffice({ today: '2026-01-10' })
    office.income('4001.01', '500.00', '2025-10-10')
    office.cost('5001.04', '80.00', '2025-11-10')
    const before = quarterSheet(office.ledger, office.clock, office.complexId, Q('2025Q4'))
    const [closing] = prepareClosingVouchers(office.preparer, office.publicIncome, parseMonth('2025-12'))
    if (closing === undefined) throw new Error('nothing to close')
    office.posted(closing)
    expect(quarterSheet(office.ledger, office.clock, office.complexId, Q('2025Q4'))).toEqual(before)
    expect(office.view('2026Q1').sheet.opening.total.amount).toBe(yuan('420.00'))
  })

  it('takes balances brought in by an opening voucher as opening, not as income', () => {
    const office = incomeOffice({ openedOn: '2025-07-01' })
    office.post({
      bookId: office.publicIncome, date: parseDate('2025-07-01'), purpose: 'opening',
      lines: [
        office.line(office.publicIncome, '1001.01', debit(yuan('9000.00'))),
        office.line(office.publicIncome, '3001', credit(yuan('7000.00'))),
        office.line(office.publicIncome, '4001.01', credit(yuan('2000.00'))),
      ],
    })
    office.income('4001.01', '100.00', '2025-07-02')
    const { sheet } = office.view('2025Q3')
    expect(sheet.opening.total.amount).toBe(yuan('9000.00'))
    expect(sheet.income.received.amount).toBe(yuan('100.00'))
    expect(sheet.bank.difference).toBe(0)
  })

  it('names nobody: individuals of a category share one row', () => {
    const office = incomeOffice()
    const owner = addCounterparty(office.preparer, { kind: 'individual', name: '欧阳示例' })
    office.income('4001.01', '300.00', '2025-07-10', { party: owner })
    office.income('4001.01', '300.00', '2025-07-11')
    office.income('4001.01', '900.00', '2025-07-12', { party: office.company })
    const { sheet } = office.view('2025Q3')
    expect(sheet.income.rows.map((row) => [row.counterparty, row.received?.amount])).toEqual([
      [{ kind: 'individual' }, yuan('600.00')],
      [{ kind: 'company', name: '示例传媒有限公司' }, yuan('900.00')],
    ])
    expect(JSON.stringify(sheet)).not.toContain('欧阳')
  })

  it('finds a person’s name in a summary that would hang on the board', () => {
    const office = incomeOffice()
    const owner = addCounterparty(office.preparer, { kind: 'individual', name: '欧阳示例' })
    office.income('4001.01', '300.00', '2025-07-10', { party: owner })
    office.use('5101.08', '200.00', '2025-07-20', '慰问欧阳示例')
    expect(found(office.view('2025Q3').findings)).toContain('personal-data block')
  })

  it('folds more vouchers of one account than a board can show, and still opens them all', () => {
    const office = incomeOffice()
    office.income('4001.01', '5000.00', '2025-07-01')
    for (let day = 1; day <= 31; day += 1) office.cost('5001.04', '10.00', `2025-08-${String(day).padStart(2, '0')}`)
    const { sheet } = office.view('2025Q3')
    const rows = sheet.costs.rows.map((row) => [row.id, row.item, row.amount?.amount])
    expect(rows).toEqual([['account:5001.04', '能耗（31 笔）', yuan('310.00')]])
    const scope = quarterScope(office.publicIncome, office.complexId, Q('2025Q3'))
    expect(figureLines(office.ledger, { ...scope, part: 'costs', rowId: 'account:5001.04', limit: 500 })).toHaveLength(31)
  }, 60_000)
})

describe('the checks over a quarter', () => {
  it('ask for a reason where a contract or an earlier quarter had money, and take it', () => {
    const office = incomeOffice()
    const lift = office.contract({ number: 'HT-1', each: '3000.00' })
    office.income(lift, '3000.00', '2025-05-10')
    office.income('4001.05', '700.00', '2025-05-11')
    const before = office.view('2025Q3')
    expect(found(before.findings).filter((line) => line.startsWith('silent-rows'))).toEqual([
      `silent-rows block contract:${lift}`, 'silent-rows block income:4001.05',
    ])
    for (const rowKey of [`contract:${lift}`, 'income:4001.05']) {
      setReason(office.preparer, { complexId: office.complexId, quarter: Q('2025Q3'), rowKey, reason: '对方已书面申请缓交' })
    }
    setReason(office.preparer, { complexId: office.complexId, quarter: Q('2025Q3'), rowKey: 'income:4001.05', reason: '设备已撤场' })
    const after = office.view('2025Q3')
    expect(found(after.findings).filter((line) => line.startsWith('silent-rows'))).toEqual([])
    expect(after.sheet.income.rows.map((row) => row.reason)).toEqual(['对方已书面申请缓交', '设备已撤场'])
  })

  it('stop asking after a year of silence without a contract', () => {
    const office = incomeOffice({ today: '2026-07-10' })
    office.income('4001.10', '700.00', '2025-03-11')
    expect(found(office.view('2026Q1').findings)).toContain('silent-rows block income:4001.10')
    expect(found(office.view('2026Q2').findings)).not.toContain('silent-rows block income:4001.10')
  })

  it('hold the opening against the last published closing, version and all', () => {
    const office = incomeOffice()
    office.income('4001.01', '1000.00', '2025-05-10')
    disclose(office, '2025Q2', '900.00')
    expect(found(office.view('2025Q3').findings)).toContain('opening-continues block')
    disclose(office, '2025Q2', '1000.00', 2)
    expect(found(office.view('2025Q3').findings)).not.toContain('opening-continues block')
    expect(office.view('2025Q3').sheet.previous).toEqual({ quarter: '2025Q2', version: 2, closing: yuan('1000.00') })
  })

  it('let a first opening be explained by a note of the sheet', () => {
    const office = incomeOffice()
    office.income('4001.01', '1000.00', '2025-05-10')
    expect(found(office.view('2025Q3').findings)).toContain('opening-continues warn')
    setReason(office.preparer, {
      complexId: office.complexId, quarter: Q('2025Q3'), rowKey: SHEET_NOTES, reason: '上期结余由前任物业移交。\n移交清单已张贴。',
    })
    const view = office.view('2025Q3')
    expect(view.sheet.notes).toEqual(['上期结余由前任物业移交。', '移交清单已张贴。'])
    expect(found(view.findings)).toContain('opening-continues hint')
  })

  it('do not let a running quarter be published', () => {
    const office = incomeOffice({ today: '2025-09-29' })
    office.income('4001.01', '1000.00', '2025-07-10')
    const view = office.view('2025Q3')
    expect(view.isRunning).toBe(true)
    expect(found(view.findings)).toContain('dates block')
  })

  it('count what is prepared and not posted', () => {
    const office = incomeOffice()
    const id = saveDraft(office.preparer, {
      bookId: office.publicIncome, kind: 'general', date: parseDate('2025-08-01'), attachments: [office.paper],
      lines: [
        office.line(office.publicIncome, '1001.01', debit(yuan('1.00'))),
        office.line(office.publicIncome, '4001.02', credit(yuan('1.00'))),
      ],
    })
    expect(office.view('2025Q3').pendingDrafts).toBe(1)
    reviewDraft(office.reviewer, id)
    expect(office.view('2025Q3').pendingDrafts).toBe(1)
    expect(office.view('2025Q2').pendingDrafts).toBe(0)
  })

  it('name the input alike for the notice', () => {
    const office = incomeOffice()
    earnPubD01(office)
    const input = quarterInput(office.ledger, office.clock, office.complexId, Q('2025Q3'))
    expect(input).toMatchObject({
      complex: { code: 'A01', name: '示例花园' }, manager: '示例物业有限公司', holder: { kind: 'committee' }, balanceDate: '2025-09-30',
      previous: null, utilities: [], dailyFund: null,
    })
  })
})
