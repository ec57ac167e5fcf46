/** People, their roles and passwords, and the operation log. */
import { z } from 'zod'
import { ROLES } from '#core/role.ts'
import { listOperations } from '#services/operation-log.ts'
import { addUser, listUsers, setPassword, setRoles, setUserState } from '#services/people/user.ts'
import { idSchema, PAGE_LIMIT, requiredTextSchema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const userId = idSchema<'user'>()
const roles = z.array(z.enum(ROLES))
const password = z.string().min(1).max(1000)

export const staffRouter = router({
  list: readProcedure.input(z.void()).query(({ ctx }) => listUsers(ctx.ledger)),
  add: writeProcedure('administrator')
    .input(z.object({ login: requiredTextSchema, name: requiredTextSchema, password, roles }))
    .mutation(({ ctx, input }) => addUser(ctx, input)),
  setRoles: writeProcedure('administrator')
    .input(z.object({ userId, roles }))
    .mutation(({ ctx, input }) => setRoles(ctx, input.userId, input.roles)),
  setState: writeProcedure('administrator')
    .input(z.object({ userId, state: z.enum(['active', 'disabled']) }))
    .mutation(({ ctx, input }) => setUserState(ctx, input.userId, input.state)),
  setPassword: writeProcedure()
    .input(z.object({ userId, old: password, new: password }))
    .mutation(({ ctx, input }) =>
      ctx.passwordGate.attempt(ctx.actor.login, () => setPassword(ctx, input.userId, { old: input.old, new: input.new }))),

  log: readProcedure
    .input(
      z.object({
        actorId: z.number().int().optional(),
        action: textSchema.optional(),
        from: z.iso.datetime().optional(),
        to: z.iso.datetime().optional(),
        text: textSchema.optional(),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(PAGE_LIMIT),
      }),
    )
    .query(({ ctx, input: { actorId, action, from, to, text, before, limit } }) =>
      listOperations(ctx.ledger, {
        limit,
        ...(actorId !== undefined && { actorId }),
        ...(action !== undefined && action !== '' && { action }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(text !== undefined && text !== '' && { text }),
        ...(before !== undefined && { before }),
      })),
})
