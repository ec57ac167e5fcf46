/** A small real office in a temporary folder, built through the services alone: the ground of every services test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/chart.ts'
import type { BankAccountId, BookId, ComplexId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { Role } from '#core/role.ts'
import { credit, debit, type Amounts } from '#core/voucher.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { storeAttachment } from '#services/attachment.ts'
import { accountByCode, addBankAccount, openBook } from '#services/book.ts'
import { fixedClock } from '#services/clock.ts'
import { addComplex } from '#services/complex.ts'
import type { Actor, ServiceContext } from '#services/context.ts'
import { foundOffice } from '#services/office.ts'
import { openPeriodsThrough } from '#services/period.ts'
import { postDrafts, type PostedVoucher } from '#services/posting.ts'
import { actorOf, addUser } from '#services/user.ts'
import { reviewDraft, saveDraft, type DraftFacts, type DraftLine } from '#services/voucher-draft.ts'

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

export function makeOffice(options: { today?: string; openedOn?: string; profile?: string; dir?: string } = {}): Office {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'mingzhang-office-'))
  const clock = fixedClock(`${options.today ?? '2025-10-09'}T02:00:00.000Z`)
  const ledger = openLedger(join(dir, 'office.mzdb'), { create: true, now: clock.now() })
  onTestFinished(() => {
    ledger.close()
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  })
  const headId = foundOffice(ledger, clock, {
    officeName: '示例市维修资金中心',
    administrator: { login: 'zhao', name: '赵主管', password: PASSWORD, roles: ['head', 'reviewer', 'reconciler', 'archivist'] },
  })
  const contextOf = (actor: Actor): ServiceContext => ({ ledger, clock, actor })
  const head = contextOf(actorOf(ledger, headId))
  const person = (login: string, name: string, roles: readonly Role[]): ServiceContext =>
    contextOf(actorOf(ledger, addUser(head, { login, name, password: PASSWORD, roles })))
  const preparer = person('zhang', '张制单', ['preparer'])
  const reviewer = person('li', '李审核', ['reviewer', 'reconciler'])
  const bookkeeper = person('wang', '王记账', ['bookkeeper', 'preparer'])

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
  const paper = storeAttachment(preparer, { name: '回单.pdf', bytes: Buffer.from('%PDF-1.4 receipt') }).sha256

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
