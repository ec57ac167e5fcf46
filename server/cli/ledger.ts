/** Opening a ledger for one command. */
import { openLedger, type Ledger } from '#db/ledger.ts'
import { systemClock, type Clock } from '#services/clock.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import type { VerifyProgress } from '#services/verify.ts'
import { printProgress } from './output.ts'

/** Only looks: works beside a running server, and on a file that must not be written. Errors: those of `openLedger`. */
export async function readingLedger<Result>(
  path: string,
  work: (ledger: Ledger, clock: Clock) => Promise<Result> | Result,
): Promise<Result> {
  const ledger = openLedger(path, { readOnly: true })
  try {
    return await work(ledger, clockFor(ledger, systemClock))
  } finally {
    ledger.close()
  }
}

/** Runs a service's steps to their end, one line on stderr per kind of step. */
export function runSteps<Report>(steps: Generator<VerifyProgress, Report>): Report {
  let label = ''
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (step.value.label !== label) printProgress(`${step.value.label}…`)
    label = step.value.label
  }
}
