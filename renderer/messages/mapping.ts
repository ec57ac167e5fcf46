import type { AmountRule, MappedField } from '#core/statement/mapping.ts'

export const FIELD_WORD: Readonly<Record<MappedField, string>> = {
  date: '日期', time: '时间', in: '收入金额', out: '支出金额', amount: '金额', flag: '收支标志', balance: '余额', currency: '币种',
  party: '对方户名', partyAccount: '对方账号', ownAccount: '本方账号', serial: '流水号', memo: '摘要',
}

const RULE_WORD: Readonly<Record<AmountRule, string>> = {
  sides: '收入、支出各一列', signed: '一列金额，带正负号', flagged: '一列金额，另有收支标志',
}

export const mappingText = {
  open: '指定各列',
  reopen: '修改列对应',
  title: '指定各列',
  hint: '先选表头所在的行，再逐列选择含义；下面随时按此重读。保存后，这个账户的同类文件凭列名自动认出。',
  records: '文件开头',
  heading: '表头',
  headingRow: (line: number) => `第 ${line} 行作表头`,
  meaningOf: (title: string) => `“${title}”这一列的含义`,
  unused: '不用',
  fields: FIELD_WORD,
  rule: '收支写法',
  rules: RULE_WORD,
  positive: '正数表示',
  positiveIn: '收入',
  positiveOut: '支出',
  inWords: '表示收入的标志',
  outWords: '表示支出的标志',
  wordsHint: '除“贷、借，收、支”等常见写法外，还有别的才填，用顿号分开',
  dates: '日期写法',
  dateOrders: { year: '年-月-日', day: '日/月/年', month: '月/日/年' },
  brackets: '括号里的金额',
  bracketChoices: { byBalance: '按余额判断', plain: '就是这个金额', negative: '负数（冲回）' },
  name: '格式名称',
  nameExample: '例如：徽商银行网银明细',
  save: '保存并按此读取',
  leave: '放弃修改',
  retire: '停用这个列对应',
  result: '按此读出的结果',
  bankSide: '银行的“贷方”是我们的收入，“借方”是我们的支出。',
  saved: (bank: string) => `${bank}（自定列对应）`,
} as const
