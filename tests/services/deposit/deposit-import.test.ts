import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { listCertificates } from '#services/deposit/certificate.ts'
import { importDeposits } from '#services/deposit/deposit-import.ts'
import { previewDepositImport, type ImportRequest } from '#services/deposit/deposit-import-preview.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { verifyLedger } from '#services/verify.ts'
import { draftOf, reviewDraft } from '#services/voucher/voucher-draft.ts'
import { setPolicy } from './due-office.ts'
import { makeOffice, type Office } from '../office.ts'

const HEAD = '证实书号,小区,本金（元）,年利率,活期利率,起息日,存期,到期日,经办人'
const ROWS = [
  '0001,示例花园,1000000.00,1.50%,0.05%,2024-12-08,1年,2025-12-08,张制单',
  '0002,示例花园,500000.00,1.20%,0.05%,2024-11-08,6个月,2025-05-10,',
]

function request(office: Office, rows: readonly string[], more: Partial<ImportRequest> = {}): ImportRequest {
  return {
    bookId: office.maintenance, mode: 'voucher', date: parseDate('2025-01-01'), demandRateMicro: null,
    file: { name: '存单台账.csv', bytes: new TextEncoder().encode([HEAD, ...rows].join('\n')) },
    answers: { rateUnit: null, moneyUnit: null }, personInCharge: office.preparer.actor.userId, ...more,
  }
}

function damages(office: Office) {
  const steps = verifyLedger(office.ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.damages
  }
}

const registered = (office: Office) =>
  listCertificates(office.ledger, { inForceOnly: false, limit: 10 }).map(({ certificateNo, status }) => [certificateNo, status])

describe('importing the office’s deposit sheet', () => {
  it('makes one opening voucher of all certificates, and they are in force once it is posted', () => {
    const office = makeOffice()
    const preview = previewDepositImport(office.ledger, request(office, ROWS))
    expect(preview).toMatchObject({ problems: [], principalFen: parseYuan('1500000.00'), tieOut: [{ differenceFen: 0 }] })
    const { certificateIds, draftIds: [draftId] } = importDeposits(office.preparer, preview)
    if (draftId === undefined) throw new Error('no draft was made')
    const draft = draftOf(office.ledger, draftId)
    expect(draft).toMatchObject({ purpose: 'opening', date: '2025-01-01' })
    expect(draft.lines.map(({ summary, debitFen, creditFen }) => [summary, debitFen, creditFen])).toEqual([
      ['期初存单 0001', parseYuan('1000000.00'), 0],
      ['期初存单 0002', parseYuan('500000.00'), 0],
      ['期初定期存款', 0, parseYuan('1500000.00')],
    ])
    expect(registered(office)).toEqual([['0002', 'pending'], ['0001', 'pending']])
    reviewDraft(office.reviewer, draftId)
    postDrafts(office.bookkeeper, [draftId])
    expect(registered(office)).toEqual([['0002', 'inForce'], ['0001', 'inForce']])
    expect(damages(office)).toEqual([])
    expect(certificateIds).toHaveLength(2)
    // The bank's own due date was kept, with its reason.
    expect(listCertificates(office.ledger, { inForceOnly: true, limit: 1 })).toMatchObject([
      { dueDate: '2025-05-10', dueDateReason: '原台账所记到期日', rateMicro: parsePercent('1.20') },
    ])
  })

  it('makes no voucher where the opening balance holds the money, and ties out with the account', () => {
    const office = makeOffice()
    office.post({
      bookId: office.maintenance, date: parseDate('2025-01-01'), purpose: 'opening',
      lines: [
        office.line(office.maintenance, ACCOUNT.timeDeposit, debit(parseYuan('1500000.00'))),
        office.line(office.maintenance, '3001', credit(parseYuan('1500000.00'))),
      ],
    })
    const first = previewDepositImport(office.ledger, request(office, ROWS.slice(0, 1), { mode: 'held' }))
    expect(first.tieOut).toMatchObject([{
      bookedFen: parseYuan('1500000.00'), inForceFen: 0, importedFen: parseYuan('1000000.00'),
      differenceFen: parseYuan('-500000.00'),
    }])
    const preview = previewDepositImport(office.ledger, request(office, ROWS, { mode: 'held' }))
    expect(preview).toMatchObject({ problems: [], tieOut: [{ differenceFen: 0 }] })
    expect(importDeposits(office.preparer, preview).draftIds).toEqual([])
    expect(registered(office)).toEqual([['0002', 'inForce'], ['0001', 'inForce']])
    expect(damages(office)).toEqual([])
  })

  it('a certificate of the opening balance is taken back once the opening is corrected, not before', () => {
    const office = makeOffice()
    const opening = (of: Office, yuan: string) => [
      of.line(of.maintenance, ACCOUNT.timeDeposit, debit(parseYuan(yuan))),
      of.line(of.maintenance, '3001', credit(parseYuan(yuan))),
    ]
    const date = parseDate('2025-01-01')
    office.post({ bookId: office.maintenance, date, purpose: 'opening', lines: opening(office, '1500000.00') })
    const preview = previewDepositImport(office.ledger, request(office, ROWS, { mode: 'held' }))
    const [, second] = importDeposits(office.preparer, preview).certificateIds
    if (second === undefined) throw new Error('two certificates were imported')
    const undo = () => undoLastOperation(office.preparer, second, { date, reason: '台账多记一张' })
    expect(undo).toThrow('请先更正期初余额凭证')
    expect(damages(office)).toEqual([])

    office.post({ bookId: office.maintenance, date, lines: opening(office, '-500000.00') })
    expect(undo()).toBeNull()
    expect(registered(office)).toEqual([['0001', 'inForce'], ['0002', 'cancelled']])
    expect(damages(office)).toEqual([])
    expect(undo).toThrow('没有可以撤销的操作')
  })

  it('refuses more certificates than the account holds, where no voucher is made for them', () => {
    const office = makeOffice()
    const preview = previewDepositImport(office.ledger, request(office, ROWS, { mode: 'held' }))
    expect(preview.problems).toMatchObject([{ code: 'import.tieOut' }])
    expect(() => importDeposits(office.preparer, preview)).toThrow('存单合计超过定期存款科目余额')
    expect(registered(office)).toEqual([])
  })

  it('names every line that is wrong, and writes nothing of a sheet with one wrong line', () => {
    const office = makeOffice()
    const preview = previewDepositImport(office.ledger, request(office, [
      ...ROWS,
      '0003,没有的小区,100000.00,1.50%,0.05%,2024-12-08,1年,,',
      '0004,示例花园,9999.00,1.50%,0.05%,2024-12-08,1年,,',
      '0005,示例花园,100000.00,1.50%,0.05%,2025-03-08,1年,,',
      '0006,示例花园,100000.00,1.50%,,2024-12-08,1年,,',
      '0007,示例花园,100000.00,1.50%,0.05%,2024-12-08,1年,,王不在',
    ]))
    expect(preview.problems.map(({ code, row }) => [code, row])).toEqual([
      ['import.complex', 4],
      // The demand rate of 0.05 has its percent sign: nothing is asked. 9,999 yuan is less than a unit may place.
      ['certificate.minimum', 5], ['import.later', 6], ['import.demandRate', 7], ['import.person', 8],
    ])
    expect(() => importDeposits(office.preparer, preview)).toThrow('没有写入任何存单')
    expect(registered(office)).toEqual([])
  })

  it('takes the demand rate from the profile, and the complex from its own account', () => {
    const office = makeOffice()
    setPolicy(office, 'deposit.demandRate', '0.05')
    const rows = ['0001,600000000011,1000000.00,1.50%,2024-12-08,1年']
    const bytes = new TextEncoder().encode(['证实书号,结算账号,本金（元）,年利率,起息日,存期', ...rows].join('\n'))
    const preview = previewDepositImport(office.ledger, request(office, [], { file: { name: 'x.csv', bytes } }))
    expect(preview.lines).toMatchObject([{ complexName: '示例花园', facts: { demandRateMicro: parsePercent('0.05') } }])
  })

  it('cannot be imported twice', () => {
    const office = makeOffice()
    const preview = previewDepositImport(office.ledger, request(office, ROWS))
    importDeposits(office.preparer, preview)
    expect(() => importDeposits(office.preparer, preview)).toThrow('已有相同编号的存单 0001')
    expect(registered(office)).toHaveLength(2)
  })
})
