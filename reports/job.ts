/** What can be printed: a kind and its finished model. Models are plain data, so a job crosses to the worker as it is. */
import type { NoticeModel } from './notice-model.ts'
import { noticePaper } from './notice.ts'
import type { Paper } from './paper.ts'
import { trialBalancePaper, type TrialBalanceModel } from './trial-balance.ts'
import { voucherPaper, type VoucherPaperModel } from './voucher.ts'

export type RenderJob =
  | { readonly kind: 'notice'; readonly model: NoticeModel }
  | { readonly kind: 'trialBalance'; readonly model: TrialBalanceModel }
  | { readonly kind: 'voucher'; readonly model: VoucherPaperModel }

export function paperOf(job: RenderJob): Paper {
  switch (job.kind) {
    case 'notice':
      return noticePaper(job.model)
    case 'trialBalance':
      return trialBalancePaper(job.model)
    case 'voucher':
      return voucherPaper(job.model)
  }
}
