/** The API's answers by name, for props and functions. */
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#server/api/router.ts'

export type Answers = inferRouterOutputs<AppRouter>
export type Questions = inferRouterInputs<AppRouter>

export type SessionState = Answers['session']['state']
export type Books = Answers['book']['list']
export type Accounts = Answers['book']['accounts']
export type BankAccounts = Answers['book']['bankAccounts']
export type Complexes = Answers['complex']['list']
export type Counterparties = Answers['complex']['counterparties']
export type Drafts = Answers['voucher']['drafts']
export type VoucherView = Answers['voucher']['get']
export type Attachment = Answers['voucher']['attach']
export type JobStatus = Answers['job']['status']
