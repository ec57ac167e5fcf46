/**
 * Money between books (划转): the only way is a linked pair of vouchers with a decision attached (design invariant 4).
 * Public income → maintenance fund is entry 13 of domain rule 01 §4.
 */
import type { BusinessDate, Quarter } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import {
  idOf,
  type BankAccountId,
  type ComplexId,
  type DecisionId,
  type DraftId,
  type FundTransferId,
  type VoucherId,
} from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode, bankAccountOf } from './book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { pairReversal } from './correction.ts'
import { logOperation } from '../operation-log.ts'
import { postDrafts, postPair, type PostedVoucher } from './posting.ts'
import { draftOf, saveDraft } from './voucher-draft.ts'

export type TransferFacts = {
  readonly complexId: ComplexId
  readonly amountFen: Fen
  readonly date: BusinessDate
  readonly fromBankAccountId: BankAccountId
  readonly toBankAccountId: BankAccountId
  readonly decisionId: DecisionId
  /** What it is for, e.g. 2025年第3季度公共收益补充维修资金. */
  readonly summary: string
  /** The quarter a top-up settles; it may be paid after that quarter's last day. */
  readonly forQuarter?: Quarter
}

export type TransferDrafts = { readonly transferId: FundTransferId; readonly out: DraftId; readonly into: DraftId }

/** Number for the next pair; drafts carry it before the transfer itself exists. */
function nextTransferId(ledger: Ledger): FundTransferId {
  const row = ledger
    .prepare<[], { next: number }>(
      `SELECT max(
         coalesce((SELECT max(id) FROM fund_transfer), 0),
         coalesce((SELECT max(pair_id) FROM voucher_draft WHERE pair_id IS NOT NULL), 0)
       ) + 1 AS next`,
    )
    .get()
  return idOf<'fundTransfer'>(row?.next ?? 1)
}

/** Throws `transfer.sameBook`, `transfer.amount`, `transfer.decision`. */
export function prepareTransfer(context: ServiceContext, facts: TransferFacts): TransferDrafts {
  requireRole(context, 'preparer')
  const { ledger } = context
  const from = bankAccountOf(ledger, facts.fromBankAccountId)
  const to = bankAccountOf(ledger, facts.toBankAccountId)
  if (from.bookId === to.bookId) {
    throw new Problem({ code: 'transfer.sameBook', message: '划转要从一个账簿到另一个账簿；同一账簿内请制普通凭证' })
  }
  if (facts.amountFen <= 0) {
    throw new Problem({ code: 'transfer.amount', message: '划转金额应大于零', field: 'amountFen' })
  }
  const decision = ledger
    .prepare<[number], { complexId: ComplexId; sha256: string }>(
      'SELECT complex_id AS complexId, sha256 FROM decision WHERE id = ?',
    )
    .get(facts.decisionId)
  if (decision?.complexId !== facts.complexId) {
    throw new Problem({ code: 'transfer.decision', message: '请选择本小区的决定文件', field: 'decisionId' })
  }
  return ledger.write(() => {
    const transferId = nextTransferId(ledger)
    const shared = {
      kind: 'general' as const,
      date: facts.date,
      decisionId: facts.decisionId,
      pairId: transferId,
      rule: { by: 'fundTransfer', transferId, ...(facts.forQuarter !== undefined && { quarter: facts.forQuarter }) },
      attachments: [decision.sha256],
    }
    const line = { summary: facts.summary, complexId: facts.complexId }
    const out = saveDraft(context, {
      ...shared,
      bookId: from.bookId,
      lines: [
        { ...line, accountId: accountByCode(ledger, from.bookId, ACCOUNT.transferOut).id, ...debit(facts.amountFen) },
        { ...line, accountId: accountByCode(ledger, from.bookId, ACCOUNT.demandDeposit).id, ...credit(facts.amountFen),
          bankAccountId: from.id },
      ],
    })
    const into = saveDraft(context, {
      ...shared,
      bookId: to.bookId,
      lines: [
        { ...line, accountId: accountByCode(ledger, to.bookId, ACCOUNT.demandDeposit).id, ...debit(facts.amountFen),
          bankAccountId: to.id },
        { ...line, accountId: accountByCode(ledger, to.bookId, ACCOUNT.transferIn).id, ...credit(facts.amountFen) },
      ],
    })
    logOperation(context, 'transfer.prepare', { kind: 'fundTransfer', id: transferId }, { ...facts, out, into })
    return { transferId, out, into }
  })
}

export type FundTransfer = {
  readonly id: FundTransferId
  readonly complexId: ComplexId
  /** Fen; negative when it takes an earlier transfer back. */
  readonly amountFen: Fen
  readonly outVoucherId: VoucherId
  readonly inVoucherId: VoucherId
  readonly decisionId: DecisionId
}

/** Throws `transfer.missing`. */
export function fundTransferOf(ledger: Ledger, id: FundTransferId): FundTransfer {
  const row = ledger
    .prepare<[number], FundTransfer>(
      `SELECT id, complex_id AS complexId, amount_fen AS amountFen, out_voucher_id AS outVoucherId,
              in_voucher_id AS inVoucherId, decision_id AS decisionId FROM fund_transfer WHERE id = ?`,
    )
    .get(id)
  if (row === undefined) throw new Problem({ code: 'transfer.missing', message: '没有这笔划转，或还没有记账' })
  return row
}

export type TransferReversal = {
  readonly transferId: FundTransferId
  /** Accounting date of both red vouchers, in a period open in both books. */
  readonly date: BusinessDate
  readonly reason: string
}

/**
 * Takes a posted transfer back: both halves in red, linked as a new transfer of the negative amount under the same
 * decision, posted together by `postTransfer`. Half a reversal would leave money that is in neither book.
 * Throws `transfer.missing`, `voucher.reason`, `voucher.reversed`, `voucher.correctionMethod`, `voucher.correctionDate`.
 */
export function reverseTransfer(context: ServiceContext, facts: TransferReversal): TransferDrafts {
  requireRole(context, 'preparer')
  const { ledger } = context
  const { date, reason } = facts
  const reversed = fundTransferOf(ledger, facts.transferId)
  return ledger.write(() => {
    const transferId = nextTransferId(ledger)
    const shared = { pairId: transferId, rule: { by: 'fundTransferReversal', transferId, reverses: reversed.id } }
    const half = (voucherId: VoucherId): DraftId =>
      saveDraft(context, { ...pairReversal(context, { voucherId, date, reason }), ...shared })
    const out = half(reversed.outVoucherId)
    const into = half(reversed.inVoucherId)
    logOperation(
      context,
      'transfer.reverse',
      { kind: 'fundTransfer', id: transferId },
      { reverses: reversed.id, date, reason, out, into },
    )
    return { transferId, out, into }
  })
}

/** Posts both halves and the link in one transaction. Throws what posting throws. */
export function postTransfer(context: ServiceContext, transferId: FundTransferId): readonly [PostedVoucher, PostedVoucher] {
  requireRole(context, 'bookkeeper')
  const { ledger } = context
  const drafts = ledger
    .prepare<[number], { id: DraftId }>("SELECT id FROM voucher_draft WHERE pair_id = ? AND state <> 'void' ORDER BY id")
    .all(transferId)
  const [outId, intoId] = drafts.map((row) => row.id)
  if (outId === undefined || intoId === undefined) {
    throw new Problem({ code: 'transfer.missing', message: '没有这笔划转，或已经撤销' })
  }
  return ledger.write(() => {
    const out = draftOf(ledger, outId)
    const [first] = out.lines
    const pair = postPair(context, outId, intoId)
    ledger
      .prepare<unknown[], never>('INSERT INTO fund_transfer VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(transferId, first?.complexId, first?.debitFen, pair[0].id, pair[1].id, out.decisionId, context.clock.now())
    logOperation(context, 'transfer.post', { kind: 'fundTransfer', id: transferId }, { vouchers: pair })
    return pair
  })
}

/**
 * What was ticked in one list, ordinary drafts and whole pairs together, all or none. Throws `voucher.pair` when only one
 * half of a pair was ticked, and what `postDrafts` and `postTransfer` throw.
 */
export function postTicked(context: ServiceContext, ids: readonly DraftId[]): readonly PostedVoucher[] {
  const { ledger } = context
  return ledger.write(() => {
    const drafts = ids.map((id) => draftOf(ledger, id))
    const pairs = Map.groupBy(drafts.filter((draft) => draft.pairId !== null), (draft) => draft.pairId ?? 0)
    for (const halves of pairs.values()) {
      if (halves.length === 2) continue
      throw new Problem({ code: 'voucher.pair', message: '成对的划转凭证要一起记账，请把另一个账簿的一半也勾选上' })
    }
    const ordinary = drafts.filter((draft) => draft.pairId === null).map((draft) => draft.id)
    const posted = ordinary.length === 0 ? [] : postDrafts(context, ordinary)
    return [...posted, ...[...pairs.keys()].flatMap((pairId) => postTransfer(context, idOf<'fundTransfer'>(pairId)))]
  })
}

/** Withdraws a prepared pair before posting; both drafts are voided together. */
export function voidTransfer(context: ServiceContext, transferId: FundTransferId, reason: string): void {
  requireRole(context, 'preparer', 'reviewer')
  if (reason.trim() === '') throw new Problem({ code: 'voucher.reason', message: '请写明撤销原因', field: 'reason' })
  context.ledger.write(() => {
    context.ledger
      .prepare<unknown[], never>(
        "UPDATE voucher_draft SET state = 'void', void_reason = ?, updated_at = ? WHERE pair_id = ? AND state <> 'posted'",
      )
      .run(reason, context.clock.now(), transferId)
    logOperation(context, 'transfer.void', { kind: 'fundTransfer', id: transferId }, { reason })
  })
}
