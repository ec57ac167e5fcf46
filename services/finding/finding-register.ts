/**
 * What a check finds, put into the register: the same matter is one finding by its fingerprint, and what was said holds only for
 * the fact it was said of. A close-out ends with more money, another occasion, or gone and back: a new episode begins, a finding
 * that follows the closed one. An answer, still waiting for its close-out, ends with another occasion, and with more money where
 * money is about to be paid on it; that a balance grew meanwhile is told, and whoever closes it out sees it.
 */
import { isSameFact, type AnsweredFact, type Finding } from '#core/checks/finding.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import type { FindingState } from '#core/checks/standing.ts'
import { idOf, type ComplexId, type FindingId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { writeFindingEvent } from './finding.ts'

type Episode = {
  readonly id: FindingId
  readonly episode: number
  readonly state: FindingState
  readonly message: string
  readonly amountFen: Fen | null
  /** Closed out, and a later check did not find it any more. */
  readonly isGone: 0 | 1
  readonly hasAnswer: 0 | 1
  readonly answeredFen: Fen | null
  readonly answeredOccasion: string | null
}

/** How things stand today, how they stood on an earlier day, or today with money about to be paid. */
export type CheckView = 'now' | 'earlier' | 'payment'

/** The latest episode first, with what was known when it was closed out, or answered: the last event before that told it. */
const EPISODES = `
  SELECT f.id, f.episode, s.state, s.message, s.amount_fen AS amountFen,
    (SELECT kind FROM finding_event WHERE finding_id = f.id ORDER BY seq DESC LIMIT 1) = 'cleared' AS isGone,
    t.seq IS NOT NULL AS hasAnswer, t.amount_fen AS answeredFen, t.occasion AS answeredOccasion
  FROM finding f JOIN finding_standing s ON s.finding_id = f.id
    LEFT JOIN finding_event t ON t.finding_id = f.id AND t.seq = (SELECT max(e.seq) FROM finding_event e
      WHERE e.finding_id = f.id AND e.message IS NOT NULL
        AND e.seq < (SELECT max(seq) FROM finding_event
          WHERE finding_id = f.id AND kind = iif(s.state = 'closed', 'closed', 'answered')))
  WHERE f.fingerprint = ? ORDER BY f.episode DESC`

function episodesOf(ledger: Ledger): (finding: Finding) => readonly Episode[] {
  const read = ledger.prepare<[string], Episode>(EPISODES)
  return ({ fingerprint }) => read.all(fingerprint)
}

function answeredFact({ hasAnswer, answeredFen, answeredOccasion }: Episode): AnsweredFact | null {
  return hasAnswer === 0 ? null : { amountFen: answeredFen, occasion: answeredOccasion ?? '' }
}

/**
 * The closed-out episode that already answers for what is found. What blocks is settled by no words. Of today's facts only the
 * latest episode can; a check of an earlier time may come upon a fact that was closed out before the latest one.
 */
function closedOver(episodes: readonly Episode[], finding: Finding, view: CheckView): Episode | undefined {
  if (finding.level === 'block') return undefined
  const isCurrent = view !== 'earlier'
  return (isCurrent ? episodes.slice(0, 1) : episodes).find((episode) => {
    const fact = answeredFact(episode)
    return episode.state === 'closed' && fact !== null && !(isCurrent && episode.isGone === 1) && isSameFact(finding, fact)
  })
}

/** An earlier day tells no new occasion. */
function stillAnswered(episode: Episode, finding: Finding, view: CheckView): boolean {
  const fact = answeredFact(episode)
  if (episode.state !== 'answered' || fact === null) return false
  return view === 'earlier' || (view === 'payment' ? isSameFact(finding, fact) : finding.occasion === fact.occasion)
}

/** Where what is found stands once it is recorded. */
function stateAfter(episodes: readonly Episode[], finding: Finding, view: CheckView): FindingState {
  if (closedOver(episodes, finding, view) !== undefined) return 'closed'
  const [latest] = episodes
  return latest !== undefined && stillAnswered(latest, finding, view) ? 'answered' : 'open'
}

/** Where each would stand in the register, in the same order. Reads only. */
export function stateOfFindings(ledger: Ledger, findings: readonly Finding[], view: CheckView): readonly FindingState[] {
  const episodes = episodesOf(ledger)
  return findings.map((finding) => stateAfter(episodes(finding), finding, view))
}

export type Recorded = {
  readonly finding: Finding
  readonly id: FindingId
  readonly state: FindingState
  readonly isNew: boolean
}

function begin(context: ServiceContext, finding: Finding, before: Episode | undefined): FindingId {
  const { lastInsertRowid } = context.ledger
    .prepare<unknown[], never>(
      `INSERT INTO finding (fingerprint, rule, level, complex_id, links, episode, follows_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(finding.fingerprint, finding.rule, finding.level, finding.complexId, JSON.stringify(finding.links),
      (before?.episode ?? 0) + 1, before?.id ?? null)
  const id = idOf<'finding'>(lastInsertRowid)
  const { message, amountFen, occasion } = finding
  writeFindingEvent(context, id, { kind: 'found', state: 'open', message, amountFen, occasion })
  return id
}

/** Inside the caller's transaction, in the same order. */
export function recordFindings(context: ServiceContext, findings: readonly Finding[], view: CheckView): readonly Recorded[] {
  const episodes = episodesOf(context.ledger)
  return findings.map((finding): Recorded => {
    const known = episodes(finding)
    const [latest] = known
    const over = closedOver(known, finding, view)
    if (over !== undefined) return { finding, id: over.id, state: 'closed', isNew: false }
    if (latest === undefined || latest.state === 'closed') {
      return { finding, id: begin(context, finding, latest), state: 'open', isNew: true }
    }
    const { id } = latest
    const state = stateAfter(known, finding, view)
    const { message, amountFen, occasion } = finding
    if (latest.state === 'cleared') {
      writeFindingEvent(context, id, { kind: 'found', state, message, amountFen, occasion })
    } else if (latest.state !== state || latest.message !== message || latest.amountFen !== amountFen) {
      writeFindingEvent(context, id, { kind: 'seen', state, message, amountFen, occasion })
    }
    return { finding, id, state, isNew: false }
  })
}

type Standing = { readonly id: FindingId; readonly state: FindingState; readonly fingerprint: string; readonly occasion: string }

const NOT_GONE = `
  SELECT s.finding_id AS id, s.state, f.fingerprint, (SELECT occasion FROM finding_event
      WHERE finding_id = s.finding_id AND message IS NOT NULL ORDER BY seq DESC LIMIT 1) AS occasion
  FROM finding_standing s INDEXED BY finding_standing_by_state JOIN finding f ON f.id = s.finding_id
  WHERE s.state IN ('open', 'answered', 'closed') AND s.rule IN (SELECT value FROM json_each(:rules))
    AND (:complexId IS NULL OR s.complex_id = :complexId)
    AND (s.state <> 'closed'
      OR (SELECT kind FROM finding_event WHERE finding_id = s.finding_id ORDER BY seq DESC LIMIT 1) <> 'cleared')`

/**
 * What a check of everything no longer finds; inside the caller's transaction. Closed out it stays closed, and its return will
 * be asked about. Returns how many that waited were cleared.
 */
export function clearFindings(
  context: ServiceContext, rules: readonly CheckRuleId[], complexId: ComplexId | null, recorded: readonly Recorded[],
): number {
  const ids = new Set(recorded.map(({ id }) => id))
  const facts = new Set(recorded.map(({ finding: { fingerprint, occasion } }) => `${fingerprint}\n${occasion}`))
  const gone = context.ledger
    .prepare<[Record<string, unknown>], Standing>(NOT_GONE)
    .all({ rules: JSON.stringify(rules), complexId })
    .filter(({ id, state, fingerprint, occasion }) =>
      state === 'closed' ? !facts.has(`${fingerprint}\n${occasion}`) : !ids.has(id))
  for (const { id, state } of gone) {
    writeFindingEvent(context, id, { kind: 'cleared', state: state === 'closed' ? 'closed' : 'cleared' })
  }
  return gone.filter(({ state }) => state !== 'closed').length
}
