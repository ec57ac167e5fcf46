/** The due list of an office with 50,000 certificates against the same SQL in the sqlite3 shell, on the same file. */
import { addDays, addMonths, parseDate } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { insertCertificate, insertEvent } from '#services/deposit/certificate-record.ts'
import { DUE_CERTIFICATES, dueParameters, dueSummary, dueWork } from '#services/deposit/deposit-due.ts'
import { foundBenchOffice, LAST_DAY, type BenchOffice } from './generate.ts'
import { inTurn, milliseconds, ms, times, type Measure } from './measure.ts'
import { hasShell, shellTime, writtenOut } from './shell.ts'

const CERTIFICATES = 50_000
const ROUNDS = 5
const REMINDERS = [30, 15, 7, 3, 1, 0]
/** Years of due dates the certificates spread over, a tenth of them behind us. */
const SPREAD_DAYS = 1000
const OVERDUE_DAYS = 100

const RATES = ['1.55', '1.20', '0.95', '2.35'].map((text) => parsePercent(text))
const DEMAND = parsePercent('0.05')

/** Straight into the register: their money is taken as standing in the opening balance, so no voucher is needed. */
function fillRegister(office: BenchOffice, count: number): void {
  const { preparer, complexes, maintenance } = office
  const firstDue = addDays(LAST_DAY, -OVERDUE_DAYS)
  office.ledger.write(() => {
    for (let index = 0; index < count; index += 1) {
      const at = index % complexes.length
      const [complexId, bankAccountId] = [complexes[at], maintenance.banks[at]]
      if (complexId === undefined || bankAccountId === undefined) throw new Error('the bench office has no complexes')
      const dueDate = addDays(firstDue, (index * 7) % SPREAD_DAYS)
      const valueDate = addMonths(dueDate, -12)
      const principalFen = fen(1_000_000 * (10 + (index % 900)))
      const id = insertCertificate(preparer, {
        certificateNo: `B${String(index).padStart(9, '0')}`, product: 'time', rateMicro: RATES[index % RATES.length] ?? DEMAND,
        demandRateMicro: DEMAND, dayCount: 'months_odd_360', term: { unit: 'months', count: 12 }, valueDate,
        dueDate, dueDateReason: '测速', rolloverInstruction: 'none', personInCharge: preparer.actor.userId, complexId,
        bankAccountId, principalFen,
      }, null)
      insertEvent(preparer, { certificateId: id, kind: 'placed', date: valueDate, principalFen, draftId: null })
    }
  })
}

export function measureDue(folder: string, bound: number): readonly Measure[] {
  const office = foundBenchOffice(folder, 'due')
  const { ledger } = office
  try {
    fillRegister(office, CERTIFICATES)
    const isShell = hasShell()
    const lists = [
      { what: 'overdue and due within 30 days', until: addDays(LAST_DAY, 30) },
      { what: 'all of them', until: parseDate('9999-12-31') },
    ]
    const measures = lists.map(({ what, until }): Measure => {
      const sql = writtenOut(DUE_CERTIFICATES, dueParameters({ until, complexId: null, remindOn: LAST_DAY }))
      const bare = ledger.sqlite.prepare(sql)
      let rows = 0
      const ours = () => milliseconds(() => {
        rows = dueWork(ledger, LAST_DAY, REMINDERS, until).rows.length
      })
      ours()
      const pair = inTurn(ROUNDS, ours, isShell ? () => shellTime(ledger.path, [sql], 1) : () => milliseconds(() => bare.all()))
      const against = isShell
        ? 'the same SQL in the sqlite3 shell'
        : 'a bare better-sqlite3 run of the same SQL (no sqlite3 shell here)'
      return {
        topic: 'due',
        what: `due list of ${CERTIFICATES} certificates, ${what} (${rows} rows), against ${against}`,
        measured: times(pair.ours / pair.other),
        bound: `≤ ${bound}×`,
        within: pair.ours <= bound * pair.other,
        medians: `${ms(pair.ours)} against ${ms(pair.other)}`,
      }
    })
    const summary = milliseconds(() => dueSummary(ledger, LAST_DAY, REMINDERS, addDays(LAST_DAY, 30)))
    return [...measures, {
      topic: 'due', what: `counts, sums and lost interest over ${CERTIFICATES} certificates`, measured: ms(summary), bound: '—',
      within: null, medians: 'one call',
    }]
  } finally {
    ledger.close()
  }
}
