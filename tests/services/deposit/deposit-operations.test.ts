import { describe, expect, it } from 'vitest'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import type { CertificateId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { eventsOf } from '#services/deposit/certificate-chain.ts'
import { certificateOf, listCertificates } from '#services/deposit/certificate.ts'
import { placeCertificate, withdrawCertificate } from '#services/deposit/deposit.ts'
import { earlyChoices, expectedEarly, withdrawEarly } from '#services/deposit/deposit-early.ts'
import { drawNotice, expectedDraw, giveNotice, noticeOf } from '#services/deposit/deposit-notice.ts'
import { amendCertificate, freezeCertificate, unfreezeCertificate } from '#services/deposit/deposit-terms.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { listOperations } from '#services/operation-log.ts'
import { voidDraft } from '#services/voucher/voucher-draft.ts'
import { balance, damages, DEMAND, funded, place, post, printed, START } from './deposit-office.ts'

describe('early withdrawal', () => {
  const on = parseDate('2025-04-08')
  const part = (certificateId: CertificateId, amount: string | null) => ({
    certificateId, date: on, amountFen: amount === null ? null : parseYuan(amount), demandRateMicro: DEMAND,
  })

  it('of a part shrinks the certificate, keeps its terms and takes the bank’s new number', () => {
    const office = funded()
    const id = place(office, 'T1', '1000000.00')
    const question = part(id, '400000.00')
    // 400,000.00 × 0.05 % × 90 ÷ 360
    expect(expectedEarly(office.ledger, question).withdrawn.interest).toBe(parseYuan('50.00'))
    post(office, withdrawEarly(office.preparer, {
      ...question, interestPaidFen: parseYuan('50.00'), newCertificateNo: 'T1A', attachments: [office.paper],
    }))
    expect(certificateOf(office.ledger, id)).toMatchObject({
      certificateNo: 'T1A', firstNo: 'T1', principalFen: parseYuan('600000.00'), placedFen: parseYuan('1000000.00'), partials: 1,
      status: 'inForce', dueDate: '2025-07-08',
    })
    expect(listCertificates(office.ledger, { inForceOnly: true, text: 'T1', limit: 9 })).toHaveLength(1)
    expect(() => withdrawEarly(office.preparer, { ...part(id, '1000.00'), interestPaidFen: parseYuan('0.12'), attachments: [] }))
      .toThrow('已经部分提前支取过一次')
    // Maturity pays on what is left: 600,000.00 × 1.50 % ÷ 2
    post(office, withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2025-07-08'), interestPaidFen: parseYuan('4500.00'), attachments: [office.paper],
    }))
    expect(balance(office, '1001.02')).toBe(0)
    expect(damages(office)).toEqual([])
  })

  it('that leaves less than the minimum closes the certificate, everything at the demand rate', () => {
    const office = funded()
    const id = place(office, 'T1', '100000.00')
    const draftId = withdrawEarly(office.preparer, {
      ...part(id, '95000.00'), interestPaidFen: parseYuan('12.50'), attachments: [office.paper],
    })
    expect(certificateOf(office.ledger, id).status).toBe('withdrawnEarly')
    post(office, draftId)
    expect(balance(office, '1001.02')).toBe(0)
  })

  it('in full is compared with the bank’s slip and can be taken back', () => {
    const office = funded()
    const id = place(office, 'T1', '100000.00')
    const facts = { ...part(id, null), interestPaidFen: parseYuan('12.49'), attachments: [office.paper] }
    expect(() => withdrawEarly(office.preparer, facts)).toThrow('写明差异原因')
    post(office, withdrawEarly(office.preparer, { ...facts, differenceReason: '银行少付一分' }))
    post(office, undoLastOperation(office.preparer, id, { date: parseDate('2025-04-09'), reason: '银行退回' }))
    expect(certificateOf(office.ledger, id)).toMatchObject({ status: 'inForce', principalFen: parseYuan('100000.00') })
    expect(balance(office, '1001.02')).toBe(parseYuan('100000.00'))
    expect(damages(office)).toEqual([])
  })

  it('taken back needs its red voucher: it is not voided by hand, and a stranger’s voiding is found by verify', () => {
    const office = funded()
    const id = place(office, 'T1', '100000.00')
    post(office, withdrawEarly(office.preparer, {
      ...part(id, null), interestPaidFen: parseYuan('12.50'), attachments: [office.paper],
    }))
    const red = undoLastOperation(office.preparer, id, { date: parseDate('2025-04-09'), reason: '银行退回' })
    expect(damages(office)).toEqual([])
    if (red === null) throw new Error('no red voucher was prepared')
    expect(() => voidDraft(office.preparer, red, '误作废')).toThrow('不能作废')
    office.ledger.sqlite.prepare("UPDATE voucher_draft SET state = 'void', void_reason = '误作废' WHERE id = ?").run(red)
    expect(damages(office)).toMatchObject([{ code: 'verify.certificateUndo' }])
  })

  it('is weighed against keeping and placing anew', () => {
    const office = funded()
    const id = place(office, 'T1', '100000.00')
    const { choices } = earlyChoices(office.ledger, { ...part(id, '40000.00'), newRateMicro: parsePercent('1.00') })
    expect(choices.map(({ choice }) => choice)).toEqual(['keep', 'part', 'break'])
    expect(choices[0]?.totalFen).toBe(parseYuan('750.00'))
  })
})

describe('a notice deposit', () => {
  const notice = { product: 'notice7', dayCount: 'actual_360', rateMicro: parsePercent('0.45') } as const
  const rates = { noticeRateMicro: parsePercent('0.45'), demandRateMicro: DEMAND }
  const drawOn = parseDate('2025-03-09')

  function withNotice() {
    const office = funded()
    const id = place(office, 'N1', '1000000.00', notice)
    giveNotice(office.preparer, {
      certificateId: id, givenOn: parseDate('2025-03-02'), forDate: drawOn, amountFen: parseYuan('300000.00'),
    })
    return { office, id }
  }

  it('falls due on the day announced, and earns its rate when drawn as announced', () => {
    const { office, id } = withNotice()
    expect(certificateOf(office.ledger, id).dueDate).toBe('2025-03-09')
    const question = { certificateId: id, date: drawOn, amountFen: parseYuan('300000.00'), ...rates }
    // 300,000.00 × 0.45 % × 60 ÷ 360
    expect(expectedDraw(office.ledger, question)).toMatchObject({ interest: parseYuan('225.00'), reasons: [], closed: false })
    post(office, drawNotice(office.preparer, { ...question, interestPaidFen: parseYuan('225.00'), attachments: [office.paper] }))
    expect(certificateOf(office.ledger, id))
      .toMatchObject({ principalFen: parseYuan('700000.00'), status: 'inForce', dueDate: '2025-07-08' })
    expect(noticeOf(office.ledger, id)).toBeNull()
    expect(damages(office)).toEqual([])
  })

  it('earns the demand rate on another day, and ends when too little would be left', () => {
    const { office, id } = withNotice()
    const question = { certificateId: id, date: parseDate('2025-03-10'), amountFen: parseYuan('600000.00'), ...rates }
    const expected = expectedDraw(office.ledger, question)
    expect(expected).toMatchObject({ closed: true, reasons: ['other_day_than_notified', 'closed_below_minimum_balance'] })
    post(office, drawNotice(office.preparer, { ...question, interestPaidFen: expected.interest, attachments: [office.paper] }))
    expect(certificateOf(office.ledger, id).status).toBe('withdrawn')
    expect(balance(office, '1001.02')).toBe(0)
  })

  it('is announced in time, for an amount the bank allows', () => {
    const { office, id } = withNotice()
    const give = (forDate: BusinessDate, amount: string) => () =>
      giveNotice(office.preparer, { certificateId: id, givenOn: parseDate('2025-03-03'), forDate, amountFen: parseYuan(amount) })
    expect(give(parseDate('2025-03-09'), '300000.00')).toThrow('最早可通知 2025-03-10')
    expect(give(parseDate('2025-03-10'), '99999.99')).toThrow('通知金额应在')
    expect(give(parseDate('2025-03-10'), '1000000.01')).toThrow('通知金额应在')
  })

  it('is counted in days and has its own opening minimum', () => {
    const office = funded()
    expect(() => place(office, 'N1', '1000000.00', { ...notice, dayCount: 'months_odd_360' })).toThrow('按实际天数计息')
    expect(() => place(office, 'N1', '499999.99', notice)).toThrow('500,000.00')
  })
})

describe('terms, holds and the settlement account', () => {
  it('takes the due date and the rate from the bank’s slip, with a reason, and gives them back', () => {
    const office = funded()
    const id = place(office, 'T1', '1000000.00')
    const amend = (more: object) => amendCertificate(office.preparer, {
      certificateId: id, date: parseDate('2025-02-01'), dueDate: parseDate('2025-07-09'), rateMicro: parsePercent('1.55'),
      reason: '更正回单', ...more,
    })
    expect(() => amend({ reason: ' ' })).toThrow('写明原因')
    expect(() => amend({ dueDate: parseDate('2025-07-08'), rateMicro: null })).toThrow('没有变化')
    expect(() => amend({ dueDate: START })).toThrow('起息日之后')
    amend({})
    expect(certificateOf(office.ledger, id)).toMatchObject({ dueDate: '2025-07-09', rateMicro: 1_550_000, dueDateReason: '更正回单' })
    const settle = (interestPaidFen: string) => withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2025-07-09'), interestPaidFen: parseYuan(interestPaidFen), attachments: [office.paper],
    })
    // Six months and a day at 1.55 %.
    settle('7793.06')
    undoLastOperation(office.preparer, id, { date: parseDate('2025-07-09'), reason: '重办' })
    undoLastOperation(office.preparer, id, { date: parseDate('2025-07-09'), reason: '更正有误' })
    expect(certificateOf(office.ledger, id)).toMatchObject({ dueDate: '2025-07-08', rateMicro: 1_500_000 })
  })

  it('keeps frozen money where it is until it is released', () => {
    const office = funded()
    const id = place(office, 'T1', '1000000.00')
    const held = { certificateId: id, date: parseDate('2025-03-01'), reason: '协助冻结通知书 12 号' }
    freezeCertificate(office.preparer, held)
    const settle = () => withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2025-07-08'), interestPaidFen: parseYuan('7500.00'), attachments: [office.paper],
    })
    expect(settle).toThrow('已冻结')
    expect(() => freezeCertificate(office.preparer, held)).toThrow('已冻结')
    unfreezeCertificate(office.preparer, held)
    expect(settle).not.toThrow()
  })

  it('refuses a maturity that was paid to another account, and says whom to tell', () => {
    const office = funded()
    const id = place(office, 'T1', '1000000.00')
    expect(() => withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2025-07-08'), interestPaidFen: parseYuan('7500.00'),
      receivedInto: office.publicIncomeBank, attachments: [office.paper],
    })).toThrow(/原结算账户 示例银行 600000000011：.*报告主管/)
    expect(certificateOf(office.ledger, id).status).toBe('inForce')
  })

  it('buys and redeems a treasury bond on the account of its own (财会〔2020〕7号 1101, 4102)', () => {
    const office = funded()
    const bond = { product: 'treasuryBond', demandRateMicro: parsePercent('0'), rateMicro: parsePercent('1.93') }
    const id = place(office, 'B1', '200000.00', bond)
    expect([balance(office, '1101'), balance(office, '1001.02') ?? 0]).toEqual([parseYuan('200000.00'), 0])
    expect(() => placeCertificate(office.preparer, {
      ...printed, ...bond, product: 'treasuryBond', certificateNo: 'B2', valueDate: START, principalFen: parseYuan('1000.00'),
      complexId: office.complexId, bankAccountId: office.publicIncomeBank, personInCharge: office.preparer.actor.userId,
      attachments: [],
    })).toThrow('没有国债投资科目')
    // Nothing is earned past maturity.
    post(office, withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2025-07-20'), interestPaidFen: parseYuan('1930.00'), attachments: [office.paper],
    }))
    expect([balance(office, '1101'), balance(office, '4102')]).toEqual([0, -parseYuan('1930.00')])
    expect(damages(office)).toEqual([])
  })

  it('keeps what the slip says, and logs every operation', () => {
    const office = funded()
    const id = place(office, 'T1', '1000000.00', {
      bankName: '示例农商行', branch: '江滨支行', depositAccount: '8800-1', reminderDays: 45,
    })
    expect(certificateOf(office.ledger, id)).toMatchObject({
      bankName: '示例农商行', branch: '江滨支行', depositAccount: '8800-1', reminderDays: 45,
    })
    withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2025-07-08'), interestPaidFen: parseYuan('7500.00'), attachments: [office.paper],
      receivedInto: office.maintenanceBank, receivedOn: parseDate('2025-07-09'), bankSerial: 'S20250709-1',
    })
    expect(eventsOf(office.ledger, id).at(-1)).toMatchObject({ receivedOn: '2025-07-09', bankSerial: 'S20250709-1' })
    undoLastOperation(office.preparer, id, { date: parseDate('2025-07-09'), reason: '重办' })
    const logged = listOperations(office.ledger, { limit: 50 }).map(({ action }) => action)
    expect(logged).toEqual(expect.arrayContaining(['deposit.place', 'deposit.withdraw', 'deposit.undo']))
  })
})
