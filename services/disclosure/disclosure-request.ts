/** Requests to publish (报请公示): what a preparer asked for and another person has not answered yet. */
import type { Quarter } from '#core/calendar.ts'
import type { ComplexId, DisclosureRequestId, UserId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import type { PlanFacts } from './disclosure-plan.ts'
import { logOperation } from '../operation-log.ts'

export type OpenRequest = {
  readonly id: DisclosureRequestId
  readonly complexId: ComplexId
  readonly quarter: Quarter
  readonly version: number
  readonly correctionReason: string
  readonly plan: PlanFacts
  readonly figuresSha256: string
  readonly requestedBy: UserId
  readonly requestedByName: string
  readonly at: string
}

type RequestRow = Omit<OpenRequest, 'plan'> & { readonly plan: string }

const REQUEST_COLUMNS = `r.id, r.complex_id AS complexId, r.quarter, r.version, r.correction_reason AS correctionReason, r.plan,
  r.figures_sha256 AS figuresSha256, r.requested_by AS requestedBy, u.name AS requestedByName, r.at`
/** A later request takes the place of an earlier one. */
const STANDS = `r.id = (SELECT max(id) FROM disclosure_request WHERE quarter = r.quarter AND complex_id = r.complex_id)
  AND NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.request_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM disclosure_return b WHERE b.request_id = r.id)`
export const REQUEST_OF_QUARTER = `SELECT ${REQUEST_COLUMNS} FROM disclosure_request r JOIN user u ON u.id = r.requested_by
  WHERE r.quarter = ? AND r.complex_id = ? AND ${STANDS}`
export const REQUESTS_OF_QUARTER = `SELECT ${REQUEST_COLUMNS} FROM disclosure_request r JOIN user u ON u.id = r.requested_by
  WHERE r.quarter = ? AND ${STANDS} ORDER BY r.complex_id`

function requestFrom(row: RequestRow): OpenRequest {
  // Written by `requestDisclosure` and never changed since.
  return { ...row, plan: JSON.parse(row.plan) as PlanFacts }
}

/** The request that waits to be published; null where there is none. */
export function openRequest(ledger: Ledger, complexId: ComplexId, quarter: Quarter): OpenRequest | null {
  const row = ledger.prepare<[string, number], RequestRow>(REQUEST_OF_QUARTER).get(quarter, complexId)
  return row === undefined ? null : requestFrom(row)
}

/** Everything of a quarter that waits for the second person, by complex. */
export function openRequests(ledger: Ledger, quarter: Quarter): readonly OpenRequest[] {
  return ledger.prepare<[string], RequestRow>(REQUESTS_OF_QUARTER).all(quarter).map(requestFrom)
}

/** Throws `disclosure.noRequest` for one that was published, sent back or replaced by a later one. */
export function standingRequest(ledger: Ledger, id: DisclosureRequestId): OpenRequest {
  const row = ledger
    .prepare<[number], RequestRow>(
      `SELECT ${REQUEST_COLUMNS} FROM disclosure_request r JOIN user u ON u.id = r.requested_by WHERE r.id = ? AND ${STANDS}`,
    )
    .get(id)
  if (row === undefined) {
    throw new Problem({ code: 'disclosure.noRequest', message: '这次报请已公示、已退回或已重新报请，请刷新后重试' })
  }
  return requestFrom(row)
}

/** Sends a request back with a reason, or withdraws one's own. Throws `disclosure.noRequest`, `disclosure.returnReason`. */
export function returnDisclosure(context: ServiceContext, id: DisclosureRequestId, reason: string): void {
  const { ledger } = context
  const why = reason.trim()
  if (why === '') throw new Problem({ code: 'disclosure.returnReason', message: '请写明退回的原因', field: 'reason' })
  ledger.write(() => {
    const request = standingRequest(ledger, id)
    if (request.requestedBy !== context.actor.userId) requireRole(context, 'reviewer', 'head')
    ledger
      .prepare<unknown[], never>('INSERT INTO disclosure_return (request_id, reason, actor_id, at) VALUES (?, ?, ?, ?)')
      .run(id, why, context.actor.userId, context.clock.now())
    logOperation(context, 'disclosure.return', { kind: 'disclosureRequest', id }, { reason: why })
  })
}
