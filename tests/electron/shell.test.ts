/** The built shell and the real server over a real ledger, in Chromium, under the double. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { foundTestLedger } from '../server/office.ts'
import { buildShellFor, type BuiltShell } from './built-shell.ts'
import { startShell, type Shell, type ShellOptions } from './shell.ts'

const HOME = 'https://mingzhang.app-scheme.invalid/'
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-shell-test-')))
let built: BuiltShell
let ledger = ''
let shell: Shell | undefined

beforeAll(async () => {
  built = await buildShellFor('attacks')
  const page = '<!doctype html><title>明账</title><script src="/page.js"></script><p>登录'
  fs.writeFileSync(path.join(built.page, 'index.html'), page)
  fs.writeFileSync(path.join(built.page, 'page.js'), 'document.documentElement.dataset.ran = "yes"')
  fs.writeFileSync(path.join(built.page, '../secret.js'), 'secret')
  ledger = foundTestLedger(folder)
})
afterEach(async () => {
  await shell?.close()
  shell = undefined
})
afterAll(() => {
  built.remove()
  fs.rmSync(folder, { recursive: true, force: true })
})

async function start(options: ShellOptions = { args: [ledger] }): Promise<Shell> {
  shell = await startShell(built.main, options)
  return shell
}

const PATIENT = { timeout: 10_000 }

/** What the page gets for its own address; 0 while the server is away. */
async function statusOf(page: Page): Promise<number> {
  return page.evaluate(async () => (await fetch('/')).status).catch(() => 0)
}

function escapes(of: Shell): unknown[] {
  return of.told.filter(({ kind }) => kind === 'escaped')
}

function factsOf(of: Shell): Record<string, unknown> {
  const [facts = {}] = of.told.flatMap((message) => (message.kind === 'facts' ? [message.facts] : []))
  return facts
}

describe('the window', () => {
  it('shows the page of the server, under its policy, in a sandbox, and the page runs', async () => {
    const running = await start()
    const page = await running.page()
    expect(page.url()).toBe(HOME)
    expect(await page.title()).toBe('明账')
    expect(await page.locator('html').getAttribute('data-ran')).toBe('yes')
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/)
    expect(policy).not.toMatch(/https?:|unsafe|\*/)
    expect(factsOf(running)).toMatchObject({
      sandboxed: true, devices: false, spellChecker: false, webRTC: 'disable_non_proxied_udp',
      schemes: { app: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    })
  })

  it('signs in through the API with a cookie the page never holds', async () => {
    const page = await (await start()).page()
    const seen = await page.evaluate(async () => {
      const call = async (path: string, init?: RequestInit) => {
        const answer = await fetch(`/api/trpc/${path}`, init)
        return [answer.status, answer.headers.get('set-cookie')]
      }
      const json = { 'content-type': 'application/json' }
      const credentials = JSON.stringify({ login: 'wang', password: 'correct horse 8' })
      const signedIn = await call('session.signIn', { method: 'POST', headers: json, body: credentials })
      return [signedIn, await call('session.state'), document.cookie]
    })
    expect(seen).toEqual([[200, null], [200, null], ''])
  })

  it('survives a crash of the server: says so, opens the ledger again and shows it', async () => {
    const running = await start()
    const page = await running.page()
    const child = running.told.find((message) => message.kind === 'child')
    process.kill(child?.pid ?? 0, 'SIGKILL')
    const question = await running.question()
    expect(question.options).toMatchObject({ message: expect.stringContaining('不会丢失') })
    expect(await statusOf(page)).toBe(503)
    running.answer(question, { response: 0 })
    await expect.poll(() => statusOf(page), PATIENT).toBe(200)
    expect(running.told.filter(({ kind }) => kind === 'child')).toHaveLength(2)
  })

  it('ends the server and folds the write-ahead log into the ledger when it is closed', async () => {
    const running = await start()
    await running.page()
    running.closeWindow()
    expect(await running.ended).toBe(0)
    expect(fs.readdirSync(folder).filter((name) => /-wal|-shm/.test(name))).toEqual([])
    expect(fs.readdirSync(path.join(running.folder, 'temp'))).toEqual([])
  })
})

describe('a hostile page', () => {
  let attacked: Shell
  let page: Page
  beforeAll(async () => {
    attacked = await startShell(built.main, { args: [ledger] })
    page = await attacked.page()
  })
  beforeEach(async () => {
    await page.goto(HOME)
  })
  afterAll(() => attacked.close())

  async function switchPolicyOff(): Promise<void> {
    const chromium = await page.context().newCDPSession(page)
    await chromium.send('Page.setBypassCSP', { enabled: true })
    await page.reload()
  }

  it('has no Node and nothing of Electron', async () => {
    const found = await page.evaluate(() => {
      const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname']
      return names.filter((name) => name in globalThis)
    })
    expect(found).toEqual([])
  })

  it('cannot leave, open a window or reach a network, also where its policy would let it', async () => {
    await switchPolicyOff()
    const outcome = await page.evaluate(async () => {
      const refused = (work: Promise<unknown>) => work.then(() => 'went through', () => 'refused')
      location.href = 'https://evil.example/'
      window.open('https://evil.example/window')
      const frame = document.body.appendChild(document.createElement('iframe'))
      frame.src = 'https://evil.example/frame'
      const socket = new WebSocket('wss://evil.example/socket')
      const socketRefused = new Promise((_resolve, reject) => (socket.onerror = reject))
      document.head.append(Object.assign(document.createElement('script'), { src: 'https://evil.example/script.js' }))
      navigator.sendBeacon('https://evil.example/beacon')
      return [
        await refused(fetch('https://evil.example/')), await refused(fetch('http://127.0.0.1:80/')),
        await refused(socketRefused),
      ]
    })
    expect(outcome).toEqual(['refused', 'refused', 'refused'])
    const strangers = () => page.context().pages().filter((one) => one.url().includes('evil'))
    await expect.poll(strangers, PATIENT).toEqual([])
    expect(page.url()).toBe(HOME)
    expect(escapes(attacked)).toEqual([])
  })

  it('is granted no permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'] as const
      const query = (name: string) => navigator.permissions.query({ name: name as PermissionName })
      const states = names.map(async (name) => (await query(name)).state)
      return [...(await Promise.all(states)), await Notification.requestPermission()]
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
  })

  it('finds no file beside the page', async () => {
    const statuses = await page.evaluate(async () => {
      const above = ['/../secret.js', '/%2e%2e/secret.js', '/..%2fsecret.js', '/..%5csecret.js']
      const paths = ['/missing.js', '/%00.js', '/electron/main.js', ...above]
      return Promise.all(paths.map(async (path) => [path, (await fetch(path)).status]))
    })
    expect(statuses.filter(([, status]) => status !== 404)).toEqual([])
  })

  it('speaks to no other host of the scheme', async () => {
    await switchPolicyOff()
    const refused = await page.evaluate(() =>
      fetch('https://other.app-scheme.invalid/', { mode: 'no-cors' }).then(() => false, () => true))
    expect(refused).toBe(true)
  })
})

describe('which ledger', () => {
  it('is asked for on the first run; a refusal says why and asks again; cancel ends the app', async () => {
    const running = await start({})
    const first = await running.question()
    expect(first.options).toMatchObject({ buttons: ['打开已有账簿…', '建立样例办公室…', '取消'], cancelId: 2 })
    running.answer(first, { response: 0 })
    fs.writeFileSync(path.join(folder, 'notes.txt'), '')
    running.answer(await running.question(), { filePaths: [path.join(folder, 'notes.txt')] })
    const refusal = await running.question()
    expect(refusal.options).toMatchObject({ message: expect.stringContaining('不是账簿文件') })
    running.answer(refusal, { response: 0 })
    running.answer(await running.question(), { response: 2 })
    expect(await running.ended).toBe(0)
  })

  it('can be a sample office, made by the server before its window opens', async () => {
    const running = await start({})
    running.answer(await running.question(), { response: 1 })
    const sample = path.join(running.folder, '样例')
    running.answer(await running.question(), { filePath: sample })
    expect((await running.page()).url()).toBe(HOME)
    expect(fs.existsSync(`${sample}.mzdb`)).toBe(true)
  }, 120_000)

  it('is the last used one on the next start', async () => {
    const running = await start()
    await running.page()
    const remembered = path.join(running.folder, 'userData/last-ledger.txt')
    expect(fs.readFileSync(remembered, 'utf8')).toBe(ledger)
    const again = fs.mkdtempSync(path.join(folder, 'again-'))
    fs.cpSync(path.join(running.folder, 'userData'), path.join(again, 'userData'), { recursive: true })
    await running.close()
    const second = await start({ folder: again })
    expect((await second.page()).url()).toBe(HOME)
  })

  it('passes the same check when a second start or a double click names it', async () => {
    const running = await start()
    await running.page()
    running.emit('second-instance', ['mingzhang', 'missing.mzdb'], folder)
    const refusal = await running.question()
    expect(refusal.options).toMatchObject({ message: expect.stringContaining('找不到') })
    running.answer(refusal, { response: 0 })
    running.answer(await running.question(), { response: 2 })
    running.emit('open-file', '//server/share.mzdb')
    expect((await running.question()).options).toMatchObject({ message: expect.stringContaining('本机') })
    expect(running.told.filter(({ kind }) => kind === 'child')).toHaveLength(1)
  })

  it('is refused with the sentence of the server when it is damaged', async () => {
    const damaged = path.join(folder, 'damaged.mzdb')
    fs.writeFileSync(damaged, 'no database at all')
    const running = await start({ args: [damaged] })
    const { options } = await running.question()
    expect(options).toMatchObject({ message: expect.stringMatching(/\p{Script=Han}/u) })
    expect(options).not.toMatchObject({ message: expect.stringContaining('账簿服务没有运行') })
  })

  it('is opened once: a second copy of the app ends and leaves the first its window', async () => {
    const running = await start({ args: [ledger], env: { DOUBLE_SECOND: '1' } })
    expect(await running.ended).toBe(0)
    expect(running.told.filter(({ kind }) => kind === 'window' || kind === 'child')).toEqual([])
  })

  it('is changed through the menu, and stays when the dialog is left', async () => {
    const running = await start()
    const page = await running.page()
    running.menu('打开或建立账簿…')
    running.answer(await running.question(), { response: 2 })
    running.menu('打开或建立账簿…')
    running.answer(await running.question(), { response: 0 })
    running.answer(await running.question(), { filePaths: [ledger] })
    await expect.poll(() => running.told.filter(({ kind }) => kind === 'child').length, PATIENT).toBe(2)
    await expect.poll(() => statusOf(page), PATIENT).toBe(200)
  })
})
