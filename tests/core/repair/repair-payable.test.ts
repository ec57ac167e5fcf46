/** When money may leave a job, and that a correction alone sends none out. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { afterRepairEvent, reportedRepair } from '#core/repair/repair-flow.ts'
import { paymentDateProblem } from '#core/repair/repair-payable.ts'
import type { RepairStep } from '#core/repair/repair.ts'

const on = (text: string) => parseDate(text)

describe('the day of a payment', () => {
  it('is the settlement’s or later, and after the last day for objections', () => {
    const state = { settledOn: on('2025-09-22'), publishedUntil: on('2025-09-28') }
    const code = (date: string, more: Partial<typeof state> | { publishedUntil: null } = {}) =>
      paymentDateProblem({ ...state, ...more }, on(date))?.code
    expect(['2025-09-21', '2025-09-22', '2025-09-28', '2025-09-29'].map((date) => code(date)))
      .toEqual(['repair.paymentDate', 'repair.paymentDate', 'repair.paymentDate', undefined])
    expect([code('2025-09-21', { publishedUntil: null }), code('2025-09-22', { publishedUntil: null })])
      .toEqual(['repair.paymentDate', undefined])
  })
})

describe('a correction of what was paid', () => {
  const by = idOf<'user'>(1)
  const paid = { ...reportedRepair(fen(800), by), settledFen: fen(800), instructedFen: fen(480), paidFen: fen(480) }
  const corrected = (step: RepairStep, paidFen: number) => () =>
    afterRepairEvent({ ...paid, step }, { kind: 'paymentCorrected', voucherId: idOf<'voucher'>(1), paidFen: fen(paidFen), by })

  it('brings money back from wherever the job stands, and sends some out only where a voucher is missing', () => {
    for (const step of ['payment', 'followUp', 'retention', 'closed'] as const) {
      expect(corrected(step, 481)).toThrow(Problem)
      expect(corrected(step, 100)()).toMatchObject({ step: 'voucher', paidFen: 100 })
    }
    expect(corrected('voucher', 481)()).toMatchObject({ step: 'voucher', paidFen: 481 })
  })

  it('and sending the job back leaves nothing instructed', () => {
    const nothingPaid = { ...paid, paidFen: fen(0), step: 'payment' as const, doneBy: { settlement: by } }
    expect(afterRepairEvent(nothingPaid, { kind: 'sentBack', to: 'settlement', reason: '重算', by }))
      .toMatchObject({ step: 'settlement', instructedFen: 0, draftId: null, payeeBank: null, publishedUntil: null })
  })
})
