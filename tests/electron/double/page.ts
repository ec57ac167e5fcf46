import type { EventEmitter } from 'node:events'
import type { BrowserContext, Page, Request as PageRequest, Route } from '@playwright/test'
import { tell } from './channel.ts'
import { fromChromium, toChromium } from './chromium.ts'

export type PageGuards = {
  serve: ((request: Request) => Promise<Response>) | undefined
  beforeRequest:
    | ((details: { readonly url: string }, answer: (verdict: { readonly cancel?: boolean }) => void) => void)
    | undefined
}

export type WindowPage = {
  load(url: string): Promise<void>
  reload(): Promise<void>
  close(): Promise<void>
  onClosed(listener: () => void): void
}

type Contents = EventEmitter & {
  windowOpenHandler: ((details: { readonly url: string }) => { readonly action: string }) | undefined
}

/** Hop-by-hop or Chromium's own; a response's cookies are dropped because Electron drops them. */
const NOT_PASSED = new Set(['set-cookie', 'content-length', 'content-encoding', 'transfer-encoding'])

function isRefused(contents: Contents, events: readonly string[], url: string, isMainFrame: boolean): boolean {
  let refused = false
  const details = { url, isMainFrame, preventDefault: () => (refused = true) }
  for (const event of events) contents.emit(event, details, url)
  return refused
}

function toAppRequest(request: PageRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers())) {
    if (!name.startsWith(':')) headers.set(name, fromChromium(value))
  }
  headers.delete('cookie')
  const body = request.postDataBuffer()
  return new Request(fromChromium(request.url()), {
    method: request.method(),
    headers,
    ...(body === null ? {} : { body: new Uint8Array(body), duplex: 'half' }),
  })
}

async function fulfil(route: Route, response: Response): Promise<void> {
  const headers: Record<string, string> = {}
  for (const [name, value] of response.headers) if (!NOT_PASSED.has(name)) headers[name] = toChromium(value)
  await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) })
}

/** One window's page: every request goes through the app's own handlers, and none ever to a network. */
export async function openPage(
  context: BrowserContext, contents: Contents, guards: PageGuards, hasNode: boolean,
): Promise<WindowPage> {
  /** Set while the app itself loads an address: only the page's own navigations ask the app. */
  let expected: string | undefined

  function isCancelled(url: string): boolean {
    const verdicts: boolean[] = []
    guards.beforeRequest?.({ url }, ({ cancel }) => verdicts.push(cancel === true))
    return verdicts.includes(true)
  }

  async function answer(route: Route): Promise<void> {
    const request = route.request()
    const url = fromChromium(request.url())
    const isMainFrame = request.isNavigationRequest() && request.frame().parentFrame() === null
    if (request.isNavigationRequest() && url !== expected) {
      const events = isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate']
      if (isRefused(contents, events, url, isMainFrame)) return route.abort('aborted')
    }
    if (isCancelled(url)) return route.abort('blockedbyclient')
    if (!url.startsWith('app://') || guards.serve === undefined) {
      tell({ kind: 'escaped', what: url })
      return route.abort('namenotresolved')
    }
    const response = await guards.serve(toAppRequest(request))
    const location = response.headers.get('location')
    if (location !== null && request.isNavigationRequest()) {
      const target = new URL(location, url).href
      if (isRefused(contents, ['will-redirect'], target, isMainFrame)) return route.abort('aborted')
    }
    return fulfil(route, response)
  }

  await context.route('**/*', (route) => answer(route).catch(() => route.abort('failed').catch(() => undefined)))
  const page: Page = await context.newPage()
  context.on('page', (popup) => {
    const verdict = contents.windowOpenHandler?.({ url: fromChromium(popup.url()) }) ?? { action: 'allow' }
    if (verdict.action !== 'deny') tell({ kind: 'escaped', what: `window ${popup.url()}` })
    void popup.close()
  })
  page.on('crash', () => contents.emit('render-process-gone', {}, { reason: 'crashed' }))
  // A page with Node would find these two.
  if (hasNode) await page.addInitScript(() => Object.assign(globalThis, { require: () => ({}), process: {} }))

  async function whileExpecting(url: string, work: () => Promise<unknown>): Promise<void> {
    expected = url
    await work().finally(() => (expected = undefined))
  }
  return {
    load: (url) => whileExpecting(url, () => page.goto(toChromium(url))),
    reload: () => whileExpecting(fromChromium(page.url()), () => page.reload()),
    close: () => page.close(),
    onClosed: (listener) => void page.on('close', listener),
  }
}
