import { describe, expect, it } from 'vitest'
import type { ColumnField, Layout } from '#core/statement/layout.ts'
import { LAYOUTS } from '#core/statement/layouts.ts'
import { CMB_INCOME, cmb, errorCodes, parseText, warningCodes } from './statement-files.ts'

/** One in-row of 345.67 and one out-row of 10.00 under the given titles, wherever the columns stand. */
function fileOf(layout: Layout, titles: readonly string[]): string {
  const row = (isIn: boolean) => {
    const amount = isIn ? '345.67' : '10.00'
    const values: Partial<Record<ColumnField, string>> = {
      date: isIn ? '2024-03-20' : '2024-03-21',
      balance: isIn ? '1345.67' : '1335.67',
      in: isIn ? amount : '', out: isIn ? '' : amount,
      amount: layout.signed && !isIn ? `-${amount}` : amount,
      flag: layout.id === 'boc-corporate' ? (isIn ? '来账' : '往账') : isIn ? '贷' : '借',
      currency: 'CNY', party: '示例公司', serial: isIn ? '7' : '8',
      payer: isIn ? '示例公司' : '业主大会', payee: isIn ? '业主大会' : '示例公司',
    }
    return titles
      .map((title) => {
        const field = fieldsFirst(layout, titles).find(([, wanted]) => wanted === title)?.[0]
        return field ? (values[field] ?? '') : ''
      })
      .join(',')
  }
  return [
    '示例银行',
    ...(layout.preamble ?? []).map((word) => `${word}：2024-03-01`).slice(0, 1),
    ...(layout.preamble ?? []).map((word) => `${word}：2024-03-31`).slice(1),
    titles.join(','),
    row(true),
    row(false),
    '',
  ].join('\n')
}

function fieldsFirst(layout: Layout, titles: readonly string[]): [ColumnField, string][] {
  const fields: ColumnField[] = [
    'date',
    'in',
    'out',
    'amount',
    'flag',
    'balance',
    'currency',
    'party',
    'serial',
    'payer',
    'payee',
  ]
  return fields.flatMap((field) => {
    const title = layout.columns[field]?.find((wanted) => titles.includes(wanted))
    return title === undefined ? [] : [[field, title] satisfies [ColumnField, string]]
  })
}

describe.each(LAYOUTS.map((layout) => [layout.id, layout] as const))('%s', (_, layout) => {
  it.each([
    ['in the bank’s order', layout.titles],
    ['with the columns moved', layout.titles.toReversed()],
    ['with a column nobody knows in front', ['新增列', ...layout.titles]],
  ])('is found by its titles %s', (_order, titles) => {
    const statement = parseText(fileOf(layout, titles))
    expect(errorCodes(statement)).toEqual([])
    expect(statement).toMatchObject({ layout: layout.id, bank: layout.bank, inFen: 34_567, outFen: 1000 })
    expect(statement.rows.map((row) => row.date)).toEqual(['2024-03-20', '2024-03-21'])
    const hasParty = layout.columns.payer !== undefined || layout.columns.party?.some((title) => titles.includes(title))
    if (hasParty) expect(statement.rows.map((row) => row.party)).toEqual(['示例公司', '示例公司'])
  })

  it('knows the titles it reads', () => {
    expect(layout.required.filter((title) => !layout.titles.includes(title))).toEqual([])
  })
})

describe('header rows', () => {
  it('are found at any depth, with padding, full-width brackets and English suffixes', () => {
    const header = '交易日 \t,交易时间,借方金额[ Debit ],贷方金额 , 余额\u3000,收（付）方名称,收（付）方账号'
    const statement = parseText(`${'说明,,\n'.repeat(30)}${header}\n20240105,101522,,5.00,5.00,甲,62\n`)
    expect(statement).toMatchObject({ layout: 'cmb-corporate', errors: [], inFen: 500 })
    expect(statement.rows[0]).toMatchObject({ line: 32, party: '甲', partyAccount: '62' })
  })

  it('repeated on a later page are not rows', () => {
    const lines = cmb(CMB_INCOME).split('\r\n')
    const twice = [...lines.slice(0, 4), '第1页', lines[2] ?? '', '20240106,,x,1.00,,511999.00,b,C9,,', ''].join('\r\n')
    expect(parseText(twice)).toMatchObject({ errors: [], rows: { length: 2 } })
  })

  it('two columns of the same amount title are refused', () => {
    const text = '交易日,借方金额,贷方金额,余额,余额,收(付)方名称\n20240105,,5.00,5.00,6.00,甲\n'
    expect(parseText(text).errors).toMatchObject([{ code: 'header.ambiguous', line: 1 }])
  })

  it('an unknown bank is read by aliases, with a warning, only where the balance proves it', () => {
    const read = (balance: string) => parseText(`日期,收入,支出,余额,摘要\n2024-01-05,5.00,,5.00,a\n2024-01-06,,1.00,${balance},b\n`)
    expect([errorCodes(read('4.00')), warningCodes(read('4.00'))]).toEqual([[], ['layout.generic', 'account.absent']])
    expect(errorCodes(read('6.00'))).toEqual(['balance.chain'])
    expect(errorCodes(parseText('日期,收入,支出,摘要\n2024-01-05,5.00,,a\n'))).toEqual(['header.missing'])
  })
})

describe('cells', () => {
  it('a line break inside quotes does not shift the reported line', () => {
    const statement = parseText(cmb(CMB_INCOME.replace('广告费', '"广告\r\n费"'), '20240106,,x,z,,1.00,b,C9,,'))
    expect(statement.errors).toMatchObject([{ line: 6 }])
  })

  it('a 19-digit account behind Excel’s armour keeps its digits', () => {
    const statement = parseText(cmb(CMB_INCOME.replace('62220000000009', '"=""6222000000000000009"""')))
    expect(statement.rows[0]?.partyAccount).toBe('6222000000000000009')
  })

  it('an inch mark in a pipe file does not swallow the lines after it', () => {
    const line = (memo: string, balance: string) => `20240105|||1.00|${balance}|${memo}|甲|`
    const text = `交易日|交易时间|借方金额|贷方金额|余额|摘要|收(付)方名称|\n${line('"5寸管', '1.00')}\n${line('b', '2.00')}\n`
    expect(parseText(text)).toMatchObject({ format: 'txt', errors: [], rows: [{ memo: '"5寸管' }, { memo: 'b' }] })
  })

  it('bare carriage returns and mixed line ends are line ends', () => {
    expect(parseText(cmb(CMB_INCOME).replaceAll('\r\n', '\r'))).toMatchObject({ errors: [], rows: { length: 1 } })
  })
})
