import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import { printablePapers } from '#core/repair/printed-papers.ts'
import { repairSheetPaper } from '#reports/repair-sheet.ts'
import { addRepairPhoto } from '#services/repair/repair-photo.ts'
import { repairJob } from '#services/repair/repair-record.ts'
import { takenPhoto } from '#services/sample/photo.ts'
import { inProject } from '../../scripts/paths.ts'
import { makeRepairOffice } from '../services/repair/repair-office.ts'
import { repairSheets } from '#server/repair-paper.ts'

function textOf(value: unknown): string {
  return JSON.stringify(value)
}

describe('the papers of a job', () => {
  it('are those its step allows: no settlement before there is one, no payment order before the instruction', async () => {
    const office = makeRepairOffice()
    const reader = { ledger: office.ledger, clock: office.clock }
    const id = office.report('3000.00')
    const papers = () => printablePapers(repairJob(office.ledger, id, office.clock.today()).state)
    expect(papers()).toEqual(['acceptanceSlip', 'opinionSheet'])
    await expect(repairSheets(reader, id, 'settlement', '张制单')).rejects.toThrow(Problem)
    office.walk(id, '3000.00')
    expect(papers()).toEqual([
      'acceptanceSlip', 'opinionSheet', 'reviewRecord', 'visa', 'summaryTable', 'acceptanceRecord', 'settlement', 'paymentOrder',
      'useDisclosure',
    ])
  })

  it('say what the ledger holds: payee and amount of the instruction, who signed, every step with its person', async () => {
    const office = makeRepairOffice()
    const reader = { ledger: office.ledger, clock: office.clock }
    const id = office.report('3000.00')
    office.walk(id, '3000.00')
    const [order] = await repairSheets(reader, id, 'paymentOrder', '张制单')
    expect(textOf(order)).toContain('示例修缮工程有限公司')
    expect(textOf(order)).toContain('600000000011')
    expect(order?.blocks).toContainEqual({ kind: 'amount', label: '本次划款', fen: 300_000 })
    const [opinions] = await repairSheets(reader, id, 'opinionSheet', '张制单')
    for (const part of ['核定 3,000.00 元', '决算 3,000.00 元', '通知付款 3,000.00 元', '李审核']) expect(textOf(opinions)).toContain(part)
    const [summary] = await repairSheets(reader, id, 'summaryTable', '张制单')
    expect(summary?.blocks).toContainEqual({ kind: 'amount', label: '合计（大写）', fen: 300_000 })
  })

  it('list their photos with the time and place the camera wrote, and say where it wrote none', async () => {
    const office = makeRepairOffice()
    const id = office.report('3000.00')
    const roof = fs.readFileSync(inProject('assets/sample/roof.png'))
    const taken = takenPhoto(roof, { at: '2025-09-08 10:20:30', latitude: 30.94512, longitude: 117.81234 })
    for (const [name, bytes] of [['带位置.png', taken], ['无记录.png', roof]] as const) {
      addRepairPhoto(office.preparer, id, { name, bytes, mediaType: 'image/png' })
    }
    office.walk(id, '3000.00')
    for (const paper of ['reviewRecord', 'acceptanceRecord'] as const) {
      const [sheet] = await repairSheets({ ledger: office.ledger, clock: office.clock }, id, paper, '张制单')
      const photos = sheet?.blocks.find((block) => block.kind === 'table' && block.caption?.startsWith('现场照片'))
      expect(photos).toMatchObject({ rows: expect.arrayContaining([
        ['1', '带位置.png', '2025-09-08 10:20', '北纬 30.945119°，东经 117.812339°', '2025-10-09'],
        ['2', '无记录.png', '照片未记录', '照片未记录', '2025-10-09'],
      ]) })
    }
  })

  it('can all be drawn: every text has its characters', async () => {
    const office = makeRepairOffice()
    const reader = { ledger: office.ledger, clock: office.clock }
    const id = office.report('3000.00')
    office.walk(id, '3000.00')
    const { state } = repairJob(office.ledger, id, office.clock.today())
    for (const paper of printablePapers(state)) {
      for (const sheet of await repairSheets(reader, id, paper, '张制单')) {
        const { texts, title } = repairSheetPaper(sheet)
        expect(title).toContain(sheet.number)
        expect(texts.length).toBeGreaterThan(4)
      }
    }
  })
})
