import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openPage, PAGE_SECRET, startTestOffice, type Page, type TestOffice } from './office.ts'

let office: TestOffice
let page: Page
beforeAll(async () => {
  office = await startTestOffice()
  page = await openPage(office)
})
afterAll(() => office.close())

describe('the page', () => {
  it('comes with a strict policy and a new nonce for every load, the same in header and page', async () => {
    const nonces = new Set<string>()
    for (let load = 0; load < 3; load += 1) {
      const { headers, body } = await page.send({ path: '/' })
      const policy = String(headers['content-security-policy'])
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(nonce.length).toBeGreaterThan(20)
      expect(body).toContain(`content="${nonce}"`)
      expect(body).not.toContain('__CSP_NONCE__')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it('carries the other headers on every kind of answer', async () => {
    for (const path of ['/', '/assets/index-1a2b.js', '/none.js', '/api/trpc/session.state', '/api/none', '/open?token=x']) {
      const { headers } = await page.send({ path })
      expect([path, headers['x-content-type-options'], headers['referrer-policy']]).toEqual([path, 'nosniff', 'no-referrer'])
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['permissions-policy']).toContain('camera=()')
    }
  })

  it('serves files with their type; hashed ones for ever, the page itself never from a cache', async () => {
    const script = await page.send({ path: '/assets/index-1a2b.js' })
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toContain('immutable')
    expect((await page.send({ path: '/' })).headers['cache-control']).toBe('no-store')
  })

  it('answers the address of a screen with the page when a person reloads it, a missing file with 404', async () => {
    const screen = await page.send({ path: '/vouchers/12', headers: { accept: 'text/html,*/*' } })
    expect([screen.status, screen.body.includes('明账')]).toEqual([200, true])
    expect((await page.send({ path: '/assets/gone.js', headers: { accept: 'text/html' } })).status).toBe(404)
  })
})

it.each([
  '/../secret.js', '/..%2fsecret.js', '/%2e%2e/secret.js', '/%2e%2e%2fsecret.js', '/assets/../../secret.js',
  '/assets/..%5c..%5csecret.js', '/..\\secret.js', '/assets\\..\\..\\secret.js', '/%252e%252e%252fsecret.js',
  '/../page-evil/evil.js', '/..%2fpage-evil%2fevil.js', '/index.html%00.js', '/%00', '/secret.js%00.html', '//secret.js',
  '/linked.js', '/./../secret.txt', '/%c0%ae%c0%ae/secret.js', '/assets/%', '/.', '/assets', '/assets/',
  '/....//secret.js', '/;/../secret.js', '/etc/passwd',
])('does not leave the page folder by %s', async (path) => {
  const answer = await page.send({ path })
  expect(answer.body).not.toContain(PAGE_SECRET)
  expect(answer.body).not.toContain('root:')
  // `/.` is just `/` in another spelling; nothing else here is a file of the page.
  expect(answer.status).toBe(path === '/.' ? 200 : answer.status === 400 ? 400 : answer.status === 403 ? 403 : 404)
})
