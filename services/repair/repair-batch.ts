/**
 * Batch review: one person checks several jobs in one go, each with its own amount, its own transaction and its own log entry.
 * Only the engineering check can be done so: the window asks its questions of every job, and what is seen on site is written
 * job by job.
 */
import type { RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { blockedBecause, possibleActions } from '#core/repair/repair-actions.ts'
import type { ServiceContext } from '../context.ts'
import { checkEngineering } from './repair.ts'
import { repairJob, type RepairJob } from './repair-record.ts'

export type BatchLine = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly complexName: string
  readonly contractorName: string
  readonly quotedFen: Fen
  /** Why it cannot be checked now; empty: it may go. */
  readonly blockedBecause: readonly string[]
}

function reasonsOf(job: RepairJob, context: ServiceContext): readonly string[] {
  if (possibleActions(job.state).includes('checkEngineering')) return blockedBecause('checkEngineering', job, context.actor)
  return [`现在到“${REPAIR_STEP_WORD[job.state.step]}”，不在复审环节`]
}

/** What the person sees before the batch. Throws `repair.missing`. */
export function batchLines(context: ServiceContext, ids: readonly RepairId[]): readonly BatchLine[] {
  return ids.map((id) => {
    const job = repairJob(context.ledger, id, context.clock.today())
    const { number, title, complexName, contractorName, quotedFen } = job.repair
    return { id, number, title, complexName, contractorName, quotedFen, blockedBecause: reasonsOf(job, context) }
  })
}

export type BatchCheck = { readonly id: RepairId } & Readonly<Parameters<typeof checkEngineering>[2]>
export type BatchOutcome = { readonly id: RepairId; readonly refusal: string | null }

/** One check after the other; a refused one says why and leaves the others alone. Between two, the caller may stop. */
export function* checkEngineeringEach(context: ServiceContext, checks: readonly BatchCheck[]): Generator<BatchOutcome, void> {
  for (const { id, ...check } of checks) {
    try {
      checkEngineering(context, id, check)
      yield { id, refusal: null }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      yield { id, refusal: error.message }
    }
  }
}
