/**
 * Where spending of the maintenance fund comes from: 5001 is reached by a repair's payment only (design invariant 12). Openings,
 * closings and corrections have their own rules; money that comes back spends nothing. The same in SQL: 0015_authority.sql.
 */
import type { BookId, RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { ProblemDetails } from '#core/problem.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { VoucherPurpose } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'

type SpendingLine = {
  readonly accountCode: string | null
  readonly repairId: RepairId | null
  readonly debitFen: Fen
  readonly creditFen: Fen
}

const HEADING = ACCOUNT.repairExpenditure

function spends({ accountCode, repairId, debitFen, creditFen }: SpendingLine): boolean {
  const isExpenditure = accountCode === HEADING || accountCode?.startsWith(`${HEADING}.`) === true
  return isExpenditure && repairId === null && debitFen - creditFen > 0
}

/** One problem for each line that would spend the fund without a repair behind it. */
export function originProblems(
  ledger: Ledger,
  draft: { readonly bookId: BookId; readonly purpose: VoucherPurpose; readonly lines: readonly SpendingLine[] },
): readonly ProblemDetails[] {
  if (draft.purpose !== 'ordinary' || !draft.lines.some(spends)) return []
  const book = ledger.prepare<[number], { fundKind: string }>('SELECT fund_kind AS fundKind FROM book WHERE id = ?')
  if (book.get(draft.bookId)?.fundKind !== 'maintenance') return []
  return draft.lines.flatMap((line, index) => spends(line)
    ? [{
        code: 'voucher.useWithoutRepair',
        message: '维修支出要从维修项目付款：请到“维修”登记项目，按步骤办到“付款通知”，由系统制作付款凭证',
        field: 'account',
        row: index + 1,
      }]
    : [])
}
