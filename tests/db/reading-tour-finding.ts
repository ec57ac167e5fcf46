/** The part of the tour that runs the self-check of the sample office and looks at what it found. */
import type { BusinessDate } from '#core/calendar.ts'
import { answerFinding, findingHistory, vouchersBehind } from '#services/finding/finding.ts'
import { answeredAbout, countFindings, listFindings } from '#services/finding/finding-list.ts'
import { stateOfFindings } from '#services/finding/finding-register.ts'
import { listCheckRuns, recordSelfCheck, runReport } from '#services/finding/finding-run.ts'
import { findNow } from '#services/finding/self-check.ts'
import { findRepairs } from '#services/repair/repair-board.ts'
import type { Desk } from '#services/sample/desk.ts'

type Scene = Desk & { readonly today: BusinessDate }

export function lookAtFindings({ ledger, head, today, complexes: [first] }: Scene): void {
  for (const complexId of first === undefined ? [null] : [null, first.id]) {
    const scope = { from: null, to: today, complexId, bookId: null }
    const found = findNow(ledger, today, scope)
    const { runId } = recordSelfCheck(head, scope, found)
    stateOfFindings(ledger, found.findings, 'now')
    countFindings(ledger, complexId)
    for (const found of listFindings(ledger, { complexId, limit: 20 })) {
      findingHistory(ledger, found.id)
      vouchersBehind(ledger, found)
    }
    listFindings(ledger, { complexId, state: 'all', rule: 'account.holder', from: today, to: today, limit: 20 })
    runReport(ledger, runId)
  }
  const [open] = listFindings(ledger, { complexId: null, state: 'open', level: 'warn', limit: 1 })
  if (open !== undefined) answerFinding(head, open.id, '已经核对')
  listCheckRuns(ledger, 5)
  for (const { id } of findRepairs(ledger, { text: 'WX', limit: 3 })) {
    listFindings(ledger, { complexId: null, subject: { kind: 'repair', id }, state: 'all', limit: 20 })
    answeredAbout(ledger, id, today)
  }
}
