/** Repairs: report, check, draw, review, accept, pay, and the page of one job. Boards: repair-board.ts. */
import { z } from 'zod'
import { SIGNING_PARTIES } from '#core/policy/policy.ts'
import { FOLLOW_UP_RESULTS, SEND_BACK_STEPS } from '#core/repair/repair.ts'
import { PAPER_KINDS } from '#core/repair/repair-papers.ts'
import { OBJECTION_OUTCOMES } from '#core/repair/repair-payable.ts'
import { WARRANTY_CATEGORIES } from '#core/repair/builder-warranty.ts'
import { EMERGENCY_APPLICANTS } from '#core/authority/use-authority.ts'
import { EXCLUDED_USES } from '#core/repair/repair-place.ts'
import { VISIT_PARTIES } from '#core/repair/site-visit.ts'
import { scopeSchema } from '#services/household/apportionment-household.ts'
import { authoriseRepair, recordContract } from '#services/repair/repair-agreement.ts'
import { applyForEmergency } from '#services/repair/repair-emergency.ts'
import { authorityChoices } from '#services/repair/repair-authority.ts'
import { changeContractor, changeSupervisor } from '#services/repair/repair-contractor.ts'
import { drawPool, listDraws } from '#services/repair/repair-draw.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { warrantyQuestion } from '#services/repair/repair-warranty.ts'
import { endObjection, raiseObjection } from '#services/repair/repair-objection.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { instructPayment, preparePaymentAgain, withdrawInstruction } from '#services/repair/repair-payment.ts'
import { acceptRepair, followUpRepair, publishRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { recordReview } from '#services/repair/repair-review.ts'
import { repairTies } from '#services/repair/repair-ties.ts'
import { addVisa } from '#services/repair/repair-visa.ts'
import {
  answerRepeat,
  checkAtWindow,
  checkEngineering,
  endRepair,
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
const visit = z.object({
  party: z.enum(VISIT_PARTIES), person: textSchema, on: dateSchema, time: z.string().max(5), place: textSchema,
  finding: z.string().max(2000), photos: z.array(sha256Schema).max(50),
})
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

  warranty: readProcedure
    .input(z.object({ id, category: z.enum(WARRANTY_CATEGORIES).nullable() }))
    .query(({ ctx, input }) => warrantyQuestion(ctx, input.id, input.category)),
  checkAtWindow: window
    .input(
      z.object({
        id,
        excludedUses: z.record(z.enum(EXCLUDED_USES), z.boolean()),
        useItem: z.string().max(40).nullable(),
        explanation: textSchema,
        second: z.object({ login: requiredTextSchema, password: z.string().min(1).max(1000) }).nullable().default(null),
        builderWarranty: z.object({
          category: z.enum(WARRANTY_CATEGORIES).nullable(),
          categoryReason: textSchema,
          known: z
            .discriminatedUnion('kind', [
              z.object({ kind: z.enum(['completed', 'until']), on: dateSchema, source: requiredTextSchema }),
              z.object({ kind: z.literal('notFound'), reason: requiredTextSchema }),
            ])
            .nullable(),
        }),
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...check } }) => {
      const pass = () => checkAtWindow(ctx, repairId, check)
      return check.second === null ? pass() : ctx.passwordGate.attempt(check.second.login, pass)
    }),
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
  applyEmergency: window
    .input(
      z.object({
        id,
        item: requiredTextSchema,
        applicant: z.enum(EMERGENCY_APPLICANTS),
        appliedOn: dateSchema,
        report: longText,
        files: z.array(sha256Schema).max(50),
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...application } }) => applyForEmergency(ctx, repairId, application)),
  authorise: window
    .input(z.object({ id, on: dateSchema, scope: scopeSchema, ref: useAuthorityRefSchema }))
    .mutation(({ ctx, input: { id: repairId, ...authority } }) => authoriseRepair(ctx, repairId, authority)),
  changeContractor: window
    .input(z.object({ id, contractorId: idSchema<'counterparty'>(), reason: requiredTextSchema }))
    .mutation(({ ctx, input: { id: repairId, ...change } }) => changeContractor(ctx, repairId, change)),
  changeSupervisor: window
    .input(z.object({ id, supervisorId: idSchema<'counterparty'>(), reason: requiredTextSchema }))
    .mutation(({ ctx, input: { id: repairId, ...change } }) => changeSupervisor(ctx, repairId, change)),
  recordContract: window
    .input(
      z.object({
        id,
        number: requiredTextSchema,
        signedOn: dateSchema,
        worksFrom: dateSchema,
        worksTo: dateSchema,
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
    .input(z.object({ id, kind: z.enum(['spotChecked', 'siteReviewed']), visits: z.array(visit).max(VISIT_PARTIES.length) }))
    .mutation(({ ctx, input }) => recordReview(ctx, input.id, input.kind, input.visits)),
  accept: section
    .input(
      z.object({
        id,
        on: dateSchema,
        startedOn: dateSchema,
        finishedOn: dateSchema,
        finding: longText,
        stampedBy: z.array(z.enum(SIGNING_PARTIES)),
        sectionStaff: z.array(textSchema).max(20),
        followUp: textSchema,
        warrantyUntil: dateSchema.nullable(),
      }),
    )
    .mutation(({ ctx, input: { id: repairId, ...facts } }) => acceptRepair(ctx, repairId, facts)),
  settle: section
    .input(z.object({ id, on: dateSchema, settledFen: positiveFenSchema, auditorId: idSchema<'counterparty'>().nullable() }))
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
