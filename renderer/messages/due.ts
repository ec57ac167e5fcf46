import type { Questions } from '../records.ts'

type LossGroup = Questions['due']['loss']['group']

export const LOSS_GROUP_WORD: Readonly<Record<LossGroup, string>> = {
  complex: '按小区',
  bank: '按银行',
  person: '按经办人',
}

export const dueWords = {
  views: '显示方式',
  list: '列表',
  calendar: '日历',
  print: '打印一览表',
  printing: '生成到期一览表',
  calendarFile: '导出日历',
  exporting: '导出日历文件',

  work: {
    hint: '逐张办理支取或转存后才会离开这里',
    overdue: (count: number) => `${count} 张已到期未处理`,
    longest: (days: number) => `最长 ${days} 天`,
    lost: '到期后按活期计息，已少计利息',
    lostNote: '逾期天数 × 本金 ×（约定利率 − 活期利率）÷ 360',
    noneOverdue: '没有逾期未处理的存单',
    step: (reminder: number, count: number) => (reminder === 0 ? `今天到期 ${count} 张` : `${reminder} 天内 ${count} 张`),
    empty: '近期没有到期的存单。新的存单用“存入”登记。',
    none: '目前没有需要处理的存单，以后各月到期见“日历”和“到期分布”。',
  },

  month: {
    title: (year: string, month: string) => `${year} 年 ${Number(month)} 月到期日历`,
    previous: '上一月', next: '下一月', current: '本月',
    weekdays: ['一', '二', '三', '四', '五', '六', '日'],
    weekday: (name: string) => `星期${name}`,
    dayOff: '休', worked: '班', today: '今天',
    count: (count: number) => `${count} 张`,
    inWan: (wan: string) => `${wan} 万`,
    day: (date: string, count: number, amount: string) => `${date}，${count} 张到期，本金 ${amount} 元`,
    empty: '这个月没有存单到期。',
    choose: '选有存单到期的一天，这里列出当天的存单。',
    workingDay: (date: string) => `这一天银行休息：可在最后一个工作日 ${date} 提前办理，少计未满天数的利息，以银行回单为准。`,
    unknown: '这一年的放假与调休安排还没有填全，休息日只按周末和已知假日标注。请到“设置 › 政策口径”补充。',
    settle: '办理',
    sum: (count: number) => `共 ${count} 张`,
  },

  ladder: {
    chart: '每月到期本金',
    month: '月份', count: '张数', overdue: '逾期未处理', coming: '将到期',
    inWan: (wan: number) => `${wan} 万`,
    empty: '没有在存的存单。用“存入”登记第一张，或在“存单登记簿”里导入现有台账。',
    total: '在存本金', certificates: (count: number) => `${count} 张`,
    averageRate: '加权平均年利率', averageDays: '加权平均剩余期限', days: (days: number) => `${days} 天`,
    largest: '最大一张存单', noLimit: '上限待填写', limit: (text: string) => `上限 ${text}`, months: (months: number) => `${months} 个月`,
    longest: '最长存期上限', none: '—',
    banks: '各银行占比', bank: '银行', principal: '本金', share: '占比', rate: '平均年利率', state: '与上限相比',
    within: '未超过', over: '疑似超限',
    findings: '疑点', noFindings: '没有超过上限的。', more: (count: number) => `另有 ${count} 项没有列出。`,
    overShare: (bank: string, share: string, limit: string) => `${bank}占比 ${share}%，超过上限 ${limit}%`,
    overLargest: (number: string, complex: string) => `${number}（${complex}）金额超过上限`,
    overTerm: (number: string, complex: string, from: string, to: string) => `${number}（${complex}）存期 ${from} 至 ${to}，超过最长存期`,
    toFill: '上限在“设置 › 政策口径 › 存款”里填写，填好后这里自动比较。',
  },

  loss: {
    title: '少计利息',
    hint: '到期没有办理、活期闲置太多，各少收了多少利息',
    groups: '汇总方式',
    from: '闲置资金计算起日',
    complex: '小区', bank: '银行', person: '经办人', nobody: '未存过定期',
    overdueCount: '逾期张数', overdue: '逾期本金', overdueLost: '逾期少计', idle: '超过备付的活期', idleLost: '闲置少计', lost: '合计少计',
    inYear: '照现在的余额再闲置一年，还会少计', total: '合计',
    idleNote: '活期余额超过备付金额的部分，逐日累计 ×（可得利率 − 活期利率）÷ 360',
    sum: (from: string) => `逾期自到期日起、闲置自 ${from} 起，合计少计利息`,
    overduePart: '其中逾期', idlePart: '闲置',
    empty: '没有逾期未处理的存单，活期余额也没有超过备付金额。',
    missing: '以下口径待填写，有关小区的闲置资金还没有计入：',
    missingOne: (label: string, profile: string) => `${label}（${profile}）`,
    fill: '去填写',
    pane: '少计利息明细',
    choose: '选一行，这里列出背后的存单和账户。',
    certificates: '逾期未处理的存单', accounts: '闲置的活期账户', noAccounts: '没有超过备付金额的账户。', noCertificates: '没有逾期未处理的存单。',
    account: '账户', balance: '活期余额', reserve: '备付', days: '闲置天数',
    rates: (offered: string, demand: string) => `可得 ${offered}%，活期 ${demand}%`,
    dueDate: '到期日', number: '证实书号', principal: '本金',
  },
} as const
