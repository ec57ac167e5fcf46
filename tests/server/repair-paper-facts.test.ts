/** What the papers of a job say is what was answered, agreed and found, and nothing that came later. */
import { expect, it } from 'vitest'
import type { PrintedPaper } from '#core/repair/printed-papers.ts'
import type { RepairId } from '#core/id.ts'
import { EXCLUDED_USE_WORD } from '#core/repair/repair-place.ts'
import { sendBackRepair } from '#services/repair/repair.ts'
import { repairSheets } from '#server/repair-paper.ts'
import { makeRepairOffice, type RepairOffice } from '../services/repair/repair-office.ts'
import { toPayment, wholeOffice } from '../services/repair/whole-path.ts'

async function blocksOf(office: RepairOffice, id: RepairId, paper: PrintedPaper) {
  const [sheet] = await repairSheets({ ledger: office.ledger, clock: office.clock }, id, paper, '张制单')
  return sheet?.blocks ?? []
}

async function boxOf(office: RepairOffice, id: RepairId, paper: PrintedPaper, label: string): Promise<string> {
  const box = (await blocksOf(office, id, paper)).find((block) => block.kind === 'box' && block.label === label)
  return box?.kind === 'box' ? box.text : ''
}

/** First and amount column of a paper's table. */
async function linesOf(office: RepairOffice, id: RepairId, paper: PrintedPaper): Promise<readonly unknown[]> {
  const table = (await blocksOf(office, id, paper)).find((block) => block.kind === 'table' && block.total !== null)
  return table?.kind === 'table' ? [...table.rows, table.total ?? []].map((cells) => [cells[1], cells[3]]) : []
}

async function receivedPapers(office: RepairOffice, id: RepairId): Promise<readonly unknown[]> {
  const table = (await blocksOf(office, id, 'acceptanceSlip')).find((block) => block.kind === 'table')
  return table?.kind === 'table' ? table.rows.map(([, kind]) => kind) : []
}

it('the slip of the application tells each answer of the window, and lists only what had been received by then', async () => {
  const office = makeRepairOffice()
  const id = office.report('3000.00')
  office.file(id, 'quotation')
  expect(await boxOf(office, id, 'acceptanceSlip', '窗口初审意见')).toBe('')
  expect(await receivedPapers(office, id)).toEqual(['报价单'])
  office.check(id, '3000.00')
  office.clock.set('2025-10-10T02:00:00.000Z')
  office.review(id)
  office.file(id, 'acceptanceSheet', 'workOrder')
  const opinion = await boxOf(office, id, 'acceptanceSlip', '窗口初审意见')
  for (const use of Object.values(EXCLUDED_USE_WORD)) expect(opinion).toContain(`${use}：否`)
  expect(opinion).toContain('共用部位，物业服务合同未约定由物业企业承担')
  expect(opinion).toContain('保修期无法确定：小区建成二十余年，竣工资料经查找无存档')
  // Filed on the day of the check; what came with the review is not the window's.
  expect(new Set(await receivedPapers(office, id))).toEqual(new Set(['报价单']))
  sendBackRepair(office.reviewer, id, 'windowCheck', '部位写错')
  expect(await boxOf(office, id, 'acceptanceSlip', '窗口初审意见')).toBe('')
})

it('summary, settlement and publication list budget, what was negotiated off it and what the settlement took off', async () => {
  const office = wholeOffice()
  const id = toPayment(office, '7900.00')
  for (const paper of ['summaryTable', 'settlement', 'useDisclosure'] as const) {
    expect([paper, await linesOf(office, id, paper)]).toEqual([paper, [
      ['防水卷材', 600_000], ['人工', 400_000], ['合同议价核减', -200_000], ['决算核减', -10_000], ['合计', 790_000],
    ]])
  }
})

it('the acceptance record prints what was found, until the acceptance is taken again', async () => {
  const office = wholeOffice()
  const id = toPayment(office)
  expect(await boxOf(office, id, 'acceptanceRecord', '验收情况和结论')).toBe('渗漏部位已修补，淋水试验不渗漏，合格')
  sendBackRepair(office.reviewer, id, 'acceptance', '漏了一处')
  expect(await boxOf(office, id, 'acceptanceRecord', '验收情况和结论')).toBe('')
})
