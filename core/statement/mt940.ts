/**
 * SWIFT MT940 (customer statement) and MT942 (interim report): tagged lines, one message per statement or page. Banks
 * bend the rules (blank entry dates, funds codes, zeros in front), but never the balances: those decide.
 */
import type { BusinessDate } from '../calendar.ts'
import { fen, negateFen, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { messageAmount, type Message, type MessagePart, type Said } from './message.ts'
import { readMovement, swiftDate, type Movement } from './mt940-line.ts'
import type { DraftRow } from './rows.ts'
import type { IssueList } from './statement.ts'

type Field = { readonly tag: string; readonly line: number; readonly lines: readonly string[] }
type Group = { readonly line: number; readonly fields: readonly Field[] }

/** Anything else that looks like a tag stands inside a narrative (`…T13` / `:12:11`). */
const TAG = /^:(20|21|25P?|28C?|60[FM]|61|62[FM]|64|65|86|34F|13D?|90[CD]|NS):(.*)$/

/** Throws Problem `message.*` with the line of what is missing or cannot be read. */
export function readMt(text: string, warnings: IssueList): { format: 'mt940' | 'mt942'; message: Message } {
  const groups = groupsOf(text)
  const isInterim = groups.some(({ fields }) => fields.some(({ tag }) => tag === '34F' || tag === '13D' || tag === '13'))
  const format = isInterim ? 'mt942' : 'mt940'
  const parts = groups.map((group) => (isInterim ? interimPart(group, warnings) : statementPart(group, warnings)))
  if (!isInterim) refusePages(groups)
  if (isInterim) warnings.add('message.interim', '这是日间报告（MT942），余额以日终对账单为准，请在日终后核对')
  return { format, message: { layout: format, bank: 'SWIFT MT 报文', parts } }
}

function groupsOf(text: string): Group[] {
  const groups: { line: number; fields: { tag: string; line: number; lines: string[] }[] }[] = []
  let isOpen = false
  for (const [index, raw] of text.replace(/\r\n?/g, '\n').split('\n').entries()) {
    const line = index + 1
    const match = TAG.exec(raw.trimEnd())
    const tag = match?.[1]
    if (tag === '20') {
      groups.push({ line, fields: [] })
      isOpen = true
    }
    const fields = groups.at(-1)?.fields
    if (tag !== undefined && (!isOpen || !fields)) throw incomplete(line, `:${tag}: 之前没有 :20:（报文编号）`)
    if (/^-\}?\s*(?:\{5:.*)?$/.test(raw) && isOpen) isOpen = false
    else if (tag !== undefined && fields) fields.push({ tag, line, lines: [match?.[2] ?? ''] })
    else if (isOpen) fields?.at(-1)?.lines.push(raw)
  }
  const [first] = groups
  if (!first) throw incomplete(1, '没有 :20:（报文编号）')
  return groups
}

/** `M` balances are those between pages: a file that begins or ends with one lacks the pages around it. */
function refusePages(groups: readonly Group[]): void {
  const opening = groups[0]?.fields.find(({ tag }) => tag === '60M')
  if (opening) throw incomplete(opening.line, '从中间页（:60M:）开始，前面的页不在文件里')
  const closing = groups.at(-1)?.fields.find(({ tag }) => tag === '62M')
  if (closing) throw incomplete(closing.line, '到中间页（:62M:）为止，后面的页不在文件里')
}

function incomplete(line: number, what: string): Problem {
  return new Problem({
    code: 'message.incomplete', message: `第 ${line} 行：${what}，报文不完整，请从网银重新下载整份文件`, row: line,
  })
}

const ONCE = ['20', '25', '25P', '60F', '60M', '62F', '62M', '90C', '90D'] as const

function fieldsOf(group: Group) {
  for (const tag of ONCE) {
    const again = group.fields.filter((field) => field.tag === tag)[1]
    if (again) throw incomplete(again.line, `:${tag}: 在同一份里出现了两次`)
  }
  const last = group.fields.at(-1)?.line ?? group.line
  const one = (...tags: readonly string[]) => group.fields.find((field) => tags.includes(field.tag))
  const need = (what: string, ...tags: readonly string[]): Field => {
    const found = one(...tags)
    if (!found) throw incomplete(last, `到这里为止缺少 :${tags.join(': 或 :')}:（${what}）`)
    return found
  }
  return { one, need }
}

function statementPart(group: Group, warnings: IssueList): MessagePart {
  const { need } = fieldsOf(group)
  const account = accountOf(need('账号', '25', '25P'))
  const first = need('期初余额', '60F', '60M')
  const opening = balanceOf(first)
  const closing = balanceOf(need('期末余额', '62F', '62M'))
  // A later page repeats the closing date as its opening date.
  const from = first.tag === '60F' ? opening.date : null
  const rows = movementsOf(group, warnings).map((movement) => bookedWithin(movement, from, closing.date, warnings))
  return {
    line: group.line, rows, account, accountName: '', currencies: [opening.currency, closing.currency], from: null,
    // The opening date is often that of the closing before it, so only the end bounds the period.
    to: { text: closing.date, line: closing.currency.line },
    opening: opening.fen, closing: closing.fen, totals: {},
  }
}

/** An entry date is binding; a bare value date may lie outside, then the statement's own day is the day of booking. */
function bookedWithin(
  { row, valueOnly }: Movement,
  from: BusinessDate | null,
  to: BusinessDate,
  warnings: IssueList,
): DraftRow {
  if (row.date <= to && (from === null || row.date >= from)) return row
  if (!valueOnly) {
    throw new Problem({
      code: 'period.outside', row: row.line,
      message: `第 ${row.line} 行入账日期 ${row.date} 不在对账单的 ${from ?? '不限'} 至 ${to} 之内，请重新下载`,
    })
  }
  warnings.add('date.value', `第 ${row.line} 行没有入账日期，起息日 ${row.date} 在对账单期间之外，按对账单日期 ${to} 记`, row.line)
  return { ...row, date: to }
}

function interimPart(group: Group, warnings: IssueList): MessagePart {
  const { one, need } = fieldsOf(group)
  const floor = need('起报金额和币种', '34F')
  const match = /^([A-Z]{3})([CD]?)(\d+(?:[.,]\d*)?)$/.exec(floor.lines[0]?.trim() ?? '')
  if (!match) throw unreadable(floor, '起报金额')
  if (messageAmount(match[3] ?? '', { row: floor.line, field: '起报金额' }) !== 0) {
    warnings.add('message.floor', `第 ${floor.line} 行写明低于 ${match[3] ?? ''} 元的流水不在文件里，文件不完整`, floor.line)
  }
  const out = summaryOf(one('90D'))
  const into = summaryOf(one('90C'))
  return {
    line: group.line, rows: movementsOf(group, warnings).map(({ row }) => row),
    account: accountOf(need('账号', '25', '25P')), accountName: '',
    currencies: [{ text: match[1] ?? '', line: floor.line }, ...out.currencies, ...into.currencies],
    from: null, to: null, opening: null, closing: null,
    totals: {
      ...(out.count && { outCount: out.count, outFen: out.sum }),
      ...(into.count && { inCount: into.count, inFen: into.sum }),
    },
  }
}

type Summary = { currencies: readonly Said[]; count: Said; sum: Said } | { currencies: readonly []; count: null }

/** `:90D:5CNY1234,5`: count, currency and sum of one side. */
function summaryOf(field: Field | undefined): Summary {
  if (!field) return { currencies: [], count: null }
  const match = /^(\d{1,5})([A-Z]{3})(\d+)(?:[.,](\d*))?$/.exec(field.lines[0]?.trim() ?? '')
  if (!match) throw unreadable(field, '笔数和合计')
  const { line } = field
  return {
    currencies: [{ text: match[2] ?? '', line }],
    count: { text: match[1] ?? '', line },
    sum: { text: `${match[3] ?? ''}.${(match[4] ?? '').padEnd(2, '0')}`, line },
  }
}

function unreadable(field: Field, what: string): Problem {
  const text = field.lines[0] ?? ''
  return new Problem({
    code: 'message.format', message: `第 ${field.line} 行 :${field.tag}: 的${what}“${text}”看不懂，请从网银重新下载`, row: field.line,
  })
}

function balanceOf(field: Field): { fen: Fen; date: BusinessDate; currency: Said } {
  const match = /^([CD])(\d{6})([A-Z]{3})(\d+(?:[.,]\d*)?)$/.exec(field.lines[0]?.trim() ?? '')
  if (!match) throw unreadable(field, '余额')
  const amount = messageAmount(match[4] ?? '', { row: field.line, field: '余额' })
  return {
    fen: match[1] === 'D' ? negateFen(amount) : fen(amount),
    date: swiftDate(match[2] ?? '', field.line),
    currency: { text: match[3] ?? '', line: field.line },
  }
}

/** `BANK/ACCOUNT/CNY`, `BANK/ACCOUNTCNY` or the number alone. */
function accountOf(field: Field): Said {
  const parts = (field.lines[0] ?? '').trim().split('/').filter((part) => part !== '' && !/^[A-Z]{3}$/.test(part))
  const account = (parts.at(-1) ?? '').replace(/(?<=\d)\s*[A-Z]{3}$/, '')
  if (!/\d/.test(account)) throw unreadable(field, '账号')
  return { text: account, line: field.line }
}

function movementsOf(group: Group, warnings: IssueList): Movement[] {
  const rows: Movement[] = []
  let open: { field: Field; notes: string[][] } | null = null
  const finish = () => {
    if (open) rows.push(readMovement(open.field, open.notes, warnings))
    open = null
  }
  for (const field of group.fields) {
    if (field.tag === '86' && open !== null) open.notes.push([...field.lines])
    if (field.tag === '61') {
      finish()
      open = { field, notes: [] }
    }
    // A narrative after the closing balance is about the whole statement.
    if (field.tag.startsWith('62')) finish()
  }
  finish()
  return rows
}
