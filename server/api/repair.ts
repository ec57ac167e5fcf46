/** Repairs: report, check, draw, review, accept, pay; board, lists and the page of one job. */
import { z } from 'zod'
import { SIGNING_PARTIES } from '#core/policy/policy.ts'
import { REPAIR_STEPS, SEND_BACK_STEPS } from '#core/repair/repair.ts'
import { PAPER_KINDS } from '#core/repair/repair-papers.ts'
import { BUILDER_WARRANTIES, EXCLUDED_USES } from '#core/repair/repair-place.ts'
import { drawPool, listDraws } from '#services/repair/repair-draw.ts'
import { findRepairs, listRepairs, repairBoard, repairCard, repairInbox } from '#services/repair/repair-list.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { instructPayment, preparePaymentAgain } from '#services/repair/repair-payment.ts'
import {
  acceptRepair,
  answerRepeat,
  checkAtWindow,
  checkEngineering,
  endRepair,
  recordReview,
  reportRepair,
  sendBackRepair,
} from '#services/repair/repair.ts'
import { dateSchema, idSchema, PAGE_LIMIT, positiveFenSchema, requiredTextSchema, sha256Schema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'repair'>()
const complexId = idSchema<'complex'>()
const longText = z.string().trim().min(1, '不能为空').max(2000)
const limit = z.number().int().min(1).max(PAGE_LIMIT)
const someComplex = z.object({ complexId: complexId.nullable().default(null) })
const payment = z.object({ id, amountFen: positiveFenSchema, bankAccountId: idSchema<'bankAccount'>(), date: dateSchema })
const window = writeProcedure('preparer', 'head')
const section = writeProcedure('reviewer', 'head')
const anyone = writeProcedure('preparer', 'reviewer', 'head')

export const repairRouter = router({
  board: readProcedure.input(someComplex).query(({ ctx, input }) => repairBoard(ctx.ledger, input.complexId)),
  inbox: readProcedure.input(someComplex).query(({ ctx, input }) => repairInbox(ctx, input.complexId)),
  list: readProcedure
    .input(
      z.object({
        step: z.enum(REPAIR_STEPS),
        complexId: complexId.optional(),
        after: z.object({ since: z.string().max(40), id }).optional(),
        limit,
      }),
    )
    .query(({ ctx, input: { complexId: complex, after, ...filter } }) =>
      listRepairs(ctx.ledger, {
        ...filter,
        ...(complex !== undefined && { complexId: complex }),
        ...(after !== undefined && { after }),
      })),
  find: readProcedure
    .input(z.object({ text: textSchema, complexId: complexId.nullable().default(null), before: id.optional(), limit }))
    .query(({ ctx, input: { before, ...search } }) =>
      findRepairs(ctx.ledger, { ...search, ...(before !== undefined && { before }) })),
  get: readProcedure.input(z.object({ id })).query(({ ctx, input }) => repairCard(ctx, input.id)),
  draws: readProcedure.input(z.object({ limit })).query(({ ctx, input }) => listDraws(ctx, input.limit)),

  report: window
    .input(
      z.object({
        complexId,
        buildingId: idSchema<'building'>().nullable(),
        entrance: textSchema,
        part: requiredTextSchema,
        facility: textSchema,
        title: requiredTextSchema,
        reportedOn: dateSchema,
        quotedFen: positiveFenSchema,
        contractorId: idSchema<'counterparty'>(),
        supervisorId: idSchema<'counterparty'>(),
      }),
    )
    .mutation(({ ctx, input }) => reportRepair(ctx, input)),
  addPaper: anyone
    .input(z.object({ id, kind: z.enum(PAPER_KINDS), sha256: sha256Schema }))
    .mutation(({ ctx, input }) => addRepairPaper(ctx, input.id, input.kind, input.sha256)),
  sign: anyone
    .input(
      z.object({
        id,
        sheet: z.enum(['siteReview', 'acceptance']),
        party: z.enum(SIGNING_PARTIES),
        person: requiredTextSchema,
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...signature } }) => signRepairSheet(ctx, repairId, signature)),

  checkAtWindow: window
    .input(
      z.object({
        id,
        excludedUses: z.array(z.enum(EXCLUDED_USES)),
        builderWarranty: z
          .object({ kind: z.enum(BUILDER_WARRANTIES), completedOn: dateSchema, agreedUntil: dateSchema.nullable() })
          .nullable(),
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...check } }) => checkAtWindow(ctx, repairId, check)),
  answerRepeat: section
    .input(
      z.object({
        id,
        conclusion: z.enum(['unrelated', 'rework']),
        finding: longText,
        contractorPerson: requiredTextSchema,
        supervisorPerson: requiredTextSchema,
        sectionPerson: requiredTextSchema,
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...answer } }) => answerRepeat(ctx, repairId, answer)),
  checkEngineering: section
    .input(z.object({ id, approvedFen: positiveFenSchema, note: textSchema }))
    .mutation(({ ctx, input: { id: repairId, ...check } }) => checkEngineering(ctx, repairId, check)),
  draw: section.input(someComplex).mutation(({ ctx, input }) => drawPool(ctx, input.complexId)),
  recordReview: section
    .input(z.object({ id, kind: z.enum(['spotChecked', 'siteReviewed']), on: dateSchema, finding: longText }))
    .mutation(({ ctx, input: { id: repairId, kind, ...found } }) => recordReview(ctx, repairId, kind, found)),
  accept: section
    .input(
      z.object({
        id,
        on: dateSchema,
        settledFen: positiveFenSchema,
        stampedBy: z.array(z.enum(SIGNING_PARTIES)),
        sectionStaff: z.array(textSchema).max(20),
        followUp: textSchema,
        warrantyUntil: dateSchema.nullable(),
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => acceptRepair(ctx, repairId, facts)),
  instructPayment: writeProcedure('preparer')
    .input(payment)
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => instructPayment(ctx, repairId, facts)),
  preparePaymentAgain: writeProcedure('preparer')
    .input(payment)
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => preparePaymentAgain(ctx, repairId, facts)),

  sendBack: anyone
    .input(z.object({ id, to: z.enum(SEND_BACK_STEPS), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => sendBackRepair(ctx, input.id, input.to, input.reason)),
  end: anyone
    .input(z.object({ id, kind: z.enum(['refused', 'cancelled']), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => endRepair(ctx, input.id, input.kind, input.reason)),
})
