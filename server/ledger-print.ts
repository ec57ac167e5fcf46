/** Ledgers in book form as numbered PDFs and a spreadsheet, and the cover of a month's bound vouchers. */
import type { Month } from '#core/calendar.ts'
import type { AccountClass } from '#core/voucher/chart.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import { bookPages, detailRows, generalRows, type BookRow } from '#core/voucher/ledger-book.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { VOUCHER_KIND_WORD } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { bookRowHeight, PAGE_CAPACITY, type LedgerBookModel, type LedgerPage } from '#reports/ledger-book.ts'
import { ledgerWorkbook } from '#reports/ledger-workbook.ts'
import { SPREADSHEET_MEDIA_TYPE, writeWorkbook } from '#reports/workbook.ts'
import { bookOf } from '#services/voucher/book.ts'
import { complexOf } from '#services/register/complex.ts'
import {
  accountEntries,
  bankBooks,
  boundVouchers,
  generalAccounts,
  ledgerAccounts,
  requireOneYear,
  type LedgerKind,
  type LedgerScope,
} from '#services/voucher/ledger-book.ts'
import { officeName } from '#services/office.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

export type LedgerRequest = {
  readonly bookId: BookId
  readonly complexId: ComplexId | null
  readonly kind: LedgerKind
  readonly from: Month
  readonly to: Month
}

const TITLE: Readonly<Record<LedgerKind, string>> = {
  general: '总账',
  detail: '明细账',
  bankJournal: '银行存款日记账',
  imprestJournal: '备用金日记账',
}

/** More pages would keep one drawing going for a minute; the numbers run on through the files. */
const PAGES_PER_FILE = 100

type Sums = { readonly debitFen: Fen; readonly creditFen: Fen }
export type LedgerAccountBook = {
  readonly account: string
  readonly rows: readonly BookRow[]
  /** What moved in the year before the first month printed. */
  readonly before: Sums
  /** Income and expenditure count the year, the rest the month, where a page turns. */
  readonly carry: 'month' | 'year'
}

function carryOf(accountClass: AccountClass): 'month' | 'year' {
  return accountClass === 'income' || accountClass === 'expenditure' ? 'year' : 'month'
}

/** One account at a time, so that waiting requests get through between them. */
export function* ledgerBooks(ledger: Ledger, request: LedgerRequest): Generator<LedgerAccountBook> {
  const { kind, complexId, bookId, from, to } = request
  const scope: LedgerScope = { bookId, from, to, ...(complexId !== null && { complexId }) }
  if (kind === 'general') {
    for (const { code, name, class: accountClass, months, openingFen, ...before } of generalAccounts(ledger, scope)) {
      const rows = generalRows({ from, openingFen, before, months })
      yield { account: `${code} ${name}`, rows, before, carry: carryOf(accountClass) }
    }
    return
  }
  if (kind === 'bankJournal') {
    for (const { name, openingFen, debitFen, creditFen, entries } of bankBooks(ledger, scope)) {
      const before = { debitFen, creditFen }
      yield { account: name, rows: detailRows({ from, openingFen, before, entries, isJournal: true }), before, carry: 'month' }
    }
    return
  }
  const isJournal = kind === 'imprestJournal'
  for (const { account, openingFen, debitFen, creditFen } of ledgerAccounts(ledger, scope)) {
    if (isJournal && account.code !== '1201' && !account.code.startsWith('1201.')) continue
    const before = { debitFen, creditFen }
    const entries = accountEntries(ledger, scope, account.id)
    yield {
      account: `${account.code} ${account.name}`,
      rows: detailRows({ from, openingFen, before, entries, isJournal }),
      before,
      carry: carryOf(account.class),
    }
  }
}

export function ledgerPages(book: LedgerAccountBook): readonly LedgerPage[] {
  const pages = bookPages(book.rows, {
    capacity: PAGE_CAPACITY, heightOf: bookRowHeight, carry: book.carry, before: book.before,
  })
  return pages.map(({ rows }, index) => ({ account: book.account, sheet: index + 1, sheets: pages.length, rows }))
}

function spanText(from: Month, to: Month): string {
  const [first, last] = [Number(from.slice(5)), Number(to.slice(5))]
  return `${from.slice(0, 4)}年${first}月${first === last ? '' : `至${last}月`}`
}

/** Errors: `ledgerBook.span`, `ledgerBook.empty`, `print.glyph`. */
export async function printLedgerJob(context: PrintContext, request: LedgerRequest, steps: JobSteps): Promise<JobResult> {
  requireOneYear(request)
  const { ledger, clock, actor, renderPool, staging } = context
  const { kind, complexId, bookId, from, to } = request
  const book = bookOf(ledger, bookId).name
  const complex = complexId === null ? null : complexOf(ledger, complexId).name
  const books: LedgerAccountBook[] = []
  for (const account of ledgerBooks(ledger, request)) {
    await steps.breathe({ done: books.length, total: 0, label: account.account })
    books.push(account)
  }
  if (books.length === 0) {
    throw new Problem({ code: 'ledgerBook.empty', message: `${spanText(from, to)}没有可打印的${TITLE[kind]}：请改选月份或账簿` })
  }
  const pages = books.flatMap(ledgerPages)
  const span = spanText(from, to)
  const name = `${TITLE[kind]} ${book} ${complex ?? '全部小区'} ${span}`
  const documents: JobResult['documents'][number][] = []
  const files = Math.ceil(pages.length / PAGES_PER_FILE)
  for (let file = 0; file < files; file += 1) {
    await steps.breathe({ done: file, total: files + 1, label: `${TITLE[kind]} ${file + 1}/${files}` })
    const model: LedgerBookModel = {
      office: officeName(ledger) ?? '', book, complex, title: TITLE[kind], span,
      showsComplex: kind !== 'general' && complexId === null,
      pages: pages.slice(file * PAGES_PER_FILE, (file + 1) * PAGES_PER_FILE),
      firstPage: file * PAGES_PER_FILE + 1, totalPages: pages.length, printedOn: clock.today(), printedBy: actor.name,
    }
    const bytes = await renderPool.renderPdf({ kind: 'ledgerBook', model }, { signal: steps.signal })
    const fileName = files === 1 ? `${name}.pdf` : `${name} 第${file + 1}册.pdf`
    const { token } = await staging.putDocument(actor.userId, { name: fileName, mediaType: 'application/pdf', bytes })
    documents.push({ id: token, name: fileName })
  }
  const head = { title: TITLE[kind], subject: `${book}　${complex ?? '全部小区'}　${span}　单位：元`, date: clock.today() }
  const bytes = await writeWorkbook(ledgerWorkbook(head, books))
  const { token } = await staging.putDocument(actor.userId, { name: `${name}.xlsx`, mediaType: SPREADSHEET_MEDIA_TYPE, bytes })
  documents.push({ id: token, name: `${name}.xlsx` })
  return { summary: `${books.length} 个账户，共 ${pages.length} 页。`, documents, rows: [], reference: null }
}

export type CoverRequest = { readonly bookId: BookId; readonly month: Month; readonly volume: number; readonly volumes: number }

/** Errors: `bindingCover.empty`. */
export async function printCoverJob(context: PrintContext, request: CoverRequest, { signal }: JobSteps): Promise<JobResult> {
  const { ledger, clock, actor, renderPool, staging } = context
  const bound = boundVouchers(ledger, request.bookId, request.month)
  const [first] = bound
  if (first === undefined) {
    throw new Problem({ code: 'bindingCover.empty', message: `${request.month} 没有已记账的凭证，不需要封面`, field: 'month' })
  }
  const book = bookOf(ledger, request.bookId).name
  const model = {
    office: officeName(ledger) ?? '', book, month: request.month, volume: request.volume, volumes: request.volumes,
    from: bound.reduce((day, { from }) => (from < day ? from : day), first.from),
    to: bound.reduce((day, { to }) => (to > day ? to : day), first.to),
    kinds: bound.map(({ kind, ...counts }) => ({ word: VOUCHER_KIND_WORD[kind], ...counts })),
    printedOn: clock.today(),
  }
  const bytes = await renderPool.renderPdf({ kind: 'bindingCover', model }, { signal })
  const name = `凭证封面 ${book} ${request.month} 第${request.volume}册.pdf`
  const { token } = await staging.putDocument(actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { summary: '凭证封面已生成。', documents: [{ id: token, name }], rows: [], reference: null }
}
