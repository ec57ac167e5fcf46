/** What waits around votes, standing authorisations and emergencies. */
import { addDays } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { authorityNeedText as text } from '../../messages/authority.ts'
import type { Need, NeedFinder } from '../today/needs.ts'

/** Enough to tell one from several; the list shows the rest. */
const LOOKED_AT = 200
const SOON_DAYS = 90

const findEmergencies: NeedFinder = async ({ complexId }) => {
  const work = await client.authority.emergencies.query({ complexId })
  return (['decide', 'settle', 'publish'] as const).flatMap((duty): Need[] => {
    const owed = work.flatMap(({ owes }) => owes.filter((one) => one.duty === duty))
    const [first] = owed.toSorted((a, b) => (a.by < b.by ? -1 : 1))
    if (first === undefined) return []
    const late = owed.filter(({ isOverdue }) => isOverdue).length
    return [{
      key: `emergency-${duty}`, icon: 'warning', tone: late > 0 ? 'bad' : 'due',
      target: { screen: 'repairs', path: ['emergencies'] },
      text: late > 0 ? text.overdue(late, text.duties[duty]) : text.owed(owed.length, text.duties[duty], first.by),
    }]
  })
}

const findVotes: NeedFinder = async ({ complexId }, { roles }) => {
  if (!roles.includes('reviewer') && !roles.includes('head')) return []
  const votes = await client.vote.list.query({ complexId, limit: LOOKED_AT })
  const counted = votes.filter(({ state }) => state === 'counted')
  const [first] = counted
  if (first === undefined) return []
  return [{
    key: 'vote-certify', icon: 'repairs', tone: 'plain', text: text.toCertify(counted.length),
    target: { screen: 'repairs', path: counted.length === 1 ? ['votes', first.id] : ['votes'] },
  }]
}

const findStanding: NeedFinder = async ({ complexId, today }, { roles }) => {
  const standing = await client.authority.list.query({ complexId, endingFrom: today, limit: LOOKED_AT })
  const toConfirm = standing.filter(({ state }) => state === 'recorded')
  const ending = standing.filter(({ state, to }) => state === 'confirmed' && to <= addDays(today, SOON_DAYS))
  const target = { screen: 'repairs', path: ['standing'] } as const
  return [
    ...(toConfirm.length > 0 && (roles.includes('reviewer') || roles.includes('head'))
      ? [{ key: 'standing-confirm', icon: 'repairs', tone: 'plain', text: text.toConfirm(toConfirm.length), target } as const]
      : []),
    ...(ending.length > 0
      ? [{
          key: 'standing-ending', icon: 'clock', tone: 'due', text: text.ending(ending.length, ending[0]?.to ?? today), target,
        } as const]
      : []),
  ]
}

export const findAuthorityNeeds: NeedFinder = async (scope, person) =>
  (await Promise.all([findEmergencies, findVotes, findStanding].map((find) => find(scope, person)))).flat()
