/**
 * SQL triggers and constraints refuse with a code; this is where codes become sentences for the clerk. Services check the
 * same rules first and can name field and row; what arrives here slipped past them or came from outside.
 */
import Database from 'better-sqlite3'
import { DrizzleQueryError } from 'drizzle-orm'
import { Problem } from '#core/problem.ts'

const SENTENCES: Readonly<Record<string, string>> = {
  'append.only': '这类记录只能新增，不能修改或删除',
  'account.fixed': '科目的编码、类别和账簿已固定，请新增下级科目',
  'bankAccount.fixed': '银行账户只属于一个账簿，账号登记后不能改动；请停用后重新登记',
  'book.fundKind': '账簿的资金性质不能改变',
  'certificate.chain': '存单的转存、冲销前后对不上：转存要接原存单，冲销要对应同一张存单，存入只登记一次',
  'certificate.ended': '这张存单已经支取或转存，不能再办一次',
  'disclosure.request': '公示与报请的内容不符，或报请已退回、已公示，请刷新后重试',
  'disclosure.version': '公示版本号必须依次递增，请刷新后重试',
  'log.chain': '操作日志不连续，账簿可能被外部改动，请先运行校验',
  'period.closed': '该会计期间未开放或已结账，不能记账；请改用未结账的期间，或由两人办理反结账',
  'period.earlierOpen': '前面的月份还没有结账，请按月份顺序结账',
  'period.laterClosed': '后面的月份已经结账，请从最后一个月开始反结账',
  'period.transition': '期间状态不允许这项操作，已归档的年度不能再打开',
  'period.unposted': '本期还有未记账的凭证，请先审核记账或作废',
  'record.duplicate': '已有相同编号或名称的记录',
  'repair.notPayable': '这项维修还没有走到付款通知，资料不全不能付款',
  'repair.gate': '按核定金额应走现场复核：请退回工程科复审，重新核定金额',
  'repair.overpaid': '付款累计超过了这项维修的决算金额，请核对金额',
  'repair.path': '这项维修现在不能办这一步，请刷新后按当前步骤办理',
  'repair.payee': '维修款只能付给这项维修的施工单位，并记在同一账簿、同一小区',
  'repair.samePerson': '初审与复审、验收与付款要由不同的人办理',
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
