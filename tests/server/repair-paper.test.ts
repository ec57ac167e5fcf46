import { describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import { printablePapers } from '#core/repair/printed-papers.ts'
import { repairSheetPaper } from '#reports/repair-sheet.ts'
import { repairJob } from '#services/repair/repair-record.ts'
import { makeRepairOffice } from '../services/repair/repair-office.ts'
import { repairSheets } from '#server/repair-paper.ts'

function textOf(value: unknown): string {
  return JSON.stringify(value)
}

describe('the papers of a job', () => {
  it('are those its step allows: no settlement before there is one, no payment order before the instruction', () => {
    const office = makeRepairOffice()
    const reader = { ledger: office.ledger, clock: office.clock }
    const id = office.report('3000.00')
    const papers = () => printablePapers(repairJob(office.ledger, id, office.clock.today()).state)
    expect(papers()).toEqual(['acceptanceSlip', 'opinionSheet'])
    expect(() => repairSheets(reader, id, 'settlement', '张制单')).toThrow(Problem)
    office.walk(id, '3000.00')
    expect(papers()).toEqual([
      'acceptanceSlip', 'opinionSheet', 'reviewRecord', 'visa', 'summaryTable', 'acceptanceRecord', 'settlement', 'paymentOrder',
      'useDisclosure',
    ])
  })

  it('say what the ledger holds: payee and amount of the instruction, who signed, every step with its person', () => {
    const office = makeRepairOffice()
    const reader = { ledger: office.ledger, clock: office.clock }
    const id = office.report('3000.00')
    office.walk(id, '3000.00')
    const [order] = repairSheets(reader, id, 'paymentOrder', '张制单')
    expect(textOf(order)).toContain('示例修缮工程有限公司')
    expect(textOf(order)).toContain('600000000011')
    expect(order?.blocks).toContainEqual({ kind: 'amount', label: '本次划款', fen: 300_000 })
    const [opinions] = repairSheets(reader, id, 'opinionSheet', '张制单')
    for (const part of ['核定 3,000.00 元', '决算 3,000.00 元', '通知付款 3,000.00 元', '李审核']) expect(textOf(opinions)).toContain(part)
    const [summary] = repairSheets(reader, id, 'summaryTable', '张制单')
    expect(summary?.blocks).toContainEqual({ kind: 'amount', label: '合计（大写）', fen: 300_000 })
  })

  it('can all be drawn: every text has its characters', () => {
    const office = makeRepairOffice()
    const reader = { ledger: office.ledger, clock: office.clock }
    const id = office.report('3000.00')
    office.walk(id, '3000.00')
    const { state } = repairJob(office.ledger, id, office.clock.today())
    for (const paper of printablePapers(state)) {
      for (const sheet of repairSheets(reader, id, paper, '张制单')) {
        const { texts, title } = repairSheetPaper(sheet)
        expect(title).toContain(sheet.number)
        expect(texts.length).toBeGreaterThan(4)
      }
    }
  })
})
