/** The certificates of one day of the calendar, each with the way to its operation. */
import { useQuery } from '@tanstack/react-query'
import { formatPercent } from '#core/rate.ts'
import { api } from '../../client.ts'
import { dueWords } from '../../messages/due.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { DueTag } from './due-tag.tsx'

const text = dueWords.month

/** More certificates on one day than this are worked in the list. */
const SHOWN = 100

export function DueOnDay({ day }: { readonly day: Answers['due']['month']['days'][number] }) {
  const { complexId, today } = useScope()
  const { data: rows, error } = useQuery(api.due.page.queryOptions({ complexId, from: day.date, until: day.date, limit: SHOWN }))
  return (
    <section className="due-on-day" aria-label={day.date}>
      <h2>{day.date}</h2>
      {error !== null && <ProblemNote error={error} />}
      {day.workingDay !== null && day.date >= today && <p className="quiet">{text.workingDay(day.workingDay)}</p>}
      <ul>
        {rows?.map((row) => (
          <li key={row.id}>
            <p>
              <Go to={{ screen: 'deposits', path: [row.id] }}>{row.certificateNo}</Go>
              <DueTag due={row.due} status={row.status} />
            </p>
            <p>
              <span>{row.complexName}</span>
              <Money fen={row.principalFen} unit="¥" />
            </p>
            <p className="quiet">
              <span>{row.bankName} {formatPercent(row.rateMicro)}%</span>
              {row.status === 'inForce' && row.dueDate <= today && (
                <Go to={{ screen: 'deposits', path: [row.id, 'settle'] }}>{text.settle}</Go>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
