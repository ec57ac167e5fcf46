/**
 * 收支结余表 of any book and any span of months: balance brought forward, income and expenditure down to the office's own
 * sub-accounts, balance carried on. A balance may be negative: the year before may have overspent.
 */
import type { AccountClass } from '../voucher/chart.ts'
import { parentCode } from '../voucher/chart.ts'
import { addFen, fen, negateFen, type Fen } from '../money.ts'
import type { TieOut } from './statements.ts'
import { isWithin, type StatementPart, type StatementRow } from './sums.ts'

/** debit − credit, fen. Opening vouchers of the span count as brought forward; closing vouchers move nothing. */
export type MovementSums = {
  readonly accountId: number
  readonly code: string
  readonly class: AccountClass
  readonly openingFen: Fen
  readonly movedFen: Fen
  readonly balanceFen: Fen
}

export type MovementAccount = { readonly id: number; readonly code: string; readonly name: string; readonly class: AccountClass }

export type Movement = { readonly rows: readonly StatementRow[]; readonly tieOuts: readonly TieOut[] }

function levelOf(code: string): 1 | 2 {
  return parentCode(code) === null ? 1 : 2
}

function isFund({ class: accountClass }: { readonly class: AccountClass }): boolean {
  return accountClass !== 'asset' && accountClass !== 'liability'
}

function sumOf(rows: readonly MovementSums[], amountOf: (row: MovementSums) => Fen): Fen {
  return addFen(...rows.map(amountOf))
}

/** `sums` are lowest accounts; `accounts` the whole chart in order of codes. */
export function movement(sums: readonly MovementSums[], accounts: readonly MovementAccount[]): Movement {
  const items = (accountClass: 'income' | 'expenditure'): StatementRow[] => {
    const sign = accountClass === 'income' ? negateFen : (amount: Fen) => amount
    return accounts
      .filter((account) => account.class === accountClass)
      .flatMap((account): StatementRow[] => {
        const below = sums.filter(({ code, movedFen }) => isWithin(code, account.code) && movedFen !== 0)
        if (below.length === 0) return []
        const parts = below.map((row): StatementPart => ({
          accountId: row.accountId, code: row.code, amounts: [sign(row.movedFen)],
          name: accounts.find(({ id }) => id === row.accountId)?.name ?? row.code,
        }))
        const amounts = [sign(sumOf(below, ({ movedFen }) => movedFen))]
        return [{ key: account.code, label: account.name, level: levelOf(account.code), kind: 'item', amounts, parts }]
      })
  }
  const total = (key: string, label: string, amount: Fen): StatementRow =>
    ({ key, label, level: 0, kind: 'total', amounts: [amount], parts: [] })
  const moved = (accountClass: AccountClass): Fen =>
    sumOf(sums.filter((row) => row.class === accountClass), ({ movedFen }) => movedFen)
  const fund = sums.filter(isFund)
  const opening = negateFen(sumOf(fund, ({ openingFen }) => openingFen))
  const closing = negateFen(sumOf(fund, ({ balanceFen }) => balanceFen))
  const earned = negateFen(moved('income'))
  const spent = moved('expenditure')
  // Money that moves net assets without being income or expenditure, such as a hand-over.
  const direct = negateFen(moved('netAssets'))
  const held = sumOf(sums.filter((row) => !isFund(row)), ({ balanceFen }) => balanceFen)
  const tie = (code: string, label: string, leftFen: Fen, rightFen: Fen): TieOut =>
    ({ code, label, leftFen, rightFen, holds: leftFen === rightFen })
  return {
    rows: [
      total('opening', '一、期初结余', opening),
      total('income', '二、本期收入', earned),
      ...items('income'),
      total('expenditure', '三、本期支出', spent),
      ...items('expenditure'),
      ...(direct === 0 ? [] : [total('direct', '四、其他变动', direct)]),
      total('closing', direct === 0 ? '四、期末结余' : '五、期末结余', closing),
    ],
    tieOuts: [
      tie('closing', '期初结余 + 本期收入 - 本期支出 + 其他变动 = 期末结余', fen(opening + earned - spent + direct), closing),
      tie('held', '期末结余 = 资产 - 负债', closing, held),
    ],
  }
}
