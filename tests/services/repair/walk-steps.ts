/** What people do at each step up to the settlement: first a try with one thing wrong, then as it should be. */
import type { CounterpartyId } from '#core/id.ts'
import { fen, ZERO_FEN, type Fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import type { RepairStep } from '#core/repair/repair.ts'
import type { PaperKind } from '#core/repair/repair-papers.ts'
import type { SiteVisit } from '#core/repair/site-visit.ts'
import type { SigningParty } from '#core/policy/policy.ts'
import type { ServiceContext } from '#services/context.ts'
import { authoriseRepair, recordContract } from '#services/repair/repair-agreement.ts'
import { drawPool } from '#services/repair/repair-draw.ts'
import { applyForEmergency } from '#services/repair/repair-emergency.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { recordReview } from '#services/repair/repair-review.ts'
import { answerRepeat, checkAtWindow, checkEngineering } from '#services/repair/repair.ts'
import { acceptRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { addVisa } from '#services/repair/repair-visa.ts'
import { WINDOW_PASSES } from './repair-office.ts'
import { AUDIT, LEAVE, THRESHOLD } from './walk-rules.ts'
import { attempt, goTo, later, rightful, seen, unsuited, withNeeds, wrongly, type Need, type Scene } from './walk-scene.ts'
import { text, told } from './walk-evidence.ts'
import { on, TERMS } from './whole-path.ts'

export type Act = (scene: Scene) => void

/** The right person, and now and then somebody else before. */
export function byTurns(scene: Scene, kind: string, go: (by: ServiceContext) => unknown, percent = 30): void {
  const others = unsuited(scene, kind)
  if (others.length > 0 && scene.draw.chance(percent)) {
    const other = scene.draw.pick(others)
    wrongly(scene, `${kind} by ${other.actor.name}`, () => go(other))
  }
  attempt(scene, kind, () => go(rightful(scene, kind)))
}

const anyone = ({ office, draw }: Scene): ServiceContext => draw.pick(office.people)

export function paper(scene: Scene, kind: PaperKind, from: number): Need {
  const isThere = () => seen(scene).papers.some((one) => one.kind === kind && one.round >= from)
  const sha256 = kind === 'noticePhoto' ? freshImage(scene, kind) : scene.office.paper
  return { name: kind, isThere, make: () => addRepairPaper(anyone(scene), scene.id, kind, sha256) }
}

function freshImage(scene: Scene, kind: string): string {
  const used = new Set(seen(scene).papers.filter((one) => one.kind === kind).map(({ sha256 }) => sha256))
  return scene.office.images.find((sha256) => !used.has(sha256)) ?? scene.office.paper
}

function signature(scene: Scene, sheet: 'siteReview' | 'acceptance', party: SigningParty, person: string): Need {
  const from = seen(scene).roundOf(sheet === 'acceptance' ? 'acceptance' : 'review')
  const isThere = () => seen(scene).signatures.some((one) => one.sheet === sheet && one.person === person && one.round >= from)
  const make = () => signRepairSheet(anyone(scene), scene.id, { sheet, party, person })
  return { name: `${person} on ${sheet}`, isThere, make }
}

const ACCEPTING = [['section', '甲'], ['section', '乙'], ['supervisor', '丙'], ['supervisor', '丁'], ['contractor', '戊']] as const
const named = (entries: readonly (readonly [SigningParty, string])[]) => entries.map(([party, person]) => ({ party, person }))

const windowCheck: Act = (scene) => {
  goTo(scene, on('2025-08-02'))
  byTurns(scene, 'windowChecked', (by) => checkAtWindow(by, scene.id, WINDOW_PASSES))
}

const repeatAnswer: Act = (scene) => {
  const answer = (sectionPerson: string) => (by: ServiceContext) => answerRepeat(by, scene.id, {
    conclusion: 'unrelated', finding: '另一处渗漏', contractorPerson: '戊', supervisorPerson: '丙', sectionPerson,
  })
  const go = () => answer('甲')(rightful(scene, 'repeatAnswered'))
  withNeeds(scene, 'repeatAnswered', [paper(scene, 'repeatRecord', seen(scene).roundOf('windowCheck'))], go)
  if (scene.draw.chance(30)) wrongly(scene, 'repeat answered by two', () => answer('丙')(rightful(scene, 'repeatAnswered')))
  byTurns(scene, 'repeatAnswered', answer('甲'))
}

const engineeringCheck: Act = (scene) => {
  goTo(scene, on('2025-08-03'))
  const { approvedFen, concealedWork } = scene.plan
  const go = (by: ServiceContext) => checkEngineering(by, scene.id, { approvedFen, note: '按实', concealedWork })
  withNeeds(scene, 'engineeringChecked', [paper(scene, 'quotation', 1)], () => go(rightful(scene, 'engineeringChecked')))
  byTurns(scene, 'engineeringChecked', go, 60)
}

const authority: Act = (scene) => {
  goTo(scene, on('2025-08-04'))
  const { ground, id, plan: { authority: kind, buildingId }, office, today } = scene
  const scope = { kind: 'buildings', buildingIds: [buildingId] } as const
  const voteId = ground.votes.get(buildingId)
  if (kind === 'emergency') {
    attempt(scene, 'emergencyApplied', () => applyForEmergency(rightful(scene, 'emergencyApplied'), id, {
      item: '屋面渗漏', applicant: 'committee', appliedOn: today, report: '渗水', files: [office.paper],
    }))
  }
  const ref = kind === 'vote' && voteId !== undefined ? { kind, voteId } as const
    : kind === 'standing' ? { kind, authorisationId: ground.authorisationId } as const : { kind: 'emergency' } as const
  byTurns(scene, 'authorised', (by) => authoriseRepair(by, id, { on: today, scope, ref }), 20)
}

const contract: Act = (scene) => {
  goTo(scene, on('2025-08-05'))
  const { draw, today, plan: { approvedFen, hasRetention } } = scene
  const agreed = fen(approvedFen - draw.pick([0, 10_000]))
  const go = (amountFen: Fen) => (by: ServiceContext) => recordContract(by, scene.id, {
    ...TERMS, signedOn: today, worksFrom: today, worksTo: later(scene, 60), amountFen, budget: [{ label: '工程', amountFen }],
    warrantyMonths: 0,
    ...(!hasRetention && { instalments: [{ label: '全款', percent: parsePercent('100') }], retentionPercent: parsePercent('0') }),
  })
  const right = () => rightful(scene, 'contracted')
  withNeeds(scene, 'contracted', [paper(scene, 'workOrder', seen(scene).roundOf('contract'))], () => go(agreed)(right()))
  if (draw.chance(40)) wrongly(scene, 'contract above the approved', () => go(fen(approvedFen + 1))(right()))
  byTurns(scene, 'contracted', go(agreed))
}

export const spotDraw: Act = (scene) => byTurns(scene, 'drawn', (by) => drawPool(by, scene.ground.complexId))

/** Photos filed since the job came to this step. */
function photosOfStep(scene: Scene): readonly string[] {
  const { events, papers } = seen(scene)
  const came = events.findLast(({ kind, step }, index) => kind === 'sentBack' || step !== events[index - 1]?.step)
  const { at } = scene.office.ledger
    .prepare<[number], { at: string }>('SELECT at FROM repair_event WHERE id = ?').get(came?.id ?? 0) ?? { at: '' }
  return papers.filter((one) => one.kind === 'photo' && one.at >= at).map(({ sha256 }) => sha256)
}

function photo(scene: Scene, count: number): Need {
  return {
    name: `photo ${count}`, isThere: () => photosOfStep(scene).length >= count,
    make: () => addRepairPaper(anyone(scene), scene.id, 'photo', freshImage(scene, 'photo')),
  }
}

function visits(scene: Scene): readonly SiteVisit[] {
  const [first, second] = photosOfStep(scene)
  const common = { on: scene.today, time: '09:30', place: '顶层', finding: '一致' }
  return [
    { party: 'section', person: '甲', photos: first === undefined ? [] : [first], ...common },
    { party: 'supervisor', person: '丙', photos: second === undefined ? [] : [second], ...common },
  ]
}

const reviewAs = (kind: 'spotChecked' | 'siteReviewed'): Act => (scene) => {
  goTo(scene, on('2025-08-06'))
  const { draw, id } = scene
  const round = seen(scene).roundOf('review')
  const go = (by: ServiceContext) => recordReview(by, id, kind, visits(scene))
  const right = () => rightful(scene, kind)
  withNeeds(scene, kind, [
    paper(scene, kind === 'spotChecked' ? 'spotCheck' : 'siteReview', round), photo(scene, 1), photo(scene, 2),
    ...(kind === 'siteReviewed'
      ? [signature(scene, 'siteReview', 'section', '甲'), signature(scene, 'siteReview', 'supervisor', '丙')]
      : []),
  ], () => go(right()))
  // Who stands for the supervisor here stands for nobody else later.
  const more = signature(scene, 'siteReview', 'supervisor', '己')
  if (kind === 'siteReviewed' && draw.chance(60)) attempt(scene, more.name, more.make)
  const alone = () => recordReview(right(), id, kind, [draw.pick(visits(scene))])
  if (draw.chance(30)) wrongly(scene, `${kind} by one party`, alone)
  byTurns(scene, kind, go)
}

function visa(scene: Scene): readonly Need[] {
  const { draw, id, office, plan, today } = scene
  if (!plan.concealedWork) return []
  const changeFen = plan.approvedFen >= LEAVE ? draw.pick([ZERO_FEN, fen(20_000), fen(200_000)]) : ZERO_FEN
  const add = (signers: number, images: readonly string[]) => addVisa(anyone(scene), id, {
    on: today, work: '基层', quantity: '48 平方米', changeFen, images, signers: named(ACCEPTING).slice(0, signers),
  })
  const isThere = () => seen(scene).visas.some(({ round }) => round >= seen(scene).roundOf('review'))
  const make = () => {
    if (draw.chance(40)) attempt(scene, 'visa by three', () => add(3, office.images.slice(0, 1)))
    if (draw.chance(40)) attempt(scene, 'visa without a picture', () => add(4, []))
    add(4, office.images.slice(0, 1))
  }
  return [{ name: 'visa', isThere, make, isLate: true }]
}

const acceptance: Act = (scene) => {
  goTo(scene, on('2025-08-18'))
  const { draw, id, today } = scene
  const { roundOf, papers, standing, visas } = seen(scene)
  const round = roundOf('acceptance')
  type Facts = Parameters<typeof acceptRepair>[2]
  const go = (by: ServiceContext, more: Partial<Facts> = {}) => {
    const signed = text(told(standing('contracted'), 'contract', 'signedOn'))
    const covered = seen(scene).visas.map((one) => on(one.on)).filter((day) => day >= signed).toSorted()[0]
    acceptRepair(by, id, {
      on: today, startedOn: covered ?? today, finishedOn: today, finding: '合格',
      stampedBy: ['section', 'supervisor', 'contractor'], sectionStaff: ['甲', '乙'], followUp: '满意',
      warrantyUntil: on('2026-09-20'), ...more,
    })
  }
  const right = () => rightful(scene, 'accepted')
  withNeeds(scene, 'accepted', [
    ...(['acceptanceSheet', 'acceptanceRecord'] as const).map((kind) => paper(scene, kind, round)),
    ...ACCEPTING.map(([party, person]) => signature(scene, 'acceptance', party, person)),
    ...(papers.some(({ kind }) => kind === 'photo') ? [] : [photo(scene, 1)]), ...(visas.length > 4 ? [] : visa(scene)),
  ], () => go(right()))
  if (draw.chance(40)) attempt(scene, 'one person for two parties', signature(scene, 'acceptance', 'section', '己').make)
  const absent = draw.below(3)
  const faults: readonly (readonly [string, Partial<Facts>])[] = [
    ['two seals', { stampedBy: (['section', 'supervisor', 'contractor'] as const).filter((_, index) => index !== absent) }],
    ['one of the section', { sectionStaff: ['甲', draw.pick(['甲', '', ' 甲'])] }],
    ['the supervisor’s as staff', { sectionStaff: ['甲', '丙'] }],
    ['no word of the owners', { followUp: '' }],
    ['accepted before the works ended', { finishedOn: on('2025-09-30') }],
  ]
  if (draw.chance(80)) {
    const [name, more] = draw.pick(faults)
    wrongly(scene, name, () => go(right(), more))
  }
  byTurns(scene, 'accepted', go, 40)
}

/** What contract and visas owe, else what was approved; as much as 10 % of it may come on top where there is no contract. */
function owed(scene: Scene): Fen {
  const { standing, visas, roundOf } = seen(scene)
  const agreed = told(standing('contracted'), 'contract', 'amountFen')
  if (typeof agreed !== 'number') return scene.plan.approvedFen
  return fen(agreed + visas.filter(({ round }) => round >= roundOf('review')).reduce((sum, { changeFen }) => sum + changeFen, 0))
}

/** Who does the works now. */
export function doing({ office, id }: Scene): CounterpartyId {
  return office.ledger
    .prepare<[number], { by: CounterpartyId }>('SELECT contractor_id AS by FROM repair_standing WHERE repair_id = ?')
    .get(id)?.by ?? office.contractor
}

const settlement: Act = (scene) => {
  goTo(scene, on('2025-08-20'))
  const { draw, id, office, today, plan: { approvedFen } } = scene
  const most = owed(scene)
  const overrun = fen(Math.ceil(approvedFen * 1.1))
  const small = approvedFen < THRESHOLD && draw.chance(30) ? fen(Math.min(Math.floor(approvedFen * 1.05), THRESHOLD - 1)) : most
  const settledFen = small >= overrun ? approvedFen : small
  const settle = (amountFen: Fen, auditorId: typeof office.auditor | null) => (by: ServiceContext) =>
    settleRepair(by, id, { on: today, settledFen: amountFen, auditorId })
  const go = settle(settledFen, settledFen > AUDIT ? office.auditor : null)
  const right = () => rightful(scene, 'settled')
  const round = seen(scene).roundOf('settlement')
  withNeeds(scene, 'settled', [
    paper(scene, 'settlement', round), ...(settledFen > AUDIT ? [paper(scene, 'auditReport', round)] : []),
  ], () => go(right()))
  const faults: readonly (readonly [string, (by: ServiceContext) => unknown])[] = [
    ...(seen(scene).standing('contracted') === undefined
      ? []
      : [['above contract and visas', settle(fen(most + 1), office.auditor)] as const]),
    ...(overrun <= most || approvedFen < LEAVE ? [['overrun not asked for', settle(overrun, office.auditor)] as const] : []),
    ...(settledFen > AUDIT ? [['no auditor', settle(settledFen, null)] as const,
      ['audited by a party', settle(settledFen, draw.pick([doing(scene), office.supervisor]))] as const] : []),
    ...(approvedFen < THRESHOLD ? [['across the line', settle(THRESHOLD, null)] as const] : []),
  ]
  if (faults.length > 0 && draw.chance(80)) {
    const [name, work] = draw.pick(faults)
    wrongly(scene, name, () => work(right()))
  }
  byTurns(scene, 'settled', go, 50)
}

export const TO_SETTLEMENT: Readonly<Partial<Record<RepairStep, Act>>> = {
  windowCheck, repeatAnswer, engineeringCheck, authority, contract, spotDraw, spotCheck: reviewAs('spotChecked'),
  siteReview: reviewAs('siteReviewed'), acceptance, settlement,
}
