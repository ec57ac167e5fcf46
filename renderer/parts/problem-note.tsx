/** A refusal as a person reads it: what is wrong, where, how to go on; the code is for whoever is asked for help. */
import { partsText } from '../messages/parts.ts'
import type { ProblemDetails } from '#core/problem.ts'
import { problemOf } from '../problem.ts'
import type { Place, Target } from '../navigation.ts'
import { usePlace } from '../place.ts'
import { Go } from './go.tsx'
import { Icon } from './icon.tsx'

type Props = { readonly error: unknown } | { readonly problem: ProblemDetails }

/** A step that waits for an answer to a finding leads to it: on a job's page to the findings of that job. */
function wayOut(code: string, { screen, path: [id] }: Place): Target | null {
  if (!code.startsWith('finding.') || screen === 'findings') return null
  const isJob = screen === 'repairs' && id !== undefined && /^\d+$/.test(id)
  return { screen: 'findings', query: isJob ? { repair: id } : {} }
}

export function ProblemNote(props: Props) {
  const { code, message, row } = 'problem' in props ? props.problem : problemOf(props.error)
  const way = wayOut(code, usePlace())
  return (
    <div className="problem-note" role="alert">
      <Icon name="warning" />
      <p>
        {row !== undefined && <strong>{partsText.row(row)} </strong>}
        {message}
        {way !== null && <> <Go to={way}>{partsText.toFindings}</Go></>}
      </p>
      <code>{code}</code>
    </div>
  )
}
