/** A year of random events, kept twice: by the services in SQL, and by a map of numbers. They never differ. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastDayOfMonth, monthOf, parseDate, parseMonth, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { HOUSEHOLD_PARTS, type HouseholdEntry, type HouseholdPart } from '#core/household/household-entry.ts'
import type { VoucherId } from '#core/id.ts'
import { addFen, fen, negateFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { prepareClosingVouchers } from '#services/voucher/closing.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { householdAccount } from '#services/household/household-account.ts'
import { complexBalances, householdBalance } from '#services/household/household-entry.ts'
import { fundOfComplex } from '#services/household/household-opening.ts'
import { prepareRefund } from '#services/household/household-refund.ts'
import { closePeriod } from '#services/voucher/period.ts'
import { verifyHouseholds } from '#services/household/verify-households.ts'
import { saveDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { spend } from '../spending.ts'
import { moneyOffice, type MoneyOffice } from './household-money-office.ts'

const ROOMS = 4
const MONTHS = 8

type Event = {
  readonly kind: 'pay' | 'repair' | 'refund' | 'destroyed' | 'interest' | 'gain' | 'reverse'
  readonly month: number
  readonly day: number
  readonly room: number
  readonly fen: number
}

const event = fc.record<Event>({
  kind: fc.constantFrom('pay', 'pay', 'repair', 'refund', 'destroyed', 'interest', 'gain', 'reverse'),
  month: fc.integer({ min: 1, max: MONTHS }), day: fc.integer({ min: 1, max: 28 }),
  room: fc.integer({ min: 0, max: ROOMS - 1 }), fen: fc.integer({ min: 1, max: 90_000 }),
})

/** The same year in a map: what each room holds of each part, and where the complex's money is. */
type Naive = { readonly rooms: Map<string, number>; bank: number; gains: number; payable: number }

function held(naive: Naive, room: number, part: HouseholdPart): number {
  return naive.rooms.get(`${room} ${part}`) ?? 0
}

function move(naive: Naive, room: number, part: HouseholdPart, amount: number): void {
  naive.rooms.set(`${room} ${part}`, held(naive, room, part) + amount)
}

function dateOf({ month, day }: Event): BusinessDate {
  return parseDate(`2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
}

type Undo = { readonly voucherId: VoucherId; readonly room: number; readonly amount: number }

class Year {
  readonly office: MoneyOffice = moneyOffice(ROOMS)
  readonly naive: Naive = { rooms: new Map(), bank: 0, gains: 0, payable: 0 }
  readonly contributions: Undo[] = []

  /** Two lines of the maintenance book, entries on the first. */
  post(date: BusinessDate, debitCode: string, creditCode: string, amount: Fen, of: 'debit' | 'credit' | null,
    households: readonly HouseholdEntry[] = []): void {
    const { office } = this
    const entries = { households }
    const { maintenance: bookId } = office
    const lines = [
      office.line(bookId, debitCode, debit(amount), of === 'debit' ? entries : {}),
      office.line(bookId, creditCode, credit(amount), of === 'credit' ? entries : {}),
    ]
    if (debitCode === ACCOUNT.repairExpenditure) spend(office, { bookId, date, lines })
    else office.accept(saveDraft(office.preparer, { bookId, kind: 'general', date, attachments: [office.paper], lines }))
  }

  happen(each: Event): void {
    const date = dateOf(each)
    const householdId = this.office.room(each.room)
    const amount = fen(each.fen)
    const { naive, office } = this
    switch (each.kind) {
      case 'pay': {
        const { id } = office.contribute(date, [{ householdId, amountFen: amount }])
        this.contributions.push({ voucherId: id, room: each.room, amount })
        move(naive, each.room, 'principal', amount)
        naive.bank += amount
        return
      }
      case 'repair': {
        // Every room gives the same, as far as its principal reaches.
        const shares = office.rooms.map((id, room) => ({ id, room, share: Math.min(amount, held(naive, room, 'principal')) }))
          .filter(({ share }) => share > 0)
        if (shares.length === 0) return
        const sum = fen(shares.reduce((total, { share }) => total + share, 0))
        const entries = shares.map(({ id, share }) =>
          ({ householdId: id, part: 'principal' as const, amountFen: negateFen(fen(share)) }))
        this.post(date, ACCOUNT.repairExpenditure, ACCOUNT.demandDeposit, sum, 'debit', entries)
        for (const { room, share } of shares) move(naive, room, 'principal', -share)
        naive.bank -= sum
        return
      }
      case 'refund':
      case 'destroyed': {
        const isDestroyed = each.kind === 'destroyed'
        const parts = HOUSEHOLD_PARTS.flatMap((part) => {
          const there = held(naive, each.room, part)
          return there === 0 ? [] : [{ part, amountFen: fen(isDestroyed ? there : Math.min(there, amount)) }]
        })
        if (parts.length === 0) return
        office.accept(prepareRefund(office.preparer, {
          householdId, date, parts, bankAccountId: isDestroyed ? null : office.maintenanceBank, reason: '退房',
          attachments: [office.paper],
        }))
        for (const { part, amountFen } of parts) {
          move(naive, each.room, part, -amountFen)
          if (isDestroyed) naive.payable += amountFen
          else naive.bank -= amountFen
        }
        return
      }
      case 'interest':
        this.post(date, ACCOUNT.demandDeposit, ACCOUNT.interestIncome, amount, null)
        naive.gains += amount
        naive.bank += amount
        return
      case 'gain': {
        const shared = Math.min(amount, naive.gains)
        if (shared === 0) return
        this.post(date, ACCOUNT.undistributedGains, ACCOUNT.commodityFund, fen(shared), 'credit',
          [{ householdId, part: 'interest', amountFen: fen(shared) }])
        move(naive, each.room, 'interest', shared)
        naive.gains -= shared
        return
      }
      case 'reverse': {
        const last = this.contributions.pop()
        if (last === undefined) return
        const { reversal } = prepareReversal(office.preparer, { voucherId: last.voucherId, date, reason: '记错账户' })
        if (held(naive, last.room, 'principal') < last.amount) {
          // The money was used meanwhile: taking it back would overdraw the room.
          expect(() => office.accept(reversal)).toThrow(Problem)
          voidDraft(office.preparer, reversal, '余额不够')
          return
        }
        office.accept(reversal)
        move(naive, last.room, 'principal', -last.amount)
        naive.bank -= last.amount
      }
    }
  }

  close(month: number): void {
    const { office } = this
    const closing = parseMonth(`2025-${String(month).padStart(2, '0')}`)
    for (const id of prepareClosingVouchers(office.preparer, office.maintenance, closing)) office.accept(id)
    closePeriod(office.head, office.maintenance, closing)
  }

  /** Invariant 9: room by room and in sum; 10: the fund, what waits to be shared and what is owed are what the bank holds. */
  expectSame(): void {
    const { office: { ledger, maintenance, complexId, rooms }, naive } = this
    let households = 0
    for (const [index, id] of rooms.entries()) {
      const balance = householdBalance(ledger, id)
      for (const part of HOUSEHOLD_PARTS) expect([index, part, balance[part]]).toEqual([index, part, held(naive, index, part)])
      households += balance.totalFen
    }
    expect(fundOfComplex(ledger, maintenance, complexId)).toBe(households)
    const { rows } = trialBalance(ledger, { bookId: maintenance, complexId, to: parseDate('2025-12-31') })
    const of = (...codes: readonly string[]) => addFen(ZERO_FEN, ...rows
      .filter(({ code }) => codes.includes(code.slice(0, 4))).map((row) => fen(row.closingFen)))
    expect(of('1001')).toBe(naive.bank)
    expect(negateFen(of('2001'))).toBe(naive.payable)
    expect(negateFen(of('3101', '4101'))).toBe(naive.gains)
    expect(naive.bank).toBe(households + naive.gains + naive.payable)
  }
}

describe('a random year', () => {
  it('gives the same balances in SQL and in a naive ledger after every event, and closes month by month', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 6, maxLength: 22 }), (events) => {
        const year = new Year()
        const inOrder = events.toSorted((a, b) => (dateOf(a) < dateOf(b) ? -1 : 1))
        for (let month = 1; month <= MONTHS; month += 1) {
          for (const each of inOrder.filter((one) => one.month === month)) {
            year.happen(each)
            year.expectSame()
          }
          // Gains can be shared once the month has brought them into 3101.
          year.close(month)
          year.expectSame()
        }
        const { ledger, complexId, rooms } = year.office
        const end = lastDayOfMonth(monthOf(parseDate('2025-12-01')))
        const listed = complexBalances(ledger, complexId, end).reduce((sum, { balanceFen }) => sum + balanceFen, 0)
        const accounts = rooms.map((id) => householdAccount(ledger, id, { from: parseDate('2025-01-01'), to: end }))
        expect(accounts.reduce((sum, { closing }) => sum + closing.totalFen, 0)).toBe(listed)
        for (const { lines, closing } of accounts) expect(lines.at(-1)?.balanceFen ?? 0).toBe(closing.totalFen)
        expect(verifyHouseholds(ledger)).toEqual([])
      }),
      { numRuns: 6 },
    )
  }, 120_000)
})
