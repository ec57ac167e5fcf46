/** The three pots of money an office may hold for owners; one book holds one kind (design invariant 4). */
export const FUND_KINDS = ['maintenance', 'publicIncome', 'dailyMaintenance'] as const
export type FundKind = (typeof FUND_KINDS)[number]
