/** Statement layouts an office described itself, per account and version by version. */
import { z } from 'zod'
import type { BankAccountId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { AMOUNT_RULES, checkMapping, MAPPED_FIELDS, type ColumnMapping, type NamedMapping } from '#core/statement/mapping.ts'
import type { Ledger } from '#db/ledger.ts'
import { bankAccountOf } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

const word = z.string().min(1).max(200)

/** Shape only; what fits together is `checkMapping`'s to say. */
export const mappingSchema = z.object({
  titles: z.array(z.string().max(200)).min(1).max(200),
  fields: z.record(word, z.enum(MAPPED_FIELDS)),
  rule: z.enum(AMOUNT_RULES),
  positiveIs: z.enum(['in', 'out']),
  inWords: z.array(word).max(50),
  outWords: z.array(word).max(50),
  dateOrder: z.enum(['year', 'day', 'month']),
  brackets: z.enum(['byBalance', 'plain', 'negative']),
})

export type StoredMapping = NamedMapping & {
  readonly version: number
  readonly isActive: boolean
  readonly setBy: string
  readonly at: string
}

type Row = { readonly id: number; readonly version: number; readonly name: string; readonly mapping: string } & {
  readonly isActive: 0 | 1
  readonly heading: string
  readonly setBy: string
  readonly at: string
}

const VERSIONS = `SELECT m.id, m.heading, m.version, m.name, m.mapping, m.is_active AS isActive, u.name AS setBy, m.at
  FROM statement_mapping m JOIN user u ON u.id = m.set_by WHERE m.bank_account_id = ?`

/** Every version of every heading of the account, the newest of a heading first. */
export function mappingVersions(ledger: Ledger, bankAccountId: BankAccountId): readonly StoredMapping[] {
  return ledger
    .prepare<[number], Row>(`${VERSIONS} ORDER BY m.heading, m.version DESC`)
    .all(bankAccountId)
    .map(({ heading: _heading, mapping, isActive, ...row }) => ({
      ...row, ...mappingSchema.parse(JSON.parse(mapping)), isActive: isActive === 1,
    }))
}

/** The mappings a file of the account is tried against. */
export function mappingsInForce(ledger: Ledger, bankAccountId: BankAccountId): readonly StoredMapping[] {
  const seen = new Set<string>()
  return mappingVersions(ledger, bankAccountId).filter((one) => {
    const heading = headingOf(one)
    if (seen.has(heading)) return false
    seen.add(heading)
    return one.isActive
  })
}

function headingOf({ titles }: Pick<ColumnMapping, 'titles'>): string {
  return titles.filter((title) => title !== '').join('|')
}

/**
 * Saves the next version for the mapping's heading; files already imported are not read again. Gives its id.
 * Throws `mapping.*` with the field, `bankAccount.missing`, `role.missing`.
 */
export function saveMapping(
  context: ServiceContext,
  bankAccountId: BankAccountId,
  { name, mapping }: { readonly name: string; readonly mapping: ColumnMapping },
): number {
  if (name.trim() === '') throw new Problem({ code: 'mapping.name', message: '请给这种格式起个名字，例如“徽商银行网银明细”', field: 'name' })
  checkMapping(mapping)
  return write(context, bankAccountId, { name: name.trim(), mapping, isActive: true })
}

/** Files of this heading are no longer read by the mapping. Throws `mapping.missing`. */
export function retireMapping(context: ServiceContext, bankAccountId: BankAccountId, id: number): void {
  const known = mappingsInForce(context.ledger, bankAccountId).find((one) => one.id === id)
  if (known === undefined) throw new Problem({ code: 'mapping.missing', message: '这个列对应已经停用或改过，请刷新后再看' })
  const { name, titles, fields, rule, positiveIs, inWords, outWords, dateOrder, brackets } = known
  const mapping = { titles, fields, rule, positiveIs, inWords, outWords, dateOrder, brackets }
  write(context, bankAccountId, { name, mapping, isActive: false })
}

type Next = { readonly name: string; readonly mapping: ColumnMapping; readonly isActive: boolean }

function write(context: ServiceContext, bankAccountId: BankAccountId, { name, mapping, isActive }: Next): number {
  requireRole(context, 'preparer', 'bookkeeper', 'reconciler', 'head')
  const { ledger } = context
  const account = bankAccountOf(ledger, bankAccountId)
  const heading = headingOf(mapping)
  return ledger.write(() => {
    const last = ledger
      .prepare<[number, string], { version: number | null }>(
        'SELECT max(version) AS version FROM statement_mapping WHERE bank_account_id = ? AND heading = ?',
      )
      .get(bankAccountId, heading)
    const version = (last?.version ?? 0) + 1
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO statement_mapping (bank_account_id, heading, version, name, mapping, is_active, set_by, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(bankAccountId, heading, version, name, JSON.stringify(mapping), isActive ? 1 : 0, context.actor.userId,
        context.clock.now())
    logOperation(context, 'statement.mapping', { kind: 'statementMapping', id: Number(lastInsertRowid) },
      { account: account.number, name, version, isActive, mapping })
    return Number(lastInsertRowid)
  })
}
