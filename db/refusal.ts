/**
 * SQL triggers and constraints refuse with a code; this is where codes become sentences for the clerk. Services check the
 * same rules first and can name field and row; what arrives here slipped past them or came from outside.
 */
import Database from 'better-sqlite3'
import { DrizzleQueryError } from 'drizzle-orm'
import { Problem } from '#core/problem.ts'

const SENTENCES: Readonly<Record<string, string>> = {
  'append.only': '这类记录只能新增，不能修改或删除',
  'accountInterest.reverses': '撤销结息要对应同一账户、同一结息期的记录',
  'accountInterest.settled': '这个账户的这个结息期已经登记过，要改请先撤销并写明原因',
  'account.fixed': '科目的编码、类别和账簿已固定，请新增下级科目',
  'apportionment.sealed': '分摊表已经保存，不能再加户；要改，请重新编制一份',
  'apportionment.sum': '各户分摊合计与分摊金额不符，或有户室不在这个小区，请刷新后重新编制',
  'authority.ceiling': '超过了业主表决同意的金额，或授权的单项上限、总额：请就超出部分重新取得业主决定',
  'authority.origin': '授权要有本小区的决定文件，所依据的表决要已确认通过',
  'authority.path': '这份授权的状态已经变了，请刷新后再办',
  'authority.samePerson': '登记授权的人不能自己确认，请由另一人对照决定文件确认',
  'authority.standing': '这份授权尚未确认、已经终止，或不包括这项维修的小区和部位',
  'authority.useAnswer': '窗口初审要先回答能否动用维修资金的问题：请在初审中填写后再提交',
  'authority.vote': '这次表决没有确认通过，或不是为这项维修的小区和事项表决的',
  'bankAccount.fixed': '银行账户只属于一个账簿，账号登记后不能改动；请停用后重新登记',
  'book.fundKind': '账簿的资金性质不能改变',
  'certificate.chain': '存单的转存、冲销前后对不上：转存要接原存单，冲销要对应同一张存单，存入只登记一次',
  'certificate.dueDate': '到期日须在起息日之后，通知支取日不能早于通知日',
  'certificate.ended': '这张存单已经支取或转存，不能再办一次',
  'certificate.frozen': '存单处于冻结状态（或并未冻结），请先按银行通知办理解冻',
  'certificate.fund': '存单只属于一个账簿、一个小区和一个结算账户，资金不能混存',
  'certificate.partialOnce': '这张存单已经部分提前支取过一次，不能再次部提',
  'certificate.principal': '支取金额与存单现有本金不符，请刷新后重试',
  'certificate.product': '这个品种的存单不能办这项业务',
  'difference.none': '这笔利息没有差额，不需要销号',
  'difference.samePerson': '登记差额的人不能自己销号，请由另一人核实后销号',
  'disclosure.request': '公示与报请的内容不符，或报请已退回、已公示，请刷新后重试',
  'disclosure.version': '公示版本号必须依次递增，请刷新后重试',
  'finding.path': '这条疑点的状态已经变了，请刷新后按当前状态办理',
  'finding.samePerson': '说明情况的人不能自己销号，请由另一人核实后销号',
  'gain.twice': '这段时间的收益已经计入分户账；要重做，请先作废或红字冲销原凭证',
  'household.closing': '结转进维修资金的收支没有落实到户：请作废这张结转凭证，在“期间”中重新生成',
  'household.line': '分户金额只能落在本小区维修资金、交存收入、维修支出、返还支出的分录上',
  'household.notBegun': '这个小区还没有建分户账，请先录入各户期初余额',
  'household.overdrawn': '分户账不能透支：有住户的余额不够这次扣减，请改为按余额分摊，不足部分列自筹',
  'household.sum': '分户金额合计与分录金额不符，请核对后重新制单',
  'household.tieOut': '各户期初合计与这个小区的维修资金总账不符，差一分也不能建账，请先核对',
  'household.duplicate': '这一幢、单元已有同样的房号，请核对房号',
  'household.event': '户室的面积、房号等只能通过登记变更修改',
  'household.order': '变更日期早于这一户已登记的变更，请按先后日期登记',
  'household.path': '这一户已经合并或拆分，或不在这个小区，不能再变更',
  'log.chain': '操作日志不连续，账簿可能被外部改动，请先运行校验',
  'receipt.number': '票据号不在登记的号段内，请核对号码',
  'receipt.range': '号段与已登记的号段重叠：请核对起止号',
  'selfFunding.draft': '自筹收款的凭证里没有这一户的这笔金额，请重新登记收款',
  'selfFunding.overpaid': '收款超过这一户还欠的自筹金额，请刷新后按余额登记',
  'selfFunding.owed': '自筹金额与分摊表不符，请从分摊表重新发起征缴',
  'selfFunding.pending': '这笔自筹有收款凭证还没有记账：请先记账或作废',
  'selfFunding.withdrawn': '这笔自筹已经撤销，不能再登记收款',
  'receipt.used': '这份票据已经用过或作废，请核对号码',
  'ownership.shares': '产权份额合计须正好为全部，登记后不能改动；请登记新的产权份额',
  'period.closed': '该会计期间未开放或已结账，不能记账；请改用未结账的期间，或由两人办理反结账',
  'period.earlierOpen': '前面的月份还没有结账，请按月份顺序结账',
  'period.laterClosed': '后面的月份已经结账，请从最后一个月开始反结账',
  'period.transition': '期间状态不允许这项操作，已归档的年度不能再打开',
  'period.unposted': '本期还有未记账的凭证，请先审核记账或作废',
  'placing.agreement': '没有存放协议，或起息日不在协议有效期内：请先登记协议',
  'placing.awarded': '这个标段已经定标；要改，请先撤销定标并写明原因',
  'placing.bid': '这家银行在这个标段已有报价；要改，请更正原报价并写明原因',
  'placing.bidder': '中标银行须是这个标段已评分、未回避、利率不低于底线的报价',
  'placing.certificate': '存单与标段不符：账簿、中标银行、存期要一致，利率不能低于报价',
  'placing.linked': '这张存单已经归入一个标段，不能重复归入',
  'placing.lot': '标段合计超过总额、利率低于批次底线，或已有报价不能再加标段',
  'placing.lotsPerBank': '这家银行中标的标段数已到上限',
  'placing.overLot': '归入的存单本金合计超过标段金额',
  'placing.placed': '这个标段已有存单归入，不能撤销定标',
  'placing.rank': '没有按名次定标，请写明原因',
  'placing.samePerson': '登记批次或报价的人不能定标，请由另一人办理',
  'placing.share': '这家银行的中标金额超过了占比上限',
  'period.openItems': '本月还有没核对的银行流水：请先对账，或写明原因后结账',
  'reconciliation.reopened': '这张余额调节表已经重新打开，请重新编制后再复核',
  'reconciliation.samePerson': '余额调节表要由编制人以外的人复核',
  'reconciliation.sealed': '这个月的余额调节表已经封存：请先重新打开并写明原因',
  'reconciliation.taken': '其中有一笔已经与别的流水勾对，请刷新后重试',
  'reconciliation.undo': '勾对要整组撤销，请在对账中撤销这一组',
  'record.duplicate': '已有相同编号或名称的记录',
  'repair.notPayable': '这项维修还没有走到付款通知，资料不全不能付款',
  'mapping.version': '这个表头的列对应刚被别人改过，请刷新后再保存',
  'repair.disputed': '这项维修有异议的金额暂不能付：请先答复异议，或退回决算',
  'repair.gate': '按金额应走更严的步骤（现场复核、业主决定、合同或公示）：请退回工程科复审，重新核定金额',
  'repair.overpaid': '付款累计超过了这项维修已通知付款的金额，请核对金额',
  'repair.path': '这项维修现在不能办这一步，请刷新后按当前步骤办理',
  'repair.payee': '维修款只能付给这项维修的施工单位，并记在同一账簿、同一小区',
  'repair.reason': '请写明改施工单位的原因',
  'repair.published': '使用公示还没有期满，期满次日起可以付款',
  'repair.retention': '质保金还没有到期，不能退还',
  'repair.samePerson': '初审与复审、合同与决算、验收与付款、验收与回访要由不同的人办理',
  'contractor.version': '考核表的版本号必须依次递增，请刷新后重试',
  'score.party': '只能给承接这项维修的单位打分，请刷新后重试',
  'score.stands': '这项维修已有打分；要改，请更正现有打分并写明原因',
  'score.total': '各项得分合计与总分不符，请刷新后重新打分',
  'tender.bidders': '报价单位不足，应重新组织招标（比选）',
  'tender.closed': '这次招标（比选）已经定标或撤销，不能再改',
  'tender.dates': '日期不在允许的范围内：定标不早于开标，终止须在服务期内',
  'tender.passedOver': '有排名更前的单位没有中选，请写明理由',
  'tender.samePerson': '登记报价的人不能定标，请由另一人办理',
  'repair.visa': '隐蔽工程签证缺签字人或影像，签证无效：请补齐后再验收',
  'role.cashierConflict': '出纳不得兼任稽核、记账、对账和档案保管（会计法第三十五条）',
  'role.replaced': '岗位不能直接改成另一个：请先取消原岗位，再授予新岗位',
  'statement.account': '所选凭证没有这个银行账户的分录，不能与这条流水勾对',
  'statement.amount': '凭证在这个银行账户上的金额与这条流水不符，或已与别的流水勾对，请另选凭证',
  'statement.reconciled': '这批对账单已有勾对或制单的流水，不能整批撤回',
  'statement.repeat': '重复行要指向同一账户较早导入的流水',
  'statement.repeatedLater': '后来导入的对账单有与本批重叠的流水，请先撤回后来的那一批',
  'statement.rolledBack': '这批对账单已经撤回，请重新导入后再处理',
  'statement.sameFile': '这个文件已经导入过，不能再导入一次',
  'statement.settled': '这条流水已经处理过；要改，请先撤销上一次处理并写明原因',
  'user.kept': '办理过业务的人员不能删除，只能停用',
  'vote.ballots': '请先附上表决票的扫描件，再确认结果',
  'vote.count': '计票结果与已录入的表决票不符，请刷新后重新计票',
  'vote.electorate': '表决开始后不能再改参加表决的户室，户室须属于本小区',
  'vote.frozen': '计票后不能再录表决票：要改，请先退回重新录票并写明原因',
  'vote.path': '这次表决的状态已经变了，请刷新后按当前状态办理',
  'vote.samePerson': '录票和计票的人不能自己确认结果，请由另一人核对后确认',
  'voucher.account': '科目必须是末级；银行存款科目必须选银行账户，其他科目不能选',
  'voucher.chain': '凭证链不连续，请刷新后重试',
  'voucher.closing': '结转分录只能出现在结转凭证及其冲销中，且不涉及银行账户',
  'voucher.corrects': '更正凭证要与原凭证同一账簿、日期不早于原凭证；冲销须与原凭证逐项相反',
  'voucher.crossComplex': '这是另一个小区的专户，不能记本小区的款项',
  'voucher.draft': '记账的内容与审核过的凭证不一致，请退回后重新审核',
  'voucher.number': '凭证号必须连续，请刷新后重试',
  'voucher.pair': '账簿之间划转必须成对制证，并附决定文件',
  'voucher.posted': '已记账的凭证不能修改、插入或删除，请用红字冲销或差额凭证更正',
  'voucher.reversed': '这张凭证已经冲销过，不能再冲一次',
  'voucher.reviewed': '凭证已审核，退回后才能修改',
  'voucher.role': '审核人、记账人没有相应岗位',
  'voucher.state': '凭证状态不允许这项操作',
  'voucher.unbalanced': '凭证借贷不平，或分录与凭证的账簿、日期不一致',
  'voucher.useWithoutRepair': '维修支出要从维修项目付款：请到“维修”登记项目，按步骤办到“付款通知”，由系统制作付款凭证',
}

const BY_CONSTRAINT: readonly (readonly [RegExp, string, string])[] = [
  [/SQLITE_FULL/, 'ledger.diskFull', '磁盘已满：这笔业务没有写入，账簿未受影响。请腾出空间后重试'],
  [/SQLITE_READONLY|SQLITE_CANTOPEN/, 'ledger.readOnly', '账簿文件是只读的：请检查文件权限，或先复制到本机'],
  [/SQLITE_IOERR/, 'ledger.io', '读写账簿文件出错：这笔业务没有写入。请检查磁盘或 U 盘连接'],
  [/SQLITE_CORRUPT|SQLITE_NOTADB/, 'ledger.damaged', '账簿文件已损坏：请停止使用，从最近的备份恢复'],
  [/SQLITE_BUSY|SQLITE_LOCKED/, 'ledger.busy', '账簿正忙，请稍后再试'],
  [/SQLITE_CONSTRAINT_UNIQUE|SQLITE_CONSTRAINT_PRIMARYKEY/, 'record.duplicate', '已有相同编号或名称的记录'],
  [/SQLITE_CONSTRAINT_FOREIGNKEY/, 'record.reference', '引用的记录不存在，或不属于同一个账簿'],
  [/SQLITE_CONSTRAINT_CHECK/, 'record.check', '记录不符合账簿规则'],
  [/SQLITE_CONSTRAINT_DATATYPE/, 'record.type', '数据类型不符，金额须为整数分'],
  [/SQLITE_CONSTRAINT/, 'record.constraint', '记录不符合账簿规则'],
]

/** Turns an SQLite refusal into a Problem; anything else is returned as it came. */
export function problemOfSqlite(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) {
    // Drizzle wraps what SQLite threw.
    return error instanceof DrizzleQueryError ? problemOfSqlite(error.cause) : error
  }
  // SQLite's own words when a sum leaves 64 bits.
  if (error.message === 'integer overflow') {
    return new Problem({ code: 'money.range', message: '金额合计超出可记账范围，请检查金额的位数' }, { cause: error })
  }
  const sentence = SENTENCES[error.message]
  if (sentence !== undefined) return new Problem({ code: error.message, message: sentence }, { cause: error })
  for (const [pattern, code, message] of BY_CONSTRAINT) {
    if (pattern.test(error.code)) {
      const where = /constraint failed: (.*)$/.exec(error.message)?.[1]
      return new Problem({ code, message: where === undefined ? message : `${message}（${where}）` }, { cause: error })
    }
  }
  return error
}
