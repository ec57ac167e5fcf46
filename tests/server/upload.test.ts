import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { idOf } from '#core/id.ts'
import { openLedger } from '#db/ledger.ts'
import { createStaging, displayName } from '#server/staging.ts'
import { contentDisposition } from '#server/upload.ts'
import { sha256Of, storeAttachment } from '#services/attachment.ts'
import { fixedClock } from '#services/clock.ts'
import { signIn } from '#services/people/user.ts'
import { openPage, PASSWORD, START, startTestOffice, type Page, type TestOffice } from './office.ts'

const LIMIT = 100_000

let office: TestOffice
let page: Page
beforeAll(async () => {
  office = await startTestOffice({ uploadLimitBytes: LIMIT })
  page = await openPage(office)
  await page.signIn()
})
afterAll(() => office.close())

const upload = (body: string | Uint8Array, name = '合同.pdf'): ReturnType<Page['send']> =>
  page.send({ method: 'POST', path: '/api/upload', headers: { 'x-file-name': encodeURIComponent(name) }, body })

function stagedFiles(): string[] {
  const folders = fs.readdirSync(os.tmpdir()).filter((name) => /^mingzhang-\w{6}$/.test(name))
  return folders.flatMap((name) => {
    const folder = path.join(os.tmpdir(), name)
    return fs.statSync(folder).isDirectory() ? fs.readdirSync(folder) : []
  })
}

describe('an upload', () => {
  it('answers a token, the name and the fingerprint of exactly these bytes', async () => {
    const bytes = new Uint8Array(LIMIT).map((_, index) => index % 251)
    const { status, body } = await upload(bytes)
    expect(status).toBe(200)
    const answer: unknown = JSON.parse(body)
    expect(answer).toEqual({ token: expect.any(String), name: '合同.pdf', size: LIMIT, sha256: sha256Of(bytes) })
  })

  it('never uses the name it was given as a path', async () => {
    const { body } = await upload('x', '../../etc/passwd\u0000\r\n.pdf')
    expect(JSON.parse(body)).toMatchObject({ name: 'passwd.pdf' })
    expect(displayName('C:\\bank\\statement.csv')).toBe('statement.csv')
    expect(displayName('..\\..\\')).toBe('未命名')
  })

  it('one byte over the limit is refused with the limit, and leaves nothing on the disk', async () => {
    const before = stagedFiles()
    const { status, body } = await upload(new Uint8Array(LIMIT + 1))
    expect([status, body]).toEqual([413, expect.stringContaining('upload.tooLarge')])
    expect(stagedFiles()).toEqual(before)
  })

  it('without a declared length is stopped at the limit while it streams', async () => {
    const before = stagedFiles()
    const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    let sent = 0
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { origin: `http://127.0.0.1:${page.port}`, cookie, 'x-file-name': 'a.pdf', 'transfer-encoding': 'chunked' }
      const outgoing = http.request({ host: '127.0.0.1', port: page.port, method: 'POST', path: '/api/upload', headers })
      const timer = setInterval(() => {
        sent += 1
        outgoing.write(Buffer.alloc(20_000))
        if (sent > 200) reject(new Error('the server swallowed 4 MB'))
      }, 5)
      outgoing.on('response', (incoming) => {
        clearInterval(timer)
        resolve(incoming.statusCode ?? 0)
        outgoing.destroy()
      })
      outgoing.on('error', () => clearInterval(timer))
    })
    expect(status).toBe(413)
    expect(stagedFiles()).toEqual(before)
  })

  it('of nothing, or with a name that is no text, is refused', async () => {
    expect((await upload('')).body).toContain('upload.empty')
    const answer = await page.send({ method: 'POST', path: '/api/upload', headers: { 'x-file-name': '%E0%A4%A' }, body: 'x' })
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('upload.name')])
  })

  it('is found only by the person who sent it, until it expires', async () => {
    const clock = fixedClock(START)
    const staging = createStaging(clock)
    const [wang, li] = [idOf<'user'>(1), idOf<'user'>(2)]
    try {
      const document = await staging.putDocument(wang, {
        name: '公示.pdf', mediaType: 'application/pdf', bytes: new Uint8Array([1, 2]),
      })
      expect(fs.statSync(document.path).mode & 0o077).toBe(0)
      expect(fs.statSync(path.dirname(document.path)).mode & 0o077).toBe(0)
      expect(() => staging.find(li, document.token)).toThrow(/已过期/)
      await staging.discard(li, document.token)
      expect(staging.find(wang, document.token)).toEqual(document)
      clock.set('2025-10-09T01:00:00.000Z')
      await staging.putDocument(wang, { name: 'b.pdf', mediaType: 'application/pdf', bytes: new Uint8Array([3]) })
      expect(() => staging.find(wang, document.token)).toThrow(/已过期/)
      expect(fs.existsSync(document.path)).toBe(false)
    } finally {
      staging.close()
    }
  })
})

describe('a download', () => {
  it('gives an attachment by its fingerprint, as a file and never as a page', async () => {
    const own = await startTestOffice()
    try {
      await own.server.close()
      const ledger = openLedger(own.ledgerPath)
      const clock = fixedClock(START)
      const actor = signIn(ledger, clock, { login: 'wang', password: PASSWORD })
      const bytes = new TextEncoder().encode('<script>alert(1)</script>')
      const { sha256 } = storeAttachment({ ledger, clock, actor }, { name: '说明“一”.xml', bytes })
      ledger.close()

      const { startServer } = await import('#server/entry.ts')
      const server = await startServer({ ledgerPath: own.ledgerPath, door: { kind: 'browser' }, clock, log: () => undefined })
      const reader = await openPage({ ...own, server })
      expect((await reader.send({ path: `/api/files/${sha256}` })).status).toBe(401)
      await reader.signIn()
      const file = await reader.send({ path: `/api/files/${sha256}` })
      expect([file.status, file.body]).toEqual([200, '<script>alert(1)</script>'])
      expect(file.headers['content-type']).toBe('application/octet-stream')
      expect(file.headers['x-content-type-options']).toBe('nosniff')
      expect(file.headers['content-disposition']).toBe(contentDisposition('attachment', '说明“一”.xml'))
      for (const name of ['0'.repeat(64), sha256.toUpperCase(), '..%2f..%2foffice.mzdb', 'office.mzdb']) {
        const answer = await reader.send({ path: `/api/files/${name}` })
        expect([name, answer.status >= 400 && answer.status < 500]).toEqual([name, true])
        expect(answer.body).not.toContain('SQLite')
      }
      await server.close()
    } finally {
      fs.rmSync(own.folder, { recursive: true, force: true })
    }
  })
})
