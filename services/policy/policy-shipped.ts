/** The policy profiles that come with the product: public rules re-keyed with their sources, holiday tables by year. */
import holidays from '#assets/policy/holidays.json' with { type: 'json' }
import profiles from '#assets/policy/profiles.json' with { type: 'json' }
import type { Ledger } from '#db/ledger.ts'
import { SHIPPED_HOLIDAYS, SHIPPED_PROFILES, type ProfileRow, type StoredBody } from './policy-stored.ts'

function bodyText(body: StoredBody): string {
  return JSON.stringify(body)
}

/** Every shipped version as the row it becomes. Throws when the assets are not well formed. */
export function shippedProfileRows(): readonly ProfileRow[] {
  const rules = SHIPPED_PROFILES.parse(profiles).profiles.map(({ ruleNo, note, values, sources, ...profile }) => ({
    ...profile,
    body: bodyText({ ruleNo, note, values }),
    sources: JSON.stringify(sources),
  }))
  const { years, note, ...table } = SHIPPED_HOLIDAYS.parse(holidays)
  const tables = years.map(({ year, source, daysOff }) => ({
    code: table.code,
    // One version a year: a table that ran out is reported, never stretched over the next year.
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
    inherits: null,
    name: table.name,
    body: bodyText({ ruleNo: null, note, values: { holidays: { value: { daysOff, swappedWorkdays: null }, note } } }),
    sources: JSON.stringify([source]),
    evidence: table.evidence,
  }))
  return [...rules, ...tables]
}

export type AddedProfile = Pick<ProfileRow, 'code' | 'validFrom' | 'name'>

/**
 * Adds the shipped profiles a ledger does not have yet and says which; safe to repeat, also on a ledger founded by an older
 * product. A version already on file is never rewritten: what a past quarter was judged by must stay readable.
 */
export function installShippedProfiles(ledger: Ledger): readonly AddedProfile[] {
  const isKnown = ledger
    .prepare<[string, string], number>('SELECT 1 FROM policy_profile WHERE code = ? AND valid_from = ?')
    .pluck()
  const missing = shippedProfileRows().filter(({ code, validFrom }) => isKnown.get(code, validFrom) === undefined)
  if (missing.length === 0) return []
  ledger.write(() => {
    const insert = ledger.prepare<[ProfileRow], never>(
      `INSERT INTO policy_profile (code, valid_from, valid_to, inherits, name, body, sources, evidence)
       VALUES (:code, :validFrom, :validTo, :inherits, :name, :body, :sources, :evidence)`,
    )
    for (const row of missing) insert.run(row)
  })
  return missing.map(({ code, validFrom, name }) => ({ code, validFrom, name }))
}
