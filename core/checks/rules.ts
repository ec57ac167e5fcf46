/**
 * The catalogue of self-checks: what each looks for, on which text it stands, how hard it stops, and which local values it
 * waits for. A rule whose value is 待填写 does not run and says so; no threshold is written here (design invariant 15).
 */
import type { PolicyKey } from '../policy/policy.ts'
import type { FindingLevel } from './finding.ts'

/** When a rule runs by itself, besides the self-check over a period (审计自查). */
export const CHECK_MOMENTS = ['entry', 'payment', 'closing', 'publishing'] as const
export type CheckMoment = (typeof CHECK_MOMENTS)[number]

type CheckRule = {
  readonly title: string
  readonly basis: string
  readonly level: FindingLevel
  readonly needs: readonly PolicyKey[]
  readonly moments: readonly CheckMoment[]
}

export const CHECK_RULES = {
  'deposit.asleep': {
    title: '到期存单未转存', basis: '人民币单位存款管理办法（银发〔1997〕485号）逾期支取按活期计息', level: 'warn',
    needs: [], moments: ['closing'],
  },
  'deposit.idle': {
    title: '活期余额闲置', basis: '第165号令第26条、当地存放规定', level: 'warn',
    needs: ['deposit.idleReserve', 'check.idleDays'], moments: ['closing'],
  },
  'income.notHandedOver': {
    title: '已收款未转存专户', basis: '当地公共收益、日常专项维修资金转存规定', level: 'warn',
    needs: ['check.handoverDays'], moments: ['closing', 'publishing'],
  },
  'account.fundMixed': {
    title: '资金性质与账户不符', basis: '第165号令第4条（专户存储、专款专用）', level: 'block', needs: [], moments: ['entry', 'payment'],
  },
  'account.holder': {
    title: '账户户名不是业主组织或代管单位', basis: '第165号令第10、16条', level: 'warn', needs: [], moments: ['entry'],
  },
  'account.missing': {
    title: '小区没有自己的专户', basis: '第165号令第10条、当地公共收益和日常专项维修资金专户存储规定', level: 'warn', needs: [], moments: [],
  },
  'account.transferDecision': {
    title: '资金划转没有在先的决定', basis: '第165号令第4条（专款专用）、民法典第278、282条', level: 'warn', needs: [], moments: [],
  },
  'deposit.interestDifference': {
    title: '实付利息与约定不符', basis: '存款协议、存单约定利率', level: 'warn', needs: [], moments: ['closing'],
  },
  'deposit.notTendered': {
    title: '大额存放没有竞争性存放记录', basis: '财库〔2017〕76号及当地竞争性存放规定', level: 'hint',
    needs: ['check.tenderAmount'], moments: [],
  },
  'repair.datesUpsideDown': {
    title: '项目日期先后颠倒', basis: '第165号令第22、23条的办理次序', level: 'warn', needs: [], moments: ['entry', 'payment'],
  },
  'repair.worksPeriod': {
    title: '实际工期与合同不符', basis: '施工合同约定的工期', level: 'warn', needs: [], moments: ['entry'],
  },
  'repair.emergencyOverdue': {
    title: '应急使用逾期未决算、未公示', basis: '第165号令第24条、民法典第281条第2款及当地应急使用规定', level: 'warn',
    needs: [], moments: ['payment'],
  },
  'repair.notDisclosed': {
    title: '已付款维修未公示', basis: '第165号令第30条、民法典第281条', level: 'warn',
    needs: ['check.repairDisclosureDays'], moments: ['closing'],
  },
  'repair.repeat': {
    title: '同一部位重复报修', basis: '铜陵市物业管理处整改要求：保修期内重复申报须三方现场核实', level: 'warn',
    needs: [], moments: ['entry', 'payment'],
  },
  'repair.splitting': {
    title: '疑似拆分项目', basis: '小额维修金额线的复核规定、本地口径的免办金额', level: 'warn',
    needs: ['smallRepair.threshold', 'check.splittingDays'], moments: ['payment'],
  },
  'repair.nearThreshold': {
    title: '金额贴近金额线', basis: '小额维修金额线的复核规定', level: 'hint',
    needs: ['smallRepair.threshold', 'check.nearThresholdPercent'], moments: [],
  },
  'repair.outsideScope': {
    title: '疑似超出使用范围', basis: '第165号令第18、25条', level: 'warn', needs: [], moments: ['entry', 'payment'],
  },
  'repair.papersMissing': {
    title: '付款要件不齐', basis: '第165号令第22条；分类汇总表三方签章要求', level: 'block', needs: [], moments: ['payment'],
  },
  'repair.overBudget': {
    title: '结算超出批准金额', basis: '超预算须重新申请的规定', level: 'warn', needs: ['overrun.percent'], moments: ['payment'],
  },
  'repair.similarQuotes': {
    title: '报价疑似串通', basis: '招标投标法第32条', level: 'hint', needs: ['check.quoteSpreadPercent'], moments: ['entry'],
  },
  'repair.contractorNotChosen': {
    title: '施工、监理、审计单位没有选取记录', basis: '施工、监理、审计单位公开选取的规定（铜陵市物业管理处整改要求）', level: 'warn',
    needs: ['contractor.mustBeChosen'], moments: ['entry'],
  },
  'repair.contractorNotScored': {
    title: '办结的维修没有考核', basis: '施工单位考核管理规定（考核结果公布、奖惩兑现）', level: 'hint',
    needs: ['contractor.criteria'], moments: [],
  },
  'contractor.staleScore': {
    title: '考核打分早于回访', basis: '施工单位考核管理规定（考核以回访结果为准）', level: 'hint', needs: [], moments: [],
  },
  'contribution.notHandedIn': {
    title: '应交未交维修资金', basis: '第165号令第7、12条', level: 'hint', needs: [], moments: [],
  },
  'contribution.titleUnpaid': {
    title: '已登记产权、首期未交', basis: '第165号令第13条（未按规定交存的，不得交付房屋）', level: 'hint', needs: [], moments: [],
  },
  'gains.undistributed': {
    title: '增值收益长期未分配到户', basis: '第165号令第27条；财会〔2020〕7号待分配累计收益', level: 'warn',
    needs: ['check.undistributedDays'], moments: ['closing'],
  },
  'household.notEqualFund': {
    title: '分户合计与总账不符', basis: '第165号令第10、30条', level: 'block', needs: [], moments: ['closing'],
  },
  'receipt.numbers': {
    title: '票据号码异常', basis: '第165号令第14、34条（专用票据领用、核销）', level: 'warn', needs: [], moments: ['closing'],
  },
  'receipt.amount': {
    title: '票据金额与入账不符', basis: '第165号令第14、34条；会计基础工作规范第51条', level: 'warn', needs: [], moments: ['closing'],
  },
  'contribution.standard': {
    title: '交存标准与房屋类型不符', basis: '第165号令第7条', level: 'hint', needs: [], moments: ['entry'],
  },
  'voucher.noPaper': {
    title: '凭证没有附件', basis: '会计基础工作规范第51条第4项', level: 'warn', needs: [], moments: ['closing'],
  },
} as const satisfies Readonly<Record<string, CheckRule>>

export type CheckRuleId = keyof typeof CHECK_RULES

export function isCheckRuleId(text: string): text is CheckRuleId {
  return Object.hasOwn(CHECK_RULES, text)
}

/** In the order of the report. */
export const CHECK_RULE_IDS: readonly CheckRuleId[] = Object.keys(CHECK_RULES).filter(isCheckRuleId)

export function checkRule(id: CheckRuleId): CheckRule {
  return CHECK_RULES[id]
}

export function rulesAt(moment: CheckMoment): readonly CheckRuleId[] {
  return CHECK_RULE_IDS.filter((id) => checkRule(id).moments.includes(moment))
}
