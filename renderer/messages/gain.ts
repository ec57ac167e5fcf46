import type { Answers } from '../records.ts'

type State = Answers['gain']['credits'][number]['state']

const STATE_WORD: Readonly<Record<State, string>> = {
  draft: '待审核', reviewed: '待记账', posted: '已记账', void: '已作废', reversed: '已冲销',
}

export const gainText = {
  open: '收益分配',
  titleOf: (complex: string) => `${complex} · 收益计入分户账`,
  hint: '把待分配累计收益按政策口径计入各户；先试算，再生成凭证草稿。',
  from: '计息期首日',
  to: '计息期末日',
  periodHint: '按利率计息的办法取首日所在的整个计息年度。',
  date: '凭证日期',
  amount: '分配金额',
  amountHint: '只用于按积数分配；留空为全部待分配收益。',
  preview: '试算',
  prepare: '生成凭证草稿',
  prepareAll: '一并处理全部已建分户账的小区',
  preparing: '收益计入分户账',
  empty: '填好左边，点“试算”。',
  regime: '办法',
  period: '计息期',
  periodOf: (from: string, to: string) => `${from} 至 ${to}`,
  pool: '待分配累计收益',
  total: '计入分户账',
  left: '计入后还余',
  label: '各户收益',
  address: '户室',
  whose: '资金',
  owner: '业主',
  seller: '售房单位',
  opening: '期初余额',
  gain: '计入收益',
  history: '已生成',
  state: (state: State) => STATE_WORD[state],
  credit: (from: string, to: string, households: number) => `${from} 至 ${to}，${households} 户`,
} as const
