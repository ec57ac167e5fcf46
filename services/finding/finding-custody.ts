/** Facts of bank accounts and of money between funds: in whose name, moved by which fund, transferred on which decision. */
import type { BusinessDate } from '#core/calendar.ts'
import {
  findAccountMissing, findFundsMixed, findHolders, findTransferDecisions, type CheckedAccount, type FundWithoutAccount,
  type MovedMoney, type Transferred,
} from '#core/checks/custody.ts'
import { findIdle } from '#core/checks/deposits.ts'
import type { Finding } from '#core/checks/finding.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import type { FundKind } from '#core/fund.ts'
import type { ComplexId } from '#core/id.ts'
import { voucherWord, type VoucherKind } from '#core/voucher/voucher.ts'
import { sharedIdleAccounts } from './finding-idle.ts'
import type { CheckedComplex, CheckReader } from './finding-scope.ts'
import { officeName } from '../office.ts'

const ACCOUNTS = `SELECT k.id, k.bank_name || ' ' || k.number AS name, k.holder_name AS holder, k.complex_id AS complexId,
    b.fund_kind AS fund
  FROM bank_account k JOIN book b ON b.id = k.book_id
  WHERE k.state = 'active' AND (:complexId IS NULL OR k.complex_id = :complexId) AND (:bookId IS NULL OR k.book_id = :bookId)
  ORDER BY k.id`

/** What was taken back no longer mixes anything. */
const MIXED = `
  SELECT v.id AS voucherId, v.kind, v.number, v.date, l.complex_id AS complexId, sum(l.debit_fen + l.credit_fen) AS amountFen,
    w.fund_kind AS bookFund, k.id, k.bank_name || ' ' || k.number AS name, k.holder_name AS holder,
    k.complex_id AS ownComplexId, b.fund_kind AS fund
  FROM bank_account k JOIN book b ON b.id = k.book_id CROSS JOIN account a ON a.book_id <> k.book_id AND a.needs_bank = 1
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank ON l.bank_account_id = k.id AND l.account_id = a.id
    JOIN voucher v ON v.id = l.voucher_id AND v.purpose <> 'reversal' JOIN book w ON w.id = v.book_id
  WHERE (:complexId IS NULL OR l.complex_id = :complexId) AND (:bookId IS NULL OR v.book_id = :bookId)
    AND l.date <= :to AND l.date >= :from
    AND NOT EXISTS (SELECT 1 FROM voucher x WHERE x.corrects_voucher_id = v.id AND x.purpose = 'reversal')
  GROUP BY v.id, k.id, l.complex_id ORDER BY v.id`

type VoucherRow = { readonly kind: VoucherKind; readonly number: number; readonly date: BusinessDate }
type MixedRow = Omit<MovedMoney, 'account' | 'voucherLabel'> & Omit<CheckedAccount, 'complexId'> & VoucherRow & {
  readonly ownComplexId: ComplexId | null
  readonly fund: FundKind
}

function movedMoney({ ledger, scope }: CheckReader): readonly MovedMoney[] {
  const { complexId, bookId, from, to } = scope
  return ledger
    .prepare<[Record<string, unknown>], MixedRow>(MIXED)
    .all({ complexId, bookId, to, from: from ?? '0000-01-01' })
    .map(({ kind, number, date, id, name, holder, ownComplexId, fund, ...moved }) => ({
      ...moved,
      voucherLabel: `${date} ${voucherWord(kind, number)}`,
      account: { id, name, holder, complexId: ownComplexId, fund },
    }))
}

/** Of the maintenance fund many complexes share one account; the other two funds lie in an account of each complex. */
const WITHOUT_ACCOUNT = `
  SELECT b.fund_kind AS fund FROM book b
  WHERE b.fund_kind <> 'maintenance' AND (:bookId IS NULL OR b.id = :bookId)
    AND EXISTS (SELECT 1 FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = b.id AND l.complex_id = :complexId AND l.account_id = a.id AND l.date <= :to WHERE a.book_id = b.id)
    AND NOT EXISTS (SELECT 1 FROM bank_account k WHERE k.book_id = b.id AND k.complex_id = :complexId AND k.state = 'active')
  ORDER BY b.id`

function withoutAccount({ ledger, scope }: CheckReader, complex: CheckedComplex): readonly FundWithoutAccount[] {
  return ledger
    .prepare<[Record<string, unknown>], Pick<FundWithoutAccount, 'fund'>>(WITHOUT_ACCOUNT)
    .all({ complexId: complex.id, bookId: scope.bookId, to: scope.to })
    .map(({ fund }) => ({ fund, complexId: complex.id, complexName: complex.name }))
}

/** The paying side of each transfer, and whatever touches those accounts without a pair; what was taken back is no transfer. */
const TRANSFERS = `
  SELECT v.id AS voucherId, v.kind, v.number, v.date, l.complex_id AS complexId,
    abs(sum(l.debit_fen - l.credit_fen)) AS amountFen, d.number AS decisionNumber, d.decided_on AS decidedOn
  FROM book b CROSS JOIN account a ON a.book_id = b.id AND a.needs_pair = 1
    CROSS JOIN voucher_line l INDEXED BY voucher_line_by_complex
      ON l.book_id = b.id AND l.complex_id = :complexId AND l.account_id = a.id AND l.date BETWEEN :from AND :to AND l.closing = 0
    JOIN voucher v ON v.id = l.voucher_id AND v.purpose <> 'reversal' LEFT JOIN decision d ON d.id = v.decision_id
  WHERE (:bookId IS NULL OR b.id = :bookId) AND (a.class = 'expenditure' OR v.pair_id IS NULL)
    AND NOT EXISTS (SELECT 1 FROM voucher x WHERE x.corrects_voucher_id = v.id AND x.purpose = 'reversal')
  GROUP BY v.id ORDER BY v.id`

type TransferRow = Pick<Transferred, 'voucherId' | 'complexId' | 'date' | 'amountFen'> & VoucherRow & {
  readonly decisionNumber: string | null
  readonly decidedOn: BusinessDate | null
}

function transfersOf({ ledger, scope }: CheckReader, complexId: ComplexId): readonly Transferred[] {
  return ledger
    .prepare<[Record<string, unknown>], TransferRow>(TRANSFERS)
    .all({ complexId, bookId: scope.bookId, from: scope.from ?? '0000-01-01', to: scope.to })
    .map(({ kind, number, decisionNumber, decidedOn, ...moved }) => ({
      ...moved,
      voucherLabel: `${moved.date} ${voucherWord(kind, number)}`,
      decision: decisionNumber === null || decidedOn === null ? null : { number: decisionNumber, decidedOn },
    }))
}

/** Accounts over the whole office: in whose name, moved by which fund, missing, shared and idle; and money between funds. */
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
    ...(rules.has('account.fundMixed') ? findFundsMixed(movedMoney(reader)) : []),
    ...(rules.has('account.missing')
      ? findAccountMissing(complexes.flatMap((complex) => withoutAccount(reader, complex)))
      : []),
    ...(rules.has('account.transferDecision')
      ? findTransferDecisions(complexes.flatMap(({ id }) => transfersOf(reader, id)))
      : []),
    // A shared account is no single complex's; it is looked at when the whole office is.
    ...(rules.has('deposit.idle') && scope.complexId === null ? findIdle(sharedIdleAccounts(reader, complexes), scope.to) : []),
  ]
}
