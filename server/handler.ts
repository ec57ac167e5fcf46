/** The one API: `(Request) → Response`, the same behind every door. */
import { readFile } from 'node:fs/promises'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { RenderPool } from '#reports/pool.ts'
import type { Clock } from '#services/clock.ts'
import { readAttachment } from '#services/attachment.ts'
import { actorOf } from '#services/people/user.ts'
import { appRouter } from './api/router.ts'
import type { Content } from './content.ts'
import { failureOf, failureResponse, type Log } from './failure.ts'
import type { JobTable } from './jobs.ts'
import { withSecurityHeaders, type Handler } from './security.ts'
import { assertOpen, sessionCookie, sessionIdOf, type PasswordGate, type Session, type SessionTable } from './session.ts'
import type { Staging } from './staging.ts'
import { fileResponse, receiveUpload } from './upload.ts'

export type HandlerParts = {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly sessions: SessionTable
  readonly passwordGate: PasswordGate
  readonly jobs: JobTable
  readonly staging: Staging
  readonly renderPool: RenderPool
  readonly content: Content
  readonly log: Log
  readonly ledgerNotice: string | null
}

/** A page of a few thousand voucher lines is under 1 MB of JSON; files go through `/api/upload`. */
const JSON_LIMIT_BYTES = 8 * 1024 * 1024

export function createHandler(parts: HandlerParts): Handler {
  const { sessions, staging } = parts
  const app = new Hono()

  function openSession(request: Request): Session {
    const session = sessions.find(sessionIdOf(request))
    assertOpen(sessions, session)
    // Refuses who was disabled after signing in.
    actorOf(parts.ledger, session.userId)
    sessions.touch(session)
    return session
  }

  app.use(
    '/api/trpc/*',
    bodyLimit({
      maxSize: JSON_LIMIT_BYTES,
      onError: () => failureResponse(failureOf(
        new Problem({ code: 'upload.tooLarge', message: '一次提交的内容过多：请分几次提交。' }), parts.log)),
    }),
  )
  app.all('/api/trpc/*', context =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: context.req.raw,
      router: appRouter,
      // Long inputs of queries travel in a POST body instead of the address.
      allowMethodOverride: true,
      createContext: ({ req, resHeaders }) => ({
        ...parts,
        session: sessions.find(sessionIdOf(req)),
        sendSession: (session: Session | undefined) => resHeaders.append('set-cookie', sessionCookie(req, session?.id)),
      }),
    }),
  )
  app.post('/api/upload', (context) => receiveUpload(staging, openSession(context.req.raw).userId, context.req.raw))
  app.get('/api/files/:sha256', (context) => {
    openSession(context.req.raw)
    // Only fingerprints the ledger knows, and only while the bytes still match them.
    const { attachment, bytes } = readAttachment(parts.ledger, context.req.param('sha256'))
    return fileResponse(bytes, attachment, 'attachment')
  })
  app.get('/api/documents/:token', async (context) => {
    const { userId } = openSession(context.req.raw)
    const document = staging.find(userId, context.req.param('token'))
    return fileResponse(await readFile(document.path), document, 'inline')
  })
  app.all('/api/*', () =>
    failureResponse({ kind: 'NOT_FOUND', problem: { code: 'request', message: '没有这个接口：请刷新页面后重试。' } }))
  app.all('*', (context) => parts.content(context.req.raw))
  app.onError((error) => failureResponse(failureOf(error, parts.log)))

  return async (request) => withSecurityHeaders(await app.fetch(request))
}
