import { OBJECTION_WORD } from '#core/authority/vote-objection.ts'
import { BALLOT_WORD, type BallotChoice } from '#core/authority/vote-tally.ts'
import { formatArea } from '#core/register/area.ts'
import type { Answers } from '../records.ts'

type VoteState = Answers['vote']['list'][number]['state']
type AuthorisationState = Answers['authority']['list'][number]['state']
type VotePaperKind = Answers['vote']['get']['papers'][number]['kind']
type VoteActKind = Answers['vote']['get']['acts'][number]['kind']

const PAPER_WORD: Readonly<Record<VotePaperKind, string>> = {
  plan: '使用方案、公告', ballots: '表决票扫描件', delivery: '送达凭证', minutes: '会议记录', posting: '公示照片', other: '其他',
}

export const authorityText = {
  votes: '业主表决',
  standing: '一次授权',
  emergencies: '应急使用',
  missing: (label: string) => `请填写${label}`,
  scope: '范围',
  noComplex: '请先在上方选择小区。',
} as const

export const voteText = {
  title: '业主表决',
  hint: '谁的钱由谁决定：按范围内业主的面积和人数计票，一人计票、另一人确认，确认后不再改动。',
  create: '发起表决',
  empty: '还没有表决。点“发起表决”，从户室清册生成参加表决的户室。',
  columns: {
    number: '编号', complex: '小区', title: '事项', matter: '类别', amount: '同意使用（元）', registerOn: '清册日期', returnBy: '收票截止', state: '状态',
  },
  states: { open: '收票', counted: '待确认', certified: '已确认', withdrawn: '已撤回' } satisfies Record<VoteState, string>,
  passed: '通过',
  failed: '未通过',
  byMethod: (matter: string, method: string) => `${matter}（${method}）`,
  newTitle: '发起表决',
  newHint: '清册日期当天的面积和业主作为计票依据；保存后参加表决的户室不再变动。',
  fields: {
    complexId: '小区', title: '表决事项', matter: '事项类别', parts: '使用的部位或设施',
    amountFen: '请业主同意使用的金额（元）', registerOn: '清册日期', returnBy: '收票截止日',
  },
  titleExample: '例如：3幢屋面防水翻修使用维修资金',
  save: '生成表决清册',
  back: '返回',
  numbered: (number: string, title: string) => `${number} · ${title}`,
  facts: {
    complex: '小区', matter: '类别', scope: '范围', asked: '提请使用', used: '已用于维修',
    registerOn: '清册日期', returnBy: '收票截止', rule: '比例依据',
    repair: '维修项目', by: '发起人', method: '表决方式', silence: '没有表态的',
  },
  figures: {
    title: '计票', line: '票别', area: '面积（㎡）', heads: '人数', total: '全体', mixed: (heads: number) => `${heads} 人对名下各户意见不一，人数不计同意。`,
    silentOut: '送达未表态的票按现行口径不算参与表决。',
  },
  ratios: {
    title: '比例', participating: '参与表决占全体', agreeing: '同意占参与表决', area: '按面积', heads: '按人数', needed: '要求',
    reached: '达到', missed: '未达到',
    neededOf: (strict: boolean, numerator: number, denominator: number) => `${strict ? '超过' : '不少于'} ${numerator}/${denominator}`,
  },
  ballots: {
    title: '录票', building: '楼幢', progress: (returned: number, units: number) => `${returned}/${units}`,
    columns: { room: '户室', area: '面积（㎡）', holder: '业主', choice: '表决意见' },
    choices: { ballot: BALLOT_WORD, objection: OBJECTION_WORD },
    keys: {
      ballot: '在一行上按 1 同意、2 反对、3 弃权、4 送达未表态、0 未收回，光标自动到下一户。',
      objection: '在一行上按 1 同意、2 异议、3 弃权、4 送达未表态（没有异议）、0 未送达（计入异议），光标自动到下一户。',
    },
    rest: (count: number) => `其余 ${count} 户记为送达未表态`,
    restHint: '这些户都有送达凭证时才用；没有送达的，先在该行按 0。',
    developer: '建设单位',
    several: (count: number) => `同一业主 ${count} 户`,
    choiceOf: (address: string) => `${address}的表决意见`,
    save: (count: number) => (count === 0 ? '保存录票' : `保存录票（${count} 户）`),
    saved: (count: number) => `已录 ${count} 户。`,
    empty: '选择楼幢后录票。',
    closed: '已经计票，录票结束。',
  },
  papers: {
    title: '材料', kind: '材料种类', add: '添加材料', kinds: PAPER_WORD, label: '表决材料',
    empty: {
      ballot: '还没有材料。确认结果前要附表决票扫描件。',
      objection: '还没有材料。确认结果前要附送达凭证（签收表、邮寄回执等）；有书面异议的，一并附上。',
    },
  },
  acts: {
    title: '经过', words: {
      opened: '发起', counted: '计票', recounted: '退回重新录票', certified: '确认结果', posted: '公示结果', withdrawn: '撤回',
    } satisfies Record<VoteActKind, string>,
  },
  verbs: {
    count: '计票', certify: '确认结果', reopen: '退回录票', withdraw: '撤回表决', post: '登记公示', print: '打印认定书', printNotice: '打印告知书',
  },
  printing: '打印表决结果认定书',
  printingNotice: '打印表决告知书',
  countWaits: {
    ballot: (day: string) => `收票到 ${day} 为止，还有户室没有交票；次日起可以计票。`,
    objection: (day: string) => `${day} 前业主随时可以提出异议；次日起可以计票。`,
  },
  methods: {
    label: '表决方式',
    ballot: '业主交回表决票，明确表示同意的过规定比例才通过。',
    objection: (rule: string, profile: string, source: string) =>
      `${rule}。材料送达后没有提出异议的，视为没有异议；没有送达的按异议计入。依据“${profile}”：${source}`,
  },
  objection: {
    squareMetres: (areaDm2: number) => `${formatArea(areaDm2)} ㎡`,
    byArea: '按面积', byHeads: '按人数', against: '异议', undelivered: '未送达', persons: (count: number) => `${count} 人`,
    limit: (numerator: number, denominator: number) => `界限 ${numerator}/${denominator}`,
    rule: (rule: string) => `${rule}。`,
    undeliveredHint: '没有送达的户不能以沉默视为同意，先按异议计入；补送达后改录“送达未表态”或其意见。',
    outcome: (isOver: boolean, isStrict: boolean) => `${isOver ? '已' : '未'}${isStrict ? '超过' : '达到'}界限`,
    figures: (against: string, undelivered: string, all: string) => `异议 ${against}，未送达 ${undelivered}，合计 ${all}`,
  },
  certifyHint: '由没有录票、计票的另一人核对票面和计票表后确认；确认后不能再改。',
  reason: { reason: '原因', missing: '请写明原因', example: '例如：102 的票录错了' },
  withdrawHint: '撤回后保留记录，不能恢复；需要时重新发起。',
  posting: { title: '登记结果公示', on: '公示日期', place: '公示地点', placeExample: '例如：小区公告栏、3幢门厅' },
} as const

export const CHOICE_KEYS: Readonly<Record<string, BallotChoice>> = {
  '1': 'agree', '2': 'against', '3': 'abstain', '4': 'silent', '0': 'notReturned',
}

export const standingText = {
  title: '一次授权',
  hint: '业主一次表决、管一段时间：只限写明的部位，单项和总额都有上限；先到期的排在前面。',
  create: '登记授权',
  empty: '没有有效的授权。业主大会作出一次授权的决定后，点“登记授权”。',
  showEnded: '也显示已到期的',
  columns: {
    number: '编号', complex: '小区', title: '授权事项', to: '到期日', perJob: '单项上限（元）', total: '授权总额（元）', used: '已用（元）',
    left: '剩余（元）', state: '状态',
  },
  states: { recorded: '待确认', confirmed: '有效', ended: '已终止' } satisfies Record<AuthorisationState, string>,
  expired: '已到期',
  notYet: '未开始',
  soon: (days: number) => `${days} 天后到期`,
  formTitle: '登记一次授权',
  fields: {
    title: '授权事项', parts: '授权的部位', from: '起始日', to: '截止日', perJobFen: '单项上限（元）', totalFen: '授权总额（元）', decidedOn: '决定日期',
    decisionNumber: '决定文号', paper: '决定文件', voteId: '对应的表决',
  },
  titleExample: '例如：电梯、消防日常维修',
  noVote: '业主在系统外表决，以决定文件为准',
  save: '登记',
  detailTitle: (number: string, title: string) => `${number} · ${title}`,
  facts: {
    complex: '小区', scope: '范围', parts: '部位', term: '期限', perJob: '单项上限', total: '授权总额', used: '已用', left: '剩余', jobs: '维修项目',
    decision: '决定文件', vote: '对应的表决', by: '登记人', confirmed: '确认人', ended: '终止原因',
  },
  termOf: (from: string, to: string) => `${from} 至 ${to}`,
  jobsOf: (count: number) => `${count} 项`,
  confirm: '确认与文件一致',
  confirmHint: '由登记人以外的人对照决定文件核对部位、期限和金额。',
  end: '终止授权',
  endHint: '已经依据它办理的维修不受影响，新的维修不能再用。',
  reason: { reason: '原因', missing: '请写明原因', example: '例如：业主大会决定收回授权' },
  close: '关闭',
} as const

export const emergencyText = {
  title: '应急使用',
  hint: '收到申请即登记、按期审定；先处理险情，验收后按本地期限办结决算、公示费用。',
  empty: '没有未办结的应急使用。',
  columns: {
    number: '编号', complex: '小区', title: '维修事项', item: '应急情形', appliedOn: '申请日期', acceptedOn: '验收日期', decideBy: '审定期限',
    settle: '决算期限', publish: '公示期限',
  },
  notDecided: '未审定',
  decided: '已审定',
  consented: (day: string) => `${day} 已过，逾期未答复视为同意`,
  notAccepted: '未验收',
  noDeadline: '期限待填写',
  done: '已办',
  overdue: (day: string) => `${day} 已过期`,
  by: (day: string) => `${day} 前`,
} as const

export const useAnswerText = {
  question: '按项目字典，这项维修属于',
  none: '字典中没有这一项',
  explanation: '可以动用维修资金的依据',
  explanationExample: '例如：公共水井内的阀门，属业主共有，物业合同未约定由物业企业承担',
  suggested: (name: string) => `按名称像是“${name}”`,
  secondAsked: (name: string, reason: string) =>
    `名称像是“${name}”（${reason}）。要按别的项目办理，须由审核或会计主管当面确认；不能确认的请退件。`,
  missing: '请选择',
} as const

const DUTY_WORD: Readonly<Record<Answers['authority']['emergencies'][number]['owes'][number]['duty'], string>> = {
  decide: '审定', settle: '决算', publish: '费用公示',
}

export const authorityNeedText = {
  duties: DUTY_WORD,
  overdue: (count: number, duty: string) => `${count} 项应急使用的${duty}已过期限`,
  owed: (count: number, duty: string, by: string) => `${count} 项应急使用待${duty}，最早 ${by}`,
  toCertify: (count: number) => `${count} 次业主表决待确认结果`,
  toConfirm: (count: number) => `${count} 份一次授权待对照文件确认`,
  ending: (count: number, by: string) => `${count} 份一次授权即将到期，最早 ${by}`,
} as const
