import { fork, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'

import { foundTestLedger, layOutFolder, PASSWORD, readResult, send, startTestOffice, type TestOffice } from './office.ts'

async function onSocket(work: (office: TestOffice, socketPath: string) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(layOutFolder(), 'door-'))
  const socketPath = path.join(folder, 'door')
  const office = await startTestOffice({ door: { kind: 'socket', path: socketPath } })
  try {
    await work(office, socketPath)
  } finally {
    await office.close()
    expect(fs.existsSync(socketPath)).toBe(false)
    fs.rmSync(path.dirname(folder), { recursive: true, force: true })
  }
}

function mutation(name: string, input?: unknown): Parameters<typeof send>[1] {
  const headers = { 'content-type': 'application/json', host: 'mingzhang', origin: 'app://mingzhang' }
  const body = JSON.stringify(input === undefined ? {} : { 0: input })
  return { method: 'POST', path: `/api/trpc/${name}?batch=1`, headers, body }
}

it('the socket is for this user alone and needs no link', async () => {
  await onSocket(async (office, socketPath) => {
    expect(fs.statSync(socketPath).mode & 0o777).toBe(0o600)
    expect(office.server.openingLink).toBeUndefined()
    const page = await send({ socketPath }, { path: '/', headers: { host: 'mingzhang' } })
    expect([page.status, page.headers['content-security-policy']]).toEqual([200, expect.stringContaining('nonce-')])
  })
})

it('the door keeps the session that app:// pages cannot store, and forgets it on signing out', async () => {
  await onSocket(async (_office, socketPath) => {
    const list = async (): Promise<number> => readResult(await send({ socketPath }, { path: '/api/trpc/job.list' })).status
    expect(await list()).toBe(401)
    const signedIn = await send({ socketPath }, mutation('session.signIn', { login: 'wang', password: PASSWORD }))
    expect(signedIn.status).toBe(200)
    expect(signedIn.headers['set-cookie']).toBeUndefined()
    expect(await list()).toBe(200)
    const { body } = await send({ socketPath }, {
      method: 'POST', path: '/api/upload', headers: { 'x-file-name': 'a.pdf' }, body: 'abc',
    })
    expect(JSON.parse(body)).toMatchObject({ size: 3 })
    expect((await send({ socketPath }, mutation('session.signOut'))).status).toBe(200)
    expect(await list()).toBe(401)
  })
})

/** What Electron puts into a utility process, over Node's own channel. */
const PARENT_PORT = `data:text/javascript,${encodeURIComponent(`
  process.parentPort = {
    postMessage: (message) => process.send(message),
    on: (event, listen) => process.on(event, (data) => listen({ data })),
  }`)}`

type Desktop = { said: Promise<unknown>; ended: Promise<number | null>; stop: () => void }

const started: ChildProcess[] = []
// A test that fails half-way must not leave its process behind.
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')))

function startDesktop(args: readonly string[]): Desktop {
  const entry = path.resolve(import.meta.dirname, '../../server/desktop.ts')
  const child = fork(entry, args, { execArgv: ['--import', PARENT_PORT], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  started.push(child)
  return {
    said: new Promise((resolve) => child.once('message', resolve)),
    ended: new Promise((resolve) => child.once('exit', resolve)),
    stop: () => child.send({ type: 'stop' }),
  }
}

it('the desktop process says ready, answers, and ends when told, leaving the ledger free', async () => {
  const folder = layOutFolder()
  const ledgerPath = foundTestLedger(folder)
  const socketPath = path.join(folder, 'door')
  const args = ['--ledger', ledgerPath, '--socket', socketPath, '--page', path.join(folder, 'page')]
  for (const round of [1, 2]) {
    const desktop = startDesktop(args)
    expect([round, await desktop.said]).toEqual([round, { type: 'ready' }])
    expect((await send({ socketPath }, { path: '/' })).body).toContain('明账')
    desktop.stop()
    expect(await desktop.ended).toBe(0)
  }
  fs.rmSync(folder, { recursive: true, force: true })
})

it('the desktop process says in a sentence why a file cannot be opened', async () => {
  const folder = layOutFolder()
  const notALedger = path.join(folder, 'photo.mzdb')
  fs.writeFileSync(notALedger, 'this is no database, not even a small one'.repeat(100))
  for (const file of [folder, notALedger, path.join(folder, 'gone.mzdb')]) {
    const desktop = startDesktop(['--ledger', file, '--socket', path.join(folder, 'door')])
    expect(await desktop.said).toEqual({ type: 'refused', message: expect.stringMatching(/\p{Script=Han}/u) })
    expect(await desktop.ended).toBe(2)
  }
  fs.rmSync(folder, { recursive: true, force: true })
})
