/** Facts of deposits and bank accounts for the self-check: what sleeps, what lies idle, who holds it, what was paid short. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import {
  findFundsMixed, findHolders, findNotHandedOver, type CheckedAccount, type CollectedMoney, type MovedMoney,
} from '#core/checks/custody.ts'
import {
  findAsleep, findIdle, findInterestDifferences, findNotTendered, type CheckedCertificate, type IdleAccount, type InterestPaid,
} from '#core/checks/deposits.ts'
import type { Finding } from '#core/checks/finding.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import type { FundKind } from '#core/fund.ts'
import type { BankAccountId, ComplexId, VoucherId } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import { dueCertificates, watched } from '../deposit/deposit-due.ts'
import { isInPeriod, type CheckedComplex, type CheckReader } from './finding-scope.ts'
import { officeName } from '../office.ts'

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

/** Demand money by bank account, day by day. */
const DEMAND_MOVEMENTS = `
  SELECT k.id, k.bank_name || ' ' || k.number AS name, l.date, sum(l.debit_fen - l.credit_fen) AS movementFen
  FROM bank_account k CROSS JOIN account t ON t.book_id = k.book_id AND t.needs_bank = 1 AND t.code NOT LIKE '1001.02%'
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank
      ON l.bank_account_id = k.id AND l.account_id = t.id AND l.date <= :to
  WHERE k.complex_id = :complexId AND (:bookId IS NULL OR k.book_id = :bookId)
  GROUP BY k.id, l.date ORDER BY k.id, l.date`

type Movement = { readonly id: BankAccountId; readonly name: string; readonly date: BusinessDate; readonly movementFen: Fen }

/** The balance at the end, and since when it has stayed above `levelFen`; movements in order of days. */
export function standingAbove(
  movements: readonly { readonly date: BusinessDate; readonly movementFen: Fen }[], levelFen: Fen,
): { readonly balanceFen: Fen; readonly since: BusinessDate | null } {
  let balance = 0
  let since: BusinessDate | null = null
  for (const { date, movementFen } of movements) {
    balance += movementFen
    since = balance > levelFen ? since ?? date : null
  }
  return { balanceFen: fen(balance), since }
}

function idleAccounts(reader: CheckReader, complexId: ComplexId, reserveFen: Fen): readonly IdleAccount[] {
  const { ledger, scope } = reader
  const movements = ledger
    .prepare<[Record<string, unknown>], Movement>(DEMAND_MOVEMENTS)
    .all({ complexId, bookId: scope.bookId, to: scope.to })
  return [...Map.groupBy(movements, ({ id }) => id).values()].flatMap((ofAccount) => {
    const [first] = ofAccount
    if (first === undefined) return []
    const { balanceFen, since } = standingAbove(ofAccount, reserveFen)
    return [{ id: first.id, name: first.name, complexId, balanceFen, aboveReserveSince: since }]
  })
}

const ACCOUNTS = `SELECT k.id, k.bank_name || ' ' || k.number AS name, k.holder_name AS holder, k.complex_id AS complexId,
    b.fund_kind AS fund
  FROM bank_account k JOIN book b ON b.id = k.book_id
  WHERE k.state = 'active' AND (:complexId IS NULL OR k.complex_id = :complexId) AND (:bookId IS NULL OR k.book_id = :bookId)
  ORDER BY k.id`

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
  const collected = rules.has('income.notHandedOver') ? collectedMoney(reader, complex) : []
  return [
    ...(rules.has('deposit.asleep') ? findAsleep(inForce.filter(({ dueDate }) => dueDate <= scope.to), today) : []),
    ...(rules.has('deposit.idle')
      ? reader.under('deposit.idle', complex, (policy) => {
          const reserveFen = policy.require('deposit.idleReserve')
          const limits = { reserveFen, days: policy.require('check.idleDays') }
          return findIdle(idleAccounts(reader, complex.id, reserveFen), limits, scope.to)
        })
      : []),
    ...(rules.has('income.notHandedOver')
      ? reader.under('income.notHandedOver', complex, (policy) =>
          findNotHandedOver(collected, policy.require('check.handoverDays'), scope.to))
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
      ? reader.under('deposit.notTendered', complex, (policy) => findNotTendered(
          inForce.filter(({ valueDate }) => isInPeriod(scope, valueDate)), policy.require('check.tenderAmount')))
      : []),
  ]
}

const MIXED = `
  SELECT v.id AS voucherId, v.kind, v.number, v.date, l.complex_id AS complexId, sum(l.debit_fen + l.credit_fen) AS amountFen,
    w.fund_kind AS bookFund, k.id, k.bank_name || ' ' || k.number AS name, k.holder_name AS holder,
    k.complex_id AS ownComplexId, b.fund_kind AS fund
  FROM bank_account k JOIN book b ON b.id = k.book_id CROSS JOIN account a ON a.book_id <> k.book_id AND a.needs_bank = 1
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank ON l.bank_account_id = k.id AND l.account_id = a.id
    JOIN voucher v ON v.id = l.voucher_id JOIN book w ON w.id = v.book_id
  WHERE (:complexId IS NULL OR l.complex_id = :complexId) AND (:bookId IS NULL OR v.book_id = :bookId)
    AND l.date <= :to AND l.date >= :from
  GROUP BY v.id, k.id, l.complex_id ORDER BY v.id`

type MixedRow = Omit<MovedMoney, 'account' | 'voucherLabel'> & Omit<CheckedAccount, 'complexId'> & {
  readonly kind: VoucherKind
  readonly number: number
  readonly date: BusinessDate
  readonly ownComplexId: ComplexId | null
  readonly fund: FundKind
}

/** Accounts over the whole office: in whose name, and whether another fund moved them. */
export function custodyFindings(
  reader: CheckReader, complexes: readonly CheckedComplex[], rules: ReadonlySet<CheckRuleId>,
): readonly Finding[] {
  const { ledger, scope } = reader
  const of = { complexId: scope.complexId, bookId: scope.bookId }
  const office = officeName(ledger) ?? ''
  const custodians = new Map<ComplexId | null, readonly string[]>([
    [null, [office]], ...complexes.map(({ id, name, holderName }): [ComplexId, readonly string[]] => [id, [name, holderName]]),
  ])
  return [
    ...(rules.has('account.holder')
      ? findHolders(ledger.prepare<[Record<string, unknown>], CheckedAccount>(ACCOUNTS).all(of), custodians)
      : []),
    ...(rules.has('account.fundMixed')
      ? findFundsMixed(
          ledger
            .prepare<[Record<string, unknown>], MixedRow>(MIXED)
            .all({ ...of, to: scope.to, from: scope.from ?? '0000-01-01' })
            .map(({ kind, number, date, id, name, holder, ownComplexId, fund, ...moved }) => ({
              ...moved,
              voucherLabel: `${date} ${voucherWord(kind, number)}`,
              account: { id, name, holder, complexId: ownComplexId, fund },
            })),
        )
      : []),
  ]
}
