import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import { noticePaper } from '#reports/notice.ts'
import { createRenderPool, type RenderPool } from '#reports/pool.ts'
import { renderPaper } from '#reports/render.ts'
import { correctedNotice, longNotice, shortNotice } from './notices.ts'

const pools: RenderPool[] = []
function pool(size = 1): RenderPool {
  const made = createRenderPool({ size })
  pools.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.close()))
})

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('drawing off the API thread', () => {
  it('gives the bytes that drawing here gives', async () => {
    const pdf = await pool().renderPdf({ kind: 'notice', model: shortNotice() })
    expect(sha(pdf)).toBe(sha(await renderPaper(noticePaper(shortNotice()))))
  })

  it('hands a refusal back as the Problem it was', async () => {
    const notice = correctedNotice()
    const model = { ...notice, version: { ...notice.version, correction: { replaces: 1, reason: '☑' } } }
    const refused = await pool().renderPdf({ kind: 'notice', model }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Problem)
    expect(refused).toMatchObject({ code: 'print.glyph', field: '更正原因' })
  })

  it('keeps the answers apart with two threads and many jobs', async () => {
    const shared = pool(2)
    const jobs = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? shortNotice() : longNotice(6)))
    const drawn = await Promise.all(jobs.map((model) => shared.renderPdf({ kind: 'notice', model })))
    expect(new Set(drawn.map(sha)).size).toBe(2)
    expect(drawn.map(sha).filter((_, index) => index % 2 === 0).every((hash, _, all) => hash === all[0])).toBe(true)
  })

  it('cancels a running and a waiting job and draws the next one', async () => {
    const shared = pool()
    const running = new AbortController()
    const waiting = new AbortController()
    const first = shared.renderPdf({ kind: 'notice', model: longNotice(200) }, { signal: running.signal })
    const second = shared.renderPdf({ kind: 'notice', model: shortNotice() }, { signal: waiting.signal })
    const third = shared.renderPdf({ kind: 'notice', model: shortNotice() })
    const cancelled = Promise.all([first, second].map((drawing) => expect(drawing).rejects.toMatchObject({ name: 'AbortError' })))
    waiting.abort()
    setTimeout(() => {
      running.abort()
    }, 150)
    await cancelled
    expect((await third).length).toBeGreaterThan(10_000)
  })

  it('refuses a job cancelled before it came, and every job after closing', async () => {
    const shared = pool()
    await expect(
      shared.renderPdf({ kind: 'notice', model: shortNotice() }, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' })
    await shared.close()
    await expect(shared.renderPdf({ kind: 'notice', model: shortNotice() })).rejects.toThrow(/closed/)
  })

  it('survives a thread that cannot start', async () => {
    const broken = createRenderPool({ workerEntry: new URL('./no-such-worker.ts', import.meta.url) })
    pools.push(broken)
    await expect(broken.renderPdf({ kind: 'notice', model: shortNotice() })).rejects.toThrow()
    await expect(broken.renderPdf({ kind: 'notice', model: shortNotice() })).rejects.toThrow()
  })
})
