import { describe, expect, it } from 'vitest'
import { idOf } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import { afterRepairEvent, reportedRepair, sendBackTargets } from '#core/repair/repair-flow.ts'

const THRESHOLD = parseYuan('2000.00')
const PATH_RULES = { authority: null, contract: null, publication: null, noFollowUp: null }
const WINDOW_CHECKED = { kind: 'windowChecked', excludedUses: NO_EXCLUDED_USE, hits: [] } as const

describe('the gate at the profile’s amount', () => {
  const checked = (yuan: string) => {
    const [window, section] = [idOf<'user'>(1), idOf<'user'>(2)]
    const amount = parseYuan(yuan)
    const state = afterRepairEvent(reportedRepair(amount, window), { ...WINDOW_CHECKED, by: window })
    const leave = { belowFen: parseYuan('5000.00'), source: '示例市维修办法' }
    const rules = { ...PATH_RULES, authority: leave, contract: leave }
    return afterRepairEvent(state, {
      kind: 'engineeringChecked', approvedFen: amount, thresholdFen: THRESHOLD, concealedWork: false, rules, by: section,
    })
  }

  it('below it a spot check, at and above it a site review; exactly at it is said so', () => {
    expect(checked('1999.99')).toMatchObject({ step: 'spotDraw', gate: { exactlyAt: false } })
    expect(checked('2000.00')).toMatchObject({ step: 'siteReview', gate: { exactlyAt: true } })
    expect(checked('2000.01')).toMatchObject({ step: 'siteReview', gate: { exactlyAt: false } })
  })

  it('a job may be sent back only to steps it has taken, and what came after no longer counts', () => {
    const state = checked('2000.00')
    expect(sendBackTargets(state)).toEqual(['windowCheck', 'engineeringCheck'])
    const back = afterRepairEvent(state, { kind: 'sentBack', to: 'windowCheck', reason: '部位写错', by: idOf<'user'>(2) })
    expect(back).toMatchObject({ step: 'windowCheck', round: 2, approvedFen: null, gate: null, doneBy: { report: 1 } })
    expect(back.doneBy).not.toHaveProperty('engineeringCheck')
  })
})
