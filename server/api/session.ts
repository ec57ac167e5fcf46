/** Signing in and out, locking, and what the page's frame needs to know about the person in front of it. */
import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Actor } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import { sampleDay } from '#services/sample/sample-day.ts'
import { actorOf, signIn } from '#services/people/user.ts'
import type { Session } from '../session.ts'
import { publicProcedure, readProcedure, router, signedInProcedure } from './trpc.ts'

// Passwords are not trimmed and have no shape here: what the person typed is what is checked.
const password = z.string('请输入密码').min(1, '请输入密码').max(1000, '密码过长')
const login = z.string('请输入登录名').trim().min(1, '请输入登录名').max(100, '登录名过长')

function personOf({ userId, login, name, roles }: Actor) {
  return { userId, login, name, roles: [...roles] }
}

/** Undefined for someone who was disabled while signed in. */
function activePerson(ledger: Ledger, session: Session) {
  try {
    return personOf(actorOf(ledger, session.userId))
  } catch (error) {
    if (error instanceof Problem && error.code === 'user.disabled') return undefined
    throw error
  }
}

export const sessionRouter = router({
  /** Never a refusal: the page asks this first to know which screen to show. Does not count as activity. */
  state: publicProcedure.input(z.void()).query(({ ctx }) => {
    const ledger = {
      office: officeName(ctx.ledger),
      isReadOnly: ctx.ledger.readOnly,
      notice: ctx.ledgerNotice,
      today: ctx.clock.today(),
      /** Not null in a sample office, which stands still at that day. */
      sampleDay: sampleDay(ctx.ledger),
    }
    const person = ctx.session === undefined ? undefined : activePerson(ctx.ledger, ctx.session)
    if (ctx.session === undefined || person === undefined) return { state: 'signedOut' as const, ledger, person: null }
    const state = ctx.sessions.isLocked(ctx.session) ? ('locked' as const) : ('open' as const)
    return { state, ledger, person }
  }),

  signIn: publicProcedure.input(z.object({ login, password })).mutation(({ ctx, input }) => {
    const actor = ctx.passwordGate.attempt(input.login, () => signIn(ctx.ledger, ctx.clock, input))
    if (ctx.session !== undefined) ctx.sessions.close(ctx.session)
    ctx.sendSession(ctx.sessions.open(actor))
    return personOf(actor)
  }),

  lock: signedInProcedure.input(z.void()).mutation(({ ctx }) => {
    ctx.sessions.lock(ctx.session)
  }),

  unlock: signedInProcedure.input(z.object({ password })).mutation(({ ctx, input }) => {
    const { login } = ctx.session
    ctx.passwordGate.attempt(login, () => signIn(ctx.ledger, ctx.clock, { login, password: input.password }))
    ctx.sessions.unlock(ctx.session)
  }),

  signOut: signedInProcedure.input(z.void()).mutation(({ ctx }) => {
    ctx.sessions.close(ctx.session)
    ctx.sendSession(undefined)
  }),

  /** Typing a long voucher sends nothing; the page calls this at most once a minute while keys are pressed. */
  active: readProcedure.input(z.void()).mutation(() => undefined),
})
