/**
 * Certificate inventory (定期存款盘点) on a day: the certificates then in force, the term sub-account, and what the bank confirmed;
 * design invariant 10 says the three are equal. Treasury bonds stand on 1101, which knows no bank account (财会〔2020〕7号), so
 * they are counted for the account's complex, or for the whole book where the account is shared.
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { DepositProduct } from '#core/deposit/deposit.ts'
import type { BankAccountId, CertificateId } from '#core/id.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { moneyAtBank } from '../voucher/balance.ts'
import { listConfirmations, type Confirmation } from '../reconciliation/bank-confirmation.ts'
import { bankAccountOf } from '../voucher/book.ts'
import type { Clock } from '../clock.ts'

export type InventoryCertificate = {
  readonly id: CertificateId
  readonly certificateNo: string
  readonly complexName: string
  readonly product: DepositProduct
  readonly valueDate: BusinessDate
  readonly dueDate: BusinessDate
  readonly rateMicro: RateMicro
  /** What was left of it on the day. */
  readonly principalFen: Fen
}

export type Inventory = {
  readonly bankAccountId: BankAccountId
  readonly asOf: BusinessDate
  readonly certificates: readonly InventoryCertificate[]
  readonly certificatesFen: Fen
  /** 1001.02 and below, by the book. */
  readonly ledgerFen: Fen
  /** The latest on or before `asOf`. */
  readonly confirmation: Confirmation | null
  /** Certificates − ledger; bank − ledger on the confirmation's own day. */
  readonly certificateDifferenceFen: Fen
  readonly confirmationDifferenceFen: Fen | null
  readonly bonds: readonly InventoryCertificate[]
  readonly bondsFen: Fen
  /** 1101, by the book. */
  readonly bondLedgerFen: Fen
  readonly bondDifferenceFen: Fen
}

/** Nobody keeps more certificates of one account in a safe. */
const MOST = 2000

/** An event counts from the date of its voucher; without one (the opening balance holds the money) from its own. */
function happened(event: string): string {
  return `coalesce((SELECT v.date FROM voucher v WHERE v.draft_id = ${event}.draft_id),
    iif(${event}.draft_id IS NULL, ${event}.date, '9999-12-31')) <= :asOf`
}

/** The latest word on a term of certificate `c` that stood on the day. */
function amended(column: string, isSet: string): string {
  return `(SELECT e.${column} FROM certificate_event e WHERE e.certificate_id = c.id AND e.${column} ${isSet}
      AND e.kind <> 'reversed' AND ${happened('e')} AND NOT EXISTS (
        SELECT 1 FROM certificate_event r WHERE r.reverses_event_id = e.id AND ${happened('r')})
    ORDER BY e.id DESC LIMIT 1)`
}

const IN_FORCE = `
  SELECT * FROM (
    SELECT c.id, coalesce(${amended('new_certificate_no', "<> ''")}, c.certificate_no) AS certificateNo, x.name AS complexName,
      c.product, c.value_date AS valueDate, coalesce(${amended('new_due_date', 'IS NOT NULL')}, c.due_date) AS dueDate,
      coalesce(${amended('new_rate_micro', 'IS NOT NULL')}, c.rate_micro) AS rateMicro,
      (SELECT sum(k.principal_fen * iif(e.kind = 'reversed', -1, 1)
          * CASE WHEN k.kind = 'placed' THEN 1
                 WHEN k.kind IN ('partlyWithdrawn', 'drawn', 'withdrawn', 'withdrawnEarly', 'rolledOver') THEN -1 ELSE 0 END)
        FROM certificate_event e JOIN certificate_event k ON k.id = coalesce(e.reverses_event_id, e.id)
        WHERE e.certificate_id = c.id AND ${happened('e')}) AS principalFen
    FROM complex x CROSS JOIN certificate c INDEXED BY certificate_by_complex ON c.complex_id = x.id
    WHERE c.book_id = :bookId AND iif(c.product = 'treasuryBond', :complexId IS NULL OR c.complex_id = :complexId,
      c.bank_account_id = :bankAccountId))
  WHERE principalFen > 0 ORDER BY dueDate, id LIMIT ${MOST}`

const TERM = `SELECT ${moneyAtBank(':asOf', 'term')} AS fen FROM bank_account k WHERE k.id = :bankAccountId`

const BONDS = `
  SELECT coalesce(sum(l.debit_fen - l.credit_fen), 0) AS fen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_account
    ON l.book_id = a.book_id AND l.account_id = a.id AND l.date <= :asOf
  WHERE a.book_id = :bookId AND a.code LIKE '1101%' AND (:complexId IS NULL OR l.complex_id = :complexId)`

/** Throws `inventory.date` for a day still to come, `bankAccount.missing`. */
export function inventoryOf(ledger: Ledger, clock: Clock, bankAccountId: BankAccountId, asOf: BusinessDate): Inventory {
  if (asOf > clock.today()) throw new Problem({ code: 'inventory.date', message: '盘点基准日不能晚于今天', field: 'asOf' })
  const { bookId, complexId } = bankAccountOf(ledger, bankAccountId)
  const amount = (sql: string, parameters: Record<string, unknown>): Fen =>
    ledger.prepare<[Record<string, unknown>], { fen: Fen }>(sql).get(parameters)?.fen ?? ZERO_FEN
  const inForce = ledger
    .prepare<[Record<string, unknown>], InventoryCertificate>(IN_FORCE)
    .all({ asOf, bookId, complexId, bankAccountId })
  const sum = (list: readonly InventoryCertificate[]): Fen => addFen(...list.map(({ principalFen }) => principalFen))
  const bonds = inForce.filter(({ product }) => product === 'treasuryBond')
  const certificates = inForce.filter(({ product }) => product !== 'treasuryBond')
  const certificatesFen = sum(certificates)
  const ledgerFen = amount(TERM, { bankAccountId, asOf })
  const bondsFen = sum(bonds)
  const bondLedgerFen = amount(BONDS, { bookId, complexId, asOf })
  const confirmation = listConfirmations(ledger, bankAccountId, 50).find((one) => one.asOf <= asOf) ?? null
  return {
    bankAccountId, asOf, certificates, certificatesFen, ledgerFen, confirmation, bonds, bondsFen, bondLedgerFen,
    certificateDifferenceFen: subtractFen(certificatesFen, ledgerFen),
    confirmationDifferenceFen: confirmation === null
      ? null
      : subtractFen(confirmation.amountFen, amount(TERM, { bankAccountId, asOf: confirmation.asOf })),
    bondDifferenceFen: subtractFen(bondsFen, bondLedgerFen),
  }
}
