/** Statements and books: the three forms with tie-outs, income and balance, the yearly report, ledgers in book form, print. */
import { z } from 'zod'
import { annualReport } from '#services/disclosure/annual-report.ts'
import { LEDGER_KINDS } from '#services/voucher/ledger-book.ts'
import { movementStatement } from '#services/voucher/movement.ts'
import { linesBehind, statutoryStatements } from '#services/voucher/statutory.ts'
import { printCoverJob, printLedgerJob } from '../ledger-print.ts'
import { printStatementsJob } from '../statutory.ts'
import { printAnnualJob, printMovementJob } from '../yearly-print.ts'
import { dateSchema, idSchema, monthSchema, PAGE_LIMIT } from './schema.ts'
import { readProcedure, router } from './trpc.ts'

const complexId = idSchema<'complex'>().nullable()
const yearSchema = z.number().int().min(1990).max(2200)
const period = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('month'), month: monthSchema }),
  z.object({ kind: z.literal('year'), year: yearSchema }),
])
const monthSpan = z.object({ bookId: idSchema<'book'>(), complexId, from: monthSchema, to: monthSchema })
const annualScope = z.object({ bookId: idSchema<'book'>(), complexId, year: yearSchema })
const statementScope = z.object({ bookId: idSchema<'book'>(), complexId, period })

export const statutoryRouter = router({
  statements: readProcedure
    .input(statementScope)
    .query(({ ctx, input: { complexId: complex, ...scope } }) =>
      statutoryStatements(ctx.ledger, { ...scope, ...(complex !== null && { complexId: complex, withHouseholds: true }) })),

  /** The posted lines behind a figure, oldest first. */
  behind: readProcedure
    .input(
      z.object({
        bookId: idSchema<'book'>(),
        complexId,
        accountIds: z.array(z.number().int().positive()).min(1).max(200),
        from: dateSchema,
        to: dateSchema,
        counts: z.enum(['movement', 'opening']),
        after: z.object({ date: dateSchema, voucherId: z.number().int(), lineNo: z.number().int() }).nullable(),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { complexId: complex, after, ...question } }) =>
      linesBehind(ctx.ledger, {
        ...question,
        ...(complex !== null && { complexId: complex }),
        ...(after !== null && { after }),
      })),

  printStatements: readProcedure.input(statementScope).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'statutory.print',
      userId: ctx.actor.userId,
      run: (steps) => printStatementsJob(ctx, input, steps),
    })),

  movement: readProcedure
    .input(monthSpan)
    .query(({ ctx, input: { complexId: complex, ...scope } }) =>
      movementStatement(ctx.ledger, { ...scope, ...(complex !== null && { complexId: complex }) })),

  printMovement: readProcedure.input(monthSpan).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'movement.print',
      userId: ctx.actor.userId,
      run: (steps) => printMovementJob(ctx, input, steps),
    })),

  annual: readProcedure
    .input(annualScope)
    .query(({ ctx, input: { complexId: complex, ...scope } }) =>
      annualReport(ctx.ledger, { ...scope, ...(complex !== null && { complexId: complex }) }, ctx.clock.today())),

  printAnnual: readProcedure.input(annualScope.extend({ unit: z.enum(['yuan', 'tenThousand']) })).mutation(({ ctx, input }) =>
    ctx.jobs.start({
      name: 'annual.print',
      userId: ctx.actor.userId,
      run: (steps) => printAnnualJob(ctx, input, steps),
    })),

  /** General ledger, detail ledger or journals of one year's months, in book form. */
  printLedger: readProcedure
    .input(monthSpan.extend({ kind: z.enum(LEDGER_KINDS) }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'ledgerBook.print',
        userId: ctx.actor.userId,
        run: (steps) => printLedgerJob(ctx, input, steps),
      })),

  printCover: readProcedure
    .input(
      z.object({
        bookId: idSchema<'book'>(),
        month: monthSchema,
        volume: z.number().int().min(1).max(99),
        volumes: z.number().int().min(1).max(99),
      }),
    )
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'bindingCover.print',
        userId: ctx.actor.userId,
        run: (steps) => printCoverJob(ctx, input, steps),
      })),
})
