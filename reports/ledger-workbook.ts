/** Ledgers as a spreadsheet: one tab per account, no page turns, amounts and balances as numbers. */
import type { BusinessDate } from '#core/calendar.ts'
import { sideWord, type BookRow } from '#core/voucher/ledger-book.ts'
import { fen } from '#core/money.ts'
import type { Workbook, WorkbookCell } from './workbook.ts'

export type LedgerSheet = { readonly account: string; readonly rows: readonly BookRow[] }

const HEADS = ['日期', '凭证字号', '摘要', '小区', '借方', '贷方', '向', '余额']
const WIDTHS = [12, 12, 40, 20, 17, 17, 5, 18]

function rowCells(row: BookRow): WorkbookCell[] {
  const look = { border: true, bold: row.kind !== 'entry' }
  const amount = (value: BookRow['debitFen']) => (row.kind === 'entry' && value === 0 ? null : value)
  return [
    { date: row.date, ...look, align: 'center' },
    { text: row.word, ...look },
    { text: row.summary, ...look, wrap: true },
    { text: row.complex, ...look, wrap: true },
    { fen: amount(row.debitFen), ...look },
    { fen: amount(row.creditFen), ...look },
    { text: sideWord(row.balanceFen), ...look, align: 'center' },
    { fen: fen(Math.abs(row.balanceFen)), ...look },
  ]
}

export function ledgerWorkbook(
  head: { readonly title: string; readonly subject: string; readonly date: BusinessDate },
  sheets: readonly LedgerSheet[],
): Workbook {
  const blanks = Array.from({ length: HEADS.length - 1 }, () => null)
  return {
    title: head.title,
    date: head.date,
    sheets: sheets.map(({ account, rows }) => ({
      name: account,
      widths: WIDTHS,
      landscape: true,
      headRows: 3,
      rows: [
        [{ text: `${head.title}　${account}`, bold: true, size: 14, align: 'center', columns: HEADS.length }, ...blanks],
        [{ text: head.subject, columns: HEADS.length }, ...blanks],
        HEADS.map((text): WorkbookCell => ({ text, bold: true, border: true, align: 'center' })),
        ...rows.map(rowCells),
      ],
    })),
  }
}
