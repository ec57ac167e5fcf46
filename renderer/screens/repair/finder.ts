/** Repairs by number, title or contractor, for Ctrl+K. */
import { REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { client } from '../../client.ts'
import type { Finder } from '../../frame/finders.ts'

export const findRepairsByText: Finder = async (text, { complexId }) => {
  const found = await client.repairBoard.find.query({ text, complexId, limit: 8 })
  return found.map(({ id, number, title, complexName, step }) => ({
    key: `repair-${id}`,
    icon: 'repairs',
    title: `${number} ${title}`,
    note: `${complexName} ${REPAIR_STEP_WORD[step]}`,
    target: { screen: 'repairs', path: [id] },
  }))
}
