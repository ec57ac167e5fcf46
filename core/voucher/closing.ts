/**
 * Month-end closing (期末结转): income and expenditure accounts end at zero. Targets per domain rule 01 §4; where the
 * sources disagree (4301, 5901) the target is the office's setting.
 */
import type { FundKind } from '../fund.ts'
import { credit, debit, type Amounts } from './voucher.ts'
import { fen, type Fen } from '../money.ts'

export type ClosingTargets = Readonly<Record<string, string>>

/** First-level account → where its balance goes. 财会〔2020〕7号 as quoted in domain rule 01 §4 "Period-end closing". */
export function closingTargets(
  fundKind: FundKind,
  choices: { readonly disposal: '3001' | '3101'; readonly otherExpenditure: '3001' | '3101' },
): ClosingTargets {
  if (fundKind !== 'maintenance') {
    return { '4001': '3001', '4101': '3001', '5001': '3001', '5101': '3001', '5201': '3001', '5901': '3001' }
  }
  return {
    '4001': '3001',
    '4101': '3101',
    '4102': '3101',
    '4201': '3101',
    '4301': choices.disposal,
    '4901': '3101',
    '5001': '3001',
    '5101': '3001',
    '5901': choices.otherExpenditure,
  }
}

export type OpenBalance = { readonly code: string; readonly complexId: number; readonly balanceFen: Fen }
export type ClosingLine = Amounts & { readonly code: string; readonly complexId: number }

/**
 * One pair of lines per account and complex with a balance (debit − credit, fen): the account is emptied on the side
 * opposite its balance, the target takes the other. Balances of 0 give nothing.
 */
export function closingLines(balances: readonly OpenBalance[], targets: ClosingTargets): ClosingLine[] {
  return balances.flatMap((balance) => {
    if (balance.balanceFen === 0) return []
    const target = targets[balance.code.split('.')[0] ?? balance.code]
    if (target === undefined) throw new Error(`no closing target for account ${balance.code}`)
    const { code, complexId } = balance
    const size = fen(Math.abs(balance.balanceFen))
    return balance.balanceFen < 0
      ? [{ code, complexId, ...debit(size) }, { code: target, complexId, ...credit(size) }]
      : [{ code: target, complexId, ...debit(size) }, { code, complexId, ...credit(size) }]
  })
}

/**
 * The lines as vouchers of at most `limit` lines. One voucher where they fit; else whole complexes are packed together, in
 * order, so that each voucher balances by itself.
 */
export function closingVouchers(lines: readonly ClosingLine[], limit: number): readonly (readonly ClosingLine[])[] {
  if (lines.length === 0) return []
  if (lines.length <= limit) return [lines]
  const vouchers: ClosingLine[][] = [[]]
  for (const ofComplex of Map.groupBy(lines, ({ complexId }) => complexId).values()) {
    const last = vouchers.at(-1)
    if (last !== undefined && last.length + ofComplex.length <= limit) last.push(...ofComplex)
    else vouchers.push([...ofComplex])
  }
  return vouchers
}
