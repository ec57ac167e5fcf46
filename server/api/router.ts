/** The whole API: one router per capability, each in the file of its name. */
import { bookRouter } from './book.ts'
import { complexRouter } from './complex.ts'
import { depositRouter } from './deposit.ts'
import { disclosureRouter } from './disclosure.ts'
import { incomeRouter } from './income.ts'
import { jobRouter } from './job.ts'
import { periodRouter } from './period.ts'
import { repairRouter } from './repair.ts'
import { sessionRouter } from './session.ts'
import { settingRouter } from './setting.ts'
import { staffRouter } from './staff.ts'
import { statementRouter } from './statement.ts'
import { router } from './trpc.ts'
import { voucherRouter } from './voucher.ts'

export const appRouter = router({
  session: sessionRouter,
  job: jobRouter,
  book: bookRouter,
  complex: complexRouter,
  voucher: voucherRouter,
  statement: statementRouter,
  deposit: depositRouter,
  repair: repairRouter,
  income: incomeRouter,
  disclosure: disclosureRouter,
  period: periodRouter,
  staff: staffRouter,
  setting: settingRouter,
})

/** All the page knows of the server. */
export type AppRouter = typeof appRouter
