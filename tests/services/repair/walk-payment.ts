/** What people do from the publication on: what holds the money up, the voucher, what is asked of the owners, the retention. */
import { addDays } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { instructedUnpaid, payableNow } from '#core/repair/repair-payable.ts'
import type { RepairStep, SendBackStep } from '#core/repair/repair.ts'
import type { ServiceContext } from '#services/context.ts'
import { answerFinding, closeFinding } from '#services/finding/finding.ts'
import { recordApportionment } from '#services/household/apportionment.ts'
import { setCounterpartyAccount } from '#services/register/complex.ts'
import { changeContractor } from '#services/repair/repair-contractor.ts'
import { endObjection, raiseObjection } from '#services/repair/repair-objection.ts'
import { repairJob } from '#services/repair/repair-record.ts'
import { instructPayment, preparePaymentAgain, withdrawInstruction } from '#services/repair/repair-payment.ts'
import { endRepair, sendBackRepair } from '#services/repair/repair.ts'
import { followUpRepair, publishRepair } from '#services/repair/repair-settlement.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { told } from './walk-evidence.ts'
import { attempt, goTo, later, rightful, seen, stepOf, suited, withNeeds, wrongly, type Need, type Scene } from './walk-scene.ts'
import { byTurns, doing, paper, type Act } from './walk-steps.ts'
import { on } from './whole-path.ts'

const publication: Act = (scene) => {
  const { id, today, draw } = scene
  const go = (days: number) => (by: ServiceContext) =>
    publishRepair(by, id, { from: today, to: later(scene, days - 1), place: '门厅' })
  withNeeds(scene, 'published', [paper(scene, 'noticePhoto', seen(scene).roundOf('publication'))],
    () => go(7)(rightful(scene, 'published')))
  if (draw.chance(30)) wrongly(scene, 'up for six days', () => go(6)(rightful(scene, 'published')))
  byTurns(scene, 'published', go(7))
}

const findingsOf = ({ office, id }: Scene, state: string) => office.ledger
  .prepare<[number, string], { id: number }>(
    `SELECT DISTINCT s.finding_id AS id FROM finding_subject j JOIN finding_standing s ON s.finding_id = j.finding_id
     WHERE j.kind = 'repair' AND j.subject_id = ? AND s.level = 'warn' AND s.state = ?`)
  .all(id, state).map((row) => idOf<'finding'>(row.id))

/** What waits is answered, by somebody else than who pays; who pays may try it alone. */
function answered(scene: Scene, payer: ServiceContext, go: () => unknown): void {
  if (attempt(scene, 'paymentInstructed', go)) return
  const open = findingsOf(scene, 'open')
  if (open.length === 0) return
  const others = scene.office.people.filter((one) => one !== payer)
  const isAlone = scene.draw.chance(25)
  for (const id of open) {
    attempt(scene, 'answer', () => answerFinding(isAlone ? payer : scene.draw.pick(others), id, '各是一个项目，照片已附'))
  }
  if (isAlone) {
    wrongly(scene, 'paid on own answer', go)
    const closer = others.find(({ actor }) => actor.roles.has('reviewer') || actor.roles.has('head'))
    if (closer !== undefined) for (const id of open) attempt(scene, 'close', () => closeFinding(closer, id, '已到现场核对'))
  }
  attempt(scene, 'paymentInstructed', go)
}

function sheet(scene: Scene): readonly Need[] {
  const { ground, id, office, plan: { buildingId } } = scene
  if (!ground.isShared) return []
  const known = office.ledger.prepare<[number], unknown>('SELECT 1 FROM apportionment WHERE repair_id = ?')
  const isThere = () => known.get(id) !== undefined
  const make = () => recordApportionment(rightful(scene, 'published'), {
    complexId: ground.complexId, purpose: 'plan', repairId: id, utilityBillId: null, title: '维修', basis: 'area',
    scope: { kind: 'buildings', buildingIds: [buildingId] }, shortfall: 'collect',
    askedFen: fen(seen(scene).standing('settled')?.amount ?? 1), coefficients: new Map(),
  })
  return [{ name: 'a sheet', isThere, make }]
}

const objection: Act = (scene) => {
  const { draw, id, today } = scene
  const settled = seen(scene).standing('settled')?.amount ?? 0
  const recorder = rightful(scene, 'published')
  const disputedFen = fen(1 + draw.below(settled))
  attempt(scene, 'objection', () => raiseObjection(recorder, id, { raisedOn: today, raisedBy: '业主', reason: '多算', disputedFen }))
}

function endObjections(scene: Scene): void {
  const { draw, id, office } = scene
  const open = office.ledger.prepare<[number], { id: number; by: number }>(
    `SELECT id, recorded_by AS by FROM repair_objection o WHERE repair_id = ? AND NOT EXISTS (
       SELECT 1 FROM repair_objection_end WHERE objection_id = o.id)`).all(id)
  const judges = (['accepted', 'settled'] as const).map((kind) => seen(scene).standing(kind)?.actor)
  for (const { id: objectionId, by } of open) {
    const outcome = draw.pick(['answered', 'withdrawn'] as const)
    const end = (who: ServiceContext) => endObjection(who, id, { objectionId, outcome, reason: '已复量' })
    const ending = office.people.filter(({ actor }) => actor.roles.has('reviewer') || actor.roles.has('head'))
    const right = ending.filter(({ actor }) => actor.userId !== by && !judges.includes(actor.userId))
    const wrong = ending.filter((one) => !right.includes(one))
    if (wrong.length > 0 && draw.chance(60)) attempt(scene, 'objection to own work', () => end(draw.pick(wrong)))
    if (right.length > 0) attempt(scene, 'objection ended', () => end(draw.pick(right)))
    else attempt(scene, 'settled anew', () => sendBackRepair(rightful(scene, 'sentBack'), id, 'settlement', '重新决算'))
  }
}

/** What whoever pays reads on the job page. */
function isDue({ office, id, today }: Scene): Fen {
  const job = repairJob(office.ledger, id, today)
  return job.state.step === 'voucher' ? instructedUnpaid(job.state) : payableNow(job.state, job.disputedFen, today).amountFen
}

const pay: Act = (scene) => {
  const { draw, id, ground, office } = scene
  const { standing, roundOf, contractorRound } = seen(scene)
  const isContracted = standing('contracted') !== undefined
  const up = told(standing('published'), 'to')
  const go = (by: ServiceContext, amountFen = isDue(scene), date = scene.today) =>
    instructPayment(by, id, { amountFen, bankAccountId: ground.bank, date })
  const payer = rightful(scene, 'paymentInstructed')
  const needs = [
    paper(scene, 'invoice', 1), paper(scene, 'workOrder', isContracted ? roundOf('contract') : contractorRound), ...sheet(scene),
  ]
  if (typeof up === 'string' && scene.today <= up) {
    if (draw.chance(50)) {
      for (const { name, isThere, make } of needs) if (!isThere()) attempt(scene, name, make)
      wrongly(scene, 'paid while it is up', () => go(payer))
    }
    goTo(scene, addDays(on(up), 1))
  }
  withNeeds(scene, 'paymentInstructed', needs, () => go(payer))
  const isDisputed = draw.chance(15)
  if (isDisputed) objection(scene)
  if (draw.chance(25)) wrongly(scene, 'another amount', () => go(payer, fen(isDue(scene) + draw.pick([1, -1]))))
  if (draw.chance(25)) elsewhere(scene, () => go(payer))
  // Or it is left open, and only what nobody disputes is paid.
  if (draw.chance(60)) endObjections(scene)
  if (!['payment', 'retention'].includes(stepOf(scene))) return
  const others = office.people.filter((one) => !suited(scene, 'paymentInstructed').includes(one))
  if (draw.chance(50)) wrongly(scene, 'paid by who may not', () => go(draw.pick(others)))
  answered(scene, payer, () => go(payer))
}

/** The contractor's account was changed since: money would go astray. */
function elsewhere(scene: Scene, go: () => unknown): void {
  const { office: { head, ledger } } = scene
  const party = doing(scene)
  const known = ledger.prepare<[number], { bankName: string; bankAccount: string }>(
    'SELECT bank_name AS bankName, bank_account AS bankAccount FROM counterparty WHERE id = ?').get(party)
  setCounterpartyAccount(head, party, { bankName: '示例银行', bankAccount: '9990001' })
  wrongly(scene, 'paid to another account', go)
  if (known !== undefined) setCounterpartyAccount(head, party, known)
}

const draftOf = (scene: Scene) => {
  const { events } = seen(scene)
  const last = events.findLast(({ kind }) => kind === 'paymentInstructed' || kind === 'voucherPrepared')
  const id = Number(told(last, 'draftId') ?? 0)
  return scene.office.ledger.prepare<[number], { id: Parameters<typeof reviewDraft>[1]; state: string; by: number }>(
    'SELECT id, state, preparer_id AS by FROM voucher_draft WHERE id = ?').get(id)
}

function again(scene: Scene): void {
  const { draw, id, ground, today } = scene
  const go = (by: ServiceContext) =>
    preparePaymentAgain(by, id, { amountFen: isDue(scene), bankAccountId: ground.bank, date: today })
  if (draw.chance(40)) elsewhere(scene, () => go(rightful(scene, 'voucherPrepared')))
  byTurns(scene, 'voucherPrepared', go, 70)
}

const voucher: Act = (scene) => {
  const { draw, id, office } = scene
  const draft = draftOf(scene)
  if (draft === undefined || draft.state === 'void' || draft.state === 'posted') {
    if (draw.chance(75)) again(scene)
    else byTurns(scene, 'instructionWithdrawn', (by) => withdrawInstruction(by, id, '改期'))
    return
  }
  if (draw.chance(12)) {
    const own = office.people.find(({ actor }) => actor.userId === draft.by) ?? office.preparer
    attempt(scene, 'void', () => voidDraft(own, draft.id, '重做'))
    return
  }
  // Whoever may; of persons who may not together, the next.
  for (const reviewer of office.people) {
    if (draftOf(scene)?.state === 'draft') attempt(scene, 'review', () => reviewDraft(reviewer, draft.id))
  }
  for (const keeper of office.people) {
    if (draftOf(scene)?.state === 'reviewed') attempt(scene, 'post', () => postDrafts(keeper, [draft.id]))
  }
}

const followUp: Act = (scene) => {
  const { draw, id, today } = scene
  const ask = (result: 'defects' | 'unreached' | 'satisfied' | 'remarks') => (by: ServiceContext) =>
    followUpRepair(by, id, { on: today, result, person: '业主', said: '已看' })
  const unsettled = ask(draw.pick(['defects', 'unreached'] as const))
  if (draw.chance(40)) attempt(scene, 'defects', () => unsettled(rightful(scene, 'followedUp')))
  if (stepOf(scene) === 'followUp') byTurns(scene, 'followedUp', ask(draw.pick(['satisfied', 'remarks'] as const)), 60)
}

const retention: Act = (scene) => {
  const { draw, id, ground } = scene
  const { standing, events } = seen(scene)
  const due = told(standing('settled'), 'retentionDue')
  const left = (standing('settled')?.amount ?? 0) - Number(told(events.findLast(({ kind }) => kind === 'paid'), 'paidFen') ?? 0)
  const early = (by: ServiceContext) =>
    instructPayment(by, id, { amountFen: fen(left), bankAccountId: ground.bank, date: scene.today })
  const isEarly = typeof due === 'string' && scene.today < due
  if (isEarly && draw.chance(60)) wrongly(scene, 'retention before its day', () => early(rightful(scene, 'paymentInstructed')))
  if (typeof due === 'string') goTo(scene, on(due))
  pay(scene)
}

/** Reversed, so that it is paid again. */
export const reverse: Act = (scene) => {
  const { office, today } = scene
  const voucherId = told(seen(scene).events.findLast(({ kind }) => kind === 'paid'), 'voucherId')
  if (typeof voucherId !== 'number') return
  attempt(scene, 'reverse', () => {
    const { reversal } = prepareReversal(office.preparer, { voucherId: idOf<'voucher'>(voucherId), date: today, reason: '付错' })
    reviewDraft(office.reviewer, reversal)
    postDrafts(office.bookkeeper, [reversal])
  })
}

const TARGETS = [
  ['windowCheck', 'windowChecked'], ['engineeringCheck', 'engineeringChecked'], ['authority', 'authorised'],
  ['contract', 'contracted'], ['review', 'siteReviewed'], ['review', 'spotChecked'], ['acceptance', 'accepted'],
  ['settlement', 'settled'], ['publication', 'published'],
] as const

export const sendBack: Act = (scene) => {
  const { standing } = seen(scene)
  const taken: readonly SendBackStep[] = TARGETS.flatMap(([step, kind]) => (standing(kind) === undefined ? [] : [step]))
  const [to] = taken.length === 0 ? [] : [scene.draw.pick(taken)]
  if (to === undefined) return
  const draft = draftOf(scene)
  const isLive = draft?.state === 'draft' || draft?.state === 'reviewed'
  if (draft !== undefined && isLive) attempt(scene, 'void', () => voidDraft(scene.office.preparer, draft.id, '退回'))
  byTurns(scene, 'sentBack', (by) => sendBackRepair(by, scene.id, to, '重做'), 0)
}

export const otherContractor: Act = (scene) => {
  const { office, id } = scene
  const now = doing(scene)
  const contractorId = office.contractors.find((one) => one !== now) ?? office.contractor
  byTurns(scene, 'contractorChanged', (by) => changeContractor(by, id, { contractorId, reason: '另选' }))
}

export const end: Act = (scene) =>
  byTurns(scene, 'cancelled', (by) => endRepair(by, scene.id, 'cancelled', '不修了'))

export const FROM_PUBLICATION: Readonly<Partial<Record<RepairStep, Act>>> = {
  publication, payment: pay, voucher, followUp, retention,
}
