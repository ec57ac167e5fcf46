/** What a job's papers list: the budget, the visas and the deduction, and that they always make the amount named below them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { addFen, fen, parseYuan, type Fen } from '#core/money.ts'
import { rateMicro } from '#core/rate.ts'
import type { RepairState } from '#core/repair/repair.ts'
import type { BudgetLine, Contract } from '#core/repair/repair-contract.ts'
import { reportedRepair } from '#core/repair/repair-flow.ts'
import { workLines, worksAmount } from '#core/repair/work-lines.ts'

const DAY = parseDate('2025-09-06')
const JOB = { title: '屋面渗漏修补', quotedFen: parseYuan('10000.00') }

function contractOf(amountFen: Fen, budget: readonly BudgetLine[]): Contract {
  return {
    number: 'HT-1', signedOn: DAY, worksFrom: DAY, worksTo: DAY, amountFen, budget, payeeId: idOf<'counterparty'>(1),
    payeeBank: '',
    instalments: [{ label: '全款', percent: rateMicro(100_000_000) }], retentionPercent: rateMicro(0), retentionMonths: 0,
    warrantyMonths: 0,
  }
}

function stateOf(more: Partial<RepairState>): RepairState {
  return { ...reportedRepair(JOB.quotedFen, idOf<'user'>(1)), approvedFen: JOB.quotedFen, ...more }
}

const REVIEWED_AGAIN = { repeatAnswer: 1, contract: 1, review: 2, acceptance: 2, settlement: 2, publication: 2 } as const

function visa(seq: number, changeFen: Fen, round = 1) {
  return { seq, round, work: '基层', quantity: '48.6 平方米', changeFen }
}

const said = (state: RepairState, visas: readonly ReturnType<typeof visa>[]) =>
  workLines(JOB, state, visas).map(({ item, amountFen }) => [item, amountFen])

describe('the lines of a job', () => {
  const budget = [
    { label: '防水卷材', amountFen: parseYuan('6000.00') }, { label: '人工', amountFen: parseYuan('4000.00') },
  ]
  const contract = contractOf(parseYuan('9500.00'), budget)

  it('are the budget, what was negotiated off it, the visas, and what the settlement took off', () => {
    const state = stateOf({ contract, settledFen: parseYuan('9400.00') })
    expect(said(state, [visa(1, parseYuan('300.00'))])).toEqual([
      ['防水卷材', 600_000], ['人工', 400_000], ['合同议价核减', -50_000], ['签证第 1 次：基层', 30_000], ['决算核减', -40_000],
    ])
  })

  it('count the visas before the settlement too, and none of a round that was sent back', () => {
    const state = stateOf({ contract, round: 2, sheetsFrom: REVIEWED_AGAIN })
    const visas = [visa(1, parseYuan('300.00')), visa(2, parseYuan('-100.00'), 2)]
    expect(said(state, visas).slice(3)).toEqual([['签证第 2 次：基层', -10_000]])
    expect(worksAmount(state, JOB.quotedFen, visas)).toBe(940_000)
  })

  it('of a job let off the contract are what was approved and what the settlement changed', () => {
    expect(said(stateOf({}), [])).toEqual([['屋面渗漏修补', 1_000_000]])
    expect(said(stateOf({ settledFen: parseYuan('10200.00') }), [])).toEqual([['屋面渗漏修补', 1_000_000], ['决算核增', 20_000]])
  })

  it('always make the amount below them', () => {
    const some = fc.integer({ min: 1, max: 5_000_000 }).map(fen)
    const change = fc.integer({ min: -50_000, max: 50_000 }).map(fen)
    const changes = fc.array(fc.record({ change, round: fc.integer({ min: 1, max: 2 }) }), { maxLength: 4 })
    fc.assert(fc.property(fc.array(some, { maxLength: 5 }), some, fc.option(some), changes, fc.boolean(),
      (lines, amountFen, settledFen, visas, isContracted) => {
        const budget = lines.map((line, index) => ({ label: `第${index}项`, amountFen: line }))
        const state = stateOf({
          contract: isContracted ? contractOf(amountFen, budget) : null,
          settledFen, sheetsFrom: REVIEWED_AGAIN,
        })
        const listed = visas.map(({ change, round }, index) => visa(index + 1, change, round))
        const sum = addFen(...workLines(JOB, state, listed).map((line) => line.amountFen))
        expect(sum).toBe(worksAmount(state, JOB.quotedFen, listed))
      }))
  })
})
