/** What waits at the deposits: interest differences to look at, certificates left past their due date, then those due soon. */
import { client } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import type { Need, NeedFinder } from '../today/needs.ts'

export const findDepositNeeds: NeedFinder = async ({ complexId }, { roles }) => {
  const needs: Need[] = []
  // Closing a difference is a second person's work.
  if (roles.some((role) => role === 'reviewer' || role === 'reconciler' || role === 'head')) {
    const { count, shortFen } = await client.certificate.openDifferences.query({ complexId })
    const text = certificateText.differences.need(count)
    const target = { screen: 'deposits', path: ['differences'] } as const
    if (count > 0) needs.push({ key: 'deposit-difference', icon: 'deposits', tone: 'due', text, fen: shortFen, target })
  }
  if (!roles.some((role) => role === 'preparer' || role === 'bookkeeper' || role === 'cashier' || role === 'head')) return needs
  const work = await client.due.summary.query({ complexId })
  const soon = work.count - work.overdueCount
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
