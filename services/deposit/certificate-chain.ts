/** What happened to a certificate, and the chain it belongs to: where its money came from and went. */
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateEventKind } from '#core/deposit/deposit.ts'
import { realisedYield, type EarningSpan } from '#core/deposit/deposit-yield.ts'
import type { CertificateId, DraftId } from '#core/id.ts'
import { addFen, type Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'
import type { DraftState } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { bankLinesOf, type EventBankLine } from './certificate-bank-line.ts'
import { certificateOf, type Certificate } from './certificate.ts'

export type CertificateEvent = {
  readonly id: number
  readonly certificateId: CertificateId
  readonly kind: CertificateEventKind
  readonly date: BusinessDate
  /** What came in or went out; of a notice, the amount announced. */
  readonly principalFen: Fen
  readonly interestExpectedFen: Fen
  readonly interestPaidFen: Fen
  readonly differenceReason: string
  readonly reason: string
  readonly noticeFor: BusinessDate | null
  readonly newCertificateNo: string
  readonly newDueDate: BusinessDate | null
  readonly newRateMicro: RateMicro | null
  readonly receivedOn: BusinessDate | null
  readonly bankSerial: string
  readonly reversesEventId: number | null
  readonly draftId: DraftId | null
  readonly draftState: DraftState | null
  readonly voucherId: number | null
  /** Taken back: it stands in the record, not in the figures. */
  readonly isReversed: 0 | 1
  readonly actor: string
  readonly at: string
}

const EVENT = `SELECT e.id, e.certificate_id AS certificateId, e.kind, e.date, e.principal_fen AS principalFen,
    e.interest_expected_fen AS interestExpectedFen, e.interest_paid_fen AS interestPaidFen,
    e.difference_reason AS differenceReason, e.reason, e.notice_for AS noticeFor, e.new_certificate_no AS newCertificateNo,
    e.new_due_date AS newDueDate, e.new_rate_micro AS newRateMicro, e.received_on AS receivedOn, e.bank_serial AS bankSerial,
    e.reverses_event_id AS reversesEventId, e.draft_id AS draftId, d.state AS draftState, v.id AS voucherId,
    EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id) AS isReversed, u.name AS actor, e.at
  FROM certificate_event e JOIN user u ON u.id = e.actor_id LEFT JOIN voucher_draft d ON d.id = e.draft_id
    LEFT JOIN voucher v ON v.draft_id = e.draft_id`

/** Oldest first. */
export function eventsOf(ledger: Ledger, id: CertificateId): readonly CertificateEvent[] {
  return ledger.prepare<[number], CertificateEvent>(`${EVENT} WHERE e.certificate_id = ? ORDER BY e.id`).all(id)
}

/** The events that share a voucher: one operation on one or more certificates. */
export function eventsOfDraft(ledger: Ledger, draftId: DraftId): readonly CertificateEvent[] {
  return ledger.prepare<[number], CertificateEvent>(`${EVENT} WHERE e.draft_id = ? ORDER BY e.id`).all(draftId)
}

/** What was not taken back, oldest first. */
export function standingEventsOf(ledger: Ledger, id: CertificateId): readonly CertificateEvent[] {
  return eventsOf(ledger, id).filter(({ kind, isReversed }) => kind !== 'reversed' && isReversed === 0)
}

/** Principal of `fromId` went on as part of `toId`; `isReversed` where the rollover was taken back. */
export type ChainLink = { readonly fromId: CertificateId; readonly toId: CertificateId; readonly isReversed: 0 | 1 }

export type CertificateChain = {
  /** Oldest first. */
  readonly certificates: readonly (Certificate & {
    readonly events: readonly CertificateEvent[]
    readonly bankLines: readonly EventBankLine[]
  })[]
  readonly links: readonly ChainLink[]
  /** Interest the bank paid over the whole chain, fen. */
  readonly interestPaidFen: Fen
  /** core/deposit/deposit-yield; null until something was paid out. */
  readonly yieldMicro: RateMicro | null
}

/** Both ways from the certificate: whatever it was split from or merged with belongs to its chain. */
const CHAIN = `WITH RECURSIVE chain (id) AS (
    SELECT ?
    UNION SELECT l.next_id FROM chain CROSS JOIN certificate_event e ON e.certificate_id = chain.id
      CROSS JOIN certificate_link l ON l.event_id = e.id
    UNION SELECT e.certificate_id FROM chain CROSS JOIN certificate_link l ON l.next_id = chain.id
      CROSS JOIN certificate_event e ON e.id = l.event_id)`

export function chainOf(ledger: Ledger, id: CertificateId): CertificateChain {
  const ids = ledger
    .prepare<[number], { id: CertificateId }>(
      `${CHAIN} SELECT c.id FROM chain JOIN certificate c ON c.id = chain.id ORDER BY c.value_date, c.id`,
    )
    .all(id)
  const links = ledger
    .prepare<[number], ChainLink>(
      `${CHAIN} SELECT e.certificate_id AS fromId, l.next_id AS toId,
          EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id) AS isReversed
        FROM chain CROSS JOIN certificate_event e ON e.certificate_id = chain.id
          CROSS JOIN certificate_link l ON l.event_id = e.id
        ORDER BY l.event_id, l.next_id`,
    )
    .all(id)
  const certificates = ids.map(({ id: each }) =>
    ({ ...certificateOf(ledger, each), events: eventsOf(ledger, each), bankLines: bankLinesOf(ledger, each) }))
  const spans = certificates.flatMap(earningSpans)
  return {
    certificates,
    links,
    interestPaidFen: addFen(...spans.map((span) => span.interestPaidFen)),
    yieldMicro: realisedYield(spans),
  }
}

const LEAVING = new Set<CertificateEventKind>(['partlyWithdrawn', 'drawn', 'withdrawn', 'withdrawnEarly', 'rolledOver'])

function earningSpans(link: Certificate & { readonly events: readonly CertificateEvent[] }): EarningSpan[] {
  return link.events
    .filter(({ kind, isReversed }) => LEAVING.has(kind) && isReversed === 0)
    .map(({ principalFen, date, interestPaidFen }) => ({ principalFen, from: link.valueDate, to: date, interestPaidFen }))
}
