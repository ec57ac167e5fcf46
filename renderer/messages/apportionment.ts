import type { DrawOrder, ShortfallRule } from '#core/household/apportionment.ts'

const SHORTFALL_WORD: Readonly<Record<ShortfallRule, string>> = {
  collect: '不足部分向业主自筹', withinBalance: '不自筹：以各户余额为限',
}
const DRAW_ORDER_WORD: Readonly<Record<DrawOrder, string>> = { interestFirst: '先扣利息', principalFirst: '先扣本金' }

export const apportionmentText = {
  open: '分摊',
  titleOf: (complex: string) => `${complex} · 分摊`,
  hint: '维修费用、分配和公共水电按户分摊；每份分摊表连同当时的依据一起保存，随时可以重算核对。',
  empty: '还没有分摊表。点“编制分摊表”开始；维修的分摊表也可以从维修项目进入。',
  create: '编制分摊表',
  columns: {
    id: '编号', date: '日期', purpose: '用途', title: '事项', basis: '办法', households: '户数', total: '分摊金额', drawn: '账户列支', by: '编制人',
  },
  rows: {
    address: '户室', area: '面积（㎡）', share: '业主分摊', seller: '售房单位分摊', held: '账面余额', drawn: '账户列支', short: '应自筹', mark: '标记',
  },
  developer: '未售',
  soldPublic: '已售公房',
  formTitle: '分摊表',
  newTitle: (complex: string) => `${complex} · 编制分摊表`,
  newHint: '先试算，看清每一户再保存。',
  title: '事项',
  titleExample: '例如：1 幢屋面防水维修',
  amount: '金额',
  basis: '分摊办法',
  scope: '受益范围',
  coefficients: '约定系数，每行一户',
  coefficientsExample: '1幢 2单元 301 1.25',
  shortfall: '余额不足时',
  shortfalls: SHORTFALL_WORD,
  required: '请填写',
  preview: '试算',
  save: '保存分摊表',
  previewEmpty: '填好左边，点“试算”。',
  previewLabel: '各户分摊',
  sheetTitle: (id: number, title: string) => `分摊表 ${id} · ${title}`,
  facts: {
    total: '分摊合计', asked: '申请金额', drawn: '账户列支', selfFunded: '业主自筹', developer: '开发单位承担', households: '户数',
    order: '扣款顺序', asOf: '编制日期', by: '编制人',
  },
  orders: DRAW_ORDER_WORD,
  householdCount: (count: number) => `${count} 户`,
  reduced: (asked: string, total: string) => `申请 ${asked} 元，以各户余额为限可用 ${total} 元。`,
  same: '重算一致',
  differs: (count: number) => `重算有 ${count} 户不一致`,
  compare: '与今天比对',
  compareTitle: (title: string) => `与今天的楼盘表比对 · ${title}`,
  compareHint: (changed: number, joined: number, left: number, same: number) =>
    `${changed} 户有变动，现增加 ${joined} 户，现已没有 ${left} 户，${same} 户一致。原分摊表继续有效。`,
  compareLabel: '不同的户',
  compareEmpty: '逐户一致，没有不同的户。',
  compareColumns: {
    address: '户室', areaBefore: '原面积', heldBefore: '原余额', shareBefore: '原分摊', areaAfter: '现面积', heldAfter: '现余额',
    shareAfter: '现分摊', state: '情况',
  },
  back: '回到分摊表',
  print: '打印',
  printing: '生成分摊资料',
  forRepair: '编制分摊表',
  repairSheets: '分摊',
  repairHint: '这个小区已建分户账的，付款前须有分摊表。',
  forBill: '分摊到户',
} as const
