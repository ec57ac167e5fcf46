import { describe, expect, it } from 'vitest'
import { idOf, type CounterpartyId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import type { NewContract } from '#services/repair/repair-agreement.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { endObjection, raiseObjection } from '#services/repair/repair-objection.ts'
import { withdrawInstruction } from '#services/repair/repair-payment.ts'
import { sendBackRepair } from '#services/repair/repair.ts'
import { publishRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { voidDraft } from '#services/voucher/voucher-draft.ts'
import { authorise, codeOf, contract, on, pay, reasons, toPayment, toWorks, wholeOffice } from './whole-path.ts'

describe('the contract', () => {
  it('stays inside the approved budget, and its instalments and retention make the whole', () => {
    const office = wholeOffice()
    const id = office.report('10000.00')
    office.check(id, '10000.00')
    authorise(office, id)
    expect(reasons(office, id)).toEqual(['缺合同或派工单'])
    office.file(id, 'workOrder')
    const refusal = (more: Partial<NewContract>) => codeOf(() => contract(office, id, more))
    expect(refusal({ amountFen: parseYuan('10000.01') })).toBe('repair.budget')
    expect(refusal({ retentionPercent: parsePercent('4') })).toBe('repair.instalments')
    expect(refusal({ retentionMonths: 0 })).toBe('repair.retention')
    expect(refusal({ budget: [] })).toBe('repair.budget')
    expect(refusal({ budget: [{ label: '人工', amountFen: parseYuan('7999.99') }] })).toBe('repair.budget')
    expect(refusal({ budget: [{ label: '人工', amountFen: parseYuan('10000.01') }] })).toBe('repair.budget')
    expect(refusal({ signedOn: on('2025-08-31') })).toBe('repair.date')
    expect(refusal({})).toBe('done')
  })

  it('pays at the account as signed, and no other', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    office.ledger.sqlite.prepare("UPDATE counterparty SET bank_account = '9999' WHERE id = ?").run(office.contractor)
    expect(codeOf(() => office.pay(id, '4800.00'))).toBe('repair.payeeAccount')
  })

  it('its warranty is the least the acceptance may grant', () => {
    const office = wholeOffice()
    const id = toWorks(office)
    expect(codeOf(() => office.accept(id, { warrantyUntil: on('2026-09-19') }))).toBe('repair.warranty')
    expect(codeOf(() => office.accept(id, { warrantyUntil: null }))).toBe('repair.warranty')
    expect(codeOf(() => office.accept(id))).toBe('done')
  })
})

describe('settlement and publication', () => {
  it('asks for the audit above the profile’s amount, and not at it', () => {
    const office = wholeOffice()
    office.preset('settlementAudit.waivedUpTo', '7999.99')
    const id = toWorks(office)
    office.accept(id)
    office.file(id, 'settlement')
    const settle = (auditorId: CounterpartyId | null) => codeOf(() => settleRepair(office.reviewer, id, {
      on: on('2025-09-22'), settledFen: parseYuan('8000.00'), auditorId,
    }))
    expect([settle(null), settle(office.auditor)]).toEqual(['repair.audit', 'repair.audit'])
    office.file(id, 'auditReport')
    expect([settle(null), settle(office.auditor)]).toEqual(['repair.audit', 'done'])
    expect(repairCard(office.reviewer, id).state)
      .toMatchObject({ needsAudit: true, retentionFen: 24_000, retentionDue: '2025-10-20' })
  })

  it('is audited by nobody who did the works or supervised them, and where the profile asks by one who was chosen', () => {
    const office = wholeOffice()
    const id = toWorks(office)
    office.accept(id)
    office.file(id, 'settlement')
    const settle = (auditorId: CounterpartyId) => codeOf(() => settleRepair(office.reviewer, id, {
      on: on('2025-09-22'), settledFen: parseYuan('8000.00'), auditorId,
    }))
    expect([settle(office.contractor), settle(office.supervisor)]).toEqual(['repair.sameParty', 'repair.sameParty'])
    expect(settle(idOf<'counterparty'>(999))).toBe('repair.audit')
    office.preset('contractor.mustBeChosen', true)
    expect(settle(office.auditor)).toBe('repair.contractorNotChosen')
  })

  it('stays up for the profile’s days, both counted, and nothing is paid before the day after', () => {
    const office = wholeOffice()
    const id = toWorks(office)
    office.accept(id)
    office.file(id, 'settlement')
    office.settle(id, '8000.00')
    expect(reasons(office, id)).toEqual(['缺公示张贴照片'])
    office.file(id, 'noticePhoto', 'invoice')
    const publish = (from: string, to: string) => codeOf(() =>
      publishRepair(office.preparer, id, { from: on(from), to: on(to), place: '门厅' }))
    expect(publish('2025-09-21', '2025-09-30')).toBe('repair.date')
    expect(publish('2025-10-03', '2025-10-08')).toBe('repair.publicationDays')
    expect(publish('2025-10-03', '2025-10-09')).toBe('done')
    expect(reasons(office, id)).toEqual(['使用公示到 2025-10-09 止，期满次日起可以付款'])
    office.clock.set('2025-10-10T02:00:00.000Z')
    expect(reasons(office, id)).toEqual([])
  })
})

describe('payment and objections', () => {
  it('an objection keeps its amount back from the instalments until somebody else has answered it', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    const objection = {
      raisedOn: on('2025-09-25'), raisedBy: '3幢 201 业主', reason: '卷材面积多算', disputedFen: parseYuan('4000.00'),
    }
    const tooMuch = { ...objection, disputedFen: parseYuan('8000.01') }
    expect(codeOf(() => raiseObjection(office.preparer, id, tooMuch))).toBe('repair.amount')
    const objectionId = raiseObjection(office.preparer, id, objection)
    expect(repairCard(office.preparer, id).payable?.amountFen).toBe(400_000)
    pay(office, id, '4000.00')
    expect(reasons(office, id)).toEqual(['有异议的 4,000.00 元暂不能付：请先答复异议，或退回决算'])
    const end = (by: 'reviewer' | 'head') => codeOf(() =>
      endObjection(office[by], id, { objectionId, outcome: 'answered', reason: '复量无误' }))
    expect([end('reviewer'), end('head'), end('head')]).toEqual(['repair.samePerson', 'done', 'repair.objection'])
    expect(repairCard(office.preparer, id).payable).toMatchObject({ amountFen: 80_000, label: '验收款' })
  })

  it('an upheld objection holds until the job is settled anew', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    const objectionId = raiseObjection(office.preparer, id, {
      raisedOn: on('2025-09-25'), raisedBy: '业主', reason: '多算', disputedFen: parseYuan('8000.00'),
    })
    endObjection(office.head, id, { objectionId, outcome: 'upheld', reason: '多算 500 元属实' })
    expect(reasons(office, id)[0]).toContain('暂不能付')
    sendBackRepair(office.head, id, 'settlement', '核减多算部分')
    office.file(id, 'settlement')
    office.settle(id, '7500.00')
    office.file(id, 'noticePhoto')
    publishRepair(office.preparer, id, { from: on('2025-09-22'), to: on('2025-09-28'), place: '门厅' })
    expect(repairCard(office.preparer, id)).toMatchObject({ disputedFen: 0, payable: { amountFen: 450_000 } })
  })

  it('an instruction can be withdrawn once its draft is void, and the instalment instructed anew', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    const draft = office.pay(id, '4800.00')
    expect(codeOf(() => withdrawInstruction(office.preparer, id, '改期付'))).toBe('repair.blocked')
    voidDraft(office.preparer, draft, '改期付')
    withdrawInstruction(office.preparer, id, '改期付')
    expect(repairCard(office.preparer, id).state).toMatchObject({ step: 'payment', instructedFen: 0 })
    pay(office, id, '4800.00')
    expect(repairCard(office.preparer, id).state).toMatchObject({ step: 'payment', paidFen: 480_000 })
    expect(codeOf(() => sendBackRepair(office.head, id, 'settlement', '重算'))).toBe('repair.path')
  })
})
