import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import type { ContractId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { MICRO_PER_PERCENT, rateMicro } from '#core/rate.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { contractCard, recordContract } from '#services/income/contract.ts'
import { closePeriod } from '#services/voucher/period.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { changeRule, ruleVersions } from '#services/statement/statement-rule.ts'
import { confirmProposals, proposeLines, type Confirmation, type ProposedLine } from '#services/statement/statement-proposal.ts'
import { batchTally, importStatement, previewStatement } from '#services/statement/statement.ts'
import { draftOf, reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { voucherOf } from '#services/voucher/voucher.ts'
import { utf8 } from '#tests/core/statement/statement-files.ts'
import { PASSWORD } from '../office.ts'
import { cmbFile, JANUARY, rowsOf, statementOffice, type StatementOffice } from './statement-office.ts'

const TODAY = parseDate('2025-04-09')

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'accepted'
}

/** Two instalments of 12,000.00, the owners getting all or a part of them. */
function advertiser(office: StatementOffice, percent = 100): ContractId {
  const counterpartyId = addCounterparty(office.preparer, { kind: 'company', name: '示例传媒(铜陵)有限公司' })
  const [id] = recordContract(office.preparer, {
    number: 'HT-1', accountCode: '4001.02', counterpartyId, startsOn: parseDate('2025-01-01'), endsOn: parseDate('2025-12-31'),
    ownersShare: rateMicro(percent * MICRO_PER_PERCENT), sha256: office.paper,
    installments: [
      halfYear('2025-01-01', '2025-06-30'),
      halfYear('2025-07-01', '2025-12-31'),
    ],
    complexes: [{ complexId: office.complexId, place: '1—6 幢轿厢', weight: 1 }],
  })
  if (id === undefined) throw new Error('no contract')
  return id
}

function halfYear(from: string, to: string) {
  return { dueOn: parseDate(from), coversFrom: parseDate(from), coversTo: parseDate(to), amount: parseYuan('12000.00') }
}

const proposalsOf = (office: StatementOffice) => proposeLines(office.ledger, { bankAccountId: office.account, limit: 50 }, TODAY)

function confirmationOf({ line, proposal }: ProposedLine): Confirmation {
  if (proposal === null) throw new Error(`nothing is proposed for ${line.memo}`)
  return { lineId: line.id, ruleId: proposal.ruleId, ruleVersion: proposal.ruleVersion, contractId: proposal.contractId }
}

const confirmationsOf = (office: StatementOffice) =>
  proposalsOf(office).filter((one) => one.proposal !== null).map(confirmationOf)

describe('from bank lines to posted vouchers', () => {
  it('interest, fee and contract income are proposed with their why, confirmed, reviewed, posted; the rest stays open', () => {
    const office = statementOffice()
    const contractId = advertiser(office)
    const { batchId } = office.importText(cmbFile(JANUARY))
    const proposed = proposalsOf(office)
    const shown = proposed.map(({ line, proposal }) =>
      [line.memo, proposal?.debit.code, proposal?.credit.code, proposal?.contractNumber])
    expect(shown).toEqual([
      ['临时停车费', undefined, undefined, undefined],
      ['结息', '1001.01', '4101', null],
      ['对公汇款手续费', '5001.06', '1001.01', null],
      ['电梯广告费', '1001.01', '4001.02', 'HT-1'],
    ])
    expect(proposed.at(-1)?.proposal?.reason).toMatch(/合同对方.*12,000\.00 元与一笔应收相等.*第 1 版/)
    const drafts = confirmProposals(office.preparer, confirmationsOf(office))
    expect(batchTally(office.ledger, batchId)).toMatchObject({ open: 4, posted: 0 })
    expect(office.lines('drafted')).toHaveLength(3)
    for (const id of drafts) reviewDraft(office.reviewer, id)
    const posted = postDrafts(office.bookkeeper, drafts)
    expect(batchTally(office.ledger, batchId)).toEqual({
      posted: 3, matched: 0, skipped: 0, open: 1, repeats: 0, inFen: 1_250_321, outFen: 1000, isWhole: true,
    })
    const voucher = voucherOf(office.ledger, posted[0]?.id ?? draftless())
    expect(voucher).toMatchObject({ date: '2025-01-06', businessDate: '2025-01-06', bankDate: '2025-01-06' })
    expect(JSON.parse(voucher.rule)).toMatchObject({
      by: 'statement.contractIncome', rule: 'publicIncome.contractIncome', version: 1, contract: 'HT-1',
      why: expect.stringContaining('合同对方'),
    })
    expect(contractCard(office.ledger, contractId, office.clock.today())).toMatchObject({ receivedFen: 1_200_000, openFen: 0 })
  })

  function draftless(): never {
    throw new Error('nothing was posted')
  }

  it('two payments of one rent: the second is proposed for the next instalment, not for the one already drafted', () => {
    const office = statementOffice()
    advertiser(office)
    const party = '示例传媒（铜陵）有限公司'
    office.importText(cmbFile(rowsOf('0.00', [
      { date: '2025-01-06', yuan: '12000.00', party, memo: '上半年' }, { date: '2025-01-07', yuan: '12000.00', party, memo: '下半年' },
      { date: '2025-01-08', yuan: '12000.00', party, memo: '多付' },
    ])))
    const reasons: string[] = []
    for (const memo of ['上半年', '下半年', '多付']) {
      const one = proposalsOf(office).find(({ line }) => line.memo === memo)
      if (one === undefined) throw new Error(memo)
      reasons.push(one.proposal?.reason ?? '')
      confirmProposals(office.preparer, [confirmationOf(one)])
    }
    const due = expect.stringContaining('一笔应收相等')
    expect(reasons).toEqual([due, due, expect.stringContaining('没有未收款项')])
  })

  it('where the owners get 70 %, their part is what is due', () => {
    const office = statementOffice()
    advertiser(office, 70)
    office.importText(cmbFile(rowsOf('0.00', [{ date: '2025-01-06', yuan: '8400.00', party: '示例传媒(铜陵)有限公司', memo: '业主部分' }])))
    expect(proposalsOf(office)[0]?.proposal?.reason).toContain('8,400.00 元与一笔应收相等')
  })

  it('a voided draft gives its line back to the proposals', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const [draft] = confirmProposals(office.preparer, confirmationsOf(office))
    if (draft === undefined) throw new Error('no draft')
    const open = () => proposalsOf(office).filter((one) => one.proposal !== null).length
    expect(open()).toBe(0)
    voidDraft(office.preparer, draft, '摘要不清')
    expect(open()).toBe(1)
  })
})

describe('confirming', () => {
  it('all or none: one line that changed since keeps every draft away and is named', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const seen = confirmationsOf(office)
    confirmProposals(office.preparer, seen.slice(1))
    expect(refusal(() => confirmProposals(office.preparer, seen))).toBe('statement.drafted')
    expect(office.lines('drafted')).toHaveLength(1)
    const [stale] = seen
    if (stale === undefined) throw new Error('nothing proposed')
    expect(refusal(() => confirmProposals(office.preparer, [{ ...stale, ruleVersion: 9 }]))).toBe('statement.proposalChanged')
    expect(() => confirmProposals(office.preparer, [{ ...stale, ruleVersion: 9 }])).toThrow(/2025-01-21 收 3\.21 元/)
  })

  it('on an account shared by several complexes the clerk says whose interest it is', () => {
    const office = statementOffice()
    const shared = addBankAccount(office.head, {
      bookId: office.publicIncome, complexId: null, bankName: '招商银行', branch: '', number: '5510000000000002', holderName: '示例街道',
      isDedicated: false, openedOn: parseDate('2025-01-01'),
    })
    const text = cmbFile(JANUARY, '5510000000000002')
    importStatement(office.preparer, previewStatement(office.ledger, shared, { name: 'a.csv', bytes: utf8(text) }))
    const proposed = proposeLines(office.ledger, { bankAccountId: shared, limit: 50 }, TODAY)
    const interest = proposed.find((one) => one.line.kind === 'interest')
    if (interest === undefined) throw new Error('no interest')
    expect(interest.proposal?.complexId).toBeNull()
    expect(refusal(() => confirmProposals(office.preparer, [confirmationOf(interest)]))).toBe('statement.complex')
    const [draft] = confirmProposals(office.preparer, [{ ...confirmationOf(interest), complexId: office.complexId }])
    if (draft === undefined) throw new Error('no draft')
    expect(draftOf(office.ledger, draft).lines.map((line) => line.complexId)).toEqual([office.complexId, office.complexId])
  })

  it('a line of a closed month is booked on the first open day, its bank day kept', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    closePeriod(office.head, office.publicIncome, parseMonth('2025-01'), '对账单晚到，次月补记')
    const interest = proposalsOf(office).find((one) => one.line.kind === 'interest')
    if (interest === undefined) throw new Error('no interest')
    expect(interest.proposal?.date).toBe('2025-02-01')
    const [draft] = confirmProposals(office.preparer, [confirmationOf(interest)])
    if (draft === undefined) throw new Error('no draft')
    const dates = { date: '2025-02-01', bankDate: '2025-01-21', businessDate: '2025-01-21' }
    expect(draftOf(office.ledger, draft)).toMatchObject(dates)
  })
})

describe('the rules', () => {
  const approver = { login: 'li', password: PASSWORD }

  it('a new version needs a reason and a second person, is logged, and proposals follow it', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const facts = {
      id: 'publicIncome.fee', fundKind: 'publicIncome' as const, kind: 'fee' as const, matchWords: ['汇款手续费', ' '],
      accountCode: '5101.99', isActive: true, reason: '业委会决定手续费列其他支出',
    }
    const change = (more: Partial<typeof facts>, by = approver) =>
      refusal(() => changeRule(office.head, { ...facts, ...more }, by))
    expect(change({ reason: '' })).toBe('statement.reason')
    expect(change({ matchWords: [' '] })).toBe('statement.ruleWords')
    expect(change({ accountCode: '4001.01' })).toBe('statement.ruleAccount')
    expect(change({ accountCode: '5201' })).toBe('statement.ruleAccount')
    expect(change({}, { login: 'zhao', password: PASSWORD })).toBe('user.samePerson')
    expect(change({}, { login: 'li', password: 'wrong' })).toBe('user.signIn')
    expect(change({})).toBe('accepted')
    const fee = () => proposalsOf(office).find((one) => one.line.kind === 'fee')?.proposal
    expect(fee()).toMatchObject({ ruleVersion: 2, debit: { code: '5101.99' } })
    expect(ruleVersions(office.ledger).filter((rule) => rule.id === facts.id)).toMatchObject([
      { version: 2, setBy: '赵主管', approvedBy: '李审核', matchWords: ['汇款手续费'] }, { version: 1, setBy: '' },
    ])
    expect(change({ isActive: false, reason: '不再自动' })).toBe('accepted')
    expect(fee()).toBeNull()
  })
})
