/** 会住维03表 净资产变动表 (财会〔2020〕7号 part four): one column per kind of net assets, one row per cause. */
import { addFen, fen, negateFen, ZERO_FEN, type Fen } from '../money.ts'
import { holdsPublicHousing } from './balance-sheet.ts'
import {
  firstLevel,
  isWithin,
  notCarriedForward,
  openingOf,
  type AccountSums,
  type PendingAt,
  type StatementPart,
  type StatementRow,
  type StatementSums,
} from './sums.ts'

export type NetAssetsStatement = {
  /** Account code of the column; the last column adds them up. */
  readonly columns: readonly { readonly code: string | null; readonly label: string }[]
  readonly rows: readonly StatementRow[]
}

const COLUMN_NAME: Readonly<Record<string, string>> = {
  '3001': '商品住宅维修资金',
  '3002': '已售公有住房维修资金',
  '3101': '待分配累计收益',
}

type ByCode = (code: string) => Fen

function balanceBy(sums: StatementSums, amountOf: (account: AccountSums) => Fen, at: PendingAt): ByCode {
  const pending = notCarriedForward(sums, amountOf, at)
  return (code) => {
    const own = sums.accounts.filter((account) => isWithin(account.code, code)).map(amountOf)
    return negateFen(addFen(...own, pending.get(code) ?? ZERO_FEN))
  }
}

/**
 * A voucher that moves gains (3101) against the funds is 本年分配累计收益, also where part of it went elsewhere: the tie-out
 * "sums to zero" then shows it. Whatever else moves net assets directly — between the two funds, or all of them out to an
 * owners' assembly — is 本年划转.
 */
function movedBy(sums: StatementSums, cause: 'distribution' | 'transfer'): ByCode {
  const vouchers = Map.groupBy(sums.netAssetVouchers, ({ voucherId }) => voucherId)
  const byCode = new Map<string, Fen>()
  for (const lines of vouchers.values()) {
    const [gains, funds] = [true, false].map((isGain) =>
      lines.filter(({ code }) => isWithin(code, '3101') === isGain).reduce((sum, line) => sum + line.amountFen, 0))
    const isDistribution = Math.sign(gains ?? 0) * Math.sign(funds ?? 0) < 0
    if (isDistribution !== (cause === 'distribution')) continue
    for (const { code, amountFen } of lines) {
      byCode.set(firstLevel(code), addFen(byCode.get(firstLevel(code)) ?? ZERO_FEN, amountFen))
    }
  }
  return (code) => negateFen(byCode.get(code) ?? ZERO_FEN)
}

/** What the year's income and expenditure added: carried forward, plus what still waits, less what waited at its start. */
function surplusBy(sums: StatementSums): ByCode {
  const before = notCarriedForward(sums, (account) => openingOf(sums, account, ['opening', 'adjustment']), 'openingFen')
  const now = notCarriedForward(sums, ({ balanceFen }) => balanceFen, 'balanceFen')
  return (code) => {
    const closed = sums.accounts.filter((account) => isWithin(account.code, code)).map(({ closedFen }) => closedFen)
    return negateFen(fen(addFen(...closed) + (now.get(code) ?? 0) - (before.get(code) ?? 0)))
  }
}

function partsOf(sums: StatementSums, codes: readonly string[]): StatementPart[] {
  return sums.accounts
    .filter(({ code }) => codes.includes(firstLevel(code)))
    .map(({ accountId, code, name, balanceFen }) => ({ accountId, code, name, amounts: [negateFen(balanceFen)] }))
}

export function netAssetsStatement(sums: StatementSums): NetAssetsStatement {
  const codes = holdsPublicHousing(sums) ? ['3001', '3002', '3101'] : ['3001', '3101']
  const parts = partsOf(sums, codes)
  const before = balanceBy(sums, (account) => openingOf(sums, account, ['opening']), 'openingFen')
  const opening = balanceBy(sums, (account) => openingOf(sums, account, ['opening', 'adjustment']), 'openingFen')
  const surplus = surplusBy(sums)
  const distribution = movedBy(sums, 'distribution')
  const transfer = movedBy(sums, 'transfer')
  const row = (key: string, label: string, level: 0 | 1, kind: 'item' | 'total', amountOf: ByCode): StatementRow => {
    const amounts = codes.map(amountOf)
    return { key, label, level, kind, amounts: [...amounts, addFen(...amounts)], parts }
  }
  const change: ByCode = (code) => addFen(surplus(code), distribution(code), transfer(code))
  return {
    columns: [
      ...codes.map((code) => ({ code, label: COLUMN_NAME[code] ?? code })),
      { code: null, label: '净资产合计' },
    ],
    rows: [
      row('lastYear', '一、上年年末余额', 0, 'total', before),
      row('adjustment', '二、以前年度调整（减少以“-”号填列）', 0, 'item', (code) => fen(opening(code) - before(code))),
      row('opening', '三、本年年初余额', 0, 'total', opening),
      row('change', '四、本年变动金额（减少以“-”号填列）', 0, 'total', change),
      row('surplus', '（一）本年收支差额', 1, 'item', surplus),
      row('distribution', '（二）本年分配累计收益', 1, 'item', distribution),
      row('transfer', '（三）本年划转', 1, 'item', transfer),
      row('closing', '五、本年年末余额', 0, 'total', balanceBy(sums, ({ balanceFen }) => balanceFen, 'balanceFen')),
    ],
  }
}
