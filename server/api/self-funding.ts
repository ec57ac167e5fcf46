/** Self-funding (自筹): claims made from a sheet, what came in, collecting by hand or from the bank, letters. */
import { z } from 'zod'
import { claimedSheets, listClaims, raiseClaims, withdrawClaims } from '#services/household/self-funding.ts'
import { collectClaims, collectLines, proposeCollections } from '#services/household/self-funding-collection.ts'
import { printSelfFundingJob } from '../print-self-funding.ts'
import { dateSchema, idSchema, PAGE_LIMIT, positiveFenSchema, requiredTextSchema, sha256Schema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const complexId = idSchema<'complex'>()
const apportionmentId = idSchema<'apportionment'>()
const claimId = idSchema<'selfFundingClaim'>()
const bankAccountId = idSchema<'bankAccount'>()

export const selfFundingRouter = router({
  sheets: readProcedure
    .input(z.object({ complexId }))
    .query(({ ctx, input }) => claimedSheets(ctx.ledger, { ...input, limit: 100 }, ctx.clock.today())),
  list: readProcedure
    .input(z.object({
      complexId, apportionmentId: apportionmentId.optional(), isOpen: z.boolean().default(false), after: claimId.optional(),
      limit: z.number().int().min(1).max(PAGE_LIMIT),
    }))
    .query(({ ctx, input: { apportionmentId: sheet, after, ...scope } }) =>
      listClaims(ctx.ledger, {
        ...scope, ...(sheet !== undefined && { apportionmentId: sheet }), ...(after !== undefined && { after }),
      }, ctx.clock.today())),
  raise: writeProcedure('preparer', 'bookkeeper', 'head')
    .input(z.object({ apportionmentId, dueOn: dateSchema }))
    .mutation(({ ctx, input }) => raiseClaims(ctx, input)),
  withdraw: writeProcedure('bookkeeper', 'head')
    .input(z.object({ claimIds: z.array(claimId).min(1).max(PAGE_LIMIT), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => withdrawClaims(ctx, input)),
  collect: writeProcedure('preparer')
    .input(z.object({
      date: dateSchema, bankDate: dateSchema.nullable().default(null), bankAccountId,
      rows: z.array(z.object({ claimId, amountFen: positiveFenSchema, receipt: requiredTextSchema.nullable() })).min(1).max(500),
      attachments: z.array(sha256Schema).max(200),
    }))
    .mutation(({ ctx, input }) => ({ draftId: collectClaims(ctx, input) })),
  /** Open receipts of a bank account, each with the claim it fits. */
  proposeFromBank: readProcedure
    .input(z.object({ complexId, bankAccountId }))
    .query(({ ctx, input }) => proposeCollections(ctx.ledger, { ...input, limit: PAGE_LIMIT }, ctx.clock.today())),
  collectFromBank: writeProcedure('preparer')
    .input(z.object({
      complexId, lines: z.array(z.object({ lineId: idSchema<'statementLine'>(), claimId })).min(1).max(PAGE_LIMIT),
    }))
    .mutation(({ ctx, input }) => ({ draftIds: collectLines(ctx, input.complexId, input.lines) })),
  printLetters: readProcedure
    .input(z.object({ complexId, apportionmentId: apportionmentId.nullable() }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'selfFunding.letters', userId: ctx.actor.userId, run: (steps) => printSelfFundingJob(ctx, input, steps),
      })),
})
