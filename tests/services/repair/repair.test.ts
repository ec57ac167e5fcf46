import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { drawSpotChecks } from '#core/repair/repair-draw.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { listOperations } from '#services/operation-log.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import {
  answerRepeat, checkAtWindow, checkEngineering, endRepair, sendBackRepair,
} from '#services/repair/repair.ts'
import { drawPool, listDraws } from '#services/repair/repair-draw.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { preparePaymentAgain } from '#services/repair/repair-payment.ts'
import { recordReview } from '#services/repair/repair-review.ts'
import { verifyLedger } from '#services/verify.ts'
import { draftOf, reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { makeRepairOffice, TODAY, visitsTo, WINDOW_PASSES, type RepairOffice } from './repair-office.ts'

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

function stepOf(office: RepairOffice, id: RepairId): string {
  return repairCard(office.preparer, id).state.step
}

const NOTHING = WINDOW_PASSES

describe('a repair from report to voucher', () => {
  it('pays the settled amount to the contractor with every paper, and stands as paid once posted', () => {
    const office = makeRepairOffice()
    office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
    const id = office.report('2000.00')
    const draftId = office.walk(id, '2000.00')
    const draft = draftOf(office.ledger, draftId)
    expect(draft.lines).toMatchObject([
      { debitFen: 200_000, counterpartyId: office.contractor, repairId: id, buildingId: office.building },
      { creditFen: 200_000, bankAccountId: office.maintenanceBank, repairId: null },
    ])
    expect(draft.attachments).toHaveLength(9)
    expect(JSON.parse(draft.rule)).toEqual({ by: 'repair.payment', repair: 'WX2025-00001' })
    expect(stepOf(office, id)).toBe('voucher')
    reviewDraft(office.reviewer, draftId)
    postDrafts(office.bookkeeper, [draftId])
    const card = repairCard(office.preparer, id)
    expect(card.state).toMatchObject({ step: 'closed', paidFen: 200_000, warrantyUntil: '2026-09-20' })
    expect(card.actions).toEqual([])
    const steps = verifyLedger(office.ledger)
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done !== true) continue
      expect(step.value.damages).toEqual([])
      break
    }
  })

  it('leaves one log entry for every event, each by the person who acted', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    office.walk(id, '2000.00')
    const logged = listOperations(office.ledger, { subject: 'repair', limit: 100 })
      .filter(({ action }) => !['repair.addPaper', 'repair.sign', 'repair.useAnswered'].includes(action))
      .map(({ action, actor }) => `${action} ${actor}`)
      .reverse()
    expect(logged).toEqual([
      'repair.reported 张制单', 'repair.windowChecked 张制单', 'repair.engineeringChecked 李审核', 'repair.siteReviewed 李审核',
      'repair.accepted 李审核', 'repair.settled 李审核', 'repair.paymentInstructed 张制单',
    ])
    expect(repairCard(office.preparer, id).events.map(({ event }) => `repair.${event.kind}`)).toEqual(
      logged.map((entry) => entry.split(' ')[0]))
  })

  it('a voided draft is made again, a reversed payment reopens the job, and neither pays twice', () => {
    const office = makeRepairOffice()
    office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
    const id = office.report('2000.00')
    const first = office.walk(id, '2000.00')
    const again = () => preparePaymentAgain(office.preparer, id, {
      amountFen: parseYuan('2000.00'), bankAccountId: office.maintenanceBank, date: parseDate('2025-10-09'),
    })
    expect(codeOf(again)).toBe('repair.blocked')
    expect(codeOf(() => sendBackRepair(office.reviewer, id, 'acceptance', '重做'))).toBe('repair.blocked')
    voidDraft(office.preparer, first, '账户选错')
    const second = again()
    reviewDraft(office.reviewer, second)
    const [posted] = postDrafts(office.bookkeeper, [second])
    if (posted === undefined) throw new Error('nothing was posted')
    expect(codeOf(again)).toBe('repair.path')
    const { reversal } = prepareReversal(office.preparer, { voucherId: posted.id, date: parseDate('2025-10-09'), reason: '付错' })
    reviewDraft(office.reviewer, reversal)
    postDrafts(office.bookkeeper, [reversal])
    expect(repairCard(office.preparer, id).state).toMatchObject({ step: 'voucher', paidFen: 0 })
    expect(again()).toBeGreaterThan(second)
  })
})

describe('the 2,000-yuan gate', () => {
  it.each([['1999.99', 'spotDraw', false], ['2000.00', 'siteReview', true], ['2000.01', 'siteReview', false]])(
    '%s goes to %s', (yuan, step, exactlyAt) => {
      const office = makeRepairOffice()
      const id = office.report(yuan)
      office.check(id, yuan)
      expect(repairCard(office.preparer, id).state).toMatchObject({ step, gate: { exactlyAt } })
    })

  it('waits for the amount while the profile does not know it, and says where to fill it in', () => {
    const office = makeRepairOffice({ rules: false })
    const id = office.report('1999.99')
    office.check(id, '1999.99')
    expect(() => drawPool(office.reviewer)).toThrow('“金额线以下的抽查比例”待填写')
    expect(repairCard(office.reviewer, id).actions[0]?.blockedBecause[0]).toContain('待填写')
  })

  it('a job that settles at the amount after a mere spot check is sent back to the engineering check', () => {
    const office = makeRepairOffice()
    const id = office.report('1999.99')
    const other = office.report('100.00', { part: '外墙' })
    for (const each of [id, other]) office.check(each, each === id ? '1999.99' : '100.00')
    drawPool(office.reviewer)
    for (const each of [id, other]) {
      office.file(each, 'spotCheck', 'photo', 'photo')
      if (stepOf(office, each) === 'spotCheck') {
        recordReview(office.reviewer, each, 'spotChecked', visitsTo(office, each))
      }
    }
    office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement')
    office.signAcceptance(id)
    office.accept(id)
    expect(codeOf(() => office.settle(id, '2000.00'))).toBe('repair.gate')
    sendBackRepair(office.reviewer, id, 'engineeringCheck', '决算达到复核线')
    const unexplained = { approvedFen: parseYuan('2000.00'), note: '', concealedWork: false }
    expect(codeOf(() => checkEngineering(office.reviewer, id, unexplained))).toBe('repair.note')
    checkEngineering(office.reviewer, id, { approvedFen: parseYuan('2000.00'), note: '隐蔽部位增加一平方米', concealedWork: false })
    expect(stepOf(office, id)).toBe('siteReview')
  })
})

describe('drawing the spot checks', () => {
  function pool(office: RepairOffice, count: number): RepairId[] {
    return Array.from({ length: count }, (_, index) => {
      const id = office.report('500.00', { facility: `${index}号` })
      office.check(id, '500.00')
      return id
    })
  }

  it('draws the profile’s share, records seed and pool, and can be drawn again', () => {
    const office = makeRepairOffice()
    const ids = pool(office, 4)
    const draw = drawPool(office.reviewer)
    expect(draw.pool).toEqual(ids)
    expect(draw.drawn).toHaveLength(2)
    expect(ids.map((id) => stepOf(office, id))).toEqual(ids.map((id) => (draw.drawn.includes(id) ? 'spotCheck' : 'acceptance')))
    expect(listDraws(office.reviewer, 5)).toMatchObject([{ poolSize: 4, drawn: 2, isReproduced: true }])
    expect(codeOf(() => drawPool(office.reviewer))).toBe('repair.emptyPool')
    const percent = 50_000_000 as Parameters<typeof drawSpotChecks>[0][number]['percent']
    const pooled = ids.map((repairId) =>
      ({ repairId, number: repairCard(office.reviewer, repairId).repair.number, contractorId: office.contractor, percent }))
    expect(drawSpotChecks(pooled, draw.seed)).toEqual(draw.drawn)
  })

  it('is not for the window to draw', () => {
    const office = makeRepairOffice()
    pool(office, 1)
    expect(codeOf(() => drawPool(office.preparer))).toBe('role.missing')
  })
})

describe('what the fund does not pay', () => {
  it('refuses the four excluded uses and the builder’s warranty, and says to refuse the job', () => {
    const office = makeRepairOffice()
    const id = office.report('900.00')
    const check = (more: object) => codeOf(() => checkAtWindow(office.preparer, id, { ...NOTHING, ...more }))
    expect(check({ excludedUses: { ...WINDOW_PASSES.excludedUses, utilityLines: true } })).toBe('repair.excludedUse')
    const completed = (on: string) => ({
      category: 'waterproofing', categoryReason: '', known: { kind: 'completed', on: parseDate(on), source: '竣工验收备案表' },
    })
    expect(check({ builderWarranty: completed('2020-09-01') })).toBe('repair.builderWarranty')
    const beam = { ...completed('2010-01-01'), category: 'structure', categoryReason: '梁' }
    expect(check({ builderWarranty: beam })).toBe('repair.builderKnown')
    expect(stepOf(office, id)).toBe('windowCheck')
    expect(check({ builderWarranty: completed('2020-08-31') })).toBe('done')
    endRepair(office.reviewer, id, 'refused', '不属共用部位')
    expect(repairCard(office.reviewer, id).state).toMatchObject({ step: 'refused', endReason: '不属共用部位' })
  })

  it('a repeat under the works’ own warranty is answered on site, and rework ends the job unpaid', () => {
    const office = makeRepairOffice()
    office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
    const first = office.report('2000.00')
    const draft = office.walk(first, '2000.00')
    reviewDraft(office.reviewer, draft)
    postDrafts(office.bookkeeper, [draft])
    const repeat = office.report('1500.00', { reportedOn: parseDate('2025-10-08') })
    checkAtWindow(office.preparer, repeat, NOTHING)
    expect(stepOf(office, repeat)).toBe('repeatAnswer')
    expect(repairCard(office.reviewer, repeat).repeats).toMatchObject([{ id: first, reason: 'underWarranty' }])
    const answer = {
      conclusion: 'rework', finding: '原防水层起鼓，原施工单位返工', contractorPerson: '周工长', supervisorPerson: '孙监理', sectionPerson: '钱科长',
    } as const
    expect(codeOf(() => answerRepeat(office.reviewer, repeat, answer))).toBe('repair.blocked')
    office.file(repeat, 'repeatRecord')
    expect(codeOf(() => answerRepeat(office.reviewer, repeat, { ...answer, sectionPerson: '孙监理' }))).toBe('repair.persons')
    answerRepeat(office.reviewer, repeat, answer)
    expect(stepOf(office, repeat)).toBe('refused')
  })

  it('jobs of other buildings, parts or facilities are no repeats', () => {
    const office = makeRepairOffice()
    office.report('1500.00', { part: '电梯', facility: '1号梯' })
    for (const more of [{ part: '外墙' }, { part: '电梯', facility: '2号梯' }, { entrance: '2单元', part: '电梯' }, { buildingId: null }]) {
      const id = office.report('900.00', more)
      checkAtWindow(office.preparer, id, NOTHING)
      expect([more, stepOf(office, id)]).toEqual([more, 'engineeringCheck'])
      endRepair(office.preparer, id, 'cancelled', '测试')
    }
  })
})

describe('who and with what', () => {
  it('the window cannot check its own job, the section cannot have its own acceptance paid', () => {
    const office = makeRepairOffice()
    const roles = new Set(['preparer', 'reviewer', 'head'] as const)
    const everything = { ...office.preparer, actor: { ...office.preparer.actor, roles } }
    const id = office.report('2000.00')
    office.clock.set('2025-09-02T02:00:00.000Z')
    checkAtWindow(everything, id, NOTHING)
    office.file(id, 'quotation')
    const check = { approvedFen: parseYuan('2000.00'), note: '', concealedWork: false }
    expect(() => checkEngineering(everything, id, check)).toThrow('要由另一人办理')
    const section = { ...office.reviewer, actor: { ...office.reviewer.actor, roles } }
    checkEngineering(section, id, { approvedFen: parseYuan('2000.00'), note: '', concealedWork: false })
    office.clock.set(`${TODAY}T02:00:00.000Z`)
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'workOrder', 'invoice')
    office.signAcceptance(id)
    office.accept(id)
    office.settle(id, '2000.00')
    expect(() => office.pay(id, '2000.00', section)).toThrow('要由另一人办理')
    expect(office.pay(id, '2000.00')).toBeGreaterThan(0)
  })

  it('payment names every paper that is missing, and takes no other amount than the settled one', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    office.check(id, '2000.00')
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement')
    office.signAcceptance(id)
    office.accept(id)
    office.settle(id, '1980.50')
    expect(() => office.pay(id, '1980.50')).toThrow('缺合同或派工单、发票')
    office.file(id, 'workOrder', 'invoice')
    expect(codeOf(() => office.pay(id, '1980.05'))).toBe('repair.amount')
    expect(codeOf(() => office.pay(id, '1980.50'))).toBe('done')
  })

  it('acceptance counts persons: the same name typed twice signs once, and no one signs for two parties', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    office.check(id, '2000.00')
    office.review(id)
    office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement')
    const sign = (party: 'section' | 'supervisor' | 'contractor', person: string) =>
      codeOf(() => signRepairSheet(office.reviewer, id, { sheet: 'acceptance', party, person }))
    expect([sign('section', '钱科长'), sign('section', '钱 科长'), sign('supervisor', '钱科长')]).toEqual(
      ['done', 'repair.person', 'repair.person'])
    expect(() => office.accept(id)).toThrow('科室签字须 2 人，现有 1 人')
    for (const [party, person] of [['section', '陈科员'], ['supervisor', '孙监理'], ['contractor', '周工长']] as const) sign(party, person)
    expect(() => office.accept(id)).toThrow('监理签字须 2 人，现有 1 人')
    sign('supervisor', '吴监理')
    expect(codeOf(() => office.accept(id, { stampedBy: ['section', 'supervisor'] }))).toBe('repair.signing')
    expect(codeOf(() => office.accept(id, { sectionStaff: ['钱科长', '钱 科长'] }))).toBe('repair.sectionStaff')
    expect(codeOf(() => office.accept(id, { followUp: ' ' }))).toBe('repair.followUp')
    expect(codeOf(() => office.accept(id, { on: parseDate('2025-08-31') }))).toBe('repair.date')
    expect(codeOf(() => office.accept(id))).toBe('done')
    expect(codeOf(() => office.settle(id, '2200.00'))).toBe('repair.overrun')
    expect(codeOf(() => office.settle(id, '2199.99'))).toBe('done')
  })

  it('a sheet of a step that was sent back is signed and filed again', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    office.check(id, '2000.00')
    office.review(id)
    sendBackRepair(office.reviewer, id, 'review', '监理签错')
    const card = repairCard(office.reviewer, id)
    expect(card.state.step).toBe('siteReview')
    expect(card.actions[0]?.blockedBecause).toEqual(['缺现场复核记录', '缺科室现场复核签字', '缺监理现场复核签字'])
    office.review(id)
    expect(stepOf(office, id)).toBe('acceptance')
  })

  it('a photo is a picture, and a closed job takes no paper', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    expect(codeOf(() => addRepairPaper(office.preparer, id, 'photo', office.paper))).toBe('repair.photo')
    endRepair(office.preparer, id, 'cancelled', '重复登记')
    expect(codeOf(() => office.file(id, 'quotation'))).toBe('repair.path')
  })
})
