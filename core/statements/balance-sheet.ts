/** 会住维01表 资产负债表 (财会〔2020〕7号 part four): two blocks side by side, 年初余额 and 期末余额. */
import { addFen, fen, negateFen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import {
  firstLevel,
  headingRow,
  isWithin,
  notCarriedForward,
  openingOf,
  partsTogether,
  sumRows,
  type AccountSums,
  type StatementColumn,
  type StatementPart,
  type StatementRow,
  type StatementSums,
} from './sums.ts'

export type BalanceSheet = {
  readonly columns: readonly StatementColumn[]
  readonly assets: readonly StatementRow[]
  readonly claims: readonly StatementRow[]
}

const COLUMNS: readonly StatementColumn[] = [
  { label: '年初余额', span: 'opening' },
  { label: '期末余额', span: 'closing' },
]

const ASSETS = [['1001', '银行存款'], ['1101', '国债投资'], ['1201', '备用金']] as const

/** 本年年初 counts the corrections of earlier years, as row 三 of 会住维03表 does. */
const OPENING = ['opening', 'adjustment'] as const

function partsUnder(sums: StatementSums, heading: string, sign: (amount: Fen) => Fen): StatementPart[] {
  return sums.accounts
    .filter(({ code }) => isWithin(code, heading))
    .map((account) => ({
      accountId: account.accountId,
      code: account.code,
      name: account.name,
      amounts: [sign(openingOf(sums, account, OPENING)), sign(account.balanceFen)],
    }))
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0))
}

function total(key: string, label: string, amounts: readonly Fen[], of: readonly StatementRow[]): StatementRow {
  return { key, label, level: 1, kind: 'total', amounts, parts: partsTogether(of) }
}

function partSums(parts: readonly StatementPart[]): Fen[] {
  return COLUMNS.map((_, column) => addFen(...parts.map(({ amounts }) => amounts[column] ?? ZERO_FEN)))
}

/** What an income or expenditure account still has to carry forward to the net-asset account `code`. */
export function pendingAmounts(sums: StatementSums, account: AccountSums, code: string): Fen[] {
  const target = sums.targets[firstLevel(account.code)]
  const ofPublic = target === '3001' ? sums.publicPending.find((each) => each.code === account.code) : undefined
  const publicFen = [ofPublic?.openingFen ?? ZERO_FEN, ofPublic?.balanceFen ?? ZERO_FEN]
  if (code === '3002') return publicFen.map(negateFen)
  if (target !== code) return [ZERO_FEN, ZERO_FEN]
  return [openingOf(sums, account, OPENING), account.balanceFen]
    .map((amount, column) => negateFen(subtractFen(amount, publicFen[column] ?? ZERO_FEN)))
}

/** Net-asset accounts with what is still to be carried forward to them, which is their own income and expenditure. */
function netAssetRow(sums: StatementSums, code: string, label: string, level: 1 | 2): StatementRow {
  const own = partsUnder(sums, code, negateFen)
  const openingPending = notCarriedForward(sums, (account) => openingOf(sums, account, OPENING), 'openingFen')
  const closingPending = notCarriedForward(sums, ({ balanceFen }) => balanceFen, 'balanceFen')
  const pending = [openingPending, closingPending].map((byTarget) => negateFen(byTarget.get(code) ?? ZERO_FEN))
  const parts = sums.accounts
    .filter((account) => account.class !== 'asset')
    .map((account) => ({
      accountId: account.accountId, code: account.code, name: account.name, amounts: pendingAmounts(sums, account, code),
    }))
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0))
  const amounts = partSums(own).map((amount, column) => fen(amount + (pending[column] ?? 0)))
  return { key: code, label, level, kind: 'item', amounts, parts: [...own, ...parts] }
}

/** Sold public housing has lines of its own only where the body holds such money. */
export function holdsPublicHousing(sums: StatementSums): boolean {
  return sums.publicPending.length > 0 || sums.accounts.some(({ code }) => isWithin(code, '3002'))
}

export function balanceSheet(sums: StatementSums): BalanceSheet {
  const width = COLUMNS.length
  const assetItems = ASSETS.map(([code, label]): StatementRow => {
    const parts = partsUnder(sums, code, (amount) => amount)
    return { key: code, label, level: 1, kind: 'item', amounts: partSums(parts), parts }
  })
  const payableParts = partsUnder(sums, '2001', negateFen)
  const payable: StatementRow = {
    key: '2001', label: '应付房屋灭失返还资金', level: 1, kind: 'item', amounts: partSums(payableParts), parts: payableParts,
  }
  const commodity = netAssetRow(sums, '3001', '其中：商品住宅', 2)
  const publicHousing = netAssetRow(sums, '3002', '　　　已售公有住房', 2)
  const funds: StatementRow = {
    key: 'funds', label: '维修资金', level: 1, kind: 'item', amounts: sumRows([commodity, publicHousing], width),
    parts: partsTogether([commodity, publicHousing]),
  }
  const gains = netAssetRow(sums, '3101', '待分配累计收益', 1)
  const netAssets = sumRows([funds, gains], width)
  return {
    columns: COLUMNS,
    assets: [
      headingRow('assets', '一、资产', width),
      ...assetItems,
      total('totalAssets', '资产总计', sumRows(assetItems, width), assetItems),
    ],
    claims: [
      headingRow('liabilities', '二、负债', width),
      payable,
      total('totalLiabilities', '负债合计', payable.amounts.map((amount) => amount ?? ZERO_FEN), [payable]),
      headingRow('netAssets', '三、净资产', width),
      funds,
      commodity,
      ...(holdsPublicHousing(sums) ? [publicHousing] : []),
      gains,
      total('totalNetAssets', '净资产合计', netAssets, [funds, gains]),
      total('totalClaims', '负债和净资产总计', netAssets.map((amount, column) => fen(amount + (payable.amounts[column] ?? 0))),
        [payable, funds, gains]),
    ],
  }
}
