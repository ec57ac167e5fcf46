/**
 * The household sub-ledger of the sample: opened from the register on day one, then fed by contributions with receipts; what a
 * cost asks of those whose accounts do not reach.
 */
import { allocate } from '#core/allocation.ts'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, parseYuan, type Fen } from '#core/money.ts'
import { prepareContribution } from '../household/contribution.ts'
import { listHouseholds, type ListedHousehold } from '../register/household-list.ts'
import { recordApportionment } from '../household/apportionment.ts'
import { openHouseholdLedger } from '../household/household-opening.ts'
import { addReceiptRange } from '../household/receipt.ts'
import { listClaims, raiseClaims } from '../household/self-funding.ts'
import { collectClaims } from '../household/self-funding-collection.ts'
import { onDay, paper, post, type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'

function keepsSubLedger({ data }: SeatedComplex): boolean {
  return data.register?.keepsSubLedger === true
}

const RECEIPTS = { prefix: '示', first: 1, count: 600 }

function receiptNumber(number: number): string {
  return `${RECEIPTS.prefix}${String(number).padStart(7, '0')}`
}

/** After the openings of the books, which it ties out to. */
export function openSubLedgers(desk: Desk): void {
  const date = parseDate(desk.data.openedOn)
  onDay(desk, date)
  const opening = desk.complexes.filter(keepsSubLedger)
  if (opening.length === 0) return
  const last = RECEIPTS.first + RECEIPTS.count - 1
  addReceiptRange(desk.preparer, { first: receiptNumber(RECEIPTS.first), last: receiptNumber(last), receivedOn: date })
  for (const complex of opening) {
    const draft = openHouseholdLedger(desk.preparer, {
      bookId: desk.books.maintenance, complexId: complex.id, date,
      attachments: [paper(desk, `${complex.data.name}分户余额清单`, `合计 ${complex.data.fundOpening} 元`)],
    })
    if (draft !== null) post(desk, [draft])
  }
}

/** Most of those who owe or run low pay; where nobody is left, the first building tops up. */
function payers(desk: Desk, complex: SeatedComplex, date: BusinessDate): readonly ListedHousehold[] {
  const scope = { complexId: complex.id, limit: 500 }
  const owing = (['owing', 'low'] as const)
    .flatMap((standing) => listHouseholds(desk.ledger, { ...scope, standing }, date))
    .filter(({ isDeveloperHeld, id }) => isDeveloperHeld === 0 && id % 3 !== 0)
  const all = listHouseholds(desk.ledger, { ...scope, limit: 12 }, date)
  return owing.length > 0 ? owing : all.filter(({ isExcluded, isDeveloperHeld }) => isExcluded === 0 && isDeveloperHeld === 0)
}

/** Numbers given out so far: one per household and contribution. */
const issued = new WeakMap<Desk, number>()

/** False where the complex keeps no sub-ledger: its contribution is one line of the fund. */
export function contributeByHousehold(desk: Desk, complex: SeatedComplex, amount: Fen, date: BusinessDate): boolean {
  if (!keepsSubLedger(complex)) return false
  const households = payers(desk, complex, date)
  const shares = allocate(amount, households.map(({ areaDm2 }) => areaDm2))
  const next = issued.get(desk) ?? RECEIPTS.first
  issued.set(desk, next + households.length)
  const draft = prepareContribution(desk.preparer, {
    complexId: complex.id, date, bankDate: date, bankAccountId: complex.fundBank,
    attachments: [paper(desk, `归集维修资金 ${complex.data.code} ${date}`, `${formatYuan(amount)} 元，${households.length} 户`)],
    rows: households.map(({ id }, index) => ({
      householdId: id, part: 'principal', amountFen: shares[index] ?? amount, receipt: receiptNumber(next + index),
    })),
  })
  post(desk, [draft])
  return true
}

/** The sheet and its claims on one day; on another the first household asked has paid at the bank. */
export function selfFundingEvents(desk: Desk): SampleEvent[] {
  return desk.data.selfFunding.flatMap(({ title, amount, asked, due, paid, ...asks }): SampleEvent[] => {
    const complex = desk.complexes.find(({ data }) => data.code === asks.complex)
    if (complex === undefined || !keepsSubLedger(complex)) return []
    const ask = (): void => {
      const { id } = recordApportionment(desk.preparer, {
        complexId: complex.id, purpose: 'plan', repairId: null, utilityBillId: null, title, basis: 'area',
        scope: { kind: 'complex' }, shortfall: 'collect', askedFen: parseYuan(amount), coefficients: new Map(),
      })
      raiseClaims(desk.preparer, { apportionmentId: id, dueOn: parseDate(due) })
    }
    const collect = (): void => {
      const date = parseDate(paid)
      const [first] = listClaims(desk.ledger, { complexId: complex.id, isOpen: true, limit: 1 }, date)
      if (first === undefined) return
      post(desk, [collectClaims(desk.preparer, {
        date, bankDate: date, bankAccountId: complex.fundBank,
        attachments: [paper(desk, `自筹款进账单 ${complex.data.code} ${date}`, `${first.address} ${formatYuan(first.leftFen)} 元`)],
        rows: [{ claimId: first.id, amountFen: first.leftFen, receipt: null }],
      })])
    }
    return [{ date: parseDate(asked), happen: ask }, { date: parseDate(paid), happen: collect }]
  })
}
