/** An office with a bank account of CMB's sample number, and small CMB files for it. */
import { parseDate } from '#core/calendar.ts'
import type { BankAccountId, StatementLineId } from '#core/id.ts'
import { parseYuan, plainYuan, type Fen } from '#core/money.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { importStatement, previewStatement, type ImportOptions, type ImportedStatement } from '#services/statement/statement.ts'
import { listLines, type LineState, type StatementLine } from '#services/statement/statement-outcome.ts'
import { CMB_HEADER, utf8 } from '#tests/core/statement/statement-files.ts'
import { makeOffice, type Office } from '../office.ts'

export type Move = { readonly date: string; readonly yuan: string; readonly party?: string; readonly memo?: string }

export type StatementOffice = Office & {
  /** Public income account 5510000000000001 at CMB. */
  readonly account: BankAccountId
  importText(text: string, options?: ImportOptions & { name?: string }): ImportedStatement
  lines(state?: LineState): readonly StatementLine[]
  lineOf(memo: string): StatementLineId
}

export function statementOffice(): StatementOffice {
  const office = makeOffice({ today: '2025-04-09' })
  const account = addBankAccount(office.head, {
    bookId: office.publicIncome, complexId: office.complexId, bankName: '招商银行', branch: '城中支行', number: '5510000000000001',
    holderName: '示例花园业主大会', isDedicated: true, openedOn: parseDate('2025-01-01'),
  })
  const lines = (state?: LineState) =>
    listLines(office.ledger, { bankAccountId: account, limit: 500, ...(state !== undefined && { state }) })
  return {
    ...office,
    account,
    lines,
    importText: (text, { name = '对账单.csv', ...options } = {}) =>
      importStatement(office.preparer, previewStatement(office.ledger, account, { name, bytes: utf8(text) }), options),
    lineOf: (memo) => {
      const found = lines().find((one) => one.memo === memo)
      if (found === undefined) throw new Error(`no line ${memo}`)
      return found.id
    },
  }
}

export type Row = { readonly move: Move; readonly serial: string; readonly balance: Fen }

/** Rows with running balance from `opening`; serials C1, C2, … */
export function rowsOf(opening: string, moves: readonly Move[]): readonly Row[] {
  let balance: number = parseYuan(opening)
  return moves.map((move, index) => {
    balance += parseYuan(move.yuan)
    return { move, serial: `C${index + 1}`, balance: parseYuan((balance / 100).toFixed(2)) }
  })
}

/** A CMB download of these rows, declaring its period by its first and last day. */
export function cmbFile(rows: readonly Row[], account = '5510000000000001'): string {
  const compact = (date: string | undefined) => (date ?? '').replaceAll('-', '')
  const body = rows.map(({ move, serial, balance }) => {
    const isIn = !move.yuan.startsWith('-')
    const amount = move.yuan.replace('-', '')
    const sides = isIn ? ['', amount] : [amount, '']
    const text = [move.memo ?? '转账', serial, move.party ?? '', '']
    return [compact(move.date), '101522', '网银转账', ...sides, plainYuan(balance), ...text].join(',')
  })
  return [
    `# 账号: ${account},# 账户名称: 示例花园业主大会`,
    `# 查询开始日期,${compact(rows[0]?.move.date)},# 查询结束日期,${compact(rows.at(-1)?.move.date)}`,
    CMB_HEADER,
    ...body,
    '',
  ].join('\r\n')
}

/** January: rent of an advertiser, a fee, interest. */
export const JANUARY = rowsOf('100.00', [
  { date: '2025-01-06', yuan: '12000.00', party: '示例传媒（铜陵）有限公司', memo: '电梯广告费' },
  { date: '2025-01-20', yuan: '-10.00', memo: '对公汇款手续费' },
  { date: '2025-01-21', yuan: '3.21', memo: '结息' },
  { date: '2025-01-25', yuan: '500.00', party: '张某', memo: '临时停车费' },
])
