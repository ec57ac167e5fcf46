/**
 * A small ledger made with plain SQL, so that tests of the SQL stand on nothing but the SQL: two complexes, two books,
 * five people, the first quarter of 2025 open.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Problem } from '#core/problem.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { ACCOUNT, BANK, MAINTENANCE, NOW, PEOPLE, PUBLIC_INCOME } from './sample-people.ts'
import { addHousehold } from './sample-household.ts'

export * from './sample-people.ts'
export * from './sample-statement.ts'

export type Row = Readonly<Record<string, string | number | Buffer | null>>

/** Inserts one row by column name and gives its row number. */
export function insert(ledger: Ledger, table: string, row: Row): number {
  const columns = Object.keys(row)
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`
  return Number(ledger.prepare<[Row], never>(sql).run(row).lastInsertRowid)
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function countOf(ledger: Ledger, table: string): number {
  return Number(ledger.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
}

/** The code of the refusal, or `accepted`; anything that is not a Problem is thrown on. */
export function refusalOf(ledger: Ledger, work: () => unknown): string {
  try {
    ledger.write(work)
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-db-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Made once per test file, then copied: two hundred tests would otherwise wait for two hundred creations. */
const templates = new Map<(ledger: Ledger) => void, Buffer>()

function templateBytes(fill: (ledger: Ledger) => void): Buffer {
  const known = templates.get(fill)
  if (known !== undefined) return known
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-db-'))
  const path = join(directory, 'template.mzdb')
  const ledger = openLedger(path, { create: true, now: NOW })
  ledger.sqlite.pragma('synchronous = OFF')
  fill(ledger)
  ledger.close()
  const bytes = readFileSync(path)
  templates.set(fill, bytes)
  rmSync(directory, { recursive: true })
  return bytes
}

/** The file of a closed sample ledger in a directory of its own, removed when the test ends. */
export function sampleFile(fill = fillSample): string {
  const path = join(temporaryDirectory(), 'sample.mzdb')
  writeFileSync(path, templateBytes(fill))
  return path
}

/** An open sample ledger, closed and removed when the test ends. */
export function sampleLedger(fill = fillSample): Ledger {
  const ledger = openLedger(sampleFile(fill))
  onTestFinished(() => ledger.close())
  // What happens at a power cut is not these tests' subject; waiting for the disk a thousand times would be.
  ledger.sqlite.pragma('synchronous = OFF')
  return ledger
}

export function fillSample(ledger: Ledger): void {
  ledger.write(() => {
    insert(ledger, 'office', { id: 1, name: '样例维修资金管理中心', created_at: NOW })
    addPeople(ledger)
    for (const id of [1, 2]) {
      insert(ledger, 'complex', { id, code: `C${id}`, name: `样例小区${id}`, profile_code: 'sample' })
      insert(ledger, 'building', { id, complex_id: id, code: '1', name: '1幢' })
    }
    addHousehold(ledger, { room: '101', area_dm2: 8950 })
    insert(ledger, 'counterparty', {
      id: 1, kind: 'company', name: '样例工程公司', match_name: '样例工程公司', bank_name: '样例银行', bank_account: '622001',
    })
    insert(ledger, 'counterparty', { id: 2, kind: 'company', name: '样例监理公司', match_name: '样例监理公司' })
    insert(ledger, 'setting', { key: 'lock.minutes', value: '10' })
    addBooks(ledger)
    addPeriods(ledger)
  })
}

function addPeople(ledger: Ledger): void {
  const roles: Readonly<Record<keyof typeof PEOPLE, readonly string[]>> = {
    preparer: ['preparer'],
    reviewer: ['reviewer', 'head'],
    bookkeeper: ['bookkeeper', 'archivist'],
    cashier: ['cashier', 'preparer'],
    reconciler: ['reconciler'],
  }
  for (const [login, id] of Object.entries(PEOPLE)) {
    insert(ledger, 'user', { id, login, name: `${login}甲`, state: 'active', created_at: NOW })
  }
  for (const [login, held] of Object.entries(roles)) {
    for (const role of held) {
      ledger.prepare('INSERT INTO user_role SELECT id, ? FROM user WHERE login = ?').run(role, login)
    }
  }
}

function addBooks(ledger: Ledger): void {
  insert(ledger, 'book', { id: MAINTENANCE, code: 'M', name: '维修资金', fund_kind: 'maintenance', opened_on: '2025-01-01' })
  insert(ledger, 'book', { id: PUBLIC_INCOME, code: 'P', name: '公共收益', fund_kind: 'publicIncome', opened_on: '2025-01-01' })
  const account = (id: number, book: number, code: string, kind: string, flags: Row = {}) =>
    insert(ledger, 'account', {
      id, book_id: book, code, name: `科目${code}`, class: kind, parent_id: null, is_leaf: 1, is_prescribed: 0, needs_bank: 0,
      needs_pair: 0, ...flags,
    })
  account(ACCOUNT.heading, MAINTENANCE, '1001', 'asset', { is_leaf: 0, is_prescribed: 1 })
  account(ACCOUNT.demand, MAINTENANCE, '1001.01', 'asset', { parent_id: ACCOUNT.heading, needs_bank: 1 })
  account(ACCOUNT.interest, MAINTENANCE, '4101', 'income')
  account(ACCOUNT.transferIn, MAINTENANCE, '4201.01', 'income', { needs_pair: 1 })
  account(ACCOUNT.fund, MAINTENANCE, '3001', 'netAssets')
  account(ACCOUNT.closingTarget, MAINTENANCE, '3101', 'netAssets')
  account(ACCOUNT.publicDemand, PUBLIC_INCOME, '1001.01', 'asset', { needs_bank: 1 })
  account(ACCOUNT.parking, PUBLIC_INCOME, '4001.01', 'income')
  account(ACCOUNT.transferOut, PUBLIC_INCOME, '5201', 'expenditure', { needs_pair: 1 })
  account(ACCOUNT.publicFund, PUBLIC_INCOME, '3001', 'netAssets')
  const bank = (id: number, book: number, complex: number | null, number: string) =>
    insert(ledger, 'bank_account', {
      id, book_id: book, complex_id: complex, bank_name: '样例银行', number, holder_name: '样例专户', is_dedicated: 1,
      opened_on: '2025-01-01',
    })
  bank(BANK.maintenanceOfFirst, MAINTENANCE, 1, '600001')
  bank(BANK.publicIncome, PUBLIC_INCOME, null, '600002')
  bank(BANK.maintenanceOfSecond, MAINTENANCE, 2, '600003')
}

function addPeriods(ledger: Ledger): void {
  for (const book of [MAINTENANCE, PUBLIC_INCOME]) {
    for (const month of ['2025-01', '2025-02', '2025-03']) {
      insert(ledger, 'period', { book_id: book, month, state: 'open' })
      periodEvent(ledger, book, month, 'open')
    }
  }
}

export function periodEvent(ledger: Ledger, book: number, month: string, kind: string, more: Row = {}): number {
  return insert(ledger, 'period_event', { book_id: book, month, kind, actor_id: PEOPLE.bookkeeper, at: NOW, ...more })
}

export type SampleLine = { readonly account: number; readonly debit?: number; readonly credit?: number; readonly more?: Row }

export function bankLine(fen = 12_345): SampleLine {
  return { account: ACCOUNT.demand, debit: fen, more: { bank_account_id: BANK.maintenanceOfFirst } }
}

export function incomeLine(fen = 12_345, more: Row = {}): SampleLine {
  return { account: ACCOUNT.interest, credit: fen, more }
}

/** Interest received by the first complex: the voucher most tests only need to exist. */
export function interestLines(fen = 12_345): readonly SampleLine[] {
  return [bankLine(fen), incomeLine(fen)]
}

export type SampleVoucher = {
  readonly book?: number
  readonly date?: string
  readonly kind?: string
  readonly purpose?: string
  readonly lines?: readonly SampleLine[]
  /** Columns of the head that a test wants otherwise than correct. */
  readonly head?: Row
}

export function insertLines(ledger: Ledger, voucherId: number, voucher: SampleVoucher): void {
  for (const [index, line] of (voucher.lines ?? interestLines()).entries()) {
    insert(ledger, 'voucher_line', {
      voucher_id: voucherId, line_no: index + 1, book_id: voucher.book ?? MAINTENANCE, date: voucher.date ?? '2025-01-15',
      summary: '样例', account_id: line.account, complex_id: 1, debit_fen: line.debit ?? 0, credit_fen: line.credit ?? 0,
      closing: voucher.purpose === 'closing' ? 1 : 0, ...line.more,
    })
  }
}

export function nextVoucherId(ledger: Ledger): number {
  return Number(ledger.sqlite.prepare('SELECT coalesce(max(id), 0) + 1 FROM voucher').pluck().get())
}

/** Lines, then the head that seals them; correct in everything the test does not override. Gives the voucher's id. */
export function post(ledger: Ledger, voucher: SampleVoucher = {}): number {
  return ledger.write(() => {
    const id = nextVoucherId(ledger)
    insertLines(ledger, id, voucher)
    return insertHead(ledger, id, voucher)
  })
}

export function insertHead(ledger: Ledger, id: number, voucher: SampleVoucher = {}): number {
  const book = voucher.book ?? MAINTENANCE
  const date = voucher.date ?? '2025-01-15'
  const kind = voucher.kind ?? 'general'
  const one = (sql: string, ...parameters: (string | number)[]) => ledger.sqlite.prepare(sql).pluck().get(...parameters)
  const last = Number(one('SELECT coalesce(max(chain_no), 0) FROM voucher WHERE book_id = ?', book))
  const previous = last === 0 ? '' : String(one('SELECT hash FROM voucher WHERE book_id = ? AND chain_no = ?', book, last))
  const number = Number(one('SELECT coalesce(max(number), 0) + 1 FROM voucher WHERE book_id = ? AND month = ? AND kind = ?', book,
    date.slice(0, 7), kind))
  const lines = voucher.lines ?? interestLines()
  return insert(ledger, 'voucher', {
    id, book_id: book, month: date.slice(0, 7), kind, number, date, business_date: date, summary: '样例',
    amount_fen: lines.reduce((sum, line) => sum + (line.debit ?? 0), 0), purpose: voucher.purpose ?? 'ordinary',
    attachment_count: 0,
    preparer_id: PEOPLE.preparer, reviewer_id: PEOPLE.reviewer, bookkeeper_id: PEOPLE.bookkeeper, posted_at: NOW,
    chain_no: last + 1, prev_hash: previous, hash: sha256(`${previous}${id}`), ...voucher.head,
  })
}

export function addPaper(ledger: Ledger, name = '决定.pdf'): string {
  const hash = sha256(name)
  insert(ledger, 'attachment', { sha256: hash, name, media_type: 'application/pdf', size: 1, added_by: PEOPLE.preparer,
    added_at: NOW })
  return hash
}

export function addDecision(ledger: Ledger, complex = 1, number = '决1'): number {
  return insert(ledger, 'decision', {
    complex_id: complex, kind: 'committee', number, title: '转入维修资金', decided_on: '2025-01-10', sha256: addPaper(ledger, number),
    recorded_by: PEOPLE.preparer, at: NOW,
  })
}

export function addDraft(ledger: Ledger, more: Row = {}): number {
  const draft = insert(ledger, 'voucher_draft', {
    book_id: MAINTENANCE, kind: 'general', date: '2025-01-15', purpose: 'ordinary', state: 'draft', preparer_id: PEOPLE.preparer,
    updated_at: NOW, ...more,
  })
  for (const [index, line] of interestLines().entries()) {
    insert(ledger, 'voucher_draft_line', {
      draft_id: draft, line_no: index + 1, account_id: line.account, complex_id: 1, debit_fen: line.debit ?? 0,
      credit_fen: line.credit ?? 0, ...line.more,
    })
  }
  return draft
}

export function reviewDraft(ledger: Ledger, draft: number): void {
  ledger.prepare("UPDATE voucher_draft SET state = 'reviewed', reviewer_id = ? WHERE id = ?").run(PEOPLE.reviewer, draft)
}

export function addCertificate(ledger: Ledger, more: Row = {}): number {
  return insert(ledger, 'certificate', {
    book_id: MAINTENANCE, complex_id: 1, bank_account_id: BANK.maintenanceOfFirst, certificate_no: 'CD1', product: 'time',
    principal_fen: 10_000_000, rate_micro: 1_750_000, demand_rate_micro: 50_000, day_count: 'months_odd_360', term_months: 12,
    value_date: '2024-01-15', due_date: '2025-01-15', anchor_day: 15, rollover_instruction: 'none',
    person_in_charge: PEOPLE.preparer, recorded_by: PEOPLE.preparer, recorded_at: NOW, ...more,
  })
}

export function certificateEvent(ledger: Ledger, certificate: number, kind: string, more: Row = {}): number {
  return insert(ledger, 'certificate_event', {
    certificate_id: certificate, kind, date: '2025-01-15', principal_fen: 10_000_000, actor_id: PEOPLE.preparer, at: NOW, ...more,
  })
}

export function requestDisclosure(ledger: Ledger, more: Row = {}): number {
  const version = Number(more['version'] ?? 1)
  return insert(ledger, 'disclosure_request', {
    complex_id: 1, quarter: String(more['quarter'] ?? '2025Q1'), version, plan: '{}', figures_sha256: sha256('figures'),
    requested_by: PEOPLE.preparer, at: NOW, correction_reason: String(more['correction_reason'] ?? ''),
  })
}

/** The request and what is published on it. */
export function addDisclosure(ledger: Ledger, more: Row = {}): number {
  const version = String(more['version'] ?? 1)
  return insert(ledger, 'disclosure', {
    complex_id: 1, quarter: '2025Q1', version: 1, request_id: more['request_id'] ?? requestDisclosure(ledger, more),
      model: '{}', model_sha256: sha256('{}'),
    figures_sha256: sha256('figures'), code: `K${version}`, closing_fen: 0,
    pdf_sha256: addPaper(ledger, `公示${version}.pdf`), prepared_by: PEOPLE.preparer, published_by: PEOPLE.reviewer,
    published_on: '2025-04-10', at: NOW, ...more,
  })
}
