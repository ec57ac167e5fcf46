/** Each test changes one thing behind the product's back, with plain SQL or in the folder; `verify` must name it. */
import { appendFileSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { attachmentPath } from '#services/attachment.ts'
import { damagesOf, tamper } from './voucher/ledger-steps.ts'
import { makeOffice, type Office } from './office.ts'

function officeWithVouchers(): Office {
  const office = makeOffice()
  for (const date of ['2025-03-01', '2025-03-02', '2025-04-01']) office.receive(office.publicIncome, '4001.02', '120.00', date)
  return office
}

const messagesOf = (office: Office): string =>
  damagesOf(office.ledger)
    .map(({ code, message }) => `${code} ${message}`)
    .join('\n')

describe('verify', () => {
  it('finds nothing in an untouched ledger', () => {
    expect(damagesOf(officeWithVouchers().ledger)).toEqual([])
  })

  it('names the voucher whose amount was changed on both sides, so that it still balances', () => {
    const office = officeWithVouchers()
    tamper(
      office.ledger,
      'voucher_line',
      'UPDATE voucher_line SET debit_fen = debit_fen * 2, credit_fen = credit_fen * 2 WHERE voucher_id = 2',
    )
    const found = messagesOf(office)
    expect(found).toContain('verify.voucherChanged 凭证内容被改动：公共收益 2025-03 记-0002号')
    expect(found).not.toContain('记-0001号')
  })

  it('names the voucher whose summary, date of business or reviewer was changed', () => {
    const office = officeWithVouchers()
    tamper(office.ledger, 'voucher_line', "UPDATE voucher_line SET summary = '别的摘要' WHERE voucher_id = 1 AND line_no = 1")
    tamper(office.ledger, 'voucher', "UPDATE voucher SET business_date = '2025-02-01' WHERE id = 2")
    tamper(office.ledger, 'voucher', `UPDATE voucher SET reviewer_id = ${office.head.actor.userId} WHERE id = 3`)
    const changed = damagesOf(office.ledger).filter(({ code }) => code === 'verify.voucherChanged')
    expect(changed.map(({ message }) => message)).toEqual([
      '凭证内容被改动：公共收益 2025-03 记-0001号',
      '凭证内容被改动：公共收益 2025-03 记-0002号',
      '凭证内容被改动：公共收益 2025-04 记-0001号',
    ])
  })

  it('names the place where a voucher was deleted with all that belongs to it', () => {
    const office = officeWithVouchers()
    for (const table of ['voucher_line', 'voucher_attachment', 'voucher']) {
      tamper(office.ledger, table, `DELETE FROM ${table} WHERE ${table === 'voucher' ? 'id' : 'voucher_id'} = 2`)
    }
    const found = messagesOf(office)
    expect(found).toContain('verify.voucherChain')
    expect(found).toContain('公共收益 2025-04 记-0001号')
  })

  it('notices that the newest voucher was deleted, which breaks no chain of vouchers', () => {
    const office = officeWithVouchers()
    for (const table of ['voucher_line', 'voucher_attachment', 'voucher']) {
      tamper(office.ledger, table, `DELETE FROM ${table} WHERE ${table === 'voucher' ? 'id' : 'voucher_id'} = 3`)
    }
    expect(messagesOf(office)).toContain('verify.voucherMissing')
  })

  it('names the log entry that was changed, and the one after which an entry was cut out', () => {
    const office = officeWithVouchers()
    tamper(office.ledger, 'operation', "UPDATE operation SET detail = '{}' WHERE id = 5")
    expect(messagesOf(office)).toContain('verify.logChanged 操作日志第 5 条')
    tamper(office.ledger, 'operation', 'DELETE FROM operation WHERE id = 7')
    expect(messagesOf(office)).toContain('verify.logChain 操作日志在第 8 条断开')
  })

  it('names the paper that was changed or is gone', () => {
    const office = officeWithVouchers()
    const path = attachmentPath(office.ledger, office.paper)
    appendFileSync(path, ' ')
    expect(messagesOf(office)).toContain('verify.attachmentChanged 附件被改动：回单.pdf')
    rmSync(path)
    expect(messagesOf(office)).toContain('verify.attachmentMissing 附件文件丢失：回单.pdf')
  })

  it('names the voucher from which a paper was taken off', () => {
    const office = officeWithVouchers()
    tamper(office.ledger, 'voucher_attachment', 'DELETE FROM voucher_attachment WHERE voucher_id = 2')
    expect(messagesOf(office)).toContain('verify.voucherChanged 凭证内容被改动：公共收益 2025-03 记-0002号')
  })
})
