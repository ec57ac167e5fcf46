/** The handler as a Node HTTP server: what the two doors have in common. */
import { createServer, type Server } from 'node:http'
import type { ListenOptions } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import { failureOf, failureResponse, logToStderr } from './failure.ts'
import { withSecurityHeaders, type Handler } from './security.ts'

export function httpServerOf(handler: Handler): Server {
  const listener = getRequestListener(handler, {
    overrideGlobalObjects: false,
    // The handler answers its own errors; what arrives here is a request Node could not make sense of, or our bug.
    errorHandler: (error) => {
      if (error instanceof RequestError) return withSecurityHeaders(new Response(null, { status: 400 }))
      return withSecurityHeaders(failureResponse(failureOf(error, logToStderr)))
    },
  })
  return createServer((incoming, outgoing) => void listener(incoming, outgoing))
}

/** Rejects with Node's own error (EADDRINUSE, EACCES). */
export async function listen(server: Server, where: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, resolve)
  })
}

/** Ends open connections too: a page polling for progress would keep the program alive. */
export async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
    server.closeAllConnections()
  })
}
