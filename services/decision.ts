/** Decisions (决定文件) of owners, committees and the office: what a use or a transfer of money rests on. */
import type { BusinessDate } from '#core/calendar.ts'
import { idOf, type ComplexId, type DecisionId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { findAttachment } from './attachment.ts'
import { requireRole, type ServiceContext } from './context.ts'
import { logOperation } from './operation-log.ts'

export type DecisionFacts = {
  readonly complexId: ComplexId
  readonly kind: 'assembly' | 'committee' | 'authorisation' | 'contract' | 'emergency' | 'office'
  readonly number: string
  readonly title: string
  readonly decidedOn: BusinessDate
  /** The signed paper. */
  readonly sha256: string
}

export type Decision = DecisionFacts & { readonly id: DecisionId }

/** Throws `decision.future`, `attachment.missing`, `record.duplicate`. */
export function recordDecision(context: ServiceContext, facts: DecisionFacts): DecisionId {
  requireRole(context, 'preparer', 'head', 'bookkeeper')
  if (facts.decidedOn > context.clock.today()) {
    throw new Problem({ code: 'decision.future', message: '决定日期不能晚于今天', field: 'decidedOn' })
  }
  if (findAttachment(context.ledger, facts.sha256) === undefined) {
    throw new Problem({ code: 'attachment.missing', message: '请先上传决定文件', field: 'sha256' })
  }
  return context.ledger.write(() => {
    const { lastInsertRowid } = context.ledger
      .prepare<unknown[], never>(
        `INSERT INTO decision (complex_id, kind, number, title, decided_on, sha256, recorded_by, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(facts.complexId, facts.kind, facts.number, facts.title, facts.decidedOn, facts.sha256, context.actor.userId,
        context.clock.now())
    const id = idOf<'decision'>(lastInsertRowid)
    logOperation(context, 'decision.record', { kind: 'decision', id }, facts)
    return id
  })
}

export function listDecisions(ledger: Ledger, complexId: ComplexId): readonly Decision[] {
  return ledger
    .prepare<[number], Decision>(
      `SELECT id, complex_id AS complexId, kind, number, title, decided_on AS decidedOn, sha256 FROM decision
       WHERE complex_id = ? ORDER BY decided_on DESC, id DESC`,
    )
    .all(complexId)
}
