import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'

import { idOf } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { createJobTable, type JobResult, type JobStatus, type JobTable } from '#server/jobs.ts'
import { fixedClock } from '#services/clock.ts'

const wang = idOf<'user'>(1)
const li = idOf<'user'>(2)
const nothing: JobResult = { summary: '完成', documents: [], rows: [], reference: null }

function table(log: string[] = []): { jobs: JobTable; clock: ReturnType<typeof fixedClock> } {
  const clock = fixedClock('2025-10-08T01:00:00.000Z')
  return { jobs: createJobTable(clock, (line) => log.push(line)), clock }
}

async function ended(jobs: JobTable, jobId: string): Promise<JobStatus> {
  for (;;) {
    const status = jobs.status(wang, jobId)
    if (status.state !== 'running') return status
    await setTimeout(1)
  }
}

/** Counts its steps until it is stopped. */
function counting(total: number): { run: Parameters<JobTable['start']>[0]['run']; done: () => number } {
  let done = 0
  return {
    done: () => done,
    run: async ({ breathe }) => {
      for (; done < total; ) {
        done += 1
        await breathe({ done, total, label: `第 ${done} 个` })
      }
      return nothing
    },
  }
}

describe('a job', () => {
  it('answers its number before its first step, reports progress on the way and ends with its result', async () => {
    const { jobs } = table()
    const work = counting(2000)
    const { jobId } = jobs.start({ name: '批量公示', userId: wang, run: work.run })
    expect(work.done()).toBe(0)
    const seen = new Set<number>()
    let status = jobs.status(wang, jobId)
    while (status.state === 'running') {
      seen.add(status.progress.done)
      await setTimeout(0)
      status = jobs.status(wang, jobId)
    }
    expect(status).toMatchObject({
      state: 'done', name: '批量公示', result: nothing, problem: null,
      progress: { done: 2000, total: 2000, label: '第 2000 个' },
    })
    expect([...seen].some((done) => done > 0 && done < 2000)).toBe(true)
  })

  it('stops between two steps when cancelled, and does nothing afterwards', async () => {
    const { jobs } = table()
    const work = counting(1_000_000)
    const { jobId } = jobs.start({ name: '导入', userId: wang, run: work.run })
    while (work.done() < 10) await setTimeout(1)
    jobs.cancel(wang, jobId)
    const status = await ended(jobs, jobId)
    expect(status).toMatchObject({ state: 'cancelled', result: null, problem: null })
    const done = work.done()
    await setTimeout(20)
    expect(work.done()).toBe(done)
  })

  it('cancelled in the same breath it was started in never begins', async () => {
    const { jobs } = table()
    const work = counting(10)
    const { jobId } = jobs.start({ name: '导入', userId: wang, run: work.run })
    jobs.cancel(wang, jobId)
    expect((await ended(jobs, jobId)).state).toBe('cancelled')
    expect(work.done()).toBe(0)
  })

  it('that fails keeps its sentence; what we did not foresee gets a number that is also in the log', async () => {
    const log: string[] = []
    const { jobs } = table(log)
    const refused = jobs.start({
      name: '导入', userId: wang,
      run: async () => {
        throw new Problem({ code: 'statement.total', message: '合计不符', row: 3 })
      },
    })
    expect(await ended(jobs, refused.jobId)).toMatchObject({
      state: 'failed', problem: { code: 'statement.total', message: '合计不符', row: 3 },
    })
    expect(log).toEqual([])
    const broken = jobs.start({
      name: '导入', userId: wang,
      run: async () => {
        throw new TypeError('x is not a function')
      },
    })
    const { problem } = await ended(jobs, broken.jobId)
    expect(problem?.code).toBe('internal')
    const id = /编号 (\w+)/.exec(problem?.message ?? '')?.[1]
    expect(log).toEqual([expect.stringMatching(new RegExp(`^internal ${id} TypeError`))])
  })

  it('belongs to who started it', () => {
    const { jobs } = table()
    const { jobId } = jobs.start({ name: '备份', userId: wang, run: counting(5).run })
    expect(() => jobs.status(li, jobId)).toThrow(/没有这个任务/)
    expect(() => jobs.cancel(li, jobId)).toThrow(/没有这个任务/)
    expect(jobs.list(li)).toEqual([])
    expect(jobs.list(wang).map((job) => job.id)).toEqual([jobId])
  })

  it('keeps its result until fetched, a little longer for an answer that got lost, and not for ever', async () => {
    const { jobs, clock } = table()
    const { jobId } = jobs.start({ name: '备份', userId: wang, run: counting(3).run })
    while (jobs.list(wang)[0]?.state === 'running') await setTimeout(1)
    clock.set('2025-10-08T01:50:00.000Z')
    expect(jobs.status(wang, jobId).result).toEqual(nothing)
    clock.set('2025-10-08T01:54:00.000Z')
    expect(jobs.status(wang, jobId).result).toEqual(nothing)
    clock.set('2025-10-08T01:56:00.000Z')
    expect(() => jobs.status(wang, jobId)).toThrow(/没有这个任务/)
  })

  it('is cancelled and waited for when the program closes; none starts after that', async () => {
    const { jobs } = table()
    const step = { isRunning: false }
    const { jobId } = jobs.start({
      name: '校验', userId: wang,
      run: async ({ breathe }) => {
        for (;;) {
          step.isRunning = true
          await setTimeout(15)
          step.isRunning = false
          await breathe()
        }
      },
    })
    while (!step.isRunning) await setTimeout(1)
    await jobs.close()
    expect(step.isRunning).toBe(false)
    expect(jobs.status(wang, jobId).state).toBe('cancelled')
    expect(() => jobs.start({ name: '校验', userId: wang, run: counting(1).run })).toThrow(/正在关闭/)
  })
})
