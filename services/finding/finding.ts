/**
 * One finding (疑点) of the register: what it says, who answered it, who closed it out (销号); and what people do with it.
 */
import { z } from 'zod'
import { FINDING_SUBJECTS, type FindingLevel, type FindingLink } from '#core/checks/finding.ts'
import { checkRule, type CheckRuleId } from '#core/checks/rules.ts'
import type { FindingEventKind, FindingState } from '#core/checks/standing.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, FindingId, UserId } from '#core/id.ts'
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
  readonly foundOn: BusinessDate
  /** The closed-out finding this one follows: the same matter, another fact. */
  readonly followsId: FindingId | null
  /** The latest answer, who gave it and when; '' and null before anybody did. */
  readonly answer: string
  readonly answeredBy: string | null
  readonly answeredById: UserId | null
  readonly answeredOn: BusinessDate | null
  /** While it is closed out: what was verified, by whom, when. */
  readonly closing: string
  readonly closedBy: string | null
  readonly closedOn: BusinessDate | null
}

const LINKS = z.array(z.object({ kind: z.enum(FINDING_SUBJECTS), id: z.int(), label: z.string() }))

export type FindingRow = Omit<StoredFinding, 'title' | 'basis' | 'links'> & { readonly links: string }

export function findingFrom({ links, ...row }: FindingRow): StoredFinding {
  const { title, basis } = checkRule(row.rule)
  return { ...row, title, basis, links: LINKS.parse(JSON.parse(links)) }
}

/** Columns of a StoredFinding; `s` stands for the finding's state, message, amount and since, whenever that was. */
export const FINDING_COLUMNS = `f.id, f.rule, f.level, s.state, f.complex_id AS complexId, c.name AS complexName, s.message,
  s.amount_fen AS amountFen, f.links, s.since, f.follows_id AS followsId,
  (SELECT date(at, '+8 hours') FROM finding_event WHERE finding_id = f.id AND seq = 1) AS foundOn,
  coalesce(a.text, '') AS answer, u.name AS answeredBy, a.actor_id AS answeredById, date(a.at, '+8 hours') AS answeredOn,
  coalesce(x.text, '') AS closing, w.name AS closedBy, date(x.at, '+8 hours') AS closedOn`

/** `upTo`: an SQL condition on events that leaves out those of later; '' for today. */
export function saidJoins(upTo: string): string {
  const latest = (kind: string) =>
    `(SELECT max(seq) FROM finding_event WHERE finding_id = f.id AND kind = '${kind}' ${upTo})`
  return `LEFT JOIN complex c ON c.id = f.complex_id
    LEFT JOIN finding_event a ON a.finding_id = f.id AND a.seq = ${latest('answered')} LEFT JOIN user u ON u.id = a.actor_id
    LEFT JOIN finding_event x ON s.state = 'closed' AND x.finding_id = f.id AND x.seq = ${latest('closed')}
    LEFT JOIN user w ON w.id = x.actor_id`
}

/** Throws `finding.missing`. */
export function findingById(ledger: Ledger, id: FindingId): StoredFinding {
  const row = ledger
    .prepare<[number], FindingRow>(
      `SELECT ${FINDING_COLUMNS} FROM finding_standing s JOIN finding f ON f.id = s.finding_id ${saidJoins('')}
       WHERE s.finding_id = ?`,
    )
    .get(id)
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
  readonly occasion?: string
  readonly text?: string
}

/** Inside the caller's transaction. */
export function writeFindingEvent(context: ServiceContext, id: FindingId, event: NewEvent): void {
  const { ledger, clock, actor } = context
  ledger
    .prepare<[Record<string, unknown>], never>(
      `INSERT INTO finding_event (finding_id, seq, kind, state, message, amount_fen, occasion, text, actor_id, at)
       SELECT :id, coalesce(max(seq), 0) + 1, :kind, :state, :message, :amountFen, :occasion, :text, :actorId, :at
       FROM finding_event WHERE finding_id = :id`,
    )
    .run({
      id, kind: event.kind, state: event.state, message: event.message ?? null, amountFen: event.amountFen ?? null,
      occasion: event.occasion ?? '', text: event.text ?? '', actorId: actor.userId, at: clock.now(),
    })
}

/** A word at least: a full stop lets nothing pass. */
function reasonOf(text: string, message: string): string {
  const reason = text.trim()
  if ((reason.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) throw new Problem({ code: 'finding.reason', message, field: 'reason' })
  return reason
}

/** Says what is behind it, while nobody has closed it out. Throws `finding.reason`, `finding.path`, `finding.missing`. */
export function answerFinding(context: ServiceContext, id: FindingId, text: string): void {
  requireRole(context, 'preparer', 'bookkeeper', 'cashier', 'reviewer', 'reconciler', 'head')
  const answer = reasonOf(text, '请写明情况和处理办法')
  context.ledger.write(() => {
    findingById(context.ledger, id)
    writeFindingEvent(context, id, { kind: 'answered', state: 'answered', text: answer })
    logOperation(context, 'finding.answer', { kind: 'finding', id }, { answer })
  })
}

/** Closed out (销号), never by who answered. Throws `finding.reason`, `finding.samePerson`, `finding.path`, `finding.missing`. */
export function closeFinding(context: ServiceContext, id: FindingId, text: string): void {
  requireRole(context, 'reviewer', 'reconciler', 'head', 'inspector')
  const reason = reasonOf(text, '请写明核实结果')
  context.ledger.write(() => {
    findingById(context.ledger, id)
    writeFindingEvent(context, id, { kind: 'closed', state: 'closed', text: reason })
    logOperation(context, 'finding.close', { kind: 'finding', id }, { reason })
  })
}

/** Throws `finding.reason`, `finding.path`, `finding.followed` where the matter was found anew, `finding.missing`. */
export function reopenFinding(context: ServiceContext, id: FindingId, text: string): void {
  requireRole(context, 'reviewer', 'reconciler', 'head', 'inspector')
  const reason = reasonOf(text, '请写明重新打开的原因')
  context.ledger.write(() => {
    findingById(context.ledger, id)
    writeFindingEvent(context, id, { kind: 'reopened', state: 'open', text: reason })
    logOperation(context, 'finding.reopen', { kind: 'finding', id }, { reason })
  })
}
