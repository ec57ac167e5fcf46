/** The whole self-check over offices of more and more repairs: seconds, and how they grow with the jobs. */
import { findNow } from '#services/finding/self-check.ts'
import { foundBenchOffice, LAST_DAY } from './generate.ts'
import { fillJobs } from './jobs.ts'
import { median, milliseconds, ms, times, type Measure } from './measure.ts'

const SMALL_JOBS = 12_500
const GROWTH = 4
const ROUNDS = 3
function measureOne(folder: string, jobs: number): { readonly time: number; readonly found: number } {
  const office = foundBenchOffice(folder, `finding-${jobs}`)
  try {
    // Settled jobs, every second one instructed for payment, so that its folder is looked through.
    fillJobs(office, jobs, (index, path) => path.length - (index % 2))
    const scope = { from: null, to: LAST_DAY, complexId: null, bookId: null }
    let found = 0
    const once = () => milliseconds(() => {
      found = findNow(office.ledger, LAST_DAY, scope).findings.length
    })
    once()
    return { time: median(Array.from({ length: ROUNDS }, once)), found }
  } finally {
    office.ledger.close()
  }
}

export function measureFinding(
  folder: string, bounds: { readonly milliseconds: number; readonly growth: number },
): readonly Measure[] {
  const small = measureOne(folder, SMALL_JOBS)
  const big = measureOne(folder, SMALL_JOBS * GROWTH)
  const perJob = big.time / small.time / GROWTH
  return [
    {
      topic: 'finding', what: `self-check over ${SMALL_JOBS * GROWTH} repairs (${big.found} findings)`, measured: ms(big.time),
      bound: `≤ ${bounds.milliseconds / 1000} s`, within: big.time <= bounds.milliseconds, medians: ms(big.time),
    },
    {
      topic: 'finding', what: `time per repair, ${SMALL_JOBS * GROWTH} against ${SMALL_JOBS}`, measured: times(perJob),
      bound: `≤ ${bounds.growth}×`, within: perJob <= bounds.growth, medians: `${ms(big.time)} against ${ms(small.time)}`,
    },
  ]
}
