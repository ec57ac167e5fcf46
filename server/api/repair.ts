/** Repairs: report, check, draw, review, accept, pay, and the page of one job. Boards: repair-board.ts. */
import { z } from 'zod'
import { SIGNING_PARTIES } from '#core/policy/policy.ts'
import { FOLLOW_UP_RESULTS, SEND_BACK_STEPS } from '#core/repair/repair.ts'
import { PAPER_KINDS } from '#core/repair/repair-papers.ts'
import { OBJECTION_OUTCOMES } from '#core/repair/repair-payable.ts'
import { BUILDER_WARRANTIES, EXCLUDED_USES } from '#core/repair/repair-place.ts'
import { scopeSchema } from '#services/household/apportionment-household.ts'
import { authoriseRepair, recordContract } from '#services/repair/repair-agreement.ts'
import { authorityChoices } from '#services/repair/repair-authority.ts'
import { changeContractor } from '#services/repair/repair-contractor.ts'
import { drawPool, listDraws } from '#services/repair/repair-draw.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { endObjection, raiseObjection } from '#services/repair/repair-objection.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { instructPayment, preparePaymentAgain, withdrawInstruction } from '#services/repair/repair-payment.ts'
import { acceptRepair, followUpRepair, publishRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { repairTies } from '#services/repair/repair-ties.ts'
import { addVisa } from '#services/repair/repair-visa.ts'
import {
  answerRepeat,
  checkAtWindow,
  checkEngineering,
  endRepair,
  recordReview,
  reportRepair,
  sendBackRepair,
} from '#services/repair/repair.ts'
import { useAuthorityRefSchema } from '#services/authority/use-authority.ts'
import {
  dateSchema, fenSchema, idSchema, PAGE_LIMIT, positiveFenSchema, rateSchema, requiredTextSchema, sha256Schema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'repair'>()
const complexId = idSchema<'complex'>()
const longText = z.string().trim().min(1, '不能为空').max(2000)
const limit = z.number().int().min(1).max(PAGE_LIMIT)
const months = z.int().min(0).max(600)
const someComplex = z.object({ complexId: complexId.nullable().default(null) })
const payment = z.object({ id, amountFen: positiveFenSchema, bankAccountId: idSchema<'bankAccount'>(), date: dateSchema })
const window = writeProcedure('preparer', 'head')
const section = writeProcedure('reviewer', 'head')
const anyone = writeProcedure('preparer', 'reviewer', 'head')

export const repairRouter = router({
  get: readProcedure.input(z.object({ id })).query(({ ctx, input }) => repairCard(ctx, input.id)),
  authorityChoices: readProcedure.input(z.object({ id })).query(({ ctx, input }) => authorityChoices(ctx, input.id)),
  ties: readProcedure.input(z.object({ id })).query(({ ctx, input }) => repairTies(ctx.ledger, input.id)),
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
        useItem: z.string().max(40).nullable(),
        explanation: textSchema,
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
    .input(z.object({ id, approvedFen: positiveFenSchema, note: textSchema, concealedWork: z.boolean() }))
    .mutation(({ ctx, input: { id: repairId, ...check } }) => checkEngineering(ctx, repairId, check)),
  authorise: window
    .input(z.object({ id, on: dateSchema, scope: scopeSchema, ref: useAuthorityRefSchema }))
    .mutation(({ ctx, input: { id: repairId, ...authority } }) => authoriseRepair(ctx, repairId, authority)),
  changeContractor: window
    .input(z.object({ id, contractorId: idSchema<'counterparty'>(), reason: requiredTextSchema }))
    .mutation(({ ctx, input: { id: repairId, ...change } }) => changeContractor(ctx, repairId, change)),
  recordContract: window
    .input(
      z.object({
        id,
        number: requiredTextSchema,
        signedOn: dateSchema,
        amountFen: positiveFenSchema,
        budget: z.array(z.object({ label: requiredTextSchema, amountFen: positiveFenSchema })).max(200),
        instalments: z.array(z.object({ label: requiredTextSchema, percent: rateSchema })).max(12),
        retentionPercent: rateSchema,
        retentionMonths: months,
        warrantyMonths: months,
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...contract } }) => recordContract(ctx, repairId, contract)),
  addVisa: anyone
    .input(
      z.object({
        id,
        on: dateSchema,
        work: longText,
        quantity: longText,
        changeFen: fenSchema,
        signers: z.array(z.object({ party: z.enum(SIGNING_PARTIES), person: requiredTextSchema })).max(20),
        images: z.array(sha256Schema).max(50),
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...visa } }) => addVisa(ctx, repairId, visa)),
  draw: section.input(someComplex).mutation(({ ctx, input }) => drawPool(ctx, input.complexId)),
  recordReview: section
    .input(z.object({ id, kind: z.enum(['spotChecked', 'siteReviewed']), on: dateSchema, finding: longText }))
    .mutation(({ ctx, input: { id: repairId, kind, ...found } }) => recordReview(ctx, repairId, kind, found)),
  accept: section
    .input(
      z.object({
        id,
        on: dateSchema,
        stampedBy: z.array(z.enum(SIGNING_PARTIES)),
        sectionStaff: z.array(textSchema).max(20),
        followUp: textSchema,
        warrantyUntil: dateSchema.nullable(),
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => acceptRepair(ctx, repairId, facts)),
  settle: section
    .input(z.object({ id, on: dateSchema, settledFen: positiveFenSchema, auditedBy: textSchema }))
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => settleRepair(ctx, repairId, facts)),
  publish: window
    .input(z.object({ id, from: dateSchema, to: dateSchema, place: requiredTextSchema }))
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => publishRepair(ctx, repairId, facts)),
  raiseObjection: anyone
    .input(z.object({ id, raisedOn: dateSchema, raisedBy: requiredTextSchema, reason: longText, disputedFen: positiveFenSchema }))
    .mutation(({ ctx, input: { id: repairId, ...objection } }) => raiseObjection(ctx, repairId, objection)),
  endObjection: section
    .input(z.object({ id, objectionId: z.int().positive(), outcome: z.enum(OBJECTION_OUTCOMES), reason: longText }))
    .mutation(({ ctx, input: { id: repairId, ...end } }) => endObjection(ctx, repairId, end)),
  instructPayment: writeProcedure('preparer')
    .input(payment)
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => instructPayment(ctx, repairId, facts)),
  preparePaymentAgain: writeProcedure('preparer')
    .input(payment)
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => preparePaymentAgain(ctx, repairId, facts)),
  withdrawInstruction: window
    .input(z.object({ id, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => withdrawInstruction(ctx, input.id, input.reason)),
  followUp: anyone
    .input(z.object({ id, on: dateSchema, result: z.enum(FOLLOW_UP_RESULTS), person: requiredTextSchema, said: textSchema }))
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => followUpRepair(ctx, repairId, facts)),

  sendBack: anyone
    .input(z.object({ id, to: z.enum(SEND_BACK_STEPS), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => sendBackRepair(ctx, input.id, input.to, input.reason)),
  end: anyone
    .input(z.object({ id, kind: z.enum(['refused', 'cancelled']), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => endRepair(ctx, input.id, input.kind, input.reason)),
})
