/** The bank's own rows of what happened to a certificate, and numbers a slip entered wrongly gives back. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf, type BankAccountId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { bankLinesOf, certificatesOfLine } from '#services/deposit/certificate-bank-line.ts'
import { eventsOf } from '#services/deposit/certificate-chain.ts'
import { certificateByNumber, certificateOf } from '#services/deposit/certificate.ts'
import { placeCertificate, withdrawCertificate } from '#services/deposit/deposit.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { listLines, matchLine } from '#services/statement/statement-outcome.ts'
import { importStatement, listBatches, previewStatement, rollbackBatch } from '#services/statement/statement.ts'
import { utf8 } from '#tests/core/statement/statement-files.ts'
import type { Office } from '../office.ts'
import { cmbFile, rowsOf } from '../statement/statement-office.ts'
import { funded, place, post, printed, START } from './deposit-office.ts'

const DUE = parseDate('2025-07-08')

function withAccount() {
  const office = funded()
  const account = addBankAccount(office.head, {
    bookId: office.maintenance, complexId: office.complexId, bankName: '招商银行', branch: '', number: '5510000000000001',
    holderName: '示例花园', isDedicated: true, openedOn: parseDate('2025-01-01'),
  })
  return { office, account, id: place(office, 'CD-1', '1000000.00', { bankAccountId: account }) }
}

/** Serials C1 (a fee), C2 (the certificate's money), C3 of the same day in the next quarter. */
function importJuly(office: Office, account: BankAccountId): void {
  const text = cmbFile(rowsOf('0.00', [
    { date: '2025-07-01', yuan: '-10.00', memo: '手续费' },
    { date: '2025-07-09', yuan: '1007500.00', memo: '定期到期本息' },
    { date: '2025-07-10', yuan: '5.00', memo: '其他' },
  ]))
  importStatement(office.preparer, previewStatement(office.ledger, account, { name: '七月.csv', bytes: utf8(text) }))
}

function withdraw(office: Office, id: ReturnType<typeof place>, bankSerial: string) {
  return withdrawCertificate(office.preparer, {
    certificateId: id, date: DUE, interestPaidFen: parseYuan('7500.00'), bankSerial, attachments: [office.paper],
  })
}

const seenFrom = (office: Office, id: ReturnType<typeof place>) => bankLinesOf(office.ledger, id).map(({ memo }) => memo)

describe('the bank’s row of a certificate', () => {
  it('is found by the slip’s serial whichever came first, from both sides, and again after its batch was taken back', () => {
    const { office, account, id } = withAccount()
    withdraw(office, id, 'C2')
    expect(seenFrom(office, id)).toEqual([])
    importJuly(office, account)
    expect(seenFrom(office, id)).toEqual(['定期到期本息'])
    const [row] = bankLinesOf(office.ledger, id)
    if (row === undefined) throw new Error('no row')
    expect(certificatesOfLine(office.ledger, row.lineId)).toEqual([
      { certificateId: id, certificateNo: 'CD-1', kind: 'withdrawn', date: DUE },
    ])
    const [batch] = listBatches(office.ledger, { bankAccountId: account, limit: 1 })
    if (batch === undefined) throw new Error('no batch')
    rollbackBatch(office.preparer, batch.id, '传错文件')
    expect(seenFrom(office, id)).toEqual([])
    importJuly(office, account)
    expect(seenFrom(office, id)).toEqual(['定期到期本息'])
    // Entered after the statement: taken back and written anew, the second slip finds the row too.
    undoLastOperation(office.preparer, id, { date: DUE, reason: '重办' })
    withdraw(office, id, 'C2')
    expect(certificatesOfLine(office.ledger, row.lineId).map(({ kind }) => kind)).toEqual(['withdrawn', 'withdrawn'])
  })

  it('without a serial is the row its voucher is matched to; a serial of another account or season ties nothing', () => {
    const { office, account, id } = withAccount()
    post(office, withdraw(office, id, 'C9'))
    importJuly(office, account)
    expect(seenFrom(office, id)).toEqual([])
    const line = listLines(office.ledger, { bankAccountId: account, limit: 9 }).find(({ memo }) => memo === '定期到期本息')
    const voucherId = eventsOf(office.ledger, id).at(-1)?.voucherId
    if (line === undefined || voucherId == null) throw new Error('nothing to match')
    matchLine(office.bookkeeper, line.id, idOf<'voucher'>(voucherId))
    expect(seenFrom(office, id)).toEqual(['定期到期本息'])
    const tie = `INSERT INTO certificate_event_line SELECT max(id), ${line.id} FROM certificate_event`
    expect(() => office.ledger.sqlite.exec(tie)).toThrow('certificate.line')
  })
})

describe('the number of a certificate whose placing was taken back', () => {
  it('is free for the right one, and then taken again', () => {
    const office = funded()
    const slip = {
      ...printed, certificateNo: 'CD-7', valueDate: START, complexId: office.complexId, bankAccountId: office.maintenanceBank,
      personInCharge: office.preparer.actor.userId, attachments: [office.paper],
    }
    const wrong = placeCertificate(office.preparer, { ...slip, principalFen: parseYuan('100000.00') })
    expect(() => placeCertificate(office.preparer, { ...slip, principalFen: parseYuan('200000.00') })).toThrow('已有相同编号')
    undoLastOperation(office.preparer, wrong.certificateId, { date: START, reason: '本金录错' })
    const right = placeCertificate(office.preparer, { ...slip, principalFen: parseYuan('200000.00') })
    expect(certificateByNumber(office.ledger, 'CD-7').id).toBe(right.certificateId)
    expect(certificateOf(office.ledger, wrong.certificateId).status).toBe('cancelled')
    expect(() => placeCertificate(office.preparer, { ...slip, principalFen: parseYuan('300000.00') })).toThrow('已有相同编号')
    const columns = 'certificate_id, kind, date, principal_fen, actor_id, at'
    const again = `INSERT INTO certificate_event (${columns}) SELECT ${columns} FROM certificate_event WHERE certificate_id = ?`
    const placed = office.ledger.sqlite.prepare(`${again} AND kind = 'placed'`)
    expect(() => placed.run(wrong.certificateId)).toThrow('record.duplicate')
  })
})
