/** What waits in the repairs for this person, by step. */
import { REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { client } from '../../client.ts'
import { repairNeedText } from '../../messages/repair.ts'
import type { NeedFinder } from '../today/needs.ts'

export const findRepairNeeds: NeedFinder = async ({ complexId }) => {
  const inbox = await client.repair.inbox.query({ complexId })
  return inbox.map(({ step, count, amountFen }) => ({
    key: `repair-${step}`,
    icon: 'repairs',
    tone: 'plain',
    text: repairNeedText(count, REPAIR_STEP_WORD[step]),
    fen: amountFen,
    target: { screen: 'repairs', query: { step } },
  }))
}
