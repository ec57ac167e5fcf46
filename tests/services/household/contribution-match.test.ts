import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { contributeLines, proposeContributions } from '#services/household/contribution-match.ts'
import { householdBalance } from '#services/household/household-entry.ts'
import { setUpVault } from '#services/register/identity-vault.ts'
import { setOwners } from '#services/register/household.ts'
import { confirmProposals, proposeLines } from '#services/statement/statement-proposal.ts'
import { changeRule, ruleVersions } from '#services/statement/statement-rule.ts'
import { draftOf } from '#services/voucher/voucher-draft.ts'
import { importStatement, previewStatement } from '#services/statement/statement.ts'
import { listLines } from '#services/statement/statement-outcome.ts'
import { utf8 } from '#tests/core/statement/statement-files.ts'
import { moneyOffice } from './household-money-office.ts'
import { PASSWORD } from '../office.ts'
import { PASSPHRASE, person } from '../register/household-office.ts'
import { cmbFile, rowsOf } from '../statement/statement-office.ts'

const JUNE = parseDate('2025-06-30')

function withStatement() {
  const office = moneyOffice(4)
  setUpVault(office.head, PASSPHRASE)
  setOwners(office.head, office.room(1), [person('欧阳䶮')], { effectiveOn: parseDate('2025-02-01'), reason: '登记' })
  const account = addBankAccount(office.head, {
    bookId: office.maintenance, complexId: office.complexId, bankName: '招商银行', branch: '', number: '5510000000000001',
    holderName: '示例花园', isDedicated: true, openedOn: parseDate('2025-01-01'),
  })
  const text = cmbFile(rowsOf('0.00', [
    { date: '2025-06-02', yuan: '1000.00', party: '某人', memo: '1幢101 维修资金' },
    { date: '2025-06-03', yuan: '900.00', party: '欧阳䶮', memo: '维修资金' },
    { date: '2025-06-04', yuan: '77.00', party: '某人', memo: '转账' },
    { date: '2025-06-05', yuan: '-5.00', party: '', memo: '手续费' },
  ]))
  importStatement(office.preparer, previewStatement(office.ledger, account, { name: '六月.csv', bytes: utf8(text) }))
  const scope = { complexId: office.complexId, bankAccountId: account, limit: 100 }
  return { office, account, scope, propose: () => proposeContributions(office.ledger, scope, JUNE) }
}

describe('contributions from a bank statement', () => {
  it('find their household by address and by sealed name, and leave the rest and money out to the clerk', () => {
    const { propose } = withStatement()
    expect(propose().map(({ line, match }) => [line.memo, match?.address ?? null, match?.by ?? null])).toEqual([
      ['转账', null, null], ['维修资金', '1幢 102', 'name'], ['1幢101 维修资金', '1幢 101', 'address'],
    ])
  })

  it('become one draft a line, whose paper is the line; posted, the line is settled and cannot be used twice', () => {
    const { office, account, propose } = withStatement()
    const lines = propose().flatMap(({ line, match }) =>
      (match === null ? [] : [{ lineId: line.id, householdId: match.householdId, part: 'principal' as const }]))
    for (const draft of contributeLines(office.preparer, office.complexId, lines)) office.accept(draft)
    expect(householdBalance(office.ledger, office.room(0)).totalFen).toBe(parseYuan('1000'))
    expect(householdBalance(office.ledger, office.room(1)).totalFen).toBe(parseYuan('900'))
    expect(propose().map(({ line }) => line.memo)).toEqual(['转账'])
    expect(() => contributeLines(office.preparer, office.complexId, lines))
      .toThrow(expect.objectContaining({ code: 'statement.settled', row: 1 }))
    const open = listLines(office.ledger, { bankAccountId: account, state: 'open', limit: 9 })
    const out = open.find(({ amountFen }) => amountFen < 0)
    if (out === undefined) throw new Error('no line')
    const wrong = [{ lineId: out.id, householdId: office.room(0), part: 'principal' as const }]
    expect(() => contributeLines(office.preparer, office.complexId, wrong)).toThrow('不是收款')
  })
  it('are proposed by the same rule beside interest and fees, and the voucher names rule, version and why', () => {
    const { office, account } = withStatement()
    const proposed = proposeLines(office.ledger, { bankAccountId: account, limit: 9 }, JUNE)
    const said = proposed.map(({ line, proposal }) => [line.memo, proposal?.kind, proposal?.household?.address])
    expect(said).toEqual([
      ['手续费', 'fee', undefined], ['转账', undefined, undefined], ['维修资金', 'contribution', '1幢 102'],
      ['1幢101 维修资金', 'contribution', '1幢 101'],
    ])
    const [, , byName] = proposed
    if (byName?.proposal == null) throw new Error('nothing is proposed')
    const { ruleId, ruleVersion, contractId, household } = byName.proposal
    const seen = { lineId: byName.line.id, ruleId, ruleVersion, contractId }
    expect(() => confirmProposals(office.preparer, [{ ...seen, householdId: office.room(3) }]))
      .toThrow(expect.objectContaining({ code: 'statement.proposalChanged', row: 1 }))
    const [draft] = confirmProposals(office.preparer, [{ ...seen, householdId: household?.id ?? null }])
    if (draft === undefined) throw new Error('no draft')
    expect(JSON.parse(draftOf(office.ledger, draft).rule)).toMatchObject({
      by: 'statement.contribution', rule: 'maintenance.contribution', version: 1, why: expect.stringContaining('付款人姓名'),
    })
    office.accept(draft)
    expect(householdBalance(office.ledger, office.room(1)).totalFen).toBe(parseYuan('900'))
  })

  it('follow the office’s own version of the rule, in list and dialog alike; stopped, both leave all to the clerk', () => {
    const { office, account, propose } = withStatement()
    const shipped = ruleVersions(office.ledger).find(({ id }) => id === 'maintenance.contribution')
    if (shipped === undefined) throw new Error('no rule')
    const second = { login: office.reviewer.actor.login, password: PASSWORD }
    const { id, fundKind, kind, accountCode } = shipped
    const own = { id, fundKind, kind, accountCode, matchWords: ['1幢'], isActive: true, reason: '只认写明楼幢的' }
    changeRule(office.bookkeeper, own, second)
    expect(propose().map(({ match }) => match?.address ?? null)).toEqual([null, null, '1幢 101'])
    const [last] = proposeLines(office.ledger, { bankAccountId: account, limit: 9 }, JUNE).slice(-1)
    expect(last?.proposal).toMatchObject({ kind: 'contribution', ruleVersion: 2 })
    changeRule(office.bookkeeper, { ...own, isActive: false, reason: '改为柜台交存' }, second)
    expect(propose().map(({ match }) => match)).toEqual([null, null, null])
    expect(() => changeRule(office.bookkeeper, { ...own, accountCode: '5901' }, second))
      .toThrow(expect.objectContaining({ code: 'statement.ruleAccount' }))
  })
})
