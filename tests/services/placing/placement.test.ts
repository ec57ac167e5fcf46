/** From what the ledger knows to certificates: proposing, and accepting a plan. */
import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { fen, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import type { PlacementInput } from '#core/placing/placement-plan.ts'
import { recordContract } from '#services/income/contract.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { certificateOf } from '#services/deposit/certificate.ts'
import { acceptPlacement, proposePlacement, type PlacementAcceptance } from '#services/placing/placement.ts'
import { solvePlacement } from '#services/placing/placement-solver.ts'
import { offer, placementInput } from '#tests/core/placing/placements.ts'
import { makeOffice, type Office } from '../office.ts'

const TODAY = parseDate('2025-10-09')

const INPUT: PlacementInput = placementInput({
  from: TODAY, until: parseDate('2026-10-09'), idleFen: parseYuan('500000.00'), minimumFen: parseYuan('10000.00'),
  needs: [{ label: '屋面', date: parseDate('2026-05-01'), amountFen: parseYuan('123456.78') }],
  offers: [
    offer('示例银行', '1.10', 12),
    offer('邻县银行', '0.90', 6),
  ],
  rooms: [{ bank: '示例银行', roomFen: parseYuan('300000.00') }],
})

async function acceptance(office: Office): Promise<PlacementAcceptance> {
  const answer = await solvePlacement(INPUT)
  if (answer.kind !== 'plan') throw new Error('no plan')
  return {
    complexId: office.complexId, bankAccountId: office.maintenanceBank, input: INPUT, lots: answer.lots,
    certificates: [
      { offer: 0, certificateNo: 'P-1', attachments: [office.paper] },
      { offer: 1, certificateNo: 'P-2', attachments: [office.paper] },
    ],
    personInCharge: office.preparer.actor.userId,
  }
}

it('proposes what is on demand, the maturing principal and the latest demand rate', () => {
  const office = makeOffice()
  office.receive(office.maintenance, '4001', '500000.00', '2025-02-03')
  const proposal = proposePlacement(office.ledger, { bookId: office.maintenance, complexId: office.complexId, from: TODAY })
  expect(proposal).toMatchObject({ idleFen: 50_000_000, needs: [], inflows: [], held: [], demandRateMicro: null })
})

it('plans with what contracts still promise after the day of placing: the owners’ part, on its dates', () => {
  const office = makeOffice()
  const counterpartyId = addCounterparty(office.preparer, { kind: 'company', name: '示例传媒' })
  const half = (from: string, to: string) =>
    ({ dueOn: parseDate(from), coversFrom: parseDate(from), coversTo: parseDate(to), amount: parseYuan('12000.00') })
  recordContract(office.preparer, {
    number: 'HT-1', accountCode: '4001.02', counterpartyId, startsOn: parseDate('2025-07-01'), endsOn: parseDate('2026-06-30'),
    ownersShare: parsePercent('70'), sha256: office.paper,
    installments: [half('2025-07-01', '2025-12-31'), half('2026-01-01', '2026-06-30')],
    complexes: [{ complexId: office.complexId, place: '电梯', weight: 1 }],
  })
  const scope = { bookId: office.publicIncome, complexId: office.complexId, from: TODAY }
  expect(proposePlacement(office.ledger, scope).inflows)
    .toEqual([{ label: '合同 HT-1 示例传媒', date: '2026-01-01', amountFen: parseYuan('8400.00') }])
})

it('an accepted plan is its certificates with draft vouchers, one of them at another bank, and the plan itself', async () => {
  const office = makeOffice()
  office.receive(office.maintenance, '4001', '500000.00', '2025-02-03')
  const facts = await acceptance(office)
  // 300,000 is all the first bank may hold; the half-year offer matures before the need of May.
  expect(facts.lots).toEqual([30, 20])
  const { certificateIds } = acceptPlacement(office.preparer, facts)
  expect(certificateIds.map((id) => certificateOf(office.ledger, id))).toMatchObject([
    { certificateNo: 'P-1', principalFen: 30_000_000, rateMicro: 1_100_000, dueDate: '2026-10-09', bankName: '示例银行' },
    { certificateNo: 'P-2', principalFen: 20_000_000, dueDate: '2026-04-09', bankName: '邻县银行', status: 'pending' },
  ])
  const kept = office.ledger.sqlite.prepare('SELECT placed_fen AS placed, lots FROM placement_plan').all()
  expect(kept).toEqual([{ placed: 50_000_000, lots: '[30,20]' }])
})

it('refuses a plan changed after the search, a missing certificate, more than is on demand; nothing is left behind', async () => {
  const office = makeOffice()
  const facts = await acceptance(office)
  expect(() => acceptPlacement(office.preparer, facts)).toThrow(/超过账上活期余额/)
  office.receive(office.maintenance, '4001', '500000.00', '2025-02-03')
  expect(() => acceptPlacement(office.preparer, { ...facts, lots: [31, 19] })).toThrow(/重新求解/)
  expect(() => acceptPlacement(office.preparer, { ...facts, certificates: facts.certificates.slice(1) })).toThrow(/每一笔/)
  expect(() => acceptPlacement(office.preparer, { ...facts, lots: [fen(0), fen(0)], certificates: [] })).toThrow(/留在活期/)
  const twice = facts.certificates.map((certificate) => ({ ...certificate, certificateNo: 'P-1' }))
  expect(() => acceptPlacement(office.preparer, { ...facts, certificates: twice })).toThrow(/P-1/)
  for (const table of ['placement_plan', 'placement_plan_certificate', 'certificate']) {
    expect(office.ledger.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0)
  }
})
