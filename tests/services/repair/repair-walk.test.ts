/**
 * Random walks over the real services by random people: whoever does whatever, in any order, with any paper. What the ledger
 * then holds is judged by rules told again here, without the machine: read from the rows alone.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '#core/calendar.ts'
import type { CounterpartyId, RepairId } from '#core/id.ts'
import { fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { SEND_BACK_STEPS, type RepairStep } from '#core/repair/repair.ts'
import type { Role } from '#core/role.ts'
import type { ServiceContext } from '#services/context.ts'
import { authoriseRepair, recordContract } from '#services/repair/repair-agreement.ts'
import { changeContractor } from '#services/repair/repair-contractor.ts'
import { drawPool } from '#services/repair/repair-draw.ts'
import { repairCard } from '#services/repair/repair-list.ts'
import { endObjection, raiseObjection } from '#services/repair/repair-objection.ts'
import { addRepairPaper, signRepairSheet } from '#services/repair/repair-papers.ts'
import { instructPayment, preparePaymentAgain, withdrawInstruction } from '#services/repair/repair-payment.ts'
import { checkAtWindow, checkEngineering, endRepair, recordReview, sendBackRepair } from '#services/repair/repair.ts'
import { acceptRepair, followUpRepair, publishRepair, settleRepair } from '#services/repair/repair-settlement.ts'
import { addVisa } from '#services/repair/repair-visa.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { WINDOW_PASSES, type RepairOffice } from './repair-office.ts'
import { unlogged, wrongWith } from './walk-rules.ts'
import { on, picture, TERMS, wholeOffice } from './whole-path.ts'

const AMOUNTS = ['1999.99', '2000.00', '4999.99', '5000.00', '31000.00'].map((yuan) => parseYuan(yuan))
const PAPERS = [
  'quotation', 'workOrder', 'photo', 'spotCheck', 'siteReview', 'acceptanceSheet', 'acceptanceRecord', 'settlement',
  'auditReport', 'noticePhoto', 'invoice',
] as const
const SHEETS = ['siteReview', 'acceptance'] as const
const SIGNERS = [['section', '甲'], ['section', '乙'], ['supervisor', '丙'], ['supervisor', '丁'], ['contractor', '戊']] as const
const EVERY_ROLE: ReadonlySet<Role> = new Set(['preparer', 'reviewer', 'bookkeeper', 'head'])

/** One thing somebody tries; most of what is tried is refused, and must be. */
type Attempt = { what: keyof typeof TRIES | 'next'; who: number; pick: number; amount: number }
type Scene = { office: RepairOffice; people: readonly ServiceContext[]; id: RepairId; images: string[]; rival: CounterpartyId }
type Try = (scene: Scene, by: ServiceContext, pick: number, amountFen: (typeof AMOUNTS)[number]) => unknown

function oneOf<Of>(list: readonly Of[], pick: number): Of {
  const found = list[pick % list.length]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

const stateOf = ({ office, id }: Scene) => repairCard(office.preparer, id).state
const voucherOf = ({ office, id }: Scene) => office.ledger
  .prepare<[number], { id: Parameters<typeof prepareReversal>[1]['voucherId'] }>(
    'SELECT DISTINCT voucher_id AS id FROM voucher_line WHERE repair_id = ? ORDER BY voucher_id DESC LIMIT 1').get(id)
const payment = ({ office, id }: Scene) => ({
  amountFen: repairCard(office.preparer, id).payable?.amountFen ?? ZERO_FEN, bankAccountId: office.maintenanceBank,
  date: on('2025-10-09'),
})

const TRIES = {
  window: ({ id }, by) => checkAtWindow(by, id, WINDOW_PASSES),
  engineering: ({ id }, by, pick, approvedFen) =>
    checkEngineering(by, id, { approvedFen, note: '按实', concealedWork: pick % 3 === 0 }),
  authority: ({ office, id }, by) => authoriseRepair(by, id, {
    on: on('2025-09-05'), scope: { kind: 'complex' },
    ref: { kind: 'emergency', item: '屋面渗漏', applicant: 'committee',
      evidence: { appliedOn: on('2025-09-03'), report: '渗水', files: [office.paper] } },
  }),
  contract: (scene, by, pick) => {
    const amountFen = stateOf(scene).approvedFen ?? ZERO_FEN
    recordContract(by, scene.id, {
      ...TERMS, amountFen, budget: [{ label: '工程', amountFen }], warrantyMonths: 0,
      ...(pick % 2 === 0 && {
        instalments: [{ label: '全款', percent: parsePercent('100') }], retentionPercent: parsePercent('0'),
      }),
    })
  },
  change: ({ office, id, rival }, by) => changeContractor(by, id, {
    contractorId: repairCard(office.preparer, id).repair.contractorId === rival ? office.contractor : rival, reason: '另选',
  }),
  draw: (_, by) => drawPool(by),
  review: ({ id }, by, pick) => recordReview(by, id, pick % 2 === 0 ? 'siteReviewed' : 'spotChecked', {
    on: on('2025-09-10'), finding: '一致',
  }),
  visa: ({ id, images }, by, pick) => addVisa(by, id, {
    on: on('2025-09-12'), work: '基层', quantity: '48 平方米', changeFen: ZERO_FEN, images,
    signers: SIGNERS.slice(0, 3 + (pick % 2)).map(([party, person]) => ({ party, person })),
  }),
  accept: ({ id }, by) => acceptRepair(by, id, {
    on: on('2025-09-20'), stampedBy: ['section', 'supervisor', 'contractor'], sectionStaff: ['甲', '乙'], followUp: '满意',
    warrantyUntil: on('2026-09-20'),
  }),
  settle: (scene, by, pick, amountFen) => settleRepair(by, scene.id, {
    on: on('2025-09-22'), settledFen: pick % 4 === 0 ? amountFen : stateOf(scene).approvedFen ?? amountFen, auditedBy: '示例事务所',
  }),
  publish: ({ id }, by, pick) => publishRepair(by, id, {
    from: on('2025-09-22'), to: addDays(on('2025-09-28'), (pick % 3) * 6), place: '门厅',
  }),
  instruct: (scene, by) => instructPayment(by, scene.id, payment(scene)),
  again: (scene, by) => preparePaymentAgain(by, scene.id, payment(scene)),
  withdraw: ({ id }, by) => withdrawInstruction(by, id, '改期'),
  void: (scene, by) => {
    const { draftId } = stateOf(scene)
    if (draftId !== null) voidDraft(by, draftId, '重做')
  },
  reviewDraft: (scene, by) => {
    const { draftId } = stateOf(scene)
    if (draftId !== null) reviewDraft(by, draftId)
  },
  post: (scene, by) => {
    const { draftId } = stateOf(scene)
    if (draftId !== null) postDrafts(by, [draftId])
  },
  reverse: (scene, by) => {
    const voucher = voucherOf(scene)
    if (voucher === undefined) return
    const { reversal } = prepareReversal(by, { voucherId: voucher.id, date: on('2025-10-09'), reason: '付错' })
    reviewDraft(scene.office.reviewer, reversal)
    postDrafts(scene.office.bookkeeper, [reversal])
  },
  followUp: ({ id }, by, pick) => followUpRepair(by, id, {
    on: on('2025-10-01'), result: pick % 3 === 0 ? 'defects' : 'satisfied', person: '业主', said: '已看',
  }),
  object: ({ id }, by, pick) => raiseObjection(by, id, {
    raisedOn: on('2025-09-25'), raisedBy: '业主', reason: '多算', disputedFen: fen(1 + (pick % 200_000)),
  }),
  answer: ({ office, id }, by, pick) => {
    const open = repairCard(office.preparer, id).objections.find(({ outcome }) => outcome === null)
    if (open === undefined) return
    endObjection(by, id, { objectionId: open.id, outcome: oneOf(['answered', 'withdrawn', 'upheld'], pick), reason: '已复量' })
  },
  back: ({ id }, by, pick) => sendBackRepair(by, id, oneOf(SEND_BACK_STEPS, pick), '重做'),
  end: ({ id }, by, pick) => endRepair(by, id, pick % 2 === 0 ? 'refused' : 'cancelled', '不修了'),
  file: ({ office, id, images }, by, pick) => {
    // Mostly what is missing, so that walks get far; sometimes anything.
    const missing = repairCard(office.preparer, id).required.filter(({ isThere }) => !isThere).map(({ kind }) => kind)
    const kind = oneOf(missing.length > 0 && pick % 4 > 0 ? missing : PAPERS, pick)
    addRepairPaper(by, id, kind, kind === 'photo' || kind === 'noticePhoto' ? oneOf(images, 0) : office.paper)
  },
  sign: (scene, by, pick) => {
    // Mostly who is missing on the sheet of the step; sometimes anybody anywhere.
    const { state, folder } = repairCard(scene.office.preparer, scene.id)
    const isAny = pick % 4 === 0
    const sheet = isAny ? oneOf(SHEETS, pick) : state.step === 'siteReview' ? 'siteReview' : 'acceptance'
    const missing = SIGNERS.filter(([, person]) => !folder.signatures.some((one) =>
      one.sheet === sheet && one.person === person && one.round === state.round))
    const [party, person] = oneOf(isAny || missing.length === 0 ? SIGNERS : missing, pick)
    signRepairSheet(by, scene.id, { sheet, party, person })
  },
} as const satisfies Readonly<Record<string, Try>>

/** What the step waits for; at `voucher`, what its draft waits for. */
const NEXT: Readonly<Partial<Record<RepairStep, readonly (keyof typeof TRIES)[]>>> = {
  windowCheck: ['window'], engineeringCheck: ['engineering'], authority: ['authority'], contract: ['contract'],
  spotDraw: ['draw'], spotCheck: ['review'], siteReview: ['review', 'visa'], acceptance: ['accept', 'visa'],
  settlement: ['settle'], publication: ['publish'], payment: ['instruct'],
  voucher: ['reviewDraft', 'post'], followUp: ['followUp'],
  retention: ['instruct'],
}
const REFUSE = ['end'] as const
const ASIDE = [
  'change', 'again', 'withdraw', 'void', 'reverse', 'object', 'answer', 'back', 'end', 'settle', 'instruct', 'post',
] as const

const attempts = fc.array(fc.record({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constant('next' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...ASIDE) },
    { weight: 6, arbitrary: fc.constant('file' as const) },
    { weight: 6, arbitrary: fc.constant('sign' as const) },
  ),
  who: fc.noBias(fc.nat(5)), pick: fc.noBias(fc.nat(999)), amount: fc.noBias(fc.nat(AMOUNTS.length - 1)),
}), { minLength: 80, maxLength: 120, size: 'max' })

/** Whose turn it is, by their place among the people: the section, the bookkeeper, and the desk for everything else. */
const SUITED: Readonly<Partial<Record<keyof typeof TRIES, number>>> = {
  engineering: 1, draw: 1, review: 1, visa: 1, accept: 1, settle: 1, reviewDraft: 1, post: 2,
}

/** Whether it was let through. A refusal must be a Problem with its sentence; anything else is a fault of the ledger's. */
function attempt(scene: Scene, { what, who, pick, amount }: Attempt): boolean {
  const wanted: keyof typeof TRIES = what === 'next' ? oneOf(NEXT[stateOf(scene).step] ?? REFUSE, pick) : what
  // Two thirds of the time somebody whose turn it is, so that walks get far.
  const by = what === 'next' && pick % 3 > 0 ? SUITED[wanted] ?? 0 : who
  try {
    TRIES[wanted](scene, oneOf(scene.people, by), pick, oneOf(AMOUNTS, amount))
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

it('no walk of anybody pays a job that misses a step, a paper, a person or a posting, and every change is in the log', () => {
  const office = wholeOffice()
  for (const step of ['repairAuthority', 'repairContract', 'usePublication']) office.preset(`${step}.waivedBelow`, '5000.00')
  office.receive(office.maintenance, '4001', '9000000.00', '2025-02-01')
  // Thousands of small transactions, and nobody pulls the plug.
  office.ledger.sqlite.pragma('synchronous = OFF')
  const { preparer, reviewer, bookkeeper, head } = office
  const withAll = (one: ServiceContext): ServiceContext => ({ ...one, actor: { ...one.actor, roles: EVERY_ROLE } })
  const people = [preparer, reviewer, bookkeeper, withAll(head), withAll(preparer), withAll(reviewer)]
  const images = [picture(office, '基层')]
  const rival = addCounterparty(preparer, { kind: 'company', name: '另一家修缮队', bankName: '示例银行', bankAccount: '6220009' })
  let paid = 0
  let walks = 0
  fc.assert(
    fc.property(attempts, (tries) => {
      walks += 1
      const id = office.report('31000.00', { facility: `${walks}号`, reportedOn: on('2025-09-01') })
      const scene = { office, people, images, id, rival }
      let paidFen = 0
      for (const one of tries) {
        if (!attempt(scene, one)) continue
        const now = stateOf(scene).paidFen
        if (now > paidFen) {
          paid += 1
          expect(wrongWith(office, scene.id)).toEqual([])
        }
        paidFen = now
      }
      expect(unlogged(office, scene.id)).toEqual([])
    }),
    { numRuns: 12, seed: 20_251_009, endOnFailure: true },
  )
  // Walks that never get to the money would prove nothing.
  expect(paid).toBeGreaterThan(5)
}, 60_000)
