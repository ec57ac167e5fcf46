/** Voting by objection as it stands: who objects, who was never reached, and how far both are from the limit. */
import { reachesShare, type VoteShare } from '#core/authority/vote.ts'
import { objectionRuleText } from '#core/authority/vote-objection.ts'
import { cutPercent } from '#core/authority/vote-tally.ts'
import { voteText } from '../../messages/authority.ts'
import { Icon } from '../../parts/icon.tsx'
import type { Answers } from '../../records.ts'

type Objections = Extract<Answers['vote']['get']['tally'], { method: 'objection' }>
const { objection: text } = voteText

/** `isOpen`: whoever was not reached can still be. */
export function VoteObjections({ tally, isOpen }: { readonly tally: Objections; readonly isOpen: boolean }) {
  const { total, against, undelivered, objecting, rule } = tally
  const sides = [
    { label: text.byArea, part: (weight: typeof total) => weight.areaDm2, show: text.squareMetres },
    { label: text.byHeads, part: (weight: typeof total) => weight.heads, show: text.persons },
  ]
  return (
    <div className="vote-objections">
      {sides.map(({ label, part, show }) => (
        <Limit
          key={label}
          label={label}
          whole={part(total)}
          against={part(against)}
          undelivered={part(undelivered)}
          objecting={part(objecting)}
          share={rule.share}
          show={show}
        />
      ))}
      <p className="vote-limit-key">
        <span><i className="against" aria-hidden="true" />{text.against}</span>
        <span><i className="undelivered" aria-hidden="true" />{text.undelivered}</span>
        <span><i className="line" aria-hidden="true" />{text.limit(rule.share.numerator, rule.share.denominator)}</span>
      </p>
      <p className="quiet">{text.rule(objectionRuleText(rule))}</p>
      {isOpen && tally.byChoice.notReturned.heads > 0 && <p className="quiet">{text.undeliveredHint}</p>}
    </div>
  )
}

type LimitProps = {
  readonly label: string
  readonly whole: number
  readonly against: number
  readonly undelivered: number
  readonly objecting: number
  readonly share: VoteShare
  readonly show: (part: number) => string
}

function Limit({ label, whole, against, undelivered, objecting, share, show }: LimitProps) {
  const isOver = reachesShare(objecting, whole, share)
  return (
    <div className="vote-limit">
      <span>{label}</span>
      <span className="vote-limit-bar" aria-hidden="true">
        <i className="against" style={{ width: percent(against, whole) }} />
        <i className="undelivered" style={{ width: percent(undelivered, whole) }} />
        <i className="line" style={{ left: percent(share.numerator, share.denominator) }} />
      </span>
      <span className={isOver ? 'figure tone-bad' : 'figure tone-good'}>
        {cutPercent(objecting, whole)} <Icon name={isOver ? 'cross' : 'check'} />
        <span className="visually-hidden">{text.outcome(isOver, share.strict)}</span>
      </span>
      <span className="quiet vote-limit-figures">{text.figures(show(against), show(undelivered), show(objecting))}</span>
    </div>
  )
}

/** Of the bar's width: a picture of the figure beside it, no figure itself. */
function percent(part: number, whole: number): string {
  return `${(100 * part) / whole}%`
}
