import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { listOperations } from '#services/operation-log.ts'
import { batchLines, checkEngineeringEach } from '#services/repair/repair-batch.ts'
import { findRepairs, listRepairs, paceDays, repairBoard } from '#services/repair/repair-board.ts'
import { listInbox, repairInbox, stepsFor } from '#services/repair/repair-inbox.ts'
import { addRepairPhoto, repairPhotos } from '#services/repair/repair-photo.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { checkAtWindow, endRepair } from '#services/repair/repair.ts'
import { makeRepairOffice, TODAY, WINDOW_PASSES, type RepairOffice } from './repair-office.ts'

const today = parseDate(TODAY)
const NOTHING = { ...WINDOW_PASSES, useItem: 'structure', explanation: '' } as const

function atDay(office: RepairOffice, days: number): void {
  office.clock.set(`${addDays(today, -days)}T02:00:00.000Z`)
}

/** One job reported so many days before today, at a place of its own. */
function reportedBefore(office: RepairOffice, days: number, yuan = '100.00'): RepairId {
  atDay(office, days)
  const id = office.report(yuan, { reportedOn: addDays(today, -days), facility: `${days}号` })
  atDay(office, 0)
  return id
}

describe('the board', () => {
  function waiting(): { readonly office: RepairOffice; readonly ids: readonly RepairId[] } {
    const office = makeRepairOffice()
    return { office, ids: [40, 11, 10, 8, 7, 0].map((days) => reportedBefore(office, days)) }
  }

  it('counts jobs by step and by how long they wait, and those beyond the profile’s days', () => {
    const { office } = waiting()
    expect(paceDays(office.ledger, today)).toMatchObject({ 'AH-TONGLING': { desk: 10, site: 30 } })
    expect(repairBoard(office.ledger, today)).toEqual([{
      step: 'windowCheck', count: 6, amountFen: 60_000, oldestOn: addDays(today, -40), week: 2, month: 3, longer: 1, late: 2,
    }])
    expect(repairBoard(office.ledger, today, office.complexId)).toEqual(repairBoard(office.ledger, today))
  })

  it('lists exactly the jobs each figure counts, whoever waits longest first', () => {
    const { office, ids } = waiting()
    const [column] = repairBoard(office.ledger, today)
    if (column === undefined) throw new Error('the board is empty')
    for (const age of ['week', 'month', 'longer', 'late'] as const) {
      for (const scope of [{}, { complexId: office.complexId }]) {
        expect(listRepairs(office.ledger, today, { step: 'windowCheck', age, limit: 20, ...scope })).toHaveLength(column[age])
      }
    }
    const late = listRepairs(office.ledger, today, { step: 'windowCheck', age: 'late', limit: 20 })
    expect(late.map(({ id }) => id)).toEqual(ids.slice(0, 2))
  })

  it('pages by the last job seen, so that no job is passed over and none comes twice', () => {
    const { office, ids } = waiting()
    const seen: RepairId[] = []
    for (let after: { since: string; id: RepairId } | undefined; ;) {
      const page = listRepairs(office.ledger, today, { step: 'windowCheck', limit: 2, ...(after !== undefined && { after }) })
      seen.push(...page.map(({ id }) => id))
      after = page.at(-1)
      if (page.length < 2) break
    }
    expect(seen).toEqual(ids)
  })

  it('finds jobs by number, title or contractor, the newest first', () => {
    const { office, ids } = waiting()
    expect(findRepairs(office.ledger, { text: '00003', limit: 5 }).map(({ id }) => id)).toEqual([ids[2]])
    const [first] = findRepairs(office.ledger, { text: '示例修缮', limit: 2 })
    expect(first).toMatchObject({ id: ids.at(-1), place: '3幢 1单元 屋面 0号', contractorName: '示例修缮工程有限公司' })
  })
})

describe('the inbox', () => {
  it('shows each role its own steps over all jobs, merged by how long they wait, page by page', () => {
    const office = makeRepairOffice()
    const ids = [9, 6, 3].map((days) => reportedBefore(office, days))
    const [, second] = ids
    if (second === undefined) throw new Error('three were reported')
    office.check(second, '100.00', TODAY)
    expect(repairInbox(office.preparer).map(({ step, count }) => [step, count])).toEqual([['windowCheck', 2]])
    expect(repairInbox(office.reviewer).map(({ step, count }) => [step, count])).toEqual([['spotDraw', 1]])
    const everything = listInbox(office.head, { complexId: null, limit: 10 })
    expect(everything.map(({ id }) => id)).toEqual([ids[0], ids[2], second])
    const pages = everything.flatMap((_, index) => listInbox(office.head, {
      complexId: office.complexId, limit: 1, ...(index > 0 && { after: everything[index - 1] }),
    }))
    expect(pages).toEqual(everything)
    expect(listInbox(office.preparer, { complexId: null, step: 'spotDraw', limit: 10 })).toEqual([])
    expect(stepsFor(new Set(['inspector']))).toEqual([])
  })

  it('says which step is the person’s own, so that the next is another’s', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    office.check(id, '2000.00')
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'workOrder', 'invoice')
    office.signAcceptance(id)
    office.accept(id)
    office.settle(id, '2000.00')
    const roles = new Set(['preparer', 'reviewer'] as const)
    const both = { ...office.reviewer, actor: { ...office.reviewer.actor, roles } }
    expect(listInbox(both, { complexId: null, limit: 10 })).toMatchObject([{ id, step: 'payment', ownStep: 'engineeringCheck' }])
    expect(listInbox(office.preparer, { complexId: null, limit: 10 })).toMatchObject([{ id, step: 'payment', ownStep: null }])
  })
})

describe('the batch review', () => {
  it('checks each job in a transaction and a log entry of its own; those that cannot go say why and stay', () => {
    const office = makeRepairOffice()
    const ids = ['1999.99', '2000.00', '300.00'].map((yuan, index) => office.report(yuan, { facility: `${index}` }))
    const [first, second, third] = ids
    if (first === undefined || second === undefined || third === undefined) throw new Error('three were reported')
    for (const id of ids) checkAtWindow(office.preparer, id, NOTHING)
    office.file(first, 'quotation')
    office.file(second, 'quotation')
    endRepair(office.preparer, third, 'cancelled', '重复登记')
    expect(batchLines(office.reviewer, ids).map(({ blockedBecause }) => blockedBecause)).toEqual(
      [[], [], ['现在到“已撤销”，不在复审环节']])
    expect(batchLines(office.preparer, [first])[0]?.blockedBecause[0]).toContain('由有“审核”或“会计主管”岗位的人办理')

    const check = (id: RepairId, yuan: string, note = '') => ({ id, approvedFen: parseYuan(yuan), note, concealedWork: false })
    const checks = [check(first, '2000.00'), check(second, '1950.00'), check(third, '300.00')]
    const outcomes = [...checkEngineeringEach(office.reviewer, checks)]
    expect(outcomes.map(({ refusal }) => refusal === null)).toEqual([false, true, false])
    expect(outcomes[0]?.refusal).toContain('核定金额超过报价')
    expect(ids.map((id) => repairCard(office.reviewer, id).state.step)).toEqual(['engineeringCheck', 'spotDraw', 'cancelled'])
    const logged = listOperations(office.ledger, { subject: 'repair', limit: 100 })
      .filter(({ action }) => action === 'repair.engineeringChecked')
    expect(logged).toHaveLength(1)
  })
})

describe('photos of a job', () => {
  const picture = (text: string) => ({ name: `${text}.png`, bytes: Buffer.from(text), mediaType: 'image/png' as const })

  it('each file is one photo, and the very same file in another job is told with its number', () => {
    const office = makeRepairOffice()
    const [first, second] = [office.report('100.00'), office.report('200.00', { part: '外墙' })]
    addRepairPhoto(office.preparer, first, picture('甲'))
    addRepairPhoto(office.reviewer, first, picture('乙'))
    addRepairPhoto(office.preparer, second, picture('甲'))
    expect(() => addRepairPhoto(office.preparer, first, picture('甲'))).toThrow('已在这项维修的照片里')
    expect(repairPhotos(office.ledger, first)).toMatchObject([
      { name: '甲.png', addedBy: '张制单', addedOn: TODAY, alsoIn: ['WX2025-00002'] }, { name: '乙.png', addedBy: '李审核', alsoIn: [] },
    ])
  })

  it('a refused photo leaves nothing behind', () => {
    const office = makeRepairOffice()
    const id = office.report('100.00')
    endRepair(office.preparer, id, 'cancelled', '重复登记')
    expect(() => addRepairPhoto(office.preparer, id, picture('丙'))).toThrow('办结')
    const kept = office.ledger.sqlite.prepare("SELECT count(*) FROM attachment WHERE name = '丙.png'").pluck().get()
    expect(kept).toBe(0)
  })
})
