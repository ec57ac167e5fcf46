import { describe, expect, it } from 'vitest'
import { CMB_HEADER, cmb, errorCodes, icbc, parseText, warningCodes } from './statement-files.ts'

const ICBC_PAID = '1,1402,35\t,2024-03-22-14.00.00.000000,借,"8,888.88",0.00,,汇款,更换消防管,示例消防有限公司,"503,456.79",'

describe('sign rules: the costliest mistake', () => {
  it('a negative debit is a reversal: the money comes back, the minus is never dropped', () => {
    const red = '1,1402,35\t,2024-03-25-09.30.00.000000,借,"-8,888.88",0.00,,冲正,户名不符退回,示例消防有限公司,"512,345.67",'
    const statement = parseText(icbc(ICBC_PAID, red))
    expect(statement).toMatchObject({ errors: [], inCount: 1, inFen: 888_888, outCount: 1, outFen: 888_888 })
    expect(statement.rows[1]).toMatchObject({ amountFen: 888_888, isReversal: true, kind: 'reversal' })
  })

  it('a red entry is a reversal by its sign alone, whatever the memo says', () => {
    const statement = parseText(cmb('20240105,,x,100.00,,900.00,工程款,1,,', '20240106,,x,-100.00,,1000.00,工程款,2,,'))
    expect(statement.rows.map((row) => row.isReversal)).toEqual([false, true])
  })

  it('a red debit agrees with totals added by column as well as by direction', () => {
    const rows = ['20240105,,x,100.00,,900.00,工程款,A1,,', '20240106,,x,-100.00,,1000.00,冲正,A2,,']
    const byColumn = cmb(...rows).replace('# 查询', '借方笔数：2 借方合计：0.00\r\n# 查询')
    const byDirection = cmb(...rows).replace('# 查询', '借方笔数：1 借方合计：100.00\r\n# 查询')
    const wrong = cmb(...rows).replace('# 查询', '借方笔数：2 借方合计：200.00\r\n# 查询')
    expect([byColumn, byDirection, wrong].map((text) => errorCodes(parseText(text)))).toEqual([[], [], ['declared.mismatch']])
  })

  it('where the balance shows that a minus is mere notation, the balance decides and says so', () => {
    const statement = parseText(cmb('20240105,,x,,5.00,1005.00,a,1,,', '20240106,,x,-100.00,,905.00,b,2,,'))
    expect(statement.rows[1]).toMatchObject({ amountFen: -10_000, isReversal: false })
    expect(warningCodes(statement)).toEqual(['amount.reading'])
  })

  it('a bracketed expense is plain where the balance says so, a reversal where it says that, else refused', () => {
    const before = '20240105,,x,,5.00,1005.00,a,1,,'
    const plain = parseText(cmb(before, '20240106,,x,(100.00),,905.00,b,2,,'))
    expect([plain.rows[1]?.amountFen, errorCodes(plain)]).toEqual([-10_000, []])
    const back = parseText(cmb(before, '20240106,,x,(100.00),,1105.00,b,2,,'))
    expect([back.rows[1]?.amountFen, warningCodes(back)]).toEqual([10_000, ['amount.reading']])
    expect(parseText(cmb('20240106,,x,（100.00）,,,b,2,,')).errors).toMatchObject([{ code: 'amount.bracket', line: 4 }])
    expect(errorCodes(parseText(cmb('20240106,,x,(100.00),,905.00,b,2,,')))).toEqual(['amount.bracket'])
  })

  it('贷 is money in: the flag decides for an unsigned column', () => {
    const header = '本方账号,对方账号,交易时间,借/贷,金额,凭证号,对方单位,对方行号,用途,摘要,附言,个性化信息'
    const row = (flag: string) => `1402,62,2024-01-05 10:15:22,${flag},12.00,,甲公司,,租金,,,`
    const read = (flag: string) => parseText(`[HISTORYDETAIL]\n工商银行\n${header}\n${row(flag)}\n`)
    expect(read('贷').rows[0]?.amountFen).toBe(1200)
    expect(read('借').rows[0]?.amountFen).toBe(-1200)
    expect(errorCodes(read('?'))).toEqual(['amount.flag'])
  })

  it('a flag that contradicts the filled column is refused', () => {
    const statement = parseText(icbc(ICBC_PAID.replace(',借,', ',贷,')))
    expect(statement.errors).toMatchObject([{ code: 'amount.flag', line: 3 }])
  })

  it('0 on the empty side is empty; 0.00 on both is kept as a row of nothing with a warning', () => {
    const statement = parseText(cmb('20240105,,x,0,5.00,5.00,a,1,,', '20240106,,x,0.00,0.00,5.00,利息税,2,,'))
    expect(statement.rows.map((row) => row.amountFen)).toEqual([500, 0])
    expect([errorCodes(statement), warningCodes(statement)]).toEqual([[], ['amount.zero']])
  })
})

describe('amounts as banks print them', () => {
  const amount = (text: string) => parseText(cmb(`20240105,,x,,"${text}",,a,1,,`)).rows[0]?.amountFen
  it.each([
    ['１，２３４．５', 123_450],
    ['￥1,234.50', 123_450],
    ['¥ 1234.5元', 123_450],
    ['\u00A01,234.50\t', 123_450],
    ['\u20031234.50\u200B', 123_450],
    ['+1234.50', 123_450],
    ['.50', 50],
    ['0.29', 29],
    ['90071992547409.91', 9_007_199_254_740_991],
  ])('%s', (text, fen) => {
    expect(amount(text)).toBe(fen)
  })

  it('0.29 × 100 is 29 and not 28.999…, for every amount below ten yuan', () => {
    const rows = Array.from({ length: 1000 }, (_, fen) => `20240105,,x,,${(fen / 100).toFixed(2)},,a,${fen},,`)
    expect(parseText(cmb(...rows)).rows.map((row) => row.amountFen)).toEqual(Array.from({ length: 1000 }, (_, fen) => fen))
  })
})

describe('lines are never skipped for their words', () => {
  it('利息, 手续费 and 退款 stay rows', () => {
    const statement = parseText(
      cmb('20240105,,x,,5.00,5.00,利息,1,,', '20240106,,x,1.00,,4.00,手续费,2,,', '20240107,,x,,2.00,6.00,退款,3,,'),
    )
    expect(statement.rows.map((row) => [row.amountFen, row.kind])).toEqual([[500, 'interest'], [-100, 'fee'], [200, 'other']])
  })

  it('退汇手续费 is a fee and 退汇 a reversal', () => {
    const statement = parseText(cmb('20240105,,x,1.00,,4.00,退汇手续费,1,,', '20240106,,x,,9.00,13.00,退汇,2,,'))
    expect(statement.rows.map((row) => row.kind)).toEqual(['fee', 'reversal'])
  })
})

describe('times and dates', () => {
  it.each([
    ['083533', '08:35:33'],
    ['83533', '08:35:33'],
    ['501', '00:05:01'],
    ['08:35:33', '08:35:33'],
    ['8:35', '08:35:00'],
    ['', null],
  ])('time %s is read as %s', (cell, time) => {
    const statement = parseText(`${CMB_HEADER}\n20240105,${cell},x,,5.00,5.00,a,1,,\n`)
    expect(statement.rows[0]?.time).toBe(time)
    expect(warningCodes(statement).includes('time.zero')).toBe(/^\d{1,5}$/.test(cell))
  })

  it.each(['20240105', '2024-01-05', '2024/1/5', '2024.01.05', '2024年1月5日', '２０２４-01-05', '20240105 10:15:22', '20240105101522'])(
    'date %s',
    (cell) => {
      expect(parseText(`${CMB_HEADER}\n${cell},,x,,5.00,5.00,a,1,,\n`).rows[0]?.date).toBe('2024-01-05')
    },
  )

  it.each(['05/01/2024', '01/05', '2023-02-29', '20241301', '202401051'])('date %s is refused, not guessed', (cell) => {
    const statement = parseText(`${CMB_HEADER}\n${cell},,x,,5.00,5.00,a,1,,\n`)
    expect(statement.errors).toMatchObject([{ line: 2 }])
    expect(statement.rows).toEqual([])
  })
})
