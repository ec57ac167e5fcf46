/** Contractors, supervisors and auditors: register, tenders, scores, the quarter's table; and printing a job's papers. */

export const printText = {
  print: '打印',
  all: '全部可打印的',
  printing: '生成打印文件',
}

export const contractorText = {
  register: '单位',
  tenders: '选取',
  quarter: '季度考核',
  hint: '施工、监理、审计单位由招标（比选）产生，按项目考核，按季度公布',
  list: '施工、监理、审计单位',
  empty: '还没有单位。先在“选取”中登记一次招标或比选，定标后单位列在这里。',
  columns: {
    role: '类别', name: '单位', term: '服务期', jobs: '项目', open: '在办', amount: '项目金额', average: '平均得分', reward: '奖励',
    deduction: '扣分',
  },
  inForce: (until: string) => `至 ${until}`,
  over: (until: string) => `${until} 已止`,
  never: '没有中选记录',
  print: '打印一览表',
  page: {
    bank: '收款账户', noBank: '未登记', roles: '服务期', awards: '中选记录', noAwards: '没有中选记录，不能承接新的维修。',
    jobs: '承接的项目', noJobs: '还没有承接项目。', merits: '奖励和扣分', noMerits: '还没有奖励或扣分。', addMerit: '登记奖励或扣分',
    tender: '选取', period: '服务期', ended: (on: string) => `${on} 终止`, office: '全部小区', oneComplex: '单个小区', oneJob: '单个项目',
  },
  jobColumns: {
    number: '编号', title: '事项', complex: '小区', reportedOn: '报修日', step: '步骤', amount: '金额', total: '得分', followUp: '回访',
  },
  meritColumns: { on: '日期', kind: '奖惩', points: '分值', reason: '原因', repair: '项目', persons: '登记、复核' },
}

export const meritText = {
  title: '登记奖励或扣分',
  verb: '登记',
  role: '类别',
  kind: '奖惩',
  on: '日期',
  points: '分值',
  reason: '原因',
  reasonHint: '如：返修不及时，业主两次投诉',
  missing: (label: string) => `请填写${label}`,
}

export const tenderText = {
  list: '招标、比选记录',
  empty: '还没有招标或比选记录。点“登记”把公告、报价和会议纪要记下来。',
  add: '登记招标（比选）',
  columns: {
    number: '编号', title: '内容', role: '选取', method: '方式', scope: '范围', openedOn: '开标日', bidders: '报价',
    lowest: '最低价', winners: '中选',
  },
  office: '全部小区',
  bidders: (count: number) => `${count} 家`,
  waiting: '待定标',
  revoked: '已撤销',
  form: {
    title: '登记招标（比选）', number: '编号', numberHint: '如 XQ2026-03', name: '内容', nameHint: '如：2026 年度零星维修施工单位选取',
    role: '选取', method: '方式', complexId: '小区', complexHint: '不选即为全部小区', announcedOn: '公告日', openedOn: '开标（比选）日',
    paper: '开标记录或比选纪要', quotes: '报价', bidder: '单位', phone: '联系电话', bankAccount: '银行账号', amount: '报价（元）', score: '评分',
    scoreHint: '只比价格的不填', addQuote: '增加一家', removeQuote: '删除这一家', save: '登记', needed: '必填', paperMissing: '请上传会议纪要',
    scoreFault: '评分写成 0 至 1000 的数，最多两位小数', notAllowed: '登记由制单或主管办理。',
    quoteHint: '电话和账号用来核对几家报价是否出自一家，只比数字。',
  },
  facts: {
    role: '选取', method: '方式', scope: '范围', repair: '维修项目', dates: '公告、开标', recordedBy: '报价登记', minutes: '纪要',
    revoked: '撤销原因',
  },
  open: '打开',
  quotes: '报价和结果',
  award: '定标',
  awarded: (from: string, to: string) => `中选，${from} 至 ${to}`,
  endedOn: (on: string, reason: string) => `${on} 终止：${reason}`,
  end: '终止服务',
  revoke: '撤销登记',
  print: '打印记录',
  lowest: '最低',
  awarding: {
    title: (bidder: string) => `定标：${bidder}`, hint: '中选单位按名称对应往来单位，没有的自动登记，付款时按它核对收款人。',
    awardedOn: '定标日', validFrom: '服务期起', validTo: '服务期止', reason: '理由',
    reasonHint: '排名在前的没有中选时必填', paper: '中选通知或合同', paperMissing: '请上传中选通知或合同', verb: '定标',
  },
  ending: { title: '终止服务', endedOn: '终止日', reason: '原因', verb: '终止' },
  revoking: { hint: '登记有误的记录保留在案，并写明原因。', reason: '原因', missing: '请写明原因', example: '如：金额录错，重新登记' },
}

export const scoreText = {
  title: '考核',
  none: '还没有考核。',
  score: '打分',
  correct: '更正',
  again: '重新考核',
  stale: (heard: string) => `考核以后回访为“${heard}”，须重新考核`,
  total: (points: number) => `${points} 分`,
  by: (scored: string, confirmed: string, on: string) => `${on} ${scored}打分，${confirmed}复核`,
  corrected: (reason: string) => `更正：${reason}`,
  dialog: (role: string) => `考核${role}`,
  followUp: (word: string) => `回访结果：${word}`,
  item: '项目',
  given: '得分',
  note: '扣分原因',
  outOf: (points: number) => `/ ${points}`,
  sum: (points: number) => `合计 ${points} 分`,
  reason: '更正原因',
  missing: (label: string) => `请填写${label}`,
}

export const quarterText = {
  hint: '季度在顶栏选择；公布后不再改动，更正另出一版',
  draft: '尚未公布，以下按现有考核计算',
  published: (version: number, on: string, by: string, confirmed: string) => `第 ${version} 版，${on} ${by}公布，${confirmed}复核`,
  changed: '公布以后考核有变化，可公布更正的一版',
  stale: '考核以后回访结果有变化，重新考核后才能公布：',
  staleScore: (number: string, name: string, heard: string) => `${number} ${name}，回访：${heard}`,
  showDraft: '看现在的计算',
  showPublished: '看公布的表',
  publish: '公布',
  publishing: (quarter: string) => `公布${quarter}考核表`,
  reason: '更正原因',
  reasonHint: '这一季度已经公布过，请写明为什么更正',
  missing: (label: string) => `请填写${label}`,
  print: '打印公布表',
  versions: '各版',
  empty: '这一季度没有考核、奖励或扣分。',
  columns: {
    rank: '名次', role: '类别', name: '单位', jobs: '项目', amount: '决算金额', average: '平均得分', satisfied: '回访满意', reward: '奖励',
    deduction: '扣分', final: '考核得分', reasons: '奖励、扣分原因',
  },
}
