/** What a job that waits for its authority may rest on: the circles of owners it can concern, and what they have decided. */
import type { RepairId, UseAuthorisationId, VoteId } from '#core/id.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { EMERGENCY_APPLICANT_WORD, EMERGENCY_APPLICANTS, type EmergencyApplicant } from '#core/authority/use-authority.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import { VOTE_METHOD_WORD, type VoteMethod } from '#core/authority/vote-objection.ts'
import { readEntrance } from '#core/register/words.ts'
import type { ServiceContext } from '../context.ts'
import { repairJob } from './repair-record.ts'
import { listAuthorisations } from '../authority/use-authorisation.ts'
import { scopeText } from '../authority/use-scope.ts'

export type AuthorityChoices = {
  /** The narrowest first: who alone uses the place, alone pays for it (165号令 art. 20). */
  readonly scopes: readonly { readonly label: string; readonly scope: UseScope }[]
  readonly votes: readonly { readonly id: VoteId; readonly label: string }[]
  readonly authorisations: readonly { readonly id: UseAuthorisationId; readonly label: string }[]
  /** Empty while 待填写: then no emergency can be claimed. */
  readonly cases: readonly string[]
  readonly applicants: readonly { readonly value: EmergencyApplicant; readonly label: string }[]
}

type VoteRow = { id: VoteId; number: string; title: string; method: VoteMethod; amountFen: Fen }

/** Carried and certified votes on the use of the fund for the job's part, for any job of it or for this one. */
const CARRIED_VOTES = `
  SELECT v.id, v.number, v.title, v.method, v.amount_fen AS amountFen
  FROM vote_standing s INDEXED BY vote_standing_by_complex CROSS JOIN vote v ON v.id = s.vote_id
  WHERE s.complex_id = :complexId AND s.state = 'certified' AND s.passed = 1 AND v.matter = 'use'
    AND (v.repair_id IS NULL OR v.repair_id = :repairId) AND :part IN (SELECT value FROM json_each(v.parts))
  ORDER BY s.vote_id DESC LIMIT 100`

/** Throws `repair.missing`. */
export function authorityChoices({ ledger, clock }: ServiceContext, id: RepairId): AuthorityChoices {
  const { repair, policy } = repairJob(ledger, id, clock.today())
  const { complexId, buildingId, part } = repair
  // Reported as people say it, `1单元`; the households of the register have `1`, and a circle must reach them.
  const entrance = readEntrance(repair.entrance)
  const scopes: UseScope[] = [
    ...(buildingId !== null && entrance !== '' ? [{ kind: 'entrances', entrances: [{ buildingId, entrance }] } as const] : []),
    ...(buildingId !== null ? [{ kind: 'buildings', buildingIds: [buildingId] } as const] : []),
    { kind: 'complex' },
  ]
  const allowed = policy.value('emergency.applicants') ?? []
  return {
    scopes: scopes.map((scope) => ({ label: scopeText(ledger, complexId, scope), scope })),
    votes: ledger.prepare<[Record<string, unknown>], VoteRow>(CARRIED_VOTES).all({ complexId, repairId: id, part })
      .map(({ id: voteId, number, title, method, amountFen }) => {
        const how = method === 'objection' ? `${VOTE_METHOD_WORD.objection}通过` : '同意'
        return { id: voteId, label: `${number} ${title}（${how} ${formatYuan(amountFen)} 元）` }
      }),
    authorisations: listAuthorisations(ledger, { complexId, endingFrom: clock.today(), limit: 100 })
      .filter(({ state, parts }) => state === 'confirmed' && parts.includes(part))
      .map((one) => ({ id: one.id, label: `${one.number} ${one.title}（余 ${formatYuan(one.leftFen)} 元，至 ${one.to}）` })),
    cases: policy.value('emergency.cases') ?? [],
    applicants: EMERGENCY_APPLICANTS
      .filter((value) => allowed.includes(EMERGENCY_APPLICANT_WORD[value]))
      .map((value) => ({ value, label: EMERGENCY_APPLICANT_WORD[value] })),
  }
}
