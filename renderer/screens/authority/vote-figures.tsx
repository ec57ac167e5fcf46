/** The count as it stands: every ballot by area and heads, and the ratios the result has to reach. */
import { formatArea } from '#core/register/area.ts'
import { reachesShare, type VoteShare } from '#core/authority/vote.ts'
import { BALLOT_CHOICES, cutPercent } from '#core/authority/vote-tally.ts'
import { voteText } from '../../messages/authority.ts'
import { Icon } from '../../parts/icon.tsx'
import type { Answers } from '../../records.ts'
import { VoteObjections } from './vote-objections.tsx'

type Card = Answers['vote']['get']
type Ballots = Extract<Card['tally'], { method: 'ballot' }>
const { figures, ratios, ballots } = voteText

export function VoteFigures({ card: { tally, vote } }: { readonly card: Card }) {
  const { total, byChoice, method } = tally
  return (
    <section className="vote-figures" aria-labelledby="vote-figures-title">
      <h2 id="vote-figures-title">{figures.title}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{figures.line}</th>
            <th scope="col" className="figure">{figures.area}</th>
            <th scope="col" className="figure">{figures.heads}</th>
          </tr>
        </thead>
        <tbody>
          {BALLOT_CHOICES.map((choice) => (
            <tr key={choice}>
              <th scope="row">{ballots.choices[method][choice]}</th>
              <td className="figure">{formatArea(byChoice[choice].areaDm2)}</td>
              <td className="figure">{byChoice[choice].heads}</td>
            </tr>
          ))}
          <tr className="total">
            <th scope="row">{figures.total}</th>
            <td className="figure">{formatArea(total.areaDm2)}</td>
            <td className="figure">{total.heads}</td>
          </tr>
        </tbody>
      </table>
      {tally.method === 'ballot' ? <Ratios tally={tally} /> : <VoteObjections tally={tally} isOpen={vote.state === 'open'} />}
    </section>
  )
}

function Ratios({ tally }: { readonly tally: Ballots }) {
  const { total, participating, agreeing, byChoice, mixedHeads, silentAs, rule } = tally
  const rows = [
    { label: ratios.participating, part: participating, whole: total, area: rule.quorumArea, heads: rule.quorumHeads },
    { label: ratios.agreeing, part: agreeing, whole: participating, area: rule.agreeing, heads: rule.agreeing },
  ]
  return (
    <>
      {mixedHeads > 0 && <p className="quiet">{figures.mixed(mixedHeads)}</p>}
      {silentAs === null && byChoice.silent.heads > 0 && <p className="quiet">{figures.silentOut}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{ratios.title}</th>
            <th scope="col">{ratios.needed}</th>
            <th scope="col" className="figure">{ratios.area}</th>
            <th scope="col" className="figure">{ratios.heads}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, part, whole, area, heads }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{ratios.neededOf(area.strict, area.numerator, area.denominator)}</td>
              <Ratio part={part.areaDm2} whole={whole.areaDm2} share={area} />
              <Ratio part={part.heads} whole={whole.heads} share={heads} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Ratio({ part, whole, share }: { readonly part: number; readonly whole: number; readonly share: VoteShare }) {
  const isReached = whole > 0 && reachesShare(part, whole, share)
  return (
    <td className={isReached ? 'figure tone-good' : 'figure'}>
      {cutPercent(part, whole)} <Icon name={isReached ? 'check' : 'cross'} />
      <span className="visually-hidden">{isReached ? ratios.reached : ratios.missed}</span>
    </td>
  )
}
