/** The office's existing deposit sheet: preview with what is wrong line by line, then all of it or nothing. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ServiceContext } from '#services/context.ts'
import { importDeposits } from '#services/deposit/deposit-import.ts'
import { previewDepositImport, type ImportPreview } from '#services/deposit/deposit-import-preview.ts'
import type { Staging } from '../staging.ts'
import { dateSchema, fileTokenSchema, idSchema, PAGE_LIMIT, rateSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const request = z.object({
  bookId: idSchema<'book'>(),
  token: fileTokenSchema,
  mode: z.enum(['voucher', 'held']),
  date: dateSchema,
  rateUnit: z.enum(['percent', 'fraction']).nullable(),
  moneyUnit: z.enum(['yuan', 'wan']).nullable(),
  demandRateMicro: rateSchema.nullable(),
})

type Desk = ServiceContext & { readonly staging: Staging }

async function previewOf(ctx: Desk, { token, rateUnit, moneyUnit, ...facts }: z.output<typeof request>): Promise<ImportPreview> {
  const staged = ctx.staging.find(ctx.actor.userId, token)
  return previewDepositImport(ctx.ledger, {
    ...facts,
    file: { name: staged.name, bytes: await readFile(staged.path) },
    answers: { rateUnit, moneyUnit },
    personInCharge: ctx.actor.userId,
  })
}

/** Lines with something wrong first: they are what has to be looked at. */
function shown({ request: { file, mode }, book, sheet, lines, principalFen, tieOut, problems }: ImportPreview) {
  const ordered = [...lines].sort((a, b) => Number(a.problems.length === 0) - Number(b.problems.length === 0) || a.line - b.line)
  return {
    fileName: file.name, mode, bookName: book.name, ...sheet,
    lines: ordered.slice(0, PAGE_LIMIT).map(({ facts, ...line }) => ({ ...line, isReady: facts !== null })),
    lineCount: lines.length,
    principalFen, tieOut,
    // A question answered above takes its problems away by itself.
    problemCount: problems.filter(({ code }) => code !== 'import.ask').length,
    isReady: problems.length === 0,
  }
}

export const depositImportRouter = router({
  preview: readProcedure.input(request).query(async ({ ctx, input }) => shown(await previewOf(ctx, input))),

  import: writeProcedure('preparer').input(request).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'deposit.import',
      userId: ctx.actor.userId,
      run: async ({ breathe }) => {
        await breathe({ done: 0, total: 2, label: '读取并核对存单' })
        const preview = await previewOf(ctx, input)
        await breathe({ done: 1, total: 2, label: `写入 ${preview.lines.length} 张存单` })
        // One transaction from here on: it is whole or it never was, so there is nothing left to cancel.
        const { certificateIds, draftIds } = importDeposits(ctx, preview)
        await ctx.staging.discard(ctx.actor.userId, input.token)
        const voucher = draftIds.length === 0 ? '，没有另制凭证' : `，制成 ${draftIds.length} 张待审核的期初凭证，记账后存单生效`
        return { summary: `导入 ${certificateIds.length} 张存单${voucher}。`, documents: [], rows: [], reference: draftIds[0] ?? null }
      },
    })),
})
