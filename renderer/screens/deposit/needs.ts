/** What waits at the deposits: certificates left past their due date and what that has cost, then those due soon. */
import { client } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import type { Need, NeedFinder } from '../today/needs.ts'

export const findDepositNeeds: NeedFinder = async ({ complexId }, { roles }) => {
  if (!roles.some((role) => role === 'preparer' || role === 'bookkeeper' || role === 'cashier' || role === 'head')) return []
  const work = await client.deposit.due.query(complexId === null ? {} : { complexId })
  const soon = work.rows.length - work.overdueCount
  const needs: Need[] = []
  if (work.overdueCount > 0) {
    const text = depositText.needs.overdue(work.overdueCount)
    needs.push({ key: 'deposit-overdue', icon: 'deposits', tone: 'bad', text, fen: work.lostFen, target: { screen: 'deposits' } })
  }
  if (soon > 0) {
    const text = depositText.needs.soon(soon)
    needs.push({ key: 'deposit-soon', icon: 'deposits', tone: 'due', text, target: { screen: 'deposits' } })
  }
  return needs
}
