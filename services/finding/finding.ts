/**
 * Findings (疑点) as a register: stored once by fingerprint, answered, closed out by a second person with a reason (销号),
 * opened again; every step stays on record.
 */
import { z } from 'zod'
import { FINDING_SUBJECTS, type Finding, type FindingLevel, type FindingLink } from '#core/checks/finding.ts'
import { checkRule, type CheckRuleId } from '#core/checks/rules.ts'
import type { FindingEventKind, FindingState } from '#core/checks/standing.ts'
import { idOf, type ComplexId, type FindingId, type UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type StoredFinding = {
  readonly id: FindingId
  readonly rule: CheckRuleId
  readonly title: string
  readonly basis: string
  readonly level: FindingLevel
  readonly state: FindingState
  readonly complexId: ComplexId | null
  readonly complexName: string | null
  readonly message: string
  readonly amountFen: Fen | null
  readonly links: readonly FindingLink[]
  /** UTC ISO time since when it stands so. */
  readonly since: string
  /** The latest answer and who gave it; '' and null before anybody did. */
  readonly answer: string
  readonly answeredBy: string | null
  readonly answeredById: UserId | null
}

const LINKS = z.array(z.object({ kind: z.enum(FINDING_SUBJECTS), id: z.int(), label: z.string() }))

type Row = Omit<StoredFinding, 'title' | 'basis' | 'links'> & { readonly links: string }

function findingFrom({ links, ...row }: Row): StoredFinding {
  const { title, basis } = checkRule(row.rule)
  return { ...row, title, basis, links: LINKS.parse(JSON.parse(links)) }
}

const LISTED = `s.finding_id AS id, s.rule, s.level, s.state, s.complex_id AS complexId, c.name AS complexName, s.message,
  s.amount_fen AS amountFen, f.links, s.since, coalesce(a.text, '') AS answer, u.name AS answeredBy, a.actor_id AS answeredById`
const JOINS = `JOIN finding f ON f.id = s.finding_id LEFT JOIN complex c ON c.id = s.complex_id
  LEFT JOIN finding_event a ON a.finding_id = s.finding_id AND a.seq = (SELECT max(seq) FROM finding_event
    WHERE finding_id = s.finding_id AND kind = 'answered')
  LEFT JOIN user u ON u.id = a.actor_id`

/** Throws `finding.missing`. */
export function findingById(ledger: Ledger, id: FindingId): StoredFinding {
  const row = ledger.prepare<[number], Row>(`SELECT ${LISTED} FROM finding_standing s ${JOINS} WHERE s.finding_id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'finding.missing', message: '没有这条疑点，请刷新后重试' })
  return findingFrom(row)
}

const PAYING = `
  SELECT v.date, v.kind, v.number FROM voucher_line l INDEXED BY voucher_line_by_repair JOIN voucher v ON v.id = l.voucher_id
  WHERE l.repair_id = ? GROUP BY v.id ORDER BY v.id`

/** The vouchers a finding is about, and those that paid its repairs: `2025-09-10 记-0001号`. */
export function vouchersBehind(ledger: Ledger, { links }: Pick<StoredFinding, 'links'>): readonly string[] {
  const paying = ledger.prepare<[number], { date: string; kind: VoucherKind; number: number }>(PAYING)
  const labels = links.flatMap(({ kind, id, label }) => {
    if (kind === 'voucher') return [label]
    if (kind === 'repair') return paying.all(id).map((row) => `${row.date} ${voucherWord(row.kind, row.number)}`)
    return []
  })
  return [...new Set(labels)]
}

export type FindingFilter = {
  /** Absent: open and answered, what still has to be done. */
  readonly state?: FindingState
  readonly level?: FindingLevel
  readonly complexId: ComplexId | null
  /** Keyset: findings with a smaller number. */
  readonly before?: FindingId
  readonly limit: number
}

export const FINDING_PAGE = (byComplex: boolean): string => `
  SELECT ${LISTED} FROM finding_standing s INDEXED BY ${byComplex ? 'finding_standing_by_complex' : 'finding_standing_by_state'}
    ${JOINS}
  WHERE s.state IN (SELECT value FROM json_each(:states)) AND s.level IN (SELECT value FROM json_each(:levels))
    ${byComplex ? 'AND s.complex_id = :complexId' : ''} AND s.finding_id < :before
  ORDER BY s.finding_id DESC LIMIT :limit`

const WAITING: readonly FindingState[] = ['open', 'answered']
const LEVELS: readonly FindingLevel[] = ['block', 'warn', 'hint']

/** The newest first. */
export function listFindings(ledger: Ledger, filter: FindingFilter): readonly StoredFinding[] {
  const { state, level, complexId, before, limit } = filter
  return ledger
    .prepare<[Record<string, unknown>], Row>(FINDING_PAGE(complexId !== null))
    .all({
      states: JSON.stringify(state === undefined ? WAITING : [state]),
      levels: JSON.stringify(level === undefined ? LEVELS : [level]),
      before: before ?? Number.MAX_SAFE_INTEGER,
      limit,
      ...(complexId !== null && { complexId }),
    })
    .map(findingFrom)
}

export type FindingCount = { readonly state: FindingState; readonly level: FindingLevel; readonly count: number }

/** How many stand where, by state and level. */
export function countFindings(ledger: Ledger, complexId: ComplexId | null): readonly FindingCount[] {
  return ledger
    .prepare<[Record<string, unknown>], FindingCount>(
      `SELECT state, level, count(*) AS count
       FROM finding_standing INDEXED BY ${complexId === null ? 'finding_standing_by_state' : 'finding_standing_by_complex'}
       WHERE state IN ('open', 'answered', 'closed', 'cleared') ${complexId === null ? '' : 'AND complex_id = :complexId'}
       GROUP BY state, level`,
    )
    .all(complexId === null ? {} : { complexId })
}

export type FindingEvent = {
  readonly seq: number
  readonly kind: FindingEventKind
  readonly message: string | null
  readonly amountFen: Fen | null
  readonly text: string
  readonly actor: string
  readonly at: string
}

/** The whole history, oldest first. */
export function findingHistory(ledger: Ledger, id: FindingId): readonly FindingEvent[] {
  return ledger
    .prepare<[number], FindingEvent>(
      `SELECT e.seq, e.kind, e.message, e.amount_fen AS amountFen, e.text, u.name AS actor, e.at
       FROM finding_event e JOIN user u ON u.id = e.actor_id WHERE e.finding_id = ? ORDER BY e.seq`,
    )
    .all(id)
}

type NewEvent = {
  readonly kind: FindingEventKind
  readonly state: FindingState
  readonly message?: string
  readonly amountFen?: Fen | null
  readonly text?: string
}

function writeEvent(context: ServiceContext, id: FindingId, event: NewEvent): void {
  const { ledger, clock, actor } = context
  ledger
    .prepare<[Record<string, unknown>], never>(
      `INSERT INTO finding_event (finding_id, seq, kind, state, message, amount_fen, text, actor_id, at)
       SELECT :id, coalesce(max(seq), 0) + 1, :kind, :state, :message, :amountFen, :text, :actorId, :at
       FROM finding_event WHERE finding_id = :id`,
    )
    .run({
      id, kind: event.kind, state: event.state, message: event.message ?? null, amountFen: event.amountFen ?? null,
      text: event.text ?? '', actorId: actor.userId, at: clock.now(),
    })
}

function reasonOf(text: string, message: string): string {
  const reason = text.trim()
  if (reason === '') throw new Problem({ code: 'finding.reason', message, field: 'reason' })
  return reason
}

/** Says what is behind it, while nobody has closed it out. Throws `finding.reason`, `finding.path`, `finding.missing`. */
export function answerFinding(context: ServiceContext, id: FindingId, text: string): void {
  requireRole(context, 'preparer', 'bookkeeper', 'cashier', 'reviewer', 'reconciler', 'head')
  const answer = reasonOf(text, '请写明情况和处理办法')
  context.ledger.write(() => {
    findingById(context.ledger, id)
    writeEvent(context, id, { kind: 'answered', state: 'answered', text: answer })
    logOperation(context, 'finding.answer', { kind: 'finding', id }, { answer })
  })
}

/** Closed out (销号), never by who answered. Throws `finding.reason`, `finding.samePerson`, `finding.path`, `finding.missing`. */
export function closeFinding(context: ServiceContext, id: FindingId, text: string): void {
  requireRole(context, 'reviewer', 'reconciler', 'head', 'inspector')
  const reason = reasonOf(text, '请写明核实结果')
  context.ledger.write(() => {
    findingById(context.ledger, id)
    writeEvent(context, id, { kind: 'closed', state: 'closed', text: reason })
    logOperation(context, 'finding.close', { kind: 'finding', id }, { reason })
  })
}

/** Throws `finding.reason`, `finding.path`, `finding.missing`. */
export function reopenFinding(context: ServiceContext, id: FindingId, text: string): void {
  requireRole(context, 'reviewer', 'reconciler', 'head', 'inspector')
  const reason = reasonOf(text, '请写明重新打开的原因')
  context.ledger.write(() => {
    findingById(context.ledger, id)
    writeEvent(context, id, { kind: 'reopened', state: 'open', text: reason })
    logOperation(context, 'finding.reopen', { kind: 'finding', id }, { reason })
  })
}

type Known = {
  readonly id: FindingId
  readonly state: FindingState
  readonly message: string
  readonly amountFen: Fen | null
}

export type Recorded = {
  readonly finding: Finding
  readonly id: FindingId
  readonly state: FindingState
  readonly isNew: boolean
}

/** Where each stands in the register, in the same order; `open` for what is not in it yet. Reads only. */
export function stateOfFindings(ledger: Ledger, findings: readonly Finding[]): readonly FindingState[] {
  const known = ledger.prepare<[string], { readonly state: FindingState }>(
    'SELECT s.state FROM finding f JOIN finding_standing s ON s.finding_id = f.id WHERE f.fingerprint = ?',
  )
  return findings.map(({ fingerprint, level }) => {
    const state = known.get(fingerprint)?.state ?? 'open'
    return state === 'cleared' || (state === 'closed' && level === 'block') ? 'open' : state
  })
}

/**
 * Puts what was found into the register, inside the caller's transaction. The same matter is not a second finding: what stands
 * is told its new days and amounts, what was cleared stands again; closed out, it stays so unless its level is `block`.
 */
export function recordFindings(context: ServiceContext, findings: readonly Finding[]): readonly Recorded[] {
  const { ledger } = context
  const known = ledger.prepare<[string], Known>(
    `SELECT f.id, s.state, s.message, s.amount_fen AS amountFen FROM finding f JOIN finding_standing s ON s.finding_id = f.id
     WHERE f.fingerprint = ?`,
  )
  const insert = ledger.prepare<unknown[], never>(
    'INSERT INTO finding (fingerprint, rule, level, complex_id, links) VALUES (?, ?, ?, ?, ?)',
  )
  return findings.map((finding): Recorded => {
    const { message, amountFen } = finding
    const stored = known.get(finding.fingerprint)
    if (stored === undefined) {
      const { lastInsertRowid } = insert.run(
        finding.fingerprint, finding.rule, finding.level, finding.complexId, JSON.stringify(finding.links))
      const id = idOf<'finding'>(lastInsertRowid)
      writeEvent(context, id, { kind: 'found', state: 'open', message, amountFen })
      return { finding, id, state: 'open', isNew: true }
    }
    const { id, state } = stored
    if (state === 'cleared' || (state === 'closed' && finding.level === 'block')) {
      writeEvent(context, id, { kind: 'found', state: 'open', message, amountFen })
      return { finding, id, state: 'open', isNew: false }
    }
    if (state !== 'closed' && (stored.message !== message || stored.amountFen !== amountFen)) {
      writeEvent(context, id, { kind: 'seen', state, message, amountFen })
    }
    return { finding, id, state, isNew: false }
  })
}

/** What no run finds any more; inside the caller's transaction. Returns how many were cleared. */
export function clearFindings(
  context: ServiceContext, rules: readonly CheckRuleId[], complexId: ComplexId | null, found: ReadonlySet<FindingId>,
): number {
  const gone = context.ledger
    .prepare<[Record<string, unknown>], { readonly id: FindingId }>(
      `SELECT finding_id AS id FROM finding_standing INDEXED BY finding_standing_by_state
       WHERE state IN ('open', 'answered') AND rule IN (SELECT value FROM json_each(:rules))
         AND (:complexId IS NULL OR complex_id = :complexId)`,
    )
    .all({ rules: JSON.stringify(rules), complexId })
    .filter(({ id }) => !found.has(id))
  for (const { id } of gone) writeEvent(context, id, { kind: 'cleared', state: 'cleared' })
  return gone.length
}
