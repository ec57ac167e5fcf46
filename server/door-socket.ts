/**
 * The desktop door: the same handler on a private Unix socket or Windows named pipe. The shell's main process forwards
 * `app://` requests here; no TCP port exists. Reaching the socket takes the same operating-system user (mode 0600), who
 * could read the ledger file anyway, so there is no token.
 */
import { chmodSync, rmSync } from 'node:fs'
import { closeServer, httpServerOf, listen } from './http.ts'
import type { Handler } from './security.ts'

export type SocketDoor = { readonly path: string; readonly close: () => Promise<void> }

/**
 * Custom schemes do not store `Set-Cookie` from a protocol handler, so the door keeps the one session cookie itself and
 * the page signs in exactly as at the browser door. One desktop app, one door, one session.
 */
export function rememberSessionCookie(handler: Handler): Handler {
  let remembered = new Map<string, string>()
  return async (request) => {
    const headers = new Headers(request.headers)
    if (remembered.size > 0) headers.set('cookie', [...remembered].map(([name, value]) => `${name}=${value}`).join('; '))
    else headers.delete('cookie')
    // The adapter's request is no genuine Request, so it is rebuilt part by part.
    const { url, method, body, signal } = request
    const parts: RequestInit & { readonly duplex: 'half' } = { method, headers, body, signal, duplex: 'half' }
    const response = await handler(new Request(url, parts))
    const kept = new Map(remembered)
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? []
      if (name === undefined || value === undefined) continue
      if (value === '' || /;\s*max-age=0/i.test(cookie)) kept.delete(name)
      else kept.set(name, value)
    }
    remembered = kept
    const answer = new Response(response.body, response)
    answer.headers.delete('set-cookie')
    return answer
  }
}

/** `path`: a socket path inside a folder only the user may enter, or `\\.\pipe\<random name>` on Windows. */
export async function openSocketDoor(handler: Handler, path: string): Promise<SocketDoor> {
  const isPipe = path.startsWith('\\\\')
  const server = httpServerOf(rememberSessionCookie(handler))
  if (!isPipe) rmSync(path, { force: true })
  // The mask closes the moment between creating the socket and chmod.
  const mask = isPipe ? undefined : process.umask(0o177)
  try {
    await listen(server, { path })
  } finally {
    if (mask !== undefined) process.umask(mask)
  }
  if (!isPipe) chmodSync(path, 0o600)
  return { path, close: () => closeServer(server) }
}
