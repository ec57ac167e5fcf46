import { Problem } from '../problem.ts'

/** One import. A busy account's year is far below; a file beyond is a mistake and would stall the desk. */
export const MAX_STATEMENT_BYTES = 50 * 1024 * 1024
export const MAX_STATEMENT_ROWS = 200_000
/** Room for preamble, page heads and footers around the rows. */
export const MAX_STATEMENT_RECORDS = MAX_STATEMENT_ROWS + 20_000

export function tooLarge(): Problem {
  return new Problem({ code: 'file.tooLarge', message: '文件超过 50 MB，请在网银里按月份分段下载后再导入' })
}

export function tooManyRows(): Problem {
  return new Problem({ code: 'file.tooManyRows', message: '明细超过 200,000 行，请在网银里按月份分段下载后再导入' })
}
