/**
 * The checks before a notice may be published (`runChecks`). `block` stops publishing, `warn` asks for a look, `hint`
 * informs. What is only likely is worded 疑似. A check that found nothing ties out; `CHECKS` lists them all for the screen.
 */
import type { BusinessDate } from '../calendar.ts'
import { checkAmounts } from './checks-amounts.ts'
import { checkPapers } from './checks-papers.ts'
import { checkPlan, type PostingPlan } from './checks-plan.ts'
import type { VoucherRefs } from './quarter-input.ts'
import type { QuarterSheet } from './sheet.ts'

export const CHECKS = {
  'detail-sums': '各部分明细之和等于合计',
  'closing-formula': '期末结余＝上期结余＋净收益－支出－转入',
  'opening-continues': '上期结余等于上次公示的期末结余',
  'bank-ties-out': '期末结余等于银行余额加减未达事项',
  'daily-fund': '日常专项维修资金收支平衡',
  'percent-sum': '占比合计为 100.00%',
  'unit-consistent': '金额单位一致',
  'gross-net': '按净额列示的收入已说明',
  'negative-rows': '红字金额已说明',
  'silent-rows': '空白或为零的项目已说明原因',
  dates: '日期与公示期间一致',
  'cost-document': '扣减项目有依据',
  'use-decision': '支出有业主决定',
  attachments: '每笔金额有附件',
  'personal-data': '不含个人信息',
  'top-up-ratio': '补充维修资金达到规定',
  'posting-span': '张贴天数达到规定',
} as const

export type CheckId = keyof typeof CHECKS
export type CheckLevel = 'block' | 'warn' | 'hint'

/** `rowId` is the sheet row the finding is about, where it is about one. */
export type Finding = {
  readonly check: CheckId
  readonly level: CheckLevel
  readonly message: string
  readonly refs: VoucherRefs
  readonly rowId?: string
}

export type CheckContext = {
  /** Names that must not hang on a board: owners, residents, committee members. */
  readonly personNames: readonly string[]
  /** Texts the notice prints besides the sheet (更正原因, 公示地点): they are searched for personal data too. */
  readonly versionTexts: readonly { readonly field: string; readonly text: string }[]
  readonly today: BusinessDate
  /** Null while the posting-up is not planned yet. */
  readonly plan: PostingPlan | null
}

export function runChecks(sheet: QuarterSheet, context: CheckContext): readonly Finding[] {
  return [
    ...checkAmounts(sheet),
    ...checkPapers(sheet, context.personNames, context.versionTexts),
    ...checkPlan(sheet, context.plan, context.today),
  ]
}

export function blocksPublishing(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.level === 'block')
}
