/** What the operation log wrote down, in the office's words: names of the fields and of the values they take. */
import { WARRANTY_CATEGORY_WORD } from '#core/repair/builder-warranty.ts'
import { DAY_COUNT_WORD, INSTRUCTION_WORD, PRODUCT_WORD } from './deposit.ts'
import { FUND_WORD, ROLE_WORD } from './words.ts'

const FIELD_WORD: Readonly<Record<string, string>> = {
  account: '账户', address: '地址', adjustedFen: '调节后余额', after: '改后', agreementRateMicro: '协定利率', amount: '金额',
  amountFen: '金额', answer: '答复', approvedBy: '批准人', approvedFen: '核定金额', askedFen: '分摊金额', at: '时间', attachments: '附件',
  awardId: '定标', awardedOn: '定标日期', balanceFen: '余额', bank: '银行', bankAccountId: '银行账户', bankName: '开户银行',
  baseQuotaFen: '基本存款额度', basis: '依据', before: '改前', bid: '报价', bidId: '报价', book: '账簿', bookId: '账簿',
  branch: '网点', buildingId: '楼幢', buildings: '楼幢', builderWarranty: '建设单位保修', certificateId: '存单',
  certificateIds: '存单', certificateNo: '证实书号', changeId: '变更', cleared: '已消除', closingFen: '期末结余', code: '编号',
  complexId: '小区', contractorId: '施工单位', correctionReason: '更正原因', count: '数', coversFrom: '期间起',
  coversTo: '期间止', currentMilli: '本期表底', date: '日期', day: '日期', dayCount: '计息方法', decidedOn: '决定日期',
  decisionId: '决定文件', decisionNo: '决定文号', demandRateMicro: '活期利率', differenceReason: '差异原因',
  disclosureId: '公示', document: '依据', drawId: '抽查', draftId: '凭证草稿', drawn: '抽中', dueDate: '到期日',
  dueDateReason: '到期日说明', dueOn: '应收日', effectiveOn: '生效日期', entries: '分录', expectedFen: '应得利息',
  file: '文件', finding: '结论', firstDepositFen: '首期交存总额', followUp: '回访', forDate: '支取日',
  forQuarter: '所属季度', found: '查出', fresh: '新查出', from: '起', fromBankAccountId: '转出账户', fundKind: '资金', gaps: '缺号', givenOn: '通知日',
  hasAssembly: '业主大会已成立', hits: '重复报修', holderName: '资金持有人', hotline: '监督电话', household: '户室',
  households: '户室', householdId: '户室', id: '序号', interestPaidFen: '实付利息', into: '转入凭证', isDedicated: '专户',
  isDrawn: '抽中', kind: '类别', known: '原已登记', label: '名称', line: '流水', lines: '流水', login: '登录名',
  lotId: '标段', lots: '标段', lotsPerBank: '每家银行至多中标', managerName: '物业服务企业', matches: '勾对',
  meterNote: '抄表备注', method: '方法', minimumRateMicro: '最低利率', mode: '转存方式', month: '月份', multiplier: '倍率',
  name: '名称', needsAudit: '须审计', newCertificateNo: '新证实书号', newCount: '新流水', next: '新存单', note: '说明',
  noticeRateMicro: '通知利率', number: '编号', old: '原存单', on: '日期', openedOn: '启用日期', opensOn: '开标日期',
  out: '转出凭证', owners: '业主', paidFen: '实付', paidFrom: '列支', paper: '资料', party: '一方', payee: '收款单位',
  payeeBank: '收款账户', percent: '比例', period: '期间', person: '签字人', personInCharge: '经办人', pinyin: '拼音',
  place: '部位', places: '张贴地点', plan: '公示安排', pool: '抽查范围', postedOn: '张贴日期', preparedBy: '制单',
  previousMilli: '上期表底', principalFen: '本金', product: '品种', profile: '政策口径', profileCode: '政策口径',
  publishedBy: '发布', publishedOn: '发布日期', quarter: '季度', rank: '名次', rateMicro: '年利率', reading: '读数',
  reason: '原因', recusal: '回避', repairId: '维修', repeatCount: '重复流水', repeats: '重复报修', roles: '岗位',
  rolloverInstruction: '转存约定', rowKey: '所在行', schedule: '付款计划', score: '得分', scoreHundredths: '得分',
  instructedFen: '累计通知付款', retentionFen: '质保金', retentionDue: '质保金到期', contract: '合同', budget: '预算',
  concealedWork: '隐蔽工程', visa: '签证', quantity: '工程量', work: '工程内容', changeFen: '增减金额', signers: '签字人', images: '影像',
  disputedFen: '异议金额', objection: '异议', raisedBy: '提出人', outcome: '结果', auditedBy: '审计机构', auditorId: '审计机构',
  said: '意见', result: '结果',
  instalment: '期次', visaFen: '签证增减', useScope: '列支范围', authority: '使用依据',
  scores: '评分', secondPerson: '复核人', sectionStaff: '科室人员', seed: '随机种子', settledFen: '决算金额',
  shareBasis: '分摊方法', shareLimitMicro: '单家占比上限', sheet: '表单', size: '字节', source: '来源',
  stampedBy: '盖章', state: '状态', step: '步骤', summary: '摘要', takenDownOn: '撤下日期', term: '存期', terms: '约定',
  thresholdFen: '分界金额', title: '名称', to: '止', toBankAccountId: '转入账户', totalFen: '总额', unit: '单位',
  unitPriceMicro: '单价', validFrom: '起效日期', validTo: '有效期止', value: '值', valueDate: '起息日', version: '版次',
  voucher: '凭证', voucherId: '凭证', vouchers: '凭证', warrantyLastDay: '保修期止', warrantyUntil: '保修至',
  yearDays: '年计息天数',
  announcedOn: '公告日期', bidder: '报价单位', bankAccount: '银行账号', confirmedBy: '复核人', endedOn: '终止日期', given: '得分',
  happenedOn: '日期', items: '考核项目', phone: '电话', points: '分值', quoteId: '报价', quotes: '报价', role: '类别', tenderId: '招标（比选）',
  total: '总分', agreeing: '同意', ballots: '表决票', byChoice: '票别', areaDm2: '面积', heads: '人数', matter: '事项类别',
  mixedHeads: '意见不一的人数', participating: '参与表决', parts: '部位', passed: '通过', perJobFen: '单项上限', quorum: '参与达到比例',
  registerOn: '清册日期', returnBy: '收票截止', scope: '范围', silentAs: '未表态计入', against: '异议', undelivered: '未送达',
  objecting: '异议合计', units: '户数', choice: '意见',
  completedOn: '竣工验收合格日', completionId: '竣工登记', termId: '保修约定', category: '类别', length: '保修期长', agreedOn: '保修书日期',
  correctsId: '更正', sha256: '文件', categoryReason: '不按部位核对的理由', lastDay: '保修期止', by: '依据',
  explanation: '依据说明', item: '项目', applicant: '申请人', ref: '依据', suggested: '名称指向', excludedUses: '不得列支的情形',
  visits: '到场记录', time: '时间', photos: '照片', conclusion: '核实结论', contractorPerson: '施工单位到场人',
  supervisorPerson: '监理到场人', sectionPerson: '科室到场人',
  worksFrom: '约定开工日', worksTo: '约定完工日', startedOn: '开工日', finishedOn: '完工日', supervisorId: '监理单位', fromId: '原单位',
}

/** Fields of a newer version are shown by their own name. */
export function fieldWord(field: string): string {
  return FIELD_WORD[field] ?? field
}

const VALUE_WORD: Readonly<Record<string, string>> = {
  authority: '使用依据', contract: '预算与合同', settlement: '决算', publication: '使用公示', retention: '质保金', closed: '已办结',
  answered: '不成立', withdrawn: '撤回', upheld: '成立', satisfied: '满意', remarks: '基本满意', defects: '仍有质量问题',
  unreached: '未联系上',
  ...FUND_WORD, ...ROLE_WORD, ...PRODUCT_WORD, ...DAY_COUNT_WORD, ...INSTRUCTION_WORD,
  demand: '活期', agreement: '协定存款', months: '月', days: '天', make: '生成凭证', owners: '业主', fee: '物业费',
  income: '公共收益', area: '按面积', households: '按户', assembly: '业主大会', committee: '业主委员会', company: '单位',
  publicBody: '公共机构', individual: '个人', power: '电', water: '水', lift: '电梯', section: '科室', supervisor: '监理单位',
  contractor: '施工单位', auditor: '审计机构', reward: '奖励', deduction: '扣分', openTender: '公开招标',
  invitedTender: '邀请招标', comparison: '比选', automatic: '自动', manual: '手工', underWarranty: '仍在保修期', notes: '说明', acceptance: '验收',
  siteReview: '现场复核', windowCheck: '窗口初审', engineeringCheck: '工程科复审', spotDraw: '抽查抽取', spotCheck: '抽查',
  unrelated: '与在先维修无关', rework: '由原施工单位返工', review: '现场复核（抽查）', repeatAnswer: '重复报修核实', payment: '付款通知', refused: '已退件',
}

/** The same letters mean another thing in these fields. */
const VALUE_WORD_OF_FIELD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { general: '记账凭证', over: '已届满', notFound: '无法确定' },
  category: WARRANTY_CATEGORY_WORD,
  by: { register: '小区登记', stated: '窗口查明' },
  method: { ballot: '书面表决', objection: '异议表决' },
  step: { voucher: '付款记账' },
  login: {},
  name: {},
  pinyin: {},
}

/** A word the ledger stores, as the office says it; anything else as it is. */
export function valueWord(field: string, value: string): string {
  const own = VALUE_WORD_OF_FIELD[field]
  if (own !== undefined && (Object.keys(own).length === 0 || value in own)) return own[value] ?? value
  return VALUE_WORD[value] ?? value
}

export const logValueText = {
  yes: '是',
  no: '否',
  none: '无',
  rate: (percent: string) => `${percent}%`,
  of: (field: string, value: string) => `${field}：${value}`,
  between: '，',
  listed: '、',
  entries: (count: number) => `${count} 项`,
  fingerprint: (start: string) => `${start}…`,
  fingerprintName: '文件指纹',
} as const
