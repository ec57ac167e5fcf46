/** On what a job may rest: every refusal in words before SQL has to refuse it, and what the job page is told. */
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf, type BuildingId, type HouseholdId, type RepairId, type UseAuthorisationId, type VoteId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { EmergencyApplication } from '#core/authority/use-authority.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import { repairFindings } from '#services/finding/finding-repairs.ts'
import { checkReader, complexesOf } from '#services/finding/finding-scope.ts'
import { registerHousehold } from '#services/register/household.ts'
import { emergencyWork } from '#services/authority/emergency.ts'
import { authoriseRepair } from '#services/repair/repair-agreement.ts'
import { authorityChoices } from '#services/repair/repair-authority.ts'
import { applyForEmergency } from '#services/repair/repair-emergency.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { checkAtWindow, checkEngineering, sendBackRepair } from '#services/repair/repair.ts'
import { useAnswerOf } from '#services/authority/use-answer.ts'
import {
  authorisationOf, confirmAuthorisation, endAuthorisation, listAuthorisations, recordAuthorisation, type AuthorisationFacts,
} from '#services/authority/use-authorisation.ts'
import { requireUseAuthority } from '#services/authority/use-authority.ts'
import { addVotePaper, certifyVote, countBallots, enterBallots, openVote } from '#services/authority/vote.ts'
import { reviewDraft, saveDraft } from '#services/voucher/voucher-draft.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { ENTRY, PLAIN_HOUSEHOLD } from '../register/household-office.ts'
import { refusalOf } from '../voucher/ledger-steps.ts'
import { PASSWORD } from '../office.ts'
import { makeRepairOffice, WINDOW_PASSES, type RepairOffice } from '../repair/repair-office.ts'

const day = parseDate
const TODAY = day('2025-10-09')
const codeOf = (work: () => unknown): string => refusalOf(work).code
const building = (id: BuildingId): UseScope => ({ kind: 'buildings', buildingIds: [id] })

function office(): RepairOffice & { readonly rooms: readonly HouseholdId[] } {
  const made = makeRepairOffice({ isWhole: true })
  const rooms = ['101', '102', '201'].map((room) => registerHousehold(made.preparer, {
    ...ENTRY, buildingId: made.building, facts: { ...PLAIN_HOUSEHOLD, room, entrance: '1' }, owners: [],
  }))
  return { ...made, rooms }
}

/** Reported and checked twice: it waits for its authority. */
function waiting(at: RepairOffice, yuan: string): RepairId {
  // Each at a place of its own: a repeat would have to be answered first.
  const id = at.report(yuan, { facility: `${yuan} 元处` })
  at.check(id, yuan)
  return id
}

function vote(at: ReturnType<typeof office>, yuan: string, choice: 'agree' | 'against' = 'agree'): VoteId {
  const id = openVote(at.preparer, {
    complexId: at.complexId, title: '3幢屋面', matter: 'use', method: 'ballot', scope: building(at.building),
    amountFen: parseYuan(yuan), parts: ['屋面'], repairId: null, registerOn: day('2025-09-01'), returnBy: day('2025-09-30'),
  })
  enterBallots(at.preparer, id, at.rooms.map((householdId) => ({ householdId, choice })))
  addVotePaper(at.preparer, id, 'ballots', at.paper)
  countBallots(at.preparer, id)
  return id
}

describe('resting on the owners’ vote', () => {
  it('needs it certified and carried, of the same owners, and with enough left', () => {
    const at = office()
    const id = waiting(at, '6000.00')
    const voteId = vote(at, '10000.00')
    const ask = (more: Partial<Parameters<typeof requireUseAuthority>[1]> = {}) => requireUseAuthority(at.ledger, {
      repairId: id, complexId: at.complexId, scope: building(at.building), amountFen: parseYuan('6000.00'), on: TODAY,
      ref: { kind: 'vote', voteId }, ...more,
    })
    expect(codeOf(ask)).toBe('authority.vote')
    certifyVote(at.reviewer, voteId)
    expect(ask()).toMatchObject({
      kind: 'vote', basis: '业主表决 BJ2025-00001 3幢屋面', decidedOn: TODAY, ceilingFen: 1_000_000, usedFen: 0,
    })
    expect(codeOf(() => ask({ scope: { kind: 'complex' } }))).toBe('authority.scope')
    expect(codeOf(() => ask({ on: day('2025-10-08') }))).toBe('authority.date')
    expect(codeOf(() => ask({ complexId: idOf<'complex'>(99) }))).toBe('authority.complex')
    expect(codeOf(() => ask({ amountFen: parseYuan('10000.01') }))).toBe('authority.ceiling')
    authoriseRepair(at.preparer, id, { on: TODAY, scope: building(at.building), ref: { kind: 'vote', voteId } })
    // The job's own amount is not counted against itself, another job's is.
    expect(ask().usedFen).toBe(0)
    const second = waiting(at, '5999.00')
    expect(codeOf(() => ask({ repairId: second }))).toBe('authority.ceiling')
    const lost = vote(at, '10000.00', 'against')
    certifyVote(at.reviewer, lost)
    expect(codeOf(() => ask({ ref: { kind: 'vote', voteId: lost } }))).toBe('authority.vote')
  })
})

it('an entrance reported as 1单元 is the circle of the households whose entrance the register calls 1', () => {
  const at = office()
  expect(authorityChoices(at.preparer, waiting(at, '6000.00')).scopes.map(({ label }) => label))
    .toEqual(['3幢 1单元，3 户', '3幢，3 户', '全小区，3 户'])
})

describe('resting on a standing authorisation', () => {
  const facts = (at: RepairOffice): AuthorisationFacts => ({
    complexId: at.complexId, title: '日常维修', scope: { kind: 'complex' }, voteId: null, parts: ['屋面'], from: day('2025-01-01'),
    to: day('2027-12-31'), perJobFen: parseYuan('6000.00'), totalFen: parseYuan('10000.00'),
    decision: { number: '业决1号', decidedOn: day('2025-01-05'), sha256: at.paper },
  })
  const use = (at: RepairOffice, id: RepairId, authorisationId: UseAuthorisationId) => () =>
    authoriseRepair(at.preparer, id, { on: TODAY, scope: { kind: 'complex' }, ref: { kind: 'standing', authorisationId } })

  it('is recorded, confirmed by another, used down to its ceiling, and ended', () => {
    const at = office()
    const id = recordAuthorisation(at.preparer, facts(at))
    const [first, second, third] = [waiting(at, '6000.00'), waiting(at, '5000.00'), waiting(at, '4000.00')] as const
    expect(codeOf(use(at, first, id))).toBe('authority.standing')
    expect(codeOf(() => confirmAuthorisation(at.preparer, id))).toBe('role.missing')
    confirmAuthorisation(at.reviewer, id)
    use(at, first, id)()
    expect(authorisationOf(at.ledger, id)).toMatchObject({ usedFen: 600_000, leftFen: 400_000, jobs: 1, state: 'confirmed' })
    expect(codeOf(use(at, second, id))).toBe('authority.ceiling')
    endAuthorisation(at.head, id, '业主大会收回')
    expect(codeOf(use(at, third, id))).toBe('authority.standing')
    expect(codeOf(() => endAuthorisation(at.head, id, '再来一次'))).toBe('authority.path')
  })

  it('is held to the profile’s limits and lists what runs out first', () => {
    const at = office()
    at.setPolicy('authorisation.longestYears', 2)
    const record = (more: Partial<AuthorisationFacts>) => () => recordAuthorisation(at.preparer, { ...facts(at), ...more })
    expect(codeOf(record({}))).toBe('authority.terms')
    expect(codeOf(record({ to: day('2026-12-31'), parts: ['月球'] }))).toBe('authority.terms')
    expect(codeOf(record({ to: day('2026-12-31'), voteId: vote(at, '100.00') }))).toBe('authority.origin')
    const late = record({ to: day('2026-12-31') })()
    const decision = { number: '业决2号', decidedOn: day('2025-01-06'), sha256: at.paper }
    const early = record({ to: day('2025-12-31'), decision })()
    const listed = listAuthorisations(at.ledger, { complexId: null, endingFrom: TODAY, limit: 10 })
    expect(listed.map(({ id }) => id)).toEqual([early, late])
  })
})

describe('an emergency', () => {
  function emergencyOffice() {
    const at = office()
    at.setPolicy('emergency.cases', ['外墙面脱落'])
    at.setPolicy('emergency.applicants', ['业主委员会', '居民委员会'])
    const id = waiting(at, '6000.00')
    const apply = (more: Partial<EmergencyApplication> = {}) => applyForEmergency(at.preparer, id, {
      item: '外墙面脱落', applicant: 'residentsCommittee', appliedOn: day('2025-10-08'), report: '3幢东墙面砖坠落',
      files: [at.paper], ...more,
    })
    const grant = () => authoriseRepair(at.preparer, id, { on: TODAY, scope: building(at.building), ref: { kind: 'emergency' } })
    return { at, id, apply, grant }
  }

  it('is granted for the local list, to whom it names, on evidence in the ledger', () => {
    const { at, id, apply, grant } = emergencyOffice()
    expect(codeOf(() => apply({ item: '道路破损' }))).toBe('authority.emergencyCase')
    expect(codeOf(() => apply({ applicant: 'propertyCompany' }))).toBe('authority.applicant')
    expect(codeOf(() => apply({ files: ['0'.repeat(64)] }))).toBe('attachment.missing')
    expect(codeOf(grant)).toBe('authority.application')
    apply()
    expect(grant()).toMatchObject({ kind: 'emergency', ceilingFen: null, files: [at.paper] })
    expect(emergencyWork(at.ledger, TODAY)).toMatchObject([{ id, item: '外墙面脱落', acceptedOn: null, isPending: false, owes: [] }])
    expect(emergencyWork(at.ledger, TODAY, idOf<'complex'>(99))).toEqual([])
    expect(codeOf(() => apply())).toBe('repair.path')
  })

  it('once asked for runs its working days in sight, and only the local rule makes silence consent', () => {
    const { at, id, apply, grant } = emergencyOffice()
    at.setPolicy('emergency.decisionWorkingDays', 3)
    expect(emergencyWork(at.ledger, TODAY)).toEqual([])
    apply({ appliedOn: TODAY })
    const due = { duty: 'decide', by: '2025-10-14' }
    const pending = (today: string) => emergencyWork(at.ledger, day(today), at.complexId)
    expect(pending('2025-10-14')).toMatchObject([
      { id, isPending: true, isConsentedBySilence: false, owes: [{ ...due, isOverdue: false }] },
    ])
    expect(pending('2025-10-15')).toMatchObject([{ isConsentedBySilence: false, owes: [{ ...due, isOverdue: true }] }])
    at.setPolicy('emergency.silenceIsConsent', true)
    expect(pending('2025-10-14')).toMatchObject([{ isConsentedBySilence: false }])
    expect(pending('2025-10-15')).toMatchObject([{ isConsentedBySilence: true }])
    grant()
    expect(pending('2025-10-15')).toMatchObject([{ isPending: false, owes: [] }])
  })

  it('has its cost put up whatever the amount: what the profile lets off is for jobs the owners decided', () => {
    const { at, id, apply, grant } = emergencyOffice()
    at.setPolicy('usePublication.waivedBelow', '50000.00')
    // Checked before that leave: the leave of the day of the check holds.
    sendBackRepair(at.preparer, id, 'engineeringCheck', '重核')
    checkEngineering(at.reviewer, id, { approvedFen: parseYuan('6000.00'), note: '', concealedWork: false })
    expect(repairCard(at.preparer, id).path).toContainEqual(expect.objectContaining({ step: 'publication', state: 'skipped' }))
    apply()
    grant()
    const { path, required } = repairCard(at.preparer, id)
    expect(path).toContainEqual(expect.objectContaining({ step: 'publication', state: 'ahead' }))
    expect(required.map(({ kind }) => kind)).toContain('noticePhoto')
  })

  it('waits for the local list where the profile has none', () => {
    const at = office()
    const id = waiting(at, '6000.00')
    const refusal = refusalOf(() => applyForEmergency(at.preparer, id, {
      item: '外墙面脱落', applicant: 'committee', appliedOn: TODAY, report: '坠落', files: [at.paper],
    }))
    expect(refusal.code).toBe('repair.blocked')
    expect(refusal.message).toContain('应急使用情形')
  })
})

describe('the window’s question about the use', () => {
  const check = (at: RepairOffice, id: RepairId, useItem: string | null, explanation = '', login: string | null = null) => () =>
    checkAtWindow(at.preparer, id, {
      ...WINDOW_PASSES, useItem, explanation, second: login === null ? null : { login, password: PASSWORD },
    })

  it('refuses what the fund never pays, asks for a reason where the words point elsewhere, and keeps the answer', () => {
    const at = office()
    const inside = at.report('1000.00', { title: '更换户内水管' })
    expect(codeOf(check(at, inside, 'privatePart'))).toBe('authority.notAllowed')
    expect(codeOf(check(at, inside, 'waterAndDrains'))).toBe('authority.explain')
    expect(codeOf(check(at, inside, null))).toBe('authority.explain')
    expect(codeOf(check(at, inside, 'nothing'))).toBe('authority.useItem')
    expect(useAnswerOf(at.ledger, inside)).toBeNull()
    check(at, inside, 'waterAndDrains', '户内的共用立管，贯穿各层', 'li')()
    expect(useAnswerOf(at.ledger, inside)).toMatchObject({
      itemName: '共用给排水、化粪池', answer: 'explain', explanation: '户内的共用立管，贯穿各层', actorName: '张制单',
      confirmedBy: '李审核',
    })
    const plain = at.report('1000.00', { title: '楼道照明更换' })
    check(at, plain, 'powerAndLight')()
    expect(useAnswerOf(at.ledger, plain)).toMatchObject({ answer: 'allowed', explanation: '', confirmedBy: null })
  })

  it('whose words point to what the fund never pays is not answered otherwise by the window alone', () => {
    const at = office()
    const inside = at.report('2600.00', { title: '户内水管更换' })
    const reason = '共用部位，物业服务合同未约定由物业企业承担'
    expect(codeOf(check(at, inside, null, reason))).toBe('authority.second')
    expect(codeOf(check(at, inside, 'waterAndDrains', reason))).toBe('authority.second')
    expect(codeOf(check(at, inside, null, reason, 'zhang'))).toBe('user.samePerson')
    // A bookkeeper is somebody else, but not whose business it is.
    expect(codeOf(check(at, inside, null, reason, 'wang'))).toBe('role.missing')
    expect(codeOf(check(at, inside, null, '', 'li'))).toBe('authority.explain')
    expect(codeOf(check(at, inside, 'privatePart', reason, 'li'))).toBe('authority.notAllowed')
    expect(useAnswerOf(at.ledger, inside)).toBeNull()
    check(at, inside, null, reason, 'li')()
    expect(useAnswerOf(at.ledger, inside)).toMatchObject({ itemName: '', confirmedBy: '李审核' })
  })

  it('once explained is no finding any more', () => {
    const at = office()
    const [complex] = complexesOf(at.ledger, at.complexId)
    if (complex === undefined) throw new Error('no complex')
    const found = () => repairFindings(
      checkReader(at.ledger, TODAY, { from: null, to: TODAY, complexId: at.complexId, bookId: null }), complex,
      new Set(['repair.outsideScope'] as const),
    ).length
    const id = at.report('1000.00', { title: '加装无障碍坡道' })
    expect(found()).toBe(1)
    check(at, id, 'renewal', '业主大会 2025 年第 2 号决议同意')()
    expect(found()).toBe(0)
    at.file(id, 'quotation')
    checkEngineering(at.reviewer, id, { approvedFen: parseYuan('1000.00'), note: '', concealedWork: false })
  })
})

describe('an ordinary voucher on 5001', () => {
  it('is refused at review without a repair, with the way out, and a correction is no way round', () => {
    const at = office()
    const lines = [
      at.line(at.maintenance, '5001', debit(parseYuan('100.00'))),
      at.line(at.maintenance, '1001.01', credit(parseYuan('100.00'))),
    ]
    const facts = { bookId: at.maintenance, kind: 'general' as const, date: day('2025-09-30'), attachments: [at.paper], lines }
    const refusal = refusalOf(() => reviewDraft(at.reviewer, saveDraft(at.preparer, facts)))
    expect(refusal).toMatchObject({ code: 'voucher.useWithoutRepair', field: 'account', row: 1 })
    expect(refusal.message).toContain('维修')
    const original = at.receive(at.maintenance, '4001', '500.00', '2025-09-01')
    const correction = saveDraft(at.preparer, {
      ...facts, purpose: 'difference', correctsVoucherId: original.id, reason: '记错科目',
    })
    expect(refusalOf(() => reviewDraft(at.reviewer, correction)).code).toBe('voucher.correctedUse')
  })
})
