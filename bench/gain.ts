/**
 * A year's gains credited to every household: prepared by its rule, listed on paper, reviewed, posted, chained and logged, the
 * whole office in one transaction; against bare prepared inserts of the very rows this writes, in one transaction on a copy of
 * the same file. The bare side has the same tables, indexes, foreign keys and durability; its triggers are dropped, the drafts
 * come as posted, and it reads nothing.
 */
import { copyFileSync, rmSync } from 'node:fs'
import type { DraftId, VoucherId } from '#core/id.ts'
import { filesDirOf, openLedger, type Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '#services/context.ts'
import { creditGains, REFERENCE_DAY, type ReferenceOffice } from '#services/reference/reference-office.ts'
import { median, milliseconds } from './measure.ts'

const YEAR = Number(REFERENCE_DAY.slice(0, 4)) - 1

/** The same people at another file. */
function deskAt({ desk }: ReferenceOffice, ledger: Ledger): ReferenceOffice['desk'] {
  const at = (context: ServiceContext): ServiceContext => ({ ...context, ledger })
  return { ...desk, ledger, head: at(desk.head), preparer: at(desk.preparer), reviewer: at(desk.reviewer) }
}

const TABLES = [
  'attachment', 'voucher_draft', 'voucher_draft_line', 'voucher_draft_attachment', 'voucher_draft_household', 'gain_credit',
  'voucher_line', 'voucher_attachment', 'household_entry', 'voucher', 'operation',
] as const
type Table = (typeof TABLES)[number]
type Rows = readonly (readonly [Table, readonly (readonly unknown[])[]])[]

function last(ledger: Ledger, table: 'voucher_draft' | 'operation'): number {
  return Number(ledger.sqlite.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get())
}

/** What real posting wrote, complex by complex in the order it wrote them, the log at the end. */
function rowsAfter(ledger: Ledger, before: { readonly draft: number; readonly operation: number }): Rows {
  const all = (table: Table, where: string, value: number): Rows[number] =>
    [table, ledger.sqlite.prepare<[number], unknown[]>(`SELECT * FROM ${table} WHERE ${where}`).raw().all(value)]
  const posted = ledger.sqlite
    .prepare<[number], { draftId: DraftId; voucherId: VoucherId }>(
      `SELECT d.id AS draftId, v.id AS voucherId FROM voucher_draft d JOIN voucher v ON v.draft_id = d.id
       WHERE d.id > ? ORDER BY v.id`,
    )
    .all(before.draft)
  return [
    ...posted.flatMap(({ draftId, voucherId }) => [
      all('attachment', 'sha256 IN (SELECT sha256 FROM voucher_draft_attachment WHERE draft_id = ?)', draftId),
      all('voucher_draft', 'id = ?', draftId), all('voucher_draft_line', 'draft_id = ?', draftId),
      all('voucher_draft_attachment', 'draft_id = ?', draftId), all('voucher_draft_household', 'draft_id = ?', draftId),
      all('gain_credit', 'draft_id = ?', draftId), all('voucher_line', 'voucher_id = ?', voucherId),
      all('voucher_attachment', 'voucher_id = ?', voucherId), all('household_entry', 'voucher_id = ?', voucherId),
      all('voucher', 'id = ?', voucherId),
    ]),
    all('operation', 'id > ?', before.operation),
  ]
}

function insertAll(ledger: Ledger, rows: Rows): void {
  const insert = new Map(TABLES.map((table) => {
    const columns = ledger.sqlite.pragma(`table_info(${table})`)
    const marks = Array.isArray(columns) ? columns.map(() => '?').join(', ') : ''
    return [table, ledger.sqlite.prepare<unknown[], never>(`INSERT INTO ${table} VALUES (${marks})`)]
  }))
  ledger.write(() => {
    for (const [table, ofTable] of rows) for (const row of ofTable) insert.get(table)?.run(...row)
  })
}

function dropTriggers(ledger: Ledger): void {
  const names = ledger.sqlite.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
  for (const name of names) ledger.sqlite.exec(`DROP TRIGGER ${name}`)
}

/** On a copy of the closed file `path`, which then goes again; reading the copy once warms both sides alike. */
function onCopy<Result>(path: string, work: (ledger: Ledger) => Result): Result {
  const copy = path.replace(/\.mzdb$/, '-copy.mzdb')
  copyFileSync(path, copy)
  const ledger = openLedger(copy)
  try {
    ledger.sqlite.prepare('SELECT count(*), sum(amount_fen) FROM household_entry').get()
    return work(ledger)
  } finally {
    ledger.close()
    for (const part of [copy, `${copy}-lock`, filesDirOf(copy)]) rmSync(part, { recursive: true, force: true })
  }
}

export type GainTimes = { readonly households: number; readonly oursMs: number; readonly bareMs: number; readonly rows: number }

/** The office's file must be closed, and its last year carried forward with the gains still in 3101. */
export function gainTimes(office: ReferenceOffice, path: string, rounds: number): GainTimes {
  const credit = (ledger: Ledger): number => {
    const desk = deskAt(office, ledger)
    return ledger.write(() => office.complexes.reduce((sum, complex) => sum + creditGains(desk, complex, YEAR), 0))
  }
  let rows: Rows = []
  const ours: number[] = []
  const bare: number[] = []
  let households = 0
  for (let round = 0; round < rounds; round += 1) {
    onCopy(path, (ledger) => {
      const before = { draft: last(ledger, 'voucher_draft'), operation: last(ledger, 'operation') }
      ours.push(milliseconds(() => { households = credit(ledger) }))
      if (round === 0) rows = rowsAfter(ledger, before)
    })
    onCopy(path, (ledger) => {
      dropTriggers(ledger)
      bare.push(milliseconds(() => { insertAll(ledger, rows) }))
    })
  }
  const count = rows.reduce((sum, [, ofTable]) => sum + ofTable.length, 0)
  return { households, oursMs: median(ours), bareMs: median(bare), rows: count }
}
