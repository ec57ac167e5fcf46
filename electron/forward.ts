import { request as send, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { isPageAddress } from './addresses.ts'
import { messages } from './messages.ts'

/** These speak of one connection, not of the message. */
const connectionHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host'])

function refusal(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-security-policy': "default-src 'none'" } })
}

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(answer.headersDistinct)) {
    if (!connectionHeaders.has(name)) for (const value of values) headers.append(name, value)
  }
  const status = answer.statusCode ?? 502
  const body = [204, 205, 304].includes(status) ? null : (Readable.toWeb(answer) as ReadableStream)
  return new Response(body, { status, headers })
}

/** Hands each `app://mingzhang/…` request to the server at `socketPath`, streaming; no socket outlives a restart. */
export function createForward(socketPath: string): (request: Request) => Promise<Response> {
  return ({ url, method, signal, headers, body }) => {
    if (!isPageAddress(url)) return Promise.resolve(refusal(404, ''))
    const { pathname, search } = new URL(url)
    const kept = Object.fromEntries([...headers].filter(([name]) => !connectionHeaders.has(name)))
    const options = { socketPath, path: pathname + search, method, headers: { ...kept, host: 'mingzhang' } }
    return new Promise((resolve) => {
      const outgoing = send({ ...options, signal, agent: false }, (answer) => resolve(toResponse(answer)))
      outgoing.on('error', () => resolve(refusal(503, messages.notRunning)))
      if (body === null) outgoing.end()
      else Readable.fromWeb(body as NodeStream).on('error', (error) => outgoing.destroy(error)).pipe(outgoing)
    })
  }
}
