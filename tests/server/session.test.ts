import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openLedger } from '#db/ledger.ts'
import {
  foundTestLedger, layOutFolder, openPage, PASSWORD, START, startTestOffice, type Page, type TestOffice,
} from './office.ts'

let office: TestOffice
let page: Page
beforeEach(async () => {
  office = await startTestOffice()
  page = await openPage(office)
})
afterEach(() => office.close())

/** Moves the office's clock on from its start. */
function after(minutes: number, seconds = 0): void {
  office.clock.set(new Date(Date.parse(START) + minutes * 60_000 + seconds * 1000).toISOString())
}

const readSomething = (): ReturnType<Page['call']> => page.call('query', 'job.list')
const doSomething = (): ReturnType<Page['call']> => page.call('mutation', 'session.active')
const wrong = (login = 'wang'): ReturnType<Page['call']> =>
  page.call('mutation', 'session.signIn', { login, password: 'wrong' })

describe('signing in', () => {
  it('is needed for everything else, and says so', async () => {
    expect(await readSomething()).toMatchObject({ status: 401, problem: { code: 'session.signedOut' } })
    expect(await page.call('query', 'session.state')).toMatchObject({ status: 200, data: { state: 'signedOut', person: null } })
    await page.signIn()
    expect((await readSomething()).status).toBe(200)
    expect(await page.call('query', 'session.state')).toMatchObject({
      data: { state: 'open', person: { login: 'wang', name: '王管理' }, ledger: { office: '示例中心', isReadOnly: false } },
    })
  })

  it('ends with signing out: the old cookie is worth nothing', async () => {
    await page.signIn()
    const cookies = new Map(page.cookies)
    await page.call('mutation', 'session.signOut')
    for (const [name, value] of cookies) page.cookies.set(name, value)
    expect((await readSomething()).problem?.code).toBe('session.signedOut')
  })

  it('gives a new session number every time, so one planted before is worth nothing', async () => {
    const name = `mingzhang-session-${page.port}`
    page.cookies.set(name, 'planted')
    await page.signIn()
    const first = page.cookies.get(name)
    await page.signIn()
    const second = page.cookies.get(name)
    expect(new Set([first, second, 'planted']).size).toBe(3)
    if (first !== undefined) page.cookies.set(name, first)
    expect((await readSomething()).problem?.code).toBe('session.signedOut')
  })
})

describe('the idle lock', () => {
  it('locks after the idle minutes of the settings and opens with the password, not without', async () => {
    await page.signIn()
    after(14, 59)
    expect((await doSomething()).status).toBe(200)
    after(29, 58)
    expect((await readSomething()).status).toBe(200)
    after(29, 59)
    expect(await readSomething()).toMatchObject({ status: 401, problem: { code: 'session.locked' } })
    expect(await page.call('query', 'session.state')).toMatchObject({ data: { state: 'locked', person: { name: '王管理' } } })
    expect((await page.call('mutation', 'session.unlock', { password: 'wrong' })).problem?.code).toBe('user.signIn')
    expect((await readSomething()).problem?.code).toBe('session.locked')
    expect((await page.call('mutation', 'session.unlock', { password: PASSWORD })).status).toBe(200)
    expect((await readSomething()).status).toBe(200)
  })

  it('is not kept away by a timer that polls', async () => {
    await page.signIn()
    for (let minute = 1; minute < 15; minute += 1) {
      after(minute)
      expect((await readSomething()).status).toBe(200)
      await page.call('query', 'session.state')
    }
    after(15)
    expect((await readSomething()).problem?.code).toBe('session.locked')
  })

  it('stays locked although requests keep coming, and locks when the clock is set back', async () => {
    await page.signIn()
    after(16)
    expect((await doSomething()).problem?.code).toBe('session.locked')
    after(1)
    expect((await doSomething()).problem?.code).toBe('session.locked')
    await page.call('mutation', 'session.unlock', { password: PASSWORD })
    after(-60)
    expect((await doSomething()).problem?.code).toBe('session.locked')
  })

  it('locks at once on request, files included', async () => {
    await page.signIn()
    await page.call('mutation', 'session.lock')
    expect((await readSomething()).problem?.code).toBe('session.locked')
    const upload = await page.send({ method: 'POST', path: '/api/upload', headers: { 'x-file-name': 'a.pdf' }, body: 'x' })
    expect([upload.status, upload.body]).toEqual([401, expect.stringContaining('session.locked')])
    expect((await page.send({ path: `/api/files/${'0'.repeat(64)}` })).status).toBe(401)
  })
})

describe('wrong passwords', () => {
  it('make the next try wait longer and longer, the right one too, and only for that login', async () => {
    const waits: number[] = []
    let now = 0
    for (let attempt = 0; attempt < 7; attempt += 1) {
      expect((await wrong()).problem?.code).toBe('user.signIn')
      const refused = await page.call('mutation', 'session.signIn', { login: 'wang', password: 'wrong again' })
      if (refused.problem?.code === 'user.signIn') continue
      expect(refused).toMatchObject({ status: 429, problem: { code: 'session.wait', field: 'password' } })
      const right = await page.call('mutation', 'session.signIn', { login: ' WANG ', password: PASSWORD })
      expect(right.problem?.code).toBe('session.wait')
      const seconds = Number(/(\d+) 秒/.exec(refused.problem?.message ?? '')?.[1])
      waits.push(seconds)
      now += seconds
      after(0, now)
    }
    expect(waits.length).toBeGreaterThan(3)
    expect(waits).toEqual(waits.map((_, index) => (waits[0] ?? 0) * 2 ** index))
    expect((await wrong('li')).problem?.code).toBe('user.signIn')
    await page.signIn()
    expect((await wrong()).problem?.code).toBe('user.signIn')
  })

  it('do not tell whether the login exists', async () => {
    const messages = new Map<string, string[]>()
    for (const login of ['wang', 'nobody']) {
      const heard: string[] = []
      for (let attempt = 0; attempt < 5; attempt += 1) heard.push((await wrong(login)).problem?.message ?? '')
      messages.set(login, heard)
    }
    expect(messages.get('nobody')).toEqual(messages.get('wang'))
  })
})

describe('what a refusal looks like', () => {
  it('names the field of bad input', async () => {
    expect(await page.call('mutation', 'session.signIn', { login: '', password: 'x' })).toMatchObject({
      status: 400,
      problem: { code: 'input', field: 'login', message: expect.stringContaining('请输入登录名') },
    })
  })

  it('tells nothing of the inside on an unknown procedure or broken JSON', async () => {
    const unknown = await page.call('query', 'ledger.dropEverything')
    expect(unknown).toMatchObject({ status: 404, problem: { code: 'request' } })
    const broken = await page.send({
      method: 'POST', path: '/api/trpc/session.signIn', headers: { 'content-type': 'application/json' }, body: '{',
    })
    expect(broken.status).toBe(400)
    expect(broken.body).not.toMatch(/stack|node_modules|SyntaxError/)
  })
})

it('opens a ledger of a newer version read-only and says why', async () => {
  const folder = layOutFolder()
  const ledgerPath = foundTestLedger(folder)
  const ledger = openLedger(ledgerPath)
  ledger.sqlite.pragma('user_version = 9999')
  ledger.close()
  const { startServer } = await import('#server/entry.ts')
  const server = await startServer({ ledgerPath, door: { kind: 'browser' }, log: () => undefined })
  try {
    const newer = await openPage({ ...office, server })
    const { data } = await newer.call('query', 'session.state')
    expect(data).toMatchObject({ ledger: { isReadOnly: true, notice: expect.stringMatching(/版本/) } })
    await newer.signIn()
  } finally {
    await server.close()
  }
})

it('refuses a ledger that another window holds', async () => {
  const { startServer } = await import('#server/entry.ts')
  const second = startServer({ ledgerPath: office.ledgerPath, door: { kind: 'browser' } })
  await expect(second).rejects.toMatchObject({ code: 'ledger.locked' })
})
