/** Another contractor or supervisor than was named at the report: until the contract, never once a voucher was posted. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { rateMicro } from '#core/rate.ts'
import { BEFORE_CONTRACT, REPAIR_STEPS, type RepairEventBody, type RepairState } from '#core/repair/repair.ts'
import { blockedBecause, possibleActions } from '#core/repair/repair-actions.ts'
import { afterRepairEvent, reportedRepair } from '#core/repair/repair-flow.ts'
import { hasPaper } from '#core/repair/repair-papers.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'

const [desk, section] = [idOf<'user'>(1), idOf<'user'>(2)]
const DAY = parseDate('2025-09-01')
const AMOUNT = parseYuan('8000.00')
const OTHER: RepairEventBody = {
  kind: 'contractorChanged', contractorId: idOf<'counterparty'>(7), from: '甲公司', to: '乙公司', reason: '比选由另一家中选',
}
const OTHER_SUPERVISOR: RepairEventBody = {
  kind: 'supervisorChanged', supervisorId: idOf<'counterparty'>(8), from: '甲监理', to: '乙监理', reason: '期满',
}
const WINDOW_CHECKED: RepairEventBody = {
  kind: 'windowChecked', excludedUses: NO_EXCLUDED_USE, hits: [],
}
const PATH_RULES = { authority: null, contract: null, publication: null, noFollowUp: null }

function after(state: RepairState, body: RepairEventBody, by = desk): RepairState {
  return afterRepairEvent(state, { ...body, by })
}

function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    return error instanceof Problem ? error.code : String(error)
  }
}

/** At the contract. */
function atContract(rules = PATH_RULES as Parameters<typeof afterRepairEvent>[0]['rules']): RepairState {
  const checked = after(after(reportedRepair(AMOUNT, desk), WINDOW_CHECKED), {
    kind: 'engineeringChecked', approvedFen: AMOUNT, thresholdFen: parseYuan('2000.00'), concealedWork: false,
    rules: rules ?? PATH_RULES,
  }, section)
  if (checked.step !== 'authority') return checked
  return after(checked, { kind: 'authorised', authority: 'vote', basis: '', scope: '', on: DAY })
}

const CONTRACTED: RepairEventBody = {
  kind: 'contracted',
  contract: {
    number: 'HT-1', signedOn: DAY, worksFrom: DAY, worksTo: DAY, amountFen: AMOUNT, budget: [],
    payeeId: idOf<'counterparty'>(7), payeeBank: '',
    instalments: [{ label: '全款', percent: rateMicro(100_000_000) }], retentionPercent: rateMicro(0), retentionMonths: 0,
    warrantyMonths: 0,
  },
}

describe('the contractor and the supervisor of a job', () => {
  it('may be changed at every step up to the contract, and the job stays where it stands', () => {
    for (const step of REPAIR_STEPS) {
      const state = { ...atContract(), step }
      const isOpen = BEFORE_CONTRACT.includes(step)
      for (const [action, change, role] of [
        ['changeContractor', OTHER, 'contractor'], ['changeSupervisor', OTHER_SUPERVISOR, 'supervisor'],
      ] as const) {
        expect([step, possibleActions(state).includes(action)]).toEqual([step, isOpen])
        expect([step, refusalOf(() => after(state, change))]).toEqual([step, isOpen ? 'done' : 'repair.path'])
        if (isOpen) expect(after(state, change)).toMatchObject({ step, approvedFen: AMOUNT, doneBy: { [role]: desk } })
      }
    }
  })

  it('stays once a voucher was posted, although it was reversed and the job sent back', () => {
    const reversed = { ...atContract(), wasPaid: true }
    expect(possibleActions(reversed)).not.toContain('changeContractor')
    for (const change of [OTHER, OTHER_SUPERVISOR]) expect(refusalOf(() => after(reversed, change))).toBe('repair.path')
    const paid = after({ ...atContract(), step: 'voucher', settledFen: AMOUNT }, {
      kind: 'paymentCorrected', voucherId: idOf<'voucher'>(1), paidFen: fen(0),
    })
    expect(after(paid, { kind: 'sentBack', to: 'windowCheck', reason: '重办' })).toMatchObject({ wasPaid: true })
  })

  it('is not chosen by whoever then settles, also where no contract is asked for', () => {
    const settling = { ...after(after(atContract(), OTHER), OTHER_SUPERVISOR, section), step: 'settlement' } as const
    const situation = {
      state: settling, folder: { papers: [], signatures: [] }, rules: { signing: null, writtenRecord: false, toFill: {} },
      hasLiveVoucher: false, visas: [], disputedFen: fen(0), lacksSheet: false, today: DAY,
    }
    const who = (userId: typeof desk) => blockedBecause('settle', situation, { userId, roles: new Set(['head']) })
    expect(who(desk)).toContain('改施工单位由您办理，决算要由另一人办理')
    expect(who(section)).toContain('改监理单位由您办理，决算要由另一人办理')
    expect(who(idOf<'user'>(3))).toEqual(who(idOf<'user'>(4)))
    const sentBack = after(settling, { kind: 'sentBack', to: 'windowCheck', reason: '重办' })
    expect(sentBack.doneBy).toMatchObject({ contractor: desk, supervisor: section })
  })

  it('makes what was filed ahead for the one before void: contract, work order, signed sheets', () => {
    const filed = (round: number) =>
      ({ papers: [{ kind: 'workOrder', round }, { kind: 'quotation', round: 1 }], signatures: [] } as const)
    const changed = after(atContract(), OTHER)
    expect(hasPaper(after(atContract(), OTHER_SUPERVISOR), filed(1), 'workOrder')).toBe(false)
    expect(hasPaper(atContract(), filed(1), 'workOrder')).toBe(true)
    expect(hasPaper(changed, filed(1), 'workOrder')).toBe(false)
    expect(hasPaper(changed, filed(changed.round), 'workOrder')).toBe(true)
    expect(hasPaper(changed, filed(1), 'quotation')).toBe(true)
    const waiver = { belowFen: parseYuan('9000.00'), source: '细则' }
    const reported = reportedRepair(AMOUNT, desk)
    const small = after(after(after(reported, OTHER), WINDOW_CHECKED), {
      kind: 'engineeringChecked', approvedFen: AMOUNT, thresholdFen: AMOUNT, concealedWork: false,
      rules: { ...PATH_RULES, authority: waiver, contract: waiver },
    }, section)
    expect(small.step).toBe('siteReview')
    expect(hasPaper(small, filed(1), 'workOrder')).toBe(false)
    expect(hasPaper(small, filed(small.round), 'workOrder')).toBe(true)
    expect(after(changed, CONTRACTED).contract?.payeeId).toBe(7)
  })
})
