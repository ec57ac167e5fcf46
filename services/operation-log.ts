/**
 * The operation log (操作日志): every write leaves who, when, what, in a hash chain (财会〔2024〕12号 art. 11, 32).
 * Called inside the write's own transaction, so a change without its entry cannot exist.
 */
import { createHash } from 'node:crypto'
import type { UserId } from '#core/id.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from './context.ts'

export type OperationDetail = Readonly<Record<string, unknown>>

export type Operation = {
  readonly id: number
  readonly at: string
  readonly actorId: number
  readonly action: string
  readonly subject: string
  readonly subjectId: number | null
  readonly detail: string
}

export function operationHash(prevHash: string, operation: Operation): string {
  const { id, at, actorId, action, subject, subjectId, detail } = operation
  return createHash('sha256')
    .update(prevHash)
    .update(JSON.stringify([id, at, actorId, action, subject, subjectId, detail]))
    .digest('hex')
}

/** Appends one entry; `detail` holds before/after values, never secrets. */
export function logOperation(
  context: ServiceContext,
  action: string,
  subject: { readonly kind: string; readonly id?: number },
  detail: OperationDetail = {},
): void {
  appendOperation(context.ledger, context.clock.now(), context.actor.userId, action, subject, detail)
}

/** For entries whose actor is not signed in (a refused sign-in); otherwise `logOperation`. */
export function appendOperation(
  ledger: Ledger,
  at: string,
  actorId: UserId,
  action: string,
  subject: { readonly kind: string; readonly id?: number },
  detail: OperationDetail,
): void {
  const last = ledger.prepare<[], { id: number; hash: string }>('SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1').get()
  const operation = {
    id: (last?.id ?? 0) + 1,
    at,
    actorId,
    action,
    subject: subject.kind,
    subjectId: subject.id ?? null,
    detail: JSON.stringify(detail),
  }
  const prevHash = last?.hash ?? ''
  ledger
    .prepare<unknown[], never>('INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(operation.id, at, actorId, action, subject.kind, operation.subjectId, operation.detail, prevHash,
      operationHash(prevHash, operation))
}

export type LoggedOperation = {
  readonly id: number
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly subjectId: number | null
  readonly detail: string
}

export type LogFilter = {
  readonly actorId?: number
  readonly action?: string
  readonly subject?: string
  readonly from?: string
  readonly to?: string
  readonly text?: string
  /** Keyset: entries with a smaller number. */
  readonly before?: number
  readonly limit: number
}

/** Newest first, searchable by person, time and content. */
export function listOperations(ledger: Ledger, filter: LogFilter): readonly LoggedOperation[] {
  return ledger
    .prepare<[Record<string, unknown>], LoggedOperation>(
      `SELECT o.id, o.at, u.name AS actor, o.action, o.subject, o.subject_id AS subjectId, o.detail
       FROM operation o JOIN user u ON u.id = o.actor_id
       WHERE o.id < coalesce(:before, 9e15) AND (:actorId IS NULL OR o.actor_id = :actorId)
         AND (:action IS NULL OR o.action = :action) AND (:subject IS NULL OR o.subject = :subject)
         AND (:from IS NULL OR o.at >= :from) AND (:to IS NULL OR o.at < :to)
         AND (:text IS NULL OR o.detail LIKE '%' || :text || '%' OR o.action LIKE '%' || :text || '%')
       ORDER BY o.id DESC LIMIT :limit`,
    )
    .all({
      before: filter.before ?? null,
      actorId: filter.actorId ?? null,
      action: filter.action ?? null,
      subject: filter.subject ?? null,
      from: filter.from ?? null,
      to: filter.to ?? null,
      text: filter.text ?? null,
      limit: filter.limit,
    })
}
