/** A month of one complex's bank account as the bank's own file (29 rows); part of it worked off, part waiting. */
import { parseDate } from '#core/calendar.ts'
import { Problem } from '#core/problem.ts'
import { confirmProposals, proposeLines } from '../statement-proposal.ts'
import { importStatement, previewStatement } from '../statement.ts'
import { bankAccountByNumber } from '../book.ts'
import { post, type Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

const ACCOUNT_NUMBER = '610000000002'

export function statementEvents(desk: Desk, file: Uint8Array): SampleEvent[] {
  return [{
    date: parseDate('2026-10-08'),
    happen: () => {
      const account = bankAccountByNumber(desk.ledger, ACCOUNT_NUMBER)
      const preview = previewStatement(desk.ledger, account.id, { name: '中国银行 2026-09.txt', bytes: file })
      const [error] = preview.statement.errors
      if (error !== undefined) throw new Problem({ code: error.code, message: error.message })
      const { batchId } = importStatement(desk.preparer, preview)
      const proposed = proposeLines(desk.ledger, { bankAccountId: account.id, batchId, limit: 500 })
      const fees = proposed.flatMap(({ line, proposal }) =>
        proposal?.kind === 'fee'
          ? [{
              lineId: line.id, ruleId: proposal.ruleId, ruleVersion: proposal.ruleVersion, contractId: proposal.contractId,
              complexId: proposal.complexId ?? account.complexId,
            }]
          : [])
      post(desk, confirmProposals(desk.preparer, fees.slice(0, 4)))
    },
  }]
}
