/** The whole API: one router per capability, each in the file of its name. */
import { accountInterestRouter } from './account-interest.ts'
import { apportionmentRouter } from './apportionment.ts'
import { authorityRouter } from './authority.ts'
import { bookRouter } from './book.ts'
import { certificateRouter } from './certificate.ts'
import { complexRouter } from './complex.ts'
import { contractorRouter } from './contractor.ts'
import { depositRouter } from './deposit.ts'
import { dueRouter } from './deposit-due.ts'
import { depositImportRouter } from './deposit-import.ts'
import { disclosureRouter } from './disclosure.ts'
import { findingRouter } from './finding.ts'
import { gainRouter } from './gain.ts'
import { householdRouter } from './household.ts'
import { householdMoneyRouter } from './household-money.ts'
import { incomeRouter } from './income.ts'
import { jobRouter } from './job.ts'
import { periodRouter } from './period.ts'
import { placementRouter } from './placement.ts'
import { placingRouter } from './placing.ts'
import { reconciliationRouter } from './reconciliation.ts'
import { repairRouter } from './repair.ts'
import { repairBoardRouter } from './repair-board.ts'
import { repairPaperRouter } from './repair-paper.ts'
import { repairPhotoRouter } from './repair-photo.ts'
import { selfFundingRouter } from './self-funding.ts'
import { sessionRouter } from './session.ts'
import { settingRouter } from './setting.ts'
import { staffRouter } from './staff.ts'
import { statementRouter } from './statement.ts'
import { statutoryRouter } from './statutory.ts'
import { router } from './trpc.ts'
import { utilityRouter } from './utility.ts'
import { voteRouter } from './vote.ts'
import { voucherRouter } from './voucher.ts'
import { warrantyRouter } from './warranty.ts'

export const appRouter = router({
  session: sessionRouter,
  job: jobRouter,
  book: bookRouter,
  complex: complexRouter,
  warranty: warrantyRouter,
  household: householdRouter,
  apportionment: apportionmentRouter,
  gain: gainRouter,
  selfFunding: selfFundingRouter,
  householdMoney: householdMoneyRouter,
  voucher: voucherRouter,
  statement: statementRouter,
  reconciliation: reconciliationRouter,
  statutory: statutoryRouter,
  deposit: depositRouter,
  certificate: certificateRouter,
  accountInterest: accountInterestRouter,
  due: dueRouter,
  depositImport: depositImportRouter,
  placement: placementRouter,
  placing: placingRouter,
  repair: repairRouter,
  contractor: contractorRouter,
  vote: voteRouter,
  authority: authorityRouter,
  repairBoard: repairBoardRouter,
  repairPaper: repairPaperRouter,
  repairPhoto: repairPhotoRouter,
  finding: findingRouter,
  income: incomeRouter,
  utility: utilityRouter,
  disclosure: disclosureRouter,
  period: periodRouter,
  staff: staffRouter,
  setting: settingRouter,
})

/** All the page knows of the server. */
export type AppRouter = typeof appRouter
