/** How figures hang together, each with its mark; what differs shows both sides. */
import { booksText as text } from '../../messages/books.ts'
import { yuanText } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'

type TieOut = Answers['statutory']['statements']['tieOuts'][number]

export function TieOuts({ tieOuts }: { readonly tieOuts: readonly TieOut[] }) {
  const isTied = tieOuts.every(({ holds }) => holds)
  return (
    <>
      <h2>
        {text.tieOuts}
        {isTied && <StateTag icon="check" tone="good" word={text.allTied} />}
      </h2>
      {!isTied && <p className="negative">{text.brokenHint}</p>}
      <ul className="tie-outs">
        {tieOuts.map(({ code, label, leftFen, rightFen, holds }) => (
          <li key={code}>
            <StateTag icon={holds ? 'check' : 'cross'} tone={holds ? 'good' : 'bad'} word={holds ? text.tied : text.broken} />
            <span>{label}</span>
            {!holds && <span className="quiet">{text.bothSides(yuanText(leftFen), yuanText(rightFen))}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}
