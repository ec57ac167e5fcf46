/** The whole self-check over offices of more and more repairs: seconds, and how they grow with the jobs. */
import { CHECK_RULES } from '#core/checks/rules.ts'
import { findNow } from '#services/finding/self-check.ts'
import { setPolicyValues } from '#services/policy/policy-change.ts'
import { foundBenchOffice, LAST_DAY, PASSWORD, type BenchOffice } from './generate.ts'
import { fillJobs } from './jobs.ts'
import { median, milliseconds, ms, times, type Measure } from './measure.ts'

const SMALL_JOBS = 12_500
const GROWTH = 4
const ROUNDS = 3

/** Local values the shipped profiles leave open: without them a rule does not run, and a check that leaves rules out is fast. */
const LOCAL: Readonly<Record<string, unknown>> = {
  'check.handoverDays': 5, 'check.idleDays': 30, 'check.nearThresholdPercent': '95', 'check.quoteSpreadPercent': '3',
  'check.repairDisclosureDays': 30, 'check.splittingDays': 15, 'check.tenderAmount': '500000.00', 'check.undistributedDays': 365,
  'contractor.criteria': ['工程质量 60', '工期 20', '回访 20'], 'contractor.mustBeChosen': false, 'deposit.idleReserve': '50000.00',
  'overrun.percent': '10', 'smallRepair.threshold': '2000.00', 'repeatClaim.days': 365, 'emergency.settleDays': 30,
  'emergency.publishDays': 30,
}

function fillProfile({ head }: BenchOffice): void {
  setPolicyValues(head, Object.entries(LOCAL).map(([key, value]) => ({
    profileCode: 'AH-TONGLING', key, value, validFrom: '2024-01-01', source: '测速', reason: '测速',
  })), { login: 'li', password: PASSWORD })
}

const RULES = Object.keys(CHECK_RULES).length

function measureOne(folder: string, jobs: number): { readonly time: number; readonly found: number } {
  const office = foundBenchOffice(folder, `finding-${jobs}`)
  try {
    // Settled jobs, every second one instructed for payment, so that its folder is looked through.
    fillJobs(office, jobs, (index, path) => path.length - (index % 2))
    fillProfile(office)
    const scope = { from: null, to: LAST_DAY, complexId: null, bookId: null }
    let found = 0
    const once = () => milliseconds(() => {
      const { findings, skipped } = findNow(office.ledger, LAST_DAY, scope)
      if (skipped.length > 0) throw new Error(`rules left out: ${skipped.map(({ rule }) => rule).join(', ')}`)
      found = findings.length
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
      topic: 'finding', what: `self-check, all ${RULES} rules, over ${SMALL_JOBS * GROWTH} repairs (${big.found} findings)`,
      measured: ms(big.time), bound: `≤ ${bounds.milliseconds / 1000} s`, within: big.time <= bounds.milliseconds,
      medians: ms(big.time),
    },
    {
      topic: 'finding', what: `time per repair, ${SMALL_JOBS * GROWTH} against ${SMALL_JOBS}`, measured: times(perJob),
      bound: `≤ ${bounds.growth}×`, within: perJob <= bounds.growth, medians: `${ms(big.time)} against ${ms(small.time)}`,
    },
  ]
}
