/**
 * Published figures keyed in as opening balances and movements: 福州 2022 per complex, 盐城 2023 for a whole city, and a
 * community's half year of 2017 that began in the red. The tables printed must show what was published.
 */
import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth, type BusinessDate } from '#core/calendar.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit, type Amounts } from '#core/voucher/voucher.ts'
import { annualPublication, annualTable, type AnnualModel } from '#reports/annual-report.ts'
import { movementDocument } from '#reports/movement.ts'
import { cellText, type DocumentTable } from '#reports/table-document.ts'
import { annualReport, type AnnualReport } from '#services/disclosure/annual-report.ts'
import { addSubAccount, addBankAccount, openBook } from '#services/voucher/book.ts'
import { addComplex, complexOf } from '#services/register/complex.ts'
import { recordDecision } from '#services/decision.ts'
import { movementStatement } from '#services/voucher/movement.ts'
import { openPeriodsThrough } from '#services/voucher/period.ts'
import { makeOffice, type Office } from '../office.ts'
import { spend } from '../spending.ts'

const day = (text: string): BusinessDate => parseDate(text)

function linesOf({ rows }: DocumentTable): string[][] {
  return rows.map(({ cells }) => cells.map(cellText))
}

function modelOf(report: AnnualReport, unit: AnnualModel['unit'] = '元'): AnnualModel {
  return {
    issuer: '示例市维修资金中心', fundName: '住宅专项维修资金', complex: null, year: report.year, rows: report.rows,
    totals: report.totals, distributedFen: report.distributedFen, households: report.households, unit,
    printedOn: day('2025-10-09'), printedBy: '张制单', watermark: null,
    projects: report.projects.map(({ complexName, ...project }) => ({ complex: complexName, ...project })),
  }
}

function table(tables: readonly DocumentTable[], index: number): string[][] {
  const found = tables[index]
  if (found === undefined) throw new Error(`no table ${index}`)
  return linesOf(found)
}

/** A complex of its own with its bank account in the book. */
function complexWithBank(office: Office, bookId: BookId, code: string, name: string, bank: string): ComplexId {
  const { id: _id, state: _state, ...facts } = complexOf(office.ledger, office.complexId)
  const complexId = addComplex(office.head, { ...facts, code, name, hasAssembly: true })
  banks.set(`${bookId} ${complexId}`, addBankAccount(office.head, {
    bookId, complexId, bankName: '示例银行', branch: '城中支行', number: bank, holderName: name, isDedicated: true,
    openedOn: day('2022-01-01'),
  }))
  return complexId
}
/** The report groups by what was repaired, each kind in its own sub-account here. */
const PART: Readonly<Record<string, string>> = {
  '5001.01': '电梯', '5001.02': '屋面', '5001.03': '安防监控', '5001.04': '消防设施',
}
const banks = new Map<string, ReturnType<typeof addBankAccount>>()

type Keyed = {
  readonly complexId: ComplexId
  readonly decisionId?: ReturnType<typeof recordDecision>
}

/** Money in (credit) or out (debit) of the bank against one account. */
function key(
  office: Office, bookId: BookId, date: string, code: string, amounts: Amounts, more: Keyed, purpose?: 'opening',
): void {
  const { decisionId, ...line } = more
  const { complexId } = line
  const bankAccountId = banks.get(`${bookId} ${complexId}`)
  if (bankAccountId === undefined) throw new Error('no bank account')
  const against = { debitFen: amounts.creditFen, creditFen: amounts.debitFen }
  const lines = [
    office.line(bookId, '1001.01', against, { complexId, bankAccountId }), office.line(bookId, code, amounts, line),
  ]
  if (code.startsWith('5001')) {
    spend(office, { bookId, date: day(date), lines, part: PART[code] ?? '其他', decisionId: decisionId ?? null })
    return
  }
  office.post({
    bookId, date: day(date), lines, ...(purpose !== undefined && { purpose }), ...(decisionId !== undefined && { decisionId }),
  })
}

describe('福州 2022, two complexes', () => {
  it('prints the published rows to the fen', () => {
    const office = makeOffice({ today: '2022-12-31', openedOn: '2022-01-01' })
    const book = office.maintenance
    const published = [
      ['A1', '示例小区A', '1749905.62', null, '52633.01', '1802538.63'],
      ['A2', '示例小区B', '18994956.49', '2380769.00', '480216.41', '21855941.90'],
    ] as const
    published.forEach(([code, name, before, paid, gain], index) => {
      const complexId = complexWithBank(office, book, code, name, `60000000010${index}`)
      key(office, book, '2022-01-01', '3001', credit(parseYuan(before)), { complexId }, 'opening')
      if (paid !== null) key(office, book, '2022-05-09', '4001', credit(parseYuan(paid)), { complexId })
      key(office, book, '2022-12-21', '4101', credit(parseYuan(gain)), { complexId })
    })
    const report = annualReport(office.ledger, { bookId: book, year: 2022 }, '2022-12-31')
    expect(report.tieOuts.filter(({ holds }) => !holds)).toEqual([])
    const [fuzhou] = annualTable(modelOf(report)).tables
    expect(fuzhou?.columns.slice(0, 7).map(({ label }) => label)).toEqual(
      ['小区名称', '历年总额', '2022年缴交金额', '退款金额', '使用金额', '增值收益', '结存余额'],
    )
    const rows = table(annualTable(modelOf(report)).tables, 0).map((row) => row.slice(0, 7))
    expect(rows.slice(0, 2)).toEqual([
      ['示例小区A', '1,749,905.62', '0.00', '0.00', '0.00', '52,633.01', '1,802,538.63'],
      ['示例小区B', '18,994,956.49', '2,380,769.00', '0.00', '0.00', '480,216.41', '21,855,941.90'],
    ])
    expect(rows[2]).toEqual(['合计', '20,744,862.11', '2,380,769.00', '0.00', '0.00', '532,849.42', '23,658,480.53'])
  })
})

describe('盐城 2023, a city by district', () => {
  const wan = (text: string) => parseYuan(`${text.replace('.', '')}00.00`)

  it('prints collection by district, use by kind of repair with every percentage, emergencies and what was distributed', () => {
    const office = makeOffice()
    const book = office.maintenance
    const districts = [['D1', '亭湖区', '11473.35'], ['D2', '盐南高新区', '7511.23'], ['D3', '经济技术开发区', '5535.52']] as const
    const complexes = districts.map(([code, name, paid], index) => {
      const complexId = complexWithBank(office, book, code, name, `60000000020${index}`)
      key(office, book, '2025-03-01', '4001', credit(wan(paid)), { complexId })
      return complexId
    })
    const [first] = complexes
    if (first === undefined) throw new Error('no district')
    // Earned in earlier years, distributed in this one.
    key(office, book, '2025-01-01', '3101', credit(wan('6177.02')), { complexId: first }, 'opening')
    office.post({
      bookId: book, date: day('2025-06-30'),
      lines: [
        office.line(book, '3101', debit(wan('6177.02')), { complexId: first }),
        office.line(book, '3001', credit(wan('6177.02')), { complexId: first }),
      ],
    })
    const emergency = recordDecision(office.preparer, {
      complexId: first, kind: 'emergency', number: '应急1号', title: '外墙脱落应急', decidedOn: day('2025-04-01'), sha256: office.paper,
    })
    const used = [
      ['5001.01', '电梯维修', '436.46'], ['5001.02', '屋面外墙渗漏维修', '1554.46'], ['5001.03', '安防维修', '240.60'],
      ['5001.04', '消防维修', '655.85'], ['5001.05', '其他维修', '165.31'],
    ] as const
    for (const [code, name, amount] of used) {
      addSubAccount(office.head, book, { parentCode: '5001', code, name })
      if (name !== '屋面外墙渗漏维修') key(office, book, '2025-05-06', code, debit(wan(amount)), { complexId: first })
    }
    // 166.50 of the roofs and outer walls was an emergency.
    key(office, book, '2025-05-06', '5001.02', debit(wan('166.50')), { complexId: first, decisionId: emergency })
    key(office, book, '2025-05-07', '5001.02', debit(wan('1387.96')), { complexId: first })
    const report = annualReport(office.ledger, { bookId: book, year: 2025 }, '2025-12-31')
    expect(report.tieOuts.filter(({ holds }) => !holds)).toEqual([])
    const { tables, notes } = annualPublication(modelOf(report, '万元'))
    expect(table(tables, 2)).toEqual([
      ['亭湖区', '11,473.35', '46.79%'],
      ['盐南高新区', '7,511.23', '30.63%'],
      ['经济技术开发区', '5,535.52', '22.58%'],
      ['合计', '24,520.10', '100.00%'],
    ])
    expect(table(tables, 3)).toEqual([
      ['电梯维修', '436.46', '14.30%'],
      ['屋面外墙渗漏维修', '1,554.46', '50.92%'],
      ['安防维修', '240.60', '7.88%'],
      ['消防维修', '655.85', '21.48%'],
      ['其他维修', '165.31', '5.42%'],
      ['合计', '3,052.68', '100.00%'],
    ])
    expect(notes).toContain('其中应急维修使用 166.50 万元，占使用总额 5.45%。')
    expect(notes).toContain('本年分配业主增值收益 6,177.02 万元。')
  })

  it('prints the lift and fire collection, kept in a book of its own', () => {
    const office = makeOffice()
    const book = openBook(office.head, { code: 'W2', name: '电梯消防专项维修资金', fundKind: 'maintenance', openedOn: day('2025-01-01') })
    openPeriodsThrough(office.head, book, day('2025-06-01'))
    const districts = [['D1', '亭湖区', '1257.97'], ['D2', '盐南高新区', '449.20'], ['D3', '经济技术开发区', '318.53']] as const
    districts.forEach(([code, name, paid], index) => {
      const complexId = complexWithBank(office, book, code, name, `60000000030${index}`)
      key(office, book, '2025-03-01', '4001', credit(wan(paid)), { complexId })
    })
    const report = annualReport(office.ledger, { bookId: book, year: 2025 }, '2025-12-31')
    expect(table(annualPublication(modelOf(report, '万元')).tables, 2)).toEqual([
      ['亭湖区', '1,257.97', '62.10%'],
      ['盐南高新区', '449.20', '22.18%'],
      ['经济技术开发区', '318.53', '15.72%'],
      ['合计', '2,025.70', '100.00%'],
    ])
  })
})

describe('a community’s first half of 2017', () => {
  it('begins in the red, details each cost, and ends where it was published', () => {
    const office = makeOffice({ today: '2017-07-15', openedOn: '2017-01-01' })
    const book = office.publicIncome
    const own = (parentCode: string, code: string, name: string) => addSubAccount(office.head, book, { parentCode, code, name })
    const income = [['4001.11', '服务费', '52886'], ['4001.12', '占道停车费', '28550'], ['4001.13', '办公室租金', '1200']] as const
    const costs = [
      ['5101.21', '人员工资', '53600', []],
      ['5101.22', '水电费', '4318', []],
      ['5101.23', '维修费用', '8747', [
        ['清淘和下水', '2538'], ['方砖地面', '1481'], ['视频监控', '535'], ['单元门', '230'], ['车库门', '400'],
        ['门杆和车位线、牌等', '881'], ['落水管', '742'], ['其他设施', '1940'],
      ]],
      ['5101.24', '绿化费用', '4316', [['葡萄架维修', '2365'], ['绿化工具等', '1683'], ['种子秧苗', '200'], ['肥料农药', '68']]],
      ['5101.25', '办公和保洁费用', '847', [['办公用品', '140'], ['劳动保护', '366'], ['清扫工具', '96'], ['其他', '245']]],
    ] as const
    office.post({
      bookId: book, date: day('2017-01-01'), purpose: 'opening',
      lines: [
        office.line(book, '3001', debit(parseYuan('1332'))),
        office.line(book, '2001', credit(parseYuan('1332'))),
      ],
    })
    for (const [code, name, yuan] of income) {
      own('4001', code, name)
      office.receive(book, code, yuan, '2017-03-15')
    }
    for (const [code, name, yuan, detail] of costs) {
      own('5101', code, name)
      detail.forEach(([part], index) => own(code, `${code}.${String(index + 1).padStart(2, '0')}`, part))
      const pieces = detail.length === 0
        ? [[code, yuan]]
        : detail.map(([, amount], index) => [`${code}.${String(index + 1).padStart(2, '0')}`, amount])
      for (const [account = '', amount = ''] of pieces) {
        office.post({
          bookId: book, date: day('2017-05-20'),
          lines: [office.line(book, account, debit(parseYuan(amount))), office.line(book, '1001.01', credit(parseYuan(amount)))],
        })
      }
    }
    const statement = movementStatement(office.ledger, { bookId: book, from: parseMonth('2017-01'), to: parseMonth('2017-06') })
    expect(statement.tieOuts.filter(({ holds }) => !holds)).toEqual([])
    const { tables } = movementDocument({
      issuer: '示例社区', book: '公共收益', complex: null, from: statement.from, to: statement.to, rows: statement.rows,
      printedOn: day('2017-07-15'), printedBy: '张制单',
    })
    const printed: Record<string, string | undefined> = {}
    for (const [name = '', amount] of table(tables, 0)) printed[name] = amount
    expect(printed).toMatchObject({
      '一、期初结余': '-1,332.00', '二、本期收入': '82,636.00', 服务费: '52,886.00', 占道停车费: '28,550.00', 办公室租金: '1,200.00',
      '三、本期支出': '71,828.00', 人员工资: '53,600.00', 水电费: '4,318.00', 维修费用: '8,747.00', 绿化费用: '4,316.00',
      办公和保洁费用: '847.00', 清淘和下水: '2,538.00', '门杆和车位线、牌等': '881.00', 肥料农药: '68.00', 其他: '245.00',
      '四、期末结余': '9,476.00',
    })
    expect(Object.keys(printed)).toHaveLength(4 + 1 + 3 + 1 + 5 + 16)
  })
})
