/**
 * What MT940, camt and OFX have in common: a file is one or more statements of one account, each with its own balances
 * and totals. They end as the same drafts and declarations as a table's, so the same checks refuse them.
 */
import type { BusinessDate } from '../calendar.ts'
import { addFen, fen, formatYuan, parseYuan, plainYuan, ZERO_FEN, type Fen } from '../money.ts'
import { sumByDirection } from './checks.ts'
import type { Declaration, DeclaredField } from './declared.ts'
import { MAX_STATEMENT_ROWS, tooManyRows } from './limits.ts'
import type { DraftRow } from './rows.ts'
import type { IssueList } from './statement.ts'

export type Said = { readonly text: string; readonly line: number }

/** One statement of the file. Null: the bank does not say. */
export type MessagePart = {
  readonly line: number
  readonly rows: readonly DraftRow[]
  readonly account: Said
  readonly accountName: string
  readonly currencies: readonly Said[]
  readonly from: Said | null
  readonly to: Said | null
  readonly opening: Fen | null
  readonly closing: Fen | null
  readonly totals: Readonly<Partial<Record<'count' | 'inCount' | 'inFen' | 'outCount' | 'outFen', Said>>>
}

export type Message = { readonly layout: string; readonly bank: string; readonly parts: readonly MessagePart[] }

/** The rows and what is declared about them, as `checks.ts` takes them from any file. */
export type MessageBody = {
  readonly drafts: readonly DraftRow[]
  readonly declarations: readonly Declaration[]
  readonly pages: readonly {
    readonly line: number
    readonly declarations: readonly Declaration[]
    readonly rowsOf: (rows: readonly DraftRow[]) => DraftRow[]
  }[]
  /** Follows from the closing balance where the bank gives only that one. */
  readonly opening: Fen | null
}

/** Each part's own balances must close, and the next one must open where it closed. */
export function bodyOf(message: Message, errors: IssueList): MessageBody {
  const parts = oldestFirst(message.parts)
  const drafts = parts.flatMap((part) => part.rows)
  if (drafts.length > MAX_STATEMENT_ROWS) throw tooManyRows()
  for (const part of parts) checkPart(part, errors)
  for (const [index, next] of parts.entries()) {
    const previous = parts[index - 1]
    if (previous?.closing == null || next.opening === null || previous.closing === next.opening) continue
    errors.add(
      'balance.chain',
      `第 ${next.line} 行这一份的期初余额 ${formatYuan(next.opening)} 元接不上前一份的期末余额 ` +
        `${formatYuan(previous.closing)} 元，中间缺少一份，请重新下载`,
      next.line,
    )
  }
  const first = parts[0]
  const last = parts.at(-1)
  const single = parts.length === 1
  return {
    drafts,
    declarations: [
      ...parts.flatMap((part) => [
        ...said('account', part.account),
        ...part.currencies.flatMap((currency) => said('currency', currency)),
      ]),
      ...said('accountName', { text: first?.accountName ?? '', line: first?.line ?? 1 }),
      ...said('from', first?.from ?? null),
      ...said('to', last?.to ?? null),
      ...balance('opening', first?.opening ?? null, first?.line ?? 1),
      ...balance('closing', last?.closing ?? null, last?.line ?? 1),
      ...(single && first ? totalsOfPart(first, 'file') : []),
    ],
    pages: single
      ? []
      : parts.flatMap((part) => {
          const own = new Set(part.rows)
          const declarations = totalsOfPart(part, 'page')
          if (declarations.length === 0) return []
          return [{ line: part.line, declarations, rowsOf: (rows) => rows.filter((row) => own.has(row)) }]
        }),
    opening: openingFrom(parts),
  }
}

function openingFrom(parts: readonly MessagePart[]): Fen | null {
  const first = parts[0]
  if (first === undefined || first.closing === null) return first?.opening ?? null
  return first.opening ?? fen(first.closing - netOf(first))
}

function netOf(part: MessagePart): Fen {
  return part.rows.reduce((sum, row) => addFen(sum, row.amountFen), ZERO_FEN)
}

function checkPart(part: MessagePart, errors: IssueList): void {
  const { opening, closing, line } = part
  if (opening === null || closing === null) return
  const expected = addFen(opening, netOf(part))
  if (expected === closing) return
  const sums = sumByDirection(part.rows)
  errors.add(
    'balance.mismatch',
    `第 ${line} 行这一份：期初 ${formatYuan(opening)} 元加收入 ${formatYuan(sums.inFen)} 元减支出 ${formatYuan(sums.outFen)} 元` +
      `应为 ${formatYuan(expected)} 元，期末写的是 ${formatYuan(closing)} 元，文件可能不完整或被改动，请从网银重新下载`,
    line,
  )
}

/** Some banks list the newest statement first; balances tell, since the next one opens where the last one closed. */
function oldestFirst(parts: readonly MessagePart[]): readonly MessagePart[] {
  const joins = (ordered: readonly MessagePart[]) =>
    ordered.every((part, index) => index === 0 || (part.opening !== null && part.opening === ordered[index - 1]?.closing))
  const reversed = parts.toReversed()
  return joins(parts) || !joins(reversed) ? parts : reversed
}

function said(field: DeclaredField, value: Said | null, scope: 'file' | 'page' = 'file'): Declaration[] {
  return value === null || value.text === '' ? [] : [{ field, text: value.text, line: value.line, scope }]
}

function balance(field: 'opening' | 'closing', value: Fen | null, line: number): Declaration[] {
  return value === null ? [] : [{ field, text: plainYuan(value), line, scope: 'file' }]
}

function totalsOfPart({ totals }: MessagePart, scope: 'file' | 'page'): Declaration[] {
  return [
    ...said('count', totals.count ?? null, scope),
    ...said('inCount', totals.inCount ?? null, scope),
    ...said('inFen', totals.inFen ?? null, scope),
    ...said('outCount', totals.outCount ?? null, scope),
    ...said('outFen', totals.outFen ?? null, scope),
  ]
}

/** `000123,4`, `123,`, `27.50000`: one amount, its zeros past the fen dropped. Throws Problem for anything finer. */
export function messageAmount(text: string, where: { row: number; field: string }): Fen {
  const match = /^([+-]?)(\d{1,30})(?:[.,](\d{0,20}))?$/.exec(text.trim())
  if (!match) return parseYuan(text === '' ? '（空）' : text, where)
  const cents = (match[3] ?? '').replace(/0+$/, '')
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '')
  return parseYuan(`${match[1] ?? ''}${whole}${cents === '' ? '' : `.${cents}`}`, where)
}

export type MessageRow = {
  readonly line: number
  readonly date: BusinessDate
  readonly time?: string | null
  /** + money in, − money out. */
  readonly amountFen: Fen
  readonly isRed: boolean
  readonly party: string
  readonly partyAccount: string
  readonly memo: string
  readonly type: string
  readonly serial: string
  readonly raw: readonly string[]
}

/** A red entry stands in the column it takes back from, as in a table. */
export function draftOf(row: MessageRow, warnings: IssueList): DraftRow {
  const isIn = row.amountFen >= 0
  if (row.amountFen === 0) warnings.add('amount.zero', `第 ${row.line} 行金额为 0.00，请留意`, row.line)
  return {
    ...row,
    time: row.time ?? null,
    open: null,
    side: isIn !== row.isRed ? 'in' : 'out',
    balanceFen: null,
    ownAccount: '',
    ownName: '',
  }
}
