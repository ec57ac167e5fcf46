/** A rule of the self-check over a real small office: a case it must tell, and a near miss it must not. */
import type { CheckRuleId } from '#core/checks/rules.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Office } from '../office.ts'

export type Looked = { readonly ledger: Ledger; readonly today: string }
export type RulePair = {
  /** What the office sees, in a word or two of the sentence. */
  readonly says: RegExp
  told(): Looked
  /** Another office, or the day before on which the same one has nothing to tell yet. */
  readonly quiet: (() => Looked) | string
}
export type RulePairs = Readonly<Partial<Record<CheckRuleId, RulePair>>>

export const NOW = '2025-10-09'

export function at({ ledger }: Pick<Office, 'ledger'>, today = NOW): Looked {
  return { ledger, today }
}

/** A local value as if set long ago, or from a day on: through the service each costs a password check. */
export function setLong({ ledger, head, reviewer }: Office, key: string, value: unknown, validFrom = '2024-01-01'): void {
  ledger.sqlite
    .prepare(`INSERT INTO policy_value (profile_code, key, value, valid_from, source, reason, set_by, approved_by, at)
              VALUES ('AH-TONGLING', ?, ?, ?, '示例市规定', '测试', ?, ?, '2024-01-01T00:00:00.000Z')`)
    .run(key, JSON.stringify(value), validFrom, head.actor.userId, reviewer.actor.userId)
}

/** Past triggers and references, as a file that was brought in or tampered with: the ledger itself refuses such a row. */
export function tamper(
  { ledger }: Pick<Office, 'ledger'>, tables: readonly string[], work: (run: (sql: string) => void) => void,
): void {
  const { sqlite } = ledger
  const names = sqlite.prepare(`SELECT name, tbl_name AS t FROM sqlite_master WHERE type = 'trigger'`).all()
  sqlite.pragma('foreign_keys = OFF')
  for (const row of names) {
    if (typeof row !== 'object' || row === null || !('name' in row) || !('t' in row)) continue
    if (tables.includes(String(row.t))) sqlite.exec(`DROP TRIGGER ${String(row.name)}`)
  }
  work((sql) => { sqlite.exec(sql) })
  sqlite.pragma('foreign_keys = ON')
}
