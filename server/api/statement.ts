/** Bank statements: accounts at a glance, preview and import, lines and what becomes of them, proposals and their rules. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { FUND_KINDS } from '#core/fund.ts'
import { PROPOSAL_KINDS } from '#core/statement/proposal.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '#services/context.ts'
import { certificatesOfLine } from '#services/deposit/certificate-bank-line.ts'
import { accountStandings } from '#services/statement/statement-coverage.ts'
import { mappingSchema, mappingVersions, retireMapping, saveMapping } from '#services/statement/statement-mapping.ts'
import {
  LINE_STATES,
  lineHistory,
  lineOf,
  listLines,
  matchCandidates,
  matchLine,
  reopenLine,
  skipLine,
  type LineFilter,
} from '#services/statement/statement-outcome.ts'
import { confirmProposals, proposeLines } from '#services/statement/statement-proposal.ts'
import { changeRule, ruleVersions } from '#services/statement/statement-rule.ts'
import {
  batchOf,
  batchTally,
  importStatement,
  listBatches,
  previewStatement,
  rollbackBatch,
  type StatementPreview,
} from '#services/statement/statement.ts'
import type { Staging } from '../staging.ts'
import { dateSchema, fileTokenSchema, idSchema, PAGE_LIMIT, requiredTextSchema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const ENCODINGS = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030'] as const

const bankAccountId = idSchema<'bankAccount'>()
const batchId = idSchema<'statementBatch'>()
const lineId = idSchema<'statementLine'>()
const limit = z.number().int().min(1).max(PAGE_LIMIT)
const upload = z.object({ bankAccountId, token: fileTokenSchema, encoding: z.enum(ENCODINGS).optional() })
const tryOut = upload.extend({ mapping: mappingSchema.optional() })
const before = z.object({ date: dateSchema, id: z.number().int() })

const lines = z.object({
  bankAccountId,
  batchId: batchId.optional(),
  state: z.enum(LINE_STATES).optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  text: textSchema.optional(),
  before: before.optional(),
  limit,
})

/** The services take absent, not undefined. */
function lineFilter({ batchId: batch, state, from, to, text, before: last, ...page }: z.output<typeof lines>): LineFilter {
  return {
    ...page,
    ...(batch !== undefined && { batchId: batch }),
    ...(state !== undefined && { state }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(text !== undefined && text !== '' && { text }),
    ...(last !== undefined && { before: last }),
  }
}

type Upload = z.output<typeof tryOut>
type Desk = Pick<ServiceContext, 'ledger' | 'actor'> & { readonly staging: Staging }

async function previewUpload(ctx: Desk, input: Upload): Promise<StatementPreview> {
  const staged = ctx.staging.find(ctx.actor.userId, input.token)
  const bytes = await readFile(staged.path)
  return previewStatement(ctx.ledger, input.bankAccountId, {
    name: staged.name, bytes, ...(input.encoding !== undefined && { encoding: input.encoding }),
    ...(input.mapping !== undefined && { mapping: input.mapping }),
  })
}

/** What a page draws of a preview; the rows come by page, since a file may hold 200,000. */
function shownPreview({ statement, account, file, repeats, ...counts }: StatementPreview) {
  const { rows, ...facts } = statement
  const { acrossCount, doubtfulCount, newCount, newFen, gaps, sameFile } = counts
  return {
    bankAccountId: account.id, accountNumber: account.number, fileName: file.name, statement: { ...facts, count: rows.length },
    rows: pageOfRows({ statement, repeats }, 0, PAGE_LIMIT), repeatCount: repeats.length, acrossCount, doubtfulCount,
    newCount, newFen, gaps, sameFile,
  }
}

function pageOfRows({ statement, repeats }: Pick<StatementPreview, 'statement' | 'repeats'>, offset: number, count: number) {
  const known = new Set(repeats)
  return statement.rows.slice(offset, offset + count).map((row) => ({ ...row, isRepeat: known.has(row.line) }))
}

/** Days on either side of a bank line within which vouchers of its amount are offered. */
const CANDIDATE_DAYS = 31

function candidatesOf(ledger: Ledger, id: z.output<typeof lineId>) {
  const candidates = matchCandidates(ledger, id, CANDIDATE_DAYS, 50)
  return { line: lineOf(ledger, id), history: lineHistory(ledger, id), candidates, certificates: certificatesOfLine(ledger, id) }
}

export const statementRouter = router({
  accounts: readProcedure
    .input(z.object({ asOf: dateSchema }))
    .query(({ ctx, input }) => accountStandings(ctx.ledger, input.asOf)),

  preview: readProcedure.input(tryOut).query(async ({ ctx, input }) => shownPreview(await previewUpload(ctx, input))),

  /** Starts the job that stores the file; its `reference` is the new batch. */
  import: writeProcedure('preparer', 'bookkeeper', 'reconciler', 'head')
    .input(upload.extend({ acceptGap: z.boolean().default(false) }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'statement.import',
        userId: ctx.actor.userId,
        run: async ({ breathe }) => {
          await breathe({ done: 0, total: 2, label: '读取并核对文件' })
          const preview = await previewUpload(ctx, input)
          await breathe({ done: 1, total: 2, label: `写入 ${preview.newCount} 笔流水` })
          // One transaction from here on: it is whole or it never was, so there is nothing left to cancel.
          const imported = importStatement(ctx, preview, { acceptGap: input.acceptGap })
          await ctx.staging.discard(ctx.actor.userId, input.token)
          const repeats = imported.repeatCount === 0 ? '' : `，${imported.repeatCount} 笔以前已导入`
          return { summary: `新增 ${imported.newCount} 笔流水${repeats}。`, documents: [], rows: [], reference: imported.batchId }
        },
      })),

  mappings: readProcedure
    .input(z.object({ bankAccountId }))
    .query(({ ctx, input }) => mappingVersions(ctx.ledger, input.bankAccountId)),
  saveMapping: writeProcedure('preparer', 'bookkeeper', 'reconciler', 'head')
    .input(z.object({ bankAccountId, name: requiredTextSchema, mapping: mappingSchema }))
    .mutation(({ ctx, input }) => saveMapping(ctx, input.bankAccountId, input)),
  retireMapping: writeProcedure('preparer', 'bookkeeper', 'reconciler', 'head')
    .input(z.object({ bankAccountId, id: z.number().int().positive() }))
    .mutation(({ ctx, input }) => retireMapping(ctx, input.bankAccountId, input.id)),

  batches: readProcedure
    .input(z.object({ bankAccountId, before: batchId.optional(), limit }))
    .query(({ ctx, input: { before: last, ...page } }) =>
      listBatches(ctx.ledger, { ...page, ...(last !== undefined && { before: last }) })),
  batch: readProcedure
    .input(z.object({ id: batchId }))
    .query(({ ctx, input }) => ({ batch: batchOf(ctx.ledger, input.id), tally: batchTally(ctx.ledger, input.id) })),
  rollback: writeProcedure('preparer', 'bookkeeper', 'reconciler', 'head')
    .input(z.object({ id: batchId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => rollbackBatch(ctx, input.id, input.reason)),

  lines: readProcedure.input(lines).query(({ ctx, input }) => listLines(ctx.ledger, lineFilter(input))),
  line: readProcedure.input(z.object({ id: lineId })).query(({ ctx, input }) => candidatesOf(ctx.ledger, input.id)),
  skip: writeProcedure('bookkeeper', 'reconciler', 'head')
    .input(z.object({ ids: z.array(lineId).min(1).max(PAGE_LIMIT), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) =>
      ctx.ledger.write(() => {
        for (const id of input.ids) skipLine(ctx, id, input.reason)
      })),
  match: writeProcedure('bookkeeper', 'reconciler', 'head')
    .input(z.object({ id: lineId, voucherId: idSchema<'voucher'>() }))
    .mutation(({ ctx, input }) => matchLine(ctx, input.id, input.voucherId)),
  reopen: writeProcedure('bookkeeper', 'reconciler', 'head')
    .input(z.object({ id: lineId, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => reopenLine(ctx, input.id, input.reason)),

  proposals: readProcedure
    .input(lines.omit({ state: true }))
    .query(({ ctx, input }) => proposeLines(ctx.ledger, lineFilter(input), ctx.clock.today())),
  confirm: writeProcedure('preparer')
    .input(
      z.object({
        lines: z.array(z.object({
          lineId,
          ruleId: requiredTextSchema,
          ruleVersion: z.number().int().positive(),
          contractId: idSchema<'contract'>().nullable(),
          householdId: idSchema<'household'>().nullable().default(null),
          complexId: idSchema<'complex'>().nullable().default(null),
        })).min(1).max(PAGE_LIMIT),
      }),
    )
    .mutation(({ ctx, input }) => confirmProposals(ctx, input.lines)),

  rules: readProcedure.input(z.void()).query(({ ctx }) => ruleVersions(ctx.ledger)),
  changeRule: writeProcedure('bookkeeper', 'head')
    .input(
      z.object({
        id: requiredTextSchema,
        fundKind: z.enum(FUND_KINDS),
        kind: z.enum(PROPOSAL_KINDS),
        matchWords: z.array(textSchema).max(50),
        accountCode: textSchema,
        isActive: z.boolean(),
        reason: requiredTextSchema,
        second: z.object({ login: requiredTextSchema, password: z.string().min(1).max(1000) }),
      }),
    )
    .mutation(({ ctx, input: { second, ...facts } }) =>
      ctx.passwordGate.attempt(second.login, () => changeRule(ctx, facts, second))),
})
