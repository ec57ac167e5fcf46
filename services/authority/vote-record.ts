/** Reading votes: their terms, their electorate on the register day, the ballots that count, and what has been paid on them. */
import { z } from 'zod'
import type { BusinessDate } from '#core/calendar.ts'
import type { BuildingId, ComplexId, HouseholdId, RepairId, UserId, VoteId } from '#core/id.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { householdAddress } from '#core/register/household.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import {
  OBJECTION_FALLS, objectionCountOpens, tallyObjections, type ObjectionTally, type VoteMethod,
} from '#core/authority/vote-objection.ts'
import {
  countingOpens, tallyVote, type BallotChoice, type ElectorUnit, type VoteMatter, type VoteTally,
} from '#core/authority/vote-tally.ts'
import type { Ledger } from '#db/ledger.ts'
import type { VoteEventKind, VotePaperKind, VoteState } from '#db/schema.ts'
import { scopeSchema } from '../household/apportionment-household.ts'
import { scopeText } from './use-scope.ts'
import type { StoredBallotRule, StoredObjectionRule, StoredVoteRule } from './vote-method.ts'

const SHARE = z.object({ numerator: z.int(), denominator: z.int(), strict: z.boolean() })
const BASIS = { profile: z.string(), source: z.string() }
const BALLOT_RULE = z.object({ quorumArea: SHARE, quorumHeads: SHARE, agreeing: SHARE, silenceJoins: z.boolean(), ...BASIS })
const OBJECTION_RULE = z.object({ share: SHARE, falls: z.enum(OBJECTION_FALLS), ...BASIS })

function ruleOf(method: VoteMethod, stored: string): StoredVoteRule {
  const rule: unknown = JSON.parse(stored)
  return method === 'ballot' ? { method, ...BALLOT_RULE.parse(rule) } : { method, ...OBJECTION_RULE.parse(rule) }
}

export type VoteHead = {
  readonly id: VoteId
  readonly number: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly title: string
  readonly matter: VoteMatter
  readonly scope: UseScope
  readonly scopeText: string
  readonly amountFen: Fen | null
  /** Of a use: the common parts it is for. */
  readonly parts: readonly string[]
  readonly repairId: RepairId | null
  readonly repairNumber: string | null
  readonly registerOn: BusinessDate
  readonly returnBy: BusinessDate
  readonly rule: StoredVoteRule
  readonly state: VoteState
  /** Null until certified. */
  readonly passed: boolean | null
  readonly countedOn: BusinessDate | null
  readonly certifiedOn: BusinessDate | null
  readonly resultText: string
  /** SHA-256 of everything filed with it. */
  readonly files: readonly string[]
  readonly recordedBy: string
}

type HeadRow = Omit<VoteHead, 'parts' | 'scope' | 'scopeText' | 'rule' | 'passed' | 'resultText' | 'files'> & {
  readonly parts: string
  readonly scope: string
  readonly method: VoteMethod
  readonly rule: string
  readonly passed: 0 | 1 | null
}

const LATEST = (kind: VoteEventKind): string => `(SELECT date(e.at, '+8 hours') FROM vote_event e
  WHERE e.vote_id = v.id AND e.kind = '${kind}' ORDER BY e.seq DESC LIMIT 1)`

const HEAD = `SELECT v.id, v.number, v.complex_id AS complexId, c.name AS complexName, v.title, v.matter, v.method, v.scope,
    v.amount_fen AS amountFen, v.parts, v.repair_id AS repairId, r.number AS repairNumber, v.register_on AS registerOn,
    v.return_by AS returnBy, v.rule, s.state, s.passed, ${LATEST('counted')} AS countedOn, ${LATEST('certified')} AS certifiedOn,
    u.name AS recordedBy
  FROM vote v JOIN vote_standing s ON s.vote_id = v.id JOIN complex c ON c.id = v.complex_id JOIN user u ON u.id = v.recorded_by
    LEFT JOIN repair r ON r.id = v.repair_id`

const RESULT_WORD: Readonly<Record<VoteState, string>> = {
  open: '正在收票', counted: '已计票，待确认', certified: '', withdrawn: '已撤回',
}

/** Throws `vote.missing`. */
export function voteHead(ledger: Ledger, id: VoteId): VoteHead {
  const row = ledger.prepare<[number], HeadRow>(`${HEAD} WHERE v.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'vote.missing', message: '没有这次表决' })
  const { method, ...head } = row
  const scope = scopeSchema.parse(JSON.parse(row.scope))
  const passed = row.passed === null ? null : row.passed === 1
  return {
    ...head, scope, passed,
    parts: z.array(z.string()).parse(JSON.parse(row.parts)),
    rule: ruleOf(method, row.rule),
    scopeText: scopeText(ledger, row.complexId, scope),
    resultText: passed === null ? RESULT_WORD[row.state] : passed ? '通过' : '未通过',
    files: votePapers(ledger, id).map(({ sha256 }) => sha256),
  }
}

export type VotePaper = {
  readonly kind: VotePaperKind
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly addedBy: string
}

export function votePapers(ledger: Ledger, id: VoteId): readonly VotePaper[] {
  return ledger
    .prepare<[number], VotePaper>(
      `SELECT p.kind, p.sha256, a.name, a.media_type AS mediaType, u.name AS addedBy
       FROM vote_paper p JOIN attachment a ON a.sha256 = p.sha256 JOIN user u ON u.id = p.added_by
       WHERE p.vote_id = ? ORDER BY p.at, p.kind, p.sha256`,
    )
    .all(id)
}

export type VoteAct = {
  readonly seq: number
  readonly kind: VoteEventKind
  readonly actorId: UserId
  readonly actorName: string
  readonly on: BusinessDate
  /** JSON text as stored. */
  readonly detail: string
}

export function voteActs(ledger: Ledger, id: VoteId): readonly VoteAct[] {
  return ledger
    .prepare<[number], VoteAct>(
      `SELECT e.seq, e.kind, e.actor_id AS actorId, u.name AS actorName, date(e.at, '+8 hours') AS "on", e.detail
       FROM vote_event e JOIN user u ON u.id = e.actor_id WHERE e.vote_id = ? ORDER BY e.seq`,
    )
    .all(id)
}

/** What a vote's own jobs stand at, open and paid together, without `except`; a refused job gives its part back. */
export function voteUsed(ledger: Ledger, id: VoteId, except: RepairId | null): Fen {
  return ledger
    .prepare<[Record<string, unknown>], { fen: Fen }>(
      `SELECT coalesce(sum(s.amount_fen), 0) AS fen FROM repair_standing s
       WHERE s.step NOT IN ('refused', 'cancelled') AND s.repair_id IS NOT :except AND s.repair_id IN (
         SELECT a.repair_id FROM repair_authority a WHERE a.vote_id = :id
           AND a.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = a.repair_id))`,
    )
    .get({ id, except })?.fen ?? ZERO_FEN
}

export type VoteUnitRow = {
  readonly householdId: HouseholdId
  readonly address: string
  readonly areaDm2: number
  readonly holder: string
  readonly choice: BallotChoice | null
}

type UnitRow = Omit<VoteUnitRow, 'address'> & { readonly building: string; readonly entrance: string; readonly room: string }

const UNITS = `SELECT u.household_id AS householdId, b.name AS building, h.entrance, h.room, u.area_dm2 AS areaDm2, u.holder,
    (SELECT choice FROM vote_ballot WHERE vote_id = u.vote_id AND household_id = u.household_id
     ORDER BY seq DESC LIMIT 1) AS choice
  FROM vote_unit u JOIN household h ON h.id = u.household_id JOIN building b ON b.id = h.building_id WHERE u.vote_id = :id`

/** One building's ballots, in the order of the doors. */
export function voteUnits(ledger: Ledger, id: VoteId, buildingId: BuildingId): readonly VoteUnitRow[] {
  return ledger
    .prepare<[Record<string, unknown>], UnitRow>(
      `${UNITS} AND h.building_id = :buildingId ORDER BY h.entrance, h.floor, length(h.room), h.room, h.id`,
    )
    .all({ id, buildingId })
    .map(({ building, entrance, room, ...unit }) => ({ ...unit, address: householdAddress(building, entrance, room) }))
}

export type VoteBuilding = { readonly id: BuildingId; readonly name: string; readonly units: number; readonly returned: number }

/** How far the entry has come, building by building. */
export function voteBuildings(ledger: Ledger, id: VoteId): readonly VoteBuilding[] {
  return ledger
    .prepare<[Record<string, unknown>], VoteBuilding>(
      `SELECT b.id, b.name, count(*) AS units,
         sum(coalesce((SELECT choice FROM vote_ballot WHERE vote_id = u.vote_id AND household_id = u.household_id
           ORDER BY seq DESC LIMIT 1), 'notReturned') <> 'notReturned') AS returned
       FROM vote_unit u JOIN household h ON h.id = u.household_id JOIN building b ON b.id = h.building_id
       WHERE u.vote_id = :id GROUP BY b.id ORDER BY length(b.code), b.code, b.id`,
    )
    .all({ id })
}

type Cast = ElectorUnit & { readonly choice: BallotChoice | null }

export type VoteCount =
  | (VoteTally & { readonly method: 'ballot'; readonly rule: StoredBallotRule })
  | (ObjectionTally & { readonly method: 'objection'; readonly rule: StoredObjectionRule })

/** Whether the count may be written on `today`. */
export function countOpens(today: BusinessDate, returnBy: BusinessDate, tally: VoteCount): boolean {
  return tally.method === 'ballot' ? countingOpens(today, returnBy, tally) : objectionCountOpens(today, returnBy, tally)
}

/** Counted from the ballots as they stand now. */
export function voteTally(ledger: Ledger, id: VoteId, rule: StoredVoteRule): VoteCount {
  const cast = ledger
    .prepare<[number], Cast>(
      `SELECT u.household_id AS householdId, u.holder, u.area_dm2 AS areaDm2,
         (SELECT choice FROM vote_ballot WHERE vote_id = u.vote_id AND household_id = u.household_id
          ORDER BY seq DESC LIMIT 1) AS choice
       FROM vote_unit u WHERE u.vote_id = ?`,
    )
    .all(id)
  const choices = new Map(cast.map(({ householdId, choice }) => [householdId, choice]))
  const choiceOf = (householdId: HouseholdId) => choices.get(householdId) ?? undefined
  return rule.method === 'ballot'
    ? { method: rule.method, rule, ...tallyVote(cast, choiceOf, rule, rule.silenceJoins) }
    : { method: rule.method, rule, ...tallyObjections(cast, choiceOf, rule) }
}
