/** Jobs whose words point to something the fund does not pay, or pays only with an explanation nobody has given yet. */
import type { ComplexId, RepairId } from '../id.ts'
import type { Fen } from '../money.ts'
import { useItemOf, type UseItem } from '../authority/use-item.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type ScopedRepair = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly complexId: ComplexId
  readonly amountFen: Fen
  /** What a person wrote when the product asked; '' while unanswered. */
  readonly explanation: string
}

export function findOutsideScope(repairs: readonly ScopedRepair[], items: readonly UseItem[]): readonly Finding[] {
  return repairs.flatMap((repair) => {
    const item = useItemOf(items, repair.title)
    if (item === null || item.answer === 'allowed' || repair.explanation.trim() !== '') return []
    return [findingOf({
      rule: 'repair.outsideScope',
      level: checkRule('repair.outsideScope').level,
      complexId: repair.complexId,
      message: `${repair.number}“${repair.title}”：${item.reason}；` +
        (item.answer === 'notAllowed' ? '疑似不能动用维修资金，请核对' : '请写明可以动用的依据'),
      amountFen: repair.amountFen,
      links: [{ kind: 'repair', id: repair.id, label: repair.number }],
    })]
  })
}
