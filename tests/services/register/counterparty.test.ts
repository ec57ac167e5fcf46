/** Where a party is paid: recorded by another person than prepares payments, with what it was before. */
import { expect, it } from 'vitest'
import { idOf } from '#core/id.ts'
import { addCounterparty, listCounterparties, setCounterpartyAccount } from '#services/register/complex.ts'
import { makeOffice } from '../office.ts'
import { refusalOf } from '../voucher/ledger-steps.ts'

it('is given to a party that has none, never by who prepares payments, and the log keeps what it was', () => {
  const office = makeOffice()
  const id = addCounterparty(office.preparer, { kind: 'company', name: '示例修缮工程有限公司' })
  const account = { bankName: ' 示例银行 ', bankAccount: '6220001' }
  const code = (by: typeof office.head, more: Partial<typeof account> = {}, party = id) =>
    refusalOf(() => setCounterpartyAccount(by, party, { ...account, ...more })).code
  expect(code(office.preparer)).toBe('role.missing')
  expect([code(office.head, { bankAccount: ' ' }), code(office.head, {}, idOf<'counterparty'>(99))])
    .toEqual(['counterparty.account', 'counterparty.missing'])
  setCounterpartyAccount(office.head, id, account)
  expect(listCounterparties(office.ledger)).toMatchObject([{ id, bankName: '示例银行', bankAccount: '6220001' }])
  const detail = office.ledger.sqlite.prepare("SELECT detail FROM operation WHERE action = 'counterparty.account'").pluck().get()
  expect(JSON.parse(String(detail))).toMatchObject({ before: { bankAccount: '' }, after: { bankAccount: '6220001' } })
})
