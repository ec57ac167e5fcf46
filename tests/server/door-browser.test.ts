import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { linkOf, openPage, Page, PASSWORD, send, startTestOffice, type TestOffice } from './office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await startTestOffice()
})
afterAll(() => office.close())

function port(): number {
  return Number(linkOf(office).port)
}

const signIn = {
  method: 'POST',
  path: '/api/trpc/session.signIn',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ login: 'wang', password: PASSWORD }),
}

describe('the opening link', () => {
  it('lets one page in, once, with a cookie no script can read and no other site can send', async () => {
    const link = linkOf(office)
    const first = await send({ port: port() }, { path: link.pathname + link.search })
    expect(first.status).toBe(303)
    expect(first.headers.location).toBe('/')
    const [cookie = ''] = first.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Strict/)
    expect(cookie).not.toContain(link.searchParams.get('token'))

    const second = await send({ port: port() }, { path: link.pathname + link.search })
    expect(second.status).toBe(403)
    expect(second.headers['x-refusal']).toBe('usedLink')
    expect(second.headers['set-cookie']).toBeUndefined()
    expect(second.body).toContain('每个链接只能打开一次')
  })

  it('refuses a wrong, an empty and a missing token with a sentence', async () => {
    for (const path of ['/open?token=wrong', '/open?token=', '/open']) {
      const answer = await send({ port: port() }, { path })
      expect([path, answer.status, answer.headers['x-refusal']]).toEqual([path, 403, 'usedLink'])
    }
  })

  it('is the only way in: without its cookie neither page, API nor files answer', async () => {
    for (const path of ['/', '/assets/index-1a2b.js', '/api/trpc/session.state', `/api/files/${'a'.repeat(64)}`]) {
      const answer = await send({ port: port() }, { path })
      expect([path, answer.status, answer.headers['x-refusal']]).toEqual([path, 403, 'noCookie'])
    }
    const guessed = await send({ port: port() }, { path: '/', headers: { cookie: `mingzhang-door-${port()}=guess` } })
    expect(guessed.status).toBe(403)
  })
})

describe('a page from elsewhere', () => {
  it('is refused when it writes, even with the cookie: foreign site, other port, null, and no origin at all', async () => {
    const page = await openPage(office)
    const foreign = ['https://evil.example', `http://127.0.0.1:${port() + 1}`, `http://localhost:${port()}`, 'null']
    for (const origin of foreign) {
      const answer = await page.send({ ...signIn, headers: { ...signIn.headers, origin } })
      expect([origin, answer.status, answer.headers['x-refusal']]).toEqual([origin, 403, 'origin'])
    }
    const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const withoutOrigin = await send({ port: port() }, { ...signIn, headers: { ...signIn.headers, cookie } })
    expect(withoutOrigin.status).toBe(403)
    const own = await page.send(signIn)
    expect(own.status).toBe(200)
  })

  it('is refused when it reads the API from another site or another port of this machine', async () => {
    const page = await openPage(office)
    for (const site of ['cross-site', 'same-site']) {
      const answer = await page.send({ path: '/api/trpc/session.state', headers: { 'sec-fetch-site': site } })
      expect([site, answer.status]).toEqual([site, 403])
    }
    expect((await page.send({ path: '/api/trpc/session.state' })).status).toBe(200)
  })

  it('is refused when a rebound name leads it here', async () => {
    const page = await openPage(office)
    for (const host of ['evil.example', `evil.example:${port()}`, '127.0.0.1', 'localhost:1', `127.0.0.1:${port()}.evil`]) {
      const answer = await page.send({ path: '/', headers: { host } })
      expect([host, answer.status]).toEqual([host, answer.status === 400 ? 400 : 403])
      expect(answer.body).not.toContain('csp-nonce')
    }
    const absolute = await page.send({ path: 'http://evil.example/' })
    expect(absolute.body).not.toContain('csp-nonce')
    expect(absolute.status).toBeGreaterThanOrEqual(400)
  })

  it('does not even learn by an unspent link under a rebound name that the link is good', async () => {
    const link = linkOf(office)
    const rebound = await send({ port: port() }, { path: link.pathname + link.search, headers: { host: 'evil.example' } })
    expect(rebound.headers['x-refusal']).toBe('host')
    expect((await send({ port: port() }, { path: link.pathname + link.search })).status).toBe(303)
  })
})

it('listens on the loopback address only', async () => {
  const { networkInterfaces } = await import('node:os')
  const outside = Object.values(networkInterfaces()).flat().find((address) => address?.internal === false)
  if (outside?.family !== 'IPv4') return console.log('SKIPPED: this machine has no second IPv4 address')
  await expect(send({ port: port(), host: outside.address }, { path: '/' })).rejects.toThrow(/ECONNREFUSED/)
})

it('keeps two ledgers open side by side apart: cookies carry the port in their name', async () => {
  const other = await startTestOffice()
  try {
    const page = await openPage(office)
    const otherPage = await openPage(other)
    const mixed = new Page(page.port)
    for (const [name, value] of otherPage.cookies) mixed.cookies.set(name, value)
    expect((await mixed.send({ path: '/' })).status).toBe(403)
    for (const [name, value] of page.cookies) mixed.cookies.set(name, value)
    expect((await mixed.send({ path: '/' })).status).toBe(200)
  } finally {
    await other.close()
  }
})

it('says which port is taken instead of failing with a code', async () => {
  await expect(startTestOffice({ door: { kind: 'browser', port: port() } })).rejects.toMatchObject({ code: 'serve.port' })
})
