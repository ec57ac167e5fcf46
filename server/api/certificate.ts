/** What else happens to a certificate: splitting and merging, early withdrawal, notice, terms, freezing; differences. */
import { z } from 'zod'
import { closeDifference, listDifferences, openDifferences } from '#services/deposit/interest-difference.ts'
import { earlyChoices, expectedEarly, withdrawEarly } from '#services/deposit/deposit-early.ts'
import { drawNotice, expectedDraw, giveNotice } from '#services/deposit/deposit-notice.ts'
import { previewDraw, previewEarly, previewRegroup } from '#services/deposit/deposit-preview.ts'
import { mergeableWith, regroupCertificates } from '#services/deposit/deposit-rollover.ts'
import { amendCertificate, freezeCertificate, unfreezeCertificate } from '#services/deposit/deposit-terms.ts'
import { printedFacts, printedSchema, slipFacts, slipSchema } from './deposit.ts'
import {
  dateSchema, fenSchema, idSchema, PAGE_LIMIT, positiveFenSchema, rateSchema, requiredTextSchema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const certificateId = idSchema<'certificate'>()

const earlyQuestion = z.object({
  certificateId, date: dateSchema, amountFen: positiveFenSchema.nullable(), demandRateMicro: rateSchema,
})
const early = slipSchema.extend(earlyQuestion.shape).extend({ newCertificateNo: textSchema })

const drawQuestion = z.object({
  certificateId, date: dateSchema, amountFen: positiveFenSchema, noticeRateMicro: rateSchema, demandRateMicro: rateSchema,
})
const draw = slipSchema.extend(drawQuestion.shape)

const regroup = slipSchema.omit({ interestPaidFen: true, differenceReason: true }).extend({
  mode: z.enum(['principal_only', 'principal_and_interest']),
  old: z.array(z.object({
    certificateId, interestPaidFen: fenSchema, demandRateMicro: rateSchema, differenceReason: textSchema,
  })).min(1).max(50),
  next: z.array(printedSchema.extend({ principalFen: positiveFenSchema })).min(1).max(50),
})

function regroupFacts({ next, ...input }: z.output<typeof regroup>) {
  return { ...slipFacts(input), next: next.map(printedFacts) }
}

const hold = z.object({ certificateId, date: dateSchema, reason: requiredTextSchema })
const source = z.enum(['certificate', 'account'])

export const certificateRouter = router({
  mergeable: readProcedure
    .input(z.object({ id: certificateId, date: dateSchema }))
    .query(({ ctx, input }) => mergeableWith(ctx.ledger, input.id, input.date)),
  regroupPreview: readProcedure.input(regroup).query(({ ctx, input }) => previewRegroup(ctx.ledger, regroupFacts(input))),
  regroup: writeProcedure('preparer').input(regroup).mutation(({ ctx, input }) => regroupCertificates(ctx, regroupFacts(input))),

  expectedEarly: readProcedure.input(earlyQuestion).query(({ ctx, input }) => expectedEarly(ctx.ledger, input)),
  /** Keep, draw a part, or break and place anew. */
  earlyChoices: readProcedure
    .input(earlyQuestion.extend({ newRateMicro: rateSchema }))
    .query(({ ctx, input }) => earlyChoices(ctx.ledger, input)),
  earlyPreview: readProcedure.input(early).query(({ ctx, input }) => previewEarly(ctx.ledger, slipFacts(input))),
  withdrawEarly: writeProcedure('preparer').input(early).mutation(({ ctx, input }) => withdrawEarly(ctx, slipFacts(input))),

  giveNotice: writeProcedure('preparer')
    .input(z.object({ certificateId, givenOn: dateSchema, forDate: dateSchema, amountFen: positiveFenSchema }))
    .mutation(({ ctx, input }) => giveNotice(ctx, input)),
  expectedDraw: readProcedure.input(drawQuestion).query(({ ctx, input }) => expectedDraw(ctx.ledger, input)),
  drawPreview: readProcedure.input(draw).query(({ ctx, input }) => previewDraw(ctx.ledger, slipFacts(input))),
  draw: writeProcedure('preparer').input(draw).mutation(({ ctx, input }) => drawNotice(ctx, slipFacts(input))),

  amend: writeProcedure('preparer')
    .input(z.object({
      certificateId, date: dateSchema, dueDate: dateSchema.nullable(), rateMicro: rateSchema.nullable(),
      reason: requiredTextSchema, bankSerial: textSchema,
    }))
    .mutation(({ ctx, input }) => amendCertificate(ctx, input)),
  freeze: writeProcedure('preparer').input(hold).mutation(({ ctx, input }) => freezeCertificate(ctx, input)),
  unfreeze: writeProcedure('preparer').input(hold).mutation(({ ctx, input }) => unfreezeCertificate(ctx, input)),

  differences: readProcedure
    .input(z.object({
      complexId: idSchema<'complex'>().nullable(),
      openOnly: z.boolean(),
      before: z.object({ date: dateSchema, source, id: z.number().int().positive() }).optional(),
      limit: z.number().int().min(1).max(PAGE_LIMIT),
    }))
    .query(({ ctx, input: { before, ...filter } }) =>
      listDifferences(ctx.ledger, { ...filter, ...(before !== undefined && { before }) })),
  openDifferences: readProcedure
    .input(z.object({ complexId: idSchema<'complex'>().nullable() }))
    .query(({ ctx, input }) => openDifferences(ctx.ledger, input.complexId)),
  closeDifference: writeProcedure('reviewer', 'reconciler', 'head')
    .input(z.object({ source, id: z.number().int().positive(), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => closeDifference(ctx, input)),
})
