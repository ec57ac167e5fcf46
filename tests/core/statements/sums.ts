/** Sums as the ledger would give them, written by hand: code → [before, month, year, last year, closed, balance], fen. */
import { CHARTS } from '#core/voucher/chart.ts'
import { closingTargets } from '#core/voucher/closing.ts'
import { fen } from '#core/money.ts'
import type { AccountSums, StatementSums } from '#core/statements/sums.ts'

export type Amounts = Partial<Omit<AccountSums, 'accountId' | 'code' | 'name' | 'class'>>

export function accountSums(code: string, amounts: { readonly [Key in keyof Amounts]?: number }): AccountSums {
  const chart = CHARTS.maintenance
  const known = chart.find((account) => account.code === code) ?? chart.find((account) => code.startsWith(`${account.code}.`))
  if (known === undefined) throw new Error(`no account ${code}`)
  const of = (key: keyof Amounts) => fen(amounts[key] ?? 0)
  return {
    accountId: Number(code.replace('.', '')), code, name: known.name, class: known.class,
    beforeFen: of('beforeFen'), monthFen: of('monthFen'), yearFen: of('yearFen'), lastYearFen: of('lastYearFen'),
    closedFen: of('closedFen'), balanceFen: of('balanceFen'),
  }
}

export function sumsOf(accounts: readonly AccountSums[], more: Partial<StatementSums> = {}): StatementSums {
  const targets = closingTargets('maintenance', { disposal: '3001', otherExpenditure: '3001' })
  return { accounts, outside: [], netAssetVouchers: [], publicPending: [], targets, hasLastYear: true, ...more }
}
