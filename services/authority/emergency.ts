/**
 * Emergencies: asked for and decided within the profile's working days, worked on at once, settled and published afterwards
 * within its days (民法典 art. 281(2); 165号令 art. 24). What is still owed is due work on the home page.
 */
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, RepairId } from '#core/id.ts'
import { emergencyDeadlines, type EmergencyDeadlines, type EmergencyRules } from '#core/authority/use-authority.ts'
import { BEFORE_AUTHORITY, REPAIR_STEPS, type RepairStep } from '#core/repair/repair.ts'
import type { Ledger } from '#db/ledger.ts'
import { holidaysAround } from '../disclosure/disclosure-plan.ts'
import { policyFor, type Policy } from '../policy/policy.ts'

export function emergencyRules(policy: Policy): EmergencyRules {
  return {
    decisionWorkingDays: policy.value('emergency.decisionWorkingDays'),
    silenceIsConsent: policy.value('emergency.silenceIsConsent') ?? false,
    settleDays: policy.value('emergency.settleDays'),
    publishDays: policy.value('emergency.publishDays'),
  }
}

export type EmergencyDuty = 'decide' | 'settle' | 'publish'

export type EmergencyWork = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly item: string
  readonly appliedOn: BusinessDate
  readonly acceptedOn: BusinessDate | null
  readonly deadlines: EmergencyDeadlines
  /** Asked for, nothing decided yet. */
  readonly isPending: boolean
  /** Pending though its days are over, where the local rule takes silence for consent. */
  readonly isConsentedBySilence: boolean
  readonly owes: readonly { readonly duty: EmergencyDuty; readonly by: BusinessDate; readonly isOverdue: boolean }[]
}

type Row = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly complexId: ComplexId
  readonly complexName: string
  readonly profileCode: string
  readonly step: RepairStep
  readonly item: string
  readonly appliedOn: BusinessDate
  readonly acceptedOn: BusinessDate | null
}

/** Steps between the authority and the publication: where something is still owed. */
const OWING = REPAIR_STEPS.slice(REPAIR_STEPS.indexOf('authority') + 1, REPAIR_STEPS.indexOf('publication') + 1)

export const EMERGENCY_JOBS = (byComplex: boolean): string => `
  SELECT r.id, r.number, r.title, r.complex_id AS complexId, c.name AS complexName, c.profile_code AS profileCode, s.step,
    a.emergency_item AS item, a.applied_on AS appliedOn,
    (SELECT json_extract(e.detail, '$.on') FROM repair_event e
     WHERE e.repair_id = r.id AND e.kind = 'accepted' ORDER BY e.seq DESC LIMIT 1) AS acceptedOn
  FROM repair_standing s INDEXED BY ${byComplex ? 'repair_standing_by_complex' : 'repair_standing_by_step'}
    CROSS JOIN repair_authority a ON a.event_id = (SELECT max(event_id) FROM repair_authority WHERE repair_id = s.repair_id)
    CROSS JOIN repair r ON r.id = s.repair_id CROSS JOIN complex c ON c.id = r.complex_id
  WHERE ${byComplex ? 's.complex_id = :complexId AND ' : ''}s.step IN (${OWING.map((step) => `'${step}'`).join(', ')})
    AND a.kind = 'emergency' ORDER BY a.applied_on, r.id`

/** Asked for, with nothing decided yet. */
export const EMERGENCY_APPLICATIONS = (byComplex: boolean): string => `
  SELECT r.id, r.number, r.title, r.complex_id AS complexId, c.name AS complexName, c.profile_code AS profileCode, s.step,
    json_extract(e.detail, '$.item') AS item, json_extract(e.detail, '$.appliedOn') AS appliedOn, NULL AS acceptedOn
  FROM repair_standing s INDEXED BY ${byComplex ? 'repair_standing_by_complex' : 'repair_standing_by_step'}
    CROSS JOIN repair_event e ON e.repair_id = s.repair_id AND e.kind = 'emergencyApplied' AND e.seq = (
      SELECT max(seq) FROM repair_event WHERE repair_id = s.repair_id AND kind = 'emergencyApplied')
    CROSS JOIN repair r ON r.id = s.repair_id CROSS JOIN complex c ON c.id = r.complex_id
  WHERE ${byComplex ? 's.complex_id = :complexId AND ' : ''}s.step IN (${BEFORE_AUTHORITY.map((step) => `'${step}'`).join(', ')})
  ORDER BY appliedOn, r.id`

/** Emergency jobs not yet decided, settled and published, the oldest first. Days the profile does not name are not judged. */
export function emergencyWork(ledger: Ledger, today: BusinessDate, complexId: ComplexId | null = null): readonly EmergencyWork[] {
  const policies = new Map<string, Policy>()
  const policyOf = (code: string): Policy => {
    const known = policies.get(code) ?? policyFor(ledger, code, today)
    policies.set(code, known)
    return known
  }
  const rows = [EMERGENCY_APPLICATIONS, EMERGENCY_JOBS].flatMap((sql) => ledger
    .prepare<[Record<string, unknown>], Row>(sql(complexId !== null))
    .all(complexId === null ? {} : { complexId }))
  return rows.map(({ profileCode, step, ...job }) => {
    const rules = emergencyRules(policyOf(profileCode))
    const deadlines = emergencyDeadlines(job.appliedOn, job.acceptedOn, rules, holidaysAround(ledger, job.appliedOn))
    const owed = (duty: EmergencyDuty, by: BusinessDate | null, isDone: boolean): EmergencyWork['owes'] =>
      by === null || isDone ? [] : [{ duty, by, isOverdue: by < today }]
    const isPending = BEFORE_AUTHORITY.includes(step)
    const decide = owed('decide', deadlines.decideBy, !isPending)
    return {
      ...job, deadlines, isPending,
      isConsentedBySilence: rules.silenceIsConsent && decide.some(({ isOverdue }) => isOverdue),
      owes: [
        ...decide, ...owed('settle', deadlines.settleBy, step === 'publication'), ...owed('publish', deadlines.publishBy, false),
      ],
    }
  })
}
