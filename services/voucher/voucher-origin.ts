/**
 * Where spending of the maintenance fund comes from: 5001 is reached by a repair's payment only (design invariant 12), and a job
 * by the draft its instruction prepared. A book may open with what was spent before it, money that comes back spends nothing, and
 * a correction moves no more than what it corrects. The same in SQL: 0018_repair_money.sql.
 */
import type { BookId, ComplexId, RepairId, VoucherId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import { paymentDateProblem } from '#core/repair/repair-payable.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { VoucherPurpose } from '#core/voucher/voucher.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Draft, DraftFacts } from './voucher-draft.ts'

const HEADING = ACCOUNT.repairExpenditure
const PAYMENT = 'repair.payment'

type Line = Draft['lines'][number]

function isSpendingAccount(code: string | null): boolean {
  return code === HEADING || code?.startsWith(`${HEADING}.`) === true
}

function spends({ accountCode, repairId, debitFen, creditFen }: Line): boolean {
  return isSpendingAccount(accountCode) && repairId === null && debitFen - creditFen > 0
}

/** The rule a stored draft was made by; null when typed by hand. */
export function ruleOf(stored: string): unknown {
  const rule: unknown = stored === '' ? null : JSON.parse(stored)
  return typeof rule === 'object' && rule !== null && 'by' in rule ? rule.by : null
}

const BY_HAND: ProblemDetails = {
  code: 'repair.byHand',
  message: '手工凭证不能写维修项目：付款请从“维修”办到“付款通知”，由系统制作付款凭证；更正请从原凭证办理',
  field: 'repairId',
}

/** Throws `repair.byHand`: a job is paid by the draft its instruction prepared. */
export function refuseRepairByHand({ lines }: Pick<DraftFacts, 'lines'>, purpose: VoucherPurpose, by: unknown): void {
  const row = lines.findIndex(({ repairId }) => (repairId ?? null) !== null) + 1
  if (purpose === 'ordinary' && by !== PAYMENT && row > 0) throw new Problem({ ...BY_HAND, row })
}

/** Throws `repair.papersKept`: what lies under a payment was complete when it was instructed. */
export function refuseLostPapers(before: Draft, attachments: readonly string[]): void {
  if (ruleOf(before.rule) !== PAYMENT || before.attachments.every((sha256) => attachments.includes(sha256))) return
  throw new Problem({ code: 'repair.papersKept', message: '付款凭证已有的附件不能减少，只能增加', field: 'attachments' })
}

function purposeOf(ledger: Ledger, voucherId: VoucherId | null): VoucherPurpose | undefined {
  return ledger.prepare<[VoucherId | null], { purpose: VoucherPurpose }>('SELECT purpose FROM voucher WHERE id = ?')
    .get(voucherId)?.purpose
}

/** Spent without a repair by the other corrections of the same voucher, posted or, for its reversal, on the way. */
const CORRECTED = `
  SELECT l.complex_id AS complexId, sum(l.debit_fen - l.credit_fen) AS fen FROM (
    SELECT account_id, complex_id, debit_fen, credit_fen FROM voucher_line WHERE repair_id IS NULL
      AND voucher_id IN (SELECT id FROM voucher WHERE corrects_voucher_id = :original)
    UNION ALL
    SELECT account_id, complex_id, debit_fen, credit_fen FROM voucher_draft_line WHERE repair_id IS NULL
      AND draft_id IN (SELECT id FROM voucher_draft WHERE corrects_voucher_id = :original AND purpose = 'reversal'
        AND state IN ('draft', 'reviewed') AND id <> :draft)) l
  JOIN account a ON a.id = l.account_id
  WHERE a.code = '5001' OR a.code GLOB '5001.*' GROUP BY l.complex_id`

/** Whether the correction only moves amounts inside what it corrects: no bank, the same payee, no complex bears more. */
function onlyReclasses(ledger: Ledger, draft: Draft): boolean {
  if (draft.lines.some(({ bankAccountId }) => bankAccountId !== null)) return false
  const original = draft.correctsVoucherId
  const payees = ledger
    .prepare<[VoucherId | null], { counterpartyId: number | null }>(
      `SELECT DISTINCT l.counterparty_id AS counterpartyId FROM voucher_line l JOIN account a ON a.id = l.account_id
       WHERE l.voucher_id = ? AND (a.code = '5001' OR a.code GLOB '5001.*')`,
    )
    .all(original).map(({ counterpartyId }) => counterpartyId)
  if (draft.lines.some((line) => spends(line) && !payees.includes(line.counterpartyId))) return false
  const more = new Map<ComplexId | null, number>()
  const add = (complexId: ComplexId | null, fen: number) => more.set(complexId, (more.get(complexId) ?? 0) + fen)
  for (const line of draft.lines) {
    if (isSpendingAccount(line.accountCode) && line.repairId === null) add(line.complexId, line.debitFen - line.creditFen)
  }
  const others = ledger.prepare<[Record<string, unknown>], { complexId: ComplexId; fen: Fen }>(CORRECTED)
  for (const { complexId, fen } of others.all({ original, draft: draft.id })) add(complexId, fen)
  return [...more.values()].every((fen) => fen <= 0)
}

/** A book opens with what was spent before it; once anything else is posted, an opening would spend. */
function isUnderWay(ledger: Ledger, bookId: BookId): boolean {
  return ledger.prepare<[number], unknown>("SELECT 1 FROM voucher WHERE book_id = ? AND purpose <> 'opening' LIMIT 1")
    .get(bookId) !== undefined
}

function spendingProblems(ledger: Ledger, draft: Draft): readonly ProblemDetails[] {
  const { purpose } = draft
  if (purpose === 'closing' || !draft.lines.some(spends)) return []
  const book = ledger.prepare<[number], { fundKind: string }>('SELECT fund_kind AS fundKind FROM book WHERE id = ?')
  if (book.get(draft.bookId)?.fundKind !== 'maintenance') return []
  const marked = (code: string, message: string) => draft.lines.flatMap((line, index) =>
    spends(line) ? [{ code, message, field: 'account', row: index + 1 }] : [])
  if (purpose === 'opening' && !isUnderWay(ledger, draft.bookId)) return []
  if (purpose === 'ordinary' || purpose === 'opening') {
    return marked('voucher.useWithoutRepair',
      '维修支出要从维修项目付款：请到“维修”登记项目，按步骤办到“付款通知”，由系统制作付款凭证')
  }
  // The red voucher of a return, or of a closing, cancels it line by line.
  const cancelled = purpose === 'reversal' ? purposeOf(ledger, draft.correctsVoucherId) : undefined
  if (cancelled === 'ordinary' || cancelled === 'closing' || onlyReclasses(ledger, draft)) return []
  return marked('voucher.correctedUse',
    '更正凭证不能增加维修支出，也不能从银行付款或改付他人：要付款，请到“维修”登记项目，按步骤办到“付款通知”')
}

type Due = { readonly settledOn: BusinessDate | null; readonly publishedUntil: BusinessDate | null }

function dueOf(ledger: Ledger, repairId: RepairId): Due {
  return ledger
    .prepare<[number], Due>(
      'SELECT settled_on AS settledOn, published_to AS publishedUntil FROM repair_settled WHERE repair_id = ?',
    )
    .get(repairId) ?? { settledOn: null, publishedUntil: null }
}

function repairProblems(ledger: Ledger, draft: Draft): readonly ProblemDetails[] {
  const { purpose, correctsVoucherId } = draft
  const isPayment = purpose === 'ordinary' && ruleOf(draft.rule) === PAYMENT
  const corrected = correctsVoucherId === null ? [] : ledger
    .prepare<[number], { id: RepairId }>(
      'SELECT DISTINCT repair_id AS id FROM voucher_line WHERE voucher_id = ? AND repair_id IS NOT NULL',
    )
    .all(correctsVoucherId).map(({ id }) => id)
  return draft.lines.flatMap((line, index): readonly ProblemDetails[] => {
    const row = index + 1
    if (line.repairId === null) {
      if (line.bankAccountId !== null) return []
      if (isPayment) {
        return [{ code: 'repair.onlyJob', message: '维修付款凭证只记这项维修的款项：其他款项请另制凭证', field: 'repairId', row }]
      }
      if (corrected.length === 0) return []
      const message = '更正维修付款时，除银行存款外的每行都要留在原维修项目上：请填回维修项目和施工单位'
      return [{ code: 'repair.correction', message, field: 'repairId', row }]
    }
    if (!isPayment && !corrected.includes(line.repairId)) return [{ ...BY_HAND, row }]
    const early = line.debitFen > line.creditFen ? paymentDateProblem(dueOf(ledger, line.repairId), draft.date) : null
    return early === null ? [] : [{ ...early, row }]
  })
}

/** One problem for each line that would spend the fund, or pay a job, outside its path. */
export function originProblems(ledger: Ledger, draft: Draft): readonly ProblemDetails[] {
  return [...spendingProblems(ledger, draft), ...repairProblems(ledger, draft)]
}
