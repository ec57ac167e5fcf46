/** Notices: the heat table, a quarter's notice from draft to publishing, posting-up register, checking one in hand. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Quarter } from '#core/calendar.ts'
import { sha256Of } from '#services/attachment.ts'
import { draftDisclosure, laterNotices, noticeFileName, requestDisclosure } from '#services/disclosure/disclosure.ts'
import { noticeOverview, noticeRates, noticesDue, quarterToDisclose } from '#services/disclosure/disclosure-overview.ts'
import { openRequests, returnDisclosure } from '#services/disclosure/disclosure-request.ts'
import {
  compareVersions, frozenNotice, noticePaperFile, noticeVersion, noticeVersions,
} from '#services/disclosure/disclosure-version.ts'
import type { ServiceContext } from '#services/context.ts'
import { checkNoticeCode, checkNoticeFile, isGenuine, noticeCheckText } from '#services/disclosure/notice-check.ts'
import { listPostings, recordPostingUp, recordTakingDown } from '#services/disclosure/posting-up.ts'
import { secondPerson } from '#services/people/user.ts'
import { publishWithPaper } from '../disclosure.ts'
import { noticeBatchJob, type BatchAction } from '../disclosure-batch.ts'
import { dateSchema, fileTokenSchema, idSchema, quarterSchema, requiredTextSchema, sha256Schema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure, type ApiContext } from './trpc.ts'

const scope = z.object({ complexId: idSchema<'complex'>(), quarter: quarterSchema })
const places = z.array(requiredTextSchema).min(1, '请填写地点').max(50)
const requestFacts = scope.extend({
  plan: z.object({ from: dateSchema.optional(), to: dateSchema.optional(), places: places.optional() }).default({}),
  correctionReason: textSchema.default(''),
})
const disclosureId = idSchema<'disclosure'>()
const requestId = idSchema<'disclosureRequest'>()
const second = z.object({ login: requiredTextSchema, password: z.string().min(1).max(1000) })

/** Absent keys stay absent: the profile fills them in. */
function planOf({ from, to, places: at }: z.output<typeof requestFacts>['plan']) {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(at !== undefined && { places: at }) }
}

const ofQuarter = z.object({ quarter: quarterSchema })

function startBatch(ctx: ApiContext & ServiceContext, action: BatchAction, quarter: Quarter) {
  return ctx.jobs.start({
    name: `notice.${action}`,
    userId: ctx.actor.userId,
    run: (steps) => noticeBatchJob(ctx, action, quarter, steps),
  })
}

export const disclosureRouter = router({
  overview: readProcedure
    .input(z.object({ last: quarterSchema, count: z.number().int().min(1).max(16) }))
    .query(({ ctx, input }) => noticeOverview(ctx.ledger, ctx.clock, input.last, input.count)),
  rates: readProcedure
    .input(z.object({ quarter: quarterSchema.optional() }))
    .query(({ ctx, input }) => noticeRates(ctx.ledger, ctx.clock, input.quarter ?? quarterToDisclose(ctx.clock))),
  due: readProcedure.input(z.void()).query(({ ctx }) => noticesDue(ctx.ledger, ctx.clock)),
  waiting: readProcedure.input(ofQuarter).query(({ ctx, input }) => openRequests(ctx.ledger, input.quarter)),

  draft: readProcedure.input(scope).query(({ ctx, input }) => {
    const { preview, ...draft } = draftDisclosure(ctx.ledger, ctx.clock, input.complexId, input.quarter)
    // What hangs says how long it hangs; what is being prepared says how long it would.
    const { published, request } = draft
    const { posting, objection } = request === null && published !== null ? frozenNotice(ctx.ledger, published.id) : preview
    return {
      ...draft,
      plan: posting,
      objection,
      closingFen: preview.sheet.closing.amount,
      /** Changes when the preview would be drawn differently. */
      stamp: sha256Of(Buffer.from(JSON.stringify(preview))),
      versions: noticeVersions(ctx.ledger, input.complexId, input.quarter),
      /** Published later on a closing that a correction would move. */
      later: laterNotices(ctx.ledger, input.complexId, input.quarter),
    }
  }),
  /** Draws the preview; the answer is a document to show. */
  preview: readProcedure.input(scope).mutation(async ({ ctx, input }) => {
    const model = draftDisclosure(ctx.ledger, ctx.clock, input.complexId, input.quarter).preview
    const bytes = await ctx.renderPool.renderPdf({ kind: 'notice', model })
    const name = noticeFileName(model)
    const { token } = await ctx.staging.putDocument(ctx.actor.userId, { name, mediaType: 'application/pdf', bytes })
    return { id: token, name }
  }),
  /** The published paper as a document to show, byte for byte. */
  paper: readProcedure.input(z.object({ id: disclosureId })).mutation(async ({ ctx, input }) => {
    const { name, bytes } = noticePaperFile(ctx.ledger, input.id)
    const { token } = await ctx.staging.putDocument(ctx.actor.userId, { name, mediaType: 'application/pdf', bytes })
    return { id: token, name }
  }),
  version: readProcedure.input(z.object({ id: disclosureId })).query(({ ctx, input }) => {
    const { posting, objection } = frozenNotice(ctx.ledger, input.id)
    return { notice: noticeVersion(ctx.ledger, input.id), posting, objection, postings: listPostings(ctx.ledger, input.id) }
  }),
  compare: readProcedure
    .input(z.object({ before: disclosureId, after: disclosureId }))
    .query(({ ctx, input }) => compareVersions(ctx.ledger, input.before, input.after)),

  request: writeProcedure('preparer')
    .input(requestFacts)
    .mutation(({ ctx, input: { plan, ...facts } }) => requestDisclosure(ctx, { ...facts, plan: planOf(plan) })),
  return: writeProcedure()
    .input(z.object({ id: requestId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => returnDisclosure(ctx, input.id, input.reason)),
  publish: writeProcedure('reviewer', 'head')
    .input(z.object({ id: requestId }))
    .mutation(({ ctx, input }) => publishWithPaper(ctx, ctx.renderPool, input.id)),
  /** At the preparer's own screen: the second person signs in just for this. */
  publishTogether: writeProcedure('preparer')
    .input(z.object({ id: requestId, second }))
    .mutation(({ ctx, input }) => {
      const actor = ctx.passwordGate.attempt(input.second.login, () => secondPerson(ctx, input.second, 'reviewer', 'head'))
      return publishWithPaper({ ...ctx, actor }, ctx.renderPool, input.id)
    }),
  drawAll: readProcedure.input(ofQuarter).mutation(({ ctx, input }) => startBatch(ctx, 'draw', input.quarter)),
  requestAll: writeProcedure('preparer').input(ofQuarter).mutation(({ ctx, input }) => startBatch(ctx, 'request', input.quarter)),
  publishAll: writeProcedure('reviewer', 'head')
    .input(ofQuarter)
    .mutation(({ ctx, input }) => startBatch(ctx, 'publish', input.quarter)),

  postUp: writeProcedure()
    .input(z.object({ disclosureId, places, postedOn: dateSchema, sha256: sha256Schema.nullable() }))
    .mutation(({ ctx, input }) => recordPostingUp(ctx, input)),
  takeDown: writeProcedure()
    .input(z.object({
      postingUpIds: z.array(idSchema<'postingUp'>()).min(1, '请选择撤下的地点').max(50),
      takenDownOn: dateSchema,
      sha256: sha256Schema.nullable(),
    }))
    .mutation(({ ctx, input }) => recordTakingDown(ctx, input)),

  checkCode: readProcedure.input(z.object({ code: requiredTextSchema })).mutation(({ ctx, input }) => {
    const check = checkNoticeCode(ctx.ledger, ctx.clock, input.code)
    return { check, isGenuine: isGenuine(check), text: noticeCheckText(check) }
  }),
  checkFile: readProcedure.input(z.object({ token: fileTokenSchema })).mutation(async ({ ctx, input }) => {
    const { path } = ctx.staging.find(ctx.actor.userId, input.token)
    const check = checkNoticeFile(ctx.ledger, ctx.clock, await readFile(path))
    return { check, isGenuine: isGenuine(check), text: noticeCheckText(check) }
  }),
})
