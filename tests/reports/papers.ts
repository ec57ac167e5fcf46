/** Models of the two ledger documents, for tests and for looking at. */
import { parseDate } from '#core/calendar.ts'
import { parseYuan, type Fen } from '#core/money.ts'
import type { TrialBalanceModel, TrialBalanceRow } from '#reports/trial-balance.ts'
import type { VoucherPaperLine, VoucherPaperModel } from '#reports/voucher.ts'

function row(code: string, name: string, level: number, ...yuan: readonly (string | null)[]): TrialBalanceRow {
  const at = (index: number): Fen | null => {
    const text = yuan[index] ?? null
    return text === null ? null : parseYuan(text)
  }
  return {
    code,
    name,
    level,
    openingDebit: at(0),
    openingCredit: at(1),
    periodDebit: at(2),
    periodCredit: at(3),
    closingDebit: at(4),
    closingCredit: at(5),
  }
}

export function trialBalanceModel(extraRows = 0): TrialBalanceModel {
  const rows = [
    row('1001', '银行存款', 1, '1749905.62', null, '52633.01', '12000.00', '1790538.63', null),
    row('100101', '活期存款', 2, '249905.62', null, '52633.01', '12000.00', '290538.63', null),
    row('100102', '定期存款', 2, '1500000.00', null, null, null, '1500000.00', null),
    row('3001', '商品住宅维修资金', 1, null, '1749905.62', '12000.00', '52633.01', null, '1790538.63'),
    ...Array.from({ length: extraRows }, (_, index) =>
      row(`3001${String(index + 10)}`, `示例小区${index + 1}`, 2, null, '0.00', null, null, null, '0.00'),
    ),
  ]
  return {
    office: '示例市维修资金中心',
    book: '住宅专项维修资金',
    complex: null,
    from: parseDate('2025-09-01'),
    asOf: parseDate('2025-09-30'),
    printedOn: parseDate('2025-10-08'),
    printedBy: '陈会计',
    rows,
    totals: row('', '', 1, '1749905.62', '1749905.62', '64633.01', '64633.01', '1790538.63', '1790538.63'),
  }
}

export function voucherModel(pairs = 1, more: Partial<VoucherPaperModel> = {}): VoucherPaperModel {
  const lines = Array.from({ length: pairs }, (): readonly VoucherPaperLine[] => [
    { summary: '收电梯广告第3季度租金', account: '1001 银行存款·活期', complex: '湖畔新村', debit: parseYuan('3000.00'), credit: null },
    { summary: '收电梯广告第3季度租金', account: '4001 公共收益·电梯广告', complex: '湖畔新村', debit: null, credit: parseYuan('3000.00') },
  ]).flat()
  return {
    office: '示例市维修资金中心',
    book: '公共收益',
    word: '收-12',
    date: parseDate('2025-09-28'),
    attachments: 2,
    lines,
    signatures: { head: '林主管', bookkeeper: '周记账', reviewer: '吴审核', cashier: '黄出纳', preparer: '陈会计' },
    needsCashier: true,
    state: 'posted',
    correctionOf: null,
    ...more,
  }
}

