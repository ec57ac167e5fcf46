import { describe, expect, it } from 'vitest'
import { readStatement } from '#core/statement/read.ts'
import { requireAccepted } from '#core/statement/statement.ts'
import {
  CMB_FEE, CMB_HEADER, CMB_INCOME, CMB_INTEREST, cmb, errorCodes, gb18030, icbc, parseText, utf8, warningCodes,
} from './statement-files.ts'

const accepted = cmb(CMB_INCOME, CMB_INTEREST, CMB_FEE)

describe('a good file', () => {
  it('is accepted with account, name, period, sums and balances', () => {
    const statement = parseText(accepted, { expectedAccount: '5510 0000 0000 0001' })
    expect(statement).toMatchObject({
      format: 'csv', layout: 'cmb-corporate', bank: '招商银行', encoding: 'utf-8', account: '5510000000000001',
      accountName: '示例小区业主大会', currency: 'CNY', periodFrom: '2024-01-01', periodTo: '2024-03-31',
      opening: 50_000_000, closing: 51_233_567, inCount: 2, inFen: 1_234_567, outCount: 1, outFen: 1000,
      balanceChain: 'ok', order: 'ascending', errors: [], warnings: [],
    })
    expect(statement.rows[0]).toMatchObject({
      line: 4, date: '2024-01-05', time: '10:15:22', amountFen: 1_200_000, balanceFen: 51_200_000,
      party: '示例传媒有限公司', partyAccount: '62220000000009', memo: '广告费', serial: 'C0001', kind: 'other',
    })
    expect(statement.rows.map((row) => row.kind)).toEqual(['other', 'interest', 'fee'])
    expect(requireAccepted(statement).rows).toHaveLength(3)
  })
})

describe('every refusal carries no rows where a row could not be read, a Chinese sentence, and its line', () => {
  const refusals: [string, Uint8Array, string, number | null][] = [
    ['an empty file', new Uint8Array(), 'file.empty', null],
    ['a file of blank lines', utf8('\r\n \r\n'), 'file.empty', null],
    ['a file with only its header', utf8(cmb()), 'rows.none', 3],
    ['a file that is no statement', utf8('姓名,电话\r\n张三,12345\r\n'), 'header.missing', 1],
    ['UTF-16 without a mark', utf16WithoutMark(accepted), 'encoding.utf16', null],
    ['binary rubbish', Uint8Array.from([...utf8(accepted), 0, 1, 2]), 'file.binary', null],
    ['control characters', utf8(accepted.replace('广告费', '广\u0007费')), 'file.binary', null],
    ['bytes of no Chinese encoding', Uint8Array.from([...utf8(`${CMB_HEADER}\r\n`), 0xff, 0x0d]), 'encoding.invalid', null],
    ['a code page taken for GB18030', codePage852(), 'encoding.unlikely', 1],
    ['a PDF', utf8('%PDF-1.7 …'), 'format.unsupported', null],
    ['MT940 without its end', utf8(':20:START\r\n:25:1234\r\n:60F:C240101CNY1,00\r\n'), 'message.incomplete', 3],
    ['OFX without its end', utf8('OFXHEADER:100\r\nDATA:OFXSGML\r\n<OFX>'), 'message.incomplete', 3],
    [
      'camt.053 without its end',
      utf8('<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'),
      'file.truncated',
      2,
    ],
    ['XML that is no statement', utf8('<?xml version="1.0"?><invoice/>'), 'format.unsupported', null],
    [
      'a web page called .xls',
      utf8('<html><table><tr><td>交易日</td></tr></table></html>'),
      'format.unsupported',
      null,
    ],
    ['a damaged workbook', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 9, 9, 9, 9]), 'file.truncated', null],
    ['a wallet bill', utf8('交易时间,交易分类,交易对方,收/支,金额,交易订单号\r\n'), 'format.unsupported', 1],
    ['a last line cut in the middle', utf8(`${cmb(CMB_INCOME)}20240321,000501,结息,,34`), 'file.truncated', 5],
    ['a last line cut in its memo', utf8(`${cmb(CMB_INCOME)}20240321,000501,结息,,345.67,512345.67,1季`), 'file.truncated', 5],
    ['a last character cut in half', gb18030(cmb(CMB_INCOME)).slice(0, -18), 'encoding.invalid', null],
    ['an unclosed quote', utf8(`${cmb(CMB_INCOME)}20240321,000501,结息,,"345.`), 'file.truncated', 5],
    ['a middle line without its balance column', utf8(cmb('20240105,101522,网银转账,,12000.00', CMB_INTEREST)), 'file.truncated', 4],
    ['a comma inside an unquoted cell', utf8(cmb(CMB_INCOME.replace('12000.00', '12,000.00'))), 'row.columns', 4],
    ['a line that is neither row nor footer', utf8(cmb(CMB_INCOME, '???,,,,5.00,,,,,')), 'date.format', 5],
    ['31 February', utf8(cmb(CMB_INCOME.replace('20240105', '20250230'))), 'date.format', 4],
    ['an impossible time', utf8(cmb(CMB_INCOME.replace('101522', '256199'))), 'time.format', 4],
    ['an exponent as amount', utf8(cmb(CMB_INCOME.replace('12000.00', '1e5'))), 'money.format', 4],
    ['a sum as amount', utf8(cmb(CMB_INCOME.replace('12000.00', '0.1+0.2'))), 'money.format', 4],
    ['three decimals', utf8(cmb(CMB_INCOME.replace('12000.00', '12000.001'))), 'money.format', 4],
    ['an amount beyond the safe range', utf8(cmb(CMB_INCOME.replace('12000.00', '99999999999999999.00'))), 'money.range', 4],
    ['both sides filled', utf8(cmb(CMB_INCOME.replace(',,12000.00', ',5.00,12000.00'))), 'amount.bothSides', 4],
    ['no amount at all', utf8(cmb(CMB_INCOME.replace(',,12000.00', ',,'))), 'amount.missing', 4],
  ]
  it.each(refusals)('%s', (_, bytes, code, line) => {
    const statement = readStatement(bytes, { fileName: '对账单' })
    expect(errorCodes(statement)).toEqual([code])
    expect(statement.errors[0]?.message).toMatch(/[\u4e00-\u9fff]{4}/)
    expect(statement.errors[0]?.line).toBe(line)
    expect(statement.rows).toEqual([])
    expect([statement.inFen, statement.outFen]).toEqual([0, 0])
    expect(() => requireAccepted(statement)).toThrow()
  })

  it('one bad row refuses all the others', () => {
    const statement = parseText(cmb(CMB_INCOME, CMB_INTEREST.replace('345.67', 'x'), CMB_FEE))
    expect(statement.errors).toMatchObject([{ code: 'money.format', line: 5 }])
    expect(statement.rows).toEqual([])
  })
})

describe('a file that is too large', () => {
  it('is refused by size before it is decoded', () => {
    const statement = readStatement(new Uint8Array(50 * 1024 * 1024 + 1), { fileName: 'x.csv' })
    expect(errorCodes(statement)).toEqual(['file.tooLarge'])
  })

  it('is refused by rows', () => {
    const row = '20240105,,x,,0.00,1.00,,,,\n'
    expect(errorCodes(parseText(`${CMB_HEADER}\n${row.repeat(200_001)}`))).toEqual(['file.tooManyRows'])
  })
})

describe('what the bank declares must agree', () => {
  const abc = (footer: string) =>
    [
      '账户明细', '账号:,12345600000000001,户名:,示例小区业主大会',
      '交易时间,收入金额,支出金额,账户余额,交易行名,对方省市,对方账号,对方户名,交易用途',
      '20240105 10:15:22,"12,000.00",,"512,000.00",农行示例支行,安徽 铜陵,6228,示例传媒有限公司,广告费',
      '20240322 14:00:00,,"8,888.88","503,111.12",农行示例支行,,3500,示例消防有限公司,更换消防管',
      '总收入笔数,总收入金额,总支出笔数,总支出金额,,,,,', footer, '',
    ].join('\r\n')

  it('a footer of counts and sums is checked and never taken as a row', () => {
    const statement = parseText(abc('1,"12,000.00",1,"8,888.88",,,,,'))
    expect(statement).toMatchObject({
      errors: [], rows: { length: 2 }, declared: { inCount: 1, inFen: 1_200_000, outCount: 1, outFen: 888_888 },
    })
  })

  it.each(['2,"12,000.00",1,"8,888.88"', '1,"12,000.01",1,"8,888.88"', '1,"12,000.00",0,"8,888.88"', '1,"12,000.00",1,0'])(
    'a footer of %s is refused',
    (footer) => {
      expect(errorCodes(parseText(abc(`${footer},,,,,`)))).toEqual(['declared.mismatch'])
    },
  )

  const bocom = (pages: string) =>
    ['查询账号: 3410000000000001', '交易时间,摘要,发生额,余额,对方账号,对方户名,借贷标志,核心流水号', pages, ''].join('\n')
  const pageOne = '2024-01-05 10:00:00,手续费,0.94,99.06,,,借 Dr,1'
  const pageTwo = '2024-01-06 10:00:00,租金,10.00,109.06,62,甲公司,贷 Cr,2'
  const footer = (out: string, outCount: number, into: string, inCount: number) =>
    ` 本页合计 借方发生额：${out} 借方交易笔数：${outCount} 贷方发生额：${into} 贷方交易笔数：${inCount}`

  it('page totals in mid-file are checked page by page', () => {
    const statement = parseText(bocom([pageOne, footer('0.94', 1, '0.00', 0), pageTwo, footer('0.00', 0, '10.00', 1)].join('\n')))
    expect(statement).toMatchObject({ errors: [], layout: 'bocom-corporate', inFen: 1000, outFen: 94 })
    expect(statement.rows).toHaveLength(2)
  })

  it('a page total that differs is refused, naming its line', () => {
    const statement = parseText(bocom([pageOne, footer('0.94', 1, '0.00', 0), pageTwo, footer('0.00', 0, '10.01', 1)].join('\n')))
    expect(errorCodes(statement)).toEqual(['declared.mismatch'])
    expect(statement.errors[0]?.message).toContain('第 6 行本页')
  })

  it('opening plus rows must be the closing the bank prints', () => {
    const withBalances = (closing: string) => cmb(CMB_INCOME).replace('# 查询', `期初余额：500000.00 期末余额：${closing}\r\n# 查询`)
    expect(parseText(withBalances('512000.00'))).toMatchObject({ errors: [], declared: { opening: 50_000_000 } })
    expect(errorCodes(parseText(withBalances('512000.01')))).toEqual(['balance.mismatch', 'balance.mismatch'])
  })

  it('a dated opening line declares the balance and is no row', () => {
    const statement = parseText(cmb('20240101,,,,,500000.00,期初余额,,,', CMB_INCOME))
    expect(statement).toMatchObject({ errors: [], declared: { opening: 50_000_000 }, rows: { length: 1 } })
    const wrong = parseText(cmb('20240101,,,,,500000.01,期初余额,,,', CMB_INCOME))
    expect(errorCodes(wrong)).toEqual(['balance.mismatch'])
  })

  it('a missing row breaks the balance chain and the line is named', () => {
    const statement = parseText(cmb(CMB_INCOME, CMB_FEE))
    expect(statement.errors).toMatchObject([{ code: 'balance.chain', line: 5 }])
    expect(statement.balanceChain).toBe('broken')
    expect(() => requireAccepted(statement)).toThrow(/第 5 行余额/)
  })

  it('rows outside the declared period are refused', () => {
    const statement = parseText(cmb(CMB_INCOME, CMB_INTEREST.replace('20240321', '20240401')))
    expect(statement.errors).toMatchObject([{ code: 'period.outside', line: 5 }])
  })
})

describe('account and currency', () => {
  it('another account than the chosen one is refused', () => {
    expect(errorCodes(parseText(accepted, { expectedAccount: '5510000000000002' }))).toEqual(['account.mismatch'])
  })

  it('two accounts in one file are refused', () => {
    const row = (account: string, balance: string) => `,${account}\t,,2024-01-05-10.15.22.123456,贷,0.00,1.00,,租金,,甲,${balance},`
    const statement = parseText(icbc(row('1402000000000000001', '1.00'), row('1402000000000000002', '2.00')))
    expect(statement.errors).toMatchObject([{ code: 'account.several', line: 4 }])
  })

  it('an own account read as a float is refused, a party account is dropped with a warning', () => {
    expect(errorCodes(parseText(accepted.replace('5510000000000001', '5.51E+15')))).toEqual(['account.damaged'])
    const statement = parseText(cmb(CMB_INCOME.replace('62220000000009', '6.22E+18')))
    expect(statement.rows[0]?.partyAccount).toBe('')
    expect(warningCodes(statement)).toEqual(['account.damaged'])
  })

  it('a masked account matches by its visible digits', () => {
    const masked = accepted.replace('5510000000000001', '5510********0001')
    expect(errorCodes(parseText(masked, { expectedAccount: '5510000000000001' }))).toEqual([])
    expect(errorCodes(parseText(masked, { expectedAccount: '5510000000000002' }))).toEqual(['account.mismatch'])
  })

  it('foreign currency is refused in the preamble and in a row', () => {
    expect(errorCodes(parseText(accepted.replace('# 查询', '币　　种：,美元\r\n# 查询')))).toEqual(['currency.foreign'])
    const card = '交易日,银行记账日,卡号后四位,交易描述,存入,支出,币种\n2024-12-22,2024-12-24,2875,X,,3.72,USD\n'
    expect(parseText(card).errors).toMatchObject([{ code: 'currency.foreign', line: 2 }])
  })

  it('a file that names no account is accepted with a warning', () => {
    const statement = parseText(`${CMB_HEADER}\n${CMB_INCOME}\n`, { expectedAccount: '1' })
    expect([errorCodes(statement), warningCodes(statement)]).toEqual([[], ['account.absent']])
  })
})

function utf16WithoutMark(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text).flatMap((character) => {
    const code = character.charCodeAt(0)
    return [code & 0xff, code >> 8]
  }))
}

/** `Számlaszám;Összeg` in CP852: decodes "successfully" as GB18030. */
function codePage852(): Uint8Array {
  const line = [0x53, 0x7a, 0xa0, 0x6d, 0x6c, 0x61, 0x73, 0x7a, 0xa0, 0x6d, 0x3b, 0x99, 0x73, 0x73, 0x7a, 0x65, 0x67, 0x0a]
  return Uint8Array.from([...line, ...line])
}

describe('a GB18030 file', () => {
  it('is accepted and its encoding shown', () => {
    expect(readStatement(gb18030(accepted), { fileName: 'x.csv' })).toMatchObject({ encoding: 'gb18030', errors: [] })
  })
})
