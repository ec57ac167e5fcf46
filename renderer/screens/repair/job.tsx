/** One job: the path as a line of steps; papers left, photos and signatures in the middle, money and the next action right. */
import { useQuery } from '@tanstack/react-query'
import type { RepairId } from '#core/id.ts'
import { REPAIR_STEP_WORD, type RepairStep } from '#core/repair/repair.ts'
import { api } from '../../client.ts'
import { EVENT_WORD, jobText, repairText } from '../../messages/repair.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { MoneyPane } from './money-pane.tsx'
import { NextStep } from './next-step.tsx'
import { PapersPane, PhotosPane } from './papers.tsx'

export type Card = Answers['repair']['get']

export function RepairPage({ id }: { readonly id: RepairId }) {
  const { data: card, error } = useQuery(api.repair.get.queryOptions({ id }))
  if (error !== null) return <Page title={repairText.title}><ProblemNote error={error} /></Page>
  if (card === undefined) return <Page title={repairText.title}><p className="quiet">{jobText.loading}</p></Page>
  const { repair } = card
  const place = [repair.buildingName, repair.entrance, repair.part, repair.facility].filter(
    (part) => part !== null && part !== '',
  )
  return (
    <Page title={`${repair.number} ${repair.title}`}>
      <Facts
        facts={[
          { label: jobText.facts.complex, value: repair.complexName },
          { label: jobText.facts.place, value: place.join(' ') },
          { label: jobText.facts.contractor, value: repair.contractorName },
          { label: jobText.facts.supervisor, value: repair.supervisorName },
          { label: jobText.facts.reportedOn, value: repair.reportedOn },
          { label: jobText.facts.policy, value: card.policyName },
        ]}
      />
      <PathLine card={card} />
      <div className="repair-columns">
        <div className="repair-column">
          <PapersPane card={card} />
          <Repeats card={card} />
        </div>
        <PhotosPane card={card} />
        <div className="repair-column">
          <NextStep key={card.events.length} card={card} />
          <MoneyPane card={card} />
        </div>
      </div>
      <History card={card} />
    </Page>
  )
}

type Mark = { readonly step: RepairStep; readonly state: 'isDone' | 'now' | 'ahead' }

const MARK_ICON: Readonly<Record<Mark['state'], IconName>> = { isDone: 'check', now: 'clock', ahead: 'dot' }

/** The steps of this job's own path; those its amount and its draw leave out are not shown. */
function marksOf({ state, events }: Card): readonly Mark[] {
  const path: readonly RepairStep[] = [
    'windowCheck',
    ...(state.hits.length > 0 ? (['repeatAnswer'] as const) : []),
    'engineeringCheck',
    ...(state.gate?.review === 'spot_check' ? (['spotDraw'] as const) : []),
    ...(state.isDrawn === true ? (['spotCheck'] as const) : []),
    ...(state.gate?.review === 'on_site_review' ? (['siteReview'] as const) : []),
    'acceptance', 'payment', 'voucher', 'paid',
  ]
  const isEnded = state.step === 'refused' || state.step === 'cancelled'
  // A job that ended stands at the step it was at before.
  const at = isEnded ? (events.at(-2)?.step ?? 'windowCheck') : state.step
  const now = path.indexOf(at)
  const marks = path.map((step, index): Mark => ({
    step, state: index < now || state.step === 'paid' ? 'isDone' : index === now && !isEnded ? 'now' : 'ahead',
  }))
  return isEnded ? [...marks.filter((mark) => mark.state === 'isDone'), { step: state.step, state: 'now' }] : marks
}

function PathLine({ card }: { readonly card: Card }) {
  const blocked = card.actions[0]?.blockedBecause ?? []
  return (
    <ol className="repair-path" aria-label={jobText.path}>
      {marksOf(card).map(({ step, state }) => (
        <li key={step} className={state} aria-current={state === 'now' ? 'step' : undefined}>
          <Icon name={state === 'now' && blocked.length > 0 ? 'blocked' : MARK_ICON[state]} />
          <span>{REPAIR_STEP_WORD[step]}</span>
          <span className="visually-hidden">{jobText[state]}</span>
        </li>
      ))}
    </ol>
  )
}

function Repeats({ card }: { readonly card: Card }) {
  if (card.repeats.length === 0) return null
  return (
    <section aria-labelledby="repair-repeats">
      <h2 id="repair-repeats">{jobText.repeats}</h2>
      <ul className="repair-list">
        {card.repeats.map(({ id, number, title, reportedOn, reason }) => (
          <li key={id}>
            <Go to={{ screen: 'repairs', path: [id] }}>{`${number} ${title}`}</Go>
            <span className="quiet">{reportedOn}</span>
            <StateTag tone="due" icon="warning" word={jobText.repeatReason[reason]} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function reasonOf(event: Card['events'][number]['event']): string {
  if (event.kind === 'sentBack' || event.kind === 'refused' || event.kind === 'cancelled') return event.reason
  if (event.kind === 'repeatAnswered' || event.kind === 'spotChecked' || event.kind === 'siteReviewed') return event.finding
  if (event.kind === 'accepted') return event.followUp
  if (event.kind === 'drawn') return event.isDrawn ? jobText.drawn : jobText.notDrawn
  return ''
}

function History({ card }: { readonly card: Card }) {
  return (
    <section aria-labelledby="repair-history" className="repair-history">
      <h2 id="repair-history">{jobText.history}</h2>
      <ol>
        {card.events.toReversed().map(({ seq, event, actorName, on }) => (
          <li key={seq}>
            <span className="quiet">{on}</span>
            <span>{EVENT_WORD[event.kind]}</span>
            <span>{actorName}</span>
            <span>{reasonOf(event)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
