import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createForward } from '../../electron/forward.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-door-'))
const socketPath = path.join(folder, 'door')
let server: http.Server | undefined

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<void> {
  server = http.createServer(answer)
  await new Promise<void>((resolve) => server?.listen(socketPath, resolve))
}

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
  server = undefined
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const forward = createForward(socketPath)

describe('what travels between the page and the server', () => {
  it('keeps method, address, headers and both bodies', async () => {
    await listen((request, response) => {
      const { method, url, headers } = request
      const { host, origin, 'content-type': kind } = headers
      response.setHeader('x-saw', JSON.stringify({ method, url, host, origin, kind }))
      request.pipe(response)
    })
    const body = randomBytes(3_000_000)
    const answer = await forward(new Request('app://mingzhang/api/x?q=%E6%88%B7&q=2', {
      method: 'POST', body, headers: { 'content-type': 'text/csv', origin: 'app://mingzhang' },
    }))
    expect(JSON.parse(answer.headers.get('x-saw') ?? '')).toEqual({
      method: 'POST', url: '/api/x?q=%E6%88%B7&q=2', host: 'mingzhang', origin: 'app://mingzhang', kind: 'text/csv',
    })
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(digest(await answer.bytes())).toBe(digest(body))
  })

  it('keeps the content security policy and every other header of the answer', async () => {
    await listen((_request, response) => {
      response.writeHead(200, [
        'content-security-policy', "default-src 'none'", 'x-content-type-options', 'nosniff', 'vary', 'a', 'vary', 'b',
      ])
      response.end('<p>')
    })
    const { headers } = await forward(new Request('app://mingzhang/'))
    expect(headers.get('content-security-policy')).toBe("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('vary')).toBe('a, b')
    expect(headers.has('connection')).toBe(false)
  })

  it('shows the first piece before the last one exists, so progress is seen while it happens', async () => {
    let finish = () => {}
    await listen((_request, response) => {
      response.write('first')
      finish = () => response.end('last')
    })
    const answer = await forward(new Request('app://mingzhang/api/progress'))
    const pieces = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await pieces?.read())?.value).toBe('first')
    finish()
    expect((await pieces?.read())?.value).toBe('last')
  })

  it.each([204, 304])('passes on a %i, which has no body', async (status) => {
    await listen((_request, response) => response.writeHead(status).end())
    const answer = await forward(new Request('app://mingzhang/'))
    expect([answer.status, answer.body]).toEqual([status, null])
  })

  it('tells the server when the page gives up', async () => {
    const page = new AbortController()
    const gaveUp = Promise.withResolvers<boolean>()
    await listen((_request, response) => {
      response.on('close', () => gaveUp.resolve(response.writableFinished))
      page.abort()
    })
    expect((await forward(new Request('app://mingzhang/api/slow', { signal: page.signal }))).status).toBe(503)
    expect(await gaveUp.promise).toBe(false)
  })

  it('goes to no other host, and asks the server nothing about it', async () => {
    let asked = false
    await listen((_request, response) => {
      asked = true
      response.end()
    })
    for (const url of ['app://other/', 'app://mingzhang.evil/', 'https://mingzhang/']) {
      expect((await forward(new Request(url))).status).toBe(404)
    }
    expect(asked).toBe(false)
  })

  it('answers in Chinese, with a policy of its own, while no server runs', async () => {
    const answer = await forward(new Request('app://mingzhang/'))
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'")
    expect(answer.headers.get('content-type')).toMatch(/text\/plain;\s*charset=utf-8/i)
    expect(await answer.text()).toContain('账簿服务没有运行')
  })
})
