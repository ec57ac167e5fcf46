import type { AgeBand } from '#core/repair/waiting.ts'
import type { DoneStep } from '#core/repair/repair.ts'

const AGE: Readonly<Record<AgeBand | 'late', string>> = { week: '7天内', month: '8–30天', longer: '30天以上', late: '过久' }

export const boardText = {
  title: '维修',
  hint: '从报修到办结，每一步有几项、等了多久、谁该办',
  sections: '维修的栏目',
  board: '看板',
  inbox: '待我办理',
  report: '报修登记',
  steps: '办理步骤',
  stepsKeys: '方向键在步骤和等待时间之间移动，Enter 打开',
  search: '按编号、事项或施工单位查找',
  searched: '查找结果',
  step: '步骤',
  count: '项数',
  age: AGE,
  ageTitle: {
    week: '到这一步不超过 7 天', month: '到这一步 8 至 30 天', longer: '到这一步超过 30 天',
    late: '超过政策口径的等待天数，设置 › 政策口径 › 自查',
  } satisfies Record<AgeBand | 'late', string>,
  ends: '已结束',
  all: '合计',
  days: (days: number) => (days === 0 ? '今天' : `${days} 天`),
  lateOf: (count: number) => `，${count} 项等待过久`,
  overdue: (days: number) => `过久 ${days} 天`,
  summary: (count: number, oldest: number) => `${count} 项，最久 ${oldest === 0 ? '今天' : `${oldest} 天`}，金额`,
  summaryOfAge: (count: number, age: AgeBand | 'late') => `其中${AGE[age]} ${count} 项`,
  everyAge: '不限时间',
  emptyStep: '这一步没有等待的项目。',
  emptySearch: '没有找到。换编号、事项或施工单位名称再试。',
  columns: {
    number: '编号', complex: '小区', title: '事项', place: '部位', contractor: '施工单位', amount: '金额', waits: '已等', due: '等到',
    step: '步骤', reportedOn: '报修日',
  },
}

export const drawsText = {
  title: '近几次抽查抽取',
  drawn: (id: number, pool: number, drawn: number) => `第 ${id} 次，${pool} 项中抽中 ${drawn} 项`,
  by: (at: string, person: string) => `${at} ${person}`,
  print: '打印抽取记录',
  reproduced: '重算一致',
  differs: '重算不一致，请核对账簿',
}

export const inboxText = {
  hint: '等您办理的项目，等得最久的在前',
  list: '待我办理的项目',
  empty: '没有等您办理的维修。',
  byAnother: '须另一人办',
  ownStep: (step: DoneStep) => `${OWN_STEP[step]}由您办理，这一步要由另一人办理`,
  note: '提示',
  choose: '用方向键选一项，这里显示缺什么；Enter 打开，空格勾选。',
  next: '下一步',
  ready: '可以办理',
  blocked: '暂不能办理：',
  quoted: '报价',
  photos: (count: number) => `照片 ${count} 张`,
  review: '批量复审',
  reviewCount: (count: number) => `批量复审（${count}）`,
  reviewHint: '勾选“工程科复审”的项目后可批量复审',
}

const OWN_STEP: Readonly<Record<DoneStep, string>> = {
  report: '报修登记', contractor: '改施工单位', supervisor: '改监理单位', windowCheck: '初审', repeatAnswer: '重复报修核实', engineeringCheck: '复审',
  authority: '使用依据', contract: '合同', review: '复核或抽查', acceptance: '验收', settlement: '决算', publication: '公示',
  payment: '付款通知', followUp: '回访',
}

export const batchText = {
  title: '批量复审',
  hint: '逐项核定金额。每一项单独办理、单独记日志；不能办的说明原因，不影响其他项。',
  table: '待复审的项目',
  columns: {
    number: '编号', title: '事项', complex: '小区', contractor: '施工单位', quoted: '报价', approved: '核定金额', concealed: '隐蔽工程', note: '说明',
  },
  approved: (number: string) => `${number} 核定金额`,
  concealed: (number: string) => `${number} 有隐蔽工程`,
  note: (number: string) => `${number} 说明`,
  noteHint: '高于报价时必填',
  cannot: '不能办：',
  loading: '正在核对…',
  nothing: '没有可以复审的项目：请先补齐资料，或由另一人办理。',
  submit: (count: number) => `复审通过 ${count} 项`,
}
