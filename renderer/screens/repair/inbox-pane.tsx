/** The job under the arrows: what its next step is and what it still lacks, so that a walk down the list says which can go. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RepairId } from '#core/id.ts'
import { REPAIR_ACTION_WORD } from '#core/repair/repair-actions.ts'
import { api } from '../../client.ts'
import { inboxText as text } from '../../messages/repair-board.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'

export function InboxPane({ id }: { readonly id: RepairId | undefined }) {
  const { data: card, error } = useQuery(
    api.repair.get.queryOptions({ id: id ?? 0 }, { enabled: id !== undefined, placeholderData: keepPreviousData }),
  )
  if (id === undefined) return <p className="quiet repair-inbox-pane">{text.choose}</p>
  if (error !== null) return <ProblemNote error={error} />
  if (card === undefined) return null
  const { repair, actions: [next], photos } = card
  const place = [repair.complexName, repair.buildingName, repair.entrance, repair.part, repair.facility]
  return (
    <section className="repair-inbox-pane" aria-labelledby="repair-inbox-job">
      <h2 id="repair-inbox-job"><Go to={{ screen: 'repairs', path: [repair.id] }}>{`${repair.number} ${repair.title}`}</Go></h2>
      <p>{place.filter((part) => part !== null).join(' ')}</p>
      <p className="quiet">
        {`${text.quoted} `}<Money fen={repair.quotedFen} />{` · ${repair.contractorName} · ${text.photos(photos.length)}`}
      </p>
      {next !== undefined && (
        <>
          <p>{`${text.next} ${REPAIR_ACTION_WORD[next.action]}`}</p>
          {next.blockedBecause.length === 0
            ? <StateTag icon="check" word={text.ready} />
            : <StateTag tone="due" icon="blocked" word={text.blocked} />}
          <ul>{next.blockedBecause.map((reason) => <li key={reason}>{reason}</li>)}</ul>
        </>
      )}
    </section>
  )
}
