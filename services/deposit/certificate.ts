/** Reading the deposit register: certificates as they stand, with their status. */
import type { BusinessDate } from '#core/calendar.ts'
import type {
  CertificateStatus,
  CertificateTerms,
  DepositProduct,
  RolloverInstruction,
} from '#core/deposit/deposit.ts'
import type { BankAccountId, BookId, CertificateId, ComplexId, UserId, VoucherId } from '#core/id.ts'
import { parseYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'

export type Certificate = CertificateTerms & {
  readonly id: CertificateId
  readonly bookId: BookId
  readonly bookName: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly bankAccountId: BankAccountId
  /** Where it lies: the settlement account's bank unless the certificate names another. */
  readonly bankName: string
  readonly branch: string
  /** 定期账号; '' where the bank gives none. */
  readonly depositAccount: string
  /** The bank's number now; after a partial withdrawal it may have given a new one. */
  readonly certificateNo: string
  /** The number it was placed under. */
  readonly firstNo: string
  readonly product: DepositProduct
  /** What was placed; `principalFen` is what is left of it. */
  readonly placedFen: Fen
  readonly dueDateReason: string
  readonly rolloverInstruction: RolloverInstruction
  readonly personInCharge: string
  readonly personInChargeId: UserId
  /** Its own reminder, in days; null as the profile says. */
  readonly reminderDays: number | null
  /** The voucher that brought its money in. */
  readonly sourceVoucherId: VoucherId | null
  readonly status: CertificateStatus
  readonly isFrozen: 0 | 1
  /** Parts withdrawn early so far. */
  readonly partials: number
}

/** Every reader of certificates selects from this; the due list and the ladder build on its column names. */
export const CERTIFICATE = `SELECT c.id, c.book_id AS bookId, b.name AS bookName, c.complex_id AS complexId,
    x.name AS complexName, c.bank_account_id AS bankAccountId, iif(c.bank_name = '', k.bank_name, c.bank_name) AS bankName,
    iif(c.bank_name = '', k.branch, c.branch) AS branch, c.deposit_account AS depositAccount,
    c.certificate_no AS certificateNo, c.first_no AS firstNo, c.product, c.placed_fen AS placedFen,
    c.principal_fen AS principalFen, c.rate_micro AS rateMicro, c.demand_rate_micro AS demandRateMicro,
    c.day_count AS dayCount, c.term_months AS termMonths, c.term_days AS termDays, c.value_date AS valueDate,
    c.due_date AS dueDate, c.due_date_reason AS dueDateReason, c.anchor_day AS anchorDay,
    c.rollover_instruction AS rolloverInstruction, u.name AS personInCharge, c.person_in_charge AS personInChargeId,
    c.reminder_days AS reminderDays, c.source_voucher_id AS sourceVoucherId, c.status, c.is_frozen AS isFrozen, c.partials
  FROM certificate_now c JOIN book b ON b.id = c.book_id JOIN complex x ON x.id = c.complex_id
    JOIN bank_account k ON k.id = c.bank_account_id JOIN user u ON u.id = c.person_in_charge`

/** Throws `certificate.missing`. */
export function certificateOf(ledger: Ledger, id: CertificateId): Certificate {
  const row = ledger.prepare<[number], Certificate>(`${CERTIFICATE} WHERE c.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'certificate.missing', message: '没有这张存单' })
  return row
}

/** By any number it ever had, first by those in use. Throws `certificate.missing`. */
export function certificateByNumber(ledger: Ledger, number: string): Certificate {
  const row = ledger
    .prepare<[Record<string, string>], { id: CertificateId }>(
      `SELECT certificate_id AS id, 0 AS isGone FROM certificate_number WHERE number = :number
       UNION ALL SELECT id, 1 FROM certificate WHERE certificate_no = :number
       UNION ALL SELECT certificate_id, 1 FROM certificate_event WHERE new_certificate_no = :number AND new_certificate_no <> ''
       ORDER BY isGone, id DESC LIMIT 1`,
    )
    .get({ number })
  if (row === undefined) {
    throw new Problem({ code: 'certificate.missing', message: `没有编号为 ${number} 的存单：请核对证实书号`, field: 'number' })
  }
  return certificateOf(ledger, row.id)
}

export type CertificateFilter = {
  readonly complexId?: ComplexId
  readonly bankAccountId?: BankAccountId
  readonly inForceOnly: boolean
  /** Part of the certificate number, or the principal. */
  readonly text?: string
  /** Keyset: certificates after this one. */
  readonly after?: { readonly isEnded: 0 | 1; readonly dueDate: BusinessDate; readonly id: CertificateId }
  readonly limit: number
}

/** `isEnded`: withdrawn, rolled over or cancelled; those stand after what still has to be watched. */
export type ListedCertificate = Certificate & { readonly isEnded: 0 | 1 }

/** The most urgent first; what has ended stands at the end, by due date too. */
export function listCertificates(ledger: Ledger, filter: CertificateFilter): readonly ListedCertificate[] {
  const text = filter.text?.trim() ?? ''
  const parameters = {
    complexId: filter.complexId ?? null,
    bankAccountId: filter.bankAccountId ?? null,
    text: text === '' ? null : text,
    principalFen: fenIn(text),
    afterEnded: filter.after?.isEnded ?? 0,
    afterDue: filter.after?.dueDate ?? '0000-01-01',
    afterId: filter.after?.id ?? 0,
    limit: filter.limit,
  }
  return ledger
    .prepare<[Record<string, unknown>], ListedCertificate>(
      `SELECT * FROM (
         SELECT *, status NOT IN ('inForce', 'pending') AS isEnded FROM (${CERTIFICATE}
           WHERE (:complexId IS NULL OR c.complex_id = :complexId)
             AND (:bankAccountId IS NULL OR c.bank_account_id = :bankAccountId)
             AND (:text IS NULL OR instr(c.certificate_no, :text) > 0 OR instr(c.first_no, :text) > 0
               OR c.principal_fen = :principalFen)))
       WHERE (isEnded, dueDate, id) > (:afterEnded, :afterDue, :afterId) ${filter.inForceOnly ? 'AND isEnded = 0' : ''}
       ORDER BY isEnded, dueDate, id LIMIT :limit`,
    )
    .all(parameters)
}

/** The amount a text means, null for anything else. */
function fenIn(text: string): Fen | null {
  try {
    return parseYuan(text)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** What a bank printed last for this account: banks keep to their way of counting. */
export type BankHabit = Pick<CertificateTerms, 'dayCount' | 'demandRateMicro'>

/** Null for an account no certificate came from yet. */
export function bankHabit(ledger: Ledger, bankAccountId: BankAccountId): BankHabit | null {
  return ledger
    .prepare<[number], BankHabit>(
      `SELECT day_count AS dayCount, demand_rate_micro AS demandRateMicro FROM certificate
       WHERE bank_account_id = ? AND product IN ('time', 'largeCertificate') ORDER BY value_date DESC, id DESC LIMIT 1`,
    )
    .get(bankAccountId) ?? null
}

/** A voucher that brought money into the account: where a certificate's money may have come from. */
export type MoneySource = {
  readonly voucherId: VoucherId
  readonly date: BusinessDate
  readonly summary: string
  readonly amountFen: Fen
}

/** The latest receipts of an account, for 资金来源凭证. */
export function moneySources(ledger: Ledger, bankAccountId: BankAccountId, limit: number): readonly MoneySource[] {
  return ledger
    .prepare<[Record<string, unknown>], MoneySource>(
      `SELECT l.voucher_id AS voucherId, l.date, l.summary, l.debit_fen AS amountFen
       FROM bank_account k CROSS JOIN account a ON a.book_id = k.book_id AND a.code = '1001.01'
         CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank ON l.bank_account_id = k.id AND l.account_id = a.id
       WHERE k.id = :bankAccountId AND l.debit_fen > 0 ORDER BY l.date DESC LIMIT :limit`,
    )
    .all({ bankAccountId, limit })
}
