/** One movement of an MT message: `:61:` for the money, `:86:` for who and why. */
import { daysBetween, parseDate, type BusinessDate } from '../calendar.ts'
import { negateFen } from '../money.ts'
import { Problem } from '../problem.ts'
import { draftOf, messageAmount } from './message.ts'
import type { DraftRow } from './rows.ts'
import type { IssueList } from './statement.ts'

type Field = { readonly line: number; readonly lines: readonly string[] }

/** `YYMMDD`; statements are of this century, save for archives from 1980 on. */
export function swiftDate(text: string, line: number): BusinessDate {
  return parseDate(`${centuryOf(text)}-${text.slice(2, 4)}-${text.slice(4, 6)}`, { row: line, field: '日期' })
}

function centuryOf(text: string): string {
  const year = text.slice(0, 2)
  return year >= '80' ? `19${year}` : `20${year}`
}

// Value date, entry date (may be blank), mark, funds code, amount, type, references.
const MOVEMENT = /^(\d{6})(\d{4}|\s{4})?(E[CD]|R?[CD])([A-Z])?(\d{1,15}(?:[.,]\d*)?)([A-Z][A-Z0-9 ]{3})?(.*)$/

/** SWIFT's codes for what a booking is, in the words the proposal rules look for. */
const KIND_WORDS: Readonly<Record<string, string>> = { INT: '利息', CHG: '手续费', COM: '手续费', TRF: '转账', RTI: '退汇' }

/** `valueOnly`: no entry date was given, the date is that of the value. */
export type Movement = { readonly row: DraftRow; readonly valueOnly: boolean }

/** Throws Problem with the line for a movement that cannot be read or is not booked yet. */
export function readMovement(field: Field, notes: readonly (readonly string[])[], warnings: IssueList): Movement {
  const { line } = field
  const [head = '', ...details] = field.lines
  const match = MOVEMENT.exec(head.trimEnd())
  if (!match) {
    throw new Problem({ code: 'message.format', message: `第 ${line} 行 :61:“${head}”看不懂，请从网银重新下载`, row: line })
  }
  const [, value = '', entry = '', mark = '', , text = '', code = '', references = ''] = match
  if (mark.startsWith('E')) {
    throw new Problem({ code: 'row.pending', message: `第 ${line} 行这一笔还没有入账（${mark}），请在银行入账后再下载`, row: line })
  }
  const amount = messageAmount(text, { row: line, field: '金额' })
  const isRed = mark.startsWith('R')
  const isIn = (mark.endsWith('C') && !isRed) || (mark.endsWith('D') && isRed)
  const supplement = details.join('').trim()
  const told = narrativeOf(notes)
  const row = draftOf(
    {
      line,
      date: entryDate(value, entry.trim(), line),
      amountFen: isIn ? amount : negateFen(amount),
      isRed,
      party: told.party,
      partyAccount: told.partyAccount,
      memo: told.memo === '' ? supplement : told.memo,
      type: told.type === '' ? (KIND_WORDS[code.slice(1)] ?? '') : told.type,
      serial: serialOf(references),
      raw: [head, ...details, ...notes.flat()],
    },
    warnings,
  )
  return { row, valueOnly: entry.trim() === '' }
}

/**
 * The day of booking. The entry date has no year: it is the day nearest to the value date, also across New Year. A
 * value date may be a banker's 30 February; then it only lends its year.
 */
function entryDate(value: string, entry: string, line: number): BusinessDate {
  if (entry === '') return swiftDate(value, line)
  const year = Number(centuryOf(value))
  const day = Math.min(Number(value.slice(4, 6)), 28)
  const near = parseDate(`${year}-${value.slice(2, 4)}-${String(day).padStart(2, '0')}`, { row: line, field: '起息日' })
  const candidates = [year - 1, year, year + 1].flatMap((each) => {
    try {
      return [parseDate(`${each}-${entry.slice(0, 2)}-${entry.slice(2, 4)}`)]
    } catch {
      return []
    }
  })
  const nearest = candidates.toSorted((a, b) => Math.abs(daysBetween(near, a)) - Math.abs(daysBetween(near, b)))[0]
  return nearest ?? parseDate(`${year}-${entry.slice(0, 2)}-${entry.slice(2, 4)}`, { row: line, field: '日期' })
}

/** The bank's own reference after `//`, else the customer's; `NONREF` is none. */
function serialOf(references: string): string {
  const [customer = '', bank = ''] = references.split('//').map((text) => text.trim())
  return [bank, customer].find((text) => text !== '' && text !== 'NONREF') ?? ''
}

type Told = { readonly party: string; readonly partyAccount: string; readonly memo: string; readonly type: string }

/** Three habits: `166?00…?20…?32…` (also with `>` or `~`), `/NAME/…/REMI/…`, and plain text. */
function narrativeOf(notes: readonly (readonly string[])[]): Told {
  const text = notes.map(joinLines).join(' ').trim()
  const structured = /^\d{3}([?>~^+#|])(?=\d\d)/.exec(text) ?? /^([?>~])(?=\d\d)/.exec(text)
  if (structured) return subfieldsOf(text.slice(structured[0].length - 1), structured[1] ?? '?')
  if (/^\/[A-Z]{2,4}\//.test(text)) return slashedOf(text)
  return { party: '', partyAccount: '', memo: text.replace(/\s+/g, ' '), type: '' }
}

/** Lines are cut at 65 characters, in mid-word; shorter ones end where the writer meant it. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line, index) => {
    const isCut = (lines[index - 1]?.length ?? 0) >= 60 || /^[?>~]\d\d/.test(line) || /[\u4e00-\u9fff]$/.test(text)
    return isCut || text === '' ? `${text}${line}` : `${text} ${line}`
  }, '')
}

function subfieldsOf(text: string, mark: string): Told {
  const found = new Map<string, string>()
  for (const piece of text.split(mark).slice(1)) {
    const code = piece.slice(0, 2)
    found.set(code, `${found.get(code) ?? ''}${piece.slice(2)}`)
  }
  const join = (codes: readonly string[]) => codes.map((code) => found.get(code) ?? '').join('').replace(/\s+/g, ' ').trim()
  return {
    party: join(['32', '33']),
    partyAccount: join(['31']),
    memo: join(['20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '60', '61', '62', '63']),
    type: join(['00']),
  }
}

const SLASHED = /\/(NAME|BENM|ORDP|IBAN|ACCT|REMI|EREF|OCMT|TRTP|BIC|CSID|MARF|ISDT|PREF|RTRN|PT|PY|ADDR|ID)\/+/

function slashedOf(text: string): Told {
  const pieces = text.split(SLASHED)
  const valueOf = (name: string) => {
    const at = pieces.findIndex((piece, index) => index % 2 === 1 && piece === name)
    return at < 0 ? '' : (pieces[at + 1] ?? '').trim()
  }
  const memo = valueOf('REMI')
  return {
    party: valueOf('NAME'),
    partyAccount: valueOf('IBAN') || valueOf('ACCT'),
    memo: (memo === '' ? text : memo).replace(/\s+/g, ' '),
    type: valueOf('TRTP'),
  }
}
