import { Problem } from '../problem.ts'

/** One import. A busy account's year is far below; a file beyond is a mistake and would stall the desk. */
export const MAX_STATEMENT_BYTES = 50 * 1024 * 1024
/** MT940, camt and OFX are built into a tree: some fifty times their size in memory. */
export const MAX_MESSAGE_BYTES = 20 * 1024 * 1024
/** Packed; what it unpacks to is bounded apart, and 200,000 rows pack into a third of this. */
export const MAX_WORKBOOK_BYTES = 20 * 1024 * 1024
export const MAX_UNPACKED_BYTES = 150 * 1024 * 1024
/** A cell of a spreadsheet holds no more; a longer one is not a bank's. */
export const MAX_CELL_CHARACTERS = 32_767
/** Fifty columns are met; far more is another kind of file. */
export const MAX_COLUMNS = 1_000
export const MAX_STATEMENT_ROWS = 200_000
/** Room for preamble, page heads and footers around the rows. */
export const MAX_STATEMENT_RECORDS = MAX_STATEMENT_ROWS + 20_000

export function tooLarge(): Problem {
  return new Problem({ code: 'file.tooLarge', message: '文件超过 50 MB，请在网银里按月份分段下载后再导入' })
}

export function tooManyRows(): Problem {
  return new Problem({ code: 'file.tooManyRows', message: '明细超过 200,000 行，请在网银里按月份分段下载后再导入' })
}

export function messageTooLarge(): Problem {
  return new Problem({ code: 'file.tooLarge', message: '报文超过 20 MB，请在网银里按月份分段下载后再导入' })
}

export function workbookTooLarge(): Problem {
  return new Problem({
    code: 'file.tooLarge',
    message: '工作簿解开后过大，超出对账单应有的大小，可能不是网银下载的原始文件，请按月份分段下载，或改选 CSV 格式',
  })
}

export function tooManyColumns(line: number): Problem {
  return new Problem({
    code: 'file.tooManyColumns', row: line, message: `第 ${line} 行超过 1,000 列，不是银行明细，请从网银重新下载`,
  })
}

export function cellTooLong(line: number): Problem {
  return new Problem({
    code: 'file.cellTooLong', row: line,
    message: `第 ${line} 行有一格超过 32,767 字，不是银行明细，请从网银重新下载`,
  })
}
