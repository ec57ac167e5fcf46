import type { CertificateEventKind, CertificateStatus, DepositProduct, RolloverInstruction } from '#core/deposit/deposit.ts'
import type { DayCount, InterestSegment } from '#core/deposit/accrual.ts'

export const PRODUCT_WORD: Readonly<Record<DepositProduct, string>> = {
  time: '整存整取定期',
  notice1: '1 天通知存款',
  notice7: '7 天通知存款',
  largeCertificate: '大额存单',
  treasuryBond: '国债',
}

export const DAY_COUNT_WORD: Readonly<Record<DayCount, string>> = {
  months_odd_360: '整月按月，零头天数 ÷ 360',
  actual_360: '实际天数 ÷ 360',
  actual_365: '实际天数 ÷ 365',
  thirty_360: '每月 30 天 ÷ 360',
}

export const INSTRUCTION_WORD: Readonly<Record<RolloverInstruction, string>> = {
  none: '到期不自动转存',
  principal_only: '本金自动转存',
  principal_and_interest: '本息自动转存',
}

export const CERTIFICATE_STATUS_WORD: Readonly<Record<CertificateStatus, string>> = {
  pending: '待记账',
  inForce: '在存',
  withdrawn: '已支取',
  withdrawnEarly: '已提前支取',
  rolledOver: '已转存',
  cancelled: '已撤销',
}

export const CERTIFICATE_EVENT_WORD: Readonly<Record<CertificateEventKind, string>> = {
  placed: '存入',
  partlyWithdrawn: '部分提前支取',
  drawn: '通知支取',
  withdrawn: '支取',
  withdrawnEarly: '提前支取',
  rolledOver: '转存',
  noticed: '通知银行',
  amended: '更正存单',
  frozen: '冻结',
  unfrozen: '解冻',
  reversed: '撤销',
}

const MEASURE_WORD: Readonly<Record<InterestSegment['measure'], (count: number) => string>> = {
  months: (count) => `${count} 个月 ÷ 12`,
  days_360: (count) => `${count} 天 ÷ 360`,
  days_365: (count) => `${count} 天 ÷ 365`,
}

export function measureText({ measure, count }: Pick<InterestSegment, 'measure' | 'count'>): string {
  return MEASURE_WORD[measure](count)
}

export function termText(terms: { readonly termMonths: number | null; readonly termDays: number | null }): string {
  if (terms.termMonths === null) return `${terms.termDays ?? 0} 天`
  return terms.termMonths % 12 === 0 ? `${terms.termMonths / 12} 年` : `${terms.termMonths} 个月`
}

export const depositText = {
  title: '存款',
  lists: '存款列表',
  sections: { due: '到期待处理', register: '存单登记簿', ladder: '到期分布', loss: '少计利息' },
  place: '存入',
  settle: '支取或转存',
  undo: '撤销上一步',
  open: '打开',
  pane: '存单详情',
  choose: '选一行，这里显示存单、利息和转存经过。',
  missing: '没有这张存单：请从登记簿里选。',

  due: {
    left: (days: number) => `还有 ${days} 天`,
    today: '今天到期',
    overdue: (days: number) => `逾期 ${days} 天`,
  },

  columns: {
    due: '到期', dueDate: '到期日', certificateNo: '证实书号', complex: '小区', bank: '银行', principal: '本金', rate: '年利率', lost: '少计利息',
  },

  register: {
    standing: '存单范围',
    inForce: '在存',
    all: '全部',
    bank: '银行账户',
    search: '证实书号或本金',
    empty: '没有这样的存单。换一个小区或银行，或用“存入”登记第一张。',
  },

  facts: {
    principal: '本金', rate: '年利率', term: '存期', product: '品种', valueDate: '起息日', dueDate: '到期日',
    number: '证实书号', firstNumber: '原证实书号', depositAccount: '定期账号', settlement: '结算账户', reminder: '提前提醒',
    notice: '已通知支取', placed: '存入本金', source: '资金来源',
    dueReason: '到期日说明', plannedDate: '预计支取日', complex: '小区', bank: '银行', person: '经办人',
    withDemand: (rate: string, demand: string) => `${rate}%（活期 ${demand}%）`,
    joined: (first: string, second: string) => `${first}，${second}`,
    bankOfBook: (bank: string, book: string) => `${bank}（${book}）`,
    days: (days: number) => `${days} 天`,
    noticed: (date: string, amount: string) => `${date} 支取 ${amount}`,
    sourceVoucher: '来源凭证',
    frozen: '已冻结',
  },

  interest: {
    title: '利息',
    atDue: (date: string) => `${date} 到期应得`,
    today: '今天办理应得',
    accrued: '到今天已计（未到期，不是收入）',
    lost: '逾期少计利息',
    working: '计算过程',
    columns: { from: '起', to: '止', count: '计息', rate: '年利率', interest: '利息' },
    term: '存期',
    overdue: '逾期',
  },

  chain: {
    title: '转存经过',
    picture: (count: number) => `转存链，共 ${count} 张存单，从旧到新`,
    cumulated: '累计已收利息',
    interest: (amount: string) => `利息 ${amount}`,
    joined: (date: string) => `${date} 本息转存`,
    principalOnly: (date: string) => `${date} 本金转存`,
    cancelled: (count: number) => `另有 ${count} 张转存后又撤销，没有画出。`,
    here: '当前',
    left: (amount: string) => `余 ${amount}`,
    frozen: '已冻结',
    yield: (percent: string) => `，实现年化 ${percent}%`,
    yieldNote: '银行实付利息 ÷ Σ（本金 × 实际天数）× 365；还没有付息的在存本金不计',
    ended: (date: string) => `${date} 支取`,
  },

  events: {
    title: '经过',
    expected: '应得',
    paid: '实付',
    difference: '差额',
    voucher: '凭证',
    voided: '凭证已作废：请撤销这一步，再重新办理',
    takenBack: '已撤销',
    by: (actor: string, at: string) => `${actor} ${at}`,
    principal: '本金',
    dueDate: (date: string) => `到期日改为 ${date}`,
    rate: (rate: string) => `年利率改为 ${rate}%`,
    number: (number: string) => `余额换发 ${number}`,
    notice: (date: string) => `通知 ${date} 支取`,
    serial: (serial: string) => `银行流水 ${serial}`,
    received: (date: string) => `到账 ${date}`,
    bankLine: (date: string, memo: string) => `银行流水 ${date} ${memo}`.trim(),
  },

  certificate: {
    certificateNo: '证实书号', certificateNoMissing: '请照存单填写证实书号',
    product: '品种',
    rate: '年利率（%）', rateMissing: '请照存单填写年利率，例如 1.55',
    demandRate: '活期利率（%）', demandRateMissing: '请填写银行挂牌活期利率，例如 0.05',
    term: '存期', termMissing: '请填写存期', termCount: '存期数', termUnit: '存期单位', months: '个月', days: '天',
    dayCount: '计息方式',
    valueDate: '起息日',
    dueDate: '到期日', dueDateHint: (date: string) => `按存期应为 ${date}；存单印的不同时照存单改`,
    dueDateReason: '到期日不同的原因', dueDateReasonMissing: '到期日与存期推算的不同，请写明原因',
    instruction: '银行约定',
    person: '经办人', personMissing: '请选择经办人',
    bankName: '存入银行', branch: '支行', bankNameHint: '与结算账户同一家银行时不填',
    depositAccount: '定期账号', reminder: '提前提醒', reminderHint: '不填按口径提醒', dayUnit: '天',
    expected: '到期应得利息',
    notYet: '填好本金、利率、存期后算出',
  },

  placing: {
    title: '存入定期存款',
    hint: '照银行开出的存单（证实书）填写；Ctrl+Enter 查看将写入的凭证，Esc 返回并保留已填内容',
    complex: '小区', complexMissing: '请选择小区',
    bank: '银行账户', bankMissing: '请选择资金所在的账户', bankHint: '本金从这个账户转出，到期也只回到这里',
    principal: '本金',
    source: '资金来源', sourceHint: '这笔钱到账的凭证，可不选',
    papers: '存单与转账回单', papersMissing: '请附上存单或转账回单',
    papersHint: '存单、证实书、转账回单的扫描件',
    show: '查看凭证',
    discard: '清空重填',
    write: '登记并制证',
    confirm: '将登记这张存单，并写入 1 张待审核凭证',
    notAllowed: '登记存单由制单岗位办理。',
  },

  settling: {
    title: (number: string) => `支取或转存 ${number}`,
    hint: 'Ctrl+Enter 下一步，Esc 返回并保留已填内容',
    steps: ['银行实付', '新存单', '将写入的凭证'],
    stepsWithdraw: ['银行实付', '将写入的凭证'],
    what: '办理',
    withdraw: '到期支取',
    rolloverBoth: '本息转存',
    rolloverPrincipal: '本金转存',
    date: '银行办理日期',
    demandRate: '当日活期利率（%）',
    paid: '银行实付利息',
    expected: '应得利息',
    takeExpected: '与应得相同',
    tiesOut: '实付与应得相符',
    differs: (amount: string) => `与应得相差 ${amount}，须写明原因`,
    reason: '差额原因', reasonMissing: '一分钱的差额也要写明原因', reasonHint: '例如：银行按 360 天逐日计息，已与客户经理核对',
    papers: '银行回单', papersMissing: '请附上银行回单', papersHint: '利息清单、转存回单、新存单的扫描件',
    next: '下一步',
    back: '上一步',
    show: '查看凭证',
    newPrincipal: '新存单本金',
    principalBoth: '原本金 + 实付利息',
    principalOnly: '原本金；利息转入结算账户',
    confirmWithdraw: '将支取这张存单，并写入 1 张待审核凭证',
    confirmRollover: '将转存为新存单，并写入 1 张待审核凭证',
    write: '登记并制证',
    notDue: (date: string) => `这张存单 ${date} 到期，还不能支取或转存。`,
    ended: '这张存单已经办理过，不能再办一次；办错了请用“撤销上一步”。',
    pending: '存入凭证还没有记账，记账后才能支取或转存。',
    discard: '清空重填',
  },

  undoing: {
    title: (step: string) => `撤销：${step}`,
    posted: '凭证已经记账：将另制一张红字凭证，审核、记账后冲回；原凭证保留。',
    notPosted: '凭证还没有记账：凭证作废，存单回到上一步之前。',
    both: '转存的新旧两张存单一起撤销。',
    date: '撤销日期',
    reason: '撤销原因', reasonMissing: '请写明撤销原因',
    verb: '撤销',
  },

  needs: {
    overdue: (count: number) => `${count} 张存单已到期未处理，已少计利息`,
    soon: (count: number) => `${count} 张存单即将到期`,
  },
  finder: (complex: string, principal: string, status: string) => `存单 ${complex} ${principal} ${status}`,
} as const
