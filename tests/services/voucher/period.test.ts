/** Closing and re-opening (财会〔2024〕12号 art. 24; design invariant 8): one month from the first draft to the seal on the year. */
import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth, type Month } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { prepareClosingVouchers } from '#services/voucher/closing.ts'
import {
  archiveYear,
  closePeriod,
  closingBlocks,
  listPeriods,
  periodEvents,
  reopenPeriod,
} from '#services/voucher/period.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { draftOf, reviewDraft, saveDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { refusalOf } from './ledger-steps.ts'
import { makeOffice, PASSWORD, type Office } from '../office.ts'
import { spend } from '../spending.ts'

const month = (text: string): Month => parseMonth(text)
const SECOND = { login: 'li', password: PASSWORD }

/** One month of the vector's mini cycle: contributions, interest, a repair; in the fund's book. */
function maintenanceMonth(office: Office): void {
  office.receive(office.maintenance, '4001', '10000.00', '2025-01-05')
  office.receive(office.maintenance, '4101', '50.00', '2025-01-21')
  spend(office, {
    bookId: office.maintenance,
    date: parseDate('2025-01-25'),
    lines: [
      office.line(office.maintenance, '5001', debit(parseYuan('1800.00'))),
      office.line(office.maintenance, '1001.01', credit(parseYuan('1800.00'))),
    ],
  })
}

function codesOf(office: Office, bookId = office.maintenance, text = '2025-01'): string[] {
  return closingBlocks(office.ledger, bookId, month(text)).map(({ code }) => code)
}

function postClosing(office: Office, text = '2025-01'): void {
  const [id] = prepareClosingVouchers(office.preparer, office.maintenance, month(text))
  if (id === undefined) throw new Error('nothing to carry forward')
  reviewDraft(office.reviewer, id)
  postDrafts(office.bookkeeper, [id])
}

function closeThrough(office: Office, last: string): void {
  for (let number = 1; number <= Number(last.slice(5)); number += 1) {
    closePeriod(office.head, office.publicIncome, month(`${last.slice(0, 4)}-${String(number).padStart(2, '0')}`))
  }
}

describe('closing a month', () => {
  it('goes from a draft through its list of blocks to a closed month that takes no voucher', () => {
    const office = makeOffice()
    maintenanceMonth(office)
    const draft = saveDraft(office.preparer, {
      bookId: office.maintenance, kind: 'general', date: parseDate('2025-01-30'), lines: [], attachments: [],
    })
    expect(closingBlocks(office.ledger, office.maintenance, month('2025-01'))).toMatchObject([
      { code: 'period.unposted', draftIds: [draft] },
      { code: 'period.notCarriedForward' },
    ])
    expect(refusalOf(() => closePeriod(office.head, office.maintenance, month('2025-01'))).code).toBe('period.unposted')
    voidDraft(office.preparer, draft, '不再需要')
    expect(codesOf(office)).toEqual(['period.notCarriedForward'])
    postClosing(office)
    expect(codesOf(office)).toEqual([])
    closePeriod(office.head, office.maintenance, month('2025-01'))
    expect(listPeriods(office.ledger, office.maintenance).find((period) => period.month === '2025-01')?.state).toBe('closed')
    expect(refusalOf(() => office.receive(office.maintenance, '4001', '1.00', '2025-01-31')).code).toBe('period.closed')
  })

  it('carries income and expenditure to the net assets of the rule and leaves them at zero', () => {
    const office = makeOffice()
    maintenanceMonth(office)
    postClosing(office)
    const { rows } = trialBalance(office.ledger, { bookId: office.maintenance, to: parseDate('2025-01-31') })
    const closing = Object.fromEntries(rows.map(({ code, closingFen }) => [code, closingFen]))
    expect(closing).toEqual({ '1001.01': 825000, '3001': -820000, '3101': -5000, '4001': 0, '4101': 0, '5001': 0 })
  })

  it('has nothing to carry forward twice', () => {
    const office = makeOffice()
    maintenanceMonth(office)
    postClosing(office)
    expect(prepareClosingVouchers(office.preparer, office.maintenance, month('2025-01'))).toEqual([])
  })

  it('says by which rule the closing voucher was made', () => {
    const office = makeOffice()
    maintenanceMonth(office)
    const [id] = prepareClosingVouchers(office.preparer, office.maintenance, month('2025-01'))
    if (id === undefined) throw new Error('nothing to carry forward')
    expect(JSON.parse(draftOf(office.ledger, id).rule)).toMatchObject({
      by: 'closing',
      month: '2025-01',
      targets: { '4001': '3001', '4101': '3101' },
    })
  })

  it('keeps public income readable until December', () => {
    const office = makeOffice()
    office.receive(office.publicIncome, '4001.02', '100.00', '2025-01-05')
    expect(codesOf(office, office.publicIncome)).toEqual([])
  })

  it('follows the order of the months and is work of the head or the bookkeeper', () => {
    const office = makeOffice()
    expect(refusalOf(() => closePeriod(office.head, office.publicIncome, month('2025-02')))).toMatchObject({
      code: 'period.earlierOpen', message: expect.stringContaining('2025-01'),
    })
    expect(refusalOf(() => closePeriod(office.preparer, office.publicIncome, month('2025-01'))).code).toBe('role.missing')
    closePeriod(office.bookkeeper, office.publicIncome, month('2025-01'))
    closePeriod(office.head, office.publicIncome, month('2025-02'))
    expect(refusalOf(() => closePeriod(office.head, office.publicIncome, month('2025-02'))).code).toBe('period.transition')
  })
})

describe('re-opening', () => {
  it('takes a second person and a reason, from the last closed month backwards, and leaves its history', () => {
    const office = makeOffice()
    closeThrough(office, '2025-02')
    const reopen = (text: string, reason = '补记利息', second = SECOND) => () =>
      reopenPeriod(office.head, office.publicIncome, month(text), reason, second)
    expect(refusalOf(reopen('2025-02', '')).code).toBe('period.reason')
    expect(refusalOf(reopen('2025-02', '补记', { login: 'zhao', password: PASSWORD })).code).toBe('user.samePerson')
    expect(refusalOf(reopen('2025-02', '补记', { login: 'zhang', password: PASSWORD })).code).toBe('role.missing')
    expect(refusalOf(reopen('2025-02', '补记', { login: 'li', password: 'wrong' })).code).toBe('user.signIn')
    expect(refusalOf(reopen('2025-01')).code).toBe('period.laterClosed')
    reopen('2025-02')()
    office.receive(office.publicIncome, '4101', '0.35', '2025-02-28')
    expect(periodEvents(office.ledger, office.publicIncome, month('2025-02')).map(({ kind, actor, secondPerson, reason }) =>
      [kind, actor, secondPerson, reason])).toEqual([
      ['open', '赵主管', null, ''],
      ['close', '赵主管', null, ''],
      ['reopen', '赵主管', '李审核', '补记利息'],
    ])
  })

  it('is over for ever once the year is archived', () => {
    const office = makeOffice({ today: '2026-01-05' })
    expect(refusalOf(() => archiveYear(office.head, office.publicIncome, 2025)).code).toBe('period.yearOpen')
    closeThrough(office, '2025-12')
    archiveYear(office.head, office.publicIncome, 2025)
    expect(listPeriods(office.ledger, office.publicIncome).filter(({ state }) => state === 'archived')).toHaveLength(12)
    expect(refusalOf(() => reopenPeriod(office.head, office.publicIncome, month('2025-12'), '补记', SECOND)).code).toBe(
      'period.transition',
    )
  })
})
