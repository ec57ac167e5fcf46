/** The office's own sub-levels under locked first-level codes (财会〔2024〕12号 art. 20(2)). */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { accountByCode, addSubAccount, listAccounts, repairAccount } from '#services/voucher/book.ts'
import { listOperations } from '#services/operation-log.ts'
import { saveDraft } from '#services/voucher/voucher-draft.ts'
import { refusalOf } from './ledger-steps.ts'
import { makeOffice } from '../office.ts'

type Office = ReturnType<typeof makeOffice>

function adding(office: Office, parentCode: string, code: string, name = '自设', bookId = office.maintenance) {
  return () => addSubAccount(office.head, bookId, { parentCode, code, name })
}

describe('a sub-account', () => {
  it('takes the lines of its heading from then on, and is logged', () => {
    const office = makeOffice()
    adding(office, '4901', '4901.01', '违约金')()
    const accounts = new Map(listAccounts(office.ledger, office.maintenance).map((account) => [account.code, account]))
    expect(accounts.get('4901')).toMatchObject({ isLeaf: 0, isPrescribed: 1 })
    expect(accounts.get('4901.01')).toMatchObject({ isLeaf: 1, isPrescribed: 0, class: 'income', name: '违约金' })
    office.receive(office.maintenance, '4901.01', '8.00', '2025-01-05')
    expect(listOperations(office.ledger, { action: 'account.add', limit: 1 })).toHaveLength(1)
  })

  it('goes to four levels and no further', () => {
    const office = makeOffice()
    adding(office, '4301', '4301.01')()
    adding(office, '4301.01', '4301.01.01')()
    adding(office, '4301.01.01', '4301.01.01.01')()
    expect(refusalOf(adding(office, '4301.01.01.01', '4301.01.01.01.01')).code).toBe('account.level')
  })

  it('is refused where its code, its name or its place is wrong', () => {
    const office = makeOffice()
    adding(office, '4901', '4901.01', '违约金')()
    expect(refusalOf(adding(office, '4901', '4902.01')).code).toBe('account.parent')
    expect(refusalOf(adding(office, '4901', '4901.x')).code).toBe('account.parent')
    expect(refusalOf(adding(office, '4901', '4901.01'))).toMatchObject({ code: 'account.duplicate', field: 'code' })
    expect(refusalOf(adding(office, '4901', '4901.02', '违约金'))).toMatchObject({ code: 'account.duplicate', field: 'name' })
    expect(refusalOf(adding(office, '9999', '9999.01')).code).toBe('account.missing')
    const sub = { parentCode: '4901', code: '4901.03', name: '甲' }
    expect(refusalOf(() => addSubAccount(office.preparer, office.maintenance, sub)).code).toBe('role.missing')
  })

  it('is refused under accounts that automatic vouchers need whole', () => {
    const office = makeOffice()
    for (const code of ['1001.01', '3001', '3101', '4001', '4101', '5101']) {
      expect([code, refusalOf(adding(office, code, `${code}.01`)).code]).toEqual([code, 'account.rule'])
    }
    expect(adding(office, '4001', '4001.60', '示例收入', office.publicIncome)).not.toThrow()
  })

  it('is refused under an account with lines, posted or waiting', () => {
    const office = makeOffice()
    office.receive(office.maintenance, '4901', '8.00', '2025-01-05')
    expect(refusalOf(adding(office, '4901', '4901.01')).code).toBe('account.used')
    saveDraft(office.preparer, {
      bookId: office.maintenance, kind: 'general', date: parseDate('2025-01-06'), attachments: [office.paper],
      lines: [
        office.line(office.maintenance, '1201', debit(parseYuan('1.00'))),
        office.line(office.maintenance, '1001.01', credit(parseYuan('1.00'))),
      ],
    })
    const waiting = refusalOf(adding(office, '1201', '1201.01'))
    expect(waiting).toMatchObject({ code: 'account.used', message: expect.stringContaining('未记账') })
  })
})

describe('repair costs', () => {
  it('go to the sub-account of their kind once 5001 is divided, and say so where it is missing', () => {
    const office = makeOffice()
    const { ledger, maintenance } = office
    expect(repairAccount(ledger, maintenance, '电梯').code).toBe('5001')
    adding(office, '5001', '5001.01', '电梯维修')()
    expect(repairAccount(ledger, maintenance, '电梯').id).toBe(accountByCode(ledger, maintenance, '5001.01').id)
    expect(refusalOf(() => repairAccount(ledger, maintenance, '屋面'))).toMatchObject({
      code: 'account.category', message: expect.stringContaining('屋面外墙渗漏维修'),
    })
  })
})
