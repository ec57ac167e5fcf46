/** What stands between a job and its money in SQL alone (0018): limits, papers, accounts, and what corrections may carry. */
import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { DETAIL } from './one-of-everything.ts'
import {
  ACCOUNT, addDraft, addPaper, BANK, insert, MAINTENANCE, NOW, PEOPLE, post, refusalOf, sampleLedger, sha256,
} from './sample-ledger.ts'
import { siteDetail } from './sample-review.ts'
import { filePapers, moneyOf, PAYEE_BANK, payRepair, type SamplePayment } from './sample-repair.ts'

const AMOUNT = 800_000
const APPROVED = 1_000_000
const WINDOW = PEOPLE.preparer
const SECTION = PEOPLE.reviewer
const LEAVE = { belowFen: 9_000_000, source: '样例办法' }
const ALL_BUT_PHOTOS = [
  'repeatRecord', 'quotation', 'workOrder', 'siteReview', 'spotCheck', 'acceptanceSheet', 'settlement', 'auditReport',
  'noticePhoto', 'invoice',
]

type Step = { readonly step: string; readonly actor?: number; readonly amount?: number; readonly detail?: object }

function event(ledger: Ledger, repair: number, kind: string, taken: Step): string {
  const { step, actor = SECTION, amount = AMOUNT, detail = {} } = taken
  const seq = Number(ledger.sqlite.prepare('SELECT count(*) + 1 FROM repair_event WHERE repair_id = ?').pluck().get(repair))
  return refusalOf(ledger, () => insert(ledger, 'repair_event', {
    repair_id: repair, seq, kind, step, amount_fen: amount, actor_id: actor, at: NOW,
    detail: JSON.stringify({ ...DETAIL[kind], ...moneyOf(kind, amount), ...siteDetail(ledger, repair, kind, step), ...detail }),
  }))
}

function done(ledger: Ledger, repair: number, kind: string, step: Step): void {
  expect([kind, event(ledger, repair, kind, step)]).toEqual([kind, 'accepted'])
}

/** Approved at 10,000.00, contracted at 8,000.00, the works accepted: it waits for its settlement. */
function atSettlement(ledger: Ledger, more: object = {}): number {
  const count = Number(ledger.sqlite.prepare('SELECT count(*) FROM repair').pluck().get())
  const repair = insert(ledger, 'repair', {
    number: `RM${count + 1}`, book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '渗漏', reported_on: '2025-01-05',
    quoted_fen: APPROVED, contractor_id: 1, supervisor_id: 2, recorded_by: WINDOW, recorded_at: NOW,
  })
  const whole = { amount: APPROVED }
  done(ledger, repair, 'reported', { ...whole, step: 'windowCheck', actor: WINDOW })
  insert(ledger, 'repair_use_answer', { repair_id: repair, item: 'roof', answer: 'allowed', actor_id: WINDOW, at: NOW })
  done(ledger, repair, 'windowChecked', { ...whole, step: 'engineeringCheck', actor: WINDOW })
  const noContract = 'contract' in more
  const rules = { authority: LEAVE, ...more }
  const step = noContract ? 'siteReview' : 'contract'
  done(ledger, repair, 'engineeringChecked', { ...whole, step, detail: { thresholdFen: 200_000, rules } })
  if (!noContract) done(ledger, repair, 'contracted', { step: 'siteReview', actor: WINDOW })
  reviewed(ledger, repair, noContract ? APPROVED : AMOUNT)
  return repair
}

/** Visited by section and supervisor with a photo each, and accepted. */
function reviewed(ledger: Ledger, repair: number, amount = AMOUNT): void {
  filePapers(ledger, repair, ALL_BUT_PHOTOS)
  const visit = { on: '2025-01-09', time: '09:00', place: '屋面', finding: '一致', photos: [sha256('photo.pdf')] }
  const visits = [{ ...visit, party: 'section', person: '甲' }, { ...visit, party: 'supervisor', person: '乙' }]
  done(ledger, repair, 'siteReviewed', { amount, step: 'acceptance', detail: { on: '2025-01-09', finding: '一致', visits } })
  done(ledger, repair, 'accepted', { amount, step: 'settlement' })
}

const SETTLED = { step: 'publication', detail: { retentionFen: 0, retentionDue: null } }
const UP = { step: 'payment', detail: { from: '2025-01-10', to: '2025-01-12' } }

function instruct(ledger: Ledger, repair: number, amount = AMOUNT, more: object = {}): string {
  const detail = { amountFen: amount, instructedFen: amount, ...more }
  return event(ledger, repair, 'paymentInstructed', { step: 'voucher', actor: WINDOW, detail })
}

/** Settled and published, its folder whole: it waits for its payment instruction. */
function atPayment(ledger: Ledger): number {
  const repair = atSettlement(ledger)
  done(ledger, repair, 'settled', SETTLED)
  done(ledger, repair, 'published', UP)
  filePapers(ledger, repair)
  return repair
}

function paid(ledger: Ledger, repair: number, amount = AMOUNT, more: SamplePayment = {}): string {
  return refusalOf(ledger, () => payRepair(ledger, repair, amount, more))
}

function lastVoucher(ledger: Ledger): number {
  return Number(ledger.sqlite.prepare('SELECT max(id) FROM voucher').pluck().get())
}

describe('the limits of a settlement', () => {
  test('no contract above what was approved, no settlement above the contract and the visas of works that stand', () => {
    const ledger = sampleLedger()
    const repair = atSettlement(ledger)
    const settle = (amount: number, more: object = {}) =>
      event(ledger, repair, 'settled', { ...SETTLED, amount, detail: { ...SETTLED.detail, ...more } })
    expect(settle(9_999_900)).toBe('repair.contractLimit')
    expect(settle(AMOUNT + 1)).toBe('repair.contractLimit')
    const visa = (change: number, round = 1) => refusalOf(ledger, () => insert(ledger, 'repair_visa', {
      repair_id: repair, seq: 1, round, happened_on: '2025-01-09', work: '基层', quantity: '48 平方米', change_fen: change,
      min_section: 0, min_supervisor: 0, needs_image: 0, recorded_by: SECTION, at: NOW,
    }))
    expect(visa(1, 2)).toBe('repair.round')
    expect(visa(1)).toBe('accepted')
    expect(settle(AMOUNT + 2)).toBe('repair.contractLimit')
    expect(settle(AMOUNT + 1, { settledFen: AMOUNT })).toBe('repair.settlement')
    expect(settle(AMOUNT + 1, { on: null })).toBe('repair.settlement')
    expect(settle(AMOUNT + 1)).toBe('accepted')
    // Sent back to the works: the visa was of works that no longer count.
    expect(event(ledger, repair, 'sentBack', { step: 'siteReview', detail: { to: 'review', reason: '返工' } })).toBe('accepted')
    reviewed(ledger, repair)
    expect(settle(AMOUNT + 1)).toBe('repair.contractLimit')
    expect(settle(AMOUNT)).toBe('accepted')
    expect(event(ledger, repair, 'sentBack', { step: 'contract', detail: { to: 'contract', reason: '重签' } })).toBe('accepted')
    const sign = (amount: number, contract: object = {}) => event(ledger, repair, 'contracted', {
      step: 'siteReview', actor: WINDOW, amount,
      detail: { contract: { amountFen: amount, signedOn: '2025-01-06', payeeBank: PAYEE_BANK, ...contract } },
    })
    expect([sign(APPROVED + 1), sign(APPROVED, { amountFen: AMOUNT })]).toEqual(Array(2).fill('repair.contractLimit'))
    expect(sign(APPROVED, { payeeBank: ' ' })).toBe('repair.payeeAccount')
    expect(sign(APPROVED)).toBe('accepted')
  })

  test('above what was approved only below the percentage kept in the event', () => {
    const ledger = sampleLedger()
    const repair = atSettlement(ledger, { contract: LEAVE })
    const settle = (amount: number, overrunPercent: number | null) =>
      event(ledger, repair, 'settled', { ...SETTLED, amount, detail: { ...SETTLED.detail, overrunPercent } })
    expect(settle(APPROVED + 1, null)).toBe('repair.overrun')
    expect(settle(1_100_000, 10_000_000)).toBe('repair.overrun')
    expect(settle(1_099_999, 10_000_000)).toBe('accepted')
  })

  test('it names the account that was agreed; without one nobody could say where the money goes', () => {
    const ledger = sampleLedger()
    const repair = atSettlement(ledger)
    const settle = (payeeBank: string | null) =>
      event(ledger, repair, 'settled', { ...SETTLED, detail: { ...SETTLED.detail, payeeBank } })
    expect([settle(null), settle(' '), settle('别的银行 999')]).toEqual(Array(3).fill('repair.payeeAccount'))
    expect(settle(PAYEE_BANK)).toBe('accepted')
  })

  test('a publication has its days, from the settlement on, no fewer than it says it needs', () => {
    const ledger = sampleLedger()
    const repair = atSettlement(ledger)
    done(ledger, repair, 'settled', SETTLED)
    const publish = (detail: object) => event(ledger, repair, 'published', { step: 'payment', detail })
    const wrong = [
      { from: '2025-01-10' }, { from: '2025-01-10', to: '' }, { from: '2025-01-12', to: '2025-01-11' },
      { from: '2025-01-09', to: '2025-01-12' }, { from: '2025-01-10', to: '2025-01-15', days: 7 },
    ]
    expect(wrong.map(publish)).toEqual(wrong.map(() => 'repair.publicationDays'))
    expect(publish({ from: '2025-01-10', to: '2025-01-16', days: 7 })).toBe('accepted')
  })
})

describe('the payment instruction', () => {
  test('waits for every paper of the path, each of the round that counts', () => {
    const ledger = sampleLedger()
    const repair = atSettlement(ledger)
    done(ledger, repair, 'settled', SETTLED)
    done(ledger, repair, 'published', UP)
    const needed = ['quotation', 'workOrder', 'siteReview', 'acceptanceSheet', 'settlement', 'noticePhoto', 'invoice']
    const missing = (): readonly unknown[] => ledger.sqlite.prepare(`SELECT kind FROM repair_required_paper q WHERE repair_id = ?
      AND NOT EXISTS (SELECT 1 FROM repair_paper WHERE repair_id = q.repair_id AND kind = q.kind AND round >= q.from_round)`)
      .pluck().all(repair)
    expect(missing()).toEqual(needed)
    for (const kind of needed) {
      filePapers(ledger, repair, [...needed.slice(needed.indexOf(kind)), 'repeatRecord', 'spotCheck', 'auditReport'])
      expect([kind, instruct(ledger, repair)]).toEqual([kind, 'repair.papers'])
    }
    filePapers(ledger, repair)
    done(ledger, repair, 'sentBack', { step: 'settlement', detail: { to: 'settlement', reason: '重算' } })
    done(ledger, repair, 'settled', SETTLED)
    done(ledger, repair, 'published', UP)
    expect([missing(), instruct(ledger, repair)]).toEqual([['settlement', 'noticePhoto'], 'repair.papers'])
    filePapers(ledger, repair)
    expect(instruct(ledger, repair)).toBe('accepted')
  })

  test('goes to the account that was agreed, and to none that is unknown', () => {
    const ledger = sampleLedger()
    const repair = atPayment(ledger)
    const account = (text: string) => ledger.sqlite.prepare('UPDATE counterparty SET bank_account = ? WHERE id = 1').run(text)
    account('999')
    expect(instruct(ledger, repair)).toBe('repair.payeeAccount')
    account('')
    expect(instruct(ledger, repair)).toBe('repair.payeeAccount')
    account('622001')
    expect(event(ledger, repair, 'paymentInstructed', {
      step: 'voucher', actor: WINDOW, amount: 9_999_900, detail: { instructedFen: 9_999_900 },
    })).toMatch(/^repair.(overpaid|path)$/)
    expect(instruct(ledger, repair)).toBe('accepted')
  })

  test('counts no longer once the job was sent back, and only the draft it prepared pays it', () => {
    const ledger = sampleLedger()
    const repair = atPayment(ledger)
    expect(instruct(ledger, repair)).toBe('accepted')
    done(ledger, repair, 'sentBack', { step: 'settlement', detail: { to: 'settlement', reason: '重算' } })
    done(ledger, repair, 'settled', { ...SETTLED, amount: 700_000 })
    done(ledger, repair, 'published', { ...UP, amount: 700_000 })
    filePapers(ledger, repair)
    expect(paid(ledger, repair, 700_000)).toBe('repair.notPayable')
    const draftId = addDraft(ledger)
    const detail = { amountFen: 700_000, instructedFen: 700_000, draftId }
    done(ledger, repair, 'paymentInstructed', { step: 'voucher', actor: WINDOW, amount: 700_000, detail })
    expect(paid(ledger, repair, 700_000)).toBe('repair.byHand')
    expect(paid(ledger, repair, 700_000, { head: { rule: '' } })).toBe('repair.byHand')
  })
})

describe('the voucher of a payment', () => {
  test('carries the whole folder, and is dated after the settlement and the publication', () => {
    const ledger = sampleLedger()
    const repair = atPayment(ledger)
    expect(instruct(ledger, repair)).toBe('accepted')
    expect(paid(ledger, repair, AMOUNT, { without: ['invoice'] })).toBe('repair.papers')
    expect(paid(ledger, repair, AMOUNT, { date: '2025-01-09' })).toBe('repair.paymentDate')
    expect(paid(ledger, repair, AMOUNT, { date: '2025-01-12' })).toBe('repair.paymentDate')
    expect(paid(ledger, repair, AMOUNT, { date: '2025-01-13' })).toBe('accepted')
  })

  test('papers under a payment draft are added, never removed', () => {
    const ledger = sampleLedger()
    const draft = addDraft(ledger, { rule: '{"by":"repair.payment"}' })
    insert(ledger, 'voucher_draft_attachment', { draft_id: draft, sha256: addPaper(ledger) })
    expect(refusalOf(ledger, () => ledger.sqlite.exec('DELETE FROM voucher_draft_attachment'))).toBe('repair.papersKept')
    const other = addPaper(ledger, '别的.pdf')
    const change = () => ledger.sqlite.prepare('UPDATE voucher_draft_attachment SET sha256 = ?').run(other)
    expect(refusalOf(ledger, change)).toBe('repair.papersKept')
  })
})

describe('correcting a payment', () => {
  const bank = { bank_account_id: BANK.maintenanceOfFirst }
  const correct = (ledger: Ledger, purpose: string, amount: number, line: object, of = lastVoucher(ledger)) =>
    refusalOf(ledger, () => post(ledger, {
      purpose, head: { corrects_voucher_id: of, reason: '付错' },
      lines: [
        { account: ACCOUNT.fund, debit: amount, more: { ...line } }, { account: ACCOUNT.demand, credit: amount, more: bank },
      ],
    }))
  const paidJob = (ledger: Ledger) => {
    const repair = atPayment(ledger)
    expect([instruct(ledger, repair), paid(ledger, repair)]).toEqual(['accepted', 'accepted'])
    return { repair, voucher: lastVoucher(ledger), line: { repair_id: repair, counterparty_id: 1 } }
  }

  test('a reversal takes back from whom it was paid, and its replacement stays with the job', () => {
    const ledger = sampleLedger()
    const { repair, voucher, line } = paidJob(ledger)
    expect(correct(ledger, 'reversal', -AMOUNT, { counterparty_id: 2 })).toMatch(/^(repair.correction|voucher.corrects)$/)
    expect(correct(ledger, 'replacement', AMOUNT, line)).toBe('repair.notPayable')
    expect(correct(ledger, 'reversal', -AMOUNT, line)).toBe('accepted')
    expect(correct(ledger, 'replacement', AMOUNT, { counterparty_id: 2 }, voucher)).toBe('repair.correction')
    const other = atPayment(ledger)
    expect(instruct(ledger, other)).toBe('accepted')
    expect(correct(ledger, 'replacement', AMOUNT, { repair_id: other, counterparty_id: 1 }, voucher)).toBe('repair.byHand')
    expect(correct(ledger, 'replacement', AMOUNT, line, voucher)).toBe('accepted')
    expect(ledger.sqlite.prepare('SELECT step FROM repair_standing WHERE repair_id = ?').pluck().get(repair)).toBe('followUp')
  })

  test('never below nothing: no reversal beside a difference, no second difference', () => {
    const ledger = sampleLedger()
    const { voucher, line } = paidJob(ledger)
    expect(correct(ledger, 'difference', -500_000, line)).toBe('accepted')
    const difference = lastVoucher(ledger)
    expect(correct(ledger, 'difference', -500_000, line, voucher)).toMatch(/^(repair.overReversed|voucher.hasDifference)$/)
    expect(correct(ledger, 'difference', -100, line, voucher)).toBe('voucher.hasDifference')
    expect(correct(ledger, 'reversal', -AMOUNT, line, voucher)).toBe('repair.overReversed')
    expect(correct(ledger, 'reversal', 500_000, line, difference)).toBe('accepted')
    expect(correct(ledger, 'reversal', -AMOUNT, line, voucher)).toBe('accepted')
    expect(correct(ledger, 'difference', -100, line, voucher)).toMatch(/^(repair.overReversed|voucher.reversed)$/)
  })
})

test('whoever wrote down an objection does not let it fall', () => {
  const ledger = sampleLedger()
  const repair = atPayment(ledger)
  const objection = insert(ledger, 'repair_objection', {
    repair_id: repair, raised_on: '2025-01-11', raised_by: '业主', reason: '多算', disputed_fen: 100, recorded_by: WINDOW, at: NOW,
  })
  const end = (actor: number, outcome: string) => refusalOf(ledger, () => insert(ledger, 'repair_objection_end', {
    objection_id: objection, outcome, reason: '撤回', after_seq: 9, actor_id: actor, at: NOW,
  }))
  expect([end(WINDOW, 'withdrawn'), end(WINDOW, 'answered')]).toEqual(Array(2).fill('repair.objectionRecorder'))
  expect(end(PEOPLE.bookkeeper, 'withdrawn')).toBe('accepted')
})
