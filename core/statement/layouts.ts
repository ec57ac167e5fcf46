/** Every statement layout known, the titles to fall back on, and the files that are no statement at all. */
import { CORPORATE_LAYOUTS } from './corporate-layouts.ts'
import { words, type Layout } from './layout.ts'
import { PERSONAL_LAYOUTS } from './personal-layouts.ts'

export const LAYOUTS: readonly Layout[] = [...CORPORATE_LAYOUTS, ...PERSONAL_LAYOUTS]

/** Titles met anywhere, for files of a bank not listed above. */
export const COLUMN_ALIASES: Layout['columns'] = {
  date: words('记账日期 记帐日期 记账日 入账日期 交易日期 交易日 日期 交易时间/入账时间 交易时间 发生时间'),
  time: words('交易时间 记账时间 交易时间戳'),
  out: words(
    '借方发生额 借方发生额/元 借方发生额/元(支取) 借方发生额(支取) 借方金额 借方金额(支出) 借方(出账) 借 支出 支出金额 ' +
      '支出金额(-元) 转出金额 转出额 付出金额 付方金额 取出金额',
  ),
  in: words(
    '贷方发生额 贷方发生额/元 贷方发生额/元(收入) 贷方发生额(收入) 贷方金额 贷方金额(收入) 贷方(入账) 贷 收入 收入金额 ' +
      '收入金额(+元) 转入金额 转入额 存入金额 收方金额',
  ),
  amount: words('交易金额 金额 发生额'),
  flag: words('借/贷 借贷标志 借贷 借贷方向 收付标志 收/付 借贷类型'),
  balance: words('余额 余额/元 账户余额 本次余额 联机余额 交易后余额 账面余额'),
  currency: words('币种 币别 货币 交易货币 交易币种'),
  party: words(
    '对方单位名称 对方户名 对方名称 对方单位 对方姓名 对方账户名称 对方账号名称 对方帐户名 收(付)方名称 收付方名称 交易对手名称',
  ),
  partyAccount: words('对方账号 对方帐号 对方账户 对方账户号码 收(付)方账号 交易对手账号'),
  ownAccount: words('本方账号 本方帐号 账号 帐号'),
  serial: words('流水号 交易流水号 主机交易流水号 核心流水号 账户明细编号-交易流水号 企业流水号 日志号 记录标识号 凭证号'),
  memo: words('摘要 交易摘要 业务摘要 用途 交易用途 附言 交易附言 备注 个性化信息 回单个性化信息'),
}

/** Files whose titles are known and which are no statement of a yuan bank account; each with what to do instead. */
export const KNOWN_STRANGERS: readonly { readonly titles: readonly string[]; readonly message: string }[] = [
  {
    titles: words('交易时间 交易对方 收/支 金额 交易订单号'),
    message: '这是支付宝账单，不是银行对账单，请导入专户开户银行的对账单',
  },
  {
    titles: words('交易时间 交易对方 收/支 金额(元) 交易单号'),
    message: '这是微信支付账单，不是银行对账单，请导入专户开户银行的对账单',
  },
  {
    titles: words('交易日期 记账日期 交易说明 交易币种/金额 入账币种/金额'),
    message: '这是交通银行信用卡账单，金额不分收支，无法入账，请导入专户的账户明细',
  },
  {
    titles: words('交易日期 入账日期 交易摘要 入账金额 入账货币'),
    message: '这是广发银行信用卡账单，消费记为正数，不能当作账户收支，请导入专户的账户明细',
  },
  {
    titles: words('交易日 记账日 交易摘要 人民币金额 卡号末四位'),
    message: '这是招商银行信用卡账单，日期没有年份，无法入账，请导入专户的账户明细',
  },
  {
    titles: words('Date Description Billingamount Billingcurrency Balance'),
    message: '这是汇丰（香港）账户明细，日期为日/月/年且为外币，暂不支持，请导入人民币专户的对账单',
  },
  {
    titles: words('Transactiondate Postdate Description Billingamount Billingcurrency'),
    message: '这是汇丰（香港）信用卡账单，日期为日/月/年，暂不支持，请导入人民币专户的对账单',
  },
]

export const INTEREST_WORDS = words('结息 利息 存款利息 利息入账 批量结息 季度结息 计息')
export const FEE_WORDS = words('手续费 工本费 账户管理费 网银服务费 汇款手续费')
export const REVERSAL_WORDS = words('冲正 冲账 抹账 退汇 退回 撤销 更正')
