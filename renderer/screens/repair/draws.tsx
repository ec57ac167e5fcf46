/** The latest draws of spot checks, each drawn again from its seed, with its record to print. */
import { useQuery } from '@tanstack/react-query'
import { api, client } from '../../client.ts'
import { drawsText as text } from '../../messages/repair-board.ts'
import { instantText } from '../../parts/instant.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import { PrintButton } from './print-button.tsx'

const SHOWN = 5

export function Draws() {
  const { data } = useQuery(api.repair.draws.queryOptions({ limit: SHOWN }))
  if (data === undefined || data.length === 0) return null
  return (
    <section className="repair-draws" aria-labelledby="repair-draws">
      <h2 id="repair-draws">{text.title}</h2>
      <ul>
        {data.map(({ id, at, actorName, poolSize, drawn, isReproduced }) => (
          <li key={id}>
            <span>{text.drawn(id, poolSize, drawn)}</span>
            <PrintButton label={text.print} start={() => client.repairPaper.printDraw.mutate({ drawId: id })} />
            <span className="quiet">{text.by(instantText(at), actorName)}</span>
            {isReproduced
              ? <StateTag tone="good" icon="check" word={text.reproduced} />
              : <StateTag tone="bad" icon="warning" word={text.differs} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
