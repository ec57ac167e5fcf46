/**
 * Paying a repair: only to its contractor at the account agreed on, instalment by instalment within what is settled and
 * not disputed, typed again by the person who instructs, only with every paper its path asks for. Each leaves a voucher draft;
 * review and posting are those of every voucher.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BankAccountId, DraftId, RepairId } from '#core/id.ts'
import { addFen, formatYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { instructedUnpaid, payableNow, paymentDateProblem } from '#core/repair/repair-payable.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { chargeRepair } from '../household/apportionment-repair.ts'
import { accountByCode, repairAccount } from '../voucher/book.ts'
import type { ServiceContext } from '../context.ts'
import { settingOf } from '../office.ts'
import { appendRepairEvent, jobFor, requireReason } from './repair.ts'
import { refuseOtherAccount } from './repair-payee.ts'
import type { RepairJob } from './repair-record.ts'
import { checkBefore } from '../finding/check-step.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

export type PaymentInstruction = {
  /** Typed again; must equal what is due now. */
  readonly amountFen: Fen
  readonly bankAccountId: BankAccountId
  readonly date: BusinessDate
}

/** Dr 5001 维修支出 / Cr 1001.01, with every paper of the job; to the household where the complex keeps a sub-ledger. */
function savePaymentDraft(context: ServiceContext, job: RepairJob, facts: PaymentInstruction, due: Fen, label: string): DraftId {
  const { ledger } = context
  const { repair } = job
  refuseOtherAccount(job)
  const early = paymentDateProblem(job.state, facts.date)
  if (early !== null) throw new Problem(early)
  if (facts.amountFen !== due) {
    const message = `录入的金额与决算待付金额 ${formatYuan(due)} 元不一致：请核对决算单后重新录入`
    throw new Problem({ code: 'repair.amount', message, field: 'amountFen' })
  }
  const charge = chargeRepair(context, repair, due)
  const what = label === '' ? '维修款' : `维修款（${label}）`
  const shared = { summary: `支付${repair.number}${repair.title}${what}`, complexId: repair.complexId }
  return saveDraft(context, {
    bookId: repair.bookId,
    kind: settingOf(ledger, 'voucherKinds') === 'split' ? 'payment' : 'general',
    date: facts.date,
    rule: { by: 'repair.payment', repair: repair.number, ...(charge !== null && { apportionment: charge.apportionmentId }) },
    lines: [
      { ...shared, accountId: repairAccount(ledger, repair.bookId, repair.part).id, ...debit(due),
        buildingId: repair.buildingId, counterpartyId: repair.contractorId, repairId: repair.id,
        ...(charge !== null && { households: charge.entries }) },
      { ...shared, accountId: accountByCode(ledger, repair.bookId, ACCOUNT.demandDeposit).id, ...credit(due),
        bankAccountId: facts.bankAccountId },
    ],
    attachments: [
      ...new Set([...job.folder.papers, ...job.visas.flatMap(({ images }) => images)].map(({ sha256 }) => sha256)),
    ],
  })
}

/**
 * Throws `repair.amount`, `repair.blocked` with every missing paper, `repair.payeeAccount`, `repair.paymentDate`, `repair.path`,
 * and what `chargeRepair` throws.
 */
export function instructPayment(context: ServiceContext, id: RepairId, facts: PaymentInstruction): DraftId {
  const { complexId } = jobFor(context, id, 'instructPayment').repair
  const subject = { kind: 'repair', ids: [id] } as const
  checkBefore(context, 'repairPaid', { complexId, bookId: null, from: null, to: context.clock.today(), subject })
  return context.ledger.write(() => {
    const job = jobFor(context, id, 'instructPayment')
    const { amountFen, label } = payableNow(job.state, job.disputedFen, job.today)
    const draftId = savePaymentDraft(context, job, facts, amountFen, job.state.contract === null ? '' : label)
    const instructedFen = addFen(job.state.paidFen, amountFen)
    appendRepairEvent(context, job, { kind: 'paymentInstructed', amountFen, instructedFen, draftId },
      { payee: job.repair.contractorName, payeeBank: job.repair.contractorBank, instalment: label })
    return draftId
  })
}

/** Again, after the first draft was voided or its voucher reversed. Throws what `instructPayment` throws. */
export function preparePaymentAgain(context: ServiceContext, id: RepairId, facts: PaymentInstruction): DraftId {
  return context.ledger.write(() => {
    const job = jobFor(context, id, 'prepareVoucher')
    const draftId = savePaymentDraft(context, job, facts, instructedUnpaid(job.state), '')
    appendRepairEvent(context, job, { kind: 'voucherPrepared', draftId })
    return draftId
  })
}

/** Takes back what was instructed and not paid, so that the instalment can be instructed anew. Throws `repair.reason`. */
export function withdrawInstruction(context: ServiceContext, id: RepairId, reason: string): void {
  const why = requireReason(reason)
  context.ledger.write(() => {
    const job = jobFor(context, id, 'withdrawInstruction')
    appendRepairEvent(context, job, { kind: 'instructionWithdrawn', instructedFen: job.state.paidFen, reason: why })
  })
}
