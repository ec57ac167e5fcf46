/** Looks at the sample office from every side: each reading function of the services is called at least once. */
import { parseDate, parseMonth, quarterOf, addQuarters } from '#core/calendar.ts'
import { idOf, type BankAccountId, type DraftId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { suggestMapping } from '#core/statement/mapping.ts'
import { annualReport } from '#services/disclosure/annual-report.ts'
import { closingPreview, prepareClosingVouchers } from '#services/voucher/closing.ts'
import { listComplexes, complexByCode, listBuildings, listCounterparties } from '#services/register/complex.ts'
import { inventoryOf } from '#services/deposit/certificate-inventory.ts'
import { bankBalances, registerPage, trialBalance } from '#services/voucher/balance.ts'
import { addSubAccount, bookByCode, listAccounts, listBankAccounts, listBooks } from '#services/voucher/book.ts'
import { accountTermsOf, expectedAccountInterest } from '#services/deposit/account-interest.ts'
import { accountSettlements, undoAccountInterest } from '#services/deposit/account-settlement.ts'
import { bankHabit, certificateByNumber, listCertificates, moneySources } from '#services/deposit/certificate.ts'
import { bankLinesOf, certificatesOfLine } from '#services/deposit/certificate-bank-line.ts'
import { chainOf, eventsOf, eventsOfDraft } from '#services/deposit/certificate-chain.ts'
import { contractCard, listContracts, overdueContracts } from '#services/income/contract.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { listDecisions } from '#services/decision.ts'
import { mergeableWith } from '#services/deposit/deposit-rollover.ts'
import { reminderDays } from '#services/deposit/deposit-reminder.ts'
import { isStillBooked } from '#services/deposit/deposit-undo.ts'
import { laterNotices } from '#services/disclosure/disclosure.ts'
import { noticeOverview, noticeRates, noticesDue } from '#services/disclosure/disclosure-overview.ts'
import { openRequest, openRequests } from '#services/disclosure/disclosure-request.ts'
import { noticeVersionNamed } from '#services/disclosure/disclosure-version.ts'
import { proposeDistribution } from '#services/income/distribution.ts'
import { fundTransferOf, prepareTransfer, reverseTransfer } from '#services/voucher/fund-transfer.ts'
import { accountEntries, bankBooks, boundVouchers, generalAccounts, ledgerAccounts } from '#services/voucher/ledger-book.ts'
import { movementStatement } from '#services/voucher/movement.ts'
import { checkNoticeFile } from '#services/disclosure/notice-check.ts'
import { listOperations } from '#services/operation-log.ts'
import { archiveYear, periodEvents } from '#services/voucher/period.ts'
import { proposePlacement } from '#services/placing/placement.ts'
import {
  batchOfLot, certificateChoices, certificateForLot, listPlacingBatches, placingBatchOf,
} from '#services/placing/placing-record.ts'
import { listProfiles } from '#services/policy/policy-file.ts'
import { quarterView } from '#services/income/quarter.ts'
import { quarterOverview } from '#services/income/quarter-overview.ts'
import { FIGURE_PARTS, figureLines } from '#services/income/quarter-rows.ts'
import { openAtClose } from '#services/reconciliation/reconciliation-closing.ts'
import { recentMatches } from '#services/reconciliation/reconciliation-list.ts'
import { matchOf, undoMatch } from '#services/reconciliation/reconciliation-match.ts'
import { sealMonth } from '#services/reconciliation/reconciliation-seal.ts'
import { sealedItems, standingSeal } from '#services/reconciliation/reconciliation-sealed.ts'
import { monthStates, monthTable, suggestMatches } from '#services/reconciliation/reconciliation.ts'
import { sampleDay } from '#services/sample/sample-day.ts'
import type { Desk } from '#services/sample/desk.ts'
import { hasDraftEntries } from '#services/household/household-entry.ts'
import { payersOf } from '#services/household/payer.ts'
import { linesBehind, statutoryStatements } from '#services/voucher/statutory.ts'
import { listBatches } from '#services/statement/statement.ts'
import { accountStandings, gapsOf } from '#services/statement/statement-coverage.ts'
import { mappingsInForce, saveMapping } from '#services/statement/statement-mapping.ts'
import { lineHistory, listLines, matchCandidates, reopenLine } from '#services/statement/statement-outcome.ts'
import { commandLineActor, listUsers, passwordIsRight } from '#services/people/user.ts'
import { utilityBills, withdrawUtilityBill } from '#services/income/utility.ts'
import { findVoucher, findVouchers, listVouchers, voucherOf } from '#services/voucher/voucher.ts'
import { listDifferences, openDifferences } from '#services/deposit/interest-difference.ts'
import { reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { listDrafts } from '#services/voucher/voucher-draft-list.ts'
import { lookAtAuthority } from './reading-tour-authority.ts'
import { lookAtContractors } from './reading-tour-contractor.ts'
import { lookAtDueWork } from './reading-tour-due.ts'
import { lookAtFindings } from './reading-tour-finding.ts'
import { lookAtApportionments, lookAtRegister } from './reading-tour-register.ts'
import { lookAtRepairs } from './reading-tour-repair.ts'
import { orRefused } from './or-refused.ts'

type Scene = Desk & { readonly today: ReturnType<typeof parseDate> }

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
    openAtClose(ledger, book.id, parseMonth('2026-09'))
    orRefused(() => archiveYear(head, book.id, 2024))
  }
  listBankAccounts(ledger)
  orRefused(() => addSubAccount(head, books.publicIncome, { parentCode: '4001.99', code: '4001.99.01', name: '临停' }))
  addSubAccount(head, books.maintenance, { parentCode: '4901', code: '4901.01', name: '赔偿款' })
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
  for (const { id } of listDrafts(ledger, null, 20)) hasDraftEntries(ledger, id)
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

function lookAtIncome({ ledger, clock, today, preparer, books, complexes }: Scene): void {
  const quarter = addQuarters(quarterOf(today), -1)
  for (const state of ['running', 'over', 'all'] as const) {
    listContracts(ledger, { state, asOf: today, limit: 20 })
    for (const complex of complexes) listContracts(ledger, { state, asOf: today, limit: 20, text: '广告', complexId: complex.id })
  }
  for (const { id } of listContracts(ledger, { state: 'all', asOf: today, limit: 5 })) contractCard(ledger, id, today)
  overdueContracts(ledger, today)
  for (const { id } of complexes) {
    for (const bill of utilityBills(ledger, id, quarter)) withdrawUtilityBill(preparer, bill.id, '看看')
  }
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

function lookAtStatements({ ledger, preparer, today, books, complexes: [first] }: Scene): void {
  const [from, to] = [parseMonth('2026-01'), parseMonth('2026-09')]
  for (const ofComplex of first === undefined ? [{}] : [{}, { complexId: first.id }]) {
    const scope = { bookId: books.maintenance, ...ofComplex }
    statutoryStatements(ledger, { ...scope, period: { kind: 'month', month: to } })
    statutoryStatements(ledger, { ...scope, period: { kind: 'year', year: 2025 } })
    annualReport(ledger, { ...scope, year: 2025 }, today)
    movementStatement(ledger, { ...scope, from, to })
    generalAccounts(ledger, { ...scope, from, to })
    bankBooks(ledger, { ...scope, from, to })
    const accounts = ledgerAccounts(ledger, { ...scope, from, to })
    for (const { accountId } of accounts) accountEntries(ledger, { ...scope, from, to }, accountId)
    for (const counts of ['movement', 'opening'] as const) {
      linesBehind(ledger, {
        ...scope, accountIds: accounts.map(({ accountId }) => accountId), from: parseDate('2026-01-01'), to: today, counts,
        limit: 50,
      })
    }
  }
  closingPreview(ledger, books.maintenance, to)
  orRefused(() => prepareClosingVouchers(preparer, books.maintenance, to))
  boundVouchers(ledger, books.maintenance, to)
}

function lookAtBank(scene: Scene): void {
  const { ledger, today, head, preparer } = scene
  const mapping = suggestMapping(['日期', '收入', '支出', '余额'])
  accountStandings(ledger, today)
  for (const account of listBankAccounts(ledger)) {
    const { id: bankAccountId } = account
    lookAtReconciliation(scene, bankAccountId)
    payersOf(ledger, account, today).indexFor({ memo: '', party: '', amountFen: fen(1) })
    gapsOf(ledger, bankAccountId)
    mappingsInForce(ledger, bankAccountId)
    saveMapping(preparer, bankAccountId, { name: '看看', mapping })
    const [batch] = listBatches(ledger, { bankAccountId, limit: 20 })
    for (const state of ['open', 'drafted', 'posted', 'matched', 'skipped'] as const) {
      const ofBatch = batch === undefined ? {} : { batchId: batch.id, text: '费' }
      for (const { id } of listLines(ledger, { bankAccountId, limit: 20, state, ...ofBatch })) {
        lineHistory(ledger, id)
      }
      for (const { id } of listLines(ledger, { bankAccountId, limit: 3, state })) {
        lineHistory(ledger, id)
        certificatesOfLine(ledger, id)
        matchCandidates(ledger, id, 7, 10)
        orRefused(() => reopenLine(head, id, '看看'))
      }
    }
  }
}

function lookAtReconciliation({ ledger, today, head }: Scene, bankAccountId: BankAccountId): void {
  const month = parseMonth('2026-08')
  monthStates(ledger, bankAccountId, [month])
  orRefused(() => monthTable(ledger, bankAccountId, month))
  orRefused(() => sealMonth(head, bankAccountId, parseMonth('2026-09')))
  suggestMatches(ledger, bankAccountId, today)
  const seal = standingSeal(ledger, bankAccountId, month)
  if (seal !== null) sealedItems(ledger, seal.id)
  for (const { id } of recentMatches(ledger, bankAccountId, 3)) {
    matchOf(ledger, id)
    orRefused(() => undoMatch(head, id, '看看'))
  }
  inventoryOf(ledger, { now: () => `${today}T02:00:00.000Z`, today: () => today, lot: () => '' }, bankAccountId, today)
}

function lookAtOperation({ ledger, preparer }: Scene, draftId: DraftId): void {
  eventsOfDraft(ledger, draftId)
  orRefused(() => voidDraft(preparer, draftId, '看看'))
}

function lookAtDeposits(scene: Scene): void {
  const { ledger, preparer, today } = scene
  for (const inForceOnly of [true, false]) {
    for (const { id, certificateNo } of listCertificates(ledger, { inForceOnly, limit: 20 })) {
      certificateByNumber(ledger, certificateNo)
      for (const { draftId } of eventsOf(ledger, id)) if (draftId !== null) lookAtOperation(scene, draftId)
      chainOf(ledger, id)
      for (const { lineId } of bankLinesOf(ledger, id)) certificatesOfLine(ledger, lineId)
      isStillBooked(ledger, id)
      mergeableWith(ledger, id, today)
    }
  }
  listDifferences(ledger, { complexId: null, openOnly: false, limit: 20 })
  openDifferences(ledger, null)
  for (const { id } of listBankAccounts(ledger)) {
    accountTermsOf(ledger, id)
    bankHabit(ledger, id)
    moneySources(ledger, id, 20)
    orRefused(() => expectedAccountInterest(ledger, id, today))
    for (const settlement of accountSettlements(ledger, id, 20)) {
      orRefused(() => undoAccountInterest(preparer, settlement.id, { date: parseDate('2020-01-01'), reason: '看看' }))
    }
  }
}

function lookAtPlacing({ ledger, today, books, complexes }: Scene): void {
  for (const { id } of complexes) proposePlacement(ledger, { bookId: books.maintenance, complexId: id, from: today })
  for (const { id, opensOn } of listPlacingBatches(ledger, { limit: 20 })) {
    listPlacingBatches(ledger, { limit: 20, after: { id, opensOn } })
    for (const lot of placingBatchOf(ledger, id).lots) {
      batchOfLot(ledger, lot.id)
      certificateChoices(ledger, lot.id, 20)
      for (const { certificateId } of lot.certificates) certificateForLot(ledger, certificateId)
    }
  }
}

export function lookAtEverything(desk: Desk): void {
  const scene = { ...desk, today: parseDate(desk.data.today) }
  lookAtOffice(scene)
  lookAtRegister(scene)
  lookAtApportionments(scene)
  lookAtBooks(scene)
  lookAtIncome(scene)
  lookAtStatements(scene)
  lookAtBank(scene)
  lookAtDeposits(scene)
  lookAtDueWork(scene)
  lookAtPlacing(scene)
  lookAtRepairs(scene)
  lookAtAuthority(scene)
  lookAtContractors(scene)
  lookAtFindings(scene)
}
