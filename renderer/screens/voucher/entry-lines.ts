/** The lines being typed: what is on each, what is still missing, and how the next one begins. Pure. */
import type { AccountId, BankAccountId, ComplexId } from '#core/id.ts'
import { addFen, fen, negateFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { voucherProblems } from '#core/voucher/voucher.ts'
import type { ProblemDetails } from '#core/problem.ts'
import type { Accounts, Answers, BankAccounts, Questions } from '../../records.ts'

type LineFacts = Questions['voucher']['save']['lines'][number]
type StoredLine = Answers['voucher']['draft']['draft']['lines'][number]

/** What the form does not show and must not lose: where a line came from. */
type Origin = Pick<StoredLine, 'buildingId' | 'counterpartyId' | 'contractId' | 'repairId' | 'certificateId'>

export type EntryLine = {
  /** Stable while lines come and go. */
  readonly key: number
  readonly summary: string
  readonly accountId: AccountId | null
  readonly complexId: ComplexId | null
  readonly bankAccountId: BankAccountId | null
  /** Null: nothing typed on that side. */
  readonly debitFen: Fen | null
  readonly creditFen: Fen | null
  readonly origin: Origin
}

export const NO_ORIGIN: Origin = { buildingId: null, counterpartyId: null, contractId: null, repairId: null, certificateId: null }

export function emptyLine(key: number, complexId: ComplexId | null): EntryLine {
  return { key, summary: '', accountId: null, complexId, bankAccountId: null, debitFen: null, creditFen: null, origin: NO_ORIGIN }
}

export function isUntouched(line: EntryLine): boolean {
  return line.summary.trim() === '' && line.accountId === null && line.debitFen === null && line.creditFen === null
}

/** Empty lines at the end are the form's own, not the voucher's; one in the middle is a gap to be named. */
export function writtenLines(lines: readonly EntryLine[]): readonly EntryLine[] {
  const last = lines.findLastIndex((line) => !isUntouched(line))
  return lines.slice(0, last + 1)
}

/** Lowest accounts, found by their headings too: `yhck` (银行存款) leads to 1001.01 活期存款. */
export function accountChoices(accounts: Accounts): readonly (Pick<Accounts[number], 'id' | 'code' | 'name' | 'pinyin'> & {
  readonly label: string
})[] {
  const names = new Map(accounts.map(({ code, name }) => [code, name]))
  return accounts
    .filter(({ isLeaf }) => isLeaf === 1)
    .map(({ id, code, name, pinyin }) => {
      const parts = code.split('.')
      const headings = parts.slice(0, -1).map((_, index) => names.get(parts.slice(0, index + 1).join('.')) ?? '')
      return { id, code, pinyin, name: [name, ...headings].join(' '), label: `${code} ${name}` }
    })
}

export type EntryTotals = { readonly debitFen: Fen; readonly creditFen: Fen; readonly differenceFen: Fen }

export function totalsOf(lines: readonly EntryLine[]): EntryTotals {
  const debitFen = addFen(...lines.map((line) => line.debitFen ?? ZERO_FEN))
  const creditFen = addFen(...lines.map((line) => line.creditFen ?? ZERO_FEN))
  return { debitFen, creditFen, differenceFen: subtractFen(debitFen, creditFen) }
}

/** The line after the last: same summary and complex, and the amount that balances what is there so far. */
export function nextLine(lines: readonly EntryLine[], key: number): EntryLine {
  const last = lines.at(-1)
  const { differenceFen } = totalsOf(lines)
  return {
    ...emptyLine(key, last?.complexId ?? null),
    summary: last?.summary ?? '',
    debitFen: differenceFen < 0 ? negateFen(differenceFen) : null,
    creditFen: differenceFen > 0 ? differenceFen : null,
  }
}

/** `line`, the row of `lines`, with what balances the voucher on that side; where the others balance already, with nothing. */
export function withBalance(
  lines: readonly EntryLine[],
  row: number,
  line: EntryLine,
  side: 'debitFen' | 'creditFen',
): EntryLine {
  const { differenceFen } = totalsOf(lines.filter((_, index) => index !== row))
  const bare = { ...line, debitFen: null, creditFen: null }
  return withAmount(bare, side, side === 'debitFen' ? negateFen(differenceFen) : differenceFen)
}

/** An amount on one side takes away the other. */
export function withAmount(line: EntryLine, side: 'debitFen' | 'creditFen', amount: Fen | null): EntryLine {
  if (amount === null || amount === ZERO_FEN) return { ...line, [side]: null }
  return { ...line, debitFen: null, creditFen: null, [side]: amount }
}

/** The one bank account a line of this book and complex can mean; none when there are several. */
export function onlyBankAccount(bankAccounts: BankAccounts, bookId: number, complexId: ComplexId | null): BankAccountId | null {
  const own = bankAccounts.filter((account) => account.bookId === bookId && account.complexId === complexId && complexId !== null)
  const shared = bankAccounts.filter((account) => account.bookId === bookId && account.complexId === null)
  const candidates = own.length > 0 ? own : shared
  return candidates.length === 1 ? (candidates[0]?.id ?? null) : null
}

/** Keeps the bank account in step with the account and the complex: there when needed, gone when not. */
export function withBankAccount(line: EntryLine, accounts: Accounts, bankAccounts: BankAccounts, bookId: number): EntryLine {
  const account = accounts.find(({ id }) => id === line.accountId)
  if (account === undefined || account.needsBank === 0) return { ...line, bankAccountId: null }
  const chosen = bankAccounts.find(({ id }) => id === line.bankAccountId)
  const fits = chosen !== undefined && (chosen.complexId === null || chosen.complexId === line.complexId)
  return { ...line, bankAccountId: fits ? chosen.id : onlyBankAccount(bankAccounts, bookId, line.complexId) }
}

/** Everything wrong with what is typed so far, by row and field; the server looks again with all it knows. */
export function entryProblems(lines: readonly EntryLine[], accounts: Accounts): readonly ProblemDetails[] {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  return voucherProblems(
    lines.map((line) => {
      const account = line.accountId === null ? undefined : byId.get(line.accountId)
      return {
        ...line,
        debitFen: line.debitFen ?? ZERO_FEN,
        creditFen: line.creditFen ?? ZERO_FEN,
        account: account === undefined
          ? null
          : { isLeaf: account.isLeaf === 1, needsBank: account.needsBank === 1, needsPair: account.needsPair === 1 },
      }
    }),
  )
}

export function factsOfLine({ origin, key: _key, debitFen, creditFen, ...line }: EntryLine): LineFacts {
  return { ...line, ...origin, debitFen: debitFen ?? 0, creditFen: creditFen ?? 0 }
}

export function entryLineOf(line: StoredLine, key: number): EntryLine {
  const { buildingId, counterpartyId, contractId, repairId, certificateId } = line
  return {
    key,
    summary: line.summary,
    accountId: line.accountId,
    complexId: line.complexId,
    bankAccountId: line.bankAccountId,
    debitFen: line.debitFen === 0 ? null : fen(line.debitFen),
    creditFen: line.creditFen === 0 ? null : fen(line.creditFen),
    origin: { buildingId, counterpartyId, contractId, repairId, certificateId },
  }
}
