/**
 * The catalogue of local rules (政策口径): every threshold, deadline, ratio and posting period that differs from place to
 * place is a key here, and its value is data of a date-effective profile (design invariant 15). A key's kind fixes the
 * type of its value, the input on the settings form and how it reads in Chinese.
 */
import type { BusinessDate } from '../calendar.ts'
import type { DueRule, PostingRule } from '../disclosure/due.ts'
import type { GainRegime } from '../household/gain.ts'
import type { Fen } from '../money.ts'
import type { TopUpRule } from '../income/public-income-split.ts'
import type { RateMicro } from '../rate.ts'
import type { SeasonRule } from '../repair/season.ts'
import type { SigningRule } from '../repair/threshold.ts'
import type { VoteRule } from '../authority/vote.ts'
import type { ObjectionRule } from '../authority/vote-objection.ts'

export const SIGNING_PARTIES = ['section', 'supervisor', 'contractor'] as const
/** 科室、监理、施工单位: the three who sign a repair's papers. */
export type SigningParty = (typeof SIGNING_PARTIES)[number]

export const FREQUENCIES = ['realTime', 'monthly', 'quarterly', 'halfYearly', 'yearly', 'regular'] as const
/** `regular` is the law's 定期: some rhythm is owed, the text does not say which. */
export type Frequency = (typeof FREQUENCIES)[number]

/** One year's days off; `swappedWorkdays` null until the State Council's yearly notice (调休) has been entered. */
export type HolidayYear = {
  readonly daysOff: readonly BusinessDate[]
  readonly swappedWorkdays: readonly BusinessDate[] | null
}

export type PolicyKindValues = {
  yuan: Fen
  percent: RateMicro
  /** Days, persons, copies: an integer of at least zero. */
  count: number
  /** Whole days before a due date, falling: `[30, 15, 7, 1]`. */
  countdown: readonly number[]
  yesNo: boolean
  text: string
  texts: readonly string[]
  frequency: Frequency
  regime: GainRegime
  /** `MM-DD` of every year. */
  monthDay: string
  due: DueRule
  posting: PostingRule
  topUp: TopUpRule
  signing: SigningRule<SigningParty>
  vote: VoteRule
  objection: ObjectionRule
  season: SeasonRule
  holidays: HolidayYear
}
export type PolicyKind = keyof PolicyKindValues

export const POLICY_GROUPS = ['公示', '公共收益', '审计', '维修', '交存', '分户计息', '续交与应急', '表决', '存款', '自查', '交接', '节假日'] as const
export type PolicyGroup = (typeof POLICY_GROUPS)[number]

type Setting = { readonly kind: PolicyKind; readonly group: PolicyGroup; readonly label: string; readonly unit?: string }

export const POLICY_CATALOGUE = {
  'disclosure.frequency': { kind: 'frequency', group: '公示', label: '公共收益公示频次' },
  'disclosure.selfManagedFrequency': { kind: 'frequency', group: '公示', label: '业主自管时的公示频次' },
  'disclosure.utilitiesFrequency': { kind: 'frequency', group: '公示', label: '公用水电分摊公示频次' },
  'disclosure.due': { kind: 'due', group: '公示', label: '季度公示截止日' },
  'disclosure.posting': { kind: 'posting', group: '公示', label: '公示张贴期' },
  'disclosure.places': { kind: 'texts', group: '公示', label: '公示地点' },
  'disclosure.objectionDays': { kind: 'count', group: '公示', label: '异议期', unit: '天' },
  'disclosure.supervisionPhones': { kind: 'texts', group: '公示', label: '监督电话' },
  'provincialExport.system': { kind: 'text', group: '公示', label: '须填报的上级系统' },

  'topUp.rule': { kind: 'topUp', group: '公共收益', label: '补充维修资金的规则' },
  'topUp.period': { kind: 'frequency', group: '公共收益', label: '补充维修资金的周期' },
  'topUp.defaultPercent': { kind: 'percent', group: '公共收益', label: '无约定时补充维修资金的比例', unit: '%' },
  'topUp.defaultRestUses': { kind: 'texts', group: '公共收益', label: '无约定时其余部分的用途' },
  'transfer.due': { kind: 'due', group: '公共收益', label: '划转截止日' },
  'cost.capBeforeAssemblyPercent': { kind: 'percent', group: '公共收益', label: '业主大会成立前成本占收入上限', unit: '%' },
  'publicIncome.mayOffsetFees': { kind: 'yesNo', group: '公共收益', label: '经业主大会决定可抵物业费、公摊费' },
  'publicIncome.mayPayFundWorks': { kind: 'yesNo', group: '公共收益', label: '可列支应由维修资金承担的工程' },
  'publicIncome.custodianBeforeAssembly': { kind: 'text', group: '公共收益', label: '业主大会成立前的代管单位' },
  'dailyFund.exists': { kind: 'yesNo', group: '公共收益', label: '设日常专项维修资金' },
  'priceReview.threshold': { kind: 'yuan', group: '公共收益', label: '公共收益工程审价起点', unit: '元' },

  'audit.year': { kind: 'text', group: '审计', label: '审计年度' },
  'audit.reportDue': { kind: 'monthDay', group: '审计', label: '审计报告截止日' },
  'audit.materialsDays': { kind: 'count', group: '审计', label: '委托后提交资料的期限', unit: '天' },
  'audit.engagementPostingDays': { kind: 'count', group: '审计', label: '审计委托公示天数', unit: '天' },
  'audit.postWithinDays': { kind: 'count', group: '审计', label: '出具报告后公示的期限', unit: '天' },
  'audit.postingDays': { kind: 'count', group: '审计', label: '审计结果公示天数', unit: '天' },

  'smallRepair.threshold': { kind: 'yuan', group: '维修', label: '小额维修金额线', unit: '元' },
  'repeatClaim.days': { kind: 'count', group: '维修', label: '同一部位重复报修的提示期', unit: '天' },
  'warranty.heatingSeason': { kind: 'season', group: '维修', label: '当地供暖期（供热系统保修按供暖期计算）' },
  'warranty.coolingSeason': { kind: 'season', group: '维修', label: '当地供冷期（供冷系统保修按供冷期计算）' },
  'warranty.startedSeasonCounts': { kind: 'yesNo', group: '维修', label: '竣工时已开始的供暖（供冷）期算作一期' },
  'spotCheck.percent': { kind: 'percent', group: '维修', label: '金额线以下的抽查比例', unit: '%' },
  'spotCheck.supervisor': { kind: 'yesNo', group: '维修', label: '抽查须有监理到场' },
  'acceptance.signing': { kind: 'signing', group: '维修', label: '验收签字与盖章' },
  'acceptance.sectionStaff': { kind: 'count', group: '维修', label: '现场验收科室人数', unit: '人' },
  'acceptance.writtenRecord': { kind: 'yesNo', group: '维修', label: '现场验收须有书面记录' },
  'acceptance.followUp': { kind: 'yesNo', group: '维修', label: '验收时须回访' },
  'visa.signing': { kind: 'signing', group: '维修', label: '隐蔽工程签证' },
  'settlementAudit.waivedUpTo': { kind: 'yuan', group: '维修', label: '免决算审计的金额上限（含）', unit: '元' },
  'contractor.mustBeChosen': { kind: 'yesNo', group: '维修', label: '未中选的施工、监理、审计单位不能承接（否：只提示）' },
  'contractor.criteria': { kind: 'texts', group: '维修', label: '施工、监理单位考核项目（每条“项目 分值”，合计 100，含“回访”）' },
  'auditor.criteria': { kind: 'texts', group: '维修', label: '审计机构考核项目（每条“项目 分值”，合计 100）' },
  'overrun.percent': { kind: 'percent', group: '维修', label: '超预算须重新申请的比例（含）', unit: '%' },
  'repairAuthority.waivedBelow': { kind: 'yuan', group: '维修', label: '免逐项业主决定的维修金额（不含）', unit: '元' },
  'repairContract.waivedBelow': { kind: 'yuan', group: '维修', label: '凭派工单免签合同的维修金额（不含）', unit: '元' },
  'usePublication.waivedBelow': { kind: 'yuan', group: '维修', label: '免逐项使用公示的维修金额（不含）', unit: '元' },
  'usePublication.days': { kind: 'count', group: '维修', label: '使用公示天数（异议期）', unit: '天' },
  'followUp.afterPayment': { kind: 'yesNo', group: '维修', label: '付款后须回访' },

  'contribution.liftRate': { kind: 'yuan', group: '交存', label: '首期交存标准：住宅，有电梯（每平方米）', unit: '元' },
  'contribution.noLiftRate': { kind: 'yuan', group: '交存', label: '首期交存标准：住宅，无电梯（每平方米）', unit: '元' },
  'contribution.otherUseRate': { kind: 'yuan', group: '交存', label: '首期交存标准：非住宅（每平方米）', unit: '元' },
  'contribution.pricePercent': { kind: 'percent', group: '交存', label: '首期交存标准：按购房款的比例', unit: '%' },

  'gain.regime': { kind: 'regime', group: '分户计息', label: '增值收益计入分户账的办法' },
  'gain.yearStartMonth': { kind: 'count', group: '分户计息', label: '计息年度从几月起', unit: '月' },
  'gain.halfYearRate': { kind: 'percent', group: '分户计息', label: '分户计息：半年期利率', unit: '%' },
  'gain.oneYearRate': { kind: 'percent', group: '分户计息', label: '分户计息：一年期利率', unit: '%' },
  'gain.flatRate': { kind: 'percent', group: '分户计息', label: '分户计息：固定利率', unit: '%' },

  'ownerTopUp.triggerPercent': { kind: 'percent', group: '续交与应急', label: '续交起点：余额不足首期的比例', unit: '%' },
  'emergency.cases': { kind: 'texts', group: '续交与应急', label: '应急使用情形' },
  'emergency.decisionWorkingDays': { kind: 'count', group: '续交与应急', label: '应急使用审定期限', unit: '个工作日' },
  'emergency.silenceIsConsent': { kind: 'yesNo', group: '续交与应急', label: '逾期未答复视为同意' },
  'emergency.applicants': { kind: 'texts', group: '续交与应急', label: '可以申请应急使用的主体' },
  'emergency.settleDays': { kind: 'count', group: '续交与应急', label: '应急使用验收后办结决算的期限', unit: '天' },
  'emergency.publishDays': { kind: 'count', group: '续交与应急', label: '应急使用验收后公示费用的期限', unit: '天' },

  'vote.ordinary': { kind: 'vote', group: '表决', label: '使用维修资金等一般事项' },
  'vote.special': { kind: 'vote', group: '表决', label: '筹集维修资金、经营共有部分等事项' },
  'vote.silenceJoins': { kind: 'yesNo', group: '表决', label: '议事规则约定：送达未表态的票计入多数意见' },
  'vote.objection': { kind: 'objection', group: '表决', label: '使用维修资金可以用异议表决：异议多少为不通过' },
  'authorisation.longestYears': { kind: 'count', group: '表决', label: '一次授权的最长年限', unit: '年' },
  'authorisation.jobBelow': { kind: 'yuan', group: '表决', label: '可以一次授权的单项金额（不足此数）', unit: '元' },
  'authorisation.fundPercent': { kind: 'percent', group: '表决', label: '一次授权总额占小区维修资金余额的上限', unit: '%' },

  'deposit.minimum': { kind: 'yuan', group: '存款', label: '单位定期存款起存金额', unit: '元' },
  'deposit.minimumRemainder': { kind: 'yuan', group: '存款', label: '部分提前支取后的最低留存', unit: '元' },
  'deposit.noticeMinimum': { kind: 'yuan', group: '存款', label: '通知存款最低起存与留存', unit: '元' },
  'deposit.noticeMinimumDraw': { kind: 'yuan', group: '存款', label: '通知存款最低支取', unit: '元' },
  'deposit.reminderDays': { kind: 'countdown', group: '存款', label: '到期前提醒天数' },
  'deposit.idleReserve': { kind: 'yuan', group: '存款', label: '活期备付金额（每小区每账户）', unit: '元' },
  'deposit.referenceRate': { kind: 'percent', group: '存款', label: '闲置资金可得利率（一年期或最优报价）', unit: '%' },
  'deposit.demandRate': { kind: 'percent', group: '存款', label: '活期利率', unit: '%' },
  'deposit.bankSharePercent': { kind: 'percent', group: '存款', label: '单家银行定期存款占比上限', unit: '%' },
  'deposit.largestCertificate': { kind: 'yuan', group: '存款', label: '单张存单金额上限', unit: '元' },
  'deposit.longestTermMonths': { kind: 'count', group: '存款', label: '定期存款最长存期', unit: '个月' },

  'check.idleDays': { kind: 'count', group: '自查', label: '活期余额高于备付金额的容忍天数', unit: '天' },
  'check.handoverDays': { kind: 'count', group: '自查', label: '收款后转入专户的期限', unit: '天' },
  'check.tenderAmount': { kind: 'yuan', group: '自查', label: '应竞争性存放的单笔金额起点', unit: '元' },
  'check.repairDisclosureDays': { kind: 'count', group: '自查', label: '维修付款后公示使用情况的期限', unit: '天' },
  'check.splittingDays': { kind: 'count', group: '自查', label: '疑似拆分的观察天数', unit: '天' },
  'check.nearThresholdPercent': { kind: 'percent', group: '自查', label: '贴近金额线的比例起点', unit: '%' },
  'check.quoteSpreadPercent': { kind: 'percent', group: '自查', label: '报价过于接近的差幅', unit: '%' },
  'check.repairDeskDays': { kind: 'count', group: '自查', label: '维修在办公环节等待过久的天数', unit: '天' },
  'check.repairSiteDays': { kind: 'count', group: '自查', label: '维修在现场环节等待过久的天数', unit: '天' },
  'check.photoMetres': { kind: 'count', group: '自查', label: '同一维修的照片拍摄地点相距过远的距离', unit: '米' },
  'check.undistributedDays': { kind: 'count', group: '自查', label: '待分配累计收益的容忍天数', unit: '天' },

  'handover.days': { kind: 'count', group: '交接', label: '物业合同终止后的移交期限', unit: '天' },
  holidays: { kind: 'holidays', group: '节假日', label: '当年放假与调休' },
} as const satisfies Readonly<Record<string, Setting>>

export type PolicyKey = keyof typeof POLICY_CATALOGUE
export type PolicyKindOf<Key extends PolicyKey> = (typeof POLICY_CATALOGUE)[Key]['kind']
export type PolicyValue<Key extends PolicyKey> = PolicyKindValues[PolicyKindOf<Key>]

export function isPolicyKey(text: string): text is PolicyKey {
  return Object.hasOwn(POLICY_CATALOGUE, text)
}

/** Every key, in the order of the settings form. */
export const POLICY_KEYS: readonly PolicyKey[] = Object.keys(POLICY_CATALOGUE).filter(isPolicyKey)

export function policySetting(key: PolicyKey): Setting {
  return POLICY_CATALOGUE[key]
}

/** What must be known before a step can be taken; everything else may stay 待填写 without stopping anyone. */
export const POLICY_NEEDED = {
  'disclosure.publish': ['disclosure.posting', 'disclosure.places', 'disclosure.objectionDays', 'disclosure.supervisionPhones'],
  'disclosure.remind': ['disclosure.due'],
  'publicIncome.topUp': ['topUp.rule'],
  'publicIncome.handOver': ['transfer.due'],
  'repair.review': ['smallRepair.threshold'],
  'repair.accept': ['acceptance.signing', 'acceptance.sectionStaff', 'acceptance.followUp'],
  'repair.visa': ['visa.signing'],
  'repair.settle': ['settlementAudit.waivedUpTo', 'overrun.percent'],
  'repair.publish': ['usePublication.days'],
  'fund.ownerTopUp': ['ownerTopUp.triggerPercent'],
  'deposit.place': ['deposit.minimum'],
  'deposit.withdrawPart': ['deposit.minimumRemainder'],
  'deposit.remind': ['deposit.reminderDays'],
  'vote.count': ['vote.ordinary', 'vote.special'],
  'repair.emergency': ['emergency.cases', 'emergency.applicants'],
} as const satisfies Readonly<Record<string, readonly PolicyKey[]>>

export type PolicyAction = keyof typeof POLICY_NEEDED

export const POLICY_ACTION_WORD: Readonly<Record<PolicyAction, string>> = {
  'disclosure.publish': '发布公示',
  'disclosure.remind': '公示到期提醒',
  'publicIncome.topUp': '公共收益补充维修资金',
  'publicIncome.handOver': '公共收益划转',
  'repair.review': '维修复核与抽查',
  'repair.accept': '维修验收',
  'repair.visa': '隐蔽工程签证',
  'repair.settle': '维修决算',
  'repair.publish': '维修使用公示',
  'fund.ownerTopUp': '业主续交',
  'deposit.place': '存入定期',
  'deposit.withdrawPart': '部分提前支取',
  'deposit.remind': '存单到期提醒',
  'vote.count': '表决计票',
  'repair.emergency': '应急使用',
}

const ACTIONS: readonly PolicyAction[] = Object.keys(POLICY_ACTION_WORD).filter(
  (action): action is PolicyAction => Object.hasOwn(POLICY_NEEDED, action),
)

/** The steps that wait for a key; empty for a key nobody has to know. */
export function actionsNeeding(key: PolicyKey): readonly PolicyAction[] {
  return ACTIONS.filter((action) => keysNeededFor(action).includes(key))
}

export function keysNeededFor(action: PolicyAction): readonly PolicyKey[] {
  return POLICY_NEEDED[action]
}
