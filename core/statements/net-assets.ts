/** 会住维03表 净资产变动表 (财会〔2020〕7号 part four): one column per kind of net assets, one row per cause. */
import { addFen, fen, negateFen, ZERO_FEN, type Fen } from '../money.ts'
import { holdsPublicHousing, pendingAmounts } from './balance-sheet.ts'
import {
  firstLevel,
  isWithin,
  notCarriedForward,
  openingOf,
  type AccountSums,
  type ColumnSpan,
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
function movedOf(sums: StatementSums, cause: 'distribution' | 'transfer'): ReadonlyMap<string, Fen> {
  const vouchers = Map.groupBy(sums.netAssetVouchers, ({ voucherId }) => voucherId)
  const byCode = new Map<string, Fen>()
  for (const lines of vouchers.values()) {
    const [gains, funds] = [true, false].map((isGain) =>
      lines.filter(({ code }) => isWithin(code, '3101') === isGain).reduce((sum, line) => sum + line.amountFen, 0))
    const isDistribution = Math.sign(gains ?? 0) * Math.sign(funds ?? 0) < 0
    if (isDistribution !== (cause === 'distribution')) continue
    for (const { code, amountFen } of lines) byCode.set(code, addFen(byCode.get(code) ?? ZERO_FEN, amountFen))
  }
  return byCode
}

function movedBy(moved: ReadonlyMap<string, Fen>): ByCode {
  const within = (code: string) => [...moved].filter(([each]) => firstLevel(each) === code).map(([, amountFen]) => amountFen)
  return (code) => negateFen(addFen(...within(code)))
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

/** debit − credit of a net-asset account itself, and what income and expenditure still bring it (credit positive). */
type Behind = {
  readonly own: (account: AccountSums) => Fen
  readonly pending: (atOpening: number, atClosing: number) => number
}

/** Which accounts a row is made of, with a column for each kind of net assets and one for all of them. */
function partsOf(sums: StatementSums, codes: readonly string[], { own, pending }: Behind): StatementPart[] {
  return sums.accounts
    .filter(({ class: accountClass }) => accountClass !== 'asset')
    .map((account) => {
      const amounts = codes.map((code) => {
        const [atOpening = 0, atClosing = 0] = pendingAmounts(sums, account, code)
        return fen((isWithin(account.code, code) ? -own(account) : 0) + pending(atOpening, atClosing))
      })
      const { accountId, code, name } = account
      return { accountId, code, name, amounts: [...amounts, addFen(...amounts)] }
    })
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0))
}

const AT_OPENING: Behind['pending'] = (atOpening) => atOpening
const AT_CLOSING: Behind['pending'] = (_atOpening, atClosing) => atClosing
const DURING: Behind['pending'] = (atOpening, atClosing) => atClosing - atOpening
const NONE: Behind['pending'] = () => 0

export function netAssetsStatement(sums: StatementSums): NetAssetsStatement {
  const codes = holdsPublicHousing(sums) ? ['3001', '3002', '3101'] : ['3001', '3101']
  const before = balanceBy(sums, (account) => openingOf(sums, account, ['opening']), 'openingFen')
  const opening = balanceBy(sums, (account) => openingOf(sums, account, ['opening', 'adjustment']), 'openingFen')
  const surplus = surplusBy(sums)
  const [distributed, transferred] = [movedOf(sums, 'distribution'), movedOf(sums, 'transfer')]
  const [distribution, transfer] = [movedBy(distributed), movedBy(transferred)]
  const moved = (...by: readonly ReadonlyMap<string, Fen>[]) => ({ code }: AccountSums): Fen =>
    addFen(...by.map((each) => each.get(code) ?? ZERO_FEN))
  const broughtIn = (account: AccountSums): Fen => openingOf(sums, account, ['opening'])
  const atStart = (account: AccountSums): Fen => openingOf(sums, account, ['opening', 'adjustment'])
  type Kind = Pick<StatementRow, 'level' | 'kind'> & { readonly span: ColumnSpan }
  const row = (key: string, label: string, kind: Kind, amountOf: ByCode, behind: Behind): StatementRow => {
    const amounts = codes.map(amountOf)
    return { key, label, ...kind, amounts: [...amounts, addFen(...amounts)], parts: partsOf(sums, codes, behind) }
  }
  const whole = (span: ColumnSpan): Kind => ({ level: 0, kind: 'total', span })
  const cause: Kind = { level: 1, kind: 'item', span: 'netAssets' }
  const change: ByCode = (code) => addFen(surplus(code), distribution(code), transfer(code))
  return {
    columns: [
      ...codes.map((code) => ({ code, label: COLUMN_NAME[code] ?? code })),
      { code: null, label: '净资产合计' },
    ],
    rows: [
      row('lastYear', '一、上年年末余额', whole('opening'), before, { own: broughtIn, pending: AT_OPENING }),
      row('adjustment', '二、以前年度调整（减少以“-”号填列）', { ...cause, level: 0 }, (code) => fen(opening(code) - before(code)),
        { own: (account) => fen(atStart(account) - broughtIn(account)), pending: NONE }),
      row('opening', '三、本年年初余额', whole('opening'), opening, { own: atStart, pending: AT_OPENING }),
      row('change', '四、本年变动金额（减少以“-”号填列）', whole('netAssets'), change,
        { own: (account) => addFen(account.closedFen, moved(distributed, transferred)(account)), pending: DURING }),
      row('surplus', '（一）本年收支差额', cause, surplus, { own: ({ closedFen }) => closedFen, pending: DURING }),
      row('distribution', '（二）本年分配累计收益', cause, distribution, { own: moved(distributed), pending: NONE }),
      row('transfer', '（三）本年划转', cause, transfer, { own: moved(transferred), pending: NONE }),
      row('closing', '五、本年年末余额', whole('closing'), balanceBy(sums, ({ balanceFen }) => balanceFen, 'balanceFen'),
        { own: ({ balanceFen }) => balanceFen, pending: AT_CLOSING }),
    ],
  }
}
