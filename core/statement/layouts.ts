/**
 * Column titles of Chinese banks' statements, as data. A layout is recognised by its titles, never by a column number
 * or a header row number: banks move both. 贷 on a statement is the bank's book, that is our money in.
 */
export type ColumnField =
  | 'date' | 'time' | 'out' | 'in' | 'amount' | 'flag' | 'balance' | 'currency'
  | 'party' | 'partyAccount' | 'ownAccount' | 'ownName' | 'serial' | 'memo' | 'type'
  | 'payer' | 'payerAccount' | 'payee' | 'payeeAccount'

export type Layout = {
  readonly id: string
  readonly bank: string
  /** Enough titles to be sure; all must be there. */
  readonly required: readonly string[]
  /** Every title known; the layout with most of them present wins. */
  readonly titles: readonly string[]
  /** The single amount column carries the sign itself; otherwise the flag (借/贷) decides. */
  readonly signed?: true
  /** Words that must stand above the header, for layouts whose titles alone could be any bank's. */
  readonly preamble?: readonly string[]
  /** First present title wins; for `memo` and `type` all are joined. */
  readonly columns: Readonly<Partial<Record<ColumnField, readonly string[]>>>
}

const words = (text: string): readonly string[] => text.split(' ')

export const LAYOUTS: readonly Layout[] = [
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
