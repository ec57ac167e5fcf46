/** A real half-year statement (XQ2017H1, re-keyed, the place renamed) carried through vouchers to the sheet. */
import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { incomeOffice, yuan } from './quarter-office.ts'

const SPENT: readonly (readonly [string, string, string])[] = [
  ['5101.02', '人员工资', '53600'], ['5101.03', '水电费', '4318'],
  ['5101.01', '清淘和下水', '2538'], ['5101.01', '方砖地面', '1481'], ['5101.01', '视频监控', '535'], ['5101.01', '单元门', '230'],
  ['5101.01', '车库门', '400'], ['5101.01', '门杆和车位线、牌等', '881'], ['5101.01', '落水管', '742'], ['5101.01', '其他设施', '1940'],
  ['5101.02', '葡萄架维修', '2365'], ['5101.02', '绿化工具等', '1683'], ['5101.02', '种子秧苗', '200'], ['5101.02', '肥料农药', '68'],
  ['5101.99', '办公用品', '140'], ['5101.99', '劳动保护', '366'], ['5101.99', '清扫工具', '96'], ['5101.99', '其他', '245'],
]

it('keeps a half-year with a negative opening, arrears owed and two-level detail to the fen', () => {
  const office = incomeOffice({ today: '2017-07-15', openedOn: '2017-01-01' })
  // −1 332.00 at the start: the service station had paid the excess of the year before.
  office.post({
    bookId: office.publicIncome, date: parseDate('2017-04-01'), purpose: 'opening',
    lines: [
      office.line(office.publicIncome, '3001', debit(yuan('1332'))),
      office.line(office.publicIncome, '2001', credit(yuan('1332'))),
    ],
  })
  office.income('4001.99', '52886', '2017-05-10')
  office.income('4001.01', '28550', '2017-05-11')
  office.income('4001.08', '1200', '2017-05-12')
  for (const [code, item, amount] of SPENT) office.use(code, amount, '2017-06-20', item)
  const { sheet, findings } = office.view('2017Q2')
  expect(sheet.opening.rows).toEqual([{ id: 'account:2001', label: '应付及代收款项', amount: { amount: yuan('-1332'), refs: [] } }])
  expect(sheet.income.received.amount).toBe(yuan('82636'))
  expect(sheet.uses.total.amount).toBe(yuan('71828'))
  expect(sheet.closing.amount).toBe(yuan('9476'))
  expect(sheet.bank).toMatchObject({ demand: yuan('10808'), total: yuan('9476'), difference: 0 })
  expect(sheet.uses.rows).toHaveLength(SPENT.length)
  expect(findings.filter((finding) => finding.level === 'block')).toEqual([])
})
