/**
 * The built page. Its files are listed once at start and served by exact name: no text from a request is ever joined to
 * a path, so `..`, encodings, backslashes, NUL, links and neighbouring folders have nothing to act on.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { contentSecurityPolicy } from './security.ts'

export type Content = (request: Request) => Promise<Response>

export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.ttf', 'font/ttf'],
  ['.wasm', 'application/wasm'],
  ['.bcmap', 'application/octet-stream'],
  ['.pfb', 'application/octet-stream'],
])

function listFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // isFile() is false for symbolic links.
    if (!entry.isFile() || !MEDIA_TYPES.has(extname(entry.name))) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, file)
  }
  return files
}

function plain(status: number, message: string): Response {
  return new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

async function indexPage(file: string): Promise<Response> {
  const nonce = randomBytes(18).toString('base64')
  const page = (await readFile(file, 'utf8')).replaceAll(NONCE_PLACEHOLDER, nonce)
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
      'cache-control': 'no-store',
    },
  })
}

/** A screen's address (`/vouchers/12`), which the page itself resolves; anything with a dot or an escape is a file name. */
const SCREEN_PATH = /^\/(?:[a-z0-9-]+\/?)*$/i

export function serveContent(folder: string): Content {
  let files: Map<string, string>
  try {
    files = listFiles(folder)
  } catch {
    files = new Map()
  }
  const index = files.get('/index.html')
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, '不支持的请求方式')
    if (index === undefined) return plain(503, '界面尚未构建：请先运行 npm run build，再重新启动。')
    const path = new URL(request.url).pathname
    if (path === '/' || path === '/index.html') return indexPage(index)
    const file = files.get(path)
    if (file === undefined) {
      const isNavigation = request.headers.get('accept')?.includes('text/html') === true
      return isNavigation && SCREEN_PATH.test(path) ? indexPage(index) : plain(404, '没有这个文件')
    }
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        'content-type': MEDIA_TYPES.get(extname(file)) ?? 'application/octet-stream',
        // Built files carry a hash in their name; the rest is asked for again.
        'cache-control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
      },
    })
  }
}
