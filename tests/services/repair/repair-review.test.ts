import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { ZERO_FEN } from '#core/money.ts'
import type { SiteVisit } from '#core/repair/site-visit.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { signRepairSheet } from '#services/repair/repair-papers.ts'
import { recordReview } from '#services/repair/repair-review.ts'
import { answerRepeat, checkAtWindow, sendBackRepair } from '#services/repair/repair.ts'
import { addVisa } from '#services/repair/repair-visa.ts'
import { makeRepairOffice, visitsTo, WINDOW_PASSES, type RepairOffice } from './repair-office.ts'
import { codeOf, on, picture, stepOf, toWorks, wholeOffice } from './whole-path.ts'

/** At the site review, its sheet filed and signed, no photo taken yet. */
function atReview(office: RepairOffice): RepairId {
  const id = office.report('2000.00')
  office.check(id, '2000.00')
  office.file(id, 'siteReview')
  signRepairSheet(office.reviewer, id, { sheet: 'siteReview', party: 'section', person: '钱科长' })
  signRepairSheet(office.reviewer, id, { sheet: 'siteReview', party: 'supervisor', person: '孙监理' })
  return id
}

describe('before the works are paid, section and supervisor each were on site', () => {
  it('a photo filed before the window check is no photo of the review, and one for both is none for the second', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    office.clock.set('2025-09-01T01:00:00.000Z')
    office.file(id, 'photo')
    office.clock.set('2025-10-09T02:00:00.000Z')
    office.check(id, '2000.00')
    office.file(id, 'siteReview')
    for (const [party, person] of [['section', '钱科长'], ['supervisor', '孙监理']] as const) {
      signRepairSheet(office.reviewer, id, { sheet: 'siteReview', party, person })
    }
    const old = repairCard(office.reviewer, id).folder.papers.find(({ kind }) => kind === 'photo')?.sha256 ?? ''
    const record = (...photos: readonly string[]) => codeOf(() => recordReview(office.reviewer, id, 'siteReviewed',
      visitsTo(office, id).map((visit, index): SiteVisit => ({ ...visit, photos: [photos[index] ?? ''] }))))
    expect(record(old, old)).toBe('repair.visit')
    office.file(id, 'photo', 'photo')
    const [first, second] = repairCard(office.reviewer, id).stepPhotos.map(({ sha256 }) => sha256)
    expect(record(old, second ?? '')).toBe('repair.visit')
    expect(record(first ?? '', first ?? '')).toBe('repair.visit')
    expect(record(first ?? '', second ?? '')).toBe('done')
    expect(repairCard(office.reviewer, id).state).toMatchObject({ step: 'acceptance', reviewedOn: '2025-09-10' })
  })

  it('the section alone is no review, nor is somebody who did not sign its sheet', () => {
    const office = makeRepairOffice()
    const id = atReview(office)
    office.file(id, 'photo', 'photo')
    const visits = visitsTo(office, id)
    const record = (given: readonly SiteVisit[]) => codeOf(() => recordReview(office.reviewer, id, 'siteReviewed', given))
    expect(record(visits.slice(0, 1))).toBe('repair.visit')
    expect(record(visits.map((visit) => ({ ...visit, person: visit.party === 'section' ? '钱科长' : '郑监理' })))).toBe('repair.visit')
    expect(record(visits)).toBe('done')
  })

  it('an acceptance dated before the review is refused', () => {
    const office = makeRepairOffice()
    const id = atReview(office)
    office.file(id, 'photo', 'photo')
    recordReview(office.reviewer, id, 'siteReviewed', visitsTo(office, id, '2025-09-21'))
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    office.signAcceptance(id)
    expect(() => office.accept(id)).toThrow('验收日期不能早于现场复核（抽查）日 2025-09-21')
    const day = parseDate('2025-09-21')
    expect(codeOf(() => office.accept(id, { on: day, finishedOn: day }))).toBe('done')
  })
})

describe('signatures are of persons, and of their step', () => {
  it('a sheet is neither signed nor filed before its step', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    const sign = (sheet: 'siteReview' | 'acceptance') =>
      codeOf(() => signRepairSheet(office.reviewer, id, { sheet, party: 'section', person: '钱科长' }))
    const sheets = ['siteReview', 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'noticePhoto', 'repeatRecord'] as const
    for (const kind of sheets) {
      expect([kind, codeOf(() => office.file(id, kind))]).toEqual([kind, 'repair.path'])
    }
    expect([sign('siteReview'), sign('acceptance')]).toEqual(['repair.path', 'repair.path'])
    office.check(id, '2000.00')
    expect([sign('siteReview'), sign('acceptance')]).toEqual(['done', 'repair.path'])
    expect(codeOf(() => office.file(id, 'siteReview'))).toBe('done')
  })

  it('staff at the acceptance are none of the supervisor’s signers, and who was there for one party signs for no other', () => {
    const office = makeRepairOffice()
    const id = office.report('2000.00')
    office.check(id, '2000.00')
    office.review(id)
    const sign = (party: 'section' | 'supervisor', person: string) =>
      codeOf(() => signRepairSheet(office.reviewer, id, { sheet: 'acceptance', party, person }))
    // 孙监理 reviewed the site for the supervisor.
    expect([sign('section', '孙监理'), sign('section', '无'), sign('section', '陈科员（代）')]).toEqual(
      ['repair.person', 'repair.person', 'done'])
    expect([sign('section', '陈科员'), sign('section', '陈\u200B科员')]).toEqual(['repair.person', 'repair.person'])
    office.file(id, 'acceptanceSheet', 'acceptanceRecord')
    for (const [party, person] of [['section', '钱科长'], ['supervisor', '孙监理'], ['supervisor', '吴监理']] as const) sign(party, person)
    signRepairSheet(office.reviewer, id, { sheet: 'acceptance', party: 'contractor', person: '周工长' })
    expect(codeOf(() => office.accept(id, { sectionStaff: ['钱科长', '吴监理'] }))).toBe('repair.person')
    expect(codeOf(() => office.accept(id, { sectionStaff: ['钱科长', '同上'] }))).toBe('repair.person')
    expect(codeOf(() => office.accept(id))).toBe('done')
  })

  it('three parties at a repeat are three persons', () => {
    const office = makeRepairOffice()
    office.report('1500.00')
    const id = office.report('900.00')
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    office.file(id, 'repeatRecord')
    const answer = (supervisorPerson: string) => codeOf(() => answerRepeat(office.reviewer, id, {
      conclusion: 'unrelated', finding: '不同部位', contractorPerson: '周工长', supervisorPerson, sectionPerson: '孙监理',
    }))
    expect([answer('孙 监理'), answer('孙监理（代）'), answer('无'), answer('吴监理')]).toEqual(
      ['repair.persons', 'repair.persons', 'repair.persons', 'done'])
  })

  it('the record of a repeat from before a send-back no longer counts', () => {
    const office = makeRepairOffice()
    office.report('1500.00')
    const id = office.report('900.00')
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    office.file(id, 'repeatRecord')
    sendBackRepair(office.reviewer, id, 'windowCheck', '部位写错')
    checkAtWindow(office.preparer, id, WINDOW_PASSES)
    expect(stepOf(office, id)).toBe('repeatAnswer')
    expect(repairCard(office.reviewer, id).actions[0]?.blockedBecause).toEqual(['缺重复报修核实记录'])
  })

  it('a visa is not older than the contract, and the works do not begin after what they covered was seen', () => {
    const office = wholeOffice()
    const id = toWorks(office, true)
    const visa = (day: string) => codeOf(() => addVisa(office.reviewer, id, {
      on: on(day), work: '基层', quantity: '48 平方米', changeFen: ZERO_FEN,
      images: [picture(office, '基层')],
      signers: [
        { party: 'section', person: '钱科长' }, { party: 'section', person: '陈科员' },
        { party: 'supervisor', person: '孙监理' }, { party: 'supervisor', person: '吴监理' },
      ],
    }))
    expect([visa('2025-08-31'), visa('2025-09-12')]).toEqual(['repair.date', 'done'])
    expect(codeOf(() => office.accept(id, { startedOn: on('2025-09-13') }))).toBe('repair.works')
  })
})
