/**
 * The typed API's ground: the context every procedure gets, the kinds of procedures, and how a refusal reaches the page
 * (`error.data.problem`: code, message, field, row).
 */
import { initTRPC, TRPCError } from '@trpc/server'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Role } from '#core/role.ts'
import type { RenderPool } from '#reports/pool.ts'
import { requireRole, type Clock } from '#services/context.ts'
import { actorOf } from '#services/people/user.ts'
import { failureOf, logToStderr, type Failure, type Log } from '../failure.ts'
import type { JobTable } from '../jobs.ts'
import { assertOpen, signedOut, type PasswordGate, type Session, type SessionTable } from '../session.ts'
import type { Staging } from '../staging.ts'

export type ApiContext = {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly sessions: SessionTable
  readonly passwordGate: PasswordGate
  readonly jobs: JobTable
  readonly staging: Staging
  /** Draws PDFs off this thread. */
  readonly renderPool: RenderPool
  readonly log: Log
  /** Why the ledger is read-only, for the page's top line; null when it is not. */
  readonly ledgerNotice: string | null
  readonly session: Session | undefined
  /** Sends the session cookie with this answer; undefined removes it. */
  readonly sendSession: (session: Session | undefined) => void
}

/** `background`: asked by a timer and not by a person, so it must not keep the screen from locking. */
type Meta = { readonly background?: true }

/** Failures already translated (and logged) on the way out, found again by the formatter. */
const failures = new WeakMap<TRPCError, Failure>()

function explained(error: TRPCError, log: Log): TRPCError {
  // tRPC wraps what a procedure or its input schema threw.
  const failure = failureOf(error.cause ?? error, log)
  const outcome = new TRPCError({ code: failure.kind, message: failure.problem.message, cause: error.cause })
  failures.set(outcome, failure)
  return outcome
}

function problemOf(error: TRPCError): ProblemDetails {
  const known = failures.get(error)
  if (known !== undefined) return known.problem
  if (error.code === 'INTERNAL_SERVER_ERROR') return failureOf(error.cause ?? error, logToStderr).problem
  return { code: 'request', message: '请求无效：页面与程序的版本可能不一致，请刷新页面后重试。' }
}

const t = initTRPC.context<ApiContext>().meta<Meta>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => {
    const problem = problemOf(error)
    return {
      ...shape,
      message: problem.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path ?? null, problem },
    }
  },
})

export const router = t.router

/** What a person notices as waiting (design §5). */
const SLOW_MILLISECONDS = 300

/** Everyone may call it, signed in or not: only what the sign-in page needs. Logs slow names, never values. */
export const publicProcedure = t.procedure.use(async ({ ctx, path, getRawInput, next }) => {
  try {
    await getRawInput()
  } catch {
    // Broken JSON is the sender's fault and not ours; the formatter words it.
    throw new TRPCError({ code: 'BAD_REQUEST' })
  }
  const begun = performance.now()
  const result = await next()
  const took = performance.now() - begun
  if (took > SLOW_MILLISECONDS) ctx.log(`slow ${path} ${Math.round(took)} ms`)
  if (!result.ok) throw explained(result.error, ctx.log)
  return result
})

/** Signed in, the screen may be locked: for unlocking, locking and signing out. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.session === undefined) throw signedOut()
  return next({ ctx: { session: ctx.session } })
})

/** Signed in and unlocked; `ctx` is then also the services' context (`ledger`, `clock`, `actor`). */
export const readProcedure = signedInProcedure.use(({ ctx, meta, next }) => {
  assertOpen(ctx.sessions, ctx.session)
  if (meta?.background !== true) ctx.sessions.touch(ctx.session)
  return next({ ctx: { actor: actorOf(ctx.ledger, ctx.session.userId) } })
})

/** Changes the ledger. With roles named, the person needs at least one of them; services check what depends on the row. */
export function writeProcedure(...roles: readonly Role[]) {
  return readProcedure.use(({ ctx, next }) => {
    if (ctx.ledger.readOnly) {
      throw new Problem({ code: 'ledger.readOnly', message: '账簿以只读方式打开，只能查看，不能写入。' })
    }
    if (roles.length > 0) requireRole(ctx, ...roles)
    return next()
  })
}
