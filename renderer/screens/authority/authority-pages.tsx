/** Votes, standing authorisations and emergencies, by address. */
import { idOf } from '#core/id.ts'
import type { ScreenProps } from '../index.ts'
import { EmergencyList } from './emergency-list.tsx'
import { StandingList } from './standing-list.tsx'
import { StandingPage } from './standing-page.tsx'
import { VoteList } from './vote-list.tsx'
import { NewVote } from './vote-new.tsx'
import { VotePage } from './vote-page.tsx'

const NUMBER = /^[1-9]\d{0,14}$/

export function AuthorityPages({ path: [section, record], query }: Pick<ScreenProps, 'path' | 'query'>) {
  const number = record !== undefined && NUMBER.test(record) ? Number(record) : null
  if (section === 'emergencies') return <EmergencyList />
  if (section === 'standing') {
    return number === null ? <StandingList /> : <StandingPage key={number} id={idOf<'useAuthorisation'>(number)} />
  }
  if (record === 'new') return <NewVote query={query} />
  return number === null ? <VoteList /> : <VotePage key={number} id={idOf<'vote'>(number)} />
}
