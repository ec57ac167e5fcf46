/** Refusing a job to whoever was not chosen, where the profile asks for it; elsewhere the self-check says so (疑似). */
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Policy } from '../policy/policy.ts'
import { appointmentReader, unappointedParties, type JobParties } from './tender-record.ts'

/** `policy`: of the job's complex. Throws `repair.contractorNotChosen` with the field of the party. */
export function refuseUnappointed(ledger: Ledger, policy: Policy, job: JobParties): void {
  if (policy.value('contractor.mustBeChosen') !== true) return
  const [first] = unappointedParties(appointmentReader(ledger), job)
  if (first === undefined) return
  throw new Problem({
    code: 'repair.contractorNotChosen', message: `${first.sentence}（政策口径要求先选取，后承接）`, field: `${first.role}Id`,
  })
}
