/** What waits in the notices: overdue, due soon, asked for and not published. */
import { client } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import type { Need, NeedFinder } from '../today/needs.ts'

export const findNoticeNeeds: NeedFinder = async ({ complexId }, { roles, userId }) => {
  const text = noticeText.needs
  const due = (await client.disclosure.due.query()).filter((each) => complexId === null || each.complexId === complexId)
  const needs: Need[] = []
  const add = (key: string, tone: Need['tone'], found: typeof due, words: string): void => {
    const [first] = found
    if (first === undefined) return
    const scope = { quarter: first.quarter, ...(found.length === 1 && { complex: first.complexId }) }
    needs.push({ key: `notice-${key}`, icon: 'disclosure', tone, text: words, target: { screen: 'disclosure', scope } })
  }
  const of = (kind: (typeof due)[number]['reminder']['kind']) => due.filter((each) => each.reminder.kind === kind)
  const [overdue, soon, unknown] = [of('overdue'), of('dueSoon'), of('unknown')]
  add('overdue', 'bad', overdue, text.overdue(overdue.length))
  const [next] = soon
  if (next?.reminder.kind === 'dueSoon') add('soon', 'due', soon, text.dueSoon(soon.length, next.reminder.due))
  add('unknown', 'plain', unknown, text.unknown(unknown.length))
  if (roles.includes('reviewer') || roles.includes('head')) {
    const quarters = [...new Set(due.filter((each) => each.stage === 'requested').map((each) => each.quarter))]
    const requests = (await Promise.all(quarters.map((quarter) => client.disclosure.waiting.query({ quarter })))).flat()
    const isShown = (id: number): boolean => complexId === null || id === complexId
    const others = requests.filter((request) => request.requestedBy !== userId && isShown(request.complexId))
    const [first] = others
    if (first !== undefined) {
      needs.push({
        key: 'notice-publish',
        icon: 'disclosure',
        tone: 'due',
        text: text.toPublish(others.length),
        target: {
          screen: 'disclosure',
          scope: { quarter: first.quarter, ...(others.length === 1 && { complex: first.complexId }) },
        },
      })
    }
  }
  return needs
}
