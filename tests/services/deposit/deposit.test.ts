import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { addFen, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { certificateOf, listCertificates } from '#services/deposit/certificate.ts'
import { chainOf } from '#services/deposit/certificate-chain.ts'
import { placeCertificate, withdrawCertificate } from '#services/deposit/deposit.ts'
import { dueWork } from '#services/deposit/deposit-due.ts'
import { previewPlacing, previewRollover, previewWithdrawal, type VoucherPreview } from '#services/deposit/deposit-preview.ts'
import { rollOverCertificate } from '#services/deposit/deposit-rollover.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { verifyLedger } from '#services/verify.ts'
import { draftOf, reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import type { DraftId } from '#core/id.ts'
import { makeOffice, type Office } from '../office.ts'

function post(office: Office, draftId: DraftId | null): void {
  if (draftId === null) throw new Error('this operation moved no money')
  reviewDraft(office.reviewer, draftId)
  postDrafts(office.bookkeeper, [draftId])
}

function damages(office: Office) {
  const steps = verifyLedger(office.ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.damages
  }
}

const printed = {
  product: 'time', rateMicro: parsePercent('1.50'), demandRateMicro: parsePercent('0.05'), dayCount: 'months_odd_360',
  term: { unit: 'months', count: 12 }, rolloverInstruction: 'none',
} as const

/** One million yuan from 2023-11-08 for a year at 1.50 %, the published rollover example. */
function withCertificate(today = '2024-11-08') {
  const office = makeOffice({ openedOn: '2023-11-01', today })
  office.receive(office.maintenance, '4001', '1000000.00', '2023-11-08')
  const placed = placeCertificate(office.preparer, {
    ...printed, certificateNo: '0001', valueDate: parseDate('2023-11-08'), principalFen: parseYuan('1000000.00'),
    personInCharge: office.preparer.actor.userId, complexId: office.complexId, bankAccountId: office.maintenanceBank,
    attachments: [office.paper],
  })
  post(office, placed.draftId)
  return { office, id: placed.certificateId }
}

const rollover = (office: Office, id: Parameters<typeof certificateOf>[1], more: object = {}) =>
  rollOverCertificate(office.preparer, {
    certificateId: id, date: parseDate('2024-11-08'), interestPaidFen: parseYuan('15000.00'), attachments: [office.paper],
    mode: 'principal_and_interest',
    next: { ...printed, certificateNo: '0002', rateMicro: parsePercent('1.10'), personInCharge: office.preparer.actor.userId },
    ...more,
  })

const timeDeposits = (office: Office) =>
  trialBalance(office.ledger, { bookId: office.maintenance, to: parseDate('2030-01-01') })
    .rows.find((row) => row.code === '1001.02')?.closingFen

describe('deposits', () => {
  it('rolls principal and interest into the next certificate to the fen (ROL-D01)', () => {
    const { office, id } = withCertificate()
    const next = rollover(office, id)
    expect(certificateOf(office.ledger, next.certificateId)).toMatchObject({
      principalFen: parseYuan('1015000.00'), dueDate: '2025-11-08', status: 'pending',
    })
    post(office, next.draftId)
    expect(certificateOf(office.ledger, id).status).toBe('rolledOver')
    expect(timeDeposits(office)).toBe(parseYuan('1015000.00'))
    expect(chainOf(office.ledger, next.certificateId).interestPaidFen).toBe(parseYuan('15000.00'))
    expect(damages(office)).toEqual([])
  })

  it('rolls principal only and lets the interest go to the settlement account (ROL-D02)', () => {
    const { office, id } = withCertificate()
    const next = rollover(office, id, { mode: 'principal_only' })
    post(office, next.draftId)
    expect(timeDeposits(office)).toBe(parseYuan('1000000.00'))
    const demand = trialBalance(office.ledger, { bookId: office.maintenance, to: parseDate('2030-01-01') })
      .rows.find((row) => row.code === '1001.01')?.closingFen
    expect(demand).toBe(parseYuan('15000.00'))
  })

  it('refuses interest one fen off without a reason, and keeps the reason', () => {
    const { office, id } = withCertificate()
    const paid = { interestPaidFen: parseYuan('14999.99') }
    expect(() => rollover(office, id, paid)).toThrow('银行实付利息与应得利息不符')
    const next = rollover(office, id, { ...paid, differenceReason: '银行按 360 天逐日计息' })
    expect(certificateOf(office.ledger, next.certificateId).principalFen).toBe(parseYuan('1014999.99'))
    expect(chainOf(office.ledger, id).certificates[0]?.events.at(-1)).toMatchObject({
      interestExpectedFen: parseYuan('15000.00'), interestPaidFen: parseYuan('14999.99'), differenceReason: '银行按 360 天逐日计息',
    })
  })

  it('refuses to roll over or withdraw the same certificate twice', () => {
    const { office, id } = withCertificate()
    rollover(office, id)
    const again = { ...printed, certificateNo: '0003', personInCharge: office.preparer.actor.userId }
    expect(() => rollover(office, id, { next: again })).toThrow('已经支取或转存')
    expect(() => withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2024-11-08'), interestPaidFen: parseYuan('15000.00'), attachments: [office.paper],
    })).toThrow('已经支取或转存')
  })

  it('refuses a certificate number that was used before and leaves nothing half-written', () => {
    const { office, id } = withCertificate()
    const again = { next: { ...printed, certificateNo: '0001', personInCharge: office.preparer.actor.userId } }
    expect(() => rollover(office, id, again)).toThrow('已有相同编号')
    expect(certificateOf(office.ledger, id).status).toBe('inForce')
    expect(listCertificates(office.ledger, { inForceOnly: false, limit: 10 })).toHaveLength(1)
  })

  it('counts overdue days at the demand rate and the interest lost by leaving it asleep', () => {
    const { office, id } = withCertificate('2024-11-28')
    const work = dueWork(office.ledger, parseDate('2024-11-28'), [30, 15, 7, 3, 1, 0], parseDate('2024-12-28'))
    expect(work.rows[0]).toMatchObject({ id, due: { kind: 'overdue', days: 20 } })
    // 1,000,000.00 × (1.50 % − 0.05 %) × 20 ÷ 360
    expect(work.lostFen).toBe(parseYuan('805.56'))
    const draftId = withdrawCertificate(office.preparer, {
      certificateId: id, date: parseDate('2024-11-28'), attachments: [office.paper],
      // Term interest and 20 overdue days at 0.05 %, rounded apart.
      interestPaidFen: addFen(parseYuan('15000.00'), parseYuan('27.78')),
    })
    post(office, draftId)
    expect(dueWork(office.ledger, parseDate('2024-11-28'), [30], parseDate('2024-12-28')).rows).toEqual([])
    expect(damages(office)).toEqual([])
  })

  it('takes back an unposted rollover on both certificates, and a posted one with a red voucher', () => {
    const { office, id } = withCertificate()
    const first = rollover(office, id)
    undoLastOperation(office.preparer, id, { date: parseDate('2024-11-08'), reason: '证实书号抄错' })
    expect(certificateOf(office.ledger, id).status).toBe('inForce')
    expect(certificateOf(office.ledger, first.certificateId).status).toBe('cancelled')
    const again = { ...printed, certificateNo: '0003', personInCharge: office.preparer.actor.userId }
    const second = rollover(office, id, { next: again })
    post(office, second.draftId)
    const red = undoLastOperation(office.preparer, id, { date: parseDate('2024-11-08'), reason: '银行退回' })
    post(office, red)
    expect(certificateOf(office.ledger, id).status).toBe('inForce')
    expect(timeDeposits(office)).toBe(parseYuan('1000000.00'))
    expect(damages(office)).toEqual([])
  })

  it('takes a rollover back on both certificates when it is undone from the new one', () => {
    const { office, id } = withCertificate()
    const next = rollover(office, id)
    post(office, next.draftId)
    post(office, undoLastOperation(office.preparer, next.certificateId, { date: parseDate('2024-11-08'), reason: '银行退回' }))
    expect(certificateOf(office.ledger, id).status).toBe('inForce')
    expect(certificateOf(office.ledger, next.certificateId).status).toBe('cancelled')
    expect(timeDeposits(office)).toBe(parseYuan('1000000.00'))
    expect(damages(office)).toEqual([])
  })

  it('can be taken back after its voucher was voided in the voucher list', () => {
    const { office, id } = withCertificate()
    const next = rollover(office, id)
    voidDraft(office.preparer, next.draftId, '重做')
    expect(certificateOf(office.ledger, id).status).toBe('rolledOver')
    undoLastOperation(office.preparer, id, { date: parseDate('2024-11-08'), reason: '凭证已作废' })
    expect(certificateOf(office.ledger, id).status).toBe('inForce')
  })

  it('previews the very lines it writes, for placing, withdrawing and both ways of rolling over', () => {
    const { office, id } = withCertificate()
    const { ledger } = office
    const sides = (lines: readonly { summary: string; debitFen: number; creditFen: number }[]) =>
      lines.map(({ summary, debitFen, creditFen }) => ({ summary, debitFen, creditFen }))
    const written = (draftId: DraftId) => sides(draftOf(ledger, draftId).lines)
    const shown = (preview: VoucherPreview) => sides(preview.lines)
    const undo = () => undoLastOperation(office.preparer, id, { date: parseDate('2024-11-08'), reason: '试办' })
    const settlement = {
      certificateId: id, date: parseDate('2024-11-08'), interestPaidFen: parseYuan('15000.00'), attachments: [office.paper],
    }

    const withdrawal = previewWithdrawal(ledger, settlement)
    expect(withdrawal.lines[0]).toMatchObject({ account: '1001.01 活期存款', debitFen: parseYuan('1015000.00') })
    expect(written(withdrawCertificate(office.preparer, settlement))).toEqual(shown(withdrawal))
    undo()
    for (const mode of ['principal_only', 'principal_and_interest'] as const) {
      const next = { ...printed, certificateNo: `next-${mode}`, personInCharge: office.preparer.actor.userId }
      const preview = previewRollover(ledger, { ...settlement, mode, next })
      const { certificateId, draftId } = rollOverCertificate(office.preparer, { ...settlement, mode, next })
      expect(written(draftId)).toEqual(shown(preview))
      expect(certificateOf(ledger, certificateId)).toMatchObject({ principalFen: preview.principalFen, dueDate: preview.dueDate })
      undo()
    }
    const placing = {
      ...printed, certificateNo: '0007', valueDate: parseDate('2024-11-08'), principalFen: parseYuan('10000.00'),
      personInCharge: office.preparer.actor.userId, complexId: office.complexId, bankAccountId: office.maintenanceBank,
      attachments: [office.paper],
    }
    const preview = previewPlacing(ledger, placing)
    expect(written(placeCertificate(office.preparer, placing).draftId)).toEqual(shown(preview))
    expect(() => previewPlacing(ledger, placing)).toThrow('已有相同编号')
  })

  it('lists what has to be watched before what has ended, page after page, and finds by number or principal', () => {
    const { office, id } = withCertificate()
    post(office, rollover(office, id).draftId)
    const { ledger } = office
    const list = (more: object) =>
      listCertificates(ledger, { inForceOnly: false, limit: 10, ...more }).map((row) => row.certificateNo)
    expect(list({})).toEqual(['0002', '0001'])
    expect(list({ inForceOnly: true })).toEqual(['0002'])
    const [first] = listCertificates(ledger, { inForceOnly: false, limit: 1 })
    expect(list({ after: first })).toEqual(['0001'])
    expect(list({ text: '001' })).toEqual(['0001'])
    expect(list({ text: '1,015,000.00' })).toEqual(['0002'])
  })

  it('refuses money of another complex and a principal below the profile minimum', () => {
    const { office } = withCertificate()
    const small = () => placeCertificate(office.preparer, {
      ...printed, certificateNo: '0009', valueDate: parseDate('2024-01-08'), principalFen: parseYuan('9999.99'),
      personInCharge: office.preparer.actor.userId, complexId: office.complexId, bankAccountId: office.maintenanceBank,
      attachments: [office.paper],
    })
    expect(small).toThrow('起存金额')
  })
})
