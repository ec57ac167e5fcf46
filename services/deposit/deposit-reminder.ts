/** How many days ahead the office is reminded: the widest of its profiles, so that no certificate is missed. */
import type { BusinessDate } from '#core/calendar.ts'
import type { Ledger } from '#db/ledger.ts'
import { policyFor } from '../policy/policy.ts'

export function reminderDays(ledger: Ledger, today: BusinessDate): readonly number[] {
  const profiles = ledger.prepare<[], { code: string }>('SELECT DISTINCT profile_code AS code FROM complex').all()
  const days = profiles.flatMap(({ code }) => policyFor(ledger, code, today).value('deposit.reminderDays') ?? [])
  return [...new Set(days)].sort((a, b) => b - a)
}
