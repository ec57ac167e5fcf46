/** What the page shows before writing is what the server then drafts, line by line. */
import { expect, it } from 'vitest'
import { parseDate, parseQuarter } from '#core/calendar.ts'
import { formatYuan } from '#core/money.ts'
import { scheduleOfDraft } from '#renderer/screens/income/contract-draft.ts'
import {
  codeOf,
  sheetsOf,
  summaryOf,
  type Action,
  type ActionValues,
  type SheetRecords,
} from '#renderer/screens/income/action-sheets.ts'
import { accountByCode, listAccounts, listBooks } from '#services/voucher/book.ts'
import { listContracts } from '#services/income/contract.ts'
import { bookCost, bookUse, receiveIncome, topUp } from '#services/income/public-income.ts'
import { draftOf } from '#services/voucher/voucher-draft.ts'
import { incomeOffice, yuan, type IncomeOffice } from '../services/income/quarter-office.ts'

function recordsOf(office: IncomeOffice): SheetRecords {
  const books = listBooks(office.ledger)
  const [maintenance, book] = books
  if (book === undefined || maintenance === undefined) throw new Error('the office has no books')
  return {
    complexName: '示例花园', quarter: parseQuarter('2025Q3'), accounts: listAccounts(office.ledger, book.id), book, maintenance,
    contracts: listContracts(office.ledger, { state: 'all', asOf: office.clock.today(), limit: 10 }),
  }
}

function drafted(office: IncomeOffice, id: Parameters<typeof draftOf>[1]) {
  const draft = draftOf(office.ledger, id)
  const nameOf = (accountId: number | null) =>
    listAccounts(office.ledger, draft.bookId)
      .filter((account) => account.id === accountId)
      .map(({ code, name }) => `${code} ${name}`)[0]
  return draft.lines.map((line) => [line.summary, nameOf(line.accountId), line.debitFen, line.creditFen])
}

function shown(action: Action, values: ActionValues, records: SheetRecords, index = 0) {
  return sheetsOf(action, values, records)[index]?.lines.map((line) => [
    line.summary,
    line.account,
    line.debitFen,
    line.creditFen,
  ])
}

it('shows a receipt, a cost, a use and both halves of a top-up as they are drafted', () => {
  const office = incomeOffice()
  const contractId = office.contract({ number: 'HT-1', each: '3000.00' })
  const records = recordsOf(office)
  const amount = '1,234.50'
  const money = {
    complexId: office.complexId,
    date: parseDate('2025-08-01'),
    bankAccountId: office.publicIncomeBank,
    amountFen: yuan('1234.50'),
    attachments: [office.paper],
  }
  const idOfCode = (code: string) => accountByCode(office.ledger, office.publicIncome, code).id
  const decisionId = office.decision

  const received: ActionValues = { source: 'contract', contractId, amount }
  const summary = summaryOf('receive', received, records)
  expect(summary).toBe('收电梯广告')
  expect(shown('receive', { ...received, summary }, records)).toEqual(
    drafted(office, receiveIncome(office.preparer, { ...money, summary, source: { contractId } })),
  )
  const cost: ActionValues = { accountId: idOfCode('5001.04'), amount, summary: '能耗' }
  expect(shown('cost', cost, records)).toEqual(
    drafted(office, bookCost(office.preparer, { ...money, summary: '能耗', accountCode: '5001.04', document: '发票 1' })),
  )
  const use: ActionValues = { accountId: idOfCode('5101.08'), amount, summary: '业主活动' }
  expect(shown('use', use, records)).toEqual(
    drafted(office, bookUse(office.preparer, { ...money, summary: '业主活动', accountCode: '5101.08', decisionId })),
  )
  const pair = topUp(office.preparer, {
    complexId: office.complexId, quarter: records.quarter, amountFen: money.amountFen, date: money.date, decisionId,
    fromBankAccountId: office.publicIncomeBank, toBankAccountId: office.maintenanceBank,
  })
  expect(shown('topUp', { amount }, records)).toEqual(drafted(office, pair.out))
  expect(shown('topUp', { amount }, records, 1)).toEqual(drafted(office, pair.into))
})

it('knows the account of an action only once it is chosen, and shows no amount that cannot be read', () => {
  const records = recordsOf(incomeOffice())
  expect(codeOf('receive', { source: 'contract' }, records)).toBeUndefined()
  expect(codeOf('distribute', { kind: 'offset' }, records)).toBe('5101.09')
  for (const amount of ['1e5', '１２', '0.1+0.2', '']) {
    expect(sheetsOf('cost', { amount }, records)[0]?.lines.map((line) => formatYuan(line.debitFen))).toEqual(['0.00', '0.00'])
  }
})

it('previews a contract’s schedule with the server’s own refusals', () => {
  const term = { startsOn: parseDate('2025-01-01'), endsOn: parseDate('2025-03-15') }
  expect(scheduleOfDraft({ kind: 'rule', price: '100' })).toEqual({ kind: 'empty' })
  expect(scheduleOfDraft({ ...term, kind: 'rule', rhythm: 'monthly', priceKind: 'each', price: '100' })).toMatchObject({
    kind: 'refused', problem: { code: 'contract.partialSpan', field: 'amount' },
  })
  const total = scheduleOfDraft({
    ...term, kind: 'rule', rhythm: 'monthly', priceKind: 'total', price: '74', complexes: [{ weight: '1' }, { weight: '3' }],
  })
  expect(total).toMatchObject({ kind: 'ready', parts: [[775, 700, 375], [2325, 2100, 1125]] })
})
