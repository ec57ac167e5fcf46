import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { CertificateId } from '#core/id.ts'
import { addFen, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { chainOf } from '#services/deposit/certificate-chain.ts'
import { certificateOf } from '#services/deposit/certificate.ts'
import { addComplex } from '#services/register/complex.ts'
import { mergeableWith, regroupCertificates } from '#services/deposit/deposit-rollover.ts'
import { freezeCertificate } from '#services/deposit/deposit-terms.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { draftOf } from '#services/voucher/voucher-draft.ts'
import { balance, damages, funded, next, place, post } from './deposit-office.ts'

describe('splitting and merging', () => {
  const due = parseDate('2025-07-08')

  it('splits one certificate into several that share its principal and interest', () => {
    const office = funded()
    const id = place(office, 'T1', '1000000.00')
    const facts = {
      date: due, mode: 'principal_and_interest' as const, attachments: [office.paper],
      old: [{ certificateId: id, interestPaidFen: parseYuan('7500.00') }],
    }
    const short = [next(office, 'A', '600000.00'), next(office, 'B', '400000.00')]
    expect(() => regroupCertificates(office.preparer, { ...facts, next: short })).toThrow('相差 -7,500.00')
    const { draftId, certificateIds } = regroupCertificates(office.preparer, {
      ...facts, next: [next(office, 'A', '600000.00'), next(office, 'B', '407500.00')],
    })
    expect(draftOf(office.ledger, draftId).lines.map((line) => [line.debitFen, line.creditFen, line.certificateId])).toEqual([
      [parseYuan('600000.00'), 0, certificateIds[0]], [parseYuan('407500.00'), 0, certificateIds[1]],
      [0, parseYuan('1000000.00'), id], [0, parseYuan('7500.00'), id],
    ])
    post(office, draftId)
    const chain = chainOf(office.ledger, id)
    expect(chain.links).toEqual(certificateIds.map((toId) => ({ fromId: id, toId, isReversed: 0 })))
    expect(chain.interestPaidFen).toBe(parseYuan('7500.00'))
    // 7,500.00 ÷ (1,000,000.00 × 181) × 365
    expect(chain.yieldMicro).toBe(parsePercent('1.5124'))
    expect(damages(office)).toEqual([])
  })

  it('merges certificates of one account, with the interest of each to the settlement account', () => {
    const office = funded()
    const one = place(office, 'T1', '1000000.00')
    const two = place(office, 'T2', '500000.00')
    expect(mergeableWith(office.ledger, one, due).map(({ id }) => id)).toEqual([two])
    const { draftId, certificateIds: [merged] } = regroupCertificates(office.preparer, {
      date: due, mode: 'principal_only', attachments: [office.paper], next: [next(office, 'M', '1500000.00')],
      old: [
        { certificateId: one, interestPaidFen: parseYuan('7500.00') },
        { certificateId: two, interestPaidFen: parseYuan('3749.99'), differenceReason: '尾差' },
      ],
    })
    post(office, draftId)
    if (merged === undefined) throw new Error('nothing was merged')
    expect(chainOf(office.ledger, two).certificates.map(({ certificateNo }) => certificateNo)).toEqual(['T1', 'T2', 'M'])
    expect(balance(office, '1001.02')).toBe(parseYuan('1500000.00'))
    expect(balance(office, '1001.01')).toBe(addFen(parseYuan('7500000.00'), parseYuan('11249.99')))
    // Undone from either side, all three are put right.
    post(office, undoLastOperation(office.preparer, two, { date: due, reason: '银行退回' }))
    expect([one, two, merged].map((id) => certificateOf(office.ledger, id).status)).toEqual(['inForce', 'inForce', 'cancelled'])
    expect(damages(office)).toEqual([])
  })

  it('refuses to merge money of two complexes, and the same certificate twice', () => {
    const office = funded()
    const one = place(office, 'T1', '1000000.00')
    const complexId = addComplex(office.head, {
      code: 'A02', name: '示例二期', pinyin: 'sleq', address: '示例路 2 号', managerName: '示例物业', holderName: '示例二期业委会',
      hotline: '', profileCode: 'AH-TONGLING', hasAssembly: true, firstDepositFen: null,
    })
    const bankAccountId = addBankAccount(office.head, {
      bookId: office.maintenance, complexId, bankName: '示例银行', branch: '', number: '600000000099', holderName: '示例二期业主大会',
      isDedicated: true, openedOn: parseDate('2025-01-01'),
    })
    const other = place(office, 'T2', '500000.00', { complexId, bankAccountId })
    const merge = (ids: readonly CertificateId[], interest: readonly string[]) => regroupCertificates(office.preparer, {
      date: due, mode: 'principal_only', attachments: [office.paper], next: [next(office, 'M', '1500000.00')],
      old: ids.map((certificateId, at) => ({ certificateId, interestPaidFen: parseYuan(interest[at] ?? '0.00') })),
    })
    expect(() => merge([one, other], ['7500.00', '3750.00'])).toThrow('同一结算账户')
    expect(() => merge([one, one], ['7500.00', '7500.00'])).toThrow('只能选一次')
    expect(mergeableWith(office.ledger, one, due)).toEqual([])
  })

  it('refuses to undo a rollover whose new certificate has moved on', () => {
    const office = funded()
    const id = place(office, 'T1', '1000000.00')
    const { draftId, certificateIds: [a] } = regroupCertificates(office.preparer, {
      date: due, mode: 'principal_only', attachments: [office.paper],
      old: [{ certificateId: id, interestPaidFen: parseYuan('7500.00') }],
      next: [next(office, 'A', '600000.00'), next(office, 'B', '400000.00')],
    })
    post(office, draftId)
    if (a === undefined) throw new Error('nothing was split')
    freezeCertificate(office.preparer, { certificateId: a, date: due, reason: '协助冻结' })
    expect(() => undoLastOperation(office.preparer, id, { date: due, reason: '退回' })).toThrow('已有后续操作')
    expect(undoLastOperation(office.preparer, a, { date: due, reason: '登记错' })).toBeNull()
    expect(undoLastOperation(office.preparer, id, { date: due, reason: '退回' })).not.toBeNull()
  })
})
