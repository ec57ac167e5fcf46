/** Which rule made a voucher, in words. */
import { formatYuan, negateFen, type Fen } from '#core/money.ts'

const RULE_WORD: Readonly<Record<string, string>> = {
  closing: '期末结转',
  fundTransfer: '账簿间划转',
  fundTransferReversal: '划转冲销',
  'deposit.place': '存入定期',
  'deposit.rollOver': '存单转存',
  'deposit.withdraw': '存单支取',
  'deposit.withdrawEarly': '存单提前支取',
  'deposit.draw': '通知存款支取',
  'deposit.accountInterest': '账户结息',
  'deposit.import': '导入期初存单',
  'repair.payment': '维修付款',
  'publicIncome.receive': '公共收益收款',
  'publicIncome.cost': '公共收益成本',
  'publicIncome.use': '公共收益支出',
  'publicIncome.distribution': '公共收益分配',
  'publicIncome.offset': '公共收益抵缴',
  'household.contribution': '业主交存',
  'household.selfFunding': '业主自筹',
  'household.opening': '分户期初',
  'household.refund': '退款销户',
  'household.merge': '户室合并',
  'household.split': '户室拆分',
  'household.nature': '户室性质变更划转',
  'household.gain': '收益计入分户账',
  'statement.interest': '对账单制证：利息',
  'statement.fee': '对账单制证：手续费',
  'statement.contractIncome': '对账单制证：合同收入',
  'statement.contribution': '对账单制证：业主交存',
}

/** As stored with the voucher; empty when it was typed by hand. */
export function ruleParts(rule: string): ReadonlyMap<string, unknown> {
  if (rule === '') return new Map()
  const stored: unknown = JSON.parse(rule)
  return new Map<string, unknown>(typeof stored === 'object' && stored !== null ? Object.entries(stored) : [])
}

/** `期末结转 2025-03`; a rule of a newer version is shown by its own name. */
export function ruleText(rule: string): string {
  const parts = ruleParts(rule)
  const by = parts.get('by')
  const name = typeof by === 'string' ? (RULE_WORD[by] ?? by) : ''
  return [name, parts.get('month'), parts.get('quarter')].filter((part) => typeof part === 'string' && part !== '').join(' ')
}

export const whyText = {
  version: (version: number) => `制证规则第 ${version} 版`,
  line: (date: string, amountFen: Fen, party: string) =>
    [`银行流水 ${date}`, amountFen > 0 ? `收入 ${formatYuan(amountFen)} 元` : `支出 ${formatYuan(negateFen(amountFen))} 元`, party]
      .join(' ').trim(),
  lineGone: '银行流水（所在批次已撤回）',
  certificate: (index: number, count: number) => (count === 1 ? '存单' : `存单 ${index}`),
  next: (index: number, count: number) => (count === 1 ? '新存单' : `新存单 ${index}`),
  repair: (number: string) => `维修项目 ${number}`,
  contract: (number: string) => (number === '' ? '合同' : `合同 ${number}`),
  accountInterest: '活期与协定存款的计息',
  closing: (month: string) => `${month} 会计期间`,
  households: '这个小区的分户',
  expected: (fen: Fen) => `按存单约定应得利息 ${formatYuan(fen)} 元`,
  document: (name: string) => `单据：${name}`,
  account: (code: string) => `收入科目 ${code}`,
  householdCount: (count: number) => `涉及 ${count} 户`,
  carried: (from: number, to: number) => `由 ${from} 户转为 ${to} 户`,
  certificateCount: (count: number) => `导入存单 ${count} 张`,
} as const
