/**
 * The browser door: the handler on 127.0.0.1 only, behind a one-time link. Nobody gets in without the link, a used link
 * is dead, and the cookie it leaves cannot be read or sent by another page.
 */
import { parse, serialize } from 'hono/utils/cookie'
import { Problem } from '#core/problem.ts'
import { systemCodeOf } from './failure.ts'
import { closeServer, httpServerOf, listen } from './http.ts'
import { isFromOwnPage, isOwnHost, randomSecret, sameSecret, withSecurityHeaders, type Handler } from './security.ts'

export type BrowserDoor = {
  readonly port: number
  /** A fresh one-time link; earlier unused links stay valid. */
  readonly openingLink: () => string
  readonly close: () => Promise<void>
}

const REFUSALS = {
  host: '拒绝访问：这个地址不是明账自己的地址。请使用启动时给出的链接。',
  origin: '拒绝访问：请求来自别的网页。请回到明账的窗口操作。',
  usedLink: '拒绝访问：这个启动链接无效或已经用过。每个链接只能打开一次，请重新启动明账取得新链接。',
  noCookie: '拒绝访问：请用启动明账时给出的链接打开，不要直接输入地址。',
} as const

function refuse(reason: keyof typeof REFUSALS): Response {
  const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>明账</title><p>${REFUSALS[reason]}</p></html>`
  return withSecurityHeaders(
    new Response(page, { status: 403, headers: { 'content-type': 'text/html; charset=utf-8', 'x-refusal': reason } }),
  )
}

export type DoorKeys = {
  /** A new one-time token. */
  readonly issue: () => string
  /** True once per issued token. */
  readonly spend: (token: string) => boolean
  readonly cookieValue: string
}

export function createDoorKeys(): DoorKeys {
  const unspent = new Set<string>()
  return {
    issue: () => {
      const token = randomSecret()
      unspent.add(token)
      return token
    },
    spend: (token) => {
      const match = [...unspent].find((candidate) => sameSecret(candidate, token))
      return match !== undefined && unspent.delete(match)
    },
    cookieValue: randomSecret(),
  }
}

/** Cookies ignore ports: without the port in its name, two ledgers open side by side would sign each other out. */
export function doorCookieName(port: number): string {
  return `mingzhang-door-${port}`
}

/** Wraps the handler with the door's checks, in order of cost: host, origin, link or cookie. */
export function guardBrowserDoor(handler: Handler, keys: DoorKeys, port: () => number): Handler {
  return async (request) => {
    const url = new URL(request.url)
    const host = request.headers.get('host')
    // `url.host` differs from the header when the request line itself names another host (absolute form).
    if (!isOwnHost(host, port()) || url.host !== host) return refuse('host')
    if (url.pathname === '/open' && request.method === 'GET') {
      if (!keys.spend(url.searchParams.get('token') ?? '')) return refuse('usedLink')
      const cookie = serialize(doorCookieName(port()), keys.cookieValue, { httpOnly: true, sameSite: 'Strict', path: '/' })
      return withSecurityHeaders(new Response(null, { status: 303, headers: { location: '/', 'set-cookie': cookie } }))
    }
    const needsOwnPage = url.pathname.startsWith('/api/') || (request.method !== 'GET' && request.method !== 'HEAD')
    if (needsOwnPage && !isFromOwnPage(request, host)) return refuse('origin')
    const cookie = parse(request.headers.get('cookie') ?? '', doorCookieName(port()))[doorCookieName(port())]
    if (cookie === undefined || !sameSecret(cookie, keys.cookieValue)) return refuse('noCookie')
    return handler(request)
  }
}

/** Listens on `port`, or on a free random one. Errors: Problem `serve.port` when the port is taken or not allowed. */
export async function openBrowserDoor(handler: Handler, requestedPort = 0): Promise<BrowserDoor> {
  const keys = createDoorKeys()
  let port = requestedPort
  const guarded = guardBrowserDoor(handler, keys, () => port)
  const server = httpServerOf(guarded)
  try {
    await listen(server, { port: requestedPort, host: '127.0.0.1' })
  } catch (error) {
    const code = systemCodeOf(error)
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const message = `端口 ${requestedPort} 不能使用：请换一个端口，或不写 --port 由程序自选。`
    throw new Problem({ code: 'serve.port', message, field: '--port' }, { cause: error })
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  port = address.port
  return {
    port,
    openingLink: () => `http://127.0.0.1:${port}/open?token=${keys.issue()}`,
    close: () => closeServer(server),
  }
}
