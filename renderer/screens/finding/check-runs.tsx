/** The self-checks made so far; each can be printed again as it stood. */
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api, client } from '../../client.ts'
import { chinaTime } from '../../instant.ts'
import { findingText as text } from '../../messages/finding.ts'

const SHOWN = 12

export function CheckRuns({ onJob, onError }: {
  readonly onJob: (jobId: string) => void
  readonly onError: (error: unknown) => void
}) {
  const { data: runs } = useQuery(api.finding.runs.queryOptions({ limit: SHOWN }))
  if (runs === undefined) return null
  return (
    <section aria-labelledby="finding-runs">
      <h3 id="finding-runs">{text.runs}</h3>
      {runs.length === 0 && <p className="quiet">{text.neverRun}</p>}
      <ul className="finding-runs">
        {runs.map(({ id, at, actor, from, to, complexName, found }) => (
          <li key={id}>
            <div>
              <span>{text.runOf(chinaTime(at).slice(0, 16), actor)}</span>
              <span className="quiet">{text.runScope(complexName, from, to, found)}</span>
            </div>
            <Button
              size="small"
              aria-label={text.printRunOf(chinaTime(at).slice(0, 16))}
              onClick={async () => {
                try {
                  onJob((await client.finding.printRun.mutate({ id })).jobId)
                } catch (refusal) {
                  onError(refusal)
                }
              }}
            >
              {text.printRun}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
