/** What the ledger suspects about this job: what still has to be answered first, who answered the rest, and the way there. */
import { useQuery } from '@tanstack/react-query'
import { FINDING_LEVEL_WORD } from '#core/checks/finding.ts'
import { FINDING_STATE_WORD } from '#core/checks/standing.ts'
import { api } from '../../client.ts'
import { findingText as text, LEVEL_ICON, LEVEL_TONE, STATE_ICON } from '../../messages/finding.ts'
import { Go } from '../../parts/go.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import type { Card } from './job.tsx'

type Finding = Answers['finding']['list'][number]

const SHOWN = 50

function isWaiting({ state }: Finding): boolean {
  return state === 'open' || state === 'answered'
}

/** Whatever else: `cleared` findings are history, told on the screen of 疑点. */
export function JobFindings({ card: { repair } }: { readonly card: Card }) {
  const { data } = useQuery(
    api.finding.list.queryOptions({ complexId: null, repairId: repair.id, state: 'all', limit: SHOWN }))
  const told = data?.filter(({ state }) => state !== 'cleared') ?? []
  if (told.length === 0) return null
  const repairQuery = { repair: String(repair.id) }
  return (
    <section aria-labelledby="repair-findings">
      <h2 id="repair-findings">{text.title}</h2>
      <ul className="repair-list">
        {told.toSorted((a, b) => Number(isWaiting(b)) - Number(isWaiting(a))).map((finding) => (
          <li key={finding.id}>
            <StateTag
              icon={LEVEL_ICON[finding.level]}
              tone={isWaiting(finding) ? LEVEL_TONE[finding.level] : 'plain'}
              word={FINDING_LEVEL_WORD[finding.level]}
            />
            <Go
              to={{ screen: 'findings', query: { ...repairQuery, state: isWaiting(finding) ? '' : finding.state } }}
              title={finding.message}
              className="repair-finding-title"
            >
              {finding.title}
            </Go>
            <StateTag icon={STATE_ICON[finding.state]} word={FINDING_STATE_WORD[finding.state]} />
            {finding.answeredBy !== null && (
              <p className="quiet repair-finding-said">{text.said(finding.answer, finding.answeredBy)}</p>
            )}
            {finding.closedBy !== null && (
              <p className="quiet repair-finding-said">{text.closedOut(finding.closing, finding.closedBy)}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
