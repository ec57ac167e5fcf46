import { describe, expect, it } from 'vitest'
import type { RepairId } from '#core/id.ts'
import { drawSpotChecks } from '#core/repair/repair-draw.ts'
import { setPolicyValue } from '#services/policy/policy.ts'
import { drawPool, DRAWN_POOL } from '#services/repair/repair-draw.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { recordReview } from '#services/repair/repair-review.ts'
import { checkEngineering, sendBackRepair } from '#services/repair/repair.ts'
import { parseYuan } from '#core/money.ts'
import { PASSWORD } from '../office.ts'
import { makeRepairOffice, visitsTo, type RepairOffice } from './repair-office.ts'
import { codeOf, stepOf } from './whole-path.ts'

function pool(office: RepairOffice, count: number): RepairId[] {
  return Array.from({ length: count }, (_, index) => {
    const id = office.report('500.00', { facility: `${index + 1}号` })
    office.check(id, '500.00')
    return id
  })
}

function oneOf(ids: readonly RepairId[]): RepairId {
  const [id] = ids
  if (id === undefined) throw new Error('nothing was drawn')
  return id
}

describe('whom the lot has met', () => {
  it('is checked, however often the job is sent back, and is never drawn for again', () => {
    const office = makeRepairOffice()
    pool(office, 4)
    const id = oneOf(drawPool(office.reviewer).drawn)
    for (let again = 0; again < 3; again += 1) {
      sendBackRepair(office.reviewer, id, 'engineeringCheck', '重新核定')
      checkEngineering(office.reviewer, id, { approvedFen: parseYuan('500.00'), note: '', concealedWork: false })
      expect(stepOf(office, id)).toBe('spotCheck')
      expect(codeOf(() => drawPool(office.reviewer))).toBe('repair.emptyPool')
    }
    office.file(id, 'spotCheck', 'photo', 'photo')
    recordReview(office.reviewer, id, 'spotChecked', visitsTo(office, id))
    expect(stepOf(office, id)).toBe('acceptance')
  })

  it('is reviewed by both parties instead where it has grown to the amount, and asks for no spot check as well', () => {
    const office = makeRepairOffice()
    pool(office, 4)
    const id = oneOf(drawPool(office.reviewer).drawn)
    sendBackRepair(office.reviewer, id, 'engineeringCheck', '工程量增加')
    checkEngineering(office.reviewer, id, { approvedFen: parseYuan('2000.00'), note: '增加一处', concealedWork: false })
    const { state, required } = repairCard(office.reviewer, id)
    expect(state.step).toBe('siteReview')
    expect(required.map(({ kind }) => kind)).not.toContain('spotCheck')
  })

  it('may be spared the supervisor only where the profile says so', () => {
    const office = makeRepairOffice()
    pool(office, 1)
    const id = oneOf(drawPool(office.reviewer).drawn)
    office.file(id, 'spotCheck', 'photo', 'photo')
    const [section, supervisor] = visitsTo(office, id)
    if (section === undefined || supervisor === undefined) throw new Error('two visits')
    expect(codeOf(() => recordReview(office.reviewer, id, 'spotChecked', [section]))).toBe('repair.visit')
    office.preset('spotCheck.supervisor', false)
    expect(codeOf(() => recordReview(office.reviewer, id, 'spotChecked', [supervisor]))).toBe('repair.visit')
    expect(codeOf(() => recordReview(office.reviewer, id, 'spotChecked', [section]))).toBe('done')
  })
})

describe('nobody chooses the lot', () => {
  it('what stands in the ledger before the draw does not tell whom it meets, and the record gives it again', () => {
    const office = makeRepairOffice()
    pool(office, 40)
    const last = office.ledger.prepare<[], { hash: string }>('SELECT hash FROM operation ORDER BY id DESC LIMIT 1').get()
    const head = last?.hash ?? ''
    const draw = drawPool(office.reviewer)
    const row = office.ledger.prepare<[number], { pool: string }>('SELECT pool FROM repair_draw WHERE id = ?').get(draw.drawId)
    const pooled = DRAWN_POOL.parse(JSON.parse(row?.pool ?? '[]'))
    expect(drawSpotChecks(pooled, draw.seed)).toEqual(draw.drawn)
    expect(draw.seed.startsWith(`${head.slice(0, 16)}-`)).toBe(true)
    expect(draw.seed.length).toBe(16 + 1 + 32)
    expect(drawSpotChecks(pooled, head)).not.toEqual(draw.drawn)
  })

  it('a rate of nothing, or of more than all, is no rate', () => {
    const office = makeRepairOffice()
    const set = (value: string) => codeOf(() => setPolicyValue(office.head, {
      profileCode: 'AH-TONGLING', key: 'spotCheck.percent', value, validFrom: '2025-01-01', source: '示例市维修办法', reason: '测试',
    }, { login: 'li', password: PASSWORD }))
    expect([set('0'), set('100.01'), set('100')]).toEqual(['policy.value', 'rate.range', 'done'])
  })

  it('even under a stored rate of nothing every contractor in the pool meets one check', () => {
    const office = makeRepairOffice()
    office.preset('spotCheck.percent', '0')
    pool(office, 3)
    expect(drawPool(office.reviewer).drawn).toHaveLength(1)
  })
})
