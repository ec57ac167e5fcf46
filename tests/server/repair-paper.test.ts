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
    expect(papers()).toEqual(['acceptanceSlip', 'pathSheet', 'opinionSheet'])
    await expect(repairSheets(reader, id, 'settlement', '张制单')).rejects.toThrow(Problem)
    office.walk(id, '3000.00')
    expect(papers()).toEqual([
      'acceptanceSlip', 'pathSheet', 'opinionSheet', 'reviewRecord', 'visa', 'summaryTable', 'acceptanceRecord', 'settlement',
      'paymentOrder', 'useDisclosure',
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
    const reader = { ledger: office.ledger, clock: office.clock }
    const [sheet] = await repairSheets(reader, id, 'acceptanceRecord', '张制单')
    const photos = sheet?.blocks.find((block) => block.kind === 'table' && block.caption?.startsWith('现场照片'))
    expect(photos).toMatchObject({ rows: expect.arrayContaining([
      ['1', '带位置.png', '2025-09-08 10:20', '北纬 30.945119°，东经 117.812339°', '2025-10-09'],
      ['2', '无记录.png', '照片未记录', '照片未记录', '2025-10-09'],
    ]) })
  })

  it('say of a review what each party saw, when and where, each with its own photos and nobody else’s', async () => {
    const office = makeRepairOffice()
    const id = office.report('3000.00')
    office.walk(id, '3000.00')
    const [sheet] = await repairSheets({ ledger: office.ledger, clock: office.clock }, id, 'reviewRecord', '张制单')
    const facts = sheet?.blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.flat() : [])) ?? []
    const said = (label: string) => facts.filter((fact) => fact.label === label).map(({ value }) => value)
    expect([said('科室到场人'), said('监理到场人'), said('到场时间')]).toEqual(
      [['钱科长'], ['孙监理'], ['2025-09-10 09:30', '2025-09-10 09:40']])
    const tables = sheet?.blocks.flatMap((block) => (block.kind === 'table' ? [block.rows.length] : []))
    expect(tables).toEqual([1, 1])
  })

  it('show the whole path: every step with its person and day, what was skipped with its rule, what stands beside', async () => {
    const office = makeRepairOffice()
    const id = office.report('3000.00')
    office.walk(id, '3000.00')
    const [sheet] = await repairSheets({ ledger: office.ledger, clock: office.clock }, id, 'pathSheet', '张制单')
    const [rows] = sheet?.blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : [])) ?? []
    const lines = rows?.map(([, step, state, person]) => [step, state, person])
    expect(lines).toEqual([
      ['报修登记', '已办', '张制单'], ['窗口初审', '已办', '张制单'], ['工程科复审', '已办', '李审核'], ['受益范围', '免办', ''],
      ['使用依据', '免办', ''], ['预算', '免办', ''], ['合同', '免办', ''], ['现场复核', '已办', '李审核'], ['施工与签证', '已办', '李审核'],
      ['验收', '已办', '李审核'], ['决算', '已办', '李审核'], ['分摊', '免办', ''], ['使用公示', '免办', ''], ['付款通知', '已办', '张制单'],
      ['付款记账', '当前', ''], ['回访', '免办', ''], ['已办结', '未到', ''],
    ])
    expect(textOf(rows)).toContain('不足 5,000.00 元，按示例市维修办法免办')
    expect(textOf(rows)).toContain('科室 钱科长 2025-09-10 09:30')
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
