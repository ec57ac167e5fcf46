import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { idOf, type UserId } from '#core/id.ts'
import { fen, parseYuan, type Fen } from '#core/money.ts'
import type { SigningParty } from '#core/policy/policy.ts'
import { Problem } from '#core/problem.ts'
import { rateMicro } from '#core/rate.ts'
import { isOpenStep, type RepairEvent, type RepairEventBody, type RepairState } from '#core/repair/repair.ts'
import { acceptanceProblems } from '#core/repair/repair-acceptance.ts'
import {
  blockedBecause, nextRepairAction, possibleActions, type RepairAction, type RepairPerson,
} from '#core/repair/repair-actions.ts'
import { afterRepairEvent, reportedRepair, sendBackTargets } from '#core/repair/repair-flow.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import { PAPER_KINDS, type FiledPaper, type FiledSignature } from '#core/repair/repair-papers.ts'
import { settlementProblems } from '#core/repair/repair-settlement.ts'
import { settlementAuditRequired } from '#core/repair/threshold.ts'
import { ROLES, type Role } from '#core/role.ts'

const THRESHOLD = parseYuan('2000.00')
const WAIVED = parseYuan('30000.00')
const TODAY = parseDate('2025-10-09')
const REPORTED = parseDate('2025-09-01')
const PARTIES = { contractorId: idOf<'counterparty'>(1), supervisorId: idOf<'counterparty'>(2) }
const AUDITOR = idOf<'counterparty'>(3)
const SIGNING = {
  minSigners: { section: 2, supervisor: 2, contractor: 1 }, stamps: ['section', 'supervisor', 'contractor'], photos: false,
} as const
const RULES = { signing: SIGNING, writtenRecord: true, toFill: {} }

/** Every step is asked for: what the profile may let off is walked over the real services (repair-walk.test.ts). */
const PATH_RULES = { authority: null, contract: null, publication: null, noFollowUp: null }
const CONTRACT = {
  number: 'HT-1', signedOn: REPORTED, worksFrom: REPORTED, worksTo: TODAY, amountFen: parseYuan('100000.00'), budget: [],
  payeeId: idOf<'counterparty'>(1), payeeBank: '',
  instalments: [{ label: '全款', percent: rateMicro(100_000_000) }], retentionPercent: rateMicro(0), retentionMonths: 0,
  warrantyMonths: 0,
}
const WINDOW_CHECKED = { kind: 'windowChecked', excludedUses: NO_EXCLUDED_USE, hits: [] } as const
const QUIET = { visas: [], disputedFen: fen(0), lacksSheet: false, today: TODAY } as const

const ACTIONS: readonly RepairAction[] = [
  'checkAtWindow', 'answerRepeat', 'checkEngineering', 'authorise', 'recordContract', 'drawSpotChecks', 'recordSpotCheck',
  'recordSiteReview', 'accept', 'settle', 'publish', 'instructPayment', 'sendBack',
]

type Attempt =
  /** `next`: whatever the step asks for, so that some walks get far. */
  | {
      readonly what: 'act'
      readonly action: RepairAction | 'next'
      readonly amount: Fen
      readonly flag: boolean
      readonly target: number
    }
  | { readonly what: 'file'; readonly kind: (typeof PAPER_KINDS)[number] }
  | { readonly what: 'sign'; readonly sheet: 'siteReview' | 'acceptance'; readonly party: SigningParty; readonly person: string }

const AMOUNTS = ['1.00', '1999.99', '2000.00', '2000.01', '2199.99', '2200.00', '31000.00'].map((yuan) => parseYuan(yuan))
const PEOPLE: readonly RepairPerson[] = [
  ['preparer'], ['reviewer'], ['preparer', 'reviewer', 'head'], ['reviewer', 'preparer'], ['inspector', 'cashier'],
].map((roles, index) => ({ userId: idOf<'user'>(index + 1), roles: new Set(ROLES.filter((role) => roles.includes(role))) }))

const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  { weight: 3, arbitrary: fc.record({
    what: fc.constant('act' as const),
    action: fc.oneof(
      { weight: 3, arbitrary: fc.constant('next' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...ACTIONS) },
    ),
    amount: fc.constantFrom(...AMOUNTS), flag: fc.boolean(), target: fc.nat(7),
  }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('file' as const), kind: fc.constantFrom(...PAPER_KINDS) }) },
  { weight: 4, arbitrary: fc.record({
    what: fc.constant('sign' as const), sheet: fc.constantFrom('siteReview' as const, 'acceptance' as const),
    party: fc.constantFrom('section' as const, 'supervisor' as const, 'contractor' as const),
    person: fc.constantFrom('甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'),
  }) },
)

const attemptBySomebody = fc.record({ one: attempt, person: fc.constantFrom(...PEOPLE) })

type Done = RepairEvent & { readonly round: number }
type Job = { state: RepairState; papers: FiledPaper[]; signatures: FiledSignature[]; done: Done[] }

type Act = Omit<Extract<Attempt, { what: 'act' }>, 'action'> & { readonly action: RepairAction }

function bodyOf(job: Job, { action, amount, flag, target }: Act): RepairEventBody | null {
  const { state } = job
  switch (action) {
    case 'checkAtWindow':
      return { ...WINDOW_CHECKED, hits: flag ? [idOf<'repair'>(9)] : [] }
    case 'answerRepeat':
      return {
        kind: 'repeatAnswered', conclusion: 'unrelated', finding: '不同原因', contractorPerson: '戊', supervisorPerson: '丙',
        sectionPerson: '甲',
      }
    case 'checkEngineering':
      return {
        kind: 'engineeringChecked', approvedFen: amount, thresholdFen: THRESHOLD, concealedWork: false, rules: PATH_RULES,
      }
    case 'authorise':
      return { kind: 'authorised', authority: 'vote', basis: '业主表决', scope: '全小区', on: REPORTED }
    case 'recordContract':
      return { kind: 'contracted', contract: CONTRACT }
    case 'drawSpotChecks':
      return { kind: 'drawn', drawId: 1, isDrawn: flag }
    case 'recordSpotCheck':
      return { kind: 'spotChecked', on: TODAY, visits: [] }
    case 'recordSiteReview':
      return { kind: 'siteReviewed', on: TODAY, visits: [] }
    case 'accept': {
      const facts = {
        on: TODAY, startedOn: REPORTED, finishedOn: TODAY, finding: '合格', stampedBy: [...SIGNING.stamps],
        sectionStaff: job.signatures.filter(({ sheet, party }) => sheet === 'acceptance' && party === 'section')
          .map(({ person }) => person),
        followUp: '满意', warrantyUntil: null,
      }
      const rules = { signing: SIGNING, sectionStaff: 2, followUp: true }
      const known = { reportedOn: REPORTED, today: TODAY, others: [], firstVisaOn: null }
      const problems = acceptanceProblems(state, job, facts, rules, known)
      return problems.length > 0 ? null : { kind: 'accepted', ...facts }
    }
    case 'settle': {
      const facts = { on: TODAY, settledFen: amount, auditorId: AUDITOR }
      const rules = { auditWaivedUpTo: WAIVED, overrunPercent: rateMicro(10_000_000) }
      const problems = settlementProblems(state, job, facts, rules, { visaFen: fen(0), today: TODAY, decided: null, ...PARTIES })
      if (problems.length > 0) return null
      const needsAudit = settlementAuditRequired(amount, WAIVED)
      return {
        kind: 'settled', ...facts, auditedBy: '示例会计师事务所', needsAudit, retentionFen: fen(0), retentionDue: null,
        overrunPercent: rules.overrunPercent, payeeBank: '示例银行 6220001',
      }
    }
    case 'publish':
      return { kind: 'published', from: REPORTED, to: REPORTED, place: '门厅' }
    case 'instructPayment':
      return { kind: 'paymentInstructed', amountFen: amount, instructedFen: amount, draftId: idOf<'draft'>(1) }
    case 'sendBack': {
      const to = sendBackTargets(state)[target]
      return to === undefined ? null : { kind: 'sentBack', to, reason: '重做' }
    }
    default:
      return null
  }
}

function tryOut(job: Job, one: Attempt, person: RepairPerson): void {
  const { round } = job.state
  if (one.what === 'file') job.papers.push({ kind: one.kind, round })
  else if (one.what === 'sign') {
    // As the ledger does: a person signs a sheet once a round.
    const isKnown = job.signatures.some((other) =>
      other.sheet === one.sheet && other.round === round && other.person === one.person)
    if (!isKnown) job.signatures.push({ ...one, round })
  }
  else {
    const action = one.action === 'next' ? nextRepairAction(job.state.step) : one.action
    const situation = { ...QUIET, state: job.state, folder: job, rules: RULES, hasLiveVoucher: false }
    if (action === null || !possibleActions(job.state).includes(action)) return
    if (blockedBecause(action, situation, person).length > 0) return
    const body = bodyOf(job, { ...one, action })
    if (body === null) return
    const event = { ...body, by: person.userId }
    job.state = afterRepairEvent(job.state, event)
    job.done.push({ ...event, round })
  }
}

function last<Kind extends RepairEvent['kind']>(job: Job, ...kinds: readonly Kind[]): (Done & { kind: Kind }) | undefined {
  return job.done.findLast((event): event is Done & { kind: Kind } => kinds.some((kind) => kind === event.kind))
}

/** What the rule asks before money, told again without the machine: read from what was done and what lies there. */
function mustHave(job: Job): string[] {
  const wrong: string[] = []
  const need = (isThere: boolean, what: string) => {
    if (!isThere) wrong.push(what)
  }
  const window = last(job, 'windowChecked')
  const engineering = last(job, 'engineeringChecked')
  const authorised = last(job, 'authorised')
  const contracted = last(job, 'contracted')
  const accepted = last(job, 'accepted')
  const settled = last(job, 'settled')
  const published = last(job, 'published')
  const paid = last(job, 'paymentInstructed')
  const order = [window, engineering, authorised, contracted, accepted, settled, published, paid]
  need(order.every((event) => event !== undefined), 'steps')
  if (window === undefined || engineering === undefined || accepted === undefined || settled === undefined) return wrong
  const at = (event: Done | undefined) => (event === undefined ? -1 : job.done.indexOf(event))
  need(order.every((event, index) => index === 0 || at(order[index - 1]) < at(event)), 'order')
  need(window.by !== engineering.by, 'two persons for the two checks')
  need(contracted?.by !== settled.by, 'contract and settlement by two persons')
  for (const event of [engineering, accepted, settled]) need(event.by !== paid?.by, `${event.kind} and payment by two persons`)
  const later: readonly string[] = ['acceptance', 'settlement', 'publication']
  const reset = job.done.findLast((event) => event.kind === 'sentBack' && !later.includes(event.to))
  const reviewRound = reset === undefined ? 1 : reset.round + 1
  const filed = (kind: FiledPaper['kind'], from = 1) => job.papers.some((paper) => paper.kind === kind && paper.round >= from)
  for (const kind of ['quotation', 'photo', 'workOrder', 'invoice'] as const) need(filed(kind), kind)
  for (const kind of ['acceptanceSheet', 'acceptanceRecord'] as const) need(filed(kind, accepted.round), kind)
  need(filed('settlement', settled.round) && filed('noticePhoto', published?.round), 'settlement and posting')
  if (window.hits.length > 0) {
    const answered = last(job, 'repeatAnswered')
    need(at(answered) > at(window) && filed('repeatRecord'), 'repeat answered')
  }
  if (settled.settledFen > WAIVED) need(filed('auditReport'), 'audit')
  if (engineering.approvedFen >= THRESHOLD || settled.settledFen >= THRESHOLD) {
    const review = last(job, 'siteReviewed')
    need(at(review) > at(engineering) && at(review) < at(accepted), 'site review')
    const sheet = job.signatures.filter((one) => one.sheet === 'siteReview' && one.round >= reviewRound)
    const signers = new Set(sheet.map(({ party }) => party))
    need(filed('siteReview', reviewRound), 'site review on paper')
    need(signers.has('section') && signers.has('supervisor'), 'site review signed by section and supervisor')
  } else {
    const drawn = last(job, 'drawn')
    need(at(drawn) > at(engineering), 'draw')
    if (drawn?.isDrawn === true) {
      const check = last(job, 'spotChecked')
      need(at(check) > at(drawn) && at(check) < at(accepted) && filed('spotCheck', reviewRound), 'spot check')
    }
  }
  const signed = job.signatures.filter((one) => one.sheet === 'acceptance' && one.round === accepted.round)
  const persons = (party: SigningParty) => new Set(signed.filter((one) => one.party === party).map(({ person }) => person)).size
  need(persons('section') >= 2 && persons('supervisor') >= 2 && persons('contractor') >= 1, 'three parties, two and two persons')
  return wrong
}

function newJob(by: UserId): Job {
  return { state: reportedRepair(parseYuan('40000.00'), by), papers: [], signatures: [], done: [] }
}

describe('the path to the money (model)', () => {
  it('random attempts by random people never reach a payment that lacks a step, paper, signature or second person', () => {
    let reached = 0
    fc.assert(
      fc.property(fc.array(attemptBySomebody, { minLength: 250, maxLength: 500, size: 'max' }), (attempts) => {
        const job = newJob(idOf<'user'>(1))
        for (const { one, person } of attempts) {
          tryOut(job, one, person)
          if (job.state.step !== 'voucher') continue
          reached += 1
          expect(mustHave(job)).toEqual([])
          break
        }
      }),
      { numRuns: 300, seed: 20_251_009 },
    )
    // A model that never gets there would prove nothing.
    expect(reached).toBeGreaterThan(50)
  })

  it('with everything in place, dropping any one paper or signature blocks the way', () => {
    const filing: readonly Attempt[] = [
      ...([
        'quotation', 'photo', 'siteReview', 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'noticePhoto', 'workOrder',
        'invoice',
      ] as const).map((kind) => ({ what: 'file' as const, kind })),
      ...([['section', '甲'], ['supervisor', '乙']] as const)
        .map(([party, person]) => ({ what: 'sign' as const, sheet: 'siteReview' as const, party, person })),
      ...([['section', '甲'], ['section', '丙'], ['supervisor', '乙'], ['supervisor', '丁'], ['contractor', '戊']] as const)
        .map(([party, person]) => ({ what: 'sign' as const, sheet: 'acceptance' as const, party, person })),
    ]
    const path = ([
      ['checkAtWindow', 0], ['checkEngineering', 1], ['authorise', 0], ['recordContract', 0], ['recordSiteReview', 1],
      ['accept', 1], ['settle', 1], ['publish', 0], ['instructPayment', 0],
    ] as const).map(([action, by]) => ({ action, by: PEOPLE[by] }))
    const stepWithout = (dropped: number): string => {
      const job = newJob(idOf<'user'>(1))
      for (const [index, one] of filing.entries()) if (index !== dropped && PEOPLE[0] !== undefined) tryOut(job, one, PEOPLE[0])
      for (const { action, by } of path) {
        if (by !== undefined) tryOut(job, { what: 'act', action, amount: THRESHOLD, flag: false, target: 0 }, by)
      }
      return job.state.step
    }
    expect(stepWithout(-1)).toBe('voucher')
    expect(filing.map((_, index) => stepWithout(index))).not.toContain('voucher')
  })

  it('an event that cannot follow is refused wherever it stands, and an ended job takes none', () => {
    const by = idOf<'user'>(2)
    const state = reportedRepair(fen(100), idOf<'user'>(1))
    const early: readonly RepairEventBody[] = [
      { kind: 'reported' }, { kind: 'drawn', drawId: 1, isDrawn: false }, { kind: 'voucherPrepared', draftId: idOf<'draft'>(1) },
      { kind: 'sentBack', to: 'acceptance', reason: '' }, { kind: 'paid', voucherId: idOf<'voucher'>(1), paidFen: fen(100) },
    ]
    for (const event of early) expect(() => afterRepairEvent(state, { ...event, by })).toThrow(Problem)
    const ended = afterRepairEvent(state, { kind: 'cancelled', reason: '误报', by })
    expect(isOpenStep(ended.step)).toBe(false)
    expect(() => afterRepairEvent(ended, { ...WINDOW_CHECKED, by })).toThrow('已撤销')
    expect(possibleActions(ended)).toEqual([])
  })
})

it('only named offices may act: no action is open to everyone', () => {
  const state = reportedRepair(fen(100), idOf<'user'>(1))
  const nobody: RepairPerson = { userId: idOf<'user'>(8), roles: new Set<Role>(['inspector', 'cashier', 'administrator']) }
  const situation = { ...QUIET, state, folder: { papers: [], signatures: [] }, rules: RULES, hasLiveVoucher: false }
  for (const action of [...ACTIONS, 'refuse', 'cancel', 'prepareVoucher'] as const) {
    expect([action, blockedBecause(action, situation, nobody)[0]]).toEqual([action, expect.stringMatching(/^由有/)])
  }
})
