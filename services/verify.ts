/**
 * `verify`: proves that history is what it was. SQL keeps honest programs honest; the hash chains find what a dishonest
 * one changed in the file behind our back (design invariant 11). Works in steps, so that a caller can show progress,
 * let others in, or stop between two of them.
 */
import { figuresText } from '#core/disclosure/digest.ts'
import type { StatementBatchId, VoucherId } from '#core/id.ts'
import { voucherContent, voucherWord, type VoucherKind, type VoucherPurpose } from '#core/voucher/voucher.ts'
import { existsSync, readFileSync } from 'node:fs'
import type { Ledger } from '#db/ledger.ts'
import { attachmentPath, sha256Of } from './attachment.ts'
import { noticeSeal, readModel, type SealedNotice } from './disclosure/disclosure-version.ts'
import { entriesDigest } from './household/household-entry.ts'
import { operationHash, type Operation } from './operation-log.ts'
import { chainHash, type PostedLine } from './voucher/posting.ts'
import { batchOf, batchTally } from './statement/statement.ts'
import { verifyHouseholds } from './household/verify-households.ts'

export type Damage = { readonly code: string; readonly message: string }
export type VerifyProgress = { readonly done: number; readonly total: number; readonly label: string }
export type VerifyReport = {
  readonly damages: readonly Damage[]
  readonly counted: {
    readonly vouchers: number
    readonly operations: number
    readonly attachments: number
    readonly notices: number
  }
}

const STEP = 2000

type VoucherRow = {
  id: VoucherId
  bookId: number
  bookName: string
  kind: VoucherKind
  number: number
  month: string
  date: string
  businessDate: string
  bankDate: string | null
  purpose: VoucherPurpose
  correctsVoucherId: number | null
  reason: string
  rule: string
  decisionId: number | null
  pairId: number | null
  amountFen: number
  preparerId: number
  reviewerId: number
  bookkeeperId: number
  postedAt: string
  chainNo: number
  prevHash: string
  hash: string
}

function count(ledger: Ledger, sql: string): number {
  return Number(ledger.sqlite.prepare(sql).pluck().get())
}

/** Chain, content and numbering of every posted voucher, book by book. */
function* verifyVouchers(ledger: Ledger, damages: Damage[], total: number): Generator<VerifyProgress> {
  const rows = ledger.sqlite.prepare<[number, number], VoucherRow>(
    `SELECT v.id, v.book_id AS bookId, b.name AS bookName, v.kind, v.number, v.month, v.date, v.business_date AS businessDate,
            v.bank_date AS bankDate, v.purpose, v.corrects_voucher_id AS correctsVoucherId, v.reason, v.rule,
            v.decision_id AS decisionId, v.pair_id AS pairId, v.amount_fen AS amountFen, v.preparer_id AS preparerId,
            v.reviewer_id AS reviewerId, v.bookkeeper_id AS bookkeeperId, v.posted_at AS postedAt, v.chain_no AS chainNo,
            v.prev_hash AS prevHash, v.hash
     FROM voucher v JOIN book b ON b.id = v.book_id WHERE v.id > ? ORDER BY v.id LIMIT ?`,
  )
  const linesOf = ledger.sqlite.prepare<[number], PostedLine>(
    `SELECT summary, account_id AS accountId, complex_id AS complexId, debit_fen AS debitFen, credit_fen AS creditFen,
            building_id AS buildingId, counterparty_id AS counterpartyId, bank_account_id AS bankAccountId,
            contract_id AS contractId, repair_id AS repairId, certificate_id AS certificateId
     FROM voucher_line WHERE voucher_id = ? ORDER BY line_no`,
  )
  const filesOf = ledger.sqlite
    .prepare<[number], string>('SELECT sha256 FROM voucher_attachment WHERE voucher_id = ? ORDER BY sha256')
    .pluck()
  const lastLink = new Map<number, { chainNo: number; hash: string }>()
  const lastNumber = new Map<string, number>()
  let done = 0
  for (let after = 0; ; ) {
    const page = rows.all(after, STEP)
    for (const voucher of page) {
      const name = `${voucher.bookName} ${voucher.month} ${voucherWord(voucher.kind, voucher.number)}`
      const lines = linesOf.all(voucher.id)
      const households = entriesDigest(ledger, voucher.id)
      const content = voucherContent({ ...voucher, lines, attachments: filesOf.all(voucher.id), households })
      if (chainHash(voucher.prevHash, content) !== voucher.hash) {
        damages.push({ code: 'verify.voucherChanged', message: `凭证内容被改动：${name}` })
      }
      const last = lastLink.get(voucher.bookId)
      if (voucher.prevHash !== (last?.hash ?? '') || voucher.chainNo !== (last?.chainNo ?? 0) + 1) {
        damages.push({ code: 'verify.voucherChain', message: `凭证链在此断开，之前有凭证被删除、插入或调换：${name}` })
      }
      lastLink.set(voucher.bookId, voucher)
      const series = `${voucher.bookId} ${voucher.month} ${voucher.kind}`
      if (voucher.number !== (lastNumber.get(series) ?? 0) + 1) {
        damages.push({ code: 'verify.voucherNumber', message: `凭证号不连续：${name}` })
      }
      lastNumber.set(series, voucher.number)
      const debits = lines.reduce((sum, line) => sum + line.debitFen, 0)
      const credits = lines.reduce((sum, line) => sum + line.creditFen, 0)
      if (debits !== credits || debits !== voucher.amountFen) {
        damages.push({ code: 'verify.voucherUnbalanced', message: `凭证借贷不平：${name}` })
      }
    }
    done += page.length
    yield { done, total, label: '核对凭证' }
    const last = page.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** The log's own chain, and that every posting it tells of is still there. */
function* verifyOperations(ledger: Ledger, damages: Damage[], total: number): Generator<VerifyProgress> {
  const rows = ledger.sqlite.prepare<[number, number], Operation & { prevHash: string; hash: string }>(
    `SELECT id, at, actor_id AS actorId, action, subject, subject_id AS subjectId, detail, prev_hash AS prevHash, hash
     FROM operation WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const lastVoucher = count(ledger, 'SELECT coalesce(max(id), 0) FROM voucher')
  let prevHash = ''
  let prevId = 0
  for (;;) {
    const page = rows.all(prevId, STEP)
    for (const row of page) {
      if (row.id !== prevId + 1 || row.prevHash !== prevHash) {
        damages.push({ code: 'verify.logChain', message: `操作日志在第 ${row.id} 条断开，之前有记录被删除或插入` })
      } else if (operationHash(row.prevHash, row) !== row.hash) {
        damages.push({ code: 'verify.logChanged', message: `操作日志第 ${row.id} 条（${row.at}，${row.action}）被改动` })
      }
      if (row.action === 'voucher.post' && row.subjectId !== null && row.subjectId > lastVoucher) {
        damages.push({ code: 'verify.voucherMissing', message: `操作日志第 ${row.id} 条记下的凭证不在账簿中` })
      }
      prevHash = row.hash
      prevId = row.id
    }
    yield { done: prevId, total, label: '核对操作日志' }
    if (page.length === 0) return
  }
}

function* verifyAttachments(ledger: Ledger, damages: Damage[], total: number): Generator<VerifyProgress> {
  const rows = ledger.sqlite
    .prepare<[], { sha256: string; name: string }>('SELECT sha256, name FROM attachment ORDER BY sha256')
    .all()
  for (const [index, { sha256, name }] of rows.entries()) {
    const path = attachmentPath(ledger, sha256)
    if (!existsSync(path)) damages.push({ code: 'verify.attachmentMissing', message: `附件文件丢失：${name}（${sha256.slice(0, 12)}）` })
    else if (sha256Of(readFileSync(path)) !== sha256) {
      damages.push({ code: 'verify.attachmentChanged', message: `附件被改动：${name}（${sha256.slice(0, 12)}）` })
    }
    if (index % 50 === 49) yield { done: index + 1, total, label: '核对附件' }
  }
  yield { done: rows.length, total, label: '核对附件' }
}

/** What the code on the paper says of the frozen figures; null where the model cannot be read any more. */
function frozenDigest(model: string): string | null {
  try {
    const { sheet } = readModel(model)
    return sha256Of(Buffer.from(figuresText(sheet)))
  } catch {
    return null
  }
}

/**
 * Published notices: the model has the hash it was frozen with, its figures the digest on the paper, and the row is what
 * the log says was published.
 */
function* verifyNotices(ledger: Ledger, damages: Damage[], total: number): Generator<VerifyProgress> {
  const rows = ledger.sqlite.prepare<[number], SealedNotice & { id: number; code: string; model: string }>(
    `SELECT id, complex_id AS complexId, quarter, version, correction_reason AS correctionReason, code, closing_fen AS closingFen,
            model, model_sha256 AS modelSha256, figures_sha256 AS figuresSha256, pdf_sha256 AS pdfSha256,
            prepared_by AS preparedBy, published_by AS publishedBy, published_on AS publishedOn
     FROM disclosure WHERE id > ? ORDER BY id LIMIT 100`,
  )
  const sealed = new Map(
    ledger.sqlite
      .prepare<[], { id: number; detail: string }>(
        "SELECT subject_id AS id, detail FROM operation WHERE action = 'disclosure.publish' AND subject = 'disclosure'",
      )
      .all()
      .map(({ id, detail }) => [id, detail]),
  )
  let done = 0
  for (let after = 0; ; ) {
    const page = rows.all(after)
    for (const notice of page) {
      const isWhole = sha256Of(Buffer.from(notice.model)) === notice.modelSha256
        && frozenDigest(notice.model) === notice.figuresSha256
        && sealed.get(notice.id) === JSON.stringify(noticeSeal(notice))
      if (!isWhole) damages.push({ code: 'verify.noticeChanged', message: `已公示的内容被改动：${notice.code}` })
      sealed.delete(notice.id)
    }
    done += page.length
    yield { done, total, label: '核对公示' }
    const last = page.at(-1)
    if (last === undefined) break
    after = last.id
  }
  for (const id of sealed.keys()) damages.push({ code: 'verify.noticeMissing', message: `操作日志记下的第 ${id} 号公示不在账簿中` })
}

/**
 * Σ certificates in force = the term-deposit sub-account, Σ bonds = 1101, per book and complex (design invariant 10). Events
 * count from the moment their voucher is posted; without a voucher the opening balance holds their money.
 */
function verifyCertificates(ledger: Ledger, damages: Damage[]): void {
  const rows = ledger.sqlite
    .prepare<[], { bookName: string; complexName: string; isBond: 0 | 1; inForce: number; booked: number }>(
      `WITH moved AS (
         SELECT e.certificate_id, k.principal_fen * iif(e.kind = 'reversed', -1, 1)
           * CASE WHEN k.kind = 'placed' THEN 1
                  WHEN k.kind IN ('partlyWithdrawn', 'drawn', 'withdrawn', 'withdrawnEarly', 'rolledOver') THEN -1
                  ELSE 0 END AS fen
         FROM certificate_event e JOIN certificate_event k ON k.id = coalesce(e.reverses_event_id, e.id)
           LEFT JOIN voucher_draft d ON d.id = e.draft_id
         WHERE e.draft_id IS NULL OR d.state = 'posted'),
       force AS (
         SELECT c.book_id, c.complex_id, c.product = 'treasuryBond' AS is_bond, sum(m.fen) AS fen
         FROM moved m JOIN certificate c ON c.id = m.certificate_id GROUP BY 1, 2, 3),
       booked AS (
         SELECT l.book_id, l.complex_id, a.code LIKE '1101%' AS is_bond, sum(l.debit_fen - l.credit_fen) AS fen FROM account a
         CROSS JOIN voucher_line l ON l.book_id = a.book_id AND l.account_id = a.id
         WHERE a.code LIKE '1001.02%' OR a.code LIKE '1101%' GROUP BY 1, 2, 3)
       SELECT b.name AS bookName, c.name AS complexName, x.is_bond AS isBond, coalesce(f.fen, 0) AS inForce,
         coalesce(k.fen, 0) AS booked
       FROM (SELECT book_id, complex_id, is_bond FROM force UNION SELECT book_id, complex_id, is_bond FROM booked) x
         JOIN book b ON b.id = x.book_id JOIN complex c ON c.id = x.complex_id
         LEFT JOIN force f ON (f.book_id, f.complex_id, f.is_bond) = (x.book_id, x.complex_id, x.is_bond)
         LEFT JOIN booked k ON (k.book_id, k.complex_id, k.is_bond) = (x.book_id, x.complex_id, x.is_bond)
       WHERE coalesce(f.fen, 0) <> coalesce(k.fen, 0)`,
    )
    .all()
  for (const row of rows) {
    damages.push({
      code: 'verify.certificates',
      message: `${row.bookName}·${row.complexName}：在存${row.isBond === 1 ? '国债合计与国债投资科目' : '存单合计与定期存款科目'}不符`,
    })
  }
}

/**
 * An operation taken back in the register while its red voucher was voided instead of posted: the register has gone back, the
 * books have not.
 */
function verifyCertificateUndos(ledger: Ledger, damages: Damage[]): void {
  const rows = ledger.sqlite
    .prepare<[], { number: string; date: string }>(
      `SELECT c.certificate_no AS number, r.date FROM certificate_event r JOIN certificate_event e ON e.id = r.reverses_event_id
         JOIN voucher_draft d ON d.id = r.draft_id JOIN certificate c ON c.id = r.certificate_id
       WHERE d.state = 'void' AND r.draft_id IS NOT e.draft_id`,
    )
    .all()
  for (const { number, date } of rows) {
    damages.push({
      code: 'verify.certificateUndo',
      message: `存单 ${number} ${date} 的撤销：红字凭证被作废，登记簿已退回而账没有退回，请重新冲销原凭证`,
    })
  }
}

/** Stored lines and repeats add up to what each bank file declared when it came in (invariant 13). */
function verifyStatements(ledger: Ledger, damages: Damage[]): void {
  const living = ledger
    .prepare<[], { id: StatementBatchId }>(
      'SELECT id FROM statement_batch WHERE id NOT IN (SELECT batch_id FROM statement_rollback)',
    )
    .all()
  for (const { id } of living) {
    if (batchTally(ledger, id).isWhole) continue
    const { fileName, accountNumber } = batchOf(ledger, id)
    damages.push({ code: 'verify.statement', message: `账号 ${accountNumber} 的对账单“${fileName}”：流水与文件的笔数或金额对不上` })
  }
}

/** Runs everything; yields progress between steps and returns what it found. An empty `damages` means intact. */
export function* verifyLedger(ledger: Ledger): Generator<VerifyProgress, VerifyReport> {
  const damages: Damage[] = []
  const counted = {
    vouchers: count(ledger, 'SELECT count(*) FROM voucher'),
    operations: count(ledger, 'SELECT count(*) FROM operation'),
    attachments: count(ledger, 'SELECT count(*) FROM attachment'),
    notices: count(ledger, 'SELECT count(*) FROM disclosure'),
  }
  yield { done: 0, total: 1, label: '检查文件结构' }
  const integrity = String(ledger.sqlite.pragma('integrity_check', { simple: true }))
  if (integrity !== 'ok') damages.push({ code: 'verify.file', message: `账簿文件结构损坏：${integrity}` })
  const references = count(ledger, 'SELECT count(*) FROM pragma_foreign_key_check')
  if (references > 0) damages.push({ code: 'verify.references', message: `有 ${references} 处记录引用了不存在的记录` })
  yield* verifyVouchers(ledger, damages, counted.vouchers)
  yield* verifyOperations(ledger, damages, counted.operations)
  yield* verifyAttachments(ledger, damages, counted.attachments)
  yield* verifyNotices(ledger, damages, counted.notices)
  verifyCertificates(ledger, damages)
  verifyCertificateUndos(ledger, damages)
  damages.push(...verifyHouseholds(ledger))
  verifyStatements(ledger, damages)
  return { damages, counted }
}
