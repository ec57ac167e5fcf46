/** What was decided about this job alone: its votes and tenders, and the way to new ones while they can still count. */
import { useQuery } from '@tanstack/react-query'
import { CONTRACTOR_ROLE_WORD } from '#core/contractor/tender.ts'
import { plainYuan } from '#core/money.ts'
import { isOpenStep, standingAmount } from '#core/repair/repair.ts'
import { api } from '../../client.ts'
import { tieText as text } from '../../messages/repair.ts'
import { Go } from '../../parts/go.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { VoteState } from '../authority/vote-list.tsx'
import type { Card } from './job.tsx'

type Tender = Answers['repair']['ties']['tenders'][number]

function TenderState({ isRevoked, winners }: Tender) {
  if (isRevoked) return <StateTag icon="cross" word={text.revoked} />
  if (winners.length === 0) return <StateTag tone="due" icon="clock" word={text.waiting} />
  return <span>{text.won(winners.map(({ name }) => name).join('\u3001'))}</span>
}

export function Ties({ card: { repair, state } }: { readonly card: Card }) {
  const { data } = useQuery(api.repair.ties.queryOptions({ id: repair.id }))
  const mayWrite = useMay('preparer', 'head')
  const isBeforeAuthority = isOpenStep(state.step) && state.authority === null && state.contract === null
  const isBeforeContract = isOpenStep(state.step) && state.contract === null
  const query = { repair: String(repair.id), where: String(repair.complexId), title: repair.title, part: repair.part }
  const none = data !== undefined && data.votes.length + data.tenders.length === 0
  if (none && !(mayWrite && isBeforeContract)) return null
  return (
    <section aria-labelledby="repair-ties">
      <h2 id="repair-ties">{text.title}</h2>
      {none && <p className="quiet">{text.empty}</p>}
      <ul className="repair-list">
        {data?.votes.map((vote) => (
          <li key={`vote-${vote.id}`}>
            <Go to={{ screen: 'repairs', path: ['votes', vote.id] }}>{`${vote.number} ${vote.title}`}</Go>
            <VoteState state={vote.state} passed={vote.passed} />
          </li>
        ))}
        {data?.tenders.map((tender) => (
          <li key={`tender-${tender.id}`}>
            <Go to={{ screen: 'repairs', path: ['tenders', tender.id] }}>{`${tender.number} ${tender.title}`}</Go>
            <span className="quiet">{CONTRACTOR_ROLE_WORD[tender.role]}</span>
            <TenderState {...tender} />
          </li>
        ))}
      </ul>
      {mayWrite && (
        <p className="repair-tie-ways">
          {isBeforeAuthority && (
            <Go to={{ screen: 'repairs', path: ['votes', 'new'], query: { ...query, amount: plainYuan(standingAmount(state)) } }}>
              {text.openVote}
            </Go>
          )}
          {isBeforeContract && <Go to={{ screen: 'repairs', path: ['tenders', 'new'], query }}>{text.openTender}</Go>}
        </p>
      )}
    </section>
  )
}
