/** The parameters a policy profile would hand to core; the vectors name the rule in their title and source only. */
import { parseYuan } from '#core/money.ts'
import type { TopUpRule } from '#core/income/public-income-split.ts'
import { parsePercent } from '#core/rate.ts'
import type { SigningRule } from '#core/repair/threshold.ts'
import { parseVoteShare, type VoteRule } from '#core/authority/vote.ts'

export type Party = 'section' | 'supervisor' | 'contractor'

/** Tongling report items 12(3), 12(4). */
export const TONGLING_GATE = parseYuan('2000.00')
export const TONGLING_ACCEPTANCE: SigningRule<Party> = {
  minSigners: { section: 2, supervisor: 2, contractor: 1 },
  stamps: ['section', 'supervisor', 'contractor'],
  photos: false,
}

/** 民法典 art. 278: items on use need more than half, items on raising and business at least three quarters. */
export const ORDINARY_VOTE: VoteRule = {
  quorumArea: parseVoteShare('2/3'),
  quorumHeads: parseVoteShare('2/3'),
  agreeing: parseVoteShare('>1/2'),
}
export const SPECIAL_VOTE: VoteRule = { ...ORDINARY_VOTE, agreeing: parseVoteShare('>=3/4') }

/** 165号令 art. 17. */
export const OWNER_TOP_UP_PCT = parsePercent('30')

/** 杭州 2021 art. 72; 沪房规范〔2025〕8号 art. 12. */
export const HANGZHOU_AUDIT_WAIVED_UP_TO = parseYuan('30000.00')
export const HANGZHOU_OVERRUN_PCT = parsePercent('10')
export const SHANGHAI_PRICE_REVIEW = parseYuan('50000.00')

const HALF = parsePercent('50')

/** Domain rule 04 §4, one row per place. */
export const TOP_UP = {
  shanghai: { mode: 'min_pct', pct: HALF, strict: true },
  guangxi: { mode: 'min_pct', pct: HALF, strict: false },
  beijing: { mode: 'min_pct_if_fund_below', pct: HALF, strict: false, triggerPct: parsePercent('30') },
  huzhou: { mode: 'min_pct_of_account_balance', pct: HALF, strict: false, stopAtFirstDeposit: true },
} as const satisfies Record<string, TopUpRule>

export const DEFAULT_SPLIT_PCT = { anhui: parsePercent('70'), qingyuan: parsePercent('100') } as const
