/** The office's words for the ledger's own values, shared by every screen. */
import type { FundKind } from '#core/fund.ts'
import type { Role } from '#core/role.ts'
import type { DraftState, VoucherPurpose } from '#core/voucher/voucher.ts'

export const FUND_WORD: Readonly<Record<FundKind, string>> = {
  maintenance: '维修资金',
  publicIncome: '公共收益',
  dailyMaintenance: '日常维修资金',
}

export const ROLE_WORD: Readonly<Record<Role, string>> = {
  preparer: '制单',
  reviewer: '审核',
  bookkeeper: '记账',
  cashier: '出纳',
  head: '会计主管',
  reconciler: '对账',
  archivist: '档案',
  inspector: '检查（只读）',
  administrator: '系统管理',
}

export const DRAFT_STATE_WORD: Readonly<Record<DraftState, string>> = {
  draft: '待审核',
  reviewed: '待记账',
  posted: '已记账',
  void: '已作废',
}

export const PURPOSE_WORD: Readonly<Record<VoucherPurpose, string>> = {
  ordinary: '日常',
  opening: '期初',
  closing: '结转',
  reversal: '红字冲销',
  replacement: '更正',
  difference: '差额更正',
  priorYear: '以前年度更正',
}

export const COUNTERPARTY_KIND_WORD = { company: '单位', publicBody: '公共机构', individual: '个人' } as const

/** At the head of amount columns: committee users may read 收入/支出 instead of 借/贷. */
export const SIDE_WORDS = {
  accounting: { debit: '借方', credit: '贷方', balanced: '借贷相等' },
  plain: { debit: '收入', credit: '支出', balanced: '收支相等' },
} as const
