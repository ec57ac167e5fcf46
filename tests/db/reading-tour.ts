/** Looks at the sample office from every side: each reading function of the services is called at least once. */
import { parseDate, parseMonth, quarterOf, addQuarters } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { REPAIR_STEPS } from '#core/repair.ts'
import { listComplexes, complexByCode, listBuildings, listCounterparties } from '#services/complex.ts'
import { bankBalances, registerPage, trialBalance } from '#services/balance.ts'
import { addSubAccount, bookByCode, listAccounts, listBankAccounts, listBooks } from '#services/book.ts'
import { chainOf, dueWork, eventsOf, listCertificates, maturityLadder } from '#services/certificate.ts'
import { contractCard, listContracts, overdueContracts } from '#services/contract.ts'
import { prepareReversal } from '#services/correction.ts'
import { listDecisions } from '#services/decision.ts'
import { reminderDays } from '#services/deposit-reminder.ts'
import { laterNotices } from '#services/disclosure.ts'
import { noticeOverview, noticeRates, noticesDue } from '#services/disclosure-overview.ts'
import { openRequest, openRequests } from '#services/disclosure-request.ts'
import { noticeVersionNamed } from '#services/disclosure-version.ts'
import { proposeDistribution } from '#services/distribution.ts'
import { fundTransferOf, prepareTransfer, reverseTransfer } from '#services/fund-transfer.ts'
import { checkNoticeFile } from '#services/notice-check.ts'
import { listOperations } from '#services/operation-log.ts'
import { archiveYear, periodEvents } from '#services/period.ts'
import { listProfiles } from '#services/policy-file.ts'
import { quarterView } from '#services/quarter.ts'
import { quarterOverview } from '#services/quarter-overview.ts'
import { FIGURE_PARTS, figureLines } from '#services/quarter-rows.ts'
import { drawPool, listDraws } from '#services/repair-draw.ts'
import { findRepairs, listRepairs, repairBoard } from '#services/repair-list.ts'
import { repairJob } from '#services/repair-record.ts'
import { sampleDay } from '#services/sample-day.ts'
import type { Desk } from '#services/sample/desk.ts'
import { listBatches } from '#services/statement.ts'
import { accountStandings, gapsOf } from '#services/statement-coverage.ts'
import { lineHistory, listLines, matchCandidates, reopenLine } from '#services/statement-outcome.ts'
import { commandLineActor, listUsers, passwordIsRight } from '#services/user.ts'
import { findVoucher, findVouchers, listVouchers, voucherOf } from '#services/voucher.ts'
import { listDrafts, reviewDraft } from '#services/voucher-draft.ts'

type Scene = Desk & { readonly today: ReturnType<typeof parseDate> }

/** A reading that refuses has been read all the same. */
function orRefused(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** A row number of the sample; `sql` names it. */
function numberOf<Of extends string>({ ledger }: Scene, sql: string): ReturnType<typeof idOf<Of>> {
  return idOf<Of>(Number(ledger.sqlite.prepare(sql).pluck().get()))
}

function lookAtOffice({ ledger, head, today, data, books, complexes }: Scene): void {
  const [first] = complexes
  listUsers(ledger)
  commandLineActor(ledger)
  passwordIsRight(ledger, head.actor.userId, data.password)
  sampleDay(ledger)
  listOperations(ledger, { limit: 20 })
  listOperations(ledger, { limit: 20, actorId: head.actor.userId, action: 'voucher.post', subject: 'voucher', text: '记' })
  listProfiles(ledger, today)
  reminderDays(ledger, today)
  listComplexes(ledger)
  listCounterparties(ledger)
  for (const book of listBooks(ledger)) {
    bookByCode(ledger, book.code)
    listAccounts(ledger, book.id)
    periodEvents(ledger, book.id, parseMonth('2026-06'))
    orRefused(() => archiveYear(head, book.id, 2024))
  }
  listBankAccounts(ledger)
  orRefused(() => addSubAccount(head, books.publicIncome, { parentCode: '4001.01', code: '4001.01.1', name: '临停' }))
  if (first === undefined) return
  complexByCode(ledger, first.data.code)
  listBuildings(ledger, first.id)
  listDecisions(ledger, first.id)
  orRefused(() => proposeDistribution(ledger, first.id, fen(100)))
}

function lookAtBooks(scene: Scene): void {
  const { ledger, today, books, complexes: [first] } = scene
  const complex = first === undefined ? {} : { complexId: first.id }
  const bookId = books.publicIncome
  for (const scope of [{}, complex]) {
    trialBalance(ledger, { bookId, to: today, ...scope })
    const accountId = numberOf<'account'>(scene, "SELECT id FROM account WHERE code = '1001.01'")
    registerPage(ledger, { bookId, accountId, limit: 20, ...scope })
    registerPage(ledger, { bookId, accountId, limit: 20, from: parseDate('2026-01-01'), ...scope })
    listVouchers(ledger, { bookId, limit: 20, ...scope })
    listVouchers(ledger, { bookId, limit: 20, text: '费', ...scope })
  }
  bankBalances(ledger, today)
  listDrafts(ledger, bookId, 20)
  listDrafts(ledger, null, 20)
  findVoucher(ledger, bookId, '2026-08', 'general', 1)
  for (const text of ['记-1', '12.00', '停车']) {
    findVouchers(ledger, { bookId, text, from: parseDate('2026-01-01'), to: today, limit: 20 })
  }
  const reversible = numberOf<'voucher'>(scene, "SELECT max(id) FROM voucher WHERE purpose = 'ordinary' AND pair_id IS NULL")
  voucherOf(ledger, reversible)
  voucherOf(ledger, numberOf<'voucher'>(scene, 'SELECT max(id) FROM voucher WHERE pair_id IS NOT NULL'))
  const reversal = { date: today, reason: '看看' }
  reviewDraft(scene.reviewer, prepareReversal(scene.preparer, { voucherId: reversible, ...reversal }).reversal)
  const transferId = numberOf<'fundTransfer'>(scene, 'SELECT max(id) FROM fund_transfer')
  fundTransferOf(ledger, transferId)
  reverseTransfer(scene.preparer, { transferId, ...reversal })
  if (first === undefined) return
  prepareTransfer(scene.preparer, {
    complexId: first.id, amountFen: fen(1), date: today, fromBankAccountId: first.incomeBank, toBankAccountId: first.fundBank,
    decisionId: first.decisionId, summary: '看看',
  })
}

function lookAtIncome({ ledger, clock, today, books, complexes }: Scene): void {
  const quarter = addQuarters(quarterOf(today), -1)
  for (const state of ['running', 'over', 'all'] as const) {
    listContracts(ledger, { state, asOf: today, limit: 20 })
    for (const complex of complexes) listContracts(ledger, { state, asOf: today, limit: 20, text: '广告', complexId: complex.id })
  }
  for (const { id } of listContracts(ledger, { state: 'all', asOf: today, limit: 5 })) contractCard(ledger, id, today)
  overdueContracts(ledger, today)
  quarterOverview(ledger, clock, { quarter, after: '', limit: 20 })
  noticeOverview(ledger, clock, quarter, 4)
  noticeRates(ledger, clock, quarter)
  noticesDue(ledger, clock)
  openRequests(ledger, quarter)
  for (const { id, data } of complexes) {
    quarterView(ledger, clock, id, quarter)
    openRequest(ledger, id, quarter)
    laterNotices(ledger, id, addQuarters(quarter, -3))
    noticeVersionNamed(ledger, { complexCode: data.code, quarter: addQuarters(quarter, -3), version: 1 })
    const days = { from: parseDate('2026-04-01'), to: parseDate('2026-06-30') }
    const scope = { bookId: books.publicIncome, complexId: id, quarter, ...days, limit: 20 }
    for (const part of FIGURE_PARTS) for (const rowId of [null, 'account:4001.01']) figureLines(ledger, { ...scope, part, rowId })
  }
  orRefused(() => checkNoticeFile(ledger, clock, Buffer.from('%PDF-1.7 not ours')))
}

function lookAtBank(scene: Scene): void {
  const { ledger, today, head } = scene
  accountStandings(ledger, today)
  for (const { id: bankAccountId } of listBankAccounts(ledger)) {
    gapsOf(ledger, bankAccountId)
    const [batch] = listBatches(ledger, { bankAccountId, limit: 20 })
    for (const state of ['open', 'drafted', 'posted', 'matched', 'skipped'] as const) {
      const ofBatch = batch === undefined ? {} : { batchId: batch.id, text: '费' }
      for (const { id } of listLines(ledger, { bankAccountId, limit: 20, state, ...ofBatch })) {
        lineHistory(ledger, id)
      }
      for (const { id } of listLines(ledger, { bankAccountId, limit: 3, state })) {
        lineHistory(ledger, id)
        matchCandidates(ledger, id, 7, 10)
        orRefused(() => reopenLine(head, id, '看看'))
      }
    }
  }
}

function lookAtDeposits({ ledger, today }: Scene): void {
  const due = dueWork(ledger, today, [30], parseDate('2030-12-31'))
  maturityLadder(ledger, today, null)
  for (const inForceOnly of [true, false]) {
    for (const { id } of listCertificates(ledger, { inForceOnly, limit: 20 })) {
      eventsOf(ledger, id)
      chainOf(ledger, id)
    }
  }
  const [first] = due.rows
  if (first !== undefined) maturityLadder(ledger, today, first.complexId)
}

function lookAtRepairs(scene: Scene): void {
  const { ledger, today, head, complexes: [first] } = scene
  repairBoard(ledger)
  if (first !== undefined) repairBoard(ledger, first.id)
  for (const step of REPAIR_STEPS) {
    for (const { id } of listRepairs(ledger, { step, limit: 20 })) repairJob(ledger, id, today)
    if (first !== undefined) listRepairs(ledger, { step, complexId: first.id, limit: 20 })
  }
  findRepairs(ledger, { text: '屋面', limit: 20 })
  orRefused(() => drawPool(head))
  orRefused(() => drawPool(head, first?.id ?? null))
  listDraws(head, 20)
}

export function lookAtEverything(desk: Desk): void {
  const scene = { ...desk, today: parseDate(desk.data.today) }
  lookAtOffice(scene)
  lookAtBooks(scene)
  lookAtIncome(scene)
  lookAtBank(scene)
  lookAtDeposits(scene)
  lookAtRepairs(scene)
}
