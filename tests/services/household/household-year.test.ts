/** What 165号令 art. 30(3) wants of every sub-account, and that all of them together are the fund. */
import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { parseDate, parseMonth } from '#core/calendar.ts'
import type { HouseholdEntry } from '#core/household/household-entry.ts'
import type { HouseholdId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit, type Amounts } from '#core/voucher/voucher.ts'
import { annualPublication } from '#reports/annual-report.ts'
import { cellText } from '#reports/table-document.ts'
import { annualReport } from '#services/disclosure/annual-report.ts'
import { beginHouseholdLedger } from '#services/household/household-opening.ts'
import { householdTieOut, householdYears } from '#services/household/household-year.ts'
import { registerHousehold } from '#services/register/household.ts'
import { statutoryStatements } from '#services/voucher/statutory.ts'
import { spend } from '../spending.ts'
import { tamper } from '../voucher/ledger-steps.ts'
import { ENTRY, householdOffice, PLAIN_HOUSEHOLD, type HouseholdOffice } from '../register/household-office.ts'

function share(householdId: HouseholdId, yuan: string): HouseholdEntry {
  return { householdId, part: 'principal', amountFen: parseYuan(yuan) }
}

/** Bank against one account of the fund, each household's part said. */
function move(
  office: HouseholdOffice, date: string, code: string, amounts: Amounts, households: readonly HouseholdEntry[],
): void {
  const { maintenance } = office
  const moved = {
    bookId: maintenance, date: parseDate(date),
    lines: [
      office.line(maintenance, ACCOUNT.demandDeposit, { debitFen: amounts.creditFen, creditFen: amounts.debitFen }),
      office.line(maintenance, code, amounts, { households }),
    ],
  }
  if (code === '5001') spend(office, moved)
  else office.post(moved)
}

function twoHouseholds() {
  const office = householdOffice()
  const [first, second] = ['101', '102'].map((room) => registerHousehold(office.preparer, {
    ...ENTRY, buildingId: office.building, facts: { ...PLAIN_HOUSEHOLD, room }, owners: [],
  }))
  if (first === undefined || second === undefined) throw new Error('no rooms')
  const { maintenance: bookId, complexId } = office
  beginHouseholdLedger(office.bookkeeper, { bookId, complexId, date: parseDate('2025-01-01') })
  move(office, '2025-02-01', '4001', credit(parseYuan('1000.00')), [share(first, '600.00'), share(second, '400.00')])
  move(office, '2025-03-01', '5001', debit(parseYuan('90.00')), [share(first, '-54.00'), share(second, '-36.00')])
  move(office, '2025-04-01', '4001', debit(parseYuan('100.00')), [share(second, '-100.00')])
  return { office, first, second, bookId, complexId }
}

describe('a household’s year', () => {
  it('tells paid in, refunded, used and left, and goes on the publication by door', () => {
    const { office, first, second, bookId, complexId } = twoHouseholds()
    const years = householdYears(office.ledger, { bookId, complexId, year: 2025 })
    const figures = { openingFen: 0, gainFen: 0, building: '1幢' }
    expect(years).toEqual([
      { ...figures, householdId: first, door: '101', paidInFen: 60_000, refundedFen: 0, usedFen: 5_400, closingFen: 54_600 },
      {
        ...figures, householdId: second, door: '102', paidInFen: 40_000, refundedFen: 10_000, usedFen: 3_600,
        closingFen: 26_400,
      },
    ])
    const [next] = householdYears(office.ledger, { bookId, complexId, year: 2026 })
    expect(next).toMatchObject({ openingFen: 54_600, closingFen: 54_600 })

    const report = annualReport(office.ledger, { bookId, complexId, year: 2025 }, '2025-12-31')
    expect(report.tieOuts.find(({ code }) => code === 'households')).toMatchObject({ leftFen: 81_000, holds: true })
    const { tables } = annualPublication({
      issuer: '示例', fundName: '维修资金', complex: '示例花园', year: 2025, rows: report.rows, totals: report.totals, unit: '元',
      projects: report.projects.map(({ complexName, ...project }) => ({ complex: complexName, ...project })),
      households: report.households, distributedFen: report.distributedFen, printedOn: parseDate('2026-01-05'), printedBy: '张',
      watermark: null,
    })
    expect(tables.map(({ caption }) => caption)).toEqual([
      '一、交存、使用、增值收益和结存的总额', '二、列支的项目、费用', '三、使用情况', '四、分户账交存、使用、增值收益和结存',
    ])
    expect(tables[3]?.rows[1]?.cells.map(cellText)).toEqual(['1幢', '102', '0.00', '400.00', '100.00', '36.00', '0.00', '264.00'])
  })
})

describe('all households together', () => {
  it('are the fund, also before the month is closed, and nothing is said where no sub-ledger is kept', () => {
    const { office, bookId, complexId } = twoHouseholds()
    const period = { kind: 'month', month: parseMonth('2025-03') } as const
    const { tieOuts } = statutoryStatements(office.ledger, { bookId, complexId, period, withHouseholds: true })
    expect(tieOuts.at(-1)).toMatchObject({ code: 'households', leftFen: 91_000, rightFen: 91_000, holds: true })
    expect(householdTieOut(office.ledger, { bookId: office.publicIncome, to: parseDate('2025-12-31') })).toBeNull()
  })

  it('that are not the fund break the tie-out', () => {
    const { office, bookId } = twoHouseholds()
    tamper(office.ledger, 'household_entry', 'UPDATE household_entry SET amount_fen = amount_fen + 1 WHERE amount_fen = 60000')
    const tieOut = householdTieOut(office.ledger, { bookId, to: parseDate('2025-12-31') })
    expect(tieOut).toMatchObject({ leftFen: 81_001, holds: false })
  })
})
