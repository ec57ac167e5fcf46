/** The register behind the builder's warranty: completion acceptance and warranty letters of a complex. */
import { z } from 'zod'
import { WARRANTY_CATEGORIES } from '#core/repair/builder-warranty.ts'
import {
  correctCompletion, correctTerm, recordCompletion, recordTerm, warrantyEntries,
} from '#services/register/warranty.ts'
import { dateSchema, idSchema, requiredTextSchema, sha256Schema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const complexId = idSchema<'complex'>()
const place = { complexId, buildingId: idSchema<'building'>().nullable() }
const paper = { source: requiredTextSchema, sha256: sha256Schema }
const completion = { completedOn: dateSchema, ...paper }
const term = { length: z.int().min(1).max(1200), agreedOn: dateSchema, ...paper }
const desk = writeProcedure('preparer', 'bookkeeper', 'head')

export const warrantyRouter = router({
  entries: readProcedure.input(z.object({ complexId })).query(({ ctx, input }) => warrantyEntries(ctx.ledger, input.complexId)),
  recordCompletion: desk
    .input(z.object({ ...place, ...completion }))
    .mutation(({ ctx, input }) => recordCompletion(ctx, input)),
  correctCompletion: desk
    .input(z.object({ id: idSchema<'completion'>(), facts: z.object(completion).nullable(), reason: requiredTextSchema }))
    .mutation(({ ctx, input: { id, facts, reason } }) => correctCompletion(ctx, id, facts, reason)),
  recordTerm: desk
    .input(z.object({ ...place, category: z.enum(WARRANTY_CATEGORIES), ...term }))
    .mutation(({ ctx, input }) => recordTerm(ctx, input)),
  correctTerm: desk
    .input(z.object({ id: idSchema<'warrantyTerm'>(), facts: z.object(term).nullable(), reason: requiredTextSchema }))
    .mutation(({ ctx, input: { id, facts, reason } }) => correctTerm(ctx, id, facts, reason)),
})
