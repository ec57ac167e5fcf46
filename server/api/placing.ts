/** Competitive placing: batches, bids, awards, agreements, certificates, and the printed summary of bids. */
import { z } from 'zod'
import {
  awardLot, correctBid, linkCertificate, recordAgreement, recordBid, recordPlacingBatch, recordScores, revokeAward,
  unlinkCertificate,
} from '#services/placing/placing.ts'
import { certificateChoices, listPlacingBatches, placingBatchOf } from '#services/placing/placing-record.ts'
import { printPlacingJob } from '../print-placing.ts'
import {
  dateSchema, idSchema, PAGE_LIMIT, positiveFenSchema, rateSchema, requiredTextSchema, sha256Schema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const batchId = idSchema<'placingBatch'>()
const lotId = idSchema<'placingLot'>()
const bidId = idSchema<'placingBid'>()
const term = z.object({ unit: z.enum(['months', 'days']), count: z.number().int().positive() })
const score = z.number().int().min(0).max(100_000)
const rank = z.number().int().positive().nullable()

const bid = z.object({ lotId, rateMicro: rateSchema, scoreHundredths: score.nullable(), rank, recusal: textSchema })

export const placingRouter = router({
  list: readProcedure
    .input(
      z.object({
        after: z.object({ opensOn: dateSchema, id: batchId }).optional(), limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { after, limit } }) =>
      listPlacingBatches(ctx.ledger, { limit, ...(after !== undefined && { after }) })),

  get: readProcedure.input(z.object({ id: batchId })).query(({ ctx, input }) => placingBatchOf(ctx.ledger, input.id)),

  record: writeProcedure('preparer')
    .input(
      z.object({
        number: requiredTextSchema,
        title: requiredTextSchema,
        bookId: idSchema<'book'>(),
        decisionNo: requiredTextSchema,
        decidedOn: dateSchema,
        decisionSha256: sha256Schema,
        totalFen: positiveFenSchema,
        minimumRateMicro: rateSchema,
        opensOn: dateSchema,
        lotsPerBank: z.number().int().positive().nullable(),
        shareLimitMicro: rateSchema.nullable(),
        lots: z
          .array(z.object({ amountFen: positiveFenSchema, term, minimumRateMicro: rateSchema, note: textSchema }))
          .max(200),
      }),
    )
    .mutation(({ ctx, input }) => recordPlacingBatch(ctx, input)),

  bid: writeProcedure('preparer')
    .input(bid.extend({ bank: requiredTextSchema }))
    .mutation(({ ctx, input }) => recordBid(ctx, input)),

  correctBid: writeProcedure('preparer')
    .input(bid.extend({ bidId, reason: requiredTextSchema }))
    .mutation(({ ctx, input: { bidId: id, ...facts } }) => correctBid(ctx, id, facts)),

  scores: writeProcedure('preparer')
    .input(
      z.object({
        lotId, scores: z.array(z.object({ bidId, scoreHundredths: score, rank })).max(200), reason: requiredTextSchema,
      }),
    )
    .mutation(({ ctx, input }) => recordScores(ctx, input)),

  award: writeProcedure('head')
    .input(z.object({ lotId, bidId: bidId.nullable(), awardedOn: dateSchema, reason: textSchema }))
    .mutation(({ ctx, input }) => awardLot(ctx, input)),

  revoke: writeProcedure('head')
    .input(z.object({ lotId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => revokeAward(ctx, input)),

  agreement: writeProcedure('preparer')
    .input(z.object({ lotId, number: requiredTextSchema, validFrom: dateSchema, validTo: dateSchema, sha256: sha256Schema }))
    .mutation(({ ctx, input }) => recordAgreement(ctx, input)),

  certificates: readProcedure
    .input(z.object({ lotId }))
    .query(({ ctx, input }) => certificateChoices(ctx.ledger, input.lotId, PAGE_LIMIT)),

  link: writeProcedure('preparer')
    .input(z.object({ lotId, certificateId: idSchema<'certificate'>() }))
    .mutation(({ ctx, input }) => linkCertificate(ctx, input.lotId, input.certificateId)),

  unlink: writeProcedure('preparer')
    .input(z.object({ lotId, linkId: z.number().int().positive(), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => unlinkCertificate(ctx, input)),

  print: readProcedure.input(z.object({ id: batchId })).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'placing.print',
      userId: ctx.actor.userId,
      run: (steps) => printPlacingJob(ctx, input.id, steps),
    }),
  ),
})
