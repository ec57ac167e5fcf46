/**
 * Paying a repair: only to its contractor, only the settled amount, typed again by the person who instructs, only with every
 * paper its path asks for. Leaves a voucher draft; review and posting are those of every voucher.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BankAccountId, DraftId, RepairId } from '#core/id.ts'
import { formatYuan, subtractFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { standingAmount } from '#core/repair/repair.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { chargeRepair } from '../household/apportionment-repair.ts'
import { accountByCode, repairAccount } from '../voucher/book.ts'
import type { ServiceContext } from '../context.ts'
import { settingOf } from '../office.ts'
import { appendRepairEvent, jobFor } from './repair.ts'
import type { RepairJob } from './repair-record.ts'
import { checkBefore } from '../finding/self-check.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

export type PaymentInstruction = {
  /** Typed again; must equal what is settled and not yet paid. */
  readonly amountFen: Fen
  readonly bankAccountId: BankAccountId
  readonly date: BusinessDate
}

function openAmount(job: RepairJob): Fen {
  return subtractFen(standingAmount(job.state), job.state.paidFen)
}

/** Dr 5001 维修支出 / Cr 1001.01, with every paper of the job; to the household where the complex keeps a sub-ledger. */
function savePaymentDraft(context: ServiceContext, job: RepairJob, facts: PaymentInstruction): DraftId {
  const { ledger } = context
  const { repair } = job
  const due = openAmount(job)
  if (facts.amountFen !== due) {
    const message = `录入的金额与决算待付金额 ${formatYuan(due)} 元不一致：请核对决算单后重新录入`
    throw new Problem({ code: 'repair.amount', message, field: 'amountFen' })
  }
  const charge = chargeRepair(context, repair, due)
  const shared = { summary: `支付${repair.number}${repair.title}维修款`, complexId: repair.complexId }
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
    attachments: job.folder.papers.map(({ sha256 }) => sha256),
  })
}

/** Throws `repair.amount`, `repair.blocked` with every missing paper, `repair.path`, and what `chargeRepair` throws. */
export function instructPayment(context: ServiceContext, id: RepairId, facts: PaymentInstruction): DraftId {
  const { complexId } = jobFor(context, id, 'instructPayment').repair
  const subject = { kind: 'repair', id } as const
  checkBefore(context, 'payment', { complexId, bookId: null, from: null, to: context.clock.today(), subject })
  return context.ledger.write(() => {
    const job = jobFor(context, id, 'instructPayment')
    const draftId = savePaymentDraft(context, job, facts)
    appendRepairEvent(context, job, { kind: 'paymentInstructed', amountFen: facts.amountFen, draftId },
      { payee: job.repair.contractorName, payeeBank: job.repair.contractorBank })
    return draftId
  })
}

/** Again, after the first draft was voided or its voucher reversed. Throws what `instructPayment` throws. */
export function preparePaymentAgain(context: ServiceContext, id: RepairId, facts: PaymentInstruction): DraftId {
  return context.ledger.write(() => {
    const job = jobFor(context, id, 'prepareVoucher')
    const draftId = savePaymentDraft(context, job, facts)
    appendRepairEvent(context, job, { kind: 'voucherPrepared', draftId })
    return draftId
  })
}
