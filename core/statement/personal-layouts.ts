/** Statements of personal accounts and cards. */
import { words, type Layout } from './layout.ts'

export const PERSONAL_LAYOUTS: readonly Layout[] = [
  {
    id: 'abc-personal',
    bank: '中国农业银行（个人）',
    required: words('交易日期 交易时间 交易摘要 交易金额 本次余额 对手信息'),
    titles: words('交易日期 交易时间 交易摘要 交易金额 本次余额 对手信息 日志号 交易渠道 交易附言'),
    signed: true,
    columns: {
      date: ['交易日期'], time: ['交易时间'], amount: ['交易金额'], balance: ['本次余额'], party: ['对手信息'],
      serial: ['日志号'], memo: ['交易摘要', '交易附言'],
    },
  },
  {
    id: 'boc-personal',
    bank: '中国银行（个人）',
    required: words('记账日期 记账时间 币别 金额 余额 交易名称 对方账户名'),
    titles: words('记账日期 记账时间 币别 金额 余额 交易名称 渠道 网点名称 附言 对方账户名 对方卡号/账号 对方开户行 借记卡号'),
    signed: true,
    columns: {
      date: ['记账日期'], time: ['记账时间'], currency: ['币别'], amount: ['金额'], balance: ['余额'],
      party: ['对方账户名'], partyAccount: ['对方卡号/账号'], memo: ['交易名称', '附言'],
    },
  },
  {
    id: 'icbc-personal',
    bank: '中国工商银行（个人）',
    required: words('交易日期 记账金额(收入) 记账金额(支出) 记账币种'),
    titles: words(
      '交易日期 记账日期 摘要 交易场所 交易国家或地区简称 钞/汇 交易金额(收入) 交易金额(支出) 交易币种 记账金额(收入) ' +
        '记账金额(支出) 记账币种 余额 对方户名',
    ),
    columns: {
      date: ['记账日期', '交易日期'], in: ['记账金额(收入)'], out: ['记账金额(支出)'], currency: ['记账币种'],
      balance: ['余额'], party: ['对方户名'], memo: ['摘要', '交易场所'],
    },
  },
  {
    id: 'ccb-personal',
    bank: '中国建设银行（个人）',
    required: words('记账日 交易日期 支出 收入 账户余额'),
    titles: words('记账日 交易日期 交易时间 支出 收入 账户余额 币种 摘要 对方账号 对方户名 交易地点'),
    columns: {
      date: ['记账日', '交易日期'], time: ['交易时间'], out: ['支出'], in: ['收入'], balance: ['账户余额'],
      currency: ['币种'], party: ['对方户名'], partyAccount: ['对方账号'], memo: ['摘要', '交易地点'],
    },
  },
  {
    id: 'boc-card',
    bank: '中国银行（信用卡）',
    required: words('交易日 银行记账日 交易描述 存入 支出 币种'),
    titles: words('交易日 银行记账日 卡号后四位 交易描述 存入 支出 币种'),
    columns: { date: ['银行记账日'], in: ['存入'], out: ['支出'], currency: ['币种'], memo: ['交易描述'] },
  },
]
