/** Due work: certificates that fall due or are overdue. They leave the list only by being withdrawn or rolled over. */
import type { BusinessDate } from '#core/calendar.ts'
import { dueState, type DueState } from '#core/deposit/deposit-due.ts'
import { lostInterest } from '#core/deposit/deposit-loss.ts'
import type { CertificateId, ComplexId } from '#core/id.ts'
import { fen, ZERO_FEN, type Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { CERTIFICATE, type Certificate } from './certificate.ts'

/** `due` is null for what no longer has to be watched. */
export type Watched<Row extends Certificate> = Row & { readonly due: DueState | null; readonly lostFen: Fen }

/** A certificate's own reminder comes on top of the profile's. */
function remindersOf({ reminderDays }: Pick<Certificate, 'reminderDays'>, profile: readonly number[]): readonly number[] {
  return reminderDays === null ? profile : [...profile, reminderDays]
}

export function watched<Row extends Certificate>(row: Row, today: BusinessDate, reminderDays: readonly number[]): Watched<Row> {
  return row.status === 'inForce' || row.status === 'pending'
    ? { ...row, due: dueState(row.dueDate, today, remindersOf(row, reminderDays)), lostFen: lostInterest(row, today) }
    : { ...row, due: null, lostFen: ZERO_FEN }
}

/** A placing whose voucher still waits sleeps as well as a booked one: both are watched. */
const WATCHED = "c.status IN ('inForce', 'pending')"
const OF_COMPLEX = '(:complexId IS NULL OR c.complexId = :complexId)'

export type DueFilter = {
  /** Due on this day or later; absent: however long ago. */
  readonly from?: BusinessDate
  /** Due on this day or earlier. */
  readonly until: BusinessDate
  /** Also what is due later and has a reminder of its own that has been reached on this day. */
  readonly remindOn?: BusinessDate
  readonly complexId: ComplexId | null
  /** Keyset: certificates after this one. */
  readonly after?: { readonly dueDate: BusinessDate; readonly id: CertificateId }
  /** Absent: all of them, for paper and calendar files. */
  readonly limit?: number
}

/** Without a reminder of its own, or without a day to ask for, the comparison is with NULL and adds nothing. */
const REACHED = "(c.dueDate <= :until OR c.dueDate <= date(:remindOn, '+' || c.reminderDays || ' days'))"

/** Two texts: a comparison that may also be with NULL would read every complex's certificates for one. */
const dueCertificatesWhere = (ofComplex: string): string => `SELECT * FROM (${CERTIFICATE}) c
  WHERE c.dueDate >= :from AND ${REACHED} AND (c.dueDate, c.id) > (:afterDue, :afterId) AND ${ofComplex} AND ${WATCHED}
  ORDER BY c.dueDate, c.id LIMIT :limit`
export const DUE_CERTIFICATES = dueCertificatesWhere(OF_COMPLEX)
const DUE_CERTIFICATES_OF_COMPLEX = dueCertificatesWhere('c.complexId = :complexId')

export function dueParameters(filter: DueFilter): Record<string, string | number | null> {
  return {
    from: filter.from ?? '0000-01-01',
    until: filter.until,
    remindOn: filter.remindOn ?? null,
    complexId: filter.complexId,
    afterDue: filter.after?.dueDate ?? '0000-01-01',
    afterId: filter.after?.id ?? 0,
    limit: filter.limit ?? -1,
  }
}

/** The longest overdue first. */
export function dueCertificates(ledger: Ledger, filter: DueFilter): readonly Certificate[] {
  const sql = filter.complexId === null ? DUE_CERTIFICATES : DUE_CERTIFICATES_OF_COMPLEX
  return ledger.prepare<[Record<string, unknown>], Certificate>(sql).all(dueParameters(filter))
}

export type DueWork = {
  readonly rows: readonly Watched<Certificate>[]
  readonly overdueCount: number
  /** Lost so far by all overdue certificates, fen. */
  readonly lostFen: Fen
}

/** Everything due until a day, and everything overdue, whole: for paper, calendar files and the command line. */
export function dueWork(
  ledger: Ledger,
  today: BusinessDate,
  reminderDays: readonly number[],
  until: BusinessDate,
  complexId: ComplexId | null = null,
): DueWork {
  const rows = dueCertificates(ledger, { until, complexId, remindOn: today }).map((row) => watched(row, today, reminderDays))
  let overdueCount = 0
  let lost = 0
  for (const { due, lostFen } of rows) {
    if (due?.kind === 'overdue') overdueCount += 1
    lost += lostFen
  }
  return { rows, overdueCount, lostFen: fen(lost) }
}

/** How many certificates stand at a step of the reminder (30, 15, 7, 3, 1, 0 days). */
export type ReminderStep = { readonly reminder: number; readonly count: number; readonly principalFen: Fen }

export type DueSummary = {
  readonly count: number
  readonly overdueCount: number
  readonly overdueFen: Fen
  readonly longestOverdueDays: number
  /** Lost so far by all overdue certificates, fen: the sum of what stands behind each of them. */
  readonly lostFen: Fen
  /** Steps of the profile that hold any, the nearest first. */
  readonly steps: readonly ReminderStep[]
}

type DueGroup = {
  readonly dueDate: BusinessDate
  readonly principalFen: Fen
  readonly rateMicro: RateMicro
  readonly demandRateMicro: RateMicro
  readonly reminderDays: number | null
  readonly count: number
}

/** Equal certificates are counted by SQL and valued once, so that the total is the sum of the rows to the fen. */
const DUE_GROUPS = `SELECT c.dueDate, c.principalFen, c.rateMicro, c.demandRateMicro, c.reminderDays, count(*) AS count
  FROM (${CERTIFICATE}) c WHERE ${REACHED} AND ${OF_COMPLEX} AND ${WATCHED}
  GROUP BY c.dueDate, c.principalFen, c.rateMicro, c.demandRateMicro, c.reminderDays ORDER BY c.dueDate`

export function dueSummary(
  ledger: Ledger,
  today: BusinessDate,
  reminderDays: readonly number[],
  until: BusinessDate,
  complexId: ComplexId | null = null,
): DueSummary {
  const groups = ledger.prepare<[Record<string, unknown>], DueGroup>(DUE_GROUPS).all({ until, complexId, remindOn: today })
  const steps = new Map<number, { count: number; principalFen: number }>()
  const sums = { count: 0, overdueCount: 0, overdueFen: 0, longestOverdueDays: 0, lostFen: 0 }
  for (const group of groups) {
    sums.count += group.count
    const state = dueState(group.dueDate, today, remindersOf(group, reminderDays))
    if (state.kind === 'overdue') {
      sums.overdueCount += group.count
      sums.overdueFen += group.principalFen * group.count
      sums.longestOverdueDays = Math.max(sums.longestOverdueDays, state.days)
      sums.lostFen += lostInterest(group, today) * group.count
    } else if (state.kind === 'soon') {
      const step = steps.get(state.reminder) ?? { count: 0, principalFen: 0 }
      steps.set(state.reminder, {
        count: step.count + group.count, principalFen: step.principalFen + group.principalFen * group.count,
      })
    }
  }
  return {
    ...sums,
    overdueFen: fen(sums.overdueFen),
    lostFen: fen(sums.lostFen),
    steps: [...steps].sort(([a], [b]) => a - b)
      .map(([reminder, step]) => ({ reminder, count: step.count, principalFen: fen(step.principalFen) })),
  }
}

/** A day of the calendar with what falls due on it. */
export type DueDay = { readonly date: BusinessDate; readonly count: number; readonly principalFen: Fen }

export function dueDays(ledger: Ledger, first: BusinessDate, last: BusinessDate, complexId: ComplexId | null): readonly DueDay[] {
  return ledger
    .prepare<[Record<string, unknown>], DueDay>(
      `SELECT c.dueDate AS date, count(*) AS count, sum(c.principalFen) AS principalFen FROM (${CERTIFICATE}) c
       WHERE c.dueDate >= :first AND c.dueDate <= :last AND ${OF_COMPLEX} AND ${WATCHED} GROUP BY c.dueDate ORDER BY c.dueDate`,
    )
    .all({ first, last, complexId })
}
