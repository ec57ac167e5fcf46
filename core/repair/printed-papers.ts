/**
 * Papers the ledger itself prints of a repair, to be signed and sealed by hand and filed again as images. Some can be printed
 * before they are due, as forms to take to the site; one that states an amount only once the amount stands.
 */
import { isSpotChecked, type RepairState } from './repair.ts'

export const PRINTED_PAPERS = [
  'acceptanceSlip', 'pathSheet', 'opinionSheet', 'drawRecord', 'reviewRecord', 'visa', 'summaryTable', 'acceptanceRecord',
  'settlement', 'paymentOrder', 'useDisclosure',
] as const
export type PrintedPaper = (typeof PRINTED_PAPERS)[number]

export const PRINTED_PAPER_WORD: Readonly<Record<PrintedPaper, string>> = {
  acceptanceSlip: '申请受理单',
  pathSheet: '办理流程表',
  opinionSheet: '办理意见表',
  drawRecord: '抽查抽取记录',
  reviewRecord: '现场复核（抽查）记录',
  visa: '隐蔽工程签证单',
  summaryTable: '分类汇总表',
  acceptanceRecord: '现场验收记录',
  settlement: '决算单',
  paymentOrder: '划款通知书',
  useDisclosure: '使用公示',
}

export function isPrintable(paper: PrintedPaper, state: RepairState): boolean {
  switch (paper) {
    case 'acceptanceSlip':
    case 'pathSheet':
    case 'opinionSheet':
      return true
    case 'drawRecord':
      return state.isDrawn !== null
    case 'reviewRecord':
      return state.gate?.review === 'on_site_review' || isSpotChecked(state)
    case 'visa':
    case 'summaryTable':
    case 'acceptanceRecord':
      return state.gate !== null
    case 'settlement':
    case 'useDisclosure':
      return state.settledFen !== null
    case 'paymentOrder':
      return state.instructedFen > 0
  }
}

export function printablePapers(state: RepairState): readonly PrintedPaper[] {
  return PRINTED_PAPERS.filter((paper) => isPrintable(paper, state))
}
