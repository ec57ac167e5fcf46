/** Policy profiles and office values as the ledger keeps them. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { isPolicyKey, type PolicyKey, type PolicyValue } from '#core/policy/policy.ts'
import {
  EVIDENCE_WORD,
  type OfficeEntries,
  type OfficeEntry,
  type ProfileFile,
  type ProfileVersion,
} from '#core/policy/policy-resolve.ts'
import type { Ledger } from '#db/ledger.ts'
import { decodePolicyValue, profileVersionOf, type ProfileRow } from './policy-stored.ts'

const PROFILE_COLUMNS =
  'code, valid_from AS validFrom, valid_to AS validTo, inherits, name, body, sources, evidence'

type ValueRow = {
  readonly id: number
  readonly key: string
  readonly value: string
  readonly validFrom: string
  readonly source: string
  readonly reason: string
  readonly setBy: string
  readonly approvedBy: string
}

function addEntry<Key extends PolicyKey>(entries: OfficeEntries, key: Key, row: ValueRow): void {
  const stored: unknown = JSON.parse(row.value)
  const entry: OfficeEntry<PolicyValue<Key>> = {
    id: row.id,
    value: stored === null ? null : decodePolicyValue(key, stored),
    validFrom: parseDate(row.validFrom),
    source: row.source,
    reason: row.reason,
    setBy: row.setBy,
    approvedBy: row.approvedBy,
  }
  const before: readonly OfficeEntry<PolicyValue<Key>>[] = entries[key] ?? []
  Object.assign(entries, { [key]: [...before, entry] })
}

function readProfileFile(ledger: Ledger, code: string): ProfileFile {
  const versions = ledger
    .prepare<[string], ProfileRow>(`SELECT ${PROFILE_COLUMNS} FROM policy_profile WHERE code = ? ORDER BY valid_from`)
    .all(code)
    .map(profileVersionOf)
  const office: OfficeEntries = {}
  const rows = ledger
    .prepare<[string], ValueRow>(
      `SELECT v.id, v.key, v.value, v.valid_from AS validFrom, v.source, v.reason, s.name AS setBy, a.name AS approvedBy
       FROM policy_value v JOIN user s ON s.id = v.set_by JOIN user a ON a.id = v.approved_by
       WHERE v.profile_code = ? ORDER BY v.key, v.valid_from, v.id`,
    )
    .all(code)
  for (const row of rows) if (isPolicyKey(row.key)) addEntry(office, row.key, row)
  return { versions, office }
}

type Stamp = { readonly days: string; readonly lastValue: number }
type Held = Stamp & { readonly file: ProfileFile }

/** Per open ledger and profile code; goes with the ledger. */
const HELD = new WeakMap<Ledger, Map<string, Held>>()

/**
 * All versions of one profile and what the office set in it; no versions where the code is unknown.
 *
 * Neither is ever changed or removed (SQL refuses it), so the first days of the versions and the newest office value say whether
 * what is held is still all there is; ten thousand characters of rules are parsed only when it is not. What a transaction sees
 * may yet be taken back and its numbers given again: there a file is used where it is held, and not kept.
 */
export function profileFileOf(ledger: Ledger, code: string): ProfileFile {
  const { days, lastValue } = ledger
    .prepare<[string], Stamp>(
      `SELECT coalesce(group_concat(valid_from), '') AS days, coalesce((SELECT max(id) FROM policy_value), 0) AS lastValue
       FROM (SELECT valid_from FROM policy_profile WHERE code = ? ORDER BY valid_from)`,
    )
    .get(code) ?? { days: '', lastValue: 0 }
  const files = HELD.get(ledger) ?? new Map<string, Held>()
  const held = files.get(code)
  if (held?.days === days && held.lastValue === lastValue) return held.file
  const file = readProfileFile(ledger, code)
  if (!ledger.sqlite.inTransaction) HELD.set(ledger, files.set(code, { days, lastValue, file }))
  return file
}

export type ListedProfile = Omit<ProfileVersion, 'entries'> & {
  readonly evidenceWord: string
  /** In force on the day asked. */
  readonly inForce: boolean
}

/** Every version of every profile, by code and date; `date` decides which are in force. */
export function listProfiles(ledger: Ledger, date: BusinessDate): readonly ListedProfile[] {
  return ledger
    .prepare<[], ProfileRow>(`SELECT ${PROFILE_COLUMNS} FROM policy_profile ORDER BY code, valid_from`)
    .all()
    .map(profileVersionOf)
    .map(({ entries: _entries, ...version }) => ({
      ...version,
      evidenceWord: EVIDENCE_WORD[version.evidence],
      inForce: version.validFrom <= date && (version.validTo === null || version.validTo >= date),
    }))
}
