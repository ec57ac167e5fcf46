/** An office whose complex keeps a household sub-ledger from its first day, with rooms that owe a first contribution. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { HouseholdFacts } from '#core/register/household.ts'
import type { DraftId, HouseholdId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { prepareContribution, type ContributionRow } from '#services/household/contribution.ts'
import { beginHouseholdLedger } from '#services/household/household-opening.ts'
import { registerHousehold } from '#services/register/household.ts'
import { postDrafts, type PostedVoucher } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { PLAIN_HOUSEHOLD, unsealedOffice, type HouseholdOffice } from '../register/household-office.ts'

export type MoneyOffice = HouseholdOffice & {
  readonly rooms: readonly HouseholdId[]
  /** The room of that index; throws when there is none. */
  room(index: number): HouseholdId
  accept(draftId: DraftId): PostedVoucher
  /** One contribution, prepared, reviewed and posted. */
  contribute(date: BusinessDate, rows: readonly Partial<ContributionRow>[]): PostedVoucher
}

export function addRoom(office: HouseholdOffice, room: string, facts: Partial<HouseholdFacts> = {}): HouseholdId {
  return registerHousehold(office.preparer, {
    effectiveOn: parseDate('2025-01-01'), reason: '按产权证登记', buildingId: office.building,
    facts: { ...PLAIN_HOUSEHOLD, room, firstDueFen: parseYuan('1000'), ...facts }, owners: [],
  })
}

export function moneyOffice(count: number, isBegun = true): MoneyOffice {
  const office = unsealedOffice()
  const rooms = Array.from({ length: count }, (_, index) => addRoom(office, `10${index + 1}`))
  if (isBegun) {
    const { maintenance: bookId, complexId } = office
    beginHouseholdLedger(office.bookkeeper, { bookId, complexId, date: parseDate('2025-01-01') })
  }
  const room = (index: number): HouseholdId => {
    const id = rooms[index]
    if (id === undefined) throw new Error(`no room ${index}`)
    return id
  }
  const accept = (draftId: DraftId): PostedVoucher => {
    reviewDraft(office.reviewer, draftId)
    const [posted] = postDrafts(office.bookkeeper, [draftId])
    if (posted === undefined) throw new Error('nothing was posted')
    return posted
  }
  return {
    ...office, rooms, room, accept,
    contribute: (date, rows) => accept(prepareContribution(office.preparer, {
      complexId: office.complexId, date, bankAccountId: office.maintenanceBank, attachments: [office.paper],
      rows: rows.map((row) => ({
        householdId: room(0), part: 'principal', amountFen: parseYuan('100'), receipt: null, ...row,
      })),
    })),
  }
}
