/** Numbers of the rows in the sample ledger; free of vitest, because child processes of the fault tests use them too. */
export const NOW = '2025-01-15T02:00:00.000Z'

export const PEOPLE = { preparer: 1, reviewer: 2, bookkeeper: 3, cashier: 4, reconciler: 5 } as const
export const MAINTENANCE = 1
export const PUBLIC_INCOME = 2
/** Each complex has its 专户 in the maintenance book; the public income account is shared. */
export const BANK = { maintenanceOfFirst: 1, publicIncome: 2, maintenanceOfSecond: 3 } as const
export const ACCOUNT = {
  heading: 10, demand: 11, interest: 12, transferIn: 13, fund: 14, closingTarget: 15,
  publicDemand: 21, parking: 22, transferOut: 23, publicFund: 24,
} as const
