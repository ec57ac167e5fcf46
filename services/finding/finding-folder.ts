/** What a settled job's folder lacks by now: papers of its path, and the persons who had to sign. Read for thousands of jobs. */
import type { IncompleteFolder } from '#core/checks/repairs.ts'
import type { SigningParty } from '#core/policy/policy.ts'
import { PARTY_WORD } from '#core/repair/person.ts'
import type { RepairState, RepairStep } from '#core/repair/repair.ts'
import { countedPersons } from '#core/repair/repair-acceptance.ts'
import { repairState } from '#core/repair/repair-flow.ts'
import {
  missingPapers, PAPER_WORD, signaturesOf, signingSentence, type FiledPaper, type FiledSignature, type PaperStep,
  type RepairFolder,
} from '#core/repair/repair-papers.ts'
import type { SigningRule } from '#core/repair/threshold.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Policy } from '../policy/policy.ts'
import { bareRepairEvents } from '../repair/repair-event.ts'
import { checkedRepair, type JobFacts } from './finding-repair-facts.ts'

/** Before the settlement each step asks for its own papers as it comes. */
const COMPLETE_UP_TO: Readonly<Partial<Record<RepairStep, PaperStep>>> = {
  publication: 'settlement', payment: 'publication', voucher: 'payment', followUp: 'payment', retention: 'payment',
  closed: 'payment',
}

/** Without whose and when: what counts is that they are there. */
function folderOf(ledger: Ledger, { id }: JobFacts): RepairFolder {
  return {
    papers: ledger
      .prepare<[number], FiledPaper>('SELECT kind, round FROM repair_paper WHERE repair_id = ? ORDER BY kind, round').all(id),
    signatures: ledger
      .prepare<[number], FiledSignature>(
        'SELECT sheet, party, person, round FROM repair_signature WHERE repair_id = ? ORDER BY sheet, round, person',
      )
      .all(id),
  }
}

/** On site and at acceptance; the photo is told among the papers. */
function unsigned(state: RepairState, folder: RepairFolder, signing: SigningRule<SigningParty> | null): readonly string[] {
  const onSite = new Set(signaturesOf(state, folder, 'siteReview').map(({ party }) => party))
  const absent = state.gate?.review === 'on_site_review'
    ? (['section', 'supervisor'] as const).filter((party) => !onSite.has(party)).map((party) => `缺${PARTY_WORD[party]}现场复核签字`)
    : []
  const photo = signingSentence({ kind: 'photos' })
  return [...absent, ...(signing === null ? [] : countedPersons(state, folder, signing).filter((fault) => fault !== photo))]
}

/** Of the settled ones among the jobs; `policyOf`: the values of the day each was accepted. */
export function foldersOf(
  ledger: Ledger, jobs: readonly JobFacts[], policyOf: (job: JobFacts) => Policy,
): readonly IncompleteFolder[] {
  return jobs.flatMap((job) => {
    const upTo = COMPLETE_UP_TO[job.step]
    if (upTo === undefined) return []
    const policy = policyOf(job)
    const state = repairState(job.quotedFen, bareRepairEvents(ledger, job.id))
    const folder = folderOf(ledger, job)
    const rules = { writtenRecord: policy.value('acceptance.writtenRecord') ?? false }
    const missing = [
      ...missingPapers(state, folder, rules, upTo).map((kind) => `缺${PAPER_WORD[kind]}`),
      ...unsigned(state, folder, policy.value('acceptance.signing')),
    ]
    return missing.length === 0 ? [] : [{ ...checkedRepair(ledger, job), missing }]
  })
}
