/** Preparing, reviewing, posting, correcting and finding vouchers. */
import { z } from 'zod'
import { VOUCHER_KINDS } from '#core/voucher/voucher.ts'
import { hasDraftEntries } from '#services/household/household-entry.ts'
import { findAttachment, storeAttachment } from '#services/attachment.ts'
import { prepareDifference, preparePriorYear, prepareReversal } from '#services/voucher/correction.ts'
import { postTicked, postTransfer, prepareTransfer, reverseTransfer, voidTransfer } from '#services/voucher/fund-transfer.ts'
import {
  changeDraft,
  draftOf,
  draftProblems,
  reviewDraft,
  saveDraft,
  sendBackDraft,
  voidDraft,
} from '#services/voucher/voucher-draft.ts'
import { listDrafts } from '#services/voucher/voucher-draft-list.ts'
import { findVouchers, listVouchers, voucherOf } from '#services/voucher/voucher.ts'
import { readFile } from 'node:fs/promises'
import { printVouchersJob } from '../print.ts'
import {
  dateSchema,
  fenSchema,
  fileTokenSchema,
  idSchema,
  PAGE_LIMIT,
  positiveFenSchema,
  requiredTextSchema,
  sha256Schema,
  textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const draftId = idSchema<'draft'>()
const voucherId = idSchema<'voucher'>()
const transferId = idSchema<'fundTransfer'>()

const line = z.object({
  summary: textSchema,
  accountId: idSchema<'account'>().nullable(),
  complexId: idSchema<'complex'>().nullable(),
  debitFen: fenSchema,
  creditFen: fenSchema,
  buildingId: idSchema<'building'>().nullable().default(null),
  counterpartyId: idSchema<'counterparty'>().nullable().default(null),
  bankAccountId: idSchema<'bankAccount'>().nullable().default(null),
  contractId: idSchema<'contract'>().nullable().default(null),
  repairId: idSchema<'repair'>().nullable().default(null),
  certificateId: idSchema<'certificate'>().nullable().default(null),
})

const draftFacts = z.object({
  bookId: idSchema<'book'>(),
  kind: z.enum(VOUCHER_KINDS),
  date: dateSchema,
  businessDate: dateSchema.nullable().default(null),
  bankDate: dateSchema.nullable().default(null),
  decisionId: idSchema<'decision'>().nullable().default(null),
  lines: z.array(line).max(2000),
  attachments: z.array(sha256Schema).max(200),
})

const correction = { voucherId, date: dateSchema, reason: requiredTextSchema }

export const voucherRouter = router({
  list: readProcedure
    .input(
      z.object({
        bookId: idSchema<'book'>(),
        from: dateSchema.optional(),
        to: dateSchema.optional(),
        complexId: idSchema<'complex'>().optional(),
        text: textSchema.optional(),
        before: z.object({ date: dateSchema, id: z.number().int() }).optional(),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { from, to, complexId, text, before, ...page } }) =>
      listVouchers(ctx.ledger, {
        ...page,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(complexId !== undefined && { complexId }),
        ...(text !== undefined && text !== '' && { text }),
        ...(before !== undefined && { before }),
      })),
  /** For Ctrl+K: by number as a clerk says it (`记-12`, `12`), by amount within the days given, by words of the summary. */
  find: readProcedure
    .input(
      z.object({
        bookId: idSchema<'book'>(),
        text: requiredTextSchema,
        from: dateSchema,
        to: dateSchema,
        limit: z.number().int().min(1).max(20),
      }),
    )
    .query(({ ctx, input }) => findVouchers(ctx.ledger, input)),
  get: readProcedure.input(z.object({ id: voucherId })).query(({ ctx, input }) => voucherOf(ctx.ledger, input.id)),

  drafts: readProcedure
    .input(z.object({ bookId: idSchema<'book'>().optional(), limit: z.number().int().min(1).max(PAGE_LIMIT) }))
    .query(({ ctx, input }) => listDrafts(ctx.ledger, input.bookId ?? null, input.limit)),
  draft: readProcedure.input(z.object({ id: draftId })).query(({ ctx, input }) => {
    const draft = draftOf(ctx.ledger, input.id)
    const papers = draft.attachments.flatMap((sha256) => findAttachment(ctx.ledger, sha256) ?? [])
    return { draft, papers, problems: draftProblems(ctx.ledger, draft), hasHouseholds: hasDraftEntries(ctx.ledger, draft.id) }
  }),
  save: writeProcedure('preparer').input(draftFacts).mutation(({ ctx, input }) => saveDraft(ctx, input)),
  change: writeProcedure('preparer')
    .input(z.object({ id: draftId, facts: draftFacts }))
    .mutation(({ ctx, input }) => changeDraft(ctx, input.id, input.facts)),
  review: writeProcedure('reviewer')
    .input(z.object({ ids: z.array(draftId).min(1).max(PAGE_LIMIT) }))
    .mutation(({ ctx, input }) =>
      ctx.ledger.write(() => {
        for (const id of input.ids) reviewDraft(ctx, id)
      })),
  sendBack: writeProcedure('reviewer', 'bookkeeper')
    .input(z.object({ id: draftId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => sendBackDraft(ctx, input.id, input.reason)),
  void: writeProcedure('preparer', 'reviewer')
    .input(z.object({ id: draftId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => voidDraft(ctx, input.id, input.reason)),
  post: writeProcedure('bookkeeper')
    .input(z.object({ ids: z.array(draftId).min(1).max(PAGE_LIMIT) }))
    .mutation(({ ctx, input }) => postTicked(ctx, input.ids)),

  reverse: writeProcedure('preparer')
    .input(z.object({ ...correction, replacement: z.array(line).optional() }))
    .mutation(({ ctx, input: { replacement, ...facts } }) =>
      prepareReversal(ctx, { ...facts, ...(replacement !== undefined && { replacement }) })),
  difference: writeProcedure('preparer')
    .input(z.object({ ...correction, corrected: z.array(z.object({ debitFen: fenSchema, creditFen: fenSchema })) }))
    .mutation(({ ctx, input }) => prepareDifference(ctx, input)),
  priorYear: writeProcedure('preparer')
    .input(z.object({ ...correction, lines: z.array(line) }))
    .mutation(({ ctx, input }) => preparePriorYear(ctx, input)),

  prepareTransfer: writeProcedure('preparer')
    .input(
      z.object({
        complexId: idSchema<'complex'>(),
        amountFen: positiveFenSchema,
        date: dateSchema,
        fromBankAccountId: idSchema<'bankAccount'>(),
        toBankAccountId: idSchema<'bankAccount'>(),
        decisionId: idSchema<'decision'>(),
        summary: requiredTextSchema,
      }),
    )
    .mutation(({ ctx, input }) => prepareTransfer(ctx, input)),
  postTransfer: writeProcedure('bookkeeper')
    .input(z.object({ transferId }))
    .mutation(({ ctx, input }) => postTransfer(ctx, input.transferId)),
  voidTransfer: writeProcedure('preparer', 'reviewer')
    .input(z.object({ transferId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => voidTransfer(ctx, input.transferId, input.reason)),

  /** Prepares the pair of red vouchers that takes a posted transfer back. */
  reverseTransfer: writeProcedure('preparer')
    .input(z.object({ transferId, date: dateSchema, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => reverseTransfer(ctx, input)),

  print: readProcedure
    .input(z.object({ ids: z.array(voucherId).min(1).max(PAGE_LIMIT) }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'voucher.print',
        userId: ctx.actor.userId,
        run: (steps) => printVouchersJob(ctx, input.ids, steps),
      }),
    ),

  /** Turns an uploaded file into a stored paper that vouchers, contracts and decisions refer to by hash. */
  attach: writeProcedure()
    .input(z.object({ token: fileTokenSchema }))
    .mutation(async ({ ctx, input }) => {
      const file = ctx.staging.find(ctx.actor.userId, input.token)
      const attachment = storeAttachment(ctx, { name: file.name, bytes: await readFile(file.path) })
      await ctx.staging.discard(ctx.actor.userId, input.token)
      return attachment
    }),
})

