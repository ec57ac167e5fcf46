/** Ways money left the fund past its path, each tried by people who may do everything a service lets them. */
import { describe, expect, it } from 'vitest'
import { idOf, type DraftId, type RepairId, type VoucherId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { endObjection, raiseObjection } from '#services/repair/repair-objection.ts'
import { preparePaymentAgain } from '#services/repair/repair-payment.ts'
import { sendBackRepair } from '#services/repair/repair.ts'
import { publishRepair } from '#services/repair/repair-settlement.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { prepareDifference, preparePriorYear, prepareReversal } from '#services/voucher/correction.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { changeDraft, draftOf, reviewDraft, saveDraft, voidDraft, type DraftLine } from '#services/voucher/voucher-draft.ts'
import { makeRepairOffice, type RepairOffice } from './repair-office.ts'
import { codeOf, on, pay, stepOf, toPayment, wholeOffice } from './whole-path.ts'

const TODAY = on('2025-10-09')

function post(office: RepairOffice, ...drafts: readonly DraftId[]): void {
  for (const draft of drafts) reviewDraft(office.reviewer, draft)
  postDrafts(office.bookkeeper, drafts)
}

function paymentOf(office: RepairOffice, id: RepairId): VoucherId {
  const found = office.ledger.sqlite.prepare('SELECT max(voucher_id) FROM voucher_line WHERE repair_id = ?').pluck().get(id)
  return idOf<'voucher'>(Number(found))
}

/** To a stranger, from the fund's bank. */
function toStranger(office: RepairOffice, yuan: string, more: Partial<DraftLine> = {}): readonly DraftLine[] {
  const name = `陌生公司${yuan}`
  const counterpartyId = addCounterparty(office.preparer, { kind: 'company', name, bankName: '行', bankAccount: '9' })
  return [
    office.line(office.maintenance, '5001', debit(parseYuan(yuan)), { counterpartyId, ...more }),
    office.line(office.maintenance, '1001.01', credit(parseYuan(yuan))),
  ]
}

describe('a correction spends nothing', () => {
  it('of a receipt: neither by its replacement nor as an error of last year', () => {
    const office = wholeOffice()
    const { id } = office.receive(office.maintenance, '4001', '100.00', '2025-09-30')
    const { reversal, replacement } = prepareReversal(office.preparer, {
      voucherId: id, date: TODAY, reason: '记错', replacement: toStranger(office, '9000.00'),
    })
    post(office, reversal)
    if (replacement === null) throw new Error('no replacement')
    expect(codeOf(() => reviewDraft(office.reviewer, replacement))).toBe('voucher.correctedUse')
    const earlier = makeEarlier(office)
    const prior = preparePriorYear(office.preparer, {
      voucherId: earlier, date: TODAY, reason: '上年漏记', lines: toStranger(office, '8000.00'),
    })
    expect(codeOf(() => reviewDraft(office.reviewer, prior))).toBe('voucher.correctedUse')
  })

  it('of a job’s payment: the blue voucher stays with the job, its payee and what was instructed', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    pay(office, id, '4800.00')
    const voucherId = paymentOf(office, id)
    const facts = { voucherId, date: TODAY, reason: '付错' }
    const replaced = (lines: readonly DraftLine[]) => {
      const { reversal, replacement } = prepareReversal(office.preparer, { ...facts, replacement: lines })
      return { reversal, replacement: replacement ?? reversal }
    }
    const stray = replaced(toStranger(office, '4800.00'))
    expect(codeOf(() => reviewDraft(office.reviewer, stray.replacement))).toMatch(/^(voucher.correctedUse|repair.correction)$/)
    voidDraft(office.preparer, stray.replacement, '不成立')
    voidDraft(office.preparer, stray.reversal, '不成立')
    const own = replaced([
      office.line(office.maintenance, '5001', debit(parseYuan('4800.00')), { counterpartyId: office.contractor, repairId: id }),
      office.line(office.maintenance, '1001.01', credit(parseYuan('4800.00'))),
    ])
    post(office, own.reversal, own.replacement)
    expect(repairCard(office.preparer, id).state).toMatchObject({ step: 'payment', paidFen: 480_000 })
  })

  it('moves an amount inside what it corrects, to no other complex or payee', () => {
    const office = wholeOffice()
    const returned = office.post({
      bookId: office.maintenance, date: TODAY,
      lines: [
        office.line(office.maintenance, '1001.01', debit(parseYuan('50.00'))),
        office.line(office.maintenance, '5001', credit(parseYuan('50.00'))),
      ],
    })
    const moved = (lines: readonly DraftLine[]) => saveDraft(office.preparer, {
      bookId: office.maintenance, kind: 'general', date: TODAY, purpose: 'difference', correctsVoucherId: returned.id,
      reason: '改明细', lines,
    })
    const line = (yuan: string, more: Partial<DraftLine> = {}) =>
      office.line(office.maintenance, '5001', debit(parseYuan(yuan)), more)
    const stranger = addCounterparty(office.preparer, { kind: 'company', name: '陌生公司', bankName: '行', bankAccount: '9' })
    const inside = moved([line('50.00'), line('-50.00')])
    const beyond = moved([line('50.00'), office.line(office.maintenance, '3001', credit(parseYuan('50.00')))])
    const other = moved([line('50.00', { counterpartyId: stranger }), line('-50.00')])
    const review = (draft: DraftId) => codeOf(() => reviewDraft(office.reviewer, draft))
    expect([review(inside), review(beyond), review(other)]).toEqual(['done', 'voucher.correctedUse', 'voucher.correctedUse'])
    // What came back by mistake goes back whole, by the red voucher of its own.
    for (const draft of [inside, beyond, other]) voidDraft(office.preparer, draft, '不改')
    const { reversal } = prepareReversal(office.preparer, { voucherId: returned.id, date: TODAY, reason: '退错户' })
    post(office, reversal)
  })
})

it('a book opens with what was spent before it, and never again once it is kept', () => {
  const office = wholeOffice()
  const opening = saveDraft(office.preparer, {
    bookId: office.maintenance, kind: 'general', date: TODAY, purpose: 'opening', lines: toStranger(office, '9000.00'),
  })
  expect(codeOf(() => reviewDraft(office.reviewer, opening))).toBe('voucher.useWithoutRepair')
})

/** A receipt of the year before, in a book that was open then. */
function makeEarlier(office: RepairOffice): VoucherId {
  const { ledger } = office
  ledger.sqlite.exec("INSERT INTO period SELECT id, '2024-12', 'open' FROM book")
  return office.receive(office.maintenance, '4001', '300.00', '2024-12-20').id
}

describe('a difference and a reversal', () => {
  it('never stand side by side, and a job’s payments never fall below nothing', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    pay(office, id, '4800.00')
    const voucherId = paymentOf(office, id)
    const facts = { voucherId, date: TODAY, reason: '多付' }
    const corrected = [debit(parseYuan('1000.00')), credit(parseYuan('1000.00'))]
    const difference = prepareDifference(office.preparer, { ...facts, corrected })
    expect(codeOf(() => prepareReversal(office.preparer, facts))).toBe('voucher.hasDifference')
    post(office, difference)
    expect(repairCard(office.preparer, id).state).toMatchObject({ step: 'voucher', paidFen: 100_000 })
    expect(codeOf(() => prepareReversal(office.preparer, facts))).toBe('voucher.hasDifference')
    expect(codeOf(() => prepareDifference(office.preparer, { ...facts, corrected }))).toBe('voucher.hasDifference')
    const again = { amountFen: parseYuan('3800.00'), bankAccountId: office.maintenanceBank, date: TODAY }
    const tooMuch = { ...again, amountFen: parseYuan('8600.00') }
    expect(codeOf(() => preparePaymentAgain(office.preparer, id, tooMuch))).toBe('repair.amount')
    post(office, preparePaymentAgain(office.preparer, id, again))
    expect(repairCard(office.preparer, id).state).toMatchObject({ step: 'payment', paidFen: 480_000 })
  })

  it('the difference is taken back first, then the payment', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    pay(office, id, '4800.00')
    const voucherId = paymentOf(office, id)
    const corrected = [debit(parseYuan('1000.00')), credit(parseYuan('1000.00'))]
    post(office, prepareDifference(office.preparer, { voucherId, date: TODAY, reason: '多付', corrected }))
    post(office, prepareReversal(office.preparer, { voucherId: paymentOf(office, id), date: TODAY, reason: '改错' }).reversal)
    post(office, prepareReversal(office.preparer, { voucherId, date: TODAY, reason: '付错' }).reversal)
    expect(repairCard(office.preparer, id).state).toMatchObject({ step: 'voucher', paidFen: 0 })
    expect(codeOf(() => prepareDifference(office.preparer, { voucherId, date: TODAY, reason: '多付', corrected })))
      .toBe('voucher.reversed')
  })
})

describe('a draft by hand', () => {
  it('pays no job, whatever was once instructed', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    voidDraft(office.preparer, office.pay(id, '4800.00'), '重算')
    sendBackRepair(office.head, id, 'settlement', '核减')
    expect(repairCard(office.preparer, id).state).toMatchObject({ instructedFen: 0, draftId: null })
    office.file(id, 'settlement')
    office.settle(id, '4700.00')
    office.file(id, 'noticePhoto')
    publishRepair(office.preparer, id, { from: on('2025-09-22'), to: on('2025-10-30'), place: '门厅' })
    const lines = toStranger(office, '4700.00', { repairId: id, counterpartyId: office.contractor })
    const facts = { bookId: office.maintenance, kind: 'general' as const, date: TODAY, lines, attachments: [office.paper] }
    expect(codeOf(() => saveDraft(office.preparer, facts))).toBe('repair.byHand')
    const empty = saveDraft(office.preparer, { ...facts, lines: [] })
    expect(codeOf(() => changeDraft(office.preparer, empty, facts))).toBe('repair.byHand')
    expect(stepOf(office, id)).toBe('payment')
  })
})

describe('the payment’s own draft', () => {
  it('keeps its papers when it is changed, and takes more', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    const draft = office.pay(id, '4800.00')
    const { lines, attachments, bookId } = draftOf(office.ledger, draft)
    const change = (papers: readonly string[]) => codeOf(() =>
      changeDraft(office.preparer, draft, { bookId, kind: 'general', date: TODAY, lines, attachments: papers }))
    expect(change(attachments.slice(0, 1))).toBe('repair.papersKept')
    expect(change([...attachments, office.paper])).toBe('done')
    expect(draftOf(office.ledger, draft).attachments).toHaveLength(attachments.length + 1)
    post(office, draft)
  })

  it('pays nothing beside the job', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    const draft = office.pay(id, '4800.00')
    const { lines, attachments, bookId } = draftOf(office.ledger, draft)
    const one = parseYuan('1.00')
    const rider = [office.line(bookId, '3001', debit(one)), office.line(bookId, '1001.01', credit(one))]
    changeDraft(office.preparer, draft, { bookId, kind: 'general', date: TODAY, lines: [...lines, ...rider], attachments })
    expect(codeOf(() => reviewDraft(office.reviewer, draft))).toBe('repair.onlyJob')
  })

  it('is dated after the settlement and after the publication', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    const draft = office.pay(id, '4800.00')
    const { lines, attachments, bookId } = draftOf(office.ledger, draft)
    for (const date of ['2025-09-21', '2025-09-28']) {
      changeDraft(office.preparer, draft, { bookId, kind: 'general', date: on(date), lines, attachments })
      expect(codeOf(() => reviewDraft(office.reviewer, draft))).toBe('repair.paymentDate')
    }
    changeDraft(office.preparer, draft, { bookId, kind: 'general', date: on('2025-09-29'), lines, attachments })
    post(office, draft)
  })
})

describe('the payee’s account', () => {
  const account = (office: RepairOffice, text: string) =>
    office.ledger.sqlite.prepare('UPDATE counterparty SET bank_account = ? WHERE id = ?').run(text, office.contractor)

  it('is known before anything is instructed', () => {
    const office = wholeOffice()
    const id = toPayment(office)
    account(office, '')
    expect(codeOf(() => office.pay(id, '4800.00'))).toBe('repair.payeeAccount')
  })

  it('of a job let off the contract is the one it was settled with', () => {
    const office = makeRepairOffice()
    const id = office.report('3000.00')
    office.check(id, '3000.00')
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    office.signAcceptance(id)
    office.accept(id)
    office.file(id, 'settlement', 'workOrder')
    account(office, '')
    expect(codeOf(() => office.settle(id, '3000.00'))).toBe('repair.payeeAccount')
    account(office, '6220001')
    office.settle(id, '3000.00')
    office.file(id, 'invoice')
    account(office, '9999')
    expect(codeOf(() => office.pay(id, '3000.00'))).toBe('repair.payeeAccount')
    account(office, '6220001')
    expect(codeOf(() => office.pay(id, '3000.00'))).toBe('done')
  })
})

it('an objection is let go by another person than wrote it down', () => {
  const office = wholeOffice()
  const id = toPayment(office)
  const objectionId = raiseObjection(office.head, id, {
    raisedOn: on('2025-09-25'), raisedBy: '3幢 201 业主', reason: '卷材面积多算', disputedFen: parseYuan('4000.00'),
  })
  const end = (outcome: 'withdrawn' | 'answered' | 'upheld') => codeOf(() =>
    endObjection(office.head, id, { objectionId, outcome, reason: '已说明' }))
  expect([end('withdrawn'), end('answered')]).toEqual(Array(2).fill('repair.objectionRecorder'))
  expect(end('upheld')).toBe('done')
})
