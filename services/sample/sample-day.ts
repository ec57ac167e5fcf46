/**
 * A sample office lives on one day for ever: its certificates stay due and its notices stay waiting, whenever it is
 * opened. What is recorded in it bears that day with the real hour: rules hold recorded instants against the business day,
 * in SQL too, and no record is younger than today.
 */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { Ledger } from '#db/ledger.ts'
import { clockOnDay } from '../clock.ts'
import { requireRole, type Clock, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

const KEY = 'sample.today'

export function freezeSampleDay(context: ServiceContext, day: BusinessDate): void {
  requireRole(context, 'administrator')
  context.ledger.write(() => {
    context.ledger
      .prepare<unknown[], never>('INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(KEY, day)
    logOperation(context, 'sample.freezeDay', { kind: 'setting' }, { day })
  })
}

/** The day a sample office stands still at; null in a real office. */
export function sampleDay(ledger: Ledger): BusinessDate | null {
  const row = ledger.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?').get(KEY)
  return row === undefined ? null : parseDate(row.value)
}

/** The clock a ledger is worked with: the given one, or in a sample office one whose day stands still while its hours pass. */
export function clockFor(ledger: Ledger, clock: Clock): Clock {
  const day = sampleDay(ledger)
  return day === null ? clock : clockOnDay(day, clock)
}
