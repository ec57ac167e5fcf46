/** The whole self-check over offices of more and more repairs: seconds, and how they grow with the jobs. */
import { addDays } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { addBuilding, addCounterparty } from '#services/register/complex.ts'
import { findNow } from '#services/finding/self-check.ts'
import { foundBenchOffice, LAST_DAY, type BenchOffice } from './generate.ts'
import { median, milliseconds, ms, times, type Measure } from './measure.ts'

const SMALL_JOBS = 12_500
const GROWTH = 4
const ROUNDS = 3
const REPORTED_DAYS = 700
const PARTS = ['屋面', '外墙', '电梯', '给水', '排水', '消防设施', '楼道', '道路'] as const
const BUILDINGS = 20
const CONTRACTORS = 12
const ACCEPTED = {
  stampedBy: ['section', 'supervisor', 'contractor'], sectionStaff: ['钱科长', '陈科员'], followUp: '已回访', needsAudit: false,
}

/** Straight into the path: accepted jobs, every second one instructed for payment, so that its folder is looked through. */
function fillJobs(office: BenchOffice, count: number): void {
  const { ledger, head, preparer, reviewer, complexes, maintenance } = office
  const company = (name: string) => addCounterparty(preparer, { kind: 'company', name, bankName: '示例银行', bankAccount: '6220001' })
  const contractors = Array.from({ length: CONTRACTORS }, (_, index) => company(`示例修缮${index + 1}队`))
  const supervisor = company('示例监理有限公司')
  const buildings = complexes.map((complexId) => Array.from({ length: BUILDINGS }, (_, index) =>
    addBuilding(head, complexId, { code: String(index + 1), name: `${index + 1}幢` })))
  const insertJob = ledger.prepare<unknown[], never>(
    `INSERT INTO repair (id, number, book_id, complex_id, building_id, part, title, reported_on, quoted_fen, contractor_id,
       supervisor_id, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertEvent = ledger.prepare<unknown[], never>(
    'INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  ledger.write(() => {
    for (let index = 0; index < count; index += 1) {
      const id = index + 1
      const place = index % complexes.length
      const part = PARTS[(index * 7) % PARTS.length] ?? '屋面'
      const reportedOn = addDays(LAST_DAY, -REPORTED_DAYS + ((index * 13) % (REPORTED_DAYS - 30)))
      const amount = fen(20_000 + ((index * 7919) % 600_000))
      insertJob.run(
        id, `WX${String(id).padStart(7, '0')}`, maintenance.bookId, complexes[place], buildings[place]?.[index % BUILDINGS],
        part, `${part}维修`, reportedOn, amount, contractors[(index * 5) % CONTRACTORS], supervisor, preparer.actor.userId,
        `${reportedOn}T02:00:00.000Z`)
      const isSmall = amount < 200_000
      const approved = { approvedFen: amount, thresholdFen: 200_000 }
      const accepted = { on: addDays(reportedOn, 20), settledFen: amount, warrantyUntil: null, ...ACCEPTED }
      const events: readonly (readonly [string, string, object, number])[] = [
        ['reported', 'windowCheck', {}, preparer.actor.userId],
        ['windowChecked', 'engineeringCheck', { hits: [] }, preparer.actor.userId],
        ['engineeringChecked', isSmall ? 'spotDraw' : 'siteReview', approved, reviewer.actor.userId],
        isSmall
          ? ['drawn', 'acceptance', { drawId: 1, isDrawn: false }, reviewer.actor.userId]
          : ['siteReviewed', 'acceptance', { on: addDays(reportedOn, 5), finding: '一致' }, reviewer.actor.userId],
        ['accepted', 'payment', accepted, reviewer.actor.userId],
        ...(index % 2 === 0
          ? [['paymentInstructed', 'voucher', { amountFen: amount, draftId: 1 }, head.actor.userId] as const]
          : []),
      ]
      events.forEach(([kind, step, detail, actor], seq) => {
        const at = `${addDays(reportedOn, seq)}T02:00:00.000Z`
        insertEvent.run(id, seq + 1, kind, step, amount, JSON.stringify(detail), actor, at)
      })
    }
  })
}

function measureOne(folder: string, jobs: number): { readonly time: number; readonly found: number } {
  const office = foundBenchOffice(folder, `finding-${jobs}`)
  try {
    fillJobs(office, jobs)
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
