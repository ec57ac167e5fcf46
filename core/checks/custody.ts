/**
 * Money kept where it belongs: each account holds one fund in the owners' name, and what is collected is handed over in time
 * (转存 in Xiamen's sense: collected money into the complex's dedicated account).
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { FundKind } from '../fund.ts'
import type { BankAccountId, ComplexId, VoucherId } from '../id.ts'
import { formatYuan, type Fen } from '../money.ts'
import { matchName } from '../party-name.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type CheckedAccount = {
  readonly id: BankAccountId
  readonly name: string
  /** 户名 as the bank has it. */
  readonly holder: string
  readonly complexId: ComplexId | null
  readonly fund: FundKind
}

const FUND_WORD: Readonly<Record<FundKind, string>> = {
  maintenance: '维修资金', publicIncome: '公共收益', dailyMaintenance: '日常专项维修资金',
}

/** Who may hold owners' money: the assembly, its committee, or the custodian the complex names. */
const OWNERS_ORGANISATIONS = ['业主大会', '业主委员会', '业委会', '物业管理委员会', '物管会'] as const

/** An individual's account, or a firm nobody named as holder (厦门嘉莲大厦: kept in private accounts). */
export function findHolders(
  accounts: readonly CheckedAccount[], custodians: ReadonlyMap<ComplexId | null, readonly string[]>,
): readonly Finding[] {
  return accounts.flatMap((account) => {
    const holder = matchName(account.holder)
    const named = [...(custodians.get(account.complexId) ?? []), ...(custodians.get(null) ?? [])]
    const isOwners = OWNERS_ORGANISATIONS.some((word) => holder.includes(word))
    if (holder !== '' && (isOwners || named.some((name) => matchName(name) !== '' && holder.includes(matchName(name))))) return []
    return [findingOf({
      rule: 'account.holder',
      level: checkRule('account.holder').level,
      complexId: account.complexId,
      message: `账户 ${account.name} 户名“${account.holder}”不是业主大会、业委会或登记的代管单位；请核对开户资料`,
      amountFen: null,
      links: [{ kind: 'bankAccount', id: account.id, label: account.name }],
      occasion: holder,
    })]
  })
}

export type MovedMoney = {
  readonly voucherId: VoucherId
  readonly voucherLabel: string
  readonly complexId: ComplexId
  readonly amountFen: Fen
  readonly bookFund: FundKind
  readonly account: CheckedAccount
}

/** A voucher of one fund that moves another fund's account. SQL refuses it in this ledger; a file brought in may hold it. */
export function findFundsMixed(moves: readonly MovedMoney[]): readonly Finding[] {
  return moves.filter(({ bookFund, account }) => bookFund !== account.fund).map((move) => findingOf({
    rule: 'account.fundMixed',
    level: checkRule('account.fundMixed').level,
    complexId: move.complexId,
    message:
      `${move.voucherLabel} 属${FUND_WORD[move.bookFund]}，却动用${FUND_WORD[move.account.fund]}账户 ${move.account.name} ` +
      `${formatYuan(move.amountFen)} 元；不同性质的资金只能凭决定划转`,
    amountFen: move.amountFen,
    links: [
      { kind: 'voucher', id: move.voucherId, label: move.voucherLabel },
      { kind: 'bankAccount', id: move.account.id, label: move.account.name },
    ],
  }))
}

export type CollectedMoney = {
  readonly complexId: ComplexId
  readonly complexName: string
  readonly voucherId: VoucherId
  readonly voucherLabel: string
  readonly collectedOn: BusinessDate
  /** Still with the property company. */
  readonly outstandingFen: Fen
}

/** Collected and not yet in the dedicated account after `days` days (思明 plan: 未按规定时限及时转存). */
export function findNotHandedOver(collected: readonly CollectedMoney[], days: number, today: BusinessDate): readonly Finding[] {
  return collected
    .filter(({ outstandingFen, collectedOn }) => outstandingFen > 0 && daysBetween(collectedOn, today) > days)
    .map((money) => findingOf({
      rule: 'income.notHandedOver',
      level: checkRule('income.notHandedOver').level,
      complexId: money.complexId,
      message:
        `${money.complexName} ${money.collectedOn} 收取的 ${formatYuan(money.outstandingFen)} 元已 ` +
        `${daysBetween(money.collectedOn, today)} 天未转入专户（期限 ${days} 天）；请催交并登记转存`,
      amountFen: money.outstandingFen,
      links: [{ kind: 'voucher', id: money.voucherId, label: money.voucherLabel }],
    }))
}

export type FundWithoutAccount = {
  readonly complexId: ComplexId
  readonly complexName: string
  readonly fund: FundKind
}

/** A complex whose money of a fund lies in somebody else's account (思明 plan: 一小区一专户). */
export function findAccountMissing(funds: readonly FundWithoutAccount[]): readonly Finding[] {
  return funds.map(({ complexId, complexName, fund }) => findingOf({
    rule: 'account.missing',
    level: checkRule('account.missing').level,
    complexId,
    message: `${complexName} 的${FUND_WORD[fund]}已有收支，却没有登记本小区自己的专户；请开立专户并登记，或说明由谁代存`,
    amountFen: null,
    links: [{ kind: 'complex', id: complexId, label: complexName }],
    aspect: fund,
  }))
}

export type Transferred = {
  readonly voucherId: VoucherId
  readonly voucherLabel: string
  readonly complexId: ComplexId
  readonly date: BusinessDate
  readonly amountFen: Fen
  /** Null: no decision is named. SQL refuses that in this ledger; a file brought in may hold it. */
  readonly decision: { readonly number: string; readonly decidedOn: BusinessDate } | null
}

/** Money between funds of different nature moves only by a decision, and the decision comes first. */
export function findTransferDecisions(transfers: readonly Transferred[]): readonly Finding[] {
  return transfers.flatMap(({ decision, ...transfer }) => {
    if (decision !== null && decision.decidedOn <= transfer.date) return []
    const why = decision === null
      ? '没有登记依据的决定'
      : `依据的决定 ${decision.number} 到 ${decision.decidedOn} 才作出`
    return [findingOf({
      rule: 'account.transferDecision',
      level: checkRule('account.transferDecision').level,
      complexId: transfer.complexId,
      message: `${transfer.voucherLabel} 划转 ${formatYuan(transfer.amountFen)} 元，${why}；请核对业主大会决定或当地规定`,
      amountFen: transfer.amountFen,
      links: [{ kind: 'voucher', id: transfer.voucherId, label: transfer.voucherLabel }],
    })]
  })
}
