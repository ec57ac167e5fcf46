/** What waits at the self-check: findings to answer, and for a second person findings to close out. */
import { client } from '../../client.ts'
import { findingText } from '../../messages/finding.ts'
import type { Need, NeedFinder } from '../today/needs.ts'

export const findFindingNeeds: NeedFinder = async ({ complexId }, { roles }) => {
  const counts = await client.finding.counts.query({ complexId })
  const standing = (state: string): number =>
    counts.filter((one) => one.state === state && one.level !== 'hint').reduce((sum, { count }) => sum + count, 0)
  const needs: Need[] = []
  const [open, answered] = [standing('open'), standing('answered')]
  if (open > 0 && roles.some((role) => role === 'preparer' || role === 'bookkeeper' || role === 'cashier' || role === 'head')) {
    const isBlocked = counts.some(({ state, level }) => state === 'open' && level === 'block')
    needs.push({
      key: 'finding-open', icon: 'findings', tone: isBlocked ? 'bad' : 'due', text: findingText.need(open),
      target: { screen: 'findings', query: { state: 'open' } },
    })
  }
  const mayClose = roles.some((role) =>
    role === 'reviewer' || role === 'reconciler' || role === 'head' || role === 'inspector')
  if (answered > 0 && mayClose) {
    needs.push({
      key: 'finding-answered', icon: 'findings', tone: 'plain', text: findingText.needClose(answered),
      target: { screen: 'findings', query: { state: 'answered' } },
    })
  }
  return needs
}
