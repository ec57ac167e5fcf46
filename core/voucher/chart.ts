/**
 * Charts of accounts (会计科目). The maintenance fund follows 财会〔2020〕7号; its first-level codes are locked
 * (财会〔2024〕12号 art. 20(2)), sub-accounts are the office's own. No national chart exists for public income
 * (domain rule 01 §6): ours is documented in docs/chart-public-income.md and mirrors the notice's rows, so that
 * every figure on the board is the balance of one account.
 */
import type { FundKind } from '../fund.ts'

export type AccountClass = 'asset' | 'liability' | 'netAssets' | 'income' | 'expenditure'

export type ChartAccount = {
  readonly code: string
  readonly name: string
  readonly class: AccountClass
  /** Prescribed by the rule: code and name are locked. */
  readonly isPrescribed: boolean
  /** Every line names the bank account the money is in. */
  readonly needsBank: boolean
  /** Money from or to another book: only in a linked pair of vouchers with a decision (design invariant 4). */
  readonly needsPair: boolean
}

function account(code: string, name: string, accountClass: AccountClass, flags: Partial<ChartAccount> = {}): ChartAccount {
  return { code, name, class: accountClass, isPrescribed: false, needsBank: false, needsPair: false, ...flags }
}

const prescribed = { isPrescribed: true }
const bank = { needsBank: true }
const pair = { needsPair: true }

/** 财会〔2020〕7号 account table; time and notice deposits live inside 1001 (no separate asset line in 会住维01表). */
const MAINTENANCE: readonly ChartAccount[] = [
  account('1001', '银行存款', 'asset', prescribed),
  account('1001.01', '活期存款', 'asset', bank),
  account('1001.02', '定期存款', 'asset', bank),
  account('1101', '国债投资', 'asset', prescribed),
  account('1201', '备用金', 'asset', prescribed),
  account('2001', '应付房屋灭失返还资金', 'liability', prescribed),
  account('3001', '商品住宅维修资金', 'netAssets', prescribed),
  account('3002', '已售公有住房维修资金', 'netAssets', prescribed),
  account('3101', '待分配累计收益', 'netAssets', prescribed),
  account('4001', '交存收入', 'income', prescribed),
  account('4101', '存款利息收入', 'income', prescribed),
  account('4102', '国债利息收入', 'income', prescribed),
  account('4201', '经营收入', 'income', prescribed),
  account('4201.01', '公共收益转入', 'income', pair),
  account('4201.02', '其他经营收入', 'income'),
  account('4301', '共用设施处置收入', 'income', prescribed),
  account('4901', '其他收入', 'income', prescribed),
  account('5001', '维修支出', 'expenditure', prescribed),
  account('5101', '返还支出', 'expenditure', prescribed),
  account('5901', '其他支出', 'expenditure', prescribed),
]

/** Income categories of 福建 2025 and 沪房规范〔2025〕8号 art. 3, costs art. 2, uses art. 11 (domain rule 04 §5). */
const PUBLIC_INCOME: readonly ChartAccount[] = [
  account('1001', '银行存款', 'asset'),
  account('1001.01', '活期存款', 'asset', bank),
  account('1001.02', '定期存款', 'asset', bank),
  account('1201', '备用金', 'asset'),
  account('2001', '应付及代收款项', 'liability'),
  account('3001', '公共收益结余', 'netAssets'),
  account('4001', '公共收益收入', 'income'),
  account('4001.01', '公共车位停车费', 'income'),
  account('4001.02', '电梯广告', 'income'),
  account('4001.03', '外墙及场地广告', 'income'),
  account('4001.04', '场地租赁及摆摊', 'income'),
  account('4001.05', '快递柜、售货售水机', 'income'),
  account('4001.06', '充电设施场地费', 'income'),
  account('4001.07', '通信基站及设备占地', 'income'),
  account('4001.08', '共用房屋及场馆出租', 'income'),
  account('4001.09', '赔偿金及违约金', 'income'),
  account('4001.10', '报废设备残值', 'income'),
  account('4001.99', '其他公共收益', 'income'),
  account('4101', '存款利息收入', 'income'),
  account('5001', '合理成本', 'expenditure'),
  account('5001.01', '税金', 'expenditure'),
  account('5001.02', '人工', 'expenditure'),
  account('5001.03', '材料', 'expenditure'),
  account('5001.04', '能耗', 'expenditure'),
  account('5001.05', '约定管理成本', 'expenditure'),
  account('5001.06', '银行手续费', 'expenditure'),
  account('5101', '公共收益支出', 'expenditure'),
  account('5101.01', '共用部位维修更新', 'expenditure'),
  account('5101.02', '日常养护', 'expenditure'),
  account('5101.03', '公共能耗及运行', 'expenditure'),
  account('5101.04', '业主大会及业委会经费', 'expenditure'),
  account('5101.05', '记账及审计费用', 'expenditure'),
  account('5101.06', '房屋保险', 'expenditure'),
  account('5101.07', '法律费用', 'expenditure'),
  account('5101.08', '业主活动', 'expenditure'),
  account('5101.09', '冲抵物业费及公摊', 'expenditure'),
  account('5101.10', '向业主分配', 'expenditure'),
  account('5101.99', '其他支出', 'expenditure'),
  account('5201', '转入维修资金', 'expenditure', pair),
]

/** 日常专项维修资金: rate and rules NOT FOUND (domain rule 04 §3); a plain cash chart of our own. */
const DAILY_MAINTENANCE: readonly ChartAccount[] = [
  account('1001', '银行存款', 'asset'),
  account('1001.01', '活期存款', 'asset', bank),
  account('1001.02', '定期存款', 'asset', bank),
  account('2001', '应付及代收款项', 'liability'),
  account('3001', '日常专项维修资金结余', 'netAssets'),
  account('4001', '日常专项维修资金收入', 'income'),
  account('4101', '存款利息收入', 'income'),
  account('5001', '日常维修支出', 'expenditure'),
  account('5201', '转入维修资金', 'expenditure', pair),
  account('5901', '其他支出', 'expenditure'),
]

export const CHARTS: Readonly<Record<FundKind, readonly ChartAccount[]>> = {
  maintenance: MAINTENANCE,
  publicIncome: PUBLIC_INCOME,
  dailyMaintenance: DAILY_MAINTENANCE,
}

/** The code of the account one level up (`4001.02` → `4001`), or null for a first-level account. */
export function parentCode(code: string): string | null {
  const dot = code.lastIndexOf('.')
  return dot < 0 ? null : code.slice(0, dot)
}

/**
 * Lowest accounts that rules post to or carry forward to by their code: sub-levels under them would leave automatic vouchers
 * without an account. 5001 may be divided: repairs find their sub-account by the part repaired.
 */
const KEPT_WHOLE: Readonly<Record<FundKind, readonly string[]>> = {
  maintenance: ['1001.01', '1001.02', '1101', '2001', '3001', '3002', '3101', '4001', '4101', '4102', '4201.01', '5101', '5901'],
  publicIncome: ['1001.01', '1001.02', '3001', '4101', '5001.06', '5101.01', '5101.09', '5101.10', '5201'],
  dailyMaintenance: ['1001.01', '1001.02', '3001', '4101', '5201', '5901'],
}

/** False where automatic vouchers need the account as it is. */
export function mayHaveSubLevels(fundKind: FundKind, code: string): boolean {
  return !KEPT_WHOLE[fundKind].includes(code)
}

/** The accounts services post to by rule; the code is the same in every chart that has the account. */
export const ACCOUNT = {
  demandDeposit: '1001.01',
  timeDeposit: '1001.02',
  treasuryBonds: '1101',
  destroyedHousesPayable: '2001',
  commodityFund: '3001',
  soldPublicFund: '3002',
  undistributedGains: '3101',
  contributions: '4001',
  interestIncome: '4101',
  bondInterestIncome: '4102',
  repairExpenditure: '5001',
  refunds: '5101',
  transferIn: '4201.01',
  transferOut: '5201',
} as const
