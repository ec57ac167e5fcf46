/** Another contractor before the contract: everything follows, nobody else is paid, and the ledger file itself holds it. */
import { describe, expect, it } from 'vitest'
import { idOf, type CounterpartyId, type RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { jobsOfParty, listContractors } from '#services/contractor/contractor.ts'
import { awardTender, recordTender } from '#services/contractor/tender.ts'
import { tenderOf } from '#services/contractor/tender-record.ts'
import { changeContractor } from '#services/repair/repair-contractor.ts'
import { findRepairs } from '#services/repair/repair-board.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { repairTies } from '#services/repair/repair-ties.ts'
import { publishRepair } from '#services/repair/repair-settlement.ts'
import { checkAtWindow, checkEngineering } from '#services/repair/repair.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { sendBackRepair } from '#services/repair/repair.ts'
import { refusalOf } from '../../db/sample-ledger.ts'
import { WINDOW_PASSES, type RepairOffice } from './repair-office.ts'
import { authorise, codeOf, contract, on, pay, reasons, stepOf, toPayment, wholeOffice } from './whole-path.ts'

const RIVAL = '示例新力修缮有限公司'

function rivalOf(office: RepairOffice): CounterpartyId {
  return addCounterparty(office.preparer, { kind: 'company', name: RIVAL, bankName: '示例银行', bankAccount: '6220777' })
}

function toContract(office: RepairOffice): RepairId {
  const id = office.report('10000.00')
  checkAtWindow(office.preparer, id, WINDOW_PASSES)
  office.file(id, 'quotation')
  checkEngineering(office.reviewer, id, { approvedFen: parseYuan('10000.00'), note: '', concealedWork: false })
  authorise(office, id)
  return id
}

/** A comparison for this job alone, won by the rival. */
function wonBy(office: RepairOffice, repairId: RepairId): void {
  const quote = (bidder: string, yuan: string) =>
    ({ bidder, phone: '', bankAccount: '', amountFen: parseYuan(yuan), scoreHundredths: null })
  const tenderId = recordTender(office.preparer, {
    number: 'BX-9', title: '屋面维修', role: 'contractor', method: 'comparison', complexId: office.complexId, repairId,
    announcedOn: on('2025-09-02'), openedOn: on('2025-09-04'), sha256: office.paper,
    quotes: [quote(RIVAL, '7800.00'), quote('示例修缮工程有限公司', '8000.00')],
  })
  const [best] = tenderOf(office.ledger, tenderId).quotes
  awardTender(office.reviewer, {
    tenderId, quoteId: best?.id ?? idOf<'tenderQuote'>(0), awardedOn: on('2025-09-05'), validFrom: on('2025-09-05'),
    validTo: on('2025-12-31'), reason: '', sha256: office.paper,
  })
}

function payeesOf(office: RepairOffice, id: RepairId): readonly unknown[] {
  return office.ledger.sqlite.prepare('SELECT DISTINCT counterparty_id FROM voucher_line WHERE repair_id = ?').pluck().all(id)
}

describe('a tender for one job that another won', () => {
  it('changes the contractor before the contract; contract, payment, lists and register follow the winner', () => {
    const office = wholeOffice()
    const rival = rivalOf(office)
    const id = toContract(office)
    office.file(id, 'workOrder')
    wonBy(office, id)
    expect(repairTies(office.ledger, id).tenders)
      .toMatchObject([{ number: 'BX-9', winners: [{ counterpartyId: rival, name: RIVAL }] }])
    changeContractor(office.preparer, id, { contractorId: rival, reason: 'BX-9 由该单位中选' })
    expect(stepOf(office, id)).toBe('contract')
    // The contract filed before names the other one.
    expect(reasons(office, id)).toEqual(['缺合同或派工单'])
    office.file(id, 'workOrder')
    contract(office, id)
    expect(repairCard(office.preparer, id)).toMatchObject({
      repair: { contractorId: rival, contractorName: RIVAL, contractorBank: '示例银行 6220777' },
      state: { contract: { payeeId: rival, payeeBank: '示例银行 6220777' } },
    })
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    office.signAcceptance(id)
    office.accept(id)
    office.file(id, 'settlement', 'invoice')
    office.settle(id, '8000.00')
    office.file(id, 'noticePhoto')
    publishRepair(office.preparer, id, { from: on('2025-09-22'), to: on('2025-09-28'), place: '3幢门厅' })
    pay(office, id, '4800.00')
    expect(payeesOf(office, id)).toEqual([rival])
    expect(findRepairs(office.ledger, { text: RIVAL, limit: 5 })).toMatchObject([{ id, contractorName: RIVAL }])
    expect(jobsOfParty(office.ledger, rival, 'contractor')).toMatchObject([{ id }])
    expect(jobsOfParty(office.ledger, office.contractor, 'contractor')).toEqual([])
    const listed = listContractors(office.ledger, office.clock.today())
    expect(listed.find((one) => one.id === rival && one.role === 'contractor')).toMatchObject({ jobs: 1, openJobs: 1 })
    const detail = office.ledger.sqlite
      .prepare("SELECT detail FROM operation WHERE action = 'repair.contractorChanged'").pluck().get()
    expect(JSON.parse(String(detail))).toMatchObject({
      from: '示例修缮工程有限公司', fromId: office.contractor, to: RIVAL, contractorId: rival, reason: 'BX-9 由该单位中选',
    })
    // What was reported stays as it was reported.
    expect(office.ledger.sqlite.prepare('SELECT contractor_id FROM repair WHERE id = ?').pluck().get(id)).toBe(office.contractor)
  })

  it('asks for a reason and another party that is not the supervisor, and for one chosen where the profile says so', () => {
    const office = wholeOffice()
    const rival = rivalOf(office)
    const id = toContract(office)
    const change = (contractorId: CounterpartyId, reason = '另选', by = office.preparer) =>
      codeOf(() => changeContractor(by, id, { contractorId, reason }))
    expect(change(rival, ' ')).toBe('repair.reason')
    expect(change(office.contractor)).toBe('repair.contractor')
    expect(change(idOf<'counterparty'>(999))).toBe('repair.contractor')
    expect(change(office.supervisor)).toBe('repair.sameParty')
    expect(change(rival, '另选', office.reviewer)).toBe('repair.blocked')
    office.preset('contractor.mustBeChosen', true)
    expect(change(rival)).toBe('repair.contractorNotChosen')
    wonBy(office, id)
    expect(change(rival)).toBe('done')
  })

  it('comes too late once the contract is recorded, and for good once a voucher was posted', () => {
    const office = wholeOffice()
    const rival = rivalOf(office)
    const id = toPayment(office)
    const change = () => codeOf(() => changeContractor(office.preparer, id, { contractorId: rival, reason: '另选' }))
    expect(change()).toBe('repair.path')
    pay(office, id, '4800.00')
    const voucherId = idOf<'voucher'>(Number(
      office.ledger.sqlite.prepare('SELECT max(voucher_id) FROM voucher_line WHERE repair_id = ?').pluck().get(id)))
    const { reversal } = prepareReversal(office.preparer, { voucherId, date: on('2025-10-09'), reason: '付错' })
    reviewDraft(office.reviewer, reversal)
    postDrafts(office.bookkeeper, [reversal])
    sendBackRepair(office.reviewer, id, 'contract', '重签合同')
    expect(stepOf(office, id)).toBe('contract')
    expect(change()).toBe('repair.path')
  })
})

describe('past the services, by SQL alone', () => {
  function write(
    office: RepairOffice, id: RepairId, kind: string, step: string, detail: object, actor = office.preparer,
  ): string {
    const { ledger } = office
    return refusalOf(ledger, () => ledger.sqlite
      .prepare(`INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at)
        SELECT ?, (SELECT max(seq) + 1 FROM repair_event WHERE repair_id = s.repair_id), ?, ?, s.amount_fen, ?, ?, ?
        FROM repair_standing s WHERE s.repair_id = ?`)
      .run(id, kind, step, JSON.stringify(detail), actor.actor.userId, '2025-10-09T02:00:00.000Z', id))
  }

  it('no change without its reason, to the supervisor or nobody, to another step, or after the contract', () => {
    const office = wholeOffice()
    const rival = rivalOf(office)
    const id = toContract(office)
    const good = { contractorId: rival, fromId: office.contractor, from: '甲', to: '乙', reason: '另选' }
    const change = (more: object, step = 'contract') => write(office, id, 'contractorChanged', step, { ...good, ...more })
    expect(change({ reason: ' ' })).toBe('repair.reason')
    expect(change({ fromId: office.supervisor })).toBe('repair.payee')
    expect(change({ contractorId: office.supervisor })).toBe('repair.payee')
    expect(change({ contractorId: office.contractor })).toBe('repair.payee')
    expect(change({ contractorId: 999 })).toBe('repair.payee')
    expect(change({}, 'siteReview')).toBe('repair.path')
    expect(change({})).toBe('accepted')
    const standing = () => refusalOf(office.ledger, () =>
      office.ledger.sqlite.prepare('UPDATE repair_standing SET contractor_id = ? WHERE repair_id = ?').run(office.contractor, id))
    expect(standing()).toBe('repair.path')
    expect(refusalOf(office.ledger, () => office.ledger.sqlite.prepare('UPDATE repair SET contractor_id = ?').run(rival)))
      .toBe('append.only')
    // The contract is signed with whoever does the job.
    const contracted = (payeeId: number) => write(office, id, 'contracted', 'siteReview', {
      contract: { payeeId, amountFen: parseYuan('10000.00'), payeeBank: '示例银行 6220777' },
    })
    expect(contracted(office.contractor)).toBe('repair.payee')
    expect(contracted(rival)).toBe('accepted')
    expect(change({ contractorId: office.contractor, fromId: rival }, 'siteReview')).toBe('repair.path')
  })

  it('who chose the contractor does not settle', () => {
    const office = wholeOffice()
    const rival = rivalOf(office)
    const id = toContract(office)
    changeContractor(office.head, id, { contractorId: rival, reason: '另选' })
    office.file(id, 'workOrder')
    contract(office, id)
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    office.signAcceptance(id)
    office.accept(id)
    const settled = { on: '2025-09-22', settledFen: parseYuan('8000.00'), overrunPercent: null, payeeBank: '示例银行 6220777' }
    expect(write(office, id, 'settled', 'publication', settled, office.head)).toBe('repair.samePerson')
  })
})
