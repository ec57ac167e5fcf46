/** Facts of deposits and collected money for the self-check: what sleeps, what was paid short, what was not handed over. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { findNotHandedOver, type CollectedMoney } from '#core/checks/custody.ts'
import {
  findAsleep, findIdle, findInterestDifferences, findNotTendered, type CheckedCertificate, type InterestPaid,
} from '#core/checks/deposits.ts'
import type { Finding } from '#core/checks/finding.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import type { ComplexId, VoucherId } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import { dueCertificates, watched } from '../deposit/deposit-due.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'
import { ownIdleAccounts } from './finding-idle.ts'

const HAS_LOT = `SELECT 1 FROM placing_certificate p WHERE p.certificate_id = ?
  AND NOT EXISTS (SELECT 1 FROM placing_unlinking u WHERE u.link_id = p.id) LIMIT 1`

function certificatesInForce({ ledger, today, scope }: CheckReader, complexId: ComplexId): readonly CheckedCertificate[] {
  const lot = ledger.prepare<[number], unknown>(HAS_LOT)
  return dueCertificates(ledger, { until: parseDate('9999-12-31'), complexId })
    .filter(({ status, bookId }) => status === 'inForce' && (scope.bookId === null || bookId === scope.bookId))
    .map((certificate) => ({
      id: certificate.id,
      certificateNo: certificate.certificateNo,
      complexId: certificate.complexId,
      bankName: certificate.bankName,
      principalFen: certificate.principalFen,
      valueDate: certificate.valueDate,
      dueDate: certificate.dueDate,
      lostFen: watched(certificate, today, []).lostFen,
      hasPlacingLot: lot.get(certificate.id) !== undefined,
    }))
}

const DIFFERENT_PAYMENTS = `
  SELECT c.id, n.certificate_no AS certificateNo, c.complex_id AS complexId, e.date AS paidOn,
    e.interest_expected_fen AS expectedFen, e.interest_paid_fen AS paidFen, e.difference_reason AS reason
  FROM certificate c INDEXED BY certificate_by_complex CROSS JOIN certificate_event e ON e.certificate_id = c.id
    JOIN certificate_now n ON n.id = c.id
  WHERE c.complex_id = :complexId AND (:bookId IS NULL OR c.book_id = :bookId)
    AND e.interest_expected_fen <> e.interest_paid_fen AND e.kind <> 'reversed'
    AND NOT EXISTS (SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM interest_difference_closing x WHERE x.event_id = e.id)
  ORDER BY e.id`

type MoneyOutOfBank = {
  readonly voucherId: VoucherId
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
  readonly movementFen: Fen
}

/** Money of the owners that is not in a bank: 1201 of the public income and daily funds. */
const OUT_OF_BANK = `
  SELECT v.id AS voucherId, v.kind, v.number, v.date, sum(l.debit_fen - l.credit_fen) AS movementFen
  FROM book b CROSS JOIN account a ON a.book_id = b.id AND a.code = '1201'
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = b.id AND l.complex_id = :complexId AND l.account_id = a.id AND l.date <= :to
    JOIN voucher v ON v.id = l.voucher_id
  WHERE b.fund_kind <> 'maintenance' AND (:bookId IS NULL OR b.id = :bookId)
  GROUP BY v.id ORDER BY v.date, v.id`

/** What was collected first is taken as handed over first. */
export function outstandingOf<Row extends { readonly movementFen: Fen }>(
  rows: readonly Row[],
): readonly (Row & { readonly outstandingFen: Fen })[] {
  let handedOver = rows.reduce((sum, { movementFen }) => sum + Math.max(-movementFen, 0), 0)
  return rows.filter(({ movementFen }) => movementFen > 0).map((row) => {
    const covered = Math.min(handedOver, row.movementFen)
    handedOver -= covered
    return { ...row, outstandingFen: fen(row.movementFen - covered) }
  })
}

function collectedMoney({ ledger, scope }: CheckReader, complex: CheckedComplex): readonly CollectedMoney[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], MoneyOutOfBank>(OUT_OF_BANK)
    .all({ complexId: complex.id, bookId: scope.bookId, to: scope.to })
  return outstandingOf(rows).map((row) => ({
    complexId: complex.id,
    complexName: complex.name,
    voucherId: row.voucherId,
    voucherLabel: `${row.date} ${voucherWord(row.kind, row.number)}`,
    collectedOn: row.date,
    outstandingFen: row.outstandingFen,
  }))
}

export const MONEY_RULES: readonly CheckRuleId[] = [
  'deposit.asleep', 'deposit.idle', 'income.notHandedOver', 'deposit.interestDifference', 'deposit.notTendered',
]

/** What the rules about deposits and collected money find in one complex. */
export function moneyFindings(reader: CheckReader, complex: CheckedComplex, rules: ReadonlySet<CheckRuleId>): readonly Finding[] {
  const { ledger, scope, today } = reader
  const needsCertificates = rules.has('deposit.asleep') || rules.has('deposit.notTendered')
  const inForce = needsCertificates ? certificatesInForce(reader, complex.id) : []
  return [
    ...(rules.has('deposit.asleep') ? findAsleep(inForce.filter(({ dueDate }) => dueDate <= scope.to), today) : []),
    ...(rules.has('deposit.idle') && reader.mayRun('deposit.idle', complex)
      ? findIdle(ownIdleAccounts(reader, complex), scope.to)
      : []),
    ...(rules.has('income.notHandedOver')
      ? reader.judge('income.notHandedOver', complex, collectedMoney(reader, complex), ({ collectedOn }) => collectedOn,
          (collected, policy) => findNotHandedOver(collected, policy.require('check.handoverDays'), scope.to))
      : []),
    ...(rules.has('deposit.interestDifference')
      ? findInterestDifferences(
          ledger
            .prepare<[Record<string, unknown>], InterestPaid>(DIFFERENT_PAYMENTS)
            .all({ complexId: complex.id, bookId: scope.bookId })
            .filter(({ paidOn }) => isInPeriod(scope, paidOn)),
        )
      : []),
    ...(rules.has('deposit.notTendered')
      ? reader.judge('deposit.notTendered', complex, inForce.filter(({ valueDate }) => isInPeriod(scope, valueDate)),
          ({ valueDate }) => valueDate, (certificates, policy) =>
            findNotTendered(certificates, policy.require('check.tenderAmount')))
      : []),
  ]
}
