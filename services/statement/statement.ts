/**
 * Bank statements in (对账单导入): read and checked first, then stored whole or not at all. What an earlier file brought in
 * already is pointed to and not stored again, so lines + repeats always add up to the file (invariant 13).
 */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type BankAccountId, type StatementBatchId, type StatementLineId } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { assertInvariant, Problem } from '#core/problem.ts'
import { dedupeKeys } from '#core/statement/duplicates.ts'
import type { Encoding } from '#core/statement/encoding.ts'
import { checkMapping, type ColumnMapping, type NamedMapping } from '#core/statement/mapping.ts'
import { readStatement } from '#core/statement/read.ts'
import { MEDIA_TYPES, requireAccepted, type ParsedStatement } from '#core/statement/statement.ts'
import type { Ledger } from '#db/ledger.ts'
import { sha256Of, storeAttachment } from '../attachment.ts'
import { bankAccountOf, type BankAccount } from '../voucher/book.ts'
import { businessDateOf } from '../clock.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { gapsAround } from './statement-coverage.ts'
import { knownRows } from './statement-known.ts'
import { mappingsInForce } from './statement-mapping.ts'

export type StatementFile = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly encoding?: Encoding
  /** Tried out in the wizard before it is saved; such a preview cannot be imported. */
  readonly mapping?: ColumnMapping
}

export type StatementPreview = {
  readonly account: BankAccount
  readonly file: StatementFile
  readonly sha256: string
  readonly statement: ParsedStatement
  /** One per row: the same transaction has the same key in every file of the account. */
  readonly keys: readonly string[]
  /** File lines that are in the ledger already. */
  readonly repeats: readonly number[]
  /** Of them recognised across layouts; and new rows that may be repeats all the same (services/statement/statement-known). */
  readonly acrossCount: number
  readonly doubtfulCount: number
  readonly newCount: number
  readonly newFen: Fen
  /** Why the file does not join what was imported before or after it; empty when it does. */
  readonly gaps: readonly string[]
  /** The living batch of the very same file. */
  readonly sameFile: StatementBatch | null
}

/**
 * Reads and checks without storing. Never throws for a bad file (see `statement.errors`); throws `bankAccount.missing`,
 * `mapping.*`.
 */
export function previewStatement(ledger: Ledger, bankAccountId: BankAccountId, file: StatementFile): StatementPreview {
  const account = bankAccountOf(ledger, bankAccountId)
  const statement = readStatement(file.bytes, {
    fileName: file.name,
    expectedAccount: account.number,
    ...(file.encoding !== undefined && { encoding: file.encoding }),
    mappings: [...triedOut(file), ...mappingsInForce(ledger, bankAccountId)],
  })
  const sha256 = sha256Of(file.bytes)
  const keys = dedupeKeys(statement.rows, account.number)
  const { lines: known, acrossCount, doubtfulCount } = knownRows(ledger, account, statement, keys)
  const fresh = statement.rows.filter((_, index) => known[index] === null)
  return {
    account,
    file,
    sha256,
    statement,
    keys,
    repeats: statement.rows.filter((_, index) => known[index] !== null).map((row) => row.line),
    acrossCount,
    doubtfulCount,
    newCount: fresh.length,
    newFen: fen(fresh.reduce((sum, row) => sum + row.amountFen, 0)),
    gaps: gapsAround(ledger, bankAccountId, statement),
    sameFile: batchOfFile(ledger, sha256),
  }
}

/** Not saved yet: no layout of a batch may point to it. */
const UNSAVED = 0

function triedOut({ name, mapping }: StatementFile): readonly NamedMapping[] {
  if (mapping === undefined) return []
  checkMapping(mapping)
  return [{ ...mapping, id: UNSAVED, name }]
}

function batchOfFile(ledger: Ledger, sha256: string): StatementBatch | null {
  return ledger.prepare<[string], StatementBatch>(`${BATCH} WHERE s.sha256 = ? AND r.batch_id IS NULL`).get(sha256) ?? null
}

export type ImportOptions = {
  /** The clerk saw the gap and imports all the same (an earlier file comes later). */
  readonly acceptGap?: boolean
}

export type ImportedStatement = {
  readonly batchId: StatementBatchId
  readonly newCount: number
  readonly repeatCount: number
}

/**
 * Stores a previewed file: the original by hash, its lines and repeats, one transaction, all or nothing.
 * Throws the statement's own first error, `statement.sameFile`, `statement.nothingNew`, `statement.gap`, `role.missing`.
 */
export function importStatement(
  context: ServiceContext,
  preview: StatementPreview,
  options: ImportOptions = {},
): ImportedStatement {
  requireRole(context, 'preparer', 'bookkeeper', 'reconciler', 'head')
  const { ledger } = context
  const { account, file } = preview
  assertInvariant(file.mapping === undefined, 'a mapping is saved before its file is imported')
  const statement = requireAccepted(preview.statement)
  return ledger.write(() => {
    // Against the ledger as it is now: another window may have imported since the preview.
    const { lines: known } = knownRows(ledger, account, statement, preview.keys)
    const newCount = known.filter((id) => id === null).length
    refuseImport(ledger, preview, newCount, options)
    // Banks end the names of their files as they please; what the file is has been read by now.
    const mediaType = MEDIA_TYPES[statement.format]
    const { sha256 } = storeAttachment(context, { name: file.name, bytes: file.bytes, mediaType })
    const { lastInsertRowid } = ledger
      .prepare<[Record<string, unknown>], never>(
        `INSERT INTO statement_batch (bank_account_id, sha256, format, layout, encoding, period_from, period_to, opening_fen,
           closing_fen, line_count, in_count, in_fen, out_count, out_fen, imported_by, imported_at)
         VALUES (:bankAccountId, :sha256, :format, :layout, :encoding, :periodFrom, :periodTo, :opening, :closing, :lineCount,
           :inCount, :inFen, :outCount, :outFen, :importedBy, :importedAt)`,
      )
      .run({
        bankAccountId: account.id, sha256, format: statement.format, layout: statement.layout,
        encoding: statement.encoding ?? '', periodFrom: statement.periodFrom, periodTo: statement.periodTo,
        opening: statement.opening, closing: statement.closing, lineCount: statement.rows.length, inCount: statement.inCount,
        inFen: statement.inFen, outCount: statement.outCount, outFen: statement.outFen,
        importedBy: context.actor.userId, importedAt: context.clock.now(),
      })
    const batchId = idOf<'statementBatch'>(lastInsertRowid)
    writeLines(ledger, batchId, preview, known)
    const tally = batchTally(ledger, batchId)
    assertInvariant(tally.isWhole, `the stored lines of batch ${batchId} do not add up to its file`)
    const repeatCount = known.length - newCount
    logOperation(context, 'statement.import', { kind: 'statementBatch', id: batchId },
      { account: account.number, file: file.name, sha256, newCount, repeatCount, gaps: preview.gaps })
    return { batchId, newCount, repeatCount }
  })
}

function refuseImport(ledger: Ledger, preview: StatementPreview, newCount: number, options: ImportOptions): void {
  const same = batchOfFile(ledger, preview.sha256)
  if (same !== null) {
    const message = `这个文件已由${same.importedBy}于 ${businessDateOf(same.importedAt)} 导入到账号 ${same.accountNumber}，不再重复导入；要重导请先撤回那一批`
    throw new Problem({ code: 'statement.sameFile', message, field: 'file' })
  }
  if (newCount === 0) {
    const message = `文件里的 ${preview.statement.rows.length} 笔流水以前都已导入，没有新内容；请确认下载的起止日期`
    throw new Problem({ code: 'statement.nothingNew', message, field: 'file' })
  }
  const [gap] = gapsAround(ledger, preview.account.id, preview.statement)
  if (gap !== undefined && options.acceptGap !== true) {
    throw new Problem({ code: 'statement.gap', message: `${gap}；确需先导入本文件的，请确认“先导入，缺的随后补”`, field: 'acceptGap' })
  }
}

function writeLines(
  ledger: Ledger,
  batchId: StatementBatchId,
  { account, statement, keys }: StatementPreview,
  known: readonly (StatementLineId | null)[],
): void {
  const insert = ledger.prepare<unknown[], never>(
    `INSERT INTO statement_line (batch_id, bank_account_id, file_line, date, time, amount_fen, balance_fen, party, party_account,
       memo, serial, kind, dedupe_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const repeat = ledger.prepare<unknown[], never>('INSERT INTO statement_repeat VALUES (?, ?, ?)')
  for (const [index, row] of statement.rows.entries()) {
    const earlier = known[index] ?? null
    if (earlier !== null) {
      repeat.run(batchId, row.line, earlier)
    } else {
      insert.run(batchId, account.id, row.line, row.date, row.time, row.amountFen, row.balanceFen, row.party, row.partyAccount,
        row.memo, row.serial, row.kind, keys[index])
    }
  }
}

/**
 * Takes a whole batch back while none of its lines was ever reconciled or drafted; batch and file stay as history.
 * Throws `statement.reason`, `statement.rolledBack`, `statement.reconciled`, `statement.repeatedLater`.
 */
export function rollbackBatch(context: ServiceContext, batchId: StatementBatchId, reason: string): void {
  requireRole(context, 'preparer', 'bookkeeper', 'reconciler', 'head')
  const { ledger } = context
  if (reason.trim() === '') throw new Problem({ code: 'statement.reason', message: '请写明撤回的原因', field: 'reason' })
  ledger.write(() => {
    if (batchOf(ledger, batchId).rolledBackAt !== null) {
      throw new Problem({ code: 'statement.rolledBack', message: '这批对账单已经撤回' })
    }
    ledger
      .prepare<unknown[], never>('INSERT INTO statement_rollback VALUES (?, ?, ?, ?)')
      .run(batchId, reason.trim(), context.actor.userId, context.clock.now())
    ledger.prepare<[number], never>('DELETE FROM statement_repeat WHERE batch_id = ?').run(batchId)
    ledger
      .prepare<[number], never>(
        'DELETE FROM certificate_event_line WHERE statement_line_id IN (SELECT id FROM statement_line WHERE batch_id = ?)')
      .run(batchId)
    ledger.prepare<[number], never>('DELETE FROM statement_line WHERE batch_id = ?').run(batchId)
    logOperation(context, 'statement.rollback', { kind: 'statementBatch', id: batchId }, { reason })
  })
}

export type StatementBatch = {
  readonly id: StatementBatchId
  readonly bankAccountId: BankAccountId
  readonly accountNumber: string
  readonly fileName: string
  readonly sha256: string
  readonly format: string
  readonly layout: string
  readonly encoding: string
  readonly periodFrom: BusinessDate | null
  readonly periodTo: BusinessDate | null
  readonly openingFen: Fen | null
  readonly closingFen: Fen | null
  readonly lineCount: number
  readonly inCount: number
  readonly inFen: Fen
  readonly outCount: number
  readonly outFen: Fen
  readonly importedBy: string
  readonly importedAt: string
  readonly rolledBackAt: string | null
  readonly rollbackReason: string | null
}

const BATCH = `SELECT s.id, s.bank_account_id AS bankAccountId, k.number AS accountNumber, a.name AS fileName, s.sha256, s.format,
    s.layout, s.encoding, s.period_from AS periodFrom, s.period_to AS periodTo, s.opening_fen AS openingFen,
    s.closing_fen AS closingFen, s.line_count AS lineCount, s.in_count AS inCount, s.in_fen AS inFen, s.out_count AS outCount,
    s.out_fen AS outFen, u.name AS importedBy, s.imported_at AS importedAt, r.at AS rolledBackAt, r.reason AS rollbackReason
  FROM statement_batch s JOIN bank_account k ON k.id = s.bank_account_id JOIN attachment a ON a.sha256 = s.sha256
    JOIN user u ON u.id = s.imported_by LEFT JOIN statement_rollback r ON r.batch_id = s.id`

/** Throws `statement.missing`. */
export function batchOf(ledger: Ledger, id: StatementBatchId): StatementBatch {
  const row = ledger.prepare<[number], StatementBatch>(`${BATCH} WHERE s.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'statement.missing', message: '没有这批对账单' })
  return row
}

export const BATCH_PAGE = `${BATCH} WHERE s.bank_account_id = :bankAccountId AND s.id < :before ORDER BY s.id DESC LIMIT :limit`

/** Newest first, taken-back ones included; `before` is the keyset. */
export function listBatches(
  ledger: Ledger,
  page: { bankAccountId: BankAccountId; before?: StatementBatchId; limit: number },
): readonly StatementBatch[] {
  return ledger
    .prepare<[Record<string, unknown>], StatementBatch>(BATCH_PAGE)
    .all({ ...page, before: page.before ?? Number.MAX_SAFE_INTEGER })
}

/** What became of a batch: the five parts add up to the file, in rows and in fen. */
export type BatchTally = {
  readonly posted: number
  readonly matched: number
  readonly skipped: number
  readonly open: number
  readonly repeats: number
  readonly inFen: Fen
  readonly outFen: Fen
  readonly isWhole: boolean
}

const TALLY = `
  SELECT count(*) FILTER (WHERE outcome = 'posted') AS posted, count(*) FILTER (WHERE outcome = 'matched') AS matched,
    count(*) FILTER (WHERE outcome = 'skipped') AS skipped, count(*) FILTER (WHERE outcome = 'open') AS open,
    count(*) FILTER (WHERE outcome = 'repeat') AS repeats,
    coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS inFen, coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS outFen
  FROM (
    SELECT l.amount_fen AS amount, coalesce((SELECT o.outcome FROM statement_outcome o WHERE o.statement_line_id = l.id
      ORDER BY o.id DESC LIMIT 1), 'open') AS outcome
    FROM statement_line l WHERE l.batch_id = :batchId
    UNION ALL
    SELECT l.amount_fen, 'repeat' FROM statement_repeat p JOIN statement_line l ON l.id = p.statement_line_id
    WHERE p.batch_id = :batchId)`

/** For a batch that was taken back everything is 0. Throws `statement.missing`. */
export function batchTally(ledger: Ledger, batchId: StatementBatchId): BatchTally {
  const batch = batchOf(ledger, batchId)
  const row = ledger.prepare<[Record<string, unknown>], Omit<BatchTally, 'isWhole'>>(TALLY).get({ batchId })
  assertInvariant(row !== undefined, 'an aggregate gives a row')
  const count = row.posted + row.matched + row.skipped + row.open + row.repeats
  return { ...row, isWhole: count === batch.lineCount && row.inFen === batch.inFen && row.outFen === batch.outFen }
}
