import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { answerFinding, closeFinding } from '#services/finding/finding.ts'
import { listFindings } from '#services/finding/finding-list.ts'
import { recordSelfCheck } from '#services/finding/finding-run.ts'
import { findNow } from '#services/finding/self-check.ts'
import { postWithoutPaper } from '../../services/finding/finding-office.ts'
import { makeOffice, type Office } from '../../services/office.ts'
import { run } from './run-command.ts'

function closeOut(office: Office): void {
  const scope = { from: null, to: parseDate('2025-10-09'), complexId: null, bookId: null }
  recordSelfCheck(office.head, scope, findNow(office.ledger, scope.to, scope))
  for (const { id } of listFindings(office.ledger, { complexId: null, limit: 10 })) {
    answerFinding(office.preparer, id, '凭据在装订本内')
    closeFinding(office.reviewer, id, '已核对')
  }
}

describe('check', () => {
  it('ends with 1 while a warning is open, with 0 once it is closed out or outside the period', async () => {
    const office = makeOffice()
    postWithoutPaper(office, office.publicIncome, '2025-09-10')
    const { path } = office.ledger
    const open = await run('check', path)
    expect(open.status).toBe(1)
    expect(open.stdout).toMatch(/警示\s+待说明\s+凭证没有附件\s+1\.00\s+2025-09-10 记-0001号/)
    expect(open.stderr).toContain('“报价疑似串通”没有检查：“报价过于接近的差幅”待填写（铜陵日常维修工程管理）。')
    expect((await run('check', path, '--from', '2025-09-11')).stdout).toBe('自查没有发现疑点\n')
    closeOut(office)
    const closed = await run('check', path, '--json')
    expect(closed.status).toBe(0)
    expect(JSON.parse(closed.stdout)).toMatchObject({ findings: [{ rule: 'voucher.noPaper', state: 'closed', amount: '1.00' }] })
  })

  it('refuses a period that ends before it begins', async () => {
    const refused = await run('check', makeOffice().ledger.path, '--from', '2025-09-11', '--to', '2025-09-01')
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('起始日不能晚于截止日')])
  })
})
