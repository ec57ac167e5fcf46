/** The money of merged and split households: a draft that takes each old balance, part by part, and gives it to the new ones. */
import { allocate } from '#core/allocation.ts'
import type { BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { HOUSEHOLD_PARTS, type HouseholdEntry } from '#core/household/household-entry.ts'
import type { HouseholdNature } from '#core/register/household.ts'
import type { ComplexId, DraftId, HouseholdId } from '#core/id.ts'
import { addFen, negateFen, plainYuan, ZERO_FEN } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { storeAttachment } from '../attachment.ts'
import { accountByCode, listBooks } from '../voucher/book.ts'
import type { ServiceContext } from '../context.ts'
import { householdBalance, householdLedgerBegun } from '../household/household-entry.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

export type Carried = {
  readonly kind: 'merge' | 'split'
  readonly effectiveOn: BusinessDate
  readonly reason: string
  readonly from: readonly { readonly id: HouseholdId; readonly complexId: ComplexId; readonly nature: HouseholdNature }[]
  readonly to: readonly { readonly id: HouseholdId; readonly weight: number; readonly nature: HouseholdNature }[]
}

/**
 * Null where there is no sub-ledger yet or nothing to carry. Balances are those of now, so the voucher is of today; its paper
 * lists who gives and who gets. Throws `household.nature` when money would change its fund.
 */
export function carryMoney(context: ServiceContext, carried: Carried): DraftId | null {
  const { ledger, clock } = context
  const [first] = carried.from
  const book = listBooks(ledger).find(({ fundKind }) => fundKind === 'maintenance')
  if (first === undefined || book === undefined || !householdLedgerBegun(ledger, book.id, first.complexId)) return null
  const taken = carried.from.flatMap(({ id }) => {
    const balance = householdBalance(ledger, id)
    return HOUSEHOLD_PARTS.map((part) => ({ householdId: id, part, amountFen: negateFen(balance[part]) }))
      .filter(({ amountFen }) => amountFen !== 0)
  })
  if (taken.length === 0) return null
  if ([...carried.from, ...carried.to].some(({ nature }) => nature !== first.nature)) {
    throw new Problem({ code: 'household.nature', message: '商品房与已售公房的资金分别核算，不能合并或互转', field: 'nature' })
  }
  const given = HOUSEHOLD_PARTS.flatMap((part) => {
    const sum = negateFen(addFen(...taken.filter((entry) => entry.part === part).map(({ amountFen }) => amountFen)))
    if (sum === 0) return []
    const shares = allocate(sum, carried.to.map(({ weight }) => weight))
    return carried.to.map(({ id }, index) => ({ householdId: id, part, amountFen: shares[index] ?? ZERO_FEN }))
  }).filter(({ amountFen }) => amountFen !== 0)
  const amount = addFen(...given.map(({ amountFen }) => amountFen))
  const summary = carried.kind === 'merge' ? '户室合并，余额转入' : '户室拆分，余额转入'
  const code = first.nature === 'soldPublic' ? ACCOUNT.soldPublicFund : ACCOUNT.commodityFund
  const line = { summary, complexId: first.complexId, accountId: accountByCode(ledger, book.id, code).id }
  const paper = storeAttachment(context, {
    name: `${summary} ${carried.effectiveOn}.csv`, bytes: Buffer.from(paperOf(carried, [...taken, ...given]), 'utf8'),
  })
  return saveDraft(context, {
    bookId: book.id, kind: 'general', date: clock.today(), businessDate: carried.effectiveOn,
    rule: { by: `household.${carried.kind}`, from: carried.from.map(({ id }) => id), to: carried.to.map(({ id }) => id) },
    attachments: [paper.sha256],
    lines: [{ ...line, ...debit(amount), households: taken }, { ...line, ...credit(amount), households: given }],
  })
}

/** By number, without names: it is kept with the voucher in clear. */
function paperOf({ reason }: Carried, entries: readonly HouseholdEntry[]): string {
  const rows = entries.map(({ householdId, part, amountFen }) => `${householdId},${part},${plainYuan(amountFen)}`)
  return ['\uFEFF户室编号,部分,金额（元）', ...rows, `事由,,"${reason.replaceAll('"', '""')}"`, ''].join('\r\n')
}
