/**
 * An office's deposit sheet before it is written: every line resolved to complex, account and person, checked as if it were
 * placed by hand, with everything wrong named line by line; and what the books hold beside it.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { isNoticeProduct } from '#core/deposit/certificate-life.ts'
import { readDepositSheet, type ImportAnswers, type ImportLine, type ImportSheet } from '#core/deposit/deposit-import.ts'
import type { BookId, ComplexId, UserId } from '#core/id.ts'
import { fen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookOf, listBankAccounts, type BankAccount, type Book } from '../voucher/book.ts'
import { checkCertificate, type PlacingFacts } from './certificate-record.ts'
import { CERTIFICATE } from './certificate.ts'
import { listComplexes, type Complex } from '../register/complex.ts'
import { policyFor } from '../policy/policy.ts'
import { listUsers } from '../people/user.ts'

/** `voucher`: the sheet is the opening, a draft brings the money in; `held`: the opening balance holds it already. */
export type ImportMode = 'voucher' | 'held'

export type ImportRequest = {
  readonly bookId: BookId
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
  readonly mode: ImportMode
  /** Date of the opening voucher; money placed after it is no opening. */
  readonly date: BusinessDate
  readonly answers: ImportAnswers
  /** Where neither sheet nor profile gives one. */
  readonly demandRateMicro: RateMicro | null
  /** In charge where the sheet names nobody. */
  readonly personInCharge: UserId
}

export type ImportFacts = Omit<PlacingFacts, 'attachments'>

export type PreviewedLine = ImportLine & {
  readonly complexName: string
  readonly accountNumber: string
  /** As it would be written; null while anything is wrong. */
  readonly facts: ImportFacts | null
}

/** Per complex: certificates against the account they stand on, before and after. */
export type TieOut = {
  readonly complexId: ComplexId
  readonly complexName: string
  readonly bookedFen: Fen
  readonly inForceFen: Fen
  readonly importedFen: Fen
  /** After the import is booked: certificates − account; 0 ties out. */
  readonly differenceFen: Fen
}

export type ImportPreview = {
  readonly request: ImportRequest
  readonly book: Book
  readonly sheet: Omit<ImportSheet, 'lines'>
  readonly lines: readonly PreviewedLine[]
  readonly principalFen: Fen
  readonly tieOut: readonly TieOut[]
  /** Everything that stands in the way, the file's own first. */
  readonly problems: readonly ProblemDetails[]
}

type Desk = {
  readonly ledger: Ledger
  readonly request: ImportRequest
  readonly complexes: readonly Complex[]
  readonly accounts: readonly BankAccount[]
  readonly people: ReadonlyMap<string, UserId>
  readonly demandRate: (complex: Complex) => RateMicro | null
}

function deskOf(ledger: Ledger, request: ImportRequest): Desk {
  const rates = new Map<string, RateMicro | null>()
  return {
    ledger,
    request,
    complexes: listComplexes(ledger),
    accounts: listBankAccounts(ledger).filter(({ bookId, state }) => bookId === request.bookId && state === 'active'),
    people: new Map(listUsers(ledger).filter(({ state }) => state === 'active').map(({ id, name }) => [name, id])),
    demandRate({ profileCode }) {
      const known = rates.get(profileCode)
      if (known !== undefined) return known
      const rate = policyFor(ledger, profileCode, request.date).value('deposit.demandRate')
      rates.set(profileCode, rate)
      return rate
    },
  }
}

function refused(code: string, message: string, field: string): Problem {
  return new Problem({ code, message, field })
}

function namedComplex({ complexes }: Desk, text: string): Complex | null {
  if (text === '') return null
  const found = complexes.filter(({ code, name }) => code === text || name === text)
  if (found.length === 1) return found[0] ?? null
  throw refused('import.complex', `没有登记小区“${text}”：请核对名称，或先在“小区”里登记`, 'complex')
}

function isBankOf(account: BankAccount, text: string): boolean {
  return text !== '' && (text.includes(account.bankName) || account.bankName.includes(text))
}

/** Throws `import.complex`, `import.account`. */
function ownerOf(desk: Desk, line: ImportLine): { readonly complex: Complex; readonly account: BankAccount } {
  const named = namedComplex(desk, line.complex)
  const byNumber = line.settlementAccount === ''
    ? null
    : (desk.accounts.find(({ number }) => number === line.settlementAccount) ?? undefined)
  if (byNumber === undefined) {
    throw refused('import.account', `本账簿没有登记结算账号 ${line.settlementAccount}：请核对，或先登记银行账户`, 'settlementAccount')
  }
  const complex = named ?? desk.complexes.find(({ id }) => id === byNumber?.complexId)
  if (complex === undefined) throw refused('import.complex', '看不出是哪个小区：请填写小区，或填写小区专户的结算账号', 'complex')
  if (byNumber !== null) return { complex, account: byNumber }
  const candidates = desk.accounts.filter(({ complexId }) => complexId === complex.id || complexId === null)
  const ofBank = candidates.filter((account) => isBankOf(account, line.bank))
  const [account, other] = ofBank.length > 0 ? ofBank : candidates
  if (account === undefined) throw refused('import.account', `“${complex.name}”在本账簿没有银行账户：请先登记`, 'settlementAccount')
  if (other !== undefined) {
    throw refused('import.account', `“${complex.name}”在本账簿有多个银行账户：请加“结算账号”列`, 'settlementAccount')
  }
  return { complex, account }
}

/** Throws what keeps the line from being placed by hand. */
function factsOf(desk: Desk, line: ImportLine): ImportFacts | null {
  const { complex, account } = ownerOf(desk, line)
  const { request } = desk
  const personInCharge = line.person === '' ? request.personInCharge : desk.people.get(line.person)
  if (personInCharge === undefined) throw refused('import.person', `没有叫“${line.person}”的在岗人员：请核对经办人`, 'person')
  const { principalFen, rateMicro, valueDate, term } = line
  // What depends on a cell that could not be read would only be a second complaint about it.
  if (line.problems.length > 0) return null
  if (principalFen === null || rateMicro === null || valueDate === null || term === null) return null
  const demandRateMicro = line.demandRateMicro ?? desk.demandRate(complex) ?? request.demandRateMicro
  if (demandRateMicro === null) {
    throw refused('import.demandRate', '不知道活期利率：请在表里加“活期利率”列，或在政策口径里填写“活期利率”', 'demandRate')
  }
  if (request.mode === 'voucher' && valueDate > request.date) {
    throw refused('import.later', `起息日晚于期初日期 ${request.date}：期初之后存入的请用“存入”登记`, 'valueDate')
  }
  const facts: ImportFacts = {
    certificateNo: line.certificateNo, product: line.product, rateMicro, demandRateMicro,
    dayCount: isNoticeProduct(line.product) ? 'actual_360' : 'months_odd_360', term, valueDate,
    ...(line.isOtherDueDate && line.dueDate !== null && { dueDate: line.dueDate, dueDateReason: '原台账所记到期日' }),
    rolloverInstruction: line.instruction, personInCharge, complexId: complex.id, bankAccountId: account.id, principalFen,
    ...(line.bank !== '' && !isBankOf(account, line.bank) && { bankName: line.bank }),
  }
  checkCertificate(desk.ledger, facts, null)
  return facts
}

function previewed(desk: Desk, line: ImportLine): PreviewedLine {
  try {
    const facts = factsOf(desk, line)
    const owner = facts === null ? ownerOf(desk, line) : null
    return {
      ...line,
      complexName: desk.complexes.find(({ id }) => id === (facts?.complexId ?? owner?.complex.id))?.name ?? '',
      accountNumber: desk.accounts.find(({ id }) => id === (facts?.bankAccountId ?? owner?.account.id))?.number ?? '',
      facts,
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, message, field } = error
    const problem = { code, message, row: line.line, ...(field !== undefined && { field }) }
    const { complex: complexName, settlementAccount: accountNumber } = line
    return { ...line, problems: [...line.problems, problem], complexName, accountNumber, facts: null }
  }
}

const BOOKED = `SELECT l.complex_id AS complexId, sum(l.debit_fen - l.credit_fen) AS fen
  FROM account a CROSS JOIN voucher_line l INDEXED BY voucher_line_by_account ON l.book_id = a.book_id AND l.account_id = a.id
  WHERE a.book_id = ? AND (a.code LIKE '1001.02%' OR a.code LIKE '1101%') GROUP BY l.complex_id`

const IN_FORCE = `SELECT c.complexId, sum(c.principalFen) AS fen FROM (${CERTIFICATE}) c
  WHERE c.bookId = ? AND c.status = 'inForce' GROUP BY c.complexId`

type Sum = { readonly complexId: ComplexId; readonly fen: Fen }

function tieOutOf(desk: Desk, lines: readonly PreviewedLine[]): readonly TieOut[] {
  const { ledger, request } = desk
  const byComplex = (rows: readonly Sum[]) => new Map(rows.map((row) => [row.complexId, row.fen]))
  const booked = byComplex(ledger.prepare<[number], Sum>(BOOKED).all(request.bookId))
  const inForce = byComplex(ledger.prepare<[number], Sum>(IN_FORCE).all(request.bookId))
  const imported = new Map<ComplexId, number>()
  for (const { facts } of lines) {
    if (facts !== null) imported.set(facts.complexId, (imported.get(facts.complexId) ?? 0) + facts.principalFen)
  }
  return desk.complexes.flatMap(({ id, name }): TieOut[] => {
    const importedFen = fen(imported.get(id) ?? 0)
    if (importedFen === 0) return []
    const bookedFen = booked.get(id) ?? ZERO_FEN
    const inForceFen = inForce.get(id) ?? ZERO_FEN
    const accountAfter = request.mode === 'voucher' ? bookedFen + importedFen : bookedFen
    const differenceFen = fen(inForceFen + importedFen - accountAfter)
    return [{ complexId: id, complexName: name, bookedFen, inForceFen, importedFen, differenceFen }]
  })
}

/** More certificates than the account holds is an error; fewer may be a first of several sheets, and is shown. */
function tieOutProblems(tieOut: readonly TieOut[], mode: ImportMode): readonly ProblemDetails[] {
  if (mode === 'voucher') return []
  return tieOut.filter(({ differenceFen }) => differenceFen > 0).map(({ complexName }) => ({
    code: 'import.tieOut', field: 'principal',
    message: `“${complexName}”的存单合计超过定期存款科目余额：期初余额里没有这些存单的，请改选“同时编制期初凭证”`,
  }))
}

/** Throws what `readDepositSheet` throws, `book.missing`: nothing could be read. Anything else is in `problems`. */
export function previewDepositImport(ledger: Ledger, request: ImportRequest): ImportPreview {
  const book = bookOf(ledger, request.bookId)
  const { lines: read, ...sheet } = readDepositSheet(request.file.bytes, request.answers)
  const desk = deskOf(ledger, request)
  const lines = read.map((line) => previewed(desk, line))
  const tieOut = tieOutOf(desk, lines)
  return {
    request, book, sheet, lines, tieOut,
    principalFen: fen(lines.reduce((sum, { principalFen }) => sum + (principalFen ?? 0), 0)),
    problems: [...sheet.problems, ...tieOutProblems(tieOut, request.mode), ...lines.flatMap(({ problems }) => problems)],
  }
}
