/** What the command line prints: tables aligned for Chinese, JSON for programs, refusals with their way out. */
import type { ProblemDetails } from '#core/problem.ts'

/** Hangul, CJK and kana, full-width forms, pictures, the later ideographs: the wide ranges of UAX #11 an office meets. */
const WIDE_RANGES = [
  '\\u1100-\\u115f', '\\u2e80-\\u303e', '\\u3041-\\ua4cf', '\\uac00-\\ud7a3', '\\uf900-\\ufaff', '\\ufe30-\\ufe6f',
  '\\uff00-\\uff60', '\\uffe0-\\uffe6', '\\u{1f300}-\\u{1faff}', '\\u{20000}-\\u{3fffd}',
]
const WIDE = new RegExp(`[${WIDE_RANGES.join('')}]`, 'u')
const INVISIBLE = /[\p{Mark}\p{Format}]/u

/** Terminal columns: Chinese characters and full-width punctuation take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += INVISIBLE.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

/** A bank's memo may carry escape sequences; a terminal must show them, not obey them. */
export function printable(text: string): string {
  return text.replace(/\p{Control}/gu, ' ')
}

export type Column = { readonly title: string; readonly align?: 'left' | 'right' }

/** Two spaces between columns, a rule under the titles, no trailing spaces; ends with a line break. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map((column) => column.title), ...rows].map((row) => row.map(printable))
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => displayWidth(row[index] ?? ''))))
  const [titles = [], ...body] = cells.map((row) =>
    columns.map((column, index) => {
      const text = row[index] ?? ''
      const space = ' '.repeat((widths[index] ?? 0) - displayWidth(text))
      return column.align === 'right' ? space + text : text + space
    }),
  )
  const lines = [titles, widths.map((width) => '-'.repeat(width)), ...body]
  return lines.map((line) => `${line.join('  ').trimEnd()}\n`).join('')
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  print(tableText(columns, rows))
}

/** One object, two-space indent: what `--json` means everywhere. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** For progress of long commands; on stderr, so that stdout stays the answer. */
export function printProgress(text: string): void {
  process.stderr.write(`${printable(text)}\n`)
}

/** `字段“--port”，第 3 行：… [serve.port]` */
export function problemText(problem: ProblemDetails): string {
  const places = [
    ...(problem.field === undefined ? [] : [`“${problem.field}”`]),
    ...(problem.row === undefined ? [] : [`第 ${problem.row} 行`]),
  ]
  const where = places.length === 0 ? '' : `${places.join('，')}：`
  return printable(`${where}${problem.message} [${problem.code}]`)
}
