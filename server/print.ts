/** Finished models for the papers of the kernel, and the jobs that draw them: vouchers and the trial balance. */
import type { BusinessDate } from '#core/calendar.ts'
import type { BookId, ComplexId, VoucherId } from '#core/id.ts'
import { trialBalanceSheet } from '#core/voucher/trial-balance.ts'
import { voucherWord } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import type { RenderJob } from '#reports/job.ts'
import type { RenderPool } from '#reports/pool.ts'
import type { TrialBalanceModel } from '#reports/trial-balance.ts'
import type { VoucherPaperModel } from '#reports/voucher.ts'
import { trialBalance, type TrialBalanceScope } from '#services/voucher/balance.ts'
import { bookOf, listAccounts } from '#services/voucher/book.ts'
import { complexOf } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import { voucherOf } from '#services/voucher/voucher.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { Staging } from './staging.ts'

export type PrintContext = ServiceContext & { readonly renderPool: RenderPool; readonly staging: Staging }

function voucherModel(ledger: Ledger, id: VoucherId): VoucherPaperModel {
  const voucher = voucherOf(ledger, id)
  const { corrects } = voucher
  return {
    office: officeName(ledger) ?? '',
    book: voucher.bookName,
    word: voucherWord(voucher.kind, voucher.number),
    date: voucher.date,
    attachments: voucher.attachmentCount,
    lines: voucher.lines.map((line) => ({
      summary: line.summary,
      account: `${line.accountCode} ${line.accountName}`,
      complex: line.complexName,
      debit: line.debitFen === 0 ? null : line.debitFen,
      credit: line.creditFen === 0 ? null : line.creditFen,
    })),
    signatures: {
      head: null,
      bookkeeper: voucher.bookkeeper,
      reviewer: voucher.reviewer,
      cashier: null,
      preparer: voucher.preparer,
    },
    // 会计基础工作规范 art. 51: receipts and payments also carry the cashier's signature.
    needsCashier: voucher.kind === 'receipt' || voucher.kind === 'payment',
    state: 'posted',
    correctionOf: corrects === null ? null : `${corrects.date} ${voucherWord(corrects.kind, corrects.number)}`,
  }
}

export type TrialBalanceRequest = {
  readonly bookId: BookId
  readonly complexId: ComplexId | null
  readonly from: BusinessDate
  readonly to: BusinessDate
}

function trialBalanceModel({ ledger, clock, actor }: ServiceContext, request: TrialBalanceRequest): TrialBalanceModel {
  const { complexId, bookId, from, to } = request
  const scope: TrialBalanceScope = { bookId, from, to, ...(complexId !== null && { complexId }) }
  const accounts = listAccounts(ledger, bookId).map(({ code, name, isLeaf }) => ({ code, name, isLeaf: isLeaf === 1 }))
  const sheet = trialBalanceSheet(trialBalance(ledger, scope).rows, accounts)
  return {
    office: officeName(ledger) ?? '',
    book: bookOf(ledger, bookId).name,
    complex: complexId === null ? null : complexOf(ledger, complexId).name,
    from,
    asOf: to,
    printedOn: clock.today(),
    printedBy: actor.name,
    rows: sheet.lines,
    totals: sheet.totals,
  }
}

async function draw(context: PrintContext, name: string, job: RenderJob, { signal }: JobSteps) {
  const bytes = await context.renderPool.renderPdf(job, { signal })
  const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { id: token, name }
}

/** One PDF per voucher, as they are bound: each on its own half sheet. */
export async function printVouchersJob(context: PrintContext, ids: readonly VoucherId[], steps: JobSteps): Promise<JobResult> {
  const documents: JobResult['documents'][number][] = []
  for (const [index, id] of ids.entries()) {
    const model = voucherModel(context.ledger, id)
    await steps.breathe({ done: index, total: ids.length, label: `${model.book} ${model.date} ${model.word}` })
    documents.push(await draw(context, `记账凭证 ${model.book} ${model.date} ${model.word}.pdf`, { kind: 'voucher', model }, steps))
  }
  return { summary: `已生成 ${documents.length} 张凭证的打印文件。`, documents, rows: [], reference: null }
}

export async function printTrialBalanceJob(
  context: PrintContext,
  request: TrialBalanceRequest,
  steps: JobSteps,
): Promise<JobResult> {
  const model = trialBalanceModel(context, request)
  await steps.breathe({ done: 0, total: 1, label: `${model.book}科目余额表` })
  const name = `科目余额表 ${model.book} ${model.complex ?? '全部小区'} ${model.asOf}.pdf`
  const document = await draw(context, name, { kind: 'trialBalance', model }, steps)
  return { summary: '科目余额表已生成。', documents: [document], rows: [], reference: null }
}
