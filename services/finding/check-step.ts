/**
 * The steps of the office's work at which rules run by themselves: at entry what is found is only noted; before payment, closing
 * and publishing `block` refuses the step and `warn` waits for what another person than the one at work has to say.
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { Finding, FindingSubject } from '#core/checks/finding.ts'
import { rulesAt, type CheckMoment, type CheckRuleId } from '#core/checks/rules.ts'
import { CHECK_MOMENT_WORD } from '#core/checks/standing.ts'
import { idOf, type BookId, type ComplexId, type HouseholdId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { ServiceContext } from '../context.ts'
import { findingById, writeFindingEvent, type StoredFinding } from './finding.ts'
import { listFindings } from './finding-list.ts'
import { recordFindings, type Recorded } from './finding-register.ts'
import { REPAIR_RULES } from './finding-repairs.ts'
import type { CheckScope } from './finding-scope.ts'
import { findNow } from './self-check.ts'

type About = 'repair' | 'tender' | 'bankAccount' | 'household' | 'office'

export const CHECK_STEPS = {
  repairReported: { moment: 'entry', about: 'repair' },
  contractorChanged: { moment: 'entry', about: 'repair' },
  supervisorChanged: { moment: 'entry', about: 'repair' },
  repairPlaceAsked: { moment: 'entry', about: 'repair' },
  repairContracted: { moment: 'entry', about: 'repair' },
  repairAccepted: { moment: 'entry', about: 'repair' },
  repairSettled: { moment: 'entry', about: 'repair' },
  tenderRecorded: { moment: 'entry', about: 'tender' },
  bankAccountAdded: { moment: 'entry', about: 'bankAccount' },
  contributionPrepared: { moment: 'entry', about: 'household' },
  householdRecorded: { moment: 'entry', about: 'household' },
  repairPaid: { moment: 'payment', about: 'repair' },
  monthClosed: { moment: 'closing', about: 'office' },
  noticePublished: { moment: 'publishing', about: 'office' },
} as const satisfies Readonly<Record<string, { readonly moment: CheckMoment; readonly about: About }>>
export type CheckStep = keyof typeof CHECK_STEPS

/** Money of a job leaves an account of its complex: an account that mixes funds stops it, whichever job mixed them. */
const CUSTODY_AT_PAYMENT: readonly CheckRuleId[] = ['account.fundMixed']

/** Whether a rule can say something about such a record; the others would only cost time. */
function isAbout(about: About, moment: CheckMoment, rule: CheckRuleId): boolean {
  switch (about) {
    case 'repair':
      return REPAIR_RULES.includes(rule) || rule === 'repair.contractorNotChosen' ||
        (moment === 'payment' && CUSTODY_AT_PAYMENT.includes(rule))
    case 'tender':
      return rule === 'repair.similarQuotes'
    case 'bankAccount':
      return rule.startsWith('account.')
    case 'household':
      return rule === 'contribution.standard'
    case 'office':
      return true
  }
}

/** In the order of the report. */
export function rulesOfStep(step: CheckStep): readonly CheckRuleId[] {
  const { moment, about } = CHECK_STEPS[step]
  return rulesAt(moment).filter((rule) => isAbout(about, moment, rule))
}

export type StepScope = {
  readonly complexId: ComplexId | null
  readonly bookId: BookId | null
  readonly from: BusinessDate | null
  readonly to: BusinessDate
  /** The records the step is about; absent: everything in the scope. */
  readonly subject?: { readonly kind: FindingSubject; readonly ids: readonly number[] }
}

function checkScope({ subject, ...bounds }: StepScope): CheckScope {
  if (subject?.kind === 'household') {
    return { ...bounds, householdIds: subject.ids.map((id): HouseholdId => idOf<'household'>(id)) }
  }
  const [only, ...more] = subject?.ids ?? []
  return subject?.kind === 'repair' && only !== undefined && more.length === 0
    ? { ...bounds, repairId: idOf<'repair'>(only) }
    : bounds
}

function concerns({ rule, links }: Finding, { subject }: StepScope): boolean {
  return subject === undefined || CUSTODY_AT_PAYMENT.includes(rule) && subject.kind === 'repair' ||
    links.some(({ kind, id }) => kind === subject.kind && subject.ids.includes(id))
}

/** More about one record than this no office answers. */
const ABOUT_ONE = 200

function waitingAbout({ ledger }: ServiceContext, { subject }: StepScope): readonly StoredFinding[] {
  return subject === undefined ? [] : subject.ids.flatMap((id) =>
    listFindings(ledger, { complexId: null, subject: { kind: subject.kind, id }, limit: ABOUT_ONE }))
}

/**
 * Puts what the rules of a step find into the register, whether or not the step is then taken. Before a payment the rules of
 * everything that still waits about the job run too: what they no longer find is cleared, what they find goes on waiting.
 */
export function noteAtStep(context: ServiceContext, step: CheckStep, scope: StepScope): readonly Recorded[] {
  const { ledger, clock } = context
  const isPayment = CHECK_STEPS[step].moment === 'payment'
  const waiting = isPayment ? waitingAbout(context, scope) : []
  const rules = [...new Set([...rulesOfStep(step), ...waiting.map(({ rule }) => rule)])]
  const { findings, skipped } = findNow(ledger, clock.today(), checkScope(scope), rules)
  const concerned = findings.filter((finding) => concerns(finding, scope))
  if (concerned.length === 0 && waiting.length === 0) return []
  const silent = new Set(skipped.map(({ rule }) => rule))
  const view = isPayment ? 'payment' : scope.to < clock.today() ? 'earlier' : 'now'
  return ledger.write(() => {
    const recorded = recordFindings(context, concerned, view)
    const found = new Set(recorded.map(({ id }) => id))
    for (const { id, rule } of waiting) {
      if (!found.has(id) && !silent.has(rule)) writeFindingEvent(context, id, { kind: 'cleared', state: 'cleared' })
    }
    return recorded
  })
}

function listed(findings: readonly StoredFinding[]): string {
  const [first] = findings
  const more = findings.length > 1 ? `等 ${findings.length} 条` : ''
  return first === undefined ? '' : `“${first.title}”${more}（${first.message}）`
}

function refuse(code: string, findings: readonly StoredFinding[], way: string): void {
  if (findings.length > 0) throw new Problem({ code: `finding.${code}`, message: `${listed(findings)}：${way}` })
}

const ANSWERING = '制单、记账、出纳、审核、对账或主管'

/**
 * Before a step: what is found stays in the register even when the step is refused, so call it outside the step's own
 * transaction. A warning lets it pass once somebody else than who takes the step has answered it, or it is closed out (design
 * invariant 12). Throws `finding.block`, `finding.unanswered`, `finding.ownAnswer`.
 */
export function checkBefore(context: ServiceContext, step: CheckStep, scope: StepScope): void {
  const { ledger, actor } = context
  const recorded = noteAtStep(context, step, scope)
  const ids = new Set([
    ...recorded.filter(({ state }) => state !== 'closed').map(({ id }) => id),
    ...waitingAbout(context, scope).map(({ id }) => id),
  ])
  const standing = [...ids].map((id) => findingById(ledger, id))
  const doing = CHECK_MOMENT_WORD[CHECK_STEPS[step].moment]
  refuse('block', standing.filter(({ level }) => level === 'block'), `处理好以后才能${doing}`)
  const warnings = standing.filter(({ level }) => level === 'warn')
  refuse('unanswered', warnings.filter(({ state }) => state === 'open'),
    `请先在“疑点”中说明情况，再办理${doing}；说明人须是您以外的人（${ANSWERING}）`)
  refuse('ownAnswer', warnings.filter(({ answeredById }) => answeredById === actor.userId),
    `说明是您自己写的，请由您以外的人（${ANSWERING}）说明，或核实销号，再办理${doing}`)
}
