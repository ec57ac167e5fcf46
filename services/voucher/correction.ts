/** Correcting posted vouchers: red reversal, difference, and blue vouchers for earlier years; never an edit. */
import { monthOf, type BusinessDate } from '#core/calendar.ts'
import { idOf, type DraftId, type VoucherId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import {
  allowedCorrections,
  differenceLines,
  replacementSummary,
  reversalLines,
  reversalSummary,
  type Amounts,
} from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { reverseEntries } from '../household/household-entry.ts'
import { saveDraft, voidDraft, type DraftFacts, type DraftLine } from './voucher-draft.ts'
import { voucherOf, type VoucherView } from './voucher.ts'

export type CorrectionFacts = {
  readonly voucherId: VoucherId
  /** Accounting date of the correcting voucher, in an open period. */
  readonly date: BusinessDate
  readonly reason: string
}

function original(context: ServiceContext, facts: CorrectionFacts, method: 'reversal' | 'difference' | 'priorYear'): VoucherView {
  if (facts.reason.trim() === '') throw new Problem({ code: 'voucher.reason', message: '请写明更正原因', field: 'reason' })
  const voucher = voucherOf(context.ledger, facts.voucherId)
  if (facts.date < voucher.date) {
    throw new Problem({ code: 'voucher.correctionDate', message: '更正凭证的日期不能早于原凭证', field: 'date' })
  }
  if (!allowedCorrections(voucher.date, monthOf(facts.date)).includes(method)) {
    const message = method === 'priorYear'
      ? '当年的凭证用红字冲销或差额凭证更正，不用以前年度更正'
      : '以前年度的凭证只能用蓝字更正凭证（会计基础工作规范第五十一条）'
    throw new Problem({ code: 'voucher.correctionMethod', message, field: 'date' })
  }
  if (method === 'reversal') refuseSecondReversal(context, facts.voucherId)
  if (method === 'difference' && isReversed(context.ledger, facts.voucherId)) {
    throw new Problem({ code: 'voucher.reversed', message: '这张凭证已经冲销，没有余下的金额可以更正' })
  }
  if (method !== 'priorYear') refuseBesideDifference(context, facts.voucherId)
  return voucher
}

function isReversed(ledger: Ledger, voucherId: VoucherId): boolean {
  return ledger
    .prepare<[number], unknown>("SELECT 1 FROM voucher WHERE corrects_voucher_id = ? AND purpose = 'reversal'")
    .get(voucherId) !== undefined
}

/** A voucher is reversed once; a reversal that still waits for review counts, or two of them would be prepared. */
function refuseSecondReversal({ ledger }: ServiceContext, voucherId: VoucherId): void {
  if (isReversed(ledger, voucherId)) throw new Problem({ code: 'voucher.reversed', message: '这张凭证已经冲销过，不能再冲一次' })
  const waiting = ledger
    .prepare<[number], unknown>(
      `SELECT 1 FROM voucher_draft WHERE corrects_voucher_id = ? AND purpose = 'reversal' AND state IN ('draft', 'reviewed')`,
    )
    .get(voucherId)
  if (waiting !== undefined) {
    throw new Problem({ code: 'voucher.reversed', message: '这张凭证的红字冲销凭证已经制好，请到待办中审核记账或作废' })
  }
}

/**
 * A difference is worked out against the original: beside another one it would count twice, and a reversal with the original's
 * whole content (会计基础工作规范 art. 51) would take back what the difference already took. The difference is reversed first.
 */
function refuseBesideDifference({ ledger }: ServiceContext, voucherId: VoucherId): void {
  const posted = ledger
    .prepare<[number], unknown>(
      `SELECT 1 FROM voucher d WHERE d.corrects_voucher_id = ? AND d.purpose = 'difference' AND NOT EXISTS (
         SELECT 1 FROM voucher WHERE corrects_voucher_id = d.id AND purpose = 'reversal')`,
    )
    .get(voucherId)
  if (posted !== undefined) {
    throw new Problem({ code: 'voucher.hasDifference', message: '这张凭证已有差额更正：请先冲销差额凭证，再冲销或重新更正' })
  }
  const waiting = ledger
    .prepare<[number], unknown>(
      `SELECT 1 FROM voucher_draft WHERE corrects_voucher_id = ? AND purpose = 'difference' AND state IN ('draft', 'reviewed')`,
    )
    .get(voucherId)
  if (waiting !== undefined) {
    throw new Problem({ code: 'voucher.hasDifference', message: '这张凭证的差额凭证已经制好，请到待办中审核记账或作废' })
  }
}

function refusePairHalf(voucher: VoucherView): void {
  if (voucher.pairId === null) return
  throw new Problem({ code: 'voucher.pair', message: '这是账簿间划转的一半，请在划转记录中成对冲销' })
}

function asDraftLines(voucher: VoucherView, summary: string): DraftLine[] {
  return voucher.lines.map((line) => ({
    summary,
    accountId: idOf<'account'>(line.accountId),
    complexId: idOf<'complex'>(line.complexId),
    debitFen: line.debitFen,
    creditFen: line.creditFen,
    buildingId: line.buildingId === null ? null : idOf<'building'>(line.buildingId),
    counterpartyId: line.counterpartyId === null ? null : idOf<'counterparty'>(line.counterpartyId),
    bankAccountId: line.bankAccountId === null ? null : idOf<'bankAccount'>(line.bankAccountId),
    contractId: line.contractId === null ? null : idOf<'contract'>(line.contractId),
    repairId: line.repairId === null ? null : idOf<'repair'>(line.repairId),
    certificateId: line.certificateId === null ? null : idOf<'certificate'>(line.certificateId),
  }))
}

function correctionHead(voucher: VoucherView, facts: CorrectionFacts) {
  return {
    bookId: voucher.bookId,
    kind: voucher.kind,
    date: facts.date,
    correctsVoucherId: voucher.id,
    reason: facts.reason,
    decisionId: voucher.decisionId === null ? null : idOf<'decision'>(voucher.decisionId),
  }
}

function reversalOf(voucher: VoucherView, facts: CorrectionFacts): DraftFacts {
  return {
    ...correctionHead(voucher, facts),
    purpose: 'reversal',
    lines: reversalLines(asDraftLines(voucher, reversalSummary(voucher))),
  }
}

/** The red half of a fund transfer's reversal; fund-transfer.ts saves both halves. Throws like `prepareReversal`. */
export function pairReversal(context: ServiceContext, facts: CorrectionFacts): DraftFacts {
  return reversalOf(original(context, facts, 'reversal'), facts)
}

/**
 * Red voucher with the same content; `replacement` adds the new blue one that says what should have been written.
 * Throws `voucher.pair` for half of a fund transfer, `voucher.correctionMethod`, `voucher.correctionDate`, `voucher.reversed`,
 * `voucher.hasDifference`.
 */
export function prepareReversal(
  context: ServiceContext,
  facts: CorrectionFacts & { readonly replacement?: readonly DraftLine[] },
): { reversal: DraftId; replacement: DraftId | null } {
  const voucher = original(context, facts, 'reversal')
  refusePairHalf(voucher)
  return context.ledger.write(() => {
    const reversal = saveDraft(context, reversalOf(voucher, facts))
    reverseEntries(context.ledger, voucher.id, reversal)
    if (facts.replacement === undefined) return { reversal, replacement: null }
    const summary = replacementSummary(voucher)
    const replacement = saveDraft(context, {
      ...correctionHead(voucher, facts),
      purpose: 'replacement',
      lines: facts.replacement.map((line) => ({ ...line, summary })),
    })
    return { reversal, replacement }
  })
}

/**
 * Only amounts were wrong: writes the difference per line (fen, in the order of the original's lines).
 * Throws `voucher.difference`, `voucher.hasDifference`, `voucher.reversed`, `voucher.correctionMethod`.
 */
export function prepareDifference(
  context: ServiceContext,
  facts: CorrectionFacts & { readonly corrected: readonly Amounts[] },
): DraftId {
  const voucher = original(context, facts, 'difference')
  refusePairHalf(voucher)
  const lines = differenceLines(asDraftLines(voucher, replacementSummary(voucher)), facts.corrected)
  if (lines.length === 0) throw new Problem({ code: 'voucher.difference', message: '更正金额与原凭证相同，没有差额' })
  return saveDraft(context, { ...correctionHead(voucher, facts), purpose: 'difference', lines })
}

/** Errors of earlier years: a blue voucher with the correcting entries (会计基础工作规范 art. 51(5)). */
export function preparePriorYear(
  context: ServiceContext,
  facts: CorrectionFacts & { readonly lines: readonly DraftLine[] },
): DraftId {
  const voucher = original(context, facts, 'priorYear')
  refusePairHalf(voucher)
  return saveDraft(context, { ...correctionHead(voucher, facts), purpose: 'priorYear', lines: facts.lines })
}

/**
 * Takes an operation's voucher back: voided while nobody has posted it, red otherwise. One that somebody already voided in the
 * voucher list leaves only the register to be put right. Gives the draft that did it.
 */
export function takeBackVoucher(
  context: ServiceContext,
  { draftId, draftState, voucherId }: {
    readonly draftId: DraftId
    readonly draftState: string | null
    readonly voucherId: number | null
  },
  facts: { readonly date: BusinessDate; readonly reason: string },
): DraftId {
  if (voucherId !== null) {
    return prepareReversal(context, { voucherId: idOf<'voucher'>(voucherId), date: facts.date, reason: facts.reason }).reversal
  }
  if (draftState !== 'void') voidDraft(context, draftId, facts.reason)
  return draftId
}
