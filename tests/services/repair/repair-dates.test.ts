/** The days of a job's works, and what its acceptance found: kept at the contract and the acceptance, in their order. */
import { describe, expect, it } from 'vitest'
import { parseYuan } from '#core/money.ts'
import type { AcceptanceFacts } from '#core/repair/repair-acceptance.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { checkAtWindow, checkEngineering, sendBackRepair } from '#services/repair/repair.ts'
import { makeRepairOffice, WINDOW_PASSES } from './repair-office.ts'
import { authorise, contract, on, refusedField, TERMS, toWorks, wholeOffice } from './whole-path.ts'

describe('the days of the works', () => {
  it('are agreed in the contract, found at the acceptance, and gone when the acceptance is taken again', () => {
    const office = wholeOffice()
    const id = toWorks(office)
    const state = () => repairCard(office.preparer, id).state
    expect(state().contract).toMatchObject({ worksFrom: '2025-09-08', worksTo: '2025-09-18' })
    expect(state()).toMatchObject({ startedOn: null, finishedOn: null })
    office.accept(id)
    expect(state()).toMatchObject({ startedOn: '2025-09-08', finishedOn: '2025-09-18', acceptedOn: '2025-09-20' })
    sendBackRepair(office.reviewer, id, 'acceptance', '漏了一处')
    expect(state()).toMatchObject({ startedOn: null, finishedOn: null, acceptedOn: null })
  })

  it('stand in their order, each refused at its field', () => {
    const office = wholeOffice()
    const id = toWorks(office)
    const accept = (more: Partial<AcceptanceFacts>) => refusedField(() => office.accept(id, more))
    expect(accept({ startedOn: on('2025-08-31') })).toBe('repair.works startedOn')
    expect(accept({ startedOn: on('2025-09-19') })).toBe('repair.works finishedOn')
    expect(accept({ finishedOn: on('2025-09-21') })).toBe('repair.date on')
    expect(accept({ finding: ' ' })).toBe('repair.finding finding')
    expect(accept({ finishedOn: on('2025-09-20') })).toBe('done')
  })

  it('are agreed from the day of the contract on, and end after they begin', () => {
    const office = wholeOffice()
    const id = office.report('10000.00')
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    office.file(id, 'quotation')
    checkEngineering(office.reviewer, id, { approvedFen: parseYuan('10000.00'), note: '', concealedWork: false })
    authorise(office, id)
    office.file(id, 'workOrder')
    const agreed = (worksFrom: string, worksTo: string) =>
      refusedField(() => contract(office, id, { ...TERMS, worksFrom: on(worksFrom), worksTo: on(worksTo) }))
    // Danger is stopped before the papers are signed, but not before it was reported.
    expect(agreed('2025-08-31', '2025-09-10')).toBe('repair.works worksFrom')
    expect(agreed('2025-09-08', '2025-09-07')).toBe('repair.works worksTo')
    expect(agreed('2025-09-01', '2025-09-02')).toBe('done')
  })

  it('of a job let off the contract are found at the acceptance all the same', () => {
    const office = makeRepairOffice()
    const id = office.report('3000.00')
    office.check(id, '3000.00')
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    office.signAcceptance(id)
    expect(refusedField(() => office.accept(id, { startedOn: on('2025-08-31') }))).toBe('repair.works startedOn')
    office.accept(id)
    expect(repairCard(office.preparer, id).state).toMatchObject({ contract: null, finishedOn: '2025-09-18' })
  })
})
