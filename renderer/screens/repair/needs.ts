/** What waits in the repairs for this person, by step. */
import { REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { client } from '../../client.ts'
import { repairNeedText } from '../../messages/repair.ts'
import { boardText } from '../../messages/repair-board.ts'
import type { NeedFinder } from '../today/needs.ts'

export const findRepairNeeds: NeedFinder = async ({ complexId }) => {
  const inbox = await client.repairBoard.inbox.query({ complexId })
  return inbox.map(({ step, count, late, amountFen }) => ({
    key: `repair-${step}`,
    icon: 'repairs',
    tone: late > 0 ? 'due' : 'plain',
    text: `${repairNeedText(count, REPAIR_STEP_WORD[step])}${late > 0 ? boardText.lateOf(late) : ''}`,
    fen: amountFen,
    target: { screen: 'repairs', path: ['inbox'], query: { step } },
  }))
}
