/** Complexes, buildings, parties and decisions. */
import { z } from 'zod'
import {
  addBuilding,
  addComplex,
  addCounterparty,
  changeComplex,
  complexOf,
  listBuildings,
  listComplexes,
  listCounterparties,
  setCounterpartyAccount,
} from '#services/register/complex.ts'
import { listDecisions, recordDecision } from '#services/decision.ts'
import { dateSchema, idSchema, positiveFenSchema, requiredTextSchema, sha256Schema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const complexId = idSchema<'complex'>()

const complexFacts = z.object({
  code: requiredTextSchema,
  name: requiredTextSchema,
  pinyin: textSchema,
  address: textSchema,
  managerName: textSchema,
  holderName: textSchema,
  hotline: textSchema,
  profileCode: requiredTextSchema,
  hasAssembly: z.boolean(),
  firstDepositFen: positiveFenSchema.nullable(),
})

export const complexRouter = router({
  list: readProcedure.input(z.void()).query(({ ctx }) => listComplexes(ctx.ledger)),
  get: readProcedure.input(z.object({ id: complexId })).query(({ ctx, input }) => complexOf(ctx.ledger, input.id)),
  add: writeProcedure('administrator', 'head', 'bookkeeper')
    .input(complexFacts)
    .mutation(({ ctx, input }) => addComplex(ctx, input)),
  change: writeProcedure('administrator', 'head', 'bookkeeper')
    .input(z.object({ id: complexId, facts: complexFacts }))
    .mutation(({ ctx, input }) => changeComplex(ctx, input.id, input.facts)),

  buildings: readProcedure
    .input(z.object({ complexId }))
    .query(({ ctx, input }) => listBuildings(ctx.ledger, input.complexId)),
  addBuilding: writeProcedure('administrator', 'head', 'bookkeeper')
    .input(z.object({ complexId, code: requiredTextSchema, name: requiredTextSchema }))
    .mutation(({ ctx, input: { complexId: id, ...building } }) => addBuilding(ctx, id, building)),

  counterparties: readProcedure.input(z.void()).query(({ ctx }) => listCounterparties(ctx.ledger)),
  addCounterparty: writeProcedure('preparer', 'bookkeeper', 'head', 'administrator')
    .input(
      z.object({
        kind: z.enum(['company', 'publicBody', 'individual']),
        name: requiredTextSchema,
        pinyin: textSchema.default(''),
        bankName: textSchema.default(''),
        bankAccount: textSchema.default(''),
      }),
    )
    .mutation(({ ctx, input }) => addCounterparty(ctx, input)),
  setCounterpartyAccount: writeProcedure('bookkeeper', 'head', 'administrator')
    .input(z.object({ id: idSchema<'counterparty'>(), bankName: requiredTextSchema, bankAccount: requiredTextSchema }))
    .mutation(({ ctx, input: { id, ...account } }) => setCounterpartyAccount(ctx, id, account)),

  decisions: readProcedure
    .input(z.object({ complexId }))
    .query(({ ctx, input }) => listDecisions(ctx.ledger, input.complexId)),
  recordDecision: writeProcedure('preparer', 'head', 'bookkeeper')
    .input(
      z.object({
        complexId,
        kind: z.enum(['assembly', 'committee', 'authorisation', 'contract', 'emergency', 'office']),
        number: requiredTextSchema,
        title: requiredTextSchema,
        decidedOn: dateSchema,
        sha256: sha256Schema,
      }),
    )
    .mutation(({ ctx, input }) => recordDecision(ctx, input)),
})
