import { utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import { readRegister } from '#core/register/read.ts'
import type { RegisterReading } from '#core/register/register.ts'

const HEAD = '幢号,单元,层,房号,产权人,身份证号,房屋性质,房屋用途,建筑面积,房款,房屋类型,交存标准,上报日期,应交资金,实交本金,联系电话,实交利息,X,Y'
const ROW = '1幢,1单元,3,301,王小明,,01_商品房,01_住宅,89.50,,01_电梯,01_电梯_75元/㎡,2024-01-05,6712.50,6712.50,13812345678,12.30,1,3'

function csv(...rows: readonly string[]): RegisterReading {
  return readRegister(Buffer.from([...rows, ''].join('\r\n')))
}

function xlsx(rows: readonly (readonly unknown[])[], merges: readonly string[] = []): Uint8Array {
  const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]))
  sheet['!merges'] = merges.map((range) => utils.decode_range(range))
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '楼盘表')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
}

function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

const codes = (reading: RegisterReading) => reading.errors.map(({ code, line, column }) => [code, line, column])

describe('the column set offices exchange', () => {
  it('is read with its coded cells: lift, rate, nature and use', () => {
    const reading = csv(HEAD, ROW)
    expect(reading.errors).toEqual([])
    expect(reading.rows).toEqual([{
      line: 2, building: '1',
      facts: {
        entrance: '1', floor: 3, room: '301', areaDm2: 8950, use: 'house', hasLift: true, nature: 'commodity', isExcluded: false,
        isDeveloperHeld: false, priceFen: null, rateFen: 7500, firstDueFen: 671250,
      },
      opening: { paidFen: 671250, interestFen: 1230, balanceFen: 672480 },
      owners: [{ name: '王小明', identity: null, kind: 'person', phone: '13812345678', parts: 1 }],
    }])
    expect(reading.warnings).toEqual([])
  })

  it('is found under a page heading, with titles merged over two rows, and by its other names', () => {
    const bytes = xlsx([
      ['望江花园楼盘表'],
      ['楼号', '单元号', '楼层', '室号', '产权人信息', null, '面积（㎡）'],
      [null, null, null, null, '姓名', '证件号码', null],
      ['3号楼', '二单元', 'B1', '01室', '张　三', null, 12.5],
    ], ['A1:G1', 'E2:F2', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'G2:G3'])
    const [row] = readRegister(bytes).rows
    expect(row).toMatchObject({ building: '3', facts: { entrance: '2', floor: -1, room: '01', areaDm2: 1250 } })
    expect(row?.owners.map(({ name }) => name)).toEqual(['张三'])
  })

  it('does not take a household for a second row of titles because one of its cells reads like one', () => {
    const { rows } = csv('幢号,房号,建筑面积,房屋类型,备注', '1,101,50,电梯,单元', '1,102,50,电梯,')
    expect(rows.map(({ facts }) => [facts.room, facts.hasLift])).toEqual([['101', true], ['102', true]])
  })

  it('reckons what was due from area and rate when the file does not say', () => {
    const { rows } = csv('幢号,房号,建筑面积,交存标准', '1,101,33.33,75')
    expect(rows[0]?.facts.firstDueFen).toBe(249975)
  })

  it('keeps rooms of the property company out of every share', () => {
    const { rows } = csv('幢号,房号,建筑面积,房屋用途', '1,101,50,04_物管用房', '1,102,50,店面')
    expect(rows.map(({ facts }) => [facts.use, facts.isExcluded])).toEqual([['other', true], ['shop', false]])
  })

  it('needs no building column when the whole file is one building', () => {
    const bytes = Buffer.from('房号,建筑面积\n101,50\n')
    expect(refusalOf(() => readRegister(bytes))).toBe('register.columns')
    expect(readRegister(bytes, { building: '第五幢' }).rows[0]?.building).toBe('5')
  })
})

describe('owners of one household', () => {
  it('stand in one cell, with equal shares or the shares given', () => {
    const { rows } = csv('幢号,房号,建筑面积,产权人,产权份额', '1,101,50,王一、王二,', '1,102,50,王一；王二；王三,1/2、1/4、25%')
    expect(rows.map(({ owners }) => owners.map(({ parts }) => parts))).toEqual([[1, 1], [2, 1, 1]])
  })

  it('are refused when the cells do not tell whose is whose', () => {
    const reading = csv('幢号,房号,建筑面积,产权人,身份证号,产权份额',
      '1,101,50,王一、王二,340702198001011237,', '1,102,50,王一、王二,,"1/3、1/3"')
    expect(codes(reading)).toEqual([['register.owners', 2, '身份证号'], ['ownership.sum', 3, '产权份额']])
  })

  it('keep names only GB18030 has: 㙓 䶮 𬭚', () => {
    const names = ['欧阳㙓', '刘䶮', '王𬭚']
    // 䶮 in the private-use place of older GB18030 tables, as their exports have it.
    const gb = Buffer.from([0xcd, 0xf5, 0xfe, 0x9f])
    const head = Buffer.from('幢号,房号,建筑面积,产权人\n')
    const text = Buffer.concat([head, ...names.map((name, index) => Buffer.from(`1,10${index},50,${name}\n`))])
    expect(readRegister(text).rows.map(({ owners }) => owners[0]?.name)).toEqual(names)
    const titles = Buffer.from([0xb4, 0xb1, 0xba, 0xc5, 0x2c, 0xb7, 0xbf, 0xba, 0xc5, 0x2c, 0xbd, 0xa8, 0xd6, 0xfe, 0xc3, 0xe6,
      0xbb, 0xfd, 0x2c, 0xb2, 0xfa, 0xc8, 0xa8, 0xc8, 0xcb, 0x0a])
    const old = Buffer.concat([titles, Buffer.from('1,101,50,'), gb, Buffer.from('\n')])
    expect(readRegister(old).rows[0]?.owners[0]?.name).toBe('王䶮')
    expect(readRegister(xlsx([['幢号', '房号', '建筑面积', '产权人'], ['1', '101', 50, '王𬭚']])).rows[0]?.owners[0]?.name).toBe('王𬭚')
  })

  it('have identity numbers that a spreadsheet damaged refused, and doubtful ones pointed out without showing them', () => {
    const damaged = readRegister(xlsx([
      ['幢号', '房号', '建筑面积', '产权人', '身份证号'],
      ['1', '101', 50, '王一', 340702198001011237],
      ['1', '102', 50, '王二', '340702198001010000'],
      ['1', '103', 50, '王三', '340702198001011239'],
    ]))
    expect(codes(damaged)).toEqual([['identity.damaged', 2, '身份证号'], ['identity.damaged', 3, '身份证号']])
    expect(damaged.warnings.map(({ code, line }) => [code, line])).toEqual([['register.identity', 4]])
    expect(JSON.stringify(damaged.warnings)).not.toContain('340702')
  })
})

describe('rows that cannot be right', () => {
  it('are each named by line and column, and the good ones are still read', () => {
    const reading = csv('幢号,房号,建筑面积,层,实交本金,账户余额,房屋用途',
      '1,101,0,1,,,', '1,102,八十,1,,,', '1,103,50.123,1,,,', ',104,50,1,,,', '1,,50,1,,,', '1,201,50,二,,,', '1,202,50,0,,,',
      '1,203,50,2,-1,,', '1,204,50,2,10,11,', '1,205,50,2,,,温室', '1,301,50,3,,,')
    expect(codes(reading)).toEqual([
      ['area.zero', 2, '建筑面积'], ['area.format', 3, '建筑面积'], ['area.precision', 4, '建筑面积'], ['register.blank', 5, '幢号'],
      ['register.blank', 6, '房号'], ['register.floor', 8, '层'], ['register.negative', 9, '实交本金'],
      ['register.balance', 10, '账户余额'], ['register.use', 11, '房屋用途'],
    ])
    expect(reading.rows.map(({ facts }) => facts.room)).toEqual(['201', '301'])
    for (const { message } of reading.errors) expect(message).toMatch(/请|写/)
  })

  it('say which line they repeat', () => {
    const reading = csv('幢号,单元,房号,建筑面积', '1,1,101,50', '1幢,1单元,101室,50')
    expect(codes(reading)).toEqual([['register.repeat', 3, '房号']])
    expect(reading.errors[0]?.message).toContain('第 2 行')
  })

  it('include a total that does not add up, and leave a right one and the signatures alone', () => {
    const rows = ['幢号,房号,建筑面积', '1,101,50.5', '1,102,49.5']
    expect(csv(...rows, '合计,,100.00', '制表人：张,,').errors).toEqual([])
    expect(codes(csv(...rows, '合计,,150.00'))).toEqual([['register.total', 4, '建筑面积']])
  })
})

describe('files that are no register', () => {
  it('are refused with what to do', () => {
    expect(refusalOf(() => readRegister(Buffer.from('%PDF-1.7 ...')))).toBe('format.unsupported')
    expect(refusalOf(() => readRegister(Buffer.from('交易日,金额\n20240101,1\n')))).toBe('register.header')
    expect(refusalOf(() => readRegister(Buffer.from('幢号,房号,建筑面积,面积\n1,101,50,50\n')))).toBe('register.columnTwice')
    expect(codes(csv('幢号,房号,建筑面积'))).toEqual([['register.empty', null, null]])
    expect(refusalOf(() => readRegister(Buffer.from('{1:F01ABC}\n:20:X\n')))).toBe('format.unsupported')
  })

  it('name columns that are not used instead of losing them in silence', () => {
    const { warnings } = csv('幢号,房号,建筑面积,朝向,备注', '1,101,50,南,')
    expect(warnings.map(({ message }) => message)).toEqual(['这些列不在楼盘表之列，不会导入：朝向'])
  })

  it('with formulas are read by their stored values; other sheets are not read', () => {
    const sheet = utils.aoa_to_sheet([['幢号', '房号', '建筑面积'], ['1', '101', 50]])
    sheet['C2'] = { t: 'n', v: 50, f: 'WEBSERVICE("http://example.invalid")' }
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['XF.Classic']]), 'macro')
    utils.book_append_sheet(book, sheet, '楼盘表')
    book.Workbook = { Sheets: [{ Hidden: 2 }, { Hidden: 0 }] }
    const reading = readRegister(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer))
    expect(reading.rows.map(({ facts }) => facts.areaDm2)).toEqual([5000])
    expect(reading.warnings.map(({ code }) => code)).toContain('sheet.formula')
  })

  it('as an old .xls with a hidden macro sheet in front and a merged heading are read by what is visible', () => {
    const sheet = utils.aoa_to_sheet([['1 幢分户清册'], ['幢号', '房号', '建筑面积', '产权人'], ['1', '101', 50, '欧阳㙓']])
    sheet['!merges'] = [utils.decode_range('A1:D1')]
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['XF.Classic', '=RUN("Poppy")']]), 'XL4Poppy')
    utils.book_append_sheet(book, sheet, '清册')
    book.Workbook = { Sheets: [{ Hidden: 2 }, { Hidden: 0 }] }
    const reading = readRegister(new Uint8Array(write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer))
    expect(reading.rows.map(({ facts, owners }) => [facts.room, facts.areaDm2, owners[0]?.name])).toEqual([['101', 5000, '欧阳㙓']])
    expect(reading.errors).toEqual([])
  })

  it('say so when a column merged over several rows left the rows below without their building', () => {
    const reading = readRegister(xlsx([['幢号', '房号', '建筑面积'], ['1', '101', 50], ['', '102', 50]], ['A2:A3']))
    expect(codes(reading)).toEqual([['register.blank', 3, '幢号']])
    expect(reading.rows).toHaveLength(1)
  })
})
