/**
 * Contributions, gains and receipts: what owners owe, what they have not been credited, and numbers of receipts that do not add
 * up (西安, 凤阳, 晋江 audits; 海南: gains not distributed).
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { ComplexId, HouseholdId } from '../id.ts'
import { addFen, formatYuan, subtractFen, type Fen } from '../money.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type OwingComplex = {
  readonly complexId: ComplexId
  readonly complexName: string
  readonly households: number
  readonly owingFen: Fen
}

/** Per complex, not per household: a list of ten thousand findings is none. Said of one `year`, it is asked again in the next. */
export function findNotHandedIn(complexes: readonly OwingComplex[], year: string): readonly Finding[] {
  return complexes.filter(({ owingFen }) => owingFen > 0).map((complex) => findingOf({
    rule: 'contribution.notHandedIn',
    level: checkRule('contribution.notHandedIn').level,
    complexId: complex.complexId,
    message: `${complex.complexName} 有 ${complex.households} 户应交未交，合计 ${formatYuan(complex.owingFen)} 元；请催交`,
    amountFen: complex.owingFen,
    links: [{ kind: 'complex', id: complex.complexId, label: complex.complexName }],
    occasion: year,
  }))
}

/** Owners registered though the first contribution is not paid in full; the developer's own rooms are not among them. */
export function findTitleUnpaid(complexes: readonly OwingComplex[]): readonly Finding[] {
  return complexes.filter(({ owingFen }) => owingFen > 0).map((complex) => findingOf({
    rule: 'contribution.titleUnpaid',
    level: checkRule('contribution.titleUnpaid').level,
    complexId: complex.complexId,
    message: `${complex.complexName} 有 ${complex.households} 户已登记业主而首期未交齐，差 ${formatYuan(complex.owingFen)} 元；` +
      '请核对交房和办证时的交存证明，向开发建设单位或业主催交',
    amountFen: complex.owingFen,
    links: [{ kind: 'complex', id: complex.complexId, label: complex.complexName }],
  }))
}

export type FundStanding = {
  readonly complexId: ComplexId
  readonly complexName: string
  /** 3001 + 3002 and what the open month adds to them. */
  readonly fundFen: Fen
  readonly householdsFen: Fen
  readonly undistributedFen: Fen
  /** Since when the undistributed gains have stood above zero. */
  readonly undistributedSince: BusinessDate | null
}

/** Invariant 9 as an auditor would ask it: all households together are the fund. */
export function findNotEqualFund(standings: readonly FundStanding[]): readonly Finding[] {
  return standings.filter(({ fundFen, householdsFen }) => fundFen !== householdsFen).map((standing) => {
    const difference = subtractFen(standing.householdsFen, standing.fundFen)
    return findingOf({
      rule: 'household.notEqualFund',
      level: checkRule('household.notEqualFund').level,
      complexId: standing.complexId,
      message:
        `${standing.complexName} 分户合计 ${formatYuan(standing.householdsFen)} 元，总账 ${formatYuan(standing.fundFen)} 元，` +
        `相差 ${formatYuan(difference)} 元；请先查清再结账`,
      amountFen: difference,
      links: [{ kind: 'complex', id: standing.complexId, label: standing.complexName }],
    })
  })
}

export function findUndistributed(standings: readonly FundStanding[], days: number, today: BusinessDate): readonly Finding[] {
  return standings.flatMap((standing) => {
    const since = standing.undistributedSince
    if (standing.undistributedFen <= 0 || since === null || daysBetween(since, today) <= days) return []
    return [findingOf({
      rule: 'gains.undistributed',
      level: checkRule('gains.undistributed').level,
      complexId: standing.complexId,
      message:
        `${standing.complexName} 待分配累计收益 ${formatYuan(standing.undistributedFen)} 元，自 ${since} 起已 ` +
        `${daysBetween(since, today)} 天未分配到户；请办理收益分配`,
      amountFen: standing.undistributedFen,
      links: [{ kind: 'complex', id: standing.complexId, label: standing.complexName }],
      occasion: since,
    })]
  })
}

export type ReceiptRange = {
  readonly id: number
  readonly name: string
  /** First and last number issued to the office, as whole numbers. */
  readonly from: number
  readonly to: number
  readonly used: readonly { readonly number: number; readonly isVoid: boolean; readonly hasOriginal: boolean }[]
}

/** Gaps below the highest number used, numbers used twice or outside the range, voids whose original is not kept. */
export function findReceiptNumbers(ranges: readonly ReceiptRange[]): readonly Finding[] {
  return ranges.flatMap((range) => {
    const seen = new Set<number>()
    const twice = new Set<number>()
    for (const { number } of range.used) (seen.has(number) ? twice : seen).add(number)
    const highest = Math.max(range.from - 1, ...range.used.map(({ number }) => number).filter((number) => number <= range.to))
    const gaps: number[] = []
    for (let number = range.from; number <= highest; number += 1) if (!seen.has(number)) gaps.push(number)
    const outside = [...seen].filter((number) => number < range.from || number > range.to)
    const voids = range.used.filter((one) => one.isVoid && !one.hasOriginal).map(({ number }) => number)
    const signs = [
      ['跳号', gaps], ['重号', [...twice]], ['不在领用号段内', outside], ['作废未留原件', voids],
    ] as const
    return signs.filter(([, numbers]) => numbers.length > 0).map(([word, numbers]) => findingOf({
      rule: 'receipt.numbers',
      level: checkRule('receipt.numbers').level,
      complexId: null,
      message: `票据 ${range.name} ${word} ${numbers.length} 张：${shortList(numbers)}；请核对存根`,
      amountFen: null,
      links: [{ kind: 'receiptRange', id: range.id, label: range.name }],
      aspect: `${word} ${numbers.join(',')}`,
    }))
  })
}

export type IssuedReceipt = {
  readonly rangeId: number
  readonly rangeName: string
  readonly text: string
  readonly onDate: BusinessDate
  readonly amountFen: Fen
  /** What was posted for that household by that entry; zero once the entry was given up or reversed. */
  readonly postedFen: Fen
}

/** A receipt in an owner's hands that says another sum than was paid in (凤阳、晋江 audits: 票款不符). */
export function findReceiptAmounts(receipts: readonly IssuedReceipt[]): readonly Finding[] {
  return receipts.filter(({ amountFen, postedFen }) => amountFen !== postedFen).map((receipt) => findingOf({
    rule: 'receipt.amount',
    level: checkRule('receipt.amount').level,
    complexId: null,
    message: `票据 ${receipt.text}（${receipt.onDate}）开具 ${formatYuan(receipt.amountFen)} 元，` +
      (receipt.postedFen === 0
        ? '对应的交存没有入账或已冲销；请收回票据作废'
        : `入账 ${formatYuan(receipt.postedFen)} 元；请核对存根与进账单`),
    amountFen: subtractFen(receipt.amountFen, receipt.postedFen),
    links: [{ kind: 'receiptRange', id: receipt.rangeId, label: receipt.rangeName }],
    aspect: receipt.text,
  }))
}

const NUMBERS_SHOWN = 10

function shortList(numbers: readonly number[]): string {
  const shown = numbers.slice(0, NUMBERS_SHOWN).join('、')
  return numbers.length > NUMBERS_SHOWN ? `${shown}…` : shown
}

export type ContributedHousehold = {
  readonly id: HouseholdId
  readonly label: string
  readonly complexId: ComplexId
  readonly hasLift: boolean
  /** Whether the rate it was charged at is the one for houses with a lift; null: the rate does not say. */
  readonly chargedWithLift: boolean | null
  readonly dueFen: Fen
  readonly chargedFen: Fen
}

/** Wrong class or an outdated standard (成都 audit). */
export function findWrongStandard(households: readonly ContributedHousehold[]): readonly Finding[] {
  return households
    .filter((one) => one.dueFen !== one.chargedFen || (one.chargedWithLift !== null && one.chargedWithLift !== one.hasLift))
    .map((household) => findingOf({
      rule: 'contribution.standard',
      level: checkRule('contribution.standard').level,
      complexId: household.complexId,
      message:
        `${household.label} 按当时标准应交 ${formatYuan(household.dueFen)} 元，登记应交 ${formatYuan(household.chargedFen)} 元；` +
        `请核对${household.chargedWithLift === household.hasLift ? '交存标准' : '电梯配备'}`,
      amountFen: subtractFen(addFen(household.dueFen), household.chargedFen),
      links: [{ kind: 'household', id: household.id, label: household.label }],
    }))
}
