/**
 * The rules an office starts with: version 1 of each code. It changes them by versions of its own, with a reason and a
 * second person; the words are those the layouts' banks print.
 */
import { ACCOUNT } from '../voucher/chart.ts'
import type { FundKind } from '../fund.ts'
import { FEE_WORDS, INTEREST_WORDS } from './layouts.ts'
import type { ProposalRule } from './proposal.ts'

export type FundRule = ProposalRule & { readonly fundKind: FundKind }

function rule(fundKind: FundKind, kind: ProposalRule['kind'], matchWords: readonly string[], accountCode: string): FundRule {
  return { id: `${fundKind}.${kind}`, version: 1, fundKind, kind, matchWords, accountCode }
}

/** In order of precedence: interest and fees by their words first, since a bank may itself be a contract's party. */
export const SHIPPED_RULES: readonly FundRule[] = [
  rule('maintenance', 'interest', INTEREST_WORDS, ACCOUNT.interestIncome),
  rule('maintenance', 'fee', FEE_WORDS, '5901'),
  // No words: owners write what they like, or nothing; the household must be recognised either way.
  rule('maintenance', 'contribution', [], ACCOUNT.contributions),
  rule('publicIncome', 'interest', INTEREST_WORDS, ACCOUNT.interestIncome),
  rule('publicIncome', 'fee', FEE_WORDS, '5001.06'),
  rule('publicIncome', 'contractIncome', [], ''),
  rule('dailyMaintenance', 'interest', INTEREST_WORDS, ACCOUNT.interestIncome),
  rule('dailyMaintenance', 'fee', FEE_WORDS, '5901'),
]
