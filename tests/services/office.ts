/** A small real office in a temporary folder, built through the services alone: the ground of every services test. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BankAccountId, BookId, ComplexId, UserId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { Role } from '#core/role.ts'
import { credit, debit, type Amounts } from '#core/voucher/voucher.ts'
import { filesDirOf, openLedger, type Ledger } from '#db/ledger.ts'
import { storeAttachment } from '#services/attachment.ts'
import { accountByCode, addBankAccount, openBook } from '#services/voucher/book.ts'
import { fixedClock } from '#services/clock.ts'
import { addComplex } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { foundOffice } from '#services/office.ts'
import { openPeriodsThrough } from '#services/voucher/period.ts'
import { postDrafts, type PostedVoucher } from '#services/voucher/posting.ts'
import { actorOf, addUser } from '#services/people/user.ts'
import { reviewDraft, saveDraft, type DraftFacts, type DraftLine } from '#services/voucher/voucher-draft.ts'

export const PASSWORD = '明账-测试-2025'

export type Office = {
  readonly ledger: Ledger
  readonly clock: ReturnType<typeof fixedClock>
  /** 张制单 prepares, 李审核 reviews and publishes, 王记账 keeps the book, 赵主管 heads and administers. */
  readonly preparer: ServiceContext
  readonly reviewer: ServiceContext
  readonly bookkeeper: ServiceContext
  readonly head: ServiceContext
  readonly maintenance: BookId
  readonly publicIncome: BookId
  readonly complexId: ComplexId
  readonly maintenanceBank: BankAccountId
  readonly publicIncomeBank: BankAccountId
  /** A stored paper for vouchers that need one. */
  readonly paper: string
  line(bookId: BookId, code: string, amounts: Amounts, more?: Partial<DraftLine>): DraftLine
  /** Prepares, reviews and posts in one go. */
  post(facts: Omit<DraftFacts, 'kind' | 'attachments'> & Partial<DraftFacts>): PostedVoucher
  /** `Dr 1001.01 / Cr code`, e.g. income received into the book's bank account. */
  receive(bookId: BookId, code: string, yuan: string, date: string): PostedVoucher
}

type OfficeOptions = { today?: string; openedOn?: string; profile?: string; dir?: string }

/** What founding leaves to be found again in a copy of the ledger. */
type Founded = Pick<Office, 'maintenance' | 'publicIncome' | 'complexId' | 'maintenanceBank' | 'publicIncomeBank' | 'paper'> & {
  readonly users: Readonly<Record<'head' | 'preparer' | 'reviewer' | 'bookkeeper', UserId>>
}

function found(path: string, options: OfficeOptions): Founded {
  const clock = fixedClock(`${options.today ?? '2025-10-09'}T02:00:00.000Z`)
  const ledger = openLedger(path, { create: true, now: clock.now() })
  const contextOf = (userId: UserId): ServiceContext => ({ ledger, clock, actor: actorOf(ledger, userId) })
  const headId = foundOffice(ledger, clock, {
    officeName: '示例市维修资金中心',
    administrator: { login: 'zhao', name: '赵主管', password: PASSWORD, roles: ['head', 'reviewer', 'reconciler', 'archivist'] },
  })
  const head = contextOf(headId)
  const person = (login: string, name: string, roles: readonly Role[]): UserId =>
    addUser(head, { login, name, password: PASSWORD, roles })
  const users = {
    head: headId,
    preparer: person('zhang', '张制单', ['preparer']),
    reviewer: person('li', '李审核', ['reviewer', 'reconciler']),
    bookkeeper: person('wang', '王记账', ['bookkeeper', 'preparer']),
  }
  const openedOn: BusinessDate = parseDate(options.openedOn ?? '2025-01-01')
  const complexId = addComplex(head, {
    code: 'A01', name: '示例花园', pinyin: 'slhy', address: '示例路 1 号', managerName: '示例物业有限公司',
    holderName: '示例花园业主委员会', hotline: '0562-1234567', profileCode: options.profile ?? 'AH-TONGLING', hasAssembly: true,
    firstDepositFen: parseYuan('3000000.00'),
  })
  const maintenance = openBook(head, { code: 'W', name: '住宅专项维修资金', fundKind: 'maintenance', openedOn })
  const publicIncome = openBook(head, { code: 'G', name: '公共收益', fundKind: 'publicIncome', openedOn })
  for (const bookId of [maintenance, publicIncome]) openPeriodsThrough(head, bookId, clock.today())
  const bank = (bookId: BookId, number: string): BankAccountId =>
    addBankAccount(head, {
      bookId, complexId, bankName: '示例银行', branch: '城中支行', number, holderName: '示例花园业主大会', isDedicated: true, openedOn,
    })
  const maintenanceBank = bank(maintenance, '600000000011')
  const publicIncomeBank = bank(publicIncome, '600000000001')
  const receipt = { name: '回单.pdf', bytes: Buffer.from('%PDF-1.4 receipt') }
  const paper = storeAttachment(contextOf(users.preparer), receipt).sha256
  ledger.close()
  return { users, complexId, maintenance, publicIncome, maintenanceBank, publicIncomeBank, paper }
}

/** One founding per kind of office and worker, copied for every test: founding spends its time on four passwords. */
const templates = new Map<string, { readonly path: string; readonly founded: Founded }>()

function template(options: OfficeOptions): { readonly path: string; readonly founded: Founded } {
  const { today, openedOn, profile } = options
  const key = JSON.stringify({ today, openedOn, profile })
  const known = templates.get(key)
  if (known !== undefined) return known
  const path = join(mkdtempSync(join(tmpdir(), 'mingzhang-template-')), 'office.mzdb')
  const made = { path, founded: found(path, options) }
  templates.set(key, made)
  return made
}

// Not at the end of a test file: the next file of the same worker starts from the same templates.
process.once('exit', () => {
  for (const { path } of templates.values()) rmSync(dirname(path), { recursive: true, force: true })
})

export function makeOffice(options: OfficeOptions = {}): Office {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'mingzhang-office-'))
  const path = join(dir, 'office.mzdb')
  const { path: source, founded } = template(options)
  cpSync(source, path)
  cpSync(filesDirOf(source), filesDirOf(path), { recursive: true })
  const clock = fixedClock(`${options.today ?? '2025-10-09'}T02:00:00.000Z`)
  const ledger = openLedger(path, { now: clock.now() })
  onTestFinished(() => {
    ledger.close()
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  })
  const { users, complexId, maintenance, publicIncome, maintenanceBank, publicIncomeBank, paper } = founded
  const contextOf = (userId: UserId): ServiceContext => ({ ledger, clock, actor: actorOf(ledger, userId) })
  const head = contextOf(users.head)
  const preparer = contextOf(users.preparer)
  const reviewer = contextOf(users.reviewer)
  const bookkeeper = contextOf(users.bookkeeper)

  const line: Office['line'] = (bookId, code, amounts, more = {}) => ({
    summary: '测试业务',
    accountId: accountByCode(ledger, bookId, code).id,
    complexId,
    ...amounts,
    ...(accountByCode(ledger, bookId, code).needsBank === 1 && {
      bankAccountId: bookId === maintenance ? maintenanceBank : publicIncomeBank,
    }),
    ...more,
  })
  const post: Office['post'] = (facts) => {
    const id = saveDraft(preparer, { kind: 'general', attachments: [paper], ...facts })
    reviewDraft(reviewer, id)
    const [posted] = postDrafts(bookkeeper, [id])
    if (posted === undefined) throw new Error('nothing was posted')
    return posted
  }
  return {
    ledger, clock, preparer, reviewer, bookkeeper, head, maintenance, publicIncome, complexId, maintenanceBank,
    publicIncomeBank, paper, line, post,
    receive: (bookId, code, yuan, date) =>
      post({
        bookId,
        date: parseDate(date),
        lines: [
          line(bookId, ACCOUNT.demandDeposit, debit(parseYuan(yuan))),
          line(bookId, code, credit(parseYuan(yuan))),
        ],
      }),
  }
}
