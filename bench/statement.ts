/** Reading a bank's file of 100,000 rows: recognised, checked row by row, balances chained; beside the bare CSV library. */
import papa from 'papaparse'
import { addDays, parseDate } from '#core/calendar.ts'
import { fen, plainYuan } from '#core/money.ts'
import { readStatement } from '#core/statement/read.ts'
import { inTurn, milliseconds, ms, times, type Measure } from './measure.ts'

const ROWS = 100_000
const ROUNDS = 9
const ACCOUNT = '5510000000000001'
const FIRST_DAY = parseDate('2026-01-01')
const DAYS = 180

/** A corporate account's download as 招商银行 lays it out, oldest first. */
function fileOf(rows: number): Uint8Array {
  let balance = 10_000_000
  const dayOf = (index: number): string => addDays(FIRST_DAY, Math.floor((index * DAYS) / rows)).replaceAll('-', '')
  const lines = Array.from({ length: rows }, (_, index) => {
    const amount = 100 + ((Math.imul(index + 1, 40503) >>> 4) % 500_000)
    const isIn = index % 2 === 0 || balance < amount
    balance += isIn ? amount : -amount
    const yuan = plainYuan(fen(amount))
    const sides = isIn ? `,${yuan}` : `${yuan},`
    return `${dayOf(index)},101522,网银转账,${sides},${plainYuan(fen(balance))},停车费第${index + 1}笔,C${index + 1},示例传媒有限公司,`
  })
  return Buffer.from(
    [
      `# 账号: ${ACCOUNT},# 账户名称: 示例花园业主大会`,
      `# 查询开始日期,${dayOf(0)},# 查询结束日期,${dayOf(rows - 1)}`,
      '交易日,交易时间,交易类型,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号',
      ...lines,
      '',
    ].join('\r\n'),
  )
}

export function measureStatement(bound: number, rows = ROWS): readonly Measure[] {
  const bytes = fileOf(rows)
  const ours = () =>
    milliseconds(() => {
      const statement = readStatement(bytes, { fileName: '对账单.csv', expectedAccount: ACCOUNT })
      if (statement.rows.length !== rows || statement.errors.length > 0) {
        throw new Error(
          `the bench statement was not read whole: ${statement.rows.length} rows, ${statement.errors[0]?.message ?? ''}`,
        )
      }
    })
  const bare = () =>
    milliseconds(() => {
      const { data } = papa.parse<string[]>(new TextDecoder().decode(bytes))
      if (data.length < rows) throw new Error(`the bare library read ${data.length} rows`)
    })
  const pair = inTurn(ROUNDS, ours, bare)
  const ratio = pair.ours / pair.other
  return [
    {
      topic: 'statement',
      what: `reading and checking a bank statement of ${rows} rows ÷ the bare CSV library on the same bytes`,
      measured: times(ratio),
      bound: `≤ ${times(bound)}`,
      within: ratio <= bound,
      medians: `${ms(pair.ours)} ÷ ${ms(pair.other)}, ${(bytes.length / 1e6).toFixed(1)} MB`,
    },
  ]
}
