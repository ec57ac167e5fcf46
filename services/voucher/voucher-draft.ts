/** Preparing and reviewing vouchers: draft → reviewed, back, or void. Posting is services/voucher/posting.ts. */
import type { BusinessDate } from '#core/calendar.ts'
import {
  idOf,
  type AccountId,
  type BankAccountId,
  type BookId,
  type BuildingId,
  type CertificateId,
  type ComplexId,
  type ContractId,
  type CounterpartyId,
  type DecisionId,
  type DraftId,
  type RepairId,
  type StatementLineId,
  type UserId,
  type VoucherId,
} from '#core/id.ts'
import type { HouseholdEntry } from '#core/household/household-entry.ts'
import type { Fen } from '#core/money.ts'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import { voucherProblems, type DraftState, type VoucherKind, type VoucherPurpose } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { draftEntryProblems, hasDraftEntries, removeDraftEntries, writeDraftEntries } from '../household/household-entry.ts'
import { logOperation } from '../operation-log.ts'
import { originProblems, refuseLostPapers, refuseRepairByHand, ruleOf } from './voucher-origin.ts'

/** A line as written so far: a draft may have gaps, a reviewed voucher may not. */
export type DraftLine = {
  readonly summary: string
  readonly accountId: AccountId | null
  readonly complexId: ComplexId | null
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly buildingId?: BuildingId | null
  readonly counterpartyId?: CounterpartyId | null
  readonly bankAccountId?: BankAccountId | null
  readonly contractId?: ContractId | null
  readonly repairId?: RepairId | null
  readonly certificateId?: CertificateId | null
  /** Whose money the line moves; summing to it where the complex keeps a household sub-ledger. */
  readonly households?: readonly HouseholdEntry[]
}

export type DraftFacts = {
  readonly bookId: BookId
  readonly kind: VoucherKind
  /** Accounting date (记账); business (业务) and bank (到账) dates are kept apart (invariant 2). */
  readonly date: BusinessDate
  readonly businessDate?: BusinessDate | null
  readonly bankDate?: BusinessDate | null
  readonly purpose?: VoucherPurpose
  readonly correctsVoucherId?: VoucherId | null
  readonly reason?: string
  /** Which rule made it and from what; absent when typed by hand. */
  readonly rule?: Readonly<Record<string, unknown>> | null
  readonly decisionId?: DecisionId | null
  readonly pairId?: number | null
  readonly statementLineId?: StatementLineId | null
  readonly lines: readonly DraftLine[]
  /** SHA-256 of stored papers. */
  readonly attachments?: readonly string[]
}

export type DraftHead = {
  readonly id: DraftId
  readonly bookId: BookId
  readonly kind: VoucherKind
  readonly date: BusinessDate
  readonly businessDate: BusinessDate | null
  readonly bankDate: BusinessDate | null
  readonly purpose: VoucherPurpose
  readonly correctsVoucherId: VoucherId | null
  readonly reason: string
  readonly rule: string
  readonly decisionId: DecisionId | null
  readonly pairId: number | null
  readonly statementLineId: StatementLineId | null
  readonly state: DraftState
  readonly preparerId: UserId
  readonly reviewerId: UserId | null
}

/** Entries of households are read apart: an allocation has thousands. */
export type StoredDraftLine = Required<Omit<DraftLine, 'households'>> & {
  readonly lineNo: number
  readonly accountCode: string | null
  readonly isLeaf: 0 | 1 | null
  readonly needsBank: 0 | 1 | null
  readonly needsPair: 0 | 1 | null
}

export type Draft = DraftHead & { readonly lines: readonly StoredDraftLine[]; readonly attachments: readonly string[] }

const HEAD_COLUMNS = `id, book_id AS bookId, kind, date, business_date AS businessDate, bank_date AS bankDate, purpose,
  corrects_voucher_id AS correctsVoucherId, reason, rule, decision_id AS decisionId, pair_id AS pairId,
  statement_line_id AS statementLineId, state, preparer_id AS preparerId, reviewer_id AS reviewerId`

/** Throws `voucher.missing`. */
export function draftOf(ledger: Ledger, id: DraftId): Draft {
  const head = ledger.prepare<[number], DraftHead>(`SELECT ${HEAD_COLUMNS} FROM voucher_draft WHERE id = ?`).get(id)
  if (head === undefined) throw new Problem({ code: 'voucher.missing', message: '没有这张凭证' })
  const lines = ledger
    .prepare<[number], StoredDraftLine>(
      `SELECT l.line_no AS lineNo, l.summary, l.account_id AS accountId, l.complex_id AS complexId, l.debit_fen AS debitFen,
              l.credit_fen AS creditFen, l.building_id AS buildingId, l.counterparty_id AS counterpartyId,
              l.bank_account_id AS bankAccountId, l.contract_id AS contractId, l.repair_id AS repairId,
              l.certificate_id AS certificateId, a.code AS accountCode, a.is_leaf AS isLeaf, a.needs_bank AS needsBank,
              a.needs_pair AS needsPair
       FROM voucher_draft_line l LEFT JOIN account a ON a.id = l.account_id WHERE l.draft_id = ? ORDER BY l.line_no`,
    )
    .all(id)
  const attachments = ledger
    .prepare<[number], { sha256: string }>('SELECT sha256 FROM voucher_draft_attachment WHERE draft_id = ? ORDER BY sha256')
    .all(id)
  return { ...head, lines, attachments: attachments.map((row) => row.sha256) }
}

function headParameters(context: ServiceContext, facts: DraftFacts): Record<string, unknown> {
  return {
    bookId: facts.bookId,
    kind: facts.kind,
    date: facts.date,
    businessDate: facts.businessDate ?? null,
    bankDate: facts.bankDate ?? null,
    purpose: facts.purpose ?? 'ordinary',
    correctsVoucherId: facts.correctsVoucherId ?? null,
    reason: facts.reason ?? '',
    rule: facts.rule ? JSON.stringify(facts.rule) : '',
    decisionId: facts.decisionId ?? null,
    pairId: facts.pairId ?? null,
    statementLineId: facts.statementLineId ?? null,
    preparerId: context.actor.userId,
    updatedAt: context.clock.now(),
  }
}

function writeLines(ledger: Ledger, id: DraftId, facts: DraftFacts, papersThere: readonly string[] = []): void {
  const insert = ledger.prepare<unknown[], never>('INSERT INTO voucher_draft_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  facts.lines.forEach((line, index) => {
    insert.run(id, index + 1, line.summary, line.accountId, line.complexId, line.debitFen, line.creditFen,
      line.buildingId ?? null, line.counterpartyId ?? null, line.bankAccountId ?? null, line.contractId ?? null,
      line.repairId ?? null, line.certificateId ?? null)
  })
  const attach = ledger.prepare<unknown[], never>('INSERT INTO voucher_draft_attachment VALUES (?, ?)')
  for (const sha256 of new Set(facts.attachments ?? []).difference(new Set(papersThere))) attach.run(id, sha256)
  writeDraftEntries(ledger, id, facts.lines)
}

/** Saves a new draft, complete or not. Throws `repair.byHand`. */
export function saveDraft(context: ServiceContext, facts: DraftFacts): DraftId {
  requireRole(context, 'preparer')
  refuseRepairByHand(facts, facts.purpose ?? 'ordinary', facts.rule?.['by'])
  const { ledger } = context
  return ledger.write(() => {
    const { lastInsertRowid } = ledger
      .prepare<[Record<string, unknown>], never>(
        `INSERT INTO voucher_draft (book_id, kind, date, business_date, bank_date, purpose, corrects_voucher_id, reason, rule,
           decision_id, pair_id, statement_line_id, state, preparer_id, updated_at)
         VALUES (:bookId, :kind, :date, :businessDate, :bankDate, :purpose, :correctsVoucherId, :reason, :rule, :decisionId,
           :pairId, :statementLineId, 'draft', :preparerId, :updatedAt)`,
      )
      .run(headParameters(context, facts))
    const id = idOf<'draft'>(lastInsertRowid)
    writeLines(ledger, id, facts)
    logOperation(context, 'voucher.prepare', { kind: 'draft', id }, { bookId: facts.bookId, date: facts.date })
    return id
  })
}

/**
 * Rewrites a draft. Whoever changes it becomes its preparer, so that nobody reviews own figures under another's name.
 * Its book, purpose, pair and bank line stay: they are what the draft is. Throws `voucher.reviewed`, `voucher.households` for
 * lines that would lose their households, `repair.byHand`, `repair.papersKept`.
 */
export function changeDraft(context: ServiceContext, id: DraftId, facts: DraftFacts): void {
  requireRole(context, 'preparer')
  const { ledger } = context
  ledger.write(() => {
    const before = draftOf(ledger, id)
    if (before.state !== 'draft') {
      throw new Problem({ code: 'voucher.reviewed', message: '凭证已审核，退回后才能修改' })
    }
    if (hasDraftEntries(ledger, id) && facts.lines.every(({ households }) => households === undefined)) {
      const message = '这张凭证记着各户的金额，不能在这里改：请作废后，从办理它的地方重新制证'
      throw new Problem({ code: 'voucher.households', message })
    }
    refuseRepairByHand(facts, before.purpose, ruleOf(before.rule))
    refuseLostPapers(before, facts.attachments ?? [])
    removeDraftEntries(ledger, id)
    ledger.prepare<unknown[], never>('DELETE FROM voucher_draft_line WHERE draft_id = ?').run(id)
    const gone = before.attachments.filter((sha256) => facts.attachments?.includes(sha256) !== true)
    const remove = ledger.prepare<unknown[], never>('DELETE FROM voucher_draft_attachment WHERE draft_id = ? AND sha256 = ?')
    for (const sha256 of gone) remove.run(id, sha256)
    ledger
      .prepare<unknown[], never>(
        `UPDATE voucher_draft SET kind = ?, date = ?, business_date = ?, bank_date = ?, decision_id = ?, preparer_id = ?,
           updated_at = ? WHERE id = ?`,
      )
      .run(facts.kind, facts.date, facts.businessDate ?? null, facts.bankDate ?? null, facts.decisionId ?? before.decisionId,
        context.actor.userId, context.clock.now(), id)
    writeLines(ledger, id, facts, before.attachments)
    logOperation(context, 'voucher.change', { kind: 'draft', id }, { date: facts.date })
  })
}

/**
 * A closing voucher, or the reversal that takes one back: entries among the book's own accounts that reports of activity
 * leave out and that move no money between books.
 */
export function isOfClosing(ledger: Ledger, voucher: Pick<Draft, 'purpose' | 'correctsVoucherId'>): boolean {
  if (voucher.purpose !== 'reversal' || voucher.correctsVoucherId === null) return voucher.purpose === 'closing'
  const original = ledger
    .prepare<[number], { purpose: VoucherPurpose }>('SELECT purpose FROM voucher WHERE id = ?')
    .get(voucher.correctsVoucherId)
  return original?.purpose === 'closing'
}

/** Everything that keeps the draft from being reviewed, with row and field; empty when it is ready. */
export function draftProblems(ledger: Ledger, draft: Draft): readonly ProblemDetails[] {
  const lines = draft.lines.map((line) => ({
    ...line,
    account: line.isLeaf === null
      ? null
      : { isLeaf: line.isLeaf === 1, needsBank: line.needsBank === 1, needsPair: line.needsPair === 1 },
  }))
  const problems = [...voucherProblems(lines)]
  const needsPair = !isOfClosing(ledger, draft) && draft.lines.some((line) => line.needsPair === 1)
  if (needsPair && (draft.pairId === null || draft.decisionId === null)) {
    problems.push({ code: 'voucher.pair', message: '账簿之间划转要从“转入维修资金”办理，成对制证并附决定文件' })
  }
  const isEvidenceFree = draft.purpose !== 'ordinary'
  // 会计基础工作规范 art. 51(4): closing and correcting vouchers alone may go without source documents.
  if (!isEvidenceFree && draft.attachments.length === 0 && draft.statementLineId === null) {
    problems.push({ code: 'voucher.attachment', message: '请附原始凭证：除结账和更正外，每张凭证都要有附件', field: 'attachments' })
  }
  for (const [index, line] of draft.lines.entries()) {
    if (line.bankAccountId === null) continue
    const owner = ledger
      .prepare<[number], { bookId: number; complexId: number | null }>(
        'SELECT book_id AS bookId, complex_id AS complexId FROM bank_account WHERE id = ?',
      )
      .get(line.bankAccountId)
    if (owner?.bookId !== draft.bookId) {
      problems.push({ code: 'voucher.crossBook', message: '银行账户属于另一个账簿，资金不能混用', field: 'bankAccount', row: index + 1 })
    } else if (owner.complexId !== null && owner.complexId !== line.complexId) {
      problems.push({ code: 'voucher.crossComplex', message: '这是另一个小区的专户', field: 'bankAccount', row: index + 1 })
    }
  }
  problems.push(...originProblems(ledger, draft), ...draftEntryProblems(ledger, draft, isOfClosing(ledger, draft)))
  return problems
}

/** Throws the first of `draftProblems`, `voucher.samePerson`, `role.missing`. */
export function reviewDraft(context: ServiceContext, id: DraftId): void {
  requireRole(context, 'reviewer')
  const { ledger } = context
  ledger.write(() => {
    const draft = draftOf(ledger, id)
    if (draft.preparerId === context.actor.userId) {
      throw new Problem({ code: 'voucher.samePerson', message: '制单人不能审核自己的凭证，请由另一人审核' })
    }
    const [first] = draftProblems(ledger, draft)
    if (first !== undefined) throw new Problem(first)
    ledger
      .prepare<unknown[], never>("UPDATE voucher_draft SET state = 'reviewed', reviewer_id = ?, updated_at = ? WHERE id = ?")
      .run(context.actor.userId, context.clock.now(), id)
    logOperation(context, 'voucher.review', { kind: 'draft', id })
  })
}

export function sendBackDraft(context: ServiceContext, id: DraftId, reason: string): void {
  requireRole(context, 'reviewer', 'bookkeeper')
  context.ledger.write(() => {
    context.ledger
      .prepare<unknown[], never>("UPDATE voucher_draft SET state = 'draft', reviewer_id = NULL, updated_at = ? WHERE id = ?")
      .run(context.clock.now(), id)
    logOperation(context, 'voucher.sendBack', { kind: 'draft', id }, { reason })
  })
}

/** The red voucher that took back a deposit operation: without it the register would have gone back and the books not. */
function refuseCertificateUndo(ledger: Ledger, id: DraftId): void {
  const undo = ledger
    .prepare<[number], unknown>(
      `SELECT 1 FROM certificate_event r JOIN certificate_event e ON e.id = r.reverses_event_id
       WHERE r.draft_id = ? AND r.draft_id IS NOT e.draft_id`,
    )
    .get(id)
  if (undo === undefined) return
  throw new Problem({
    code: 'certificate.undone',
    message: '这张红字凭证撤销了一步存单业务，不能作废：请审核、记账；要恢复这步业务，请在“存款”中重新办理',
  })
}

/** Takes a draft out of the way before posting; it stays on record. A bank line it came from becomes open again. */
export function voidDraft(context: ServiceContext, id: DraftId, reason: string): void {
  requireRole(context, 'preparer', 'reviewer')
  if (reason.trim() === '') throw new Problem({ code: 'voucher.reason', message: '请写明作废原因', field: 'reason' })
  context.ledger.write(() => {
    const draft = draftOf(context.ledger, id)
    if (draft.pairId !== null) {
      throw new Problem({ code: 'voucher.pair', message: '成对的划转凭证要一起撤销，请在“转入维修资金”中办理' })
    }
    refuseCertificateUndo(context.ledger, id)
    context.ledger
      .prepare<unknown[], never>(
        "UPDATE voucher_draft SET state = 'void', void_reason = ?, statement_line_id = NULL, updated_at = ? WHERE id = ?",
      )
      .run(reason, context.clock.now(), id)
    logOperation(context, 'voucher.void', { kind: 'draft', id }, { reason, statementLineId: draft.statementLineId })
  })
}
