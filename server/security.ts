/**
 * What keeps other programs and pages away from the ledger: response headers for every door, and the checks of the
 * browser door. Pure functions on requests; the doors decide which apply.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'

export type Handler = (request: Request) => Promise<Response>

/**
 * Nothing remote, nothing inline. The nonce is for the style *elements* Ant Design and AG Grid add while running; both
 * set style on single elements through the DOM (CSSOM), which this policy does not touch, so `unsafe-inline` is not
 * needed. What it does refuse is `style="…"` in HTML text: a chart's HTML tooltip must use `renderMode: 'richText'`.
 * `worker-src` is for the PDF preview's worker. No http(s) address may ever appear here.
 */
export function contentSecurityPolicy(nonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    nonce === undefined ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

const DENIED_FEATURES = [
  'accelerometer', 'autoplay', 'browsing-topics', 'camera', 'clipboard-read', 'display-capture',
  'encrypted-media', 'fullscreen', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'local-fonts', 'magnetometer',
  'microphone', 'midi', 'payment', 'picture-in-picture', 'publickey-credentials-get', 'screen-wake-lock', 'serial',
  'usb', 'xr-spatial-tracking',
]
const PERMISSIONS_POLICY = [...DENIED_FEATURES.map((feature) => `${feature}=()`), 'clipboard-write=(self)'].join(', ')

/** Adds the headers every response carries; a response that set its own policy (the page with its nonce) keeps it. */
export function withSecurityHeaders(response: Response): Response {
  const headers = new Headers(response.headers)
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurityPolicy())
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'no-referrer')
  headers.set('permissions-policy', PERMISSIONS_POLICY)
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

/** 256 random bits, URL-safe. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares secrets without telling by its duration how much of the guess was right. */
export function sameSecret(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * The exact host a request to this port must name. A rebinding attack reaches 127.0.0.1 under its own name, so the
 * name is the only thing that gives it away.
 */
export function isOwnHost(host: string | null, port: number): host is string {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/**
 * Was the request made by our own page? Browsers always send `Origin` with anything but GET and HEAD, and cannot forge
 * it or `Sec-Fetch-Site`. A page on another port of this machine is the same *site* (SameSite cookies reach us), so
 * only an exact origin will do.
 */
export function isFromOwnPage(request: Request, host: string): boolean {
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (origin !== null && origin !== `http://${host}`) return false
  if (!isRead && origin === null) return false
  // "none" is the person typing an address or opening a link from outside a browser: fine for reading.
  return site === null || site === 'same-origin' || (isRead && site === 'none')
}
