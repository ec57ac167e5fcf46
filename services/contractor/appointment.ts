/** Refusing a job to whoever was not chosen, where the profile asks for it; elsewhere the self-check says so (疑似). */
import { Problem } from '#core/problem.ts'
import type { ServiceContext } from '../context.ts'
import { policyFor } from '../policy/policy.ts'
import { complexOf } from '../register/complex.ts'
import { unappointedParties, type JobParties } from './tender-record.ts'

/** Throws `repair.contractorNotChosen` with the field of the party. */
export function refuseUnappointed(context: ServiceContext, job: JobParties): void {
  const { ledger } = context
  const policy = policyFor(ledger, complexOf(ledger, job.complexId).profileCode, job.on)
  if (policy.value('contractor.mustBeChosen') !== true) return
  const [first] = unappointedParties(ledger, job)
  if (first === undefined) return
  throw new Problem({
    code: 'repair.contractorNotChosen', message: `${first.sentence}（政策口径要求先选取，后承接）`, field: `${first.role}Id`,
  })
}
