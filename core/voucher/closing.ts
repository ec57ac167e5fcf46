/**
 * Month-end closing (期末结转): income and expenditure accounts end at zero. Targets per domain rule 01 §4; where the
 * sources disagree (4301, 5901) the target is the office's setting.
 */
import type { FundKind } from '../fund.ts'
import type { HouseholdEntry } from '../household/household-entry.ts'
import { credit, debit, type Amounts } from './voucher.ts'
import { fen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'

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

export type OpenBalance = {
  readonly code: string
  readonly complexId: number
  /** Debit − credit. */
  readonly balanceFen: Fen
  /** How much of it is of sold public housing, and so goes to 3002 where the rest goes to 3001; absent: nothing. */
  readonly publicFen?: Fen
  /** Whose it becomes where no earlier entry says so; of each fund the entries sum to what goes there. */
  readonly households?: readonly (HouseholdEntry & { readonly isPublic: boolean })[]
}
export type ClosingLine = Amounts & {
  readonly code: string
  readonly complexId: number
  /** On the fund's line; `from` is the account that was emptied into it. */
  readonly shared?: { readonly from: string; readonly households: readonly HouseholdEntry[] }
}

const COMMODITY = '3001'
const SOLD_PUBLIC = '3002'

/** Where a balance goes, in parts; of sold public housing only what would otherwise go to the commodity fund. */
export function closingParts(
  { code, balanceFen, publicFen = ZERO_FEN }: OpenBalance, targets: ClosingTargets,
): readonly { readonly target: string; readonly fen: Fen }[] {
  const target = targets[code.split('.')[0] ?? code]
  if (target === undefined) throw new Error(`no closing target for account ${code}`)
  const parts = target === COMMODITY
    ? [{ target, fen: subtractFen(balanceFen, publicFen) }, { target: SOLD_PUBLIC, fen: publicFen }]
    : [{ target, fen: balanceFen }]
  return parts.filter(({ fen: part }) => part !== 0)
}

/**
 * One pair of lines per account, complex and fund with a balance (debit − credit, fen): the account is emptied on the side
 * opposite its balance, the target takes the other; the debit comes first. Balances of 0 give nothing.
 */
export function closingLines(balances: readonly OpenBalance[], targets: ClosingTargets): ClosingLine[] {
  return balances.flatMap((balance) => {
    const { code, complexId, households } = balance
    return closingParts(balance, targets).flatMap(({ target, fen: part }): readonly ClosingLine[] => {
      const size = fen(Math.abs(part))
      const ofTarget = households?.filter(({ isPublic }) => isPublic === (target === SOLD_PUBLIC))
        .map(({ isPublic: _isPublic, ...entry }) => entry) ?? []
      const into = { code: target, complexId, ...(ofTarget.length > 0 && { shared: { from: code, households: ofTarget } }) }
      return part < 0
        ? [{ code, complexId, ...debit(size) }, { ...into, ...credit(size) }]
        : [{ ...into, ...debit(size) }, { code, complexId, ...credit(size) }]
    })
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
