/** One job: the path as a line of steps; papers left, photos and signatures in the middle, money and the next action right. */
import { useQuery } from '@tanstack/react-query'
import type { RepairId } from '#core/id.ts'
import { FOLLOW_UP_WORD, REPEAT_CONCLUSION_WORD } from '#core/repair/repair.ts'
import { PATH_NODE_WORD, type PathMark } from '#core/repair/repair-path.ts'
import { visitText } from '#core/repair/site-visit.ts'
import { api } from '../../client.ts'
import { EVENT_WORD, jobText, repairText } from '../../messages/repair.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { JobFindings } from './job-findings.tsx'
import { MoneyPane } from './money-pane.tsx'
import { NextStep } from './next-step.tsx'
import { Objections } from './objections.tsx'
import { PapersPane, PhotosPane } from './papers.tsx'
import { PrintPapers } from './print-papers.tsx'
import { ScorePane } from '../contractor/score-pane.tsx'
import { Ties } from './ties.tsx'
import { Visas } from './visas.tsx'

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
    <Page title={`${repair.number} ${repair.title}`} actions={<PrintPapers card={card} />}>
      <Facts
        facts={[
          { label: jobText.facts.complex, value: repair.complexName },
          { label: jobText.facts.place, value: place.join(' ') },
          { label: jobText.facts.contractor, value: repair.contractorName },
          { label: jobText.facts.supervisor, value: repair.supervisorName },
          { label: jobText.facts.reportedOn, value: jobText.reportedOn(repair.reportedOn, card.events[0]?.on) },
          { label: jobText.facts.policy, value: card.policyName },
        ]}
      />
      <PathLine card={card} />
      <div className="repair-columns">
        <div className="repair-column">
          <PapersPane card={card} />
          <Visas card={card} />
          <Repeats card={card} />
          <Ties card={card} />
        </div>
        <PhotosPane card={card} />
        <div className="repair-column">
          <NextStep key={card.events.length} card={card} />
          <JobFindings card={card} />
          <MoneyPane card={card} />
          <Objections card={card} />
          <ScorePane repairId={repair.id} />
        </div>
      </div>
      <History card={card} />
    </Page>
  )
}

const MARK_ICON: Readonly<Record<PathMark['state'], IconName>> = { isDone: 'check', now: 'clock', ahead: 'dot', skipped: 'skip' }

/** Skipped steps stand in the line, pale, and below it with the rule that lets them be skipped. */
function PathLine({ card: { path, actions } }: { readonly card: Card }) {
  const blocked = actions[0]?.blockedBecause ?? []
  // What is recorded together with a step is let off by the same sentence.
  const skipped = path.filter(({ step, state }) => state === 'skipped' && step !== 'scope' && step !== 'budget')
  return (
    <>
      <ol className="repair-path" aria-label={jobText.path}>
        {path.map(({ step, state, why }) => (
          <li key={step} className={state} aria-current={state === 'now' ? 'step' : undefined} title={why}>
            <Icon name={state === 'now' && blocked.length > 0 ? 'blocked' : MARK_ICON[state]} />
            <span>{PATH_NODE_WORD[step]}</span>
            <span className="visually-hidden">{jobText[state]}</span>
          </li>
        ))}
      </ol>
      {skipped.length > 0 && (
        <p className="repair-skipped quiet">
          {jobText.skippedSteps}
          {skipped.map(({ step, why }) => <span key={step}>{`${PATH_NODE_WORD[step]}\uFF1A${why}`}</span>)}
        </p>
      )}
    </>
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
  if (event.kind === 'repeatAnswered') return jobText.repeatAnswered(REPEAT_CONCLUSION_WORD[event.conclusion], event)
  if (event.kind === 'spotChecked' || event.kind === 'siteReviewed') return event.visits.map(visitText).join(' \u00B7 ')
  if (event.kind === 'accepted') return `${event.finding} ${event.followUp}`
  if (event.kind === 'emergencyApplied') return `${event.appliedOn} ${event.item} ${event.report}`
  if (event.kind === 'authorised') return `${event.basis} ${event.scope}`
  if (event.kind === 'contracted') return event.contract.number
  if (event.kind === 'contractorChanged' || event.kind === 'supervisorChanged') {
    return jobText.contractorChanged(event.from, event.to, event.reason)
  }
  if (event.kind === 'published') return `${event.from} \u2013 ${event.to} ${event.place}`
  if (event.kind === 'followedUp') return `${FOLLOW_UP_WORD[event.result]} ${event.person} ${event.said}`
  if (event.kind === 'instructionWithdrawn') return event.reason
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
