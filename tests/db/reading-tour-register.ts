/** The property register, looked at from every side. */
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'
import {
  apportionmentOf, listApportionments, previewApportionment, recomputeApportionment, recordApportionment,
  type ApportionmentRequest,
} from '#services/household/apportionment.ts'
import { compareWithToday } from '#services/household/apportionment-compare.ts'
import { placesOf, readHouseholdLines } from '#services/household/apportionment-household.ts'
import { repairApportionments } from '#services/household/apportionment-repair.ts'
import { contributionRates } from '#services/household/contribution-rate.ts'
import { contributeLines, proposeContributions } from '#services/household/contribution-match.ts'
import { listGainCredits, previewGain, undistributedGains } from '#services/household/gain.ts'
import { householdAccount, householdDue } from '#services/household/household-account.ts'
import { changeFacts, registerHousehold } from '#services/register/household.ts'
import { complexBalances } from '#services/household/household-entry.ts'
import { adoptArea, householdAreas, recordArea } from '#services/register/household-area.ts'
import { factsOn, householdCard } from '#services/register/household-history.ts'
import { buildingPicture, householdsByIds, listHouseholds, registerTotals } from '#services/register/household-list.ts'
import { mergeHouseholds, splitHousehold } from '#services/register/household-merge.ts'
import { openingFromRegister } from '#services/household/household-opening.ts'
import { refundPreview } from '#services/household/household-refund.ts'
import { householdsToTopUp } from '#services/household/household-top-up.ts'
import { claimedSheets, claimOf, listClaims, raiseClaims, withdrawClaims } from '#services/household/self-funding.ts'
import { proposeCollections, type CollectionScope } from '#services/household/self-funding-collection.ts'
import type { ServiceContext } from '#services/context.ts'
import { changePassphrase, openVault, vaultState } from '#services/register/identity-vault.ts'
import { correctOwner, findByIdentity, revealOwner } from '#services/register/owner.ts'
import { listLines } from '#services/statement/statement-outcome.ts'
import { addReceiptRange, listReceiptRanges, listReceipts, voidReceipt } from '#services/household/receipt.ts'
import { closingTargetsOf } from '#services/voucher/closing.ts'
import { withShares } from '#services/voucher/closing-shares.ts'
import type { Desk } from '#services/sample/desk.ts'

/** The complex that keeps a sub-ledger: accounts, dues, letters, receipts. */
function lookAtHouseholdMoney({ ledger, preparer, books, data, complexes }: Desk): void {
  const complex = complexes.find((each) => each.data.register?.keepsSubLedger === true)
  if (complex === undefined) throw new Error('no complex of the sample keeps a sub-ledger')
  const today = parseDate(data.today)
  const scope = { complexId: complex.id, limit: 20 }
  const [first, second] = listHouseholds(ledger, { ...scope, standing: 'paid' }, today)
  if (first === undefined || second === undefined) throw new Error('nobody has paid')
  householdAccount(ledger, first.id, { from: parseDate('2025-01-01'), to: today })
  householdDue(ledger, first.id, today)
  contributionRates(ledger, 'AH-TONGLING', today)
  registerTotals(ledger, { complexId: complex.id }, today)
  householdsToTopUp(ledger, { ...scope, after: first.id }, today)
  proposeContributions(ledger, { ...scope, bankAccountId: complex.fundBank }, today)
  const received = complexes
    .flatMap(({ fundBank, incomeBank }) => [fundBank, incomeBank])
    .flatMap((bankAccountId) => listLines(ledger, { bankAccountId, state: 'open', limit: 100 }))
    .findLast(({ amountFen }) => amountFen > 0)
  if (received === undefined) throw new Error('every receipt has been dealt with')
  contributeLines(preparer, complex.id, [{ lineId: received.id, householdId: first.id, part: 'principal' }])
  complexBalances(ledger, complex.id, today)
  openingFromRegister(ledger, books.maintenance, complex.id)
  const parts = [{ part: 'principal' as const, amountFen: fen(1) }]
  refundPreview(ledger, { householdId: first.id, date: today, parts })
  const [range] = listReceiptRanges(ledger, 5)
  if (range === undefined) throw new Error('no receipts were bought')
  listReceipts(ledger, { rangeId: range.id, limit: 5 })
  listReceipts(ledger, { rangeId: range.id, after: 3, limit: 5 })
  addReceiptRange(preparer, { first: '看0001', last: '看0009', receivedOn: today })
  voidReceipt(preparer, { number: '看0001', reason: '看看', hasOriginal: true })
  buildingPicture(ledger, first.buildingId, today)
  recordArea(preparer, first.id, { source: 'survey', areaDm2: first.areaDm2 + 1, onDate: today, basis: '看看' })
  householdAreas(ledger, first.id, today)
  adoptArea(preparer, first.id, today)
  const entry = { effectiveOn: today, reason: '看看' }
  const { facts } = householdCard(ledger, first.id, today)
  if (facts !== null) {
    const half = Math.floor(facts.areaDm2 / 2)
    const rest = { ...facts, room: '999', areaDm2: facts.areaDm2 - half }
    splitHousehold(preparer, first.id, [{ ...facts, areaDm2: half }, rest], entry)
  }
  const other = householdCard(ledger, second.id, today).facts
  if (other !== null) changeFacts(preparer, second.id, { ...other, nature: 'soldPublic' }, entry)
  const { id: complexId } = complex
  const scrap = [{ code: '4301', complexId, balanceFen: fen(-100) }, { code: '5901', complexId, balanceFen: fen(100) }]
  withShares(ledger, books.maintenance, today, closingTargetsOf(ledger, books.maintenance), scrap)
}

export function lookAtRegister(desk: Desk): void {
  lookAtHouseholdMoney(desk)
  lookAtNames(desk)
}

function lookAtNames({ ledger, head, data, complexes }: Pick<Desk, 'ledger' | 'head' | 'data' | 'complexes'>): void {
  const complex = complexes.find((each) => each.data.register !== undefined)
  if (complex === undefined) throw new Error('no complex of the sample has a register')
  const today = parseDate(data.today)
  const scope = { complexId: complex.id, limit: 20 }
  const [first, second] = listHouseholds(ledger, scope, today)
  if (first === undefined || second === undefined) throw new Error('the register is empty')
  const filter = { buildingId: first.buildingId, use: 'house', standing: 'low', room: '1', after: first.id } as const
  listHouseholds(ledger, { ...scope, ...filter }, today)
  registerTotals(ledger, { complexId: complex.id }, today)
  buildingPicture(ledger, first.buildingId, today)
  factsOn(ledger, first.id, today)
  const [owner] = householdCard(ledger, second.id, today).owners
  if (owner === undefined) throw new Error('the household has no owner')
  const reason = '看看'
  const identity = revealOwner(head, owner.ownerId, 'identity', reason)
  householdsByIds(ledger, findByIdentity(head, identity), today)
  correctOwner(head, owner.ownerId, { kind: 'person', name: '看看', identity, phone: null }, reason)
  vaultState(ledger)
  openVault(head, data.ownersPassphrase)
  changePassphrase(head, data.ownersPassphrase, data.ownersPassphrase)
  const facts = {
    entrance: '9', floor: 1, room: '901', areaDm2: 9000, use: 'house' as const, hasLift: false, nature: 'commodity' as const,
    isExcluded: false, isDeveloperHeld: false, priceFen: null, rateFen: null, firstDueFen: null,
  }
  const entry = { effectiveOn: today, reason }
  const id = registerHousehold(head, {
    ...entry, buildingId: idOf<'building'>(first.buildingId), facts, owners: [{ owner: { ownerId: owner.ownerId }, share: '' }],
  })
  changeFacts(head, id, { ...facts, areaDm2: 10_000 }, entry)
  const parts = splitHousehold(head, id, [{ ...facts, areaDm2: 4000 }, { ...facts, room: '902', areaDm2: 6000 }], entry)
  const merged = mergeHouseholds(head, parts, { ...facts, areaDm2: 10_000 }, entry)
  householdCard(ledger, merged, today)
}

function lookAtSelfFunding(
  head: ServiceContext, preparer: ServiceContext, { complexId, bankAccountId }: Omit<CollectionScope, 'limit'>,
): void {
  const { ledger, clock } = head
  const { id: apportionmentId } = recordApportionment(head, {
    complexId, purpose: 'plan', repairId: null, utilityBillId: null, title: '看看自筹', basis: 'area', scope: { kind: 'complex' },
    shortfall: 'collect', askedFen: parseYuan('900000000'), coefficients: new Map(),
  })
  const today = clock.today()
  raiseClaims(preparer, { apportionmentId, dueOn: today })
  const [first] = listClaims(ledger, { complexId, limit: 5 }, today)
  if (first === undefined) throw new Error('nobody lacks anything')
  listClaims(ledger, { complexId, apportionmentId, isOpen: true, after: first.id, limit: 5 }, today)
  claimOf(ledger, first.id, today)
  claimedSheets(ledger, { complexId, limit: 5 }, today)
  proposeCollections(ledger, { complexId, bankAccountId, limit: 20 }, today)
  withdrawClaims(head, { claimIds: [first.id], reason: '看看' })
}

export function lookAtApportionments({ ledger, head, preparer, books, data, complexes }: Desk): void {
  const complex = complexes.find(({ data }) => data.register?.keepsSubLedger === true)
  if (complex === undefined) throw new Error('no complex of the sample keeps a sub-ledger')
  const [place] = placesOf(ledger, complex.id)
  if (place === undefined) throw new Error('the register is empty')
  const request: ApportionmentRequest = {
    complexId: complex.id, purpose: 'plan', repairId: null, utilityBillId: null, title: '看看', basis: 'area',
    scope: { kind: 'entrances', entrances: [place] }, shortfall: 'withinBalance', askedFen: parseYuan('1'),
    coefficients: new Map(),
  }
  const [first] = previewApportionment(ledger, request).households
  readHouseholdLines(ledger, complex.id, first?.address ?? '', false)
  const { id } = recordApportionment(head, request)
  for (const sheet of listApportionments(ledger, { complexId: complex.id, limit: 20 })) {
    const { repairId } = apportionmentOf(ledger, sheet.id)
    if (repairId !== null) repairApportionments(ledger, repairId)
  }
  listApportionments(ledger, { complexId: complex.id, before: id, limit: 20 })
  recomputeApportionment(ledger, id)
  compareWithToday(ledger, id)
  lookAtSelfFunding(head, preparer, { complexId: complex.id, bankAccountId: complex.fundBank })
  const today = parseDate(data.today)
  undistributedGains(ledger, books.maintenance, complex.id, today)
  previewGain(ledger, { complexId: complex.id, from: parseDate(data.openedOn), to: today, date: today, amountFen: fen(1) })
  listGainCredits(ledger, complex.id, 20)
}
