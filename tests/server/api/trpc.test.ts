import fs from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Problem } from '#core/problem.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { createRenderPool, type RenderPool } from '#reports/pool.ts'
import { publicProcedure, readProcedure, router, writeProcedure } from '#server/api/trpc.ts'
import { createJobTable } from '#server/jobs.ts'
import { createPasswordGate, createSessionTable, type Session } from '#server/session.ts'
import { createStaging, type Staging } from '#server/staging.ts'
import { fixedClock } from '#services/clock.ts'
import { signIn } from '#services/people/user.ts'
import { foundTestLedger, layOutFolder, PASSWORD, readResult, START, type CallResult } from '../office.ts'

const SECRET = '6222021234567890123'

const testRouter = router({
  fast: publicProcedure.input(z.string()).mutation(() => 1),
  slow: publicProcedure.input(z.string()).mutation(() => setTimeout(320, 1)),
  broken: publicProcedure.input(z.string()).mutation(({ input }) => Number(JSON.parse(`${input}x`))),
  refused: publicProcedure.input(z.string()).mutation(() => {
    throw new Problem({ code: 'voucher.unbalanced', message: '借贷不平', field: 'lines', row: 2 })
  }),
  who: readProcedure.input(z.string()).mutation(({ ctx }) => ctx.actor.name),
  prepare: writeProcedure('preparer').input(z.string()).mutation(() => 1),
  review: writeProcedure('reviewer', 'head').input(z.string()).mutation(() => 1),
})

let folder: string
let ledger: Ledger
let staging: Staging
let renderPool: RenderPool
let log: string[]
let session: Session | undefined

const clock = fixedClock(START)
const sessions = createSessionTable(clock, () => 15)

beforeEach(() => {
  folder = layOutFolder()
  ledger = openLedger(foundTestLedger(folder))
  staging = createStaging(clock)
  renderPool = createRenderPool()
  log = []
  session = sessions.open(signIn(ledger, clock, { login: 'wang', password: PASSWORD }))
})
afterEach(async () => {
  await renderPool.close()
  ledger.close()
  staging.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

async function call(path: keyof typeof testRouter._def.procedures): Promise<CallResult> {
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(`http://mingzhang/api/trpc/${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(SECRET),
    }),
    router: testRouter,
    createContext: () => ({
      ledger, clock, sessions, staging, renderPool, session,
      passwordGate: createPasswordGate(clock),
      jobs: createJobTable(clock, (line) => log.push(line)),
      log: (line: string) => log.push(line),
      ledgerNotice: null,
      sendSession: () => undefined,
    }),
  })
  const body = await response.text()
  expect(body).not.toMatch(/node_modules|\.ts:\d+/)
  return readResult({ status: response.status, headers: {}, body })
}

describe('a procedure', () => {
  it('that takes longer than a person notices leaves its name in the log, never what was typed', async () => {
    await call('fast')
    expect(log).toEqual([])
    await call('slow')
    expect(log).toEqual([expect.stringMatching(/^slow slow \d+ ms$/)])
  })

  it('that refuses hands code, sentence, field and row to the page', async () => {
    expect(await call('refused')).toMatchObject({
      status: 400, problem: { code: 'voucher.unbalanced', message: '借贷不平', field: 'lines', row: 2 },
    })
    expect(log).toEqual([])
  })

  it('that breaks tells the page a number, and the log the place but not the account number it read', async () => {
    const { status, problem } = await call('broken')
    expect([status, problem?.code]).toEqual([500, 'internal'])
    const id = /编号 (\w{8})/.exec(problem?.message ?? '')?.[1]
    expect(log.join('\n')).toMatch(new RegExp(`^internal ${id} SyntaxError\\n {4}at `))
    expect(log.join('\n')).not.toContain(SECRET)
    expect(problem?.message).not.toContain(SECRET)
  })

  it('runs for the person signed in, with the roles of this moment', async () => {
    expect((await call('who')).data).toBe('王管理')
    expect((await call('prepare')).status).toBe(200)
    expect(await call('review')).toMatchObject({ status: 403, problem: { code: 'role.missing' } })
    ledger.sqlite.exec("INSERT INTO user_role SELECT id, 'head' FROM user WHERE login = 'wang'")
    expect((await call('review')).status).toBe(200)
    ledger.sqlite.exec("UPDATE user SET state = 'disabled' WHERE login = 'wang'")
    expect(await call('who')).toMatchObject({ status: 403, problem: { code: 'user.disabled' } })
    session = undefined
    expect(await call('who')).toMatchObject({ status: 401, problem: { code: 'session.signedOut' } })
  })

  it('reads a read-only ledger and refuses to write it', async () => {
    const path = ledger.path
    ledger.close()
    ledger = openLedger(path, { readOnly: true })
    expect((await call('who')).status).toBe(200)
    expect(await call('prepare')).toMatchObject({ status: 403, problem: { code: 'ledger.readOnly' } })
  })
})
