/** Statements of corporate accounts, as the banks' desks and their printed pages give them out. */
import { words, type Layout } from './layout.ts'

export const CORPORATE_LAYOUTS: readonly Layout[] = [
  {
    id: 'icbc-corporate-old',
    bank: '中国工商银行',
    required: words('交易时间 借/贷 借方发生额 贷方发生额 对方单位名称'),
    titles: words(
      '凭证号 本方账号 对方账号 交易时间 借/贷 借方发生额 贷方发生额 对方行号 摘要 用途 对方单位名称 余额 个性化信息',
    ),
    columns: {
      date: ['交易时间'], time: ['交易时间'], out: ['借方发生额'], in: ['贷方发生额'], flag: ['借/贷'], balance: ['余额'],
      party: ['对方单位名称'], partyAccount: ['对方账号'], ownAccount: ['本方账号'], serial: ['凭证号'],
      memo: ['摘要', '用途', '个性化信息'],
    },
  },
  {
    id: 'icbc-corporate-new',
    bank: '中国工商银行',
    required: words('交易时间 借/贷 金额 对方单位'),
    titles: words('本方账号 对方账号 交易时间 借/贷 金额 凭证号 对方单位 对方行号 用途 摘要 附言 个性化信息'),
    columns: {
      date: ['交易时间'], time: ['交易时间'], amount: ['金额'], flag: ['借/贷'], balance: ['余额'], party: ['对方单位'],
      partyAccount: ['对方账号'], ownAccount: ['本方账号'], serial: ['凭证号'],
      memo: ['摘要', '用途', '附言', '个性化信息'],
    },
  },
  {
    id: 'icbc-corporate-2024',
    bank: '中国工商银行',
    required: words('交易时间 转入金额 转出金额 对方单位'),
    titles: words(
      '凭证号 对方账号 交易时间 借贷标志 转入金额 转出金额 余额 对方单位 对方行号 用途 摘要 附言 回单个性化信息',
    ),
    columns: {
      date: ['交易时间'], time: ['交易时间'], in: ['转入金额'], out: ['转出金额'], flag: ['借贷标志'], balance: ['余额'],
      party: ['对方单位'], partyAccount: ['对方账号'], ownAccount: ['本方账号'], serial: ['凭证号'],
      memo: ['摘要', '用途', '附言', '回单个性化信息'],
    },
  },
  {
    id: 'ccb-corporate',
    bank: '中国建设银行',
    required: words('记账日期 借方发生额/元 贷方发生额/元 余额/元'),
    titles: words(
      '记账日期 交易时间 凭证种类 凭证号 借方发生额/元 贷方发生额/元 余额/元 钞汇标志 对方户名 对方账号 摘要 备注 ' +
        '账户明细编号-交易流水号 企业流水号 本方账号 本方账户名称 本方账户开户机构',
    ),
    columns: {
      date: ['记账日期', '交易时间'], time: ['交易时间'], out: ['借方发生额/元'], in: ['贷方发生额/元'],
      balance: ['余额/元'], party: ['对方户名'], partyAccount: ['对方账号'], ownAccount: ['本方账号'],
      ownName: ['本方账户名称'], serial: ['账户明细编号-交易流水号', '企业流水号'], memo: ['摘要', '备注'],
    },
  },
  {
    id: 'ccb-corporate-v2',
    bank: '中国建设银行',
    required: words('借方发生额/元(支取) 贷方发生额/元(收入) 余额'),
    titles: words(
      '账号 账户名称 交易时间 借方发生额/元(支取) 贷方发生额/元(收入) 余额 币种 对方户名 对方账号 对方开户机构 ' +
        '记账日期 摘要 备注 账户明细编号-交易流水号 企业流水号 凭证种类 凭证号',
    ),
    columns: {
      date: ['记账日期', '交易时间'], time: ['交易时间'], out: ['借方发生额/元(支取)'], in: ['贷方发生额/元(收入)'],
      balance: ['余额'], currency: ['币种'], party: ['对方户名'], partyAccount: ['对方账号'], ownAccount: ['账号'],
      ownName: ['账户名称'], serial: ['账户明细编号-交易流水号', '企业流水号'], memo: ['摘要', '备注'],
    },
  },
  {
    id: 'abc-corporate-new',
    bank: '中国农业银行',
    required: words('交易时间 收入金额 支出金额 账户余额 对方户名'),
    titles: words('交易时间 收入金额 支出金额 账户余额 交易行名 对方省市 对方账号 对方户名 交易用途'),
    columns: {
      date: ['交易时间'], time: ['交易时间'], in: ['收入金额'], out: ['支出金额'], balance: ['账户余额'],
      party: ['对方户名'], partyAccount: ['对方账号'], memo: ['交易用途'],
    },
  },
  {
    id: 'abc-corporate-old',
    bank: '中国农业银行',
    required: words('交易日期 交易时间戳 收入金额 支出金额 本次余额'),
    titles: words(
      '交易日期 交易时间戳 收入金额 支出金额 本次余额 手续费总额 交易方式 交易行名 交易类别 对方省市 对方账号 ' +
        '对方户名 交易说明 交易摘要 交易附言',
    ),
    columns: {
      date: ['交易日期'], time: ['交易时间戳'], in: ['收入金额'], out: ['支出金额'], balance: ['本次余额'],
      party: ['对方户名'], partyAccount: ['对方账号'], memo: ['交易摘要', '交易说明', '交易附言'], type: ['交易类别'],
    },
  },
  {
    id: 'boc-corporate',
    bank: '中国银行',
    required: words('付款人名称 收款人名称 交易日期 交易金额 交易后余额'),
    titles: words(
      '交易类型 业务类型 付款人开户行号 付款人开户行名 付款人账号 付款人名称 收款人开户行行号 收款人开户行名 收款人账号 ' +
        '收款人名称 交易日期 交易时间 交易货币 交易金额 交易后余额 起息日期 汇率 交易流水号 客户申请号 客户业务编号 ' +
        '凭证类型 凭证号码 记录标识号 摘要 用途 交易附言 备注',
    ),
    signed: true,
    columns: {
      date: ['交易日期'], time: ['交易时间'], amount: ['交易金额'], flag: ['交易类型'], balance: ['交易后余额'],
      currency: ['交易货币'], payer: ['付款人名称'], payerAccount: ['付款人账号'], payee: ['收款人名称'],
      payeeAccount: ['收款人账号'], serial: ['记录标识号', '交易流水号'], memo: ['摘要', '用途', '交易附言', '备注'],
      type: ['业务类型'],
    },
  },
  {
    id: 'bocom-corporate',
    bank: '交通银行',
    required: words('交易时间 发生额 借贷标志 核心流水号'),
    titles: words('交易时间 摘要 发生额 对方账号 对方户名 借贷标志 核心流水号'),
    columns: {
      date: ['交易时间'], time: ['交易时间'], amount: ['发生额'], flag: ['借贷标志'], balance: ['余额', '账户余额'],
      currency: ['币种'], party: ['对方户名'], partyAccount: ['对方账号'], serial: ['核心流水号'], memo: ['摘要', '附言'],
    },
  },
  {
    id: 'cmb-corporate',
    bank: '招商银行',
    required: words('交易日 借方金额 贷方金额 余额 收(付)方名称'),
    titles: words(
      '交易日 交易时间 起息日 交易类型 借方金额 贷方金额 余额 摘要 流水号 流程实例号 业务名称 用途 业务参考号 业务摘要 ' +
        '其他摘要 收(付)方分行名 收(付)方名称 收(付)方账号 收(付)方开户行行号 收(付)方开户行名 收(付)方开户行地址',
    ),
    columns: {
      date: ['交易日'], time: ['交易时间'], out: ['借方金额'], in: ['贷方金额'], balance: ['余额'],
      party: ['收(付)方名称'], partyAccount: ['收(付)方账号'], serial: ['流水号', '业务参考号'],
      memo: ['摘要', '用途', '业务摘要', '其他摘要'], type: ['交易类型'],
    },
  },
  {
    id: 'cmbc-corporate',
    bank: '中国民生银行',
    required: words('交易日期 主机交易流水号 借方发生额 贷方发生额 账户余额'),
    titles: words(
      '交易日期 主机交易流水号 借方发生额 贷方发生额 账户余额 凭证号 摘要 对方账号 对方账号名称 对方开户行 交易时间',
    ),
    columns: {
      date: ['交易日期'], time: ['交易时间'], out: ['借方发生额'], in: ['贷方发生额'], balance: ['账户余额'],
      party: ['对方账号名称'], partyAccount: ['对方账号'], serial: ['主机交易流水号'], memo: ['摘要'],
    },
  },
  {
    id: 'pab-corporate',
    bank: '平安银行',
    required: words('交易日期 账号 借 贷 账户余额'),
    titles: words('交易日期 账号 借 贷 账户余额 对方账户 对方账户名称 交易流水号 摘要 用途'),
    columns: {
      date: ['交易日期'], out: ['借'], in: ['贷'], balance: ['账户余额'], ownAccount: ['账号'], party: ['对方账户名称'],
      partyAccount: ['对方账户'], serial: ['交易流水号'], memo: ['摘要', '用途'],
    },
  },
  {
    id: 'citic-corporate',
    bank: '中信银行',
    required: words('交易日期 借方发生额 贷方发生额 账户余额 摘要'),
    titles: words('交易日期 交易时间 借方发生额 贷方发生额 账户余额 摘要'),
    preamble: ['起始日期', '截止日期'],
    columns: {
      date: ['交易日期'], time: ['交易时间'], out: ['借方发生额'], in: ['贷方发生额'], balance: ['账户余额'],
      party: ['对方账号名称', '对方户名', '对方名称'], partyAccount: ['对方账号'],
      serial: ['柜员交易号', '交易流水号', '流水号'], memo: ['摘要'],
    },
  },
  {
    id: 'spdb-corporate',
    bank: '浦发银行',
    required: words('交易日期(YYYYMMDD) 借方金额 贷方金额 余额'),
    titles: words('交易日期(YYYYMMDD) 交易时间(HHmmss) 申请日期 借方金额 贷方金额 余额 摘要'),
    columns: {
      date: ['交易日期(YYYYMMDD)'], time: ['交易时间(HHmmss)'], out: ['借方金额'], in: ['贷方金额'], balance: ['余额'],
      party: ['对方户名', '对方名称'], partyAccount: ['对方账号'], serial: ['交易流水号', '流水号'], memo: ['摘要', '备注'],
    },
  },
  {
    id: 'printed-eight-columns',
    bank: '网银打印版',
    required: words('交易日期 借方(出账) 贷方(入账) 余额'),
    titles: words('交易日期 借方(出账) 贷方(入账) 余额 摘要 收(付)方名称 收(付)方账号 交易类型'),
    columns: {
      date: ['交易日期'], out: ['借方(出账)'], in: ['贷方(入账)'], balance: ['余额'], party: ['收(付)方名称'],
      partyAccount: ['收(付)方账号'], memo: ['摘要'], type: ['交易类型'],
    },
  },
]
