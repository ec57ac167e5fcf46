/**
 * What the guards of posting cost: vouchers of reviewed drafts posted with every trigger, the hash chain and the log, against
 * bare prepared inserts of the very same rows in the same transactions. The bare side has the same tables, indexes, foreign
 * keys and durability; its triggers are dropped.
 */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { idOf } from '#core/id.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { logOperation } from '#services/operation-log.ts'
import { appendVoucher, type VoucherToPost } from '#services/voucher/posting.ts'
import { reviewDraft, saveDraft } from '#services/voucher/voucher-draft.ts'
import {
  fillBook,
  foundBenchOffice,
  LAST_DAY,
  voucherAt,
  VOUCHERS_PER_TRANSACTION,
  type BenchOffice,
} from './generate.ts'
import { milliseconds, median, ms, type Measure } from './measure.ts'

const TRANSACTIONS_PER_ROUND = 10
const ROUNDS = 9

/** Reviewed drafts and the vouchers they become, ready before the clock starts. */
function prepareVouchers(office: BenchOffice, count: number): readonly VoucherToPost[] {
  return office.ledger.write(() =>
    Array.from({ length: count }, (_, index) => {
      const voucher = voucherAt(office, index, LAST_DAY)
      const lines = voucher.lines.map(({ summary, accountId, complexId, debitFen, creditFen, bankAccountId }) => ({
        summary,
        accountId,
        complexId,
        debitFen,
        creditFen,
        bankAccountId: bankAccountId === null ? null : idOf<'bankAccount'>(bankAccountId),
      }))
      const { bookId, kind, date, attachments } = voucher
      const draftId = saveDraft(office.preparer, { bookId, kind, date, attachments, lines })
      reviewDraft(office.reviewer, draftId)
      return { ...voucher, draftId }
    }),
  )
}

function post(office: BenchOffice, ledger: Ledger, vouchers: readonly VoucherToPost[]): void {
  ledger.write(() => {
    const posted = vouchers.map((voucher) => appendVoucher(ledger, voucher))
    logOperation(
      { ...office.head, ledger },
      'voucher.post',
      { kind: 'voucher', ...(posted[0] && { id: posted[0].id }) },
      { vouchers: posted },
    )
  })
}

type Table = 'voucher_line' | 'voucher_attachment' | 'voucher' | 'operation'
/** Of one transaction, in the order posting writes them: per voucher its lines, papers and head; the log entry last. */
type Rows = readonly (readonly [Table, readonly unknown[]])[]

/** What the real posting wrote after voucher `lastVoucher`. */
function rowsAfter(ledger: Ledger, lastVoucher: number): Rows {
  const all = (table: Table, key: string, value: number): readonly (readonly [Table, readonly unknown[]])[] =>
    ledger.sqlite
      .prepare<[number], unknown[]>(`SELECT * FROM ${table} WHERE ${key} = ?`)
      .raw()
      .all(value)
      .map((row) => [table, row])
  const ids = ledger.sqlite
    .prepare<[number], number>('SELECT id FROM voucher WHERE id > ? ORDER BY id')
    .pluck()
    .all(lastVoucher)
  const operation = Number(ledger.sqlite.prepare('SELECT max(id) FROM operation').pluck().get())
  return [
    ...ids.flatMap((id) => [
      ...all('voucher_line', 'voucher_id', id),
      ...all('voucher_attachment', 'voucher_id', id),
      ...all('voucher', 'id', id),
    ]),
    ...all('operation', 'id', operation),
  ]
}

function bareInserts(ledger: Ledger): Readonly<Record<Table, (row: readonly unknown[]) => void>> {
  const insert = (table: Table): ((row: readonly unknown[]) => void) => {
    const columns = ledger.sqlite.pragma(`table_info(${table})`)
    const marks = Array.isArray(columns) ? columns.map(() => '?').join(', ') : ''
    const statement = ledger.sqlite.prepare<unknown[], never>(`INSERT INTO ${table} VALUES (${marks})`)
    return (row) => void statement.run(...row)
  }
  return {
    voucher_line: insert('voucher_line'),
    voucher_attachment: insert('voucher_attachment'),
    voucher: insert('voucher'),
    operation: insert('operation'),
  }
}

function dropTriggers(ledger: Ledger): void {
  const names = ledger.sqlite.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
  for (const name of names) ledger.sqlite.exec(`DROP TRIGGER ${name}`)
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** Posts everything once on a third copy: the bare side then inserts exactly the rows that real posting makes. */
function rowsOf(office: BenchOffice, path: string, batches: readonly (readonly VoucherToPost[])[]): readonly Rows[] {
  const ledger = openLedger(path)
  try {
    return batches.map((batch) => {
      const lastVoucher = Number(ledger.sqlite.prepare('SELECT max(id) FROM voucher').pluck().get())
      post(office, ledger, batch)
      return rowsAfter(ledger, lastVoucher)
    })
  } finally {
    ledger.close()
  }
}

export function measurePosting(folder: string, bookLines: number, bound: number): readonly Measure[] {
  const office = foundBenchOffice(folder, 'posting')
  fillBook(office, bookLines)
  const vouchers = prepareVouchers(office, ROUNDS * TRANSACTIONS_PER_ROUND * VOUCHERS_PER_TRANSACTION)
  const batches = chunks(vouchers, VOUCHERS_PER_TRANSACTION)
  const base = office.ledger.path
  office.ledger.close()
  const copy = (name: string): string => {
    const path = join(folder, `${name}.mzdb`)
    copyFileSync(base, path)
    return path
  }
  const rows = rowsOf(office, copy('posting-rows'), batches)
  const guarded = openLedger(copy('posting-guarded'))
  const bare = openLedger(copy('posting-bare'))
  dropTriggers(bare)
  const insert = bareInserts(bare)
  const perRound = { guarded: chunks(batches, TRANSACTIONS_PER_ROUND), bare: chunks(rows, TRANSACTIONS_PER_ROUND) }
  const times: { ours: number; other: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = (): number =>
      milliseconds(() => {
        for (const batch of perRound.guarded[round] ?? []) post(office, guarded, batch)
      })
    const other = (): number =>
      milliseconds(() => {
        for (const transaction of perRound.bare[round] ?? [])
          {bare.write(() => {
            for (const [table, row] of transaction) insert[table](row)
          })}
      })
    const isOursFirst = round % 2 === 0
    const first = isOursFirst ? ours() : other()
    const second = isOursFirst ? other() : ours()
    times.push(isOursFirst ? { ours: first, other: second } : { ours: second, other: first })
  }
  guarded.close()
  bare.close()
  // The first round warms statements and caches on both sides.
  const warm = times.slice(1)
  const ratio = median(warm.map(({ ours, other }) => other / ours))
  const lines = rows.flat().filter(([table]) => table === 'voucher_line').length / ROUNDS
  const perSecond = (side: 'ours' | 'other'): string =>
    `${Math.round(lines / (median(warm.map((time) => time[side])) / 1000))} lines/s`
  return [
    {
      topic: 'posting',
      what:
        'posting throughput, all triggers, chain and log, against bare prepared inserts ' +
        `(${VOUCHERS_PER_TRANSACTION} vouchers per transaction)`,
      measured: `${(ratio * 100).toFixed(0)} %`,
      bound: `≥ ${bound * 100} %`,
      within: ratio >= bound,
      medians:
        `${perSecond('ours')} against ${perSecond('other')}; ${ms(median(warm.map(({ ours }) => ours)))} against ` +
        `${ms(median(warm.map(({ other }) => other)))} per ${VOUCHERS_PER_TRANSACTION * TRANSACTIONS_PER_ROUND} vouchers`,
    },
  ]
}
