/** Books (账簿), their charts of accounts and their bank accounts. */
import type { BusinessDate, Month } from '#core/calendar.ts'
import { monthOf } from '#core/calendar.ts'
import { useCategory } from '#core/disclosure/annual-report.ts'
import { ACCOUNT, CHARTS, mayHaveSubLevels, parentCode, type AccountClass } from '#core/voucher/chart.ts'
import type { FundKind } from '#core/fund.ts'
import { idOf, type AccountId, type BankAccountId, type BookId, type ComplexId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { noteAtStep } from '../finding/check-step.ts'
import { logOperation } from '../operation-log.ts'

export type Book = {
  readonly id: BookId
  readonly code: string
  readonly name: string
  readonly fundKind: FundKind
  readonly openedOn: BusinessDate
}

/** First level, two of the office's own kind, one more for detail. */
const MAX_LEVELS = 4

const BOOK_COLUMNS = 'id, code, name, fund_kind AS fundKind, opened_on AS openedOn'

/** Opens a book with the chart of its fund and its first period. Throws `record.duplicate`. */
export function openBook(
  context: ServiceContext,
  book: { code: string; name: string; fundKind: FundKind; openedOn: BusinessDate },
): BookId {
  requireRole(context, 'administrator', 'head', 'bookkeeper')
  const { ledger } = context
  return ledger.write(() => {
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>('INSERT INTO book (code, name, fund_kind, opened_on) VALUES (?, ?, ?, ?)')
      .run(book.code, book.name, book.fundKind, book.openedOn)
    const bookId = idOf<'book'>(lastInsertRowid)
    installChart(ledger, bookId, book.fundKind)
    openPeriod(context, bookId, monthOf(book.openedOn))
    logOperation(context, 'book.open', { kind: 'book', id: bookId }, book)
    return bookId
  })
}

function installChart(ledger: Ledger, bookId: BookId, fundKind: FundKind): void {
  const chart = CHARTS[fundKind]
  const headings = new Set(chart.map((account) => parentCode(account.code)))
  const idByCode = new Map<string, AccountId>()
  for (const account of chart) {
    const parent = parentCode(account.code)
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO account (book_id, code, name, class, parent_id, is_leaf, is_prescribed, needs_bank, needs_pair)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(bookId, account.code, account.name, account.class, parent === null ? null : (idByCode.get(parent) ?? null),
        headings.has(account.code) ? 0 : 1, account.isPrescribed ? 1 : 0, account.needsBank ? 1 : 0,
        account.needsPair ? 1 : 0)
    idByCode.set(account.code, idOf<'account'>(lastInsertRowid))
  }
}

/** Makes a period that vouchers can be posted to; opening an open one changes nothing. */
export function openPeriod(context: ServiceContext, bookId: BookId, month: Month): void {
  const { ledger } = context
  const known = ledger
    .prepare<[number, string], unknown>('SELECT 1 FROM period WHERE book_id = ? AND month = ?')
    .get(bookId, month)
  if (known !== undefined) return
  ledger.write(() => {
    ledger.prepare<unknown[], never>("INSERT INTO period VALUES (?, ?, 'open')").run(bookId, month)
    ledger
      .prepare<unknown[], never>("INSERT INTO period_event (book_id, month, kind, actor_id, at) VALUES (?, ?, 'open', ?, ?)")
      .run(bookId, month, context.actor.userId, context.clock.now())
    logOperation(context, 'period.open', { kind: 'book', id: bookId }, { month })
  })
}

export function listBooks(ledger: Ledger): readonly Book[] {
  return ledger.prepare<[], Book>(`SELECT ${BOOK_COLUMNS} FROM book ORDER BY id`).all()
}

/** Throws `book.missing`. */
export function bookOf(ledger: Ledger, id: BookId): Book {
  const row = ledger.prepare<[number], Book>(`SELECT ${BOOK_COLUMNS} FROM book WHERE id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'book.missing', message: '没有这个账簿', field: 'book' })
  return row
}

/** Throws `book.missing`. */
export function bookByCode(ledger: Ledger, code: string): Book {
  const row = ledger.prepare<[string], Book>(`SELECT ${BOOK_COLUMNS} FROM book WHERE code = ?`).get(code)
  if (row === undefined) throw new Problem({ code: 'book.missing', message: `没有编号为“${code}”的账簿`, field: 'book' })
  return row
}

export function hasBookOfFund(ledger: Ledger, fundKind: FundKind): boolean {
  return ledger.prepare<[string], unknown>('SELECT 1 FROM book WHERE fund_kind = ?').get(fundKind) !== undefined
}

/** The office's one book of a fund; throws `book.missing`. */
export function bookOfFund(ledger: Ledger, fundKind: FundKind): Book {
  const row = ledger.prepare<[string], Book>(`SELECT ${BOOK_COLUMNS} FROM book WHERE fund_kind = ? ORDER BY id`).get(fundKind)
  if (row === undefined) throw new Problem({ code: 'book.missing', message: '还没有开设这种资金的账簿，请先在设置中开设', field: 'book' })
  return row
}

export type Account = {
  readonly id: AccountId
  readonly bookId: BookId
  readonly code: string
  readonly name: string
  readonly pinyin: string
  readonly class: AccountClass
  readonly isLeaf: 0 | 1
  readonly isPrescribed: 0 | 1
  readonly needsBank: 0 | 1
  readonly needsPair: 0 | 1
}

const ACCOUNT_COLUMNS = `id, book_id AS bookId, code, name, pinyin, class, is_leaf AS isLeaf, is_prescribed AS isPrescribed,
  needs_bank AS needsBank, needs_pair AS needsPair`

export function listAccounts(ledger: Ledger, bookId: BookId): readonly Account[] {
  return ledger.prepare<[number], Account>(`SELECT ${ACCOUNT_COLUMNS} FROM account WHERE book_id = ? ORDER BY code`).all(bookId)
}

/** Throws `account.missing`. */
export function accountByCode(ledger: Ledger, bookId: BookId, code: string): Account {
  const row = ledger
    .prepare<[number, string], Account>(`SELECT ${ACCOUNT_COLUMNS} FROM account WHERE book_id = ? AND code = ?`)
    .get(bookId, code)
  if (row === undefined) throw new Problem({ code: 'account.missing', message: `账簿里没有科目 ${code}`, field: 'account' })
  return row
}

export type SubAccount = { readonly parentCode: string; readonly code: string; readonly name: string; readonly pinyin?: string }

/** The parent of a new sub-account, once everything that forbids the sub-account is out of the way. */
function parentFor({ ledger }: ServiceContext, bookId: BookId, sub: SubAccount): Account {
  const parent = accountByCode(ledger, bookId, sub.parentCode)
  if (!sub.code.startsWith(`${sub.parentCode}.`) || !/^\d{2,4}$/.test(sub.code.slice(sub.parentCode.length + 1))) {
    const message = `下级科目编码写成 ${sub.parentCode}. 加两至四位数字，例如 ${sub.parentCode}.01`
    throw new Problem({ code: 'account.parent', message, field: 'code' })
  }
  if (sub.code.split('.').length > MAX_LEVELS) {
    throw new Problem({ code: 'account.level', message: `科目最多设 ${MAX_LEVELS} 级，请在上一级下增设`, field: 'code' })
  }
  const accounts = listAccounts(ledger, bookId)
  if (accounts.some(({ code }) => code === sub.code)) {
    throw new Problem({ code: 'account.duplicate', message: `科目编码 ${sub.code} 已经使用，请换一个编码`, field: 'code' })
  }
  if (accounts.some(({ code, name }) => parentCode(code) === sub.parentCode && name === sub.name)) {
    throw new Problem({ code: 'account.duplicate', message: `${parent.name}下已有“${sub.name}”，不必重复增设`, field: 'name' })
  }
  if (parent.isLeaf === 1 && !mayHaveSubLevels(bookOf(ledger, bookId).fundKind, parent.code)) {
    const message = `${parent.code} ${parent.name}由系统按规则自动记账，不能设下级；需要分类时请用小区、幢、对方单位等辅助核算`
    throw new Problem({ code: 'account.rule', message, field: 'parentCode' })
  }
  const used = ledger
    .prepare<[number, number], unknown>('SELECT 1 FROM voucher_line WHERE book_id = ? AND account_id = ? LIMIT 1')
    .get(bookId, parent.id)
  if (used !== undefined) {
    throw new Problem({ code: 'account.used', message: `科目 ${parent.code} 已有分录，不能再设下级`, field: 'parentCode' })
  }
  const waiting = ledger
    .prepare<[number, number], { id: number }>(
      `SELECT d.id FROM voucher_draft d JOIN voucher_draft_line l ON l.draft_id = d.id
       WHERE d.book_id = ? AND d.state IN ('draft', 'reviewed') AND l.account_id = ? LIMIT 1`,
    )
    .get(bookId, parent.id)
  if (waiting !== undefined) {
    const message = `还有未记账的凭证用到科目 ${parent.code}：请先记账或作废，再设下级`
    throw new Problem({ code: 'account.used', message, field: 'parentCode' })
  }
  return parent
}

/**
 * Adds a sub-account; the first level is the rule's or ours and stays as it is (财会〔2024〕12号 art. 20(2)). Throws
 * `account.parent`, `account.level`, `account.duplicate`, `account.rule`, `account.used`.
 */
export function addSubAccount(context: ServiceContext, bookId: BookId, sub: SubAccount): AccountId {
  requireRole(context, 'bookkeeper', 'head')
  const { ledger } = context
  return ledger.write(() => {
    const parent = parentFor(context, bookId, sub)
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO account (book_id, code, name, pinyin, class, parent_id, is_leaf, is_prescribed, needs_bank, needs_pair)
         VALUES (?, ?, ?, ?, ?, ?, 1, 0, ?, ?)`,
      )
      .run(bookId, sub.code, sub.name, sub.pinyin ?? '', parent.class, parent.id, parent.needsBank, parent.needsPair)
    ledger.prepare<unknown[], never>('UPDATE account SET is_leaf = 0 WHERE id = ?').run(parent.id)
    const id = idOf<'account'>(lastInsertRowid)
    logOperation(context, 'account.add', { kind: 'account', id }, { bookId, ...sub })
    return id
  })
}

/**
 * Where a repair's cost goes: 5001, or, where the office has divided it, the sub-account named like the kind of repair.
 * Throws `account.category`.
 */
export function repairAccount(ledger: Ledger, bookId: BookId, part: string): Account {
  const heading = accountByCode(ledger, bookId, ACCOUNT.repairExpenditure)
  if (heading.isLeaf === 1) return heading
  const wanted = useCategory(part)
  const found = listAccounts(ledger, bookId).find(({ code, name }) => parentCode(code) === heading.code && name === wanted)
  if (found !== undefined && found.isLeaf === 1) return found
  throw new Problem({
    code: 'account.category',
    message: `维修支出已设下级，但没有“${wanted}”：请在设置的会计科目中增设 ${heading.code} 的下级“${wanted}”`,
  })
}

export type BankAccountFacts = {
  readonly bookId: BookId
  readonly complexId: ComplexId | null
  readonly bankName: string
  readonly branch: string
  readonly number: string
  readonly holderName: string
  readonly isDedicated: boolean
  readonly openedOn: BusinessDate
}

export type BankAccount = Omit<BankAccountFacts, 'isDedicated'> & {
  readonly id: BankAccountId
  readonly isDedicated: 0 | 1
  readonly state: 'active' | 'left'
}

const BANK_ACCOUNT_COLUMNS = `id, book_id AS bookId, complex_id AS complexId, bank_name AS bankName, branch, number,
  holder_name AS holderName, is_dedicated AS isDedicated, opened_on AS openedOn, state`

/** Throws `bankAccount.number`, `record.duplicate` (one account number, one book: invariant 4). */
export function addBankAccount(context: ServiceContext, facts: BankAccountFacts): BankAccountId {
  requireRole(context, 'administrator', 'head', 'bookkeeper')
  if (!/^\d{6,32}$/.test(facts.number)) {
    throw new Problem({ code: 'bankAccount.number', message: '银行账号应为 6 至 32 位数字，不含空格', field: 'number' })
  }
  return context.ledger.write(() => {
    const { lastInsertRowid } = context.ledger
      .prepare<[Record<string, unknown>], never>(
        `INSERT INTO bank_account (book_id, complex_id, bank_name, branch, number, holder_name, is_dedicated, opened_on)
         VALUES (:bookId, :complexId, :bankName, :branch, :number, :holderName, :isDedicated, :openedOn)`,
      )
      .run({ ...facts, isDedicated: facts.isDedicated ? 1 : 0 })
    const id = idOf<'bankAccount'>(lastInsertRowid)
    logOperation(context, 'bankAccount.add', { kind: 'bankAccount', id }, facts)
    const today = context.clock.today()
    noteAtStep(context, 'bankAccountAdded', {
      complexId: facts.complexId, bookId: facts.bookId, from: null, to: today, subject: { kind: 'bankAccount', ids: [id] },
    })
    return id
  })
}

export function listBankAccounts(ledger: Ledger): readonly BankAccount[] {
  return ledger.prepare<[], BankAccount>(`SELECT ${BANK_ACCOUNT_COLUMNS} FROM bank_account ORDER BY book_id, id`).all()
}

/** Throws `bankAccount.missing`. */
export function bankAccountOf(ledger: Ledger, id: BankAccountId): BankAccount {
  const row = ledger.prepare<[number], BankAccount>(`SELECT ${BANK_ACCOUNT_COLUMNS} FROM bank_account WHERE id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'bankAccount.missing', message: '没有这个银行账户', field: 'account' })
  return row
}

/** Throws `bankAccount.missing`. */
export function bankAccountByNumber(ledger: Ledger, number: string): BankAccount {
  const row = ledger
    .prepare<[string], BankAccount>(`SELECT ${BANK_ACCOUNT_COLUMNS} FROM bank_account WHERE number = ?`)
    .get(number)
  if (row === undefined) {
    throw new Problem({ code: 'bankAccount.missing', message: `没有登记账号 ${number}：请先在设置中登记银行账户`, field: 'account' })
  }
  return row
}
