import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { regroupCertificates } from '#services/deposit/deposit-rollover.ts'
import { funded, next, place, post } from '../../services/deposit/deposit-office.ts'
import { run } from './run-command.ts'

/** One certificate split into two, its interest a fen short. */
function withSplit(): string {
  const office = funded()
  const id = place(office, 'T1', '1000000.00')
  const { draftId } = regroupCertificates(office.preparer, {
    date: parseDate('2025-07-08'), mode: 'principal_only', attachments: [office.paper],
    old: [{ certificateId: id, interestPaidFen: parseYuan('7499.99'), differenceReason: '尾差一分' }],
    next: [next(office, 'A', '600000.00'), next(office, 'B', '400000.00')],
  })
  post(office, draftId)
  return office.ledger.path
}

describe('chain', () => {
  it('tells where the money went, what was paid and what it earned a year', async () => {
    const path = withSplit()
    const shown = await run('chain', path, 'B')
    expect([shown.status, shown.stderr]).toEqual([0, ''])
    expect(shown.stdout).toMatch(/T1\s+1,000,000\.00\s+2025-01-08\s+2025-07-08\s+1\.50%\s+7,499\.99\s+已转存\s+A \+ B/)
    expect(shown.stdout).toContain('累计已收利息 7,499.99 元，实现年化 1.5124%')
    const told = await run('chain', path, 'T1', '--json')
    const { certificates } = JSON.parse(told.stdout) as { certificates: { next: string[] }[] }
    expect(certificates[0]?.next).toEqual(['A', 'B'])
  })

  it('names a number that is none, with code 2', async () => {
    const missing = await run('chain', withSplit(), 'T9')
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining('没有编号为 T9 的存单')])
  })
})

describe('differences', () => {
  it('lists them with code 1 while any is open', async () => {
    const listed = await run('differences', withSplit())
    expect(listed.status).toBe(1)
    expect(listed.stdout).toMatch(/2025-07-08\s+T1\s+示例花园\s+7,500\.00\s+7,499\.99\s+-0\.01\s+尾差一分\s+待核实/)
    const none = await run('differences', funded().ledger.path)
    expect([none.status, none.stdout]).toEqual([0, '没有未销号的利息差异\n'])
  })
})
