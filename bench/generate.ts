/**
 * The book everything is measured on: an office of 24 complexes and two funds, two years of days, posted voucher by voucher
 * through the product's own posting, with its triggers, chain and log. The same size gives the same book.
 */
import { join } from 'node:path'
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { AccountId, BankAccountId, BookId, ComplexId } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'
import type { Role } from '#core/role.ts'
import { credit, debit, type Amounts } from '#core/voucher/voucher.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { storeAttachment } from '#services/attachment.ts'
import { accountByCode, addBankAccount, openBook } from '#services/voucher/book.ts'
import { fixedClock } from '#services/clock.ts'
import { addComplex } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { foundOffice } from '#services/office.ts'
import { logOperation } from '#services/operation-log.ts'
import { openPeriodsThrough } from '#services/voucher/period.ts'
import { freezeSampleDay } from '#services/sample/sample-day.ts'
import { appendVoucher, type PostedLine, type VoucherToPost } from '#services/voucher/posting.ts'
import { actorOf, addUser } from '#services/people/user.ts'

export const PASSWORD = 'bench-2026-office'
export const HEAD_LOGIN = 'zhao'
const COMPLEXES = 24
const FIRST_DAY = parseDate('2024-10-01')
const DAYS = 730
export const LAST_DAY = addDays(FIRST_DAY, DAYS - 1)
/** What a bookkeeper ticks and posts in one go. */
export const VOUCHERS_PER_TRANSACTION = 100

type Fund = {
  readonly bookId: BookId
  readonly banks: readonly BankAccountId[]
  readonly accounts: ReadonlyMap<string, AccountId>
}

export type BenchOffice = {
  readonly ledger: Ledger
  readonly clock: ReturnType<typeof fixedClock>
  readonly head: ServiceContext
  readonly preparer: ServiceContext
  readonly reviewer: ServiceContext
  readonly complexes: readonly ComplexId[]
  readonly publicIncome: Fund
  readonly maintenance: Fund
  /** A stored paper; every voucher carries it. */
  readonly paper: string
}

type Pattern = readonly { readonly code: string; readonly side: (share: number) => Amounts; readonly parts: number }[]

const into = (share: number): Amounts => debit(fen(share))
const from = (share: number): Amounts => credit(fen(share))
const line = (code: string, side: (share: number) => Amounts, parts: number): Pattern[number] => ({ code, side, parts })

/** Three lines on average, as in a managing company's books; parts are multiples of the same odd amount. */
const PUBLIC_INCOME_PATTERNS: readonly Pattern[] = [
  [line('1001.01', into, 1), line('4001.01', from, 1)],
  [line('1001.01', into, 3), line('4001.02', from, 2), line('4001.04', from, 1)],
  [line('5001.01', into, 1), line('5001.02', into, 2), line('5001.04', into, 1), line('1001.01', from, 4)],
  [line('5101.02', into, 2), line('5101.03', into, 1), line('1001.01', from, 3)],
]
const MAINTENANCE_PATTERNS: readonly Pattern[] = [
  [line('1001.01', into, 1), line('4001', from, 1)],
  [line('1001.01', into, 3), line('4101', from, 1), line('4901', from, 2)],
  // Spending on 5001 comes only out of a repair's path.
  [line('5901', into, 2), line('5901', into, 1), line('5101', into, 1), line('1001.01', from, 4)],
  [line('5101', into, 2), line('5901', into, 1), line('1001.01', from, 3)],
]
const LINES_PER_VOUCHER = 3

function fundOf(
  head: ServiceContext,
  complexes: readonly ComplexId[],
  code: string,
  fundKind: 'maintenance' | 'publicIncome',
): Fund {
  const bookId = openBook(head, {
    code,
    name: fundKind === 'maintenance' ? '维修资金' : '公共收益',
    fundKind,
    openedOn: FIRST_DAY,
  })
  openPeriodsThrough(head, bookId, LAST_DAY)
  const banks = complexes.map((complexId, index) =>
    addBankAccount(head, {
      bookId,
      complexId,
      bankName: ['示例银行', '样本银行', '演示银行'][index % 3] ?? '示例银行',
      branch: '城中支行',
      number: `6200${fundKind === 'maintenance' ? 1 : 2}${String(index).padStart(7, '0')}`,
      holderName: '业主大会',
      isDedicated: true,
      openedOn: FIRST_DAY,
    }),
  )
  const patterns = fundKind === 'maintenance' ? MAINTENANCE_PATTERNS : PUBLIC_INCOME_PATTERNS
  const codes = new Set(patterns.flatMap((pattern) => pattern.map((row) => row.code)))
  return {
    bookId,
    banks,
    accounts: new Map([...codes].map((account) => [account, accountByCode(head.ledger, bookId, account).id])),
  }
}

/** An office with its books open for two years and not one voucher. */
export function foundBenchOffice(
  folder: string,
  name: string,
  { complexCount = COMPLEXES, profileCode = 'AH-TONGLING' } = {},
): BenchOffice {
  const clock = fixedClock(`${LAST_DAY}T02:00:00.000Z`)
  const ledger = openLedger(join(folder, `${name}.mzdb`), { create: true, now: clock.now() })
  const headId = foundOffice(ledger, clock, {
    officeName: '测速办公室',
    administrator: {
      login: HEAD_LOGIN,
      name: '赵主管',
      password: PASSWORD,
      roles: ['head', 'reviewer', 'bookkeeper', 'archivist'],
    },
  })
  const head = { ledger, clock, actor: actorOf(ledger, headId) }
  // The book ends on its last day, whenever it is opened.
  freezeSampleDay(head, LAST_DAY)
  const person = (login: string, who: string, roles: readonly Role[]): ServiceContext => ({
    ledger,
    clock,
    actor: actorOf(ledger, addUser(head, { login, name: who, password: PASSWORD, roles })),
  })
  const preparer = person('zhang', '张制单', ['preparer'])
  const reviewer = person('li', '李审核', ['reviewer', 'reconciler'])
  const complexes = Array.from({ length: complexCount }, (_, index) => {
    const code = `B${String(index + 1).padStart(3, '0')}`
    return addComplex(head, {
      code,
      name: `测速花园${index + 1}期`,
      pinyin: `cshy${index + 1}`,
      address: `测速路 ${index + 1} 号`,
      managerName: '测速物业有限公司',
      holderName: `测速花园${index + 1}期业主大会`,
      hotline: '0562-1234567',
      profileCode,
      hasAssembly: true,
      firstDepositFen: parseYuan('3000000.00'),
    })
  })
  const publicIncome = fundOf(head, complexes, 'G', 'publicIncome')
  const maintenance = fundOf(head, complexes, 'W', 'maintenance')
  const paper = storeAttachment(preparer, { name: '回单.pdf', bytes: Buffer.from('%PDF-1.4 receipt') }).sha256
  return { ledger, clock, head, preparer, reviewer, complexes, publicIncome, maintenance, paper }
}

/** Scatters voucher numbers over patterns and amounts: repeatable, and with no run that an index would like. */
function scatter(index: number): number {
  return (Math.imul(index + 1, 2654435761) >>> 8) % 1_000_003
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the bench office lacks what its own patterns name')
  return value
}

/** The `index`-th voucher of a book: complexes in turn, books in turn, on `date`. */
export function voucherAt(office: BenchOffice, index: number, date: BusinessDate): VoucherToPost {
  const place = index % office.complexes.length
  const isIncome = Math.floor(index / office.complexes.length) % 2 === 0
  const fund = isIncome ? office.publicIncome : office.maintenance
  const patterns = isIncome ? PUBLIC_INCOME_PATTERNS : MAINTENANCE_PATTERNS
  const pattern = must(patterns[scatter(index) % patterns.length])
  const share = 101 + (scatter(index * 7) % 500_000)
  const summary = `${date.slice(5, 7)}月业务第${index % 977}笔`
  return {
    bookId: fund.bookId,
    kind: 'general',
    date,
    businessDate: date,
    bankDate: null,
    purpose: 'ordinary',
    correctsVoucherId: null,
    reason: '',
    rule: '',
    decisionId: null,
    pairId: null,
    draftId: null,
    preparerId: office.preparer.actor.userId,
    reviewerId: office.reviewer.actor.userId,
    bookkeeperId: office.head.actor.userId,
    postedAt: office.clock.now(),
    attachments: [office.paper],
    lines: pattern.map(({ code, side, parts }): PostedLine => ({
      summary,
      accountId: must(fund.accounts.get(code)),
      complexId: must(office.complexes[place]),
      ...side(share * parts),
      buildingId: null,
      counterpartyId: null,
      bankAccountId: code === ACCOUNT.demandDeposit ? must(fund.banks[place]) : null,
      contractId: null,
      repairId: null,
      certificateId: null,
    })),
  }
}

/** Posts about `lines` voucher lines, spread evenly over the two years; `onProgress` hears the vouchers done. */
export function fillBook(
  office: BenchOffice,
  lines: number,
  onProgress: (done: number, total: number) => void = () => undefined,
): void {
  const { ledger, head } = office
  const total = Math.ceil(lines / LINES_PER_VOUCHER)
  for (let start = 0; start < total; start += VOUCHERS_PER_TRANSACTION) {
    ledger.write(() => {
      const end = Math.min(total, start + VOUCHERS_PER_TRANSACTION)
      const posted = Array.from({ length: end - start }, (_, offset) => {
        const index = start + offset
        return appendVoucher(ledger, voucherAt(office, index, addDays(FIRST_DAY, Math.floor((index * DAYS) / total))))
      })
      logOperation(
        head,
        'voucher.post',
        { kind: 'voucher', ...(posted[0] && { id: posted[0].id }) },
        { vouchers: posted },
      )
    })
    onProgress(Math.min(total, start + VOUCHERS_PER_TRANSACTION), total)
  }
}
