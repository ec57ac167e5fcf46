/** Vouchers without papers (深圳东海花园: 28 million yuan and no voucher at all); closings, openings and corrections need none. */
import type { ComplexId, VoucherId } from '../id.ts'
import { formatYuan, type Fen } from '../money.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type CheckedVoucher = {
  readonly id: VoucherId
  readonly label: string
  readonly complexId: ComplexId | null
  readonly amountFen: Fen
  readonly papers: number
  readonly hasBankLine: boolean
  readonly needsPaper: boolean
}

export function findWithoutPaper(vouchers: readonly CheckedVoucher[]): readonly Finding[] {
  return vouchers.filter((one) => one.needsPaper && one.papers === 0 && !one.hasBankLine).map((voucher) => findingOf({
    rule: 'voucher.noPaper',
    level: checkRule('voucher.noPaper').level,
    complexId: voucher.complexId,
    message: `${voucher.label} 金额 ${formatYuan(voucher.amountFen)} 元，没有附件也没有对账单；请补附原始凭证`,
    amountFen: voucher.amountFen,
    links: [{ kind: 'voucher', id: voucher.id, label: voucher.label }],
  }))
}
