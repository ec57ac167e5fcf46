import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { idOf, type VoucherId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { lineHistory, matchCandidates, matchLine, reopenLine, skipLine } from '#services/statement/statement-outcome.ts'
import { confirmProposals, proposeLines } from '#services/statement/statement-proposal.ts'
import { batchTally } from '#services/statement/statement.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { cmbFile, JANUARY, rowsOf, statementOffice, type StatementOffice } from './statement-office.ts'

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'accepted'
}

/** Income already booked by hand before the statement came. */
function book(office: StatementOffice, date: string, ...amounts: readonly string[]): VoucherId {
  const bank = { bankAccountId: office.account }
  return office.post({
    bookId: office.publicIncome,
    date: parseDate(date),
    lines: amounts.flatMap((yuan) => [
      office.line(office.publicIncome, ACCOUNT.demandDeposit, debit(parseYuan(yuan)), bank),
      office.line(office.publicIncome, '4001.01', credit(parseYuan(yuan))),
    ]),
  }).id
}

function confirmFee(office: StatementOffice) {
  const proposed = proposeLines(office.ledger, { bankAccountId: office.account, limit: 50 }, parseDate('2025-04-09'))
  const found = proposed.find((one) => one.line.kind === 'fee')
  if (found?.proposal == null) throw new Error('no proposal for the fee')
  const { ruleId, ruleVersion, contractId } = found.proposal
  const [draft] = confirmProposals(office.preparer, [{ lineId: found.line.id, ruleId, ruleVersion, contractId }])
  if (draft === undefined) throw new Error('no draft')
  return { draft, lineId: found.line.id }
}

describe('matching to a voucher that exists', () => {
  it('offers the vouchers of the amount and account, nearest day first, and none twice', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const far = book(office, '2025-02-10', '500.00')
    const near = book(office, '2025-01-27', '500.00')
    book(office, '2025-01-25', '500.01')
    const line = office.lineOf('临时停车费')
    const candidates = () => matchCandidates(office.ledger, line, 31, 10).map((one) => [one.voucherId, one.daysApart])
    expect(candidates()).toEqual([[near, 2], [far, 16]])
    matchLine(office.bookkeeper, line, near)
    expect(office.lines('matched')).toMatchObject([{ id: line, voucherId: near, actor: '王记账' }])
    expect(candidates()).toEqual([[far, 16]])
  })

  it('another amount, another account, a second line for the same money: refused', () => {
    const office = statementOffice()
    office.importText(cmbFile(rowsOf('0.00', [
      { date: '2025-01-25', yuan: '500.00', memo: '一' }, { date: '2025-01-25', yuan: '500.00', memo: '二' },
      { date: '2025-01-26', yuan: '-500.00', memo: '三' },
    ])))
    const match = (memo: string, voucher: VoucherId) => refusal(() => matchLine(office.bookkeeper, office.lineOf(memo), voucher))
    expect(match('一', book(office, '2025-01-25', '499.99'))).toBe('statement.amount')
    expect(match('一', office.receive(office.publicIncome, '4001.01', '500.00', '2025-01-25').id)).toBe('statement.account')
    const voucher = book(office, '2025-01-25', '500.00')
    expect(match('三', voucher)).toBe('statement.amount')
    expect(match('一', voucher)).toBe('accepted')
    expect(match('二', voucher)).toBe('statement.amount')
    expect(match('一', voucher)).toBe('statement.settled')
  })

  it('a voucher of two receipts takes two bank lines, one voucher of parts takes the one bank line of their sum', () => {
    const office = statementOffice()
    office.importText(cmbFile(rowsOf('0.00', [
      { date: '2025-01-25', yuan: '100.00', memo: '一' }, { date: '2025-01-25', yuan: '50.00', memo: '二' },
      { date: '2025-01-26', yuan: '150.00', memo: '合计' }, { date: '2025-01-26', yuan: '50.00', memo: '又五十' },
    ])))
    const match = (memo: string, voucher: VoucherId) => refusal(() => matchLine(office.bookkeeper, office.lineOf(memo), voucher))
    const two = book(office, '2025-01-25', '100.00', '50.00')
    expect(match('一', two)).toBe('accepted')
    expect(match('合计', two)).toBe('statement.amount')
    expect(match('二', two)).toBe('accepted')
    const whole = book(office, '2025-01-25', '100.00', '50.00')
    expect(match('合计', whole)).toBe('accepted')
    expect(match('又五十', whole)).toBe('statement.amount')
  })
})

describe('skipping and taking back', () => {
  it('a skip needs its reason; taken back with a reason, the line is open again and its history stays', () => {
    const office = statementOffice()
    const { batchId } = office.importText(cmbFile(JANUARY))
    const line = office.lineOf('临时停车费')
    expect(refusal(() => skipLine(office.bookkeeper, line, ''))).toBe('statement.reason')
    skipLine(office.bookkeeper, line, '试转，次日已退')
    expect(batchTally(office.ledger, batchId)).toMatchObject({ skipped: 1, open: 3, isWhole: true })
    expect(refusal(() => skipLine(office.bookkeeper, line, '再跳过'))).toBe('statement.settled')
    expect(refusal(() => reopenLine(office.bookkeeper, line, ' '))).toBe('statement.reason')
    reopenLine(office.bookkeeper, line, '其实是停车费')
    expect(refusal(() => reopenLine(office.bookkeeper, line, '再撤'))).toBe('statement.open')
    expect(lineHistory(office.ledger, line).map((event) => [event.outcome, event.reason, event.actor])).toEqual([
      ['skipped', '试转，次日已退', '王记账'], ['open', '其实是停车费', '王记账'],
    ])
    expect(office.lines('open')).toHaveLength(4)
  })

  it('preparers and cashiers do not reconcile', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    expect(refusal(() => skipLine(office.preparer, office.lineOf('临时停车费'), '试转'))).toBe('role.missing')
  })

  it('a line with a voucher on its way is neither skipped nor matched', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const { lineId } = confirmFee(office)
    expect(refusal(() => skipLine(office.bookkeeper, lineId, '不记'))).toBe('statement.drafted')
    expect(refusal(() => matchLine(office.bookkeeper, lineId, idOf<'voucher'>(1)))).toBe('statement.drafted')
  })

  it('what was posted from the line stays until that voucher is reversed, then matches the correcting one', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const { draft, lineId } = confirmFee(office)
    reviewDraft(office.reviewer, draft)
    const [posted] = postDrafts(office.bookkeeper, [draft])
    if (posted === undefined) throw new Error('nothing posted')
    expect(office.lines('posted')).toMatchObject([{ id: lineId, voucherId: posted.id }])
    expect(refusal(() => reopenLine(office.bookkeeper, lineId, '科目错'))).toBe('statement.posted')
    const correction = prepareReversal(office.preparer, {
      voucherId: posted.id, date: parseDate('2025-01-31'), reason: '科目错',
      replacement: [
        office.line(office.publicIncome, '5001.05', debit(parseYuan('10.00'))),
        office.line(office.publicIncome, ACCOUNT.demandDeposit, credit(parseYuan('10.00')), { bankAccountId: office.account }),
      ],
    })
    const ids = [correction.reversal, correction.replacement].filter((id) => id !== null)
    for (const id of ids) reviewDraft(office.reviewer, id)
    const [, replacement] = postDrafts(office.bookkeeper, ids)
    reopenLine(office.bookkeeper, lineId, '科目错')
    const proposed = proposeLines(office.ledger, { bankAccountId: office.account, limit: 50 }, parseDate('2025-04-09'))
    expect(proposed.find((one) => one.line.id === lineId)?.proposal).toBeNull()
    if (replacement === undefined) throw new Error('no replacement')
    matchLine(office.bookkeeper, lineId, replacement.id)
    expect(lineHistory(office.ledger, lineId).map((event) => event.outcome)).toEqual(['posted', 'open', 'matched'])
  })

  it('a draft changed to another amount does not settle the line it came from', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const { draft } = confirmFee(office)
    const doubled = 'UPDATE voucher_draft_line SET debit_fen = 2 * debit_fen, credit_fen = 2 * credit_fen WHERE draft_id = ?'
    office.ledger.prepare<[number], never>(doubled).run(draft)
    reviewDraft(office.reviewer, draft)
    expect(refusal(() => postDrafts(office.bookkeeper, [draft]))).toBe('statement.amount')
  })
})
