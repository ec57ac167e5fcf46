/** The part of the tour that runs the self-check of the sample office and looks at what it found. */
import type { BusinessDate } from '#core/calendar.ts'
import {
  answerFinding, countFindings, findingHistory, listFindings, stateOfFindings, vouchersBehind,
} from '#services/finding/finding.ts'
import { findNow, listCheckRuns, recordSelfCheck } from '#services/finding/self-check.ts'
import type { Desk } from '#services/sample/desk.ts'

type Scene = Desk & { readonly today: BusinessDate }

export function lookAtFindings({ ledger, head, today, complexes: [first] }: Scene): void {
  for (const complexId of first === undefined ? [null] : [null, first.id]) {
    const scope = { from: null, to: today, complexId, bookId: null }
    const found = findNow(ledger, today, scope)
    recordSelfCheck(head, scope, found)
    stateOfFindings(ledger, found.findings)
    countFindings(ledger, complexId)
    for (const found of listFindings(ledger, { complexId, limit: 20 })) {
      findingHistory(ledger, found.id)
      vouchersBehind(ledger, found)
    }
  }
  const [open] = listFindings(ledger, { complexId: null, state: 'open', level: 'warn', limit: 1 })
  if (open !== undefined) answerFinding(head, open.id, '看看')
  listCheckRuns(ledger, 5)
}
