/** The whole API: one router per capability, each in the file of its name. */
import { bookRouter } from './book.ts'
import { complexRouter } from './complex.ts'
import { jobRouter } from './job.ts'
import { periodRouter } from './period.ts'
import { sessionRouter } from './session.ts'
import { staffRouter } from './staff.ts'
import { router } from './trpc.ts'
import { voucherRouter } from './voucher.ts'

export const appRouter = router({
  session: sessionRouter,
  job: jobRouter,
  book: bookRouter,
  complex: complexRouter,
  voucher: voucherRouter,
  period: periodRouter,
  staff: staffRouter,
})

/** All the page knows of the server. */
export type AppRouter = typeof appRouter
