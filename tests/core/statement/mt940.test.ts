/** SWIFT MT940 and MT942, in yuan, with the habits of the banks that send them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCodes, parseText, utf8, warningCodes } from './statement-files.ts'
import { readStatement } from '#core/statement/read.ts'

const ACCOUNT = '110060149018170012345'

function mt(movements: readonly string[], opening = 'C240101CNY1000,00', closing = 'C240131CNY1000,00'): string {
  return [
    ':20:STMT20240131', `:25:${ACCOUNT}`, ':28C:1/1', `:60F:${opening}`, ...movements, `:62F:${closing}`, '-', '',
  ].join('\r\n')
}

describe('MT940', () => {
  it('gives the same statement as a table would: signs, party, memo, serial, balances', () => {
    const statement = parseText(mt([
      ':61:2401050105C12000,NTRFNONREF//S0001',
      ':86:166?00转账?20广告费?21第一季度?3162220000000009?32示例传媒?33有限公司',
      ':61:2401210121C345,67NINTNONREF//S0002',
      ':86:存款结息',
      ':61:2401220122D10,5NCHGNONREF//S0003',
      ':86:/NAME/示例银行/REMI/对公汇款手续费',
    ], 'C240101CNY1000,00', 'C240131CNY13335,17'))
    expect(errorCodes(statement)).toEqual([])
    expect(statement).toMatchObject({
      format: 'mt940', layout: 'mt940', account: ACCOUNT, currency: 'CNY', opening: 100_000, closing: 1_333_517,
      inCount: 2, inFen: 1_234_567, outCount: 1, outFen: 1_050, periodTo: '2024-01-31', balanceChain: 'absent',
    })
    expect(statement.rows).toMatchObject([
      {
        line: 5, date: '2024-01-05', amountFen: 1_200_000, party: '示例传媒有限公司', partyAccount: '62220000000009',
        memo: '广告费第一季度', serial: 'S0001', kind: 'other',
      },
      { line: 7, date: '2024-01-21', amountFen: 34_567, memo: '存款结息', kind: 'interest' },
      { line: 9, date: '2024-01-22', amountFen: -1_050, party: '示例银行', memo: '对公汇款手续费', kind: 'fee' },
    ])
  })

  it('RC takes money back out and RD brings it back in: a reversal is never a plain movement', () => {
    const statement = parseText(mt([':61:2401050105RD8888,88NTRFNONREF//A', ':61:2401060106RC88,88NTRFNONREF//B'],
      'C240101CNY0,', 'C240131CNY8800,'))
    expect(errorCodes(statement)).toEqual([])
    expect(statement.rows.map(({ amountFen, kind }) => [amountFen, kind])).toEqual([[888_888, 'reversal'], [-8_888, 'reversal']])
  })

  it.each([
    ['across New Year', ':61:2401021231C1,NTRFX//1', 'C231231CNY0,', 'C240102CNY1,', '2023-12-31'],
    ['a banker’s 30 February as value date', ':61:2402300301C1,NTRFX//1', 'C240229CNY0,', 'C240301CNY1,', '2024-03-01'],
    ['blank', ':61:240105    C1,NTRFX//1', 'C240101CNY0,', 'C240131CNY1,', '2024-01-05'],
    ['absent', ':61:240105C1,NTRFX//1', 'C240101CNY0,', 'C240131CNY1,', '2024-01-05'],
    ['absent, the value date before the statement', ':61:231220C1,NTRFX//1', 'C240101CNY0,', 'C240131CNY1,', '2024-01-31'],
  ])('the entry date decides the day: %s', (_, movement, opening, closing, date) => {
    const statement = parseText(mt([movement], opening, closing))
    expect(errorCodes(statement)).toEqual([])
    expect(statement.rows[0]?.date).toBe(date)
  })

  it.each([
    ['0000000000001,62', 162], ['1,', 100], ['1', 100], ['1.5', 150], ['0,01', 1], ['27,50000', 2750],
  ])('the amount %s is read exactly', (text, fen) => {
    const statement = parseText(
      mt([`:61:240105C${text}NTRFX//1`], 'C240101CNY0,', `C240131CNY${(fen / 100).toFixed(2).replace('.', ',')}`),
    )
    expect(errorCodes(statement)).toEqual([])
    expect(statement.rows[0]?.amountFen).toBe(fen)
  })

  it('pages and days of one account are one statement when each opens where the last one closed', () => {
    const one = mt([':61:2401050105C5,NTRFX//1'], 'C240101CNY0,', 'C240105CNY5,')
    const two = mt([':61:2401060106D2,NTRFX//2'], 'C240105CNY5,', 'C240106CNY3,')
    for (const text of [one + two, two + one]) {
      const statement = parseText(text)
      expect(errorCodes(statement)).toEqual([])
      expect(statement).toMatchObject({ opening: 0, closing: 300, inFen: 500, outFen: 200, rows: { length: 2 } })
    }
    const gap = parseText(one + mt([':61:2401060106D2,NTRFX//2'], 'C240105CNY6,', 'C240106CNY4,'))
    expect(gap.errors).toMatchObject([{ code: 'balance.chain', line: 8 }])
  })

  it.each([
    ['a dollar account', mt([':61:240105C1,NTRFX//1'], 'C240101USD0,', 'C240131USD1,'), 'currency.foreign', 4],
    [
      'a closing balance that does not follow', mt([':61:240105C1,NTRFX//1'], 'C240101CNY0,', 'C240131CNY2,'),
      'balance.mismatch', 1,
    ],
    ['a movement nobody booked yet', mt([':61:240105EC1,NTRFX//1']), 'row.pending', 5],
    ['three decimals', mt([':61:240105C1,005NTRFX//1']), 'money.format', 5],
    ['31 February as entry date', mt([':61:2402010231C1,NTRFX//1']), 'date.format', 5],
    ['an entry date after the statement', mt([':61:2402010201C1,NTRFX//1']), 'period.outside', 5],
    ['a movement cut short', mt([':61:240105']), 'message.format', 5],
    ['no closing balance', mt([]).replace(/:62F:.*\r\n/, ''), 'message.incomplete', 4],
    ['two accounts', mt([':61:240105C1,NTRFX//1'], 'C240101CNY0,', 'C240131CNY1,') +
      mt([':61:240105C1,NTRFX//2'], 'C240101CNY1,', 'C240131CNY2,').replace(ACCOUNT, '999'), 'account.several', 9],
    [
      'the last page without the first',
      mt([':61:240105C1,NTRFX//1'], 'C240101CNY0,', 'C240131CNY1,').replace('60F', '60M'), 'message.incomplete', 4,
    ],
    [
      'the first page without the last',
      mt([':61:240105C1,NTRFX//1'], 'C240101CNY0,', 'C240131CNY1,').replace('62F', '62M'), 'message.incomplete', 6,
    ],
    ['a statement without movements', mt([]), 'rows.none', 1],
  ])('%s is refused with its line', (_, text, code, line) => {
    const statement = parseText(text)
    expect(statement.errors[0]).toMatchObject({ code, line })
    expect(statement.errors[0]?.message).toContain(`第 ${line} 行`)
  })

  it('the account of the file must be the account chosen', () => {
    const text = mt([':61:240105C1,NTRFX//1'], 'C240101CNY0,', 'C240131CNY1,')
    expect(errorCodes(parseText(text, { expectedAccount: ACCOUNT }))).toEqual([])
    expect(errorCodes(parseText(text, { expectedAccount: '999' }))).toEqual(['account.mismatch'])
  })

  it('a tag inside a narrative is narrative', () => {
    const statement = parseText(
      mt([':61:240105C1,NTRFX//1', ':86:到账时间 2024-01-05T13', ':12:11 完成'], 'C240101CNY0,', 'C240131CNY1,'),
    )
    expect(statement.rows[0]?.memo).toBe('到账时间 2024-01-05T13 :12:11 完成')
  })

  it('is framed by control characters on the wire', () => {
    const bytes = utf8(`\u0001${mt([':61:240105C1,NTRFX//1'], 'C240101CNY0,', 'C240131CNY1,').trimEnd()}\u0003`)
    expect(readStatement(bytes, { fileName: 'x.sta' }).errors).toEqual([])
  })
})

describe('MT942', () => {
  const interim = (summary: string, movement = ':61:2401050105D0,42NTRFX//1') =>
    [':20:X', `:25:${ACCOUNT}`, ':28C:1/1', ':34F:CNY0,', ':13D:2401051730+0800', movement, summary, '-', ''].join('\r\n')

  it('is checked by its own counts and sums, and says that it is not the end of the day', () => {
    const statement = parseText(interim(':90D:1CNY0,42'))
    expect(errorCodes(statement)).toEqual([])
    expect(statement).toMatchObject({ format: 'mt942', outCount: 1, outFen: 42, opening: null })
    expect(warningCodes(statement)).toContain('message.interim')
    expect(parseText(interim(':90D:1CNY2,30')).errors[0]).toMatchObject({ code: 'declared.mismatch', line: 7 })
    expect(errorCodes(parseText(interim(':90D:2CNY0,42')))).toEqual(['declared.mismatch'])
  })
})

describe('whatever the movements', () => {
  const movement = fc.record(
    { fen: fc.integer({ min: 1, max: 99_999_999 }), isIn: fc.boolean(), day: fc.integer({ min: 1, max: 31 }) },
  )

  it('they are read to the fen, and any other closing balance is refused', () => {
    fc.assert(fc.property(fc.array(
      movement, { minLength: 1, maxLength: 30 },
    ), fc.integer({ min: 1, max: 9 }), (unsorted, off) => {
      const list = unsorted.toSorted((a, b) => a.day - b.day)
      const decimal = (fen: number) => `${Math.floor(fen / 100)},${String(fen % 100).padStart(2, '0')}`
      const swift = (fen: number) => `${fen < 0 ? 'D' : 'C'}240131CNY${decimal(Math.abs(fen))}`
      const net = list.reduce((sum, { fen, isIn }) => sum + (isIn ? fen : -fen), 0)
      const lines = list.map(({ fen, isIn, day }, index) =>
        `:61:2401${String(day).padStart(2, '0')}${isIn ? 'C' : 'D'}${decimal(fen)}NTRFX//${index}`)
      const statement = parseText(mt(lines, 'C240101CNY0,', swift(net)))
      expect(errorCodes(statement)).toEqual([])
      expect(statement.rows.map((row) => row.amountFen)).toEqual(list.map(({ fen, isIn }) => (isIn ? fen : -fen)))
      expect(errorCodes(parseText(mt(lines, 'C240101CNY0,', swift(net + off))))).toContain('balance.mismatch')
    }))
  })
})
