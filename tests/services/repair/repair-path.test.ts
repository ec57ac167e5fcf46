import { describe, expect, it } from 'vitest'
import { fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import { authorityChoices } from '#services/repair/repair-authority.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { sendBackRepair } from '#services/repair/repair.ts'
import { followUpRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { addVisa, type NewVisa } from '#services/repair/repair-visa.ts'
import { makeRepairOffice } from './repair-office.ts'
import { codeOf, on, pay, picture, reasons, stepOf, toPayment, toWorks, wholeOffice } from './whole-path.ts'

const VISA: NewVisa = {
  on: on('2025-09-12'), work: '屋面基层', quantity: '找平 48.6 平方米', changeFen: ZERO_FEN, images: [],
  signers: [
    { party: 'section', person: '钱科长' }, { party: 'section', person: '陈科员' },
    { party: 'supervisor', person: '孙监理' }, { party: 'supervisor', person: '吴监理' },
  ],
}

describe('the path where the profile lets nothing off', () => {
  it('goes by authority, contract, settlement, publication, instalments, follow-up and retention to its end', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    expect(repairCard(office.preparer, id).payable).toEqual({ amountFen: 480_000, label: '验收款', heldUpBecause: '' })
    expect(codeOf(() => office.pay(id, '8000.00'))).toBe('repair.amount')
    pay(office, id, '4800.00')
    expect(stepOf(office, id)).toBe('payment')
    pay(office, id, '2960.00')
    expect(stepOf(office, id)).toBe('followUp')
    const asked = { on: on('2025-10-08'), person: '顶层业主', said: '阴雨时仍有渗水' }
    expect(codeOf(() => followUpRepair(office.reviewer, id, { ...asked, result: 'satisfied' }))).toBe('repair.blocked')
    followUpRepair(office.preparer, id, { ...asked, result: 'defects' })
    expect(stepOf(office, id)).toBe('followUp')
    followUpRepair(office.preparer, id, { ...asked, result: 'satisfied', said: '' })
    expect(stepOf(office, id)).toBe('retention')
    expect(reasons(office, id)).toEqual(['质保金 240.00 元到 2025-10-20 才能退还'])
    office.clock.set('2025-10-20T02:00:00.000Z')
    pay(office, id, '240.00')
    const { state, path } = repairCard(office.preparer, id)
    expect(state).toMatchObject({ step: 'closed', paidFen: 800_000, instructedFen: 800_000 })
    expect(path.filter((mark) => mark.state !== 'isDone' && mark.step !== 'closed')).toEqual([
      { step: 'apportionment', state: 'skipped', why: '小区未建分户账，由小区维修资金列支' },
    ])
    expect(path.map(({ step }) => step)).toEqual([
      'windowCheck', 'engineeringCheck', 'scope', 'authority', 'budget', 'contract', 'siteReview', 'works', 'acceptance',
      'settlement', 'apportionment', 'publication', 'payment', 'voucher', 'followUp', 'retention', 'closed',
    ])
  })

  it('what a small job is let off is shown as skipped, with the rule that lets it', () => {
    const office = makeRepairOffice()
    const id = office.report('1999.99')
    office.check(id, '1999.99')
    const { path } = repairCard(office.preparer, id)
    expect(path.filter(({ state }) => state === 'skipped').map(({ step, why }) => [step, why])).toEqual([
      ['scope', '不足 5,000.00 元，按示例市维修办法免办'], ['authority', '不足 5,000.00 元，按示例市维修办法免办'],
      ['budget', '不足 5,000.00 元，按示例市维修办法免办'], ['contract', '不足 5,000.00 元，按示例市维修办法免办'],
      ['siteReview', '不足 2,000.00 元，按抽查办理'], ['apportionment', '小区未建分户账，由小区维修资金列支'], ['publication', '不足 5,000.00 元，按示例市维修办法免办'],
      ['followUp', '按示例市维修办法，付款后不另回访'],
    ])
    expect(path.find(({ state }) => state === 'now')?.step).toBe('spotDraw')
  })

  it.each([['4999.99', 'siteReview'], ['5000.00', 'authority'], ['5000.01', 'authority']])(
    '%s goes to %s: exactly at the amount nothing is let off', (yuan, step) => {
      const office = makeRepairOffice()
      const id = office.report(yuan)
      office.check(id, yuan)
      expect(stepOf(office, id)).toBe(step)
    })

  it('offers the circles of owners the place can concern, the narrowest first, and only what the profile lists', () => {
    const office = wholeOffice()
    const id = office.report('10000.00')
    expect(authorityChoices(office.preparer, id)).toMatchObject({
      scopes: [
        { label: '3幢 1单元', scope: { entrances: [{ buildingId: office.building, entrance: '1' }] } },
        { label: '3幢' }, { label: '全小区' },
      ],
      votes: [], authorisations: [], cases: ['屋面渗漏'], applicants: [{ value: 'committee', label: '业主委员会' }],
    })
  })
})

describe('visas of concealed work', () => {
  it('counts persons, wants pictures, and moves the limit of the settlement', () => {
    const office = wholeOffice()
    const id = toWorks(office, true)
    expect(reasons(office, id, 'reviewer')).toEqual(['缺隐蔽工程签证'])
    const images = [picture(office, '基层')]
    const add = (more: Partial<NewVisa>) => codeOf(() => addVisa(office.reviewer, id, { ...VISA, images, ...more }))
    expect(add({ images: [] })).toBe('repair.visaSigning')
    expect(add({ images: [office.paper] })).toBe('repair.photo')
    expect(add({ signers: VISA.signers.slice(1) })).toBe('repair.visaSigning')
    expect(add({ signers: [...VISA.signers.slice(1), { party: 'section', person: '陈 科员' }] })).toBe('repair.visaSigning')
    expect(add({ signers: [...VISA.signers.slice(0, 3), { party: 'supervisor', person: '钱科长' }] })).toBe('repair.person')
    expect(add({ changeFen: parseYuan('500.00') })).toBe('done')
    expect(add({ changeFen: fen(-10_000), work: '排水口' })).toBe('done')
    office.accept(id)
    expect(add({})).toBe('repair.path')
    office.file(id, 'settlement')
    expect(repairCard(office.reviewer, id)).toMatchObject({ visaFen: 40_000, limitFen: 840_000 })
    const settle = (yuan: string) => codeOf(() => settleRepair(office.reviewer, id, {
      on: on('2025-09-22'), settledFen: parseYuan(yuan), auditorId: null,
    }))
    expect(settle('8400.01')).toBe('repair.contractLimit')
    expect(settle('8400.00')).toBe('done')
  })

  it('of a round that was sent back no longer counts', () => {
    const office = wholeOffice()
    const id = toWorks(office, true)
    addVisa(office.reviewer, id, { ...VISA, images: [picture(office, '基层')] })
    expect(reasons(office, id, 'reviewer')).toEqual([])
    sendBackRepair(office.reviewer, id, 'review', '现场复核有误')
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    office.signAcceptance(id)
    expect(reasons(office, id, 'reviewer')).toEqual(['缺隐蔽工程签证'])
  })
})
