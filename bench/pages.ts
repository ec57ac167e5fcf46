/** First pages of the registers: what they cost in a big book against a small one. */
import { parseDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { registerPage, type RegisterScope } from '#services/voucher/balance.ts'
import { listVouchers, type VoucherFilter } from '#services/voucher/voucher.ts'
import type { BenchOffice } from './generate.ts'
import { inTurn, milliseconds, ms, times, type Measure } from './measure.ts'

const ROUNDS = 15
const CALLS = 30
/** The page's default; a complex of the small book has fewer lines, and both books must fill the page. */
const PAGE = 100
const PAGE_OF_COMPLEX = 50

type Page = {
  readonly what: string
  readonly rows: number
  readonly read: (office: BenchOffice) => number
  readonly isBound: boolean
}

function register(office: BenchOffice, more: Partial<RegisterScope>): number {
  const { bookId, accounts } = office.publicIncome
  const accountId = accounts.get(ACCOUNT.demandDeposit)
  if (accountId === undefined) throw new Error('the bench book has no demand deposit')
  return registerPage(office.ledger, { bookId, accountId, limit: PAGE, ...more }).lines.length
}

function vouchers(office: BenchOffice, more: Partial<VoucherFilter>): number {
  return listVouchers(office.ledger, { bookId: office.publicIncome.bookId, limit: PAGE, ...more }).length
}

/** Late in the alphabet of complexes, so that a page which read the others first would show it. */
function oneComplex(
  { complexes }: BenchOffice,
  limit: number,
): { readonly limit: number; readonly complexId?: NonNullable<RegisterScope['complexId']> } {
  const complexId = complexes.at(-1)
  return { limit, ...(complexId !== undefined && { complexId }) }
}

const PAGES: readonly Page[] = [
  { what: 'first register page of an account', rows: PAGE, isBound: true, read: (office) => register(office, {}) },
  {
    what: 'first register page of an account and one complex',
    rows: PAGE_OF_COMPLEX,
    isBound: true,
    read: (office) => register(office, oneComplex(office, PAGE_OF_COMPLEX)),
  },
  { what: 'first page of vouchers', rows: PAGE, isBound: true, read: (office) => vouchers(office, {}) },
  {
    what: 'first page of vouchers of one complex',
    rows: PAGE_OF_COMPLEX,
    isBound: true,
    read: (office) => vouchers(office, oneComplex(office, PAGE_OF_COMPLEX)),
  },
  {
    what: 'register page from a day on (its opening is one sum over everything before)',
    rows: PAGE,
    isBound: false,
    read: (office) => register(office, { from: parseDate('2026-01-01') }),
  },
]

export function measurePages(big: BenchOffice, small: BenchOffice, bound: number): readonly Measure[] {
  return PAGES.map(({ what, rows, read, isBound }) => {
    const time = (office: BenchOffice): number =>
      milliseconds(() => {
        for (let call = 0; call < CALLS; call += 1) read(office)
      }) / CALLS
    for (const office of [big, small]) {
      const found = read(office)
      if (found !== rows)
        {throw new Error(`${what}: ${found} rows instead of ${rows}, so the two books cannot be compared`)}
      time(office)
    }
    const pair = inTurn(
      ROUNDS,
      () => time(big),
      () => time(small),
    )
    return {
      topic: 'pages',
      what: `${what}, ${rows} rows, big book against small`,
      measured: times(pair.ours / pair.other),
      bound: isBound ? `≤ ${bound}×` : '—',
      within: isBound ? pair.ours <= bound * pair.other : null,
      medians: `${ms(pair.ours)} against ${ms(pair.other)}`,
    }
  })
}
