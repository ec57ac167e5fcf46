/** Due work, the lost-interest meter and the ladder: what is watched, and the papers made of it. */
import { z } from 'zod'
import { firstDayOfMonth, lastDayOfMonth } from '#core/calendar.ts'
import { lastWorkingDayBefore } from '#core/deposit/deposit-due.ts'
import { dueCertificates, dueDays, dueSummary, watched } from '#services/deposit/deposit-due.ts'
import { depositLadder } from '#services/deposit/deposit-ladder.ts'
import { idleBehind, LOSS_GROUPS, lossMeter, overdueBehind } from '#services/deposit/deposit-loss.ts'
import { reminderDays } from '#services/deposit/deposit-reminder.ts'
import { holidayTable } from '#services/policy/policy.ts'
import { dueCalendarJob, printDueListJob, reminderEnd } from '../due-paper.ts'
import { dateSchema, idSchema, monthSchema, PAGE_LIMIT, textSchema } from './schema.ts'
import { readProcedure, router } from './trpc.ts'

const complexId = idSchema<'complex'>().nullable()
const after = z.object({ dueDate: dateSchema, id: idSchema<'certificate'>() }).optional()
const limit = z.number().int().min(1).max(PAGE_LIMIT)
const behind = z.object({ group: z.enum(LOSS_GROUPS), key: textSchema, complexId })
const request = z.object({ until: dateSchema.nullable(), complexId })

export const dueRouter = router({
  /** Counts and sums of everything overdue and due within the longest reminder. */
  summary: readProcedure.input(z.object({ complexId })).query(({ ctx, input }) => {
    const today = ctx.clock.today()
    const reminders = reminderDays(ctx.ledger, today)
    return dueSummary(ctx.ledger, today, reminders, reminderEnd(reminders, today), input.complexId)
  }),

  /** Without `from` and `until`: everything overdue and due within the longest reminder. */
  page: readProcedure
    .input(z.object({ complexId, from: dateSchema.optional(), until: dateSchema.optional(), after, limit }))
    .query(({ ctx, input: { from, until, after: last, ...filter } }) => {
      const today = ctx.clock.today()
      const reminders = reminderDays(ctx.ledger, today)
      const rows = dueCertificates(ctx.ledger, {
        ...filter,
        until: until ?? reminderEnd(reminders, today),
        ...(until === undefined && { remindOn: today }),
        ...(from !== undefined && { from }),
        ...(last !== undefined && { after: last }),
      })
      return rows.map((row) => watched(row, today, reminders))
    }),

  /** What falls due on each day of a month, and which days banks are closed. */
  month: readProcedure.input(z.object({ month: monthSchema, complexId })).query(({ ctx, input }) => {
    const [first, end] = [firstDayOfMonth(input.month), lastDayOfMonth(input.month)]
    const { table, unknownYears, yearsWithoutSwaps } = holidayTable(ctx.ledger, first, end)
    return {
      days: dueDays(ctx.ledger, first, end, input.complexId)
        .map((day) => ({ ...day, workingDay: lastWorkingDayBefore(day.date, table) })),
      daysOff: [...table.daysOff].filter((date) => date >= first && date <= end),
      workedWeekends: [...table.swappedWorkdays].filter((date) => date >= first && date <= end),
      isCalendarKnown: unknownYears.length === 0 && yearsWithoutSwaps.length === 0,
    }
  }),

  print: readProcedure.input(request).mutation(({ ctx, input }) =>
    ctx.jobs.start({ name: 'due.print', userId: ctx.actor.userId, run: (steps) => printDueListJob(ctx, input, steps) })),

  calendarFile: readProcedure.input(request).mutation(({ ctx, input }) =>
    ctx.jobs.start({ name: 'due.calendar', userId: ctx.actor.userId, run: (steps) => dueCalendarJob(ctx, input, steps) })),

  loss: readProcedure
    .input(z.object({ group: z.enum(LOSS_GROUPS), from: dateSchema, complexId }))
    .query(({ ctx, input: { group, ...scope } }) => lossMeter(ctx.ledger, group, { ...scope, today: ctx.clock.today() })),

  overdueBehind: readProcedure
    .input(behind.extend({ after, limit }))
    .query(({ ctx, input: { after: last, ...filter } }) =>
      overdueBehind(ctx.ledger, { ...filter, today: ctx.clock.today(), ...(last !== undefined && { after: last }) })),

  idleBehind: readProcedure
    .input(behind.extend({ from: dateSchema }))
    .query(({ ctx, input: { group, key, ...scope } }) =>
      idleBehind(ctx.ledger, { ...scope, today: ctx.clock.today() }, group, key)),

  ladder: readProcedure
    .input(z.object({ complexId }))
    .query(({ ctx, input }) => depositLadder(ctx.ledger, ctx.clock.today(), input.complexId)),
})
