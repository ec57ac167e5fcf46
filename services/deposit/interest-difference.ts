/**
 * Interest the bank paid otherwise than computed (利息差异): tolerance is 0.00, every difference has its reason and stays a
 * finding until another person has looked at it and closed it with a reason (销号).
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, CertificateId, ComplexId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type InterestDifference = {
  /** From a certificate's operation, or from an account's quarterly settlement. */
  readonly source: 'certificate' | 'account'
  /** The event's, or the settlement's, number. */
  readonly id: number
  readonly date: BusinessDate
  readonly certificateId: CertificateId | null
  readonly bankAccountId: BankAccountId
  /** Certificate number, or account number. */
  readonly number: string
  readonly bankName: string
  readonly complexName: string | null
  readonly expectedFen: Fen
  readonly paidFen: Fen
  readonly differenceReason: string
  readonly recordedBy: string
  readonly recordedById: number
  readonly closedReason: string | null
  readonly closedBy: string | null
  readonly closedAt: string | null
}

export type DifferenceFilter = {
  readonly complexId: ComplexId | null
  readonly openOnly: boolean
  /** Keyset: differences older than this one. */
  readonly before?: { readonly date: BusinessDate; readonly source: 'certificate' | 'account'; readonly id: number }
  readonly limit: number
}

/** The first condition opens the partial index, the second is its key: only what differs is read. */
const DIFFERENCE = `
  SELECT 'certificate' AS source, e.id, e.date, c.id AS certificateId, c.bank_account_id AS bankAccountId,
    c.certificate_no AS number, iif(c.bank_name = '', k.bank_name, c.bank_name) AS bankName, c.complex_id AS complexId,
    e.interest_expected_fen AS expectedFen, e.interest_paid_fen AS paidFen, e.difference_reason AS differenceReason,
    e.actor_id AS recordedById, x.reason AS closedReason, x.closed_by AS closedById, x.at AS closedAt
  FROM certificate_event e INDEXED BY certificate_event_different JOIN certificate c ON c.id = e.certificate_id
    JOIN bank_account k ON k.id = c.bank_account_id LEFT JOIN interest_difference_closing x ON x.event_id = e.id
  WHERE e.interest_expected_fen <> e.interest_paid_fen AND (e.interest_expected_fen <> e.interest_paid_fen) = 1
    AND NOT EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id)
  UNION ALL
  SELECT 'account', i.id, i.period_to, NULL, i.bank_account_id, k.number, k.bank_name, k.complex_id, i.expected_fen, i.paid_fen,
    i.difference_reason, i.actor_id, x.reason, x.closed_by, x.at
  FROM account_interest i INDEXED BY account_interest_different JOIN bank_account k ON k.id = i.bank_account_id
    LEFT JOIN interest_difference_closing x ON x.account_interest_id = i.id
  WHERE i.expected_fen <> i.paid_fen AND (i.expected_fen <> i.paid_fen) = 1 AND i.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM account_interest r WHERE r.reverses_id = i.id)`

/** The newest first. */
export function listDifferences(ledger: Ledger, filter: DifferenceFilter): readonly InterestDifference[] {
  return ledger
    .prepare<[Record<string, unknown>], InterestDifference>(
      `SELECT d.source, d.id, d.date, d.certificateId, d.bankAccountId, d.number, d.bankName, x.name AS complexName,
         d.expectedFen, d.paidFen, d.differenceReason, u.name AS recordedBy, d.recordedById, d.closedReason,
         w.name AS closedBy, d.closedAt
       FROM (${DIFFERENCE}) d LEFT JOIN complex x ON x.id = d.complexId JOIN user u ON u.id = d.recordedById
         LEFT JOIN user w ON w.id = d.closedById
       WHERE (:complexId IS NULL OR d.complexId = :complexId) AND (:openOnly = 0 OR d.closedAt IS NULL)
         AND (d.date, d.source, d.id) < (:date, :source, :id)
       ORDER BY d.date DESC, d.source DESC, d.id DESC LIMIT :limit`,
    )
    .all({
      complexId: filter.complexId, openOnly: filter.openOnly ? 1 : 0, date: filter.before?.date ?? '9999-12-31',
      source: filter.before?.source ?? 'z', id: filter.before?.id ?? 0, limit: filter.limit,
    })
}

export type DifferenceSum = { readonly count: number; readonly shortFen: Fen; readonly overFen: Fen }

/** What is open: how many, paid too little in all, paid too much in all. */
export function openDifferences(ledger: Ledger, complexId: ComplexId | null): DifferenceSum {
  const row = ledger
    .prepare<[Record<string, unknown>], DifferenceSum>(
      `SELECT count(*) AS count, coalesce(sum(max(expectedFen - paidFen, 0)), 0) AS shortFen,
              coalesce(sum(max(paidFen - expectedFen, 0)), 0) AS overFen
       FROM (${DIFFERENCE}) d WHERE d.closedAt IS NULL AND (:complexId IS NULL OR d.complexId = :complexId)`,
    )
    .get({ complexId })
  if (row === undefined) throw new Error('an aggregate always answers')
  return row
}

/** Closes a finding; never by who recorded it. Throws `difference.reason`, `difference.samePerson`, `difference.none`. */
export function closeDifference(
  context: ServiceContext,
  { source, id, reason }: Pick<InterestDifference, 'source' | 'id'> & { readonly reason: string },
): void {
  requireRole(context, 'reviewer', 'reconciler', 'head')
  const text = reason.trim()
  if (text === '') throw new Problem({ code: 'difference.reason', message: '请写明销号理由', field: 'reason' })
  context.ledger.write(() => {
    context.ledger
      .prepare<unknown[], never>(
        `INSERT INTO interest_difference_closing (event_id, account_interest_id, reason, closed_by, at) VALUES (?, ?, ?, ?, ?)`,
      )
      .run(source === 'certificate' ? id : null, source === 'account' ? id : null, text, context.actor.userId,
        context.clock.now())
    const kind = source === 'certificate' ? 'certificateEvent' : 'accountInterest'
    logOperation(context, 'deposit.closeDifference', { kind, id }, { reason: text })
  })
}
