/**
 * The owners' vote (民法典 art. 278), kept on paper and counted here: the electorate is taken from the register on a day, ballots
 * are entered by unit, one person counts, a second certifies, and from then on nothing of it changes.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type ComplexId, type HouseholdId, type RepairId, type VoteId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { isInScope, type UseScope } from '#core/authority/use-scope.ts'
import type { VoteMethod } from '#core/authority/vote-objection.ts'
import { REPAIR_PARTS } from '#core/repair/repair-place.ts'
import { DEVELOPER_HOLDER, VOTE_MATTER_WORD, type BallotChoice, type VoteMatter } from '#core/authority/vote-tally.ts'
import type { Ledger } from '#db/ledger.ts'
import type { VoteEventKind, VotePaperKind, VoteState } from '#db/schema.ts'
import { findAttachment } from '../attachment.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { electorateOn } from './vote-electorate.ts'
import { voteRuleOn } from './vote-method.ts'
import { countOpens, voteActs, voteHead, voteTally, type VoteCount, type VoteHead } from './vote-record.ts'

export type VoteFacts = {
  readonly complexId: ComplexId
  readonly title: string
  readonly matter: VoteMatter
  /** How it is counted; by objection only where the local rule of the register day allows it. */
  readonly method: VoteMethod
  readonly scope: UseScope
  /** Of a use: the most the fund may pay; null for every other matter. */
  readonly amountFen: Fen | null
  /** Of a use: the common parts it is for, one of `REPAIR_PARTS` at least; empty for every other matter. */
  readonly parts: readonly string[]
  /** The one job it is about. */
  readonly repairId: RepairId | null
  readonly registerOn: BusinessDate
  /** Last day ballots are taken. */
  readonly returnBy: BusinessDate
}

function refuseBadFacts(context: ServiceContext, facts: VoteFacts): void {
  const refuse = (code: string, message: string, field: string): never => {
    throw new Problem({ code: `vote.${code}`, message, field })
  }
  if (facts.title.trim() === '') refuse('title', '请写明表决的事项', 'title')
  if (facts.registerOn > context.clock.today()) refuse('date', '清册日期不能晚于今天：面积和人数以当天的户室清册为准', 'registerOn')
  if (facts.returnBy < facts.registerOn) refuse('date', '收票截止日不能早于清册日期', 'returnBy')
  if ((facts.matter === 'use') !== (facts.amountFen !== null)) {
    refuse('amount', facts.matter === 'use' ? '请填写请业主同意使用的金额' : `${VOTE_MATTER_WORD[facts.matter]}不填使用金额`, 'amountFen')
  }
  if ((facts.matter === 'use') !== (facts.parts.length > 0)) {
    const message = facts.matter === 'use'
      ? '请选择使用维修资金的部位或设施：表决没有写明的，不能作为付款的依据'
      : `${VOTE_MATTER_WORD[facts.matter]}不填部位`
    refuse('parts', message, 'parts')
  }
  const strange = facts.parts.find((part) => !REPAIR_PARTS.some((known) => known === part))
  if (strange !== undefined) refuse('parts', `没有“${strange}”这个部位`, 'parts')
  if (facts.amountFen !== null && facts.amountFen <= 0) refuse('amount', '使用金额应大于零', 'amountFen')
  if (facts.repairId !== null && facts.matter !== 'use') refuse('repair', '只有使用维修资金的表决才能对应一项维修', 'repairId')
}

/** `BJ2025-00003`: one row a year over the office. */
function nextNumber(ledger: Ledger, date: BusinessDate): string {
  const prefix = `BJ${date.slice(0, 4)}-`
  const last = ledger
    .prepare<[string, string], { number: string | null }>(
      'SELECT max(number) AS number FROM vote WHERE number >= ? AND number < ?',
    )
    .get(prefix, `${prefix}:`)?.number
  return `${prefix}${String(Number(last?.slice(prefix.length) ?? '0') + 1).padStart(5, '0')}`
}

function refuseForeignRepair(ledger: Ledger, { repairId, complexId, parts }: VoteFacts): void {
  if (repairId === null) return
  const found = ledger
    .prepare<[number, number], { part: string }>('SELECT part FROM repair WHERE id = ? AND complex_id = ?')
    .get(repairId, complexId)
  if (found === undefined) throw new Problem({ code: 'vote.repair', message: '这项维修不在所选小区', field: 'repairId' })
  if (parts.includes(found.part)) return
  throw new Problem({ code: 'vote.parts', message: `所对应的维修在“${found.part}”，请把它选进部位`, field: 'parts' })
}

/** Throws `vote.title`, `.date`, `.amount`, `.parts`, `.repair`, `.nobody`, `.method`, and `policy.toFill`, `role.missing`. */
export function openVote(context: ServiceContext, facts: VoteFacts): VoteId {
  requireRole(context, 'preparer', 'head')
  refuseBadFacts(context, facts)
  const { ledger, clock, actor } = context
  return ledger.write(() => {
    refuseForeignRepair(ledger, facts)
    const { method, ...rule } = voteRuleOn(ledger, facts)
    const electors = electorateOn(ledger, facts.complexId, facts.registerOn).filter((unit) => isInScope(facts.scope, unit))
    if (electors.length === 0) {
      const message = '范围内没有可以表决的户室：请核对清册日期和范围，或先录入户室面积'
      throw new Problem({ code: 'vote.nobody', message, field: 'scope' })
    }
    const number = nextNumber(ledger, facts.registerOn)
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO vote (number, complex_id, title, matter, method, scope, amount_fen, parts, repair_id, register_on, return_by,
           rule, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(number, facts.complexId, facts.title.trim(), facts.matter, method, JSON.stringify(facts.scope), facts.amountFen,
        JSON.stringify(facts.parts), facts.repairId, facts.registerOn, facts.returnBy, JSON.stringify(rule),
        actor.userId, clock.now())
    const id = idOf<'vote'>(lastInsertRowid)
    const insert = ledger.prepare<unknown[], never>('INSERT INTO vote_unit VALUES (?, ?, ?, ?)')
    for (const unit of electors) {
      insert.run(id, unit.id, unit.areaDm2, unit.isDeveloperHeld === 1 ? DEVELOPER_HOLDER : unit.holder)
    }
    const { title, matter, amountFen, parts, returnBy } = facts
    act(context, id, 'opened', 'open', { number, title, matter, method, amountFen, parts, returnBy, units: electors.length })
    return id
  })
}

function act(
  context: ServiceContext, id: VoteId, kind: VoteEventKind, state: VoteState, detail: Readonly<Record<string, unknown>>,
): void {
  const { ledger, clock, actor } = context
  const seq = voteActs(ledger, id).length + 1
  ledger
    .prepare<unknown[], never>(
      'INSERT INTO vote_event (vote_id, seq, kind, state, detail, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(id, seq, kind, state, JSON.stringify(detail), actor.userId, clock.now())
  logOperation(context, `vote.${kind}`, { kind: 'vote', id }, detail)
}

const STATE_WORD: Readonly<Record<VoteState, string>> = { open: '收票', counted: '已计票', certified: '已确认', withdrawn: '已撤回' }

function inState(ledger: Ledger, id: VoteId, ...states: readonly VoteState[]): VoteHead {
  const head = voteHead(ledger, id)
  if (states.includes(head.state)) return head
  const message = `${head.number} 现在是“${STATE_WORD[head.state]}”，要在“${states.map((state) => STATE_WORD[state]).join('”或“')}”时办理`
  throw new Problem({ code: 'vote.path', message })
}

export type BallotEntry = { readonly householdId: HouseholdId; readonly choice: BallotChoice }

/**
 * Ballots as they come back; of a unit entered again the last counts, the earlier stays on record. Gives how many changed. Throws
 * `vote.path` once counted, `vote.unit` for a household that does not vote.
 */
export function enterBallots(context: ServiceContext, id: VoteId, entries: readonly BallotEntry[]): number {
  requireRole(context, 'preparer', 'head')
  const { ledger, clock, actor } = context
  return ledger.write(() => {
    inState(ledger, id, 'open')
    const last = ledger.prepare<[number, number], { seq: number; choice: BallotChoice }>(
      'SELECT seq, choice FROM vote_ballot WHERE vote_id = ? AND household_id = ? ORDER BY seq DESC LIMIT 1',
    )
    const isElector = ledger.prepare<[number, number], unknown>('SELECT 1 FROM vote_unit WHERE vote_id = ? AND household_id = ?')
    const insert = ledger.prepare<unknown[], never>('INSERT INTO vote_ballot VALUES (?, ?, ?, ?, ?, ?)')
    const changed = entries.filter(({ householdId, choice }, index) => {
      if (isElector.get(id, householdId) === undefined) {
        throw new Problem({ code: 'vote.unit', message: '这一户不在参加表决的清册里', field: 'choice', row: index + 1 })
      }
      const before = last.get(id, householdId)
      if ((before?.choice ?? 'notReturned') === choice) return false
      insert.run(id, householdId, (before?.seq ?? 0) + 1, choice, actor.userId, clock.now())
      return true
    })
    if (changed.length > 0) logOperation(context, 'vote.ballots', { kind: 'vote', id }, { ballots: changed })
    return changed.length
  })
}

/** Throws `attachment.missing`, `vote.path`, `record.duplicate`. */
export function addVotePaper(context: ServiceContext, id: VoteId, kind: VotePaperKind, sha256: string): void {
  requireRole(context, 'preparer', 'reviewer', 'head')
  if (findAttachment(context.ledger, sha256) === undefined) {
    throw new Problem({ code: 'attachment.missing', message: '请先上传文件', field: 'sha256' })
  }
  context.ledger.write(() => {
    inState(context.ledger, id, 'open', 'counted', 'certified')
    context.ledger
      .prepare<unknown[], never>('INSERT INTO vote_paper VALUES (?, ?, ?, ?, ?)')
      .run(id, kind, sha256, context.actor.userId, context.clock.now())
    logOperation(context, 'vote.paper', { kind: 'vote', id }, { paper: kind, sha256 })
  })
}

function countedDetail(tally: VoteCount): Readonly<Record<string, unknown>> {
  const { total, byChoice, result: { passed } } = tally
  if (tally.method === 'objection') {
    const { against, undelivered, objecting } = tally
    return { total, against, undelivered, objecting, byChoice, passed }
  }
  const { participating, agreeing, mixedHeads, silentAs, result: { quorum } } = tally
  return { total, participating, agreeing, silentAs, mixedHeads, byChoice, passed, quorum }
}

/** Throws `vote.early` before the last day while ballots are out, `vote.path`. */
export function countBallots(context: ServiceContext, id: VoteId): void {
  requireRole(context, 'preparer', 'head')
  context.ledger.write(() => {
    const head = inState(context.ledger, id, 'open')
    const tally = voteTally(context.ledger, id, head.rule)
    if (!countOpens(context.clock.today(), head.returnBy, tally)) {
      const why = tally.method === 'objection' ? '没有表态的业主在此之前仍可提出异议' : '还有户室没有交票'
      throw new Problem({ code: 'vote.early', message: `收票到 ${head.returnBy} 为止，${why}：次日起计票` })
    }
    act(context, id, 'counted', 'counted', countedDetail(tally))
  })
}

function requireReason(reason: string): string {
  if (reason.trim() === '') throw new Problem({ code: 'vote.reason', message: '请写明原因', field: 'reason' })
  return reason.trim()
}

/** Back to entering ballots, before the result is certified. Throws `vote.reason`, `vote.path`. */
export function reopenBallots(context: ServiceContext, id: VoteId, reason: string): void {
  requireRole(context, 'preparer', 'reviewer', 'head')
  const why = requireReason(reason)
  context.ledger.write(() => {
    inState(context.ledger, id, 'counted')
    act(context, id, 'recounted', 'open', { reason: why })
  })
}

/**
 * By a second person, who entered no ballot and did not count (0015). Throws `vote.samePerson`, `vote.path`, and `vote.ballots`,
 * by objection `vote.delivery`, while the paper the result rests on is not filed.
 */
export function certifyVote(context: ServiceContext, id: VoteId): void {
  requireRole(context, 'reviewer', 'head')
  context.ledger.write(() => {
    const head = inState(context.ledger, id, 'counted')
    const { result } = voteTally(context.ledger, id, head.rule)
    act(context, id, 'certified', 'certified', { passed: result.passed })
  })
}

export type ResultPosting = { readonly on: BusinessDate; readonly place: string }

/** Where and when the result was put up; never before it was counted (凤阳). Throws `vote.date`, `vote.place`, `vote.path`. */
export function postVoteResult(context: ServiceContext, id: VoteId, { on, place }: ResultPosting): void {
  requireRole(context, 'preparer', 'head')
  if (place.trim() === '') throw new Problem({ code: 'vote.place', message: '请写明公示地点', field: 'place' })
  context.ledger.write(() => {
    const head = inState(context.ledger, id, 'certified')
    if (on > context.clock.today() || on < (head.certifiedOn ?? on)) {
      throw new Problem({ code: 'vote.date', message: `公示日期应在确认日 ${head.certifiedOn ?? ''} 至今天之间`, field: 'on' })
    }
    act(context, id, 'posted', 'certified', { on, place: place.trim() })
  })
}

/** Throws `vote.reason`, `vote.path`: a certified result is not withdrawn, a new vote replaces it. */
export function withdrawVote(context: ServiceContext, id: VoteId, reason: string): void {
  requireRole(context, 'preparer', 'head')
  const why = requireReason(reason)
  context.ledger.write(() => {
    inState(context.ledger, id, 'open', 'counted')
    act(context, id, 'withdrawn', 'withdrawn', { reason: why })
  })
}
