/** Reconciliation (对账): the month's table and open items, matches and suggestions, sealing, the certificate inventory. */
import { z } from 'zod'
import { lastDayOfMonth } from '#core/calendar.ts'
import { listConfirmations, recordConfirmation } from '#services/reconciliation/bank-confirmation.ts'
import { inventoryOf } from '#services/deposit/certificate-inventory.ts'
import { confirmMatches, matchOf, undoMatch } from '#services/reconciliation/reconciliation-match.ts'
import { recentMatches } from '#services/reconciliation/reconciliation-list.ts'
import { rowsOf } from '#services/reconciliation/reconciliation-run.ts'
import { checkMonth, reopenMonth, sealMonth } from '#services/reconciliation/reconciliation-seal.ts'
import { monthStates, monthTable, suggestMatches } from '#services/reconciliation/reconciliation.ts'
import { matchJob, printInventoryJob, printReconciliationJob } from '../reconciliation.ts'
import { dateSchema, fenSchema, idSchema, monthSchema, PAGE_LIMIT, requiredTextSchema, sha256Schema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const bankAccountId = idSchema<'bankAccount'>()
const matchId = idSchema<'reconciliationMatch'>()
const ofMonth = z.object({ bankAccountId, month: monthSchema })
const ofDay = z.object({ bankAccountId, asOf: dateSchema })
const entry = z.object({ voucherId: idSchema<'voucher'>(), lineNo: z.number().int().positive() })

const group = z.object({
  lineIds: z.array(idSchema<'statementLine'>()).max(PAGE_LIMIT),
  entries: z.array(entry).max(PAGE_LIMIT),
  method: z.enum(['manual', 'suggested']),
  score: z.number().int().min(0).max(100).nullable().default(null),
  reason: requiredTextSchema,
})

export const reconciliationRouter = router({
  months: readProcedure
    .input(z.object({ bankAccountId, months: z.array(monthSchema).min(1).max(36) }))
    .query(({ ctx, input }) => monthStates(ctx.ledger, input.bankAccountId, input.months)),
  month: readProcedure.input(ofMonth).query(({ ctx, input }) => monthTable(ctx.ledger, input.bankAccountId, input.month)),
  /** What the matcher finds among the open items: the automatic ones first. Rows by their numbers only; the page has them. */
  suggestions: readProcedure.input(ofMonth).query(({ ctx, input }) => {
    const { automatic, proposed } = suggestMatches(ctx.ledger, input.bankAccountId, lastDayOfMonth(input.month))
    const all = [...automatic, ...proposed]
    return all.map((match, index) => ({
      kind: match.kind, score: match.score, reason: match.reason, isAutomatic: index < automatic.length, ...rowsOf(match),
    }))
  }),
  /** The matches made last, newest first: what `U` takes back. */
  recent: readProcedure
    .input(z.object({ bankAccountId, limit: z.number().int().min(1).max(PAGE_LIMIT) }))
    .query(({ ctx, input }) => recentMatches(ctx.ledger, input.bankAccountId, input.limit)),
  match: readProcedure.input(z.object({ id: matchId })).query(({ ctx, input }) => matchOf(ctx.ledger, input.id)),

  confirm: writeProcedure('bookkeeper', 'reconciler', 'head')
    .input(z.object({ bankAccountId, groups: z.array(group).min(1).max(PAGE_LIMIT) }))
    .mutation(({ ctx, input }) =>
      confirmMatches(ctx, input.groups.map((one) => ({ ...one, bankAccountId: input.bankAccountId })))),
  undo: writeProcedure('bookkeeper', 'reconciler', 'head')
    .input(z.object({ id: matchId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => undoMatch(ctx, input.id, input.reason)),
  /** Starts the job that writes every automatic match. */
  run: writeProcedure('bookkeeper', 'reconciler', 'head').input(ofMonth).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'reconciliation.run', userId: ctx.actor.userId, run: (steps) => matchJob(ctx, input, steps),
    })),

  seal: writeProcedure('reconciler', 'head').input(ofMonth)
    .mutation(({ ctx, input }) => sealMonth(ctx, input.bankAccountId, input.month)),
  check: writeProcedure('reviewer', 'reconciler', 'head').input(ofMonth)
    .mutation(({ ctx, input }) => checkMonth(ctx, input.bankAccountId, input.month)),
  reopen: writeProcedure('reconciler', 'head').input(ofMonth.extend({ reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => reopenMonth(ctx, input.bankAccountId, input.month, input.reason)),
  print: readProcedure.input(ofMonth).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'reconciliation.print', userId: ctx.actor.userId, run: (steps) => printReconciliationJob(ctx, input, steps),
    })),

  inventory: readProcedure.input(ofDay).query(({ ctx, input }) => ({
    ...inventoryOf(ctx.ledger, ctx.clock, input.bankAccountId, input.asOf),
    confirmations: listConfirmations(ctx.ledger, input.bankAccountId, 20),
  })),
  confirmBank: writeProcedure('reconciler', 'head')
    .input(z.object({ bankAccountId, asOf: dateSchema, amountFen: fenSchema, sha256: sha256Schema }))
    .mutation(({ ctx, input }) => recordConfirmation(ctx, input)),
  printInventory: readProcedure.input(ofDay).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'reconciliation.inventory', userId: ctx.actor.userId,
      run: (steps) => printInventoryJob(ctx, input, steps),
    })),
})
