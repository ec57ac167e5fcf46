/** What the planner answers: the certificates, why no more, cash on every day of a need, interest against doing less. */
import type { BusinessDate } from '#core/calendar.ts'
import { formatYuan, subtractFen } from '#core/money.ts'
import type { PlacementOutcome } from '#core/placing/placement-outcome.ts'
import type { Breach, PlacementInput, Uncovered } from '#core/placing/placement-plan.ts'
import { formatPercent } from '#core/rate.ts'
import { termText } from '../../messages/deposit.ts'
import { placementText as text } from '../../messages/placing.ts'
import { Facts } from '../../parts/facts.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { PlanAnswer } from './plan-values.ts'

type Offer = PlacementInput['offers'][number]

export function offerTerm({ term }: Pick<Offer, 'term'>): string {
  return termText({ termMonths: term.unit === 'months' ? term.count : null, termDays: term.unit === 'days' ? term.count : null })
}

function breachText(breach: Breach, from: BusinessDate): string {
  switch (breach.kind) {
    case 'cash':
      return breach.date === from ? text.breach.usedUp : text.breach.cash(breach.date)
    case 'bank':
      return text.breach.bank(breach.bank)
    default:
      return text.breach[breach.kind]
  }
}

function breachesText(breaches: readonly Breach[], from: BusinessDate): string {
  return text.joined([...new Set(breaches.map((breach) => breachText(breach, from)))])
}

function needsText(needs: Uncovered['needs']): string {
  return needs.length === 0 ? text.noNeed : text.joined(needs.map(({ label }) => label))
}

export function UncoveredNeeds({ uncovered }: { readonly uncovered: readonly Uncovered[] }) {
  return (
    <div role="alert">
      <p><StateTag icon="blocked" tone="bad" word={text.uncovered} /></p>
      <ul className="plan-uncovered">
        {uncovered.map(({ date, needs, shortFen, unpaidFen }) => (
          <li key={date}>
            {text.uncoveredDay(date, needsText(needs), formatYuan(shortFen))}
            {unpaidFen > 0 ? (unpaidFen < shortFen && text.uncoveredUnpaid(formatYuan(unpaidFen))) : text.uncoveredReserve}
          </li>
        ))}
      </ul>
      <p className="quiet">{text.uncoveredWay}</p>
    </div>
  )
}

type Props = { readonly input: PlacementInput; readonly answer: Extract<PlanAnswer, { kind: 'plan' }> }

export function PlanResult({ input, answer: { isBest, outcome } }: Props) {
  return (
    <>
      <p>
        {isBest
          ? <StateTag icon="check" tone="good" word={text.best} />
          : <StateTag icon="clock" tone="due" word={text.bestFound} />}
      </p>
      <InterestFacts input={input} outcome={outcome} />
      <h3>{text.certificates}</h3>
      {outcome.certificates.length === 0
        ? <p className="quiet">{text.nothing}</p>
        : <CertificateTable input={input} outcome={outcome} />}
      <h3>{text.cash}</h3>
      <CashTable outcome={outcome} />
      <h3>{text.why}</h3>
      <ul className="plan-why">
        {outcome.why.map(({ offer: index, gainsNothing, breaches }) => {
          const offer = input.offers[index]
          if (offer === undefined) return null
          return (
            <li key={index}>
              {offer.bank} {offerTerm(offer)} {formatPercent(offer.rateMicro)}%{' '}
              <span className="quiet">{gainsNothing ? text.gainsNothing : breachesText(breaches, input.from)}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

type PartProps = { readonly input: PlacementInput; readonly outcome: PlacementOutcome }

function InterestFacts({ input, outcome: { interest, placedFen, leftFen } }: PartProps) {
  const { planFen, demandFen, oneYear } = interest
  const gain = formatYuan(subtractFen(planFen, demandFen))
  const compared = oneYear !== null && oneYear.breaches.length > 0
    ? text.oneYearBreaks(breachesText(oneYear.breaches, input.from))
    : text.oneYearFits
  return (
    <Facts
      facts={[
        { label: text.placed, value: <Money fen={placedFen} /> },
        { label: text.left, value: <Money fen={leftFen} /> },
        { label: text.interest(input.until), value: <strong><Money fen={planFen} /></strong>, wide: true },
        {
          label: text.overDemand,
          value: <><Money fen={demandFen} /> <span className="quiet">{text.more(gain)}</span></>,
          wide: true,
        },
        {
          label: text.oneYear,
          value: oneYear === null
            ? <span className="quiet">{text.oneYearNone}</span>
            : <><Money fen={oneYear.interestFen} /> <span className="quiet">{compared}</span></>,
          wide: true,
        },
      ]}
    />
  )
}

function CertificateTable({ input, outcome }: PartProps) {
  const { columns } = text
  return (
    <table className="plain-table" aria-label={text.certificates}>
      <thead>
        <tr>
          <th scope="col">{columns.bank}</th><th scope="col">{columns.term}</th><th scope="col">{columns.rate}</th>
          <th scope="col">{columns.amount}</th><th scope="col">{columns.due}</th><th scope="col">{columns.interest}</th>
        </tr>
      </thead>
      <tbody>
        {outcome.certificates.map(({ offer: index, bank, amountFen, dueDate, interestFen }) => {
          const offer = input.offers[index]
          return (
            <tr key={index}>
              <th scope="row">{bank}</th>
              <td>{offer === undefined ? '' : offerTerm(offer)}</td>
              <td>{offer === undefined ? '' : `${formatPercent(offer.rateMicro)}%`}</td>
              <td><Money fen={amountFen} /></td>
              <td>{dueDate}</td>
              <td><Money fen={interestFen} /></td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function CashTable({ outcome }: { readonly outcome: PlacementOutcome }) {
  const { cashColumns } = text
  return (
    <table className="plain-table" aria-label={text.cash}>
      <thead>
        <tr>
          <th scope="col">{cashColumns.date}</th><th scope="col">{cashColumns.need}</th><th scope="col">{cashColumns.cash}</th>
          <th scope="col">{cashColumns.free}</th>
        </tr>
      </thead>
      <tbody>
        {outcome.cash.map(({ date, needFen, cashFen, freeFen, isBinding }) => (
          <tr key={date}>
            <th scope="row">{date}</th>
            <td><Money fen={needFen} /></td>
            <td><Money fen={cashFen} /></td>
            <td>{isBinding && <StateTag icon="warning" tone="due" word={text.binding} />} <Money fen={freeFen} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
