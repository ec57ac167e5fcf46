/** A real server over a real ledger in a temporary folder, and a client that can send what no browser would. */
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'

import { openLedger } from '#db/ledger.ts'
import { startServer, type DoorChoice, type RunningServer } from '#server/entry.ts'
import { fixedClock } from '#services/clock.ts'
import { foundOffice } from '#services/office.ts'

export const START = '2025-10-08T01:00:00.000Z'
export const PASSWORD = 'correct horse 8'
export const PAGE_SECRET = 'not for the page'

export type TestOffice = {
  readonly folder: string
  readonly ledgerPath: string
  readonly clock: ReturnType<typeof fixedClock>
  readonly log: readonly string[]
  readonly server: RunningServer
  readonly close: () => Promise<void>
}

/** `page/` is what may be served; `page-evil/` and `secret.txt` beside it must never be. */
export function layOutFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-server-'))
  fs.mkdirSync(path.join(folder, 'page/assets'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'page-evil'))
  const head = '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__">'
  fs.writeFileSync(path.join(folder, 'page/index.html'), `${head}<title>明账</title>`)
  fs.writeFileSync(path.join(folder, 'page/assets/index-1a2b.js'), 'export const page = 1')
  fs.writeFileSync(path.join(folder, 'secret.txt'), PAGE_SECRET)
  fs.writeFileSync(path.join(folder, 'secret.js'), PAGE_SECRET)
  fs.writeFileSync(path.join(folder, 'page-evil/evil.js'), PAGE_SECRET)
  fs.symlinkSync(path.join(folder, 'secret.js'), path.join(folder, 'page/linked.js'))
  return folder
}

/** An office with one administrator, `wang`, who also prepares vouchers. */
export function foundTestLedger(folder: string): string {
  const ledgerPath = path.join(folder, 'office.mzdb')
  const ledger = openLedger(ledgerPath, { create: true, now: START })
  const administrator = { login: 'wang', name: '王管理', password: PASSWORD, roles: ['preparer'] as const }
  foundOffice(ledger, fixedClock(START), { officeName: '示例中心', administrator })
  ledger.close()
  return ledgerPath
}

export async function startTestOffice(options: { door?: DoorChoice; uploadLimitBytes?: number } = {}): Promise<TestOffice> {
  const folder = layOutFolder()
  const ledgerPath = foundTestLedger(folder)
  const clock = fixedClock(START)
  const log: string[] = []
  const server = await startServer({
    ledgerPath,
    door: options.door ?? { kind: 'browser' },
    contentFolder: path.join(folder, 'page'),
    clock,
    log: (line) => log.push(line),
    ...(options.uploadLimitBytes === undefined ? {} : { uploadLimitBytes: options.uploadLimitBytes }),
  })
  return {
    folder,
    ledgerPath,
    clock,
    log,
    server,
    close: async () => {
      await server.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Answer = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly body: string }

export type RawRequest = {
  readonly method?: string
  readonly path: string
  readonly headers?: http.OutgoingHttpHeaders
  readonly body?: string | Uint8Array
}

/** Sends the path and headers exactly as given, `..` and foreign `Host` included. */
export function send(where: { port: number; host?: string } | { socketPath: string }, request: RawRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      { host: '127.0.0.1', ...where, method: request.method ?? 'GET', path: request.path, headers: request.headers ?? {} },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(request.body)
  })
}

export function linkOf(office: TestOffice): URL {
  const link = office.server.openingLink?.()
  if (link === undefined) throw new Error('this door has no link')
  return new URL(link)
}

/** A page that came in by the link: keeps cookies, sends the headers a browser would. */
export class Page {
  readonly port: number
  readonly cookies = new Map<string, string>()

  constructor(port: number) {
    this.port = port
  }

  async send(request: RawRequest): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await send({ port: this.port }, {
      ...request,
      headers: { origin: `http://127.0.0.1:${this.port}`, 'sec-fetch-site': 'same-origin', cookie, ...request.headers },
    })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }

  /** A tRPC call as the page's batching client sends it: the parsed `data`, or the `problem`, with the HTTP status. */
  async call(kind: 'query' | 'mutation', name: string, input?: unknown): Promise<CallResult> {
    const json = JSON.stringify(input === undefined ? {} : { 0: input })
    const path = `/api/trpc/${name}?batch=1`
    const answer = kind === 'query'
      ? await this.send({ path: `${path}&input=${encodeURIComponent(json)}` })
      : await this.send({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body: json })
    return readResult(answer)
  }

  async signIn(): Promise<void> {
    const { problem } = await this.call('mutation', 'session.signIn', { login: 'wang', password: PASSWORD })
    if (problem !== undefined) throw new Error(problem.message)
  }
}

type Sent = { code: string; message: string; field?: string; row?: number }
export type CallResult = { readonly status: number; readonly data: unknown; readonly problem: Sent | undefined }

type Body = { result?: { data?: unknown }; error?: { data?: { problem?: Sent } }; problem?: Sent }

export function readResult(answer: Answer): CallResult {
  const parsed: Body | [Body] = JSON.parse(answer.body)
  const body = Array.isArray(parsed) ? parsed[0] : parsed
  return { status: answer.status, data: body.result?.data, problem: body.error?.data?.problem ?? body.problem }
}

export async function openPage(office: TestOffice): Promise<Page> {
  const link = linkOf(office)
  const page = new Page(Number(link.port))
  const answer = await page.send({ path: link.pathname + link.search })
  if (answer.status !== 303) throw new Error(`the link answered ${answer.status}`)
  return page
}
