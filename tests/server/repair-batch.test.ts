import { expect, it } from 'vitest'
import { parseYuan } from '#core/money.ts'
import { repairBatchJob } from '#server/repair-batch.ts'
import type { JobProgress } from '#server/jobs.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { checkAtWindow } from '#services/repair/repair.ts'
import { makeRepairOffice, WINDOW_PASSES } from '#tests/services/repair/repair-office.ts'

function threeChecked() {
  const office = makeRepairOffice()
  const ids = ['100.00', '200.00', '300.00'].map((yuan, index) => office.report(yuan, { facility: `${index}` }))
  for (const id of ids) {
    checkAtWindow(office.preparer, id, { ...WINDOW_PASSES, useItem: 'structure', explanation: '' })
  }
  const [first, second] = ids
  if (first === undefined || second === undefined) throw new Error('three were reported')
  office.file(first, 'quotation')
  office.file(second, 'quotation')
  const checks = ids.map((id) => ({ id, approvedFen: parseYuan('100.00'), note: '', concealedWork: false }))
  return { office, ids, checks, stepsNow: () => ids.map((id) => repairCard(office.reviewer, id).state.step) }
}

it('a batch of reviews tells of every job what became of it, and how far it is', async () => {
  const { office, checks, stepsNow } = threeChecked()
  const told: JobProgress[] = []
  const result = await repairBatchJob(office.reviewer, checks, {
    breathe: (progress) => {
      if (progress !== undefined) told.push(progress)
      return Promise.resolve()
    },
  })
  expect(result.summary).toBe('3 项中 2 项复审通过，1 项未办：原因见下表，办妥后再审。')
  expect(result.rows.map(({ state, note }) => [state, note])).toEqual(
    [['done', '复审通过'], ['done', '复审通过'], ['failed', '缺报价单']])
  expect(told.map(({ done, label }) => [done, label.slice(0, 12)])).toEqual(
    [[0, 'WX2025-00001'], [1, 'WX2025-00002'], [2, 'WX2025-00003'], [3, '']])
  expect(stepsNow()).toEqual(['spotDraw', 'spotDraw', 'engineeringCheck'])
})

it('a batch that is cancelled keeps what was reviewed and leaves the rest', async () => {
  const { office, checks, stepsNow } = threeChecked()
  const cancelAfterOne = {
    breathe: (progress?: JobProgress) => (progress?.done === 1 ? Promise.reject(new Error('cancelled')) : Promise.resolve()),
  }
  await expect(repairBatchJob(office.reviewer, checks, cancelAfterOne)).rejects.toThrow('cancelled')
  expect(stepsNow()).toEqual(['spotDraw', 'engineeringCheck', 'engineeringCheck'])
})
