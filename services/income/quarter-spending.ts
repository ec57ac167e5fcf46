/** Parts C, E and F of the quarter: costs with their document, uses with their decision, transfers with their date. */
import type { CostRow, Figure, TransferRow, UseRow } from '#core/disclosure/quarter-input.ts'
import { addFen } from '#core/money.ts'
import { voucherWord } from '#core/voucher/voucher.ts'
import { COST_HEAD, DISTRIBUTION, OFFSET } from './public-income.ts'
import { MAX_REFS, type SpendingRow } from './quarter-rows.ts'

/** A board is read standing: more vouchers than this on one account become one row, which opens them all. */
export const ROWS_PER_ACCOUNT = 30

const TRANSFER_HEAD = '5201'

export type SpendingSide = {
  readonly costs: readonly CostRow[]
  readonly uses: readonly UseRow[]
  readonly transfers: readonly TransferRow[]
}

function isUnder(code: string, head: string): boolean {
  return code === head || code.startsWith(`${head}.`)
}

function numberOf(row: SpendingRow): string {
  return `${row.date.slice(0, 7)} ${voucherWord(row.kind, row.number)}`
}

function isCorrection(row: SpendingRow): boolean {
  return row.purpose !== 'ordinary'
}

function itemOf(row: SpendingRow): string {
  const summary = isCorrection(row) ? row.voucherSummary : row.summary
  return summary === row.category ? row.category : `${row.category}：${summary}`
}

/** The basis typed with the cost; else the papers of the voucher, or for a correction the voucher it corrects. */
function documentOf(row: SpendingRow): string | null {
  if (row.document !== null && row.document !== '') return row.document
  if (isCorrection(row)) return row.voucherSummary
  return row.papers > 0 ? `原始凭证 ${row.papers} 件` : null
}

function decisionOf(row: SpendingRow): UseRow['decision'] {
  return row.decisionNo === null || row.decidedOn === null ? null : { no: row.decisionNo, date: row.decidedOn }
}

const PAYEE = { company: '企业', publicBody: '公共机构', individual: '个人' } as const

function useKind(code: string): UseRow['kind'] {
  if (isUnder(code, DISTRIBUTION)) return 'distribution'
  return isUnder(code, OFFSET) ? 'offset' : 'use'
}

type Row = {
  readonly id: string
  readonly item: string
  readonly amount: Figure
  readonly note: string
  readonly attachments: number
  /** One voucher, or those folded into this row. */
  readonly rows: readonly [SpendingRow, ...SpendingRow[]]
}

function one(row: SpendingRow): Row {
  return {
    id: row.rowKey, item: itemOf(row), amount: { amount: row.amountFen, refs: [row.voucherId] }, rows: [row],
    note: isCorrection(row) ? row.reason : '', attachments: row.papers,
  }
}

/** Vouchers of one account and one decision as one row; a decision is never hidden in a sum over several. */
function folded(rows: readonly [SpendingRow, ...SpendingRow[]], index: number): Row {
  const [first] = rows
  const reasons = new Set(rows.filter((row) => isCorrection(row)).map((row) => row.reason))
  return {
    id: index === 0 ? `account:${first.code}` : `account:${first.code}:${index + 1}`,
    item: `${first.category}（${rows.length} 笔）`,
    amount: { amount: addFen(...rows.map((row) => row.amountFen)), refs: rows.map((row) => row.voucherId).slice(0, MAX_REFS) },
    rows,
    note: [...reasons].join('；'),
    attachments: rows.reduce((sum, row) => sum + row.papers, 0),
  }
}

function rowsOfAccount(rows: readonly SpendingRow[]): readonly Row[] {
  if (rows.length <= ROWS_PER_ACCOUNT) return rows.map(one)
  const byDecision = Map.groupBy(rows, (row) => row.decisionNo)
  return [...byDecision.values()].flatMap(([first, ...rest], index) =>
    first === undefined ? [] : [folded([first, ...rest], index)])
}

function costRow(row: Row): CostRow {
  const { id, item, amount, note, attachments, rows } = row
  const document = rows.length === 1 ? documentOf(rows[0]) : attachments > 0 ? `原始凭证 ${attachments} 件` : null
  return { id, item, amount, note, attachments, document }
}

function useRow(row: Row): UseRow {
  const { id, item, amount, note, attachments, rows } = row
  const [first] = rows
  const payees = new Set(rows.map((each) => (each.payeeKind === null ? '' : PAYEE[each.payeeKind])))
  const voucherNo = rows.length === 1 ? numberOf(first) : `${numberOf(first)}等 ${rows.length} 张`
  return {
    id, item, amount, note, attachments, kind: useKind(first.code), decision: decisionOf(first),
    payeeType: [...payees].filter((payee) => payee !== '').join('、'), voucherNo,
  }
}

function transferRow(row: SpendingRow): TransferRow {
  return {
    id: row.rowKey, date: row.date, amount: { amount: row.amountFen, refs: [row.voucherId] }, voucherNo: numberOf(row),
    note: isCorrection(row) ? row.reason : row.summary, attachments: row.papers,
  }
}

export function spendingSide(rows: readonly SpendingRow[]): SpendingSide {
  const accounts = [...Map.groupBy(rows.filter((row) => !isUnder(row.code, TRANSFER_HEAD)), (row) => row.code)]
  const of = (isCost: boolean): readonly Row[] =>
    accounts.filter(([code]) => isUnder(code, COST_HEAD) === isCost).flatMap(([, each]) => rowsOfAccount(each))
  return {
    costs: of(true).map(costRow),
    uses: of(false).map(useRow),
    transfers: rows.filter((row) => isUnder(row.code, TRANSFER_HEAD)).map(transferRow),
  }
}
