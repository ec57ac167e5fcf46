/**
 * Vouchers (记账凭证): what makes one valid, and how a posted one is corrected.
 * 会计基础工作规范 art. 51 (content, correction), 财会〔2024〕12号 art. 21(3) (irreversible posting).
 */
import { fen, formatYuan, negateFen, ZERO_FEN, type Fen } from '../money.ts'
import { datePartsOf, type BusinessDate, type Month } from '../calendar.ts'
import { Problem, type ProblemDetails } from '../problem.ts'

/** 收 · 付 · 转 · 记; an office uses either the first three or the last. */
export const VOUCHER_KINDS = ['receipt', 'payment', 'transfer', 'general'] as const
export type VoucherKind = (typeof VOUCHER_KINDS)[number]
export const VOUCHER_KIND_WORD: Readonly<Record<VoucherKind, string>> = {
  receipt: '收',
  payment: '付',
  transfer: '转',
  general: '记',
}

export const VOUCHER_PURPOSES = [
  'ordinary',
  'opening',
  'closing',
  'reversal',
  'replacement',
  'difference',
  'priorYear',
] as const
export type VoucherPurpose = (typeof VOUCHER_PURPOSES)[number]

export type DraftState = 'draft' | 'reviewed' | 'posted' | 'void'

/** One side per line; red figures are negative on the side of the original. */
export type Amounts = { readonly debitFen: Fen; readonly creditFen: Fen }

export function debit(amount: Fen): Amounts {
  return { debitFen: amount, creditFen: ZERO_FEN }
}

export function credit(amount: Fen): Amounts {
  return { debitFen: ZERO_FEN, creditFen: amount }
}

export type CheckedLine = Amounts & {
  readonly summary: string
  readonly accountId: number | null
  readonly complexId: number | null
  readonly bankAccountId: number | null
  readonly account: { readonly isLeaf: boolean; readonly needsBank: boolean; readonly needsPair: boolean } | null
}

/** A limit on everything: a sheet nobody can read is not a voucher. */
export const MAX_LINES = 2000

/**
 * Everything wrong with the lines, each with its row (1-based) and field, so that the form can mark all of it at once.
 * The same conditions are enforced in SQL when the voucher is sealed.
 */
export function voucherProblems(lines: readonly CheckedLine[]): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  if (lines.length < 2) problems.push({ code: 'voucher.lines', message: '一张凭证至少要有一借一贷两行分录' })
  if (lines.length > MAX_LINES) {
    problems.push({ code: 'voucher.tooManyLines', message: `一张凭证最多 ${MAX_LINES} 行，请分开制单` })
  }
  let debits = 0
  let credits = 0
  lines.forEach((line, index) => {
    const row = index + 1
    if (line.summary.trim() === '') problems.push({ code: 'voucher.summary', message: '请填写摘要', field: 'summary', row })
    if (line.accountId === null || line.account === null) {
      problems.push({ code: 'voucher.account', message: '请选择会计科目', field: 'account', row })
    } else if (!line.account.isLeaf) {
      problems.push({ code: 'voucher.account', message: '这个科目有下级，请选最末一级科目', field: 'account', row })
    } else if (line.account.needsBank !== (line.bankAccountId !== null)) {
      const message = line.account.needsBank ? '银行存款科目要选银行账户' : '这个科目不带银行账户'
      problems.push({ code: 'voucher.bankAccount', message, field: 'bankAccount', row })
    }
    if (line.complexId === null) problems.push({ code: 'voucher.complex', message: '请选择小区', field: 'complex', row })
    if ((line.debitFen === 0) === (line.creditFen === 0)) {
      problems.push({ code: 'voucher.oneSide', message: '每行在借方或贷方填一个金额', field: 'amount', row })
    }
    debits += line.debitFen
    credits += line.creditFen
  })
  if (debits !== credits) {
    problems.push({
      code: 'voucher.unbalanced',
      message: `借贷不平：借方比贷方${debits > credits ? '多' : '少'} ${formatYuan(fen(Math.abs(debits - credits)))} 元`,
      field: 'amount',
    })
  }
  return problems
}

export function totalDebit(lines: readonly Amounts[]): Fen {
  return fen(lines.reduce((sum, line) => sum + line.debitFen, 0))
}

/** `记-0012号` */
export function voucherWord(kind: VoucherKind, number: number): string {
  return `${VOUCHER_KIND_WORD[kind]}-${String(number).padStart(4, '0')}号`
}

export type PostedReference = { readonly kind: VoucherKind; readonly number: number; readonly date: BusinessDate }

/** Summary of the red voucher names date and number of the cancelled one (会计基础工作规范 art. 51(5)). */
export function reversalSummary(original: PostedReference): string {
  const { month, day } = datePartsOf(original.date)
  return `注销${month}月${day}日${voucherWord(original.kind, original.number)}凭证`
}

export function replacementSummary(original: PostedReference): string {
  const { month, day } = datePartsOf(original.date)
  return `订正${month}月${day}日${voucherWord(original.kind, original.number)}凭证`
}

/** Same accounts, same sides, red figures. */
export function reversalLines<Line extends Amounts>(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({ ...line, debitFen: negateFen(line.debitFen), creditFen: negateFen(line.creditFen) }))
}

/**
 * Difference voucher: only the amount was wrong, so only the difference is written, per line, on the original's side
 * (会计基础工作规范 art. 51(5)); lines without a difference drop out.
 */
export function differenceLines<Line extends Amounts>(original: readonly Line[], corrected: readonly Amounts[]): Line[] {
  if (original.length !== corrected.length) {
    throw new Problem({ code: 'voucher.difference', message: '差额凭证只改金额：分录行数要与原凭证一致' })
  }
  return original
    .map((line, index) => ({
      ...line,
      debitFen: fen((corrected[index]?.debitFen ?? 0) - line.debitFen),
      creditFen: fen((corrected[index]?.creditFen ?? 0) - line.creditFen),
    }))
    .filter((line) => line.debitFen !== 0 || line.creditFen !== 0)
}

export type CorrectionMethod = 'reversal' | 'difference' | 'priorYear'

/**
 * Which corrections the rule allows: within the year a red or a difference voucher, for an earlier year only a blue one
 * (会计基础工作规范 art. 51(5)).
 */
export function allowedCorrections(original: BusinessDate, correcting: Month): readonly CorrectionMethod[] {
  return original.slice(0, 4) === correcting.slice(0, 4) ? ['reversal', 'difference'] : ['priorYear']
}

export type ChainedVoucher = {
  readonly bookId: number
  readonly kind: VoucherKind
  readonly number: number
  readonly date: string
  readonly businessDate: string
  readonly bankDate: string | null
  readonly purpose: VoucherPurpose
  readonly correctsVoucherId: number | null
  readonly reason: string
  readonly rule: string
  readonly decisionId: number | null
  readonly pairId: number | null
  readonly preparerId: number
  readonly reviewerId: number
  readonly bookkeeperId: number
  readonly postedAt: string
  readonly lines: readonly {
    readonly summary: string
    readonly accountId: number
    readonly complexId: number
    readonly debitFen: number
    readonly creditFen: number
    readonly buildingId: number | null
    readonly counterpartyId: number | null
    readonly bankAccountId: number | null
    readonly contractId: number | null
    readonly repairId: number | null
    readonly certificateId: number | null
  }[]
  readonly attachments: readonly string[]
  /** Digest of its household entries; '' when it has none. */
  readonly households: string
}

/** What a voucher's hash covers, in fixed order: the whole content a reader could dispute. */
export function voucherContent(voucher: ChainedVoucher): string {
  return JSON.stringify([
    voucher.bookId, voucher.kind, voucher.number, voucher.date, voucher.businessDate, voucher.bankDate, voucher.purpose,
    voucher.correctsVoucherId, voucher.reason, voucher.rule, voucher.decisionId, voucher.pairId,
    voucher.preparerId, voucher.reviewerId, voucher.bookkeeperId, voucher.postedAt,
    voucher.lines.map((line) => [
      line.summary, line.accountId, line.complexId, line.debitFen, line.creditFen, line.buildingId,
      line.counterpartyId, line.bankAccountId, line.contractId, line.repairId, line.certificateId,
    ]),
    voucher.attachments,
    ...(voucher.households === '' ? [] : [voucher.households]),
  ])
}
