/** Which jobs a vote or a tender can be about, and what a job's page then shows of them. */
import { expect, it } from 'vitest'
import { parseYuan } from '#core/money.ts'
import type { ComplexId, RepairId } from '#core/id.ts'
import { recordTender, revokeTender } from '#services/contractor/tender.ts'
import { openRepairs, repairTies } from '#services/repair/repair-ties.ts'
import { endRepair } from '#services/repair/repair.ts'
import { makeRepairOffice, type RepairOffice } from './repair-office.ts'
import { codeOf, on } from './whole-path.ts'

function tenderFor(office: RepairOffice, number: string, complexId: ComplexId | null, repairId: RepairId | null) {
  const amountFen = parseYuan('8000.00')
  const quote = (bidder: string) => ({ bidder, phone: '', bankAccount: '', amountFen, scoreHundredths: null })
  return recordTender(office.preparer, {
    number, title: '屋面维修', role: 'auditor', method: 'comparison', complexId, repairId, announcedOn: on('2025-09-02'),
    openedOn: on('2025-09-04'), sha256: office.paper, quotes: [quote('甲公司'), quote('乙公司')],
  })
}

it('the open jobs of the complex are offered, newest first, those that ended are not', () => {
  const office = makeRepairOffice()
  const [first, second, third] = [office.report('3000.00'), office.report('4000.00'), office.report('5000.00')]
  endRepair(office.preparer, second, 'cancelled', '重报')
  expect(openRepairs(office.ledger, office.complexId)).toMatchObject([
    { id: third, step: 'windowCheck', amountFen: 500_000 }, { id: first, number: 'WX2025-00001', amountFen: 300_000 },
  ])
})

it('a job shows the tenders held for it alone, also a revoked one, and none held for a term', () => {
  const office = makeRepairOffice()
  const [id, other] = [office.report('3000.00'), office.report('4000.00')]
  const wrong = tenderFor(office, 'BX-1', office.complexId, id)
  revokeTender(office.preparer, wrong, '金额录错')
  tenderFor(office, 'BX-2', office.complexId, id)
  tenderFor(office, 'BX-3', null, null)
  expect(repairTies(office.ledger, id)).toMatchObject({
    votes: [], tenders: [{ number: 'BX-1', isRevoked: true, winners: [] }, { number: 'BX-2', isRevoked: false, role: 'auditor' }],
  })
  expect(repairTies(office.ledger, other)).toEqual({ votes: [], tenders: [] })
  expect(codeOf(() => tenderFor(office, 'BX-4', null, id))).toBe('tender.repair')
})
