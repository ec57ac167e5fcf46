/** Who works and who supervises must still be chosen on the day of the contract; another supervisor may come before it. */
import { describe, expect, it } from 'vitest'
import { idOf, type CounterpartyId, type RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { ContractorRole } from '#core/contractor/tender.ts'
import { jobsOfParty, listContractors } from '#services/contractor/contractor.ts'
import { awardTender, recordTender } from '#services/contractor/tender.ts'
import { tenderOf } from '#services/contractor/tender-record.ts'
import { addCounterparty, counterpartyName } from '#services/register/complex.ts'
import { changeContractor, changeSupervisor } from '#services/repair/repair-contractor.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { checkAtWindow, checkEngineering } from '#services/repair/repair.ts'
import { refusalOf } from '../../db/sample-ledger.ts'
import { WINDOW_PASSES, type RepairOffice } from './repair-office.ts'
import { authorise, codeOf, contract, on, reasons, refusedField, wholeOffice } from './whole-path.ts'

function company(office: RepairOffice, name: string): CounterpartyId {
  return addCounterparty(office.preparer, { kind: 'company', name, bankName: '示例银行', bankAccount: '6220777' })
}

function toContract(office: RepairOffice): RepairId {
  const id = office.report('10000.00')
  checkAtWindow(office.preparer, id, WINDOW_PASSES)
  office.file(id, 'quotation')
  checkEngineering(office.reviewer, id, { approvedFen: parseYuan('10000.00'), note: '', concealedWork: false })
  authorise(office, id)
  office.file(id, 'workOrder')
  return id
}

/** For all jobs of the complex, in force from before the reports to `validTo`. */
function choose(office: RepairOffice, party: CounterpartyId, role: ContractorRole, validTo: string): void {
  const quote = (bidder: string, yuan: string) =>
    ({ bidder, phone: '', bankAccount: '', amountFen: parseYuan(yuan), scoreHundredths: null })
  const tenderId = recordTender(office.preparer, {
    number: `BX-${role}-${party}-${validTo}`, title: '年度选取', role, method: 'comparison', complexId: office.complexId,
    repairId: null, announcedOn: on('2025-07-01'), openedOn: on('2025-07-20'), sha256: office.paper,
    quotes: [quote(counterpartyName(office.ledger, party) ?? '', '7800.00'), quote('另一家示例公司', '8000.00')],
  })
  const [best] = tenderOf(office.ledger, tenderId).quotes
  awardTender(office.reviewer, {
    tenderId, quoteId: best?.id ?? idOf<'tenderQuote'>(0), awardedOn: on('2025-08-01'), validFrom: on('2025-08-01'),
    validTo: on(validTo), reason: '', sha256: office.paper,
  })
}

describe('where only the chosen may work', () => {
  it('a contract after the term of contractor or supervisor is refused, whatever held on the day of the report', () => {
    const office = wholeOffice()
    choose(office, office.contractor, 'contractor', '2025-09-05')
    choose(office, office.supervisor, 'supervisor', '2025-09-05')
    office.preset('contractor.mustBeChosen', true)
    const id = toContract(office)
    const signed = () => refusedField(() => contract(office, id))
    expect(signed()).toBe('repair.contractorNotChosen contractorId')
    choose(office, office.contractor, 'contractor', '2025-12-31')
    expect(signed()).toBe('repair.contractorNotChosen supervisorId')
    // On its last day the term still runs.
    expect(refusedField(() => contract(office, id, { signedOn: on('2025-09-05') }))).toBe('done')
  })

  it('the supervisor whose term has ended makes room for one who is chosen', () => {
    const office = wholeOffice()
    choose(office, office.contractor, 'contractor', '2025-12-31')
    choose(office, office.supervisor, 'supervisor', '2025-09-05')
    office.preset('contractor.mustBeChosen', true)
    const next = company(office, '示例新监理有限公司')
    const id = toContract(office)
    const change = () => codeOf(() => changeSupervisor(office.preparer, id, { supervisorId: next, reason: '原监理期满' }))
    expect(change()).toBe('repair.contractorNotChosen')
    choose(office, next, 'supervisor', '2025-12-31')
    expect(change()).toBe('done')
    office.file(id, 'workOrder')
    expect(refusedField(() => contract(office, id))).toBe('done')
  })
})

describe('another supervisor', () => {
  it('supervises from then on: the card, the lists and the score are its own, the report stays as it was', () => {
    const office = wholeOffice()
    const next = company(office, '示例新监理有限公司')
    const id = toContract(office)
    changeSupervisor(office.preparer, id, { supervisorId: next, reason: '原监理退出' })
    expect(repairCard(office.preparer, id)).toMatchObject({
      repair: { supervisorId: next, supervisorName: '示例新监理有限公司' }, state: { step: 'contract' },
    })
    expect(reasons(office, id)).toEqual(['缺合同或派工单'])
    expect(jobsOfParty(office.ledger, next, 'supervisor')).toMatchObject([{ id }])
    expect(jobsOfParty(office.ledger, office.supervisor, 'supervisor')).toEqual([])
    const listed = listContractors(office.ledger, office.clock.today()).find((one) => one.id === next)
    expect(listed).toMatchObject({ role: 'supervisor', jobs: 1 })
    expect(office.ledger.sqlite.prepare('SELECT supervisor_id FROM repair WHERE id = ?').pluck().get(id)).toBe(office.supervisor)
  })

  it('is not the contractor, nor the one there is, needs a reason, and comes before the contract', () => {
    const office = wholeOffice()
    const next = company(office, '示例新监理有限公司')
    const id = toContract(office)
    const change = (supervisorId: CounterpartyId, reason = '另选', by = office.preparer) =>
      codeOf(() => changeSupervisor(by, id, { supervisorId, reason }))
    expect(change(next, ' ')).toBe('repair.reason')
    expect(change(office.supervisor)).toBe('repair.supervisor')
    expect(change(idOf<'counterparty'>(999))).toBe('repair.supervisor')
    expect(change(office.contractor)).toBe('repair.sameParty')
    expect(change(next, '另选', office.reviewer)).toBe('repair.blocked')
    expect(change(next)).toBe('done')
    // The one who left may now do the works, the one who came may not.
    expect(codeOf(() => changeContractor(office.preparer, id, { contractorId: next, reason: '另选' }))).toBe('repair.sameParty')
    office.file(id, 'workOrder')
    contract(office, id)
    expect(change(office.supervisor)).toBe('repair.path')
  })

  it('past the services is refused by the ledger all the same, and who chose it does not settle', () => {
    const office = wholeOffice()
    const next = company(office, '示例新监理有限公司')
    const id = toContract(office)
    const { ledger } = office
    const write = (kind: string, step: string, detail: object, actor = office.preparer) => refusalOf(ledger, () => ledger.sqlite
      .prepare(`INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at)
        SELECT ?, (SELECT max(seq) + 1 FROM repair_event WHERE repair_id = s.repair_id), ?, ?, s.amount_fen, ?, ?, ?
        FROM repair_standing s WHERE s.repair_id = ?`)
      .run(id, kind, step, JSON.stringify(detail), actor.actor.userId, '2025-10-09T02:00:00.000Z', id))
    const good = { supervisorId: next, fromId: office.supervisor, from: '甲', to: '乙', reason: '另选' }
    const change = (more: object, step = 'contract') => write('supervisorChanged', step, { ...good, ...more }, office.head)
    expect(change({ reason: '' })).toBe('repair.reason')
    const others = [office.contractor, office.supervisor, 999].map((supervisorId) => ({ supervisorId }))
    const wrong = [{ fromId: office.contractor }, ...others]
    for (const more of wrong) expect(change(more)).toBe('repair.sameParty')
    expect(change({}, 'siteReview')).toBe('repair.path')
    expect(change({})).toBe('accepted')
    expect(refusalOf(ledger, () => ledger.sqlite.prepare('UPDATE repair_standing SET supervisor_id = ?').run(office.supervisor)))
      .toBe('repair.path')
    office.file(id, 'workOrder')
    contract(office, id)
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    office.signAcceptance(id)
    office.accept(id)
    const settled = {
      on: '2025-09-22', settledFen: 800_000, needsAudit: false, auditorId: null, overrunPercent: null, payeeBank: '示例银行 6220001',
    }
    expect(write('settled', 'publication', settled, office.head)).toBe('repair.samePerson')
    expect(write('settled', 'publication', settled, office.reviewer)).toBe('accepted')
  })
})
