/** Words of the self-check: the register of 疑点, answering, closing out, the list on paper. */
import type { FindingLevel } from '#core/checks/finding.ts'
import type { FindingState } from '#core/checks/standing.ts'

export const findingText = {
  title: '疑点',
  hint: '账簿自己查出的疑似问题；先由经办人说明，再由另一人核实销号',
  list: '疑点清单',
  level: '级别',
  anyLevel: '全部级别',
  anyState: '全部',
  rule: '检查规则',
  anyRule: '全部问题',
  standingFrom: '期间起，这天以后还存在的',
  standingTo: '期间止，这天以前查出的',
  ofRepair: '打开这个项目',
  everyRecord: '不限项目',
  said: (answer: string, person: string) => `${answer}（${person}）`,
  closedOut: (reason: string, person: string) => `销号：${reason}（${person}）`,
  followsText: '同一事项此前已销号，情况有了变化，需要重新说明',
  state: '状态',
  waiting: '待办',
  columns: { level: '级别', title: '问题', message: '情况', complex: '小区', amount: '涉及金额', state: '状态', since: '时间' },
  empty: '没有需要处理的疑点。可按期间做一次审计自查。',
  choose: '选一行，这里显示依据、涉及的记录和处理经过。',
  basis: '依据',
  links: '涉及',
  answer: '说明',
  history: '处理经过',
  none: '无',

  check: '审计自查',
  checkHint: '逐个小区核对存款、维修、分户、票据和凭证；查出的疑点进入清单，同时生成问题清单。不填起始日时，已不存在的疑点会标为“已消除”。',
  from: '起始日',
  to: '截止日',
  toMissing: '请选择截止日',
  wrongOrder: '截止日不能早于起始日',
  start: '开始自查',
  cancel: '取消',
  checking: '审计自查',
  print: '打印问题清单',
  printHint: '打印所选期间内存在过的疑点，含已销号、已消除的；不选期间时打印至今全部',
  printing: '问题清单',
  runs: '历次自查',
  runOf: (at: string, actor: string) => `${at} ${actor}`,
  runScope: (complex: string | null, from: string | null, to: string, found: number) =>
    `${complex ?? '全部小区'}，${from === null ? `截至 ${to}` : `${from} 至 ${to}`}，查出 ${found} 条`,
  printRun: '补打',
  printRunOf: (at: string) => `补打 ${at} 自查的问题清单`,
  neverRun: '还没有做过审计自查',

  answering: '说明情况',
  answerVerb: '说明情况',
  answerAgain: '补充说明',
  answerHint: '写明原因和已采取的办法；付款、结账、公示由说明人以外的人办理，之后由另一人核实销号',
  answerWords: { reason: '情况说明', missing: '请写明情况和处理办法', example: '例如：两项分属不同楼幢，合同和现场照片已附' },
  closing: '销号',
  closeVerb: '销号',
  closeHint: '销号由说明人以外的人办理；理由、姓名和日期印在问题清单上',
  closeWords: { reason: '核实结果', missing: '请写明核实结果', example: '例如：已到现场核对，情况属实' },
  reopening: '重新打开',
  reopenVerb: '重新打开',
  reopenHint: '重新打开后要再次说明、再次销号',
  reopenWords: { reason: '原因', missing: '请写明原因', example: '例如：补充的资料与实际不符' },

  need: (count: number) => `${count} 条疑点待说明`,
  needClose: (count: number) => `${count} 条疑点待销号`,
} as const

export const LEVEL_ICON: Readonly<Record<FindingLevel, 'blocked' | 'warning' | 'info'>> = {
  block: 'blocked', warn: 'warning', hint: 'info',
}
export const LEVEL_TONE: Readonly<Record<FindingLevel, 'bad' | 'due' | 'plain'>> = { block: 'bad', warn: 'due', hint: 'plain' }
export const STATE_ICON: Readonly<Record<FindingState, 'draft' | 'clock' | 'check' | 'cross'>> = {
  open: 'draft', answered: 'clock', closed: 'check', cleared: 'check',
}
