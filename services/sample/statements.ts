/** A month of one complex's bank account as the bank's own file (29 rows); part of it worked off, part waiting. */
import { parseDate } from '#core/calendar.ts'
import { formatYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { readStatement } from '#core/statement/read.ts'
import { bankBalances } from '../voucher/balance.ts'
import { bankAccountByNumber } from '../voucher/book.ts'
import { confirmProposals, proposeLines } from '../statement/statement-proposal.ts'
import { importStatement, previewStatement } from '../statement/statement.ts'
import { receiveIncome } from '../income/public-income.ts'
import { paper, post, type Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

const ACCOUNT_NUMBER = '610000000002'
const FILE_NAME = '中国银行 2026-09.txt'

/** What stood at the bank before the file's first row. */
function openingAtBank(file: Uint8Array): Fen {
  const [first] = readStatement(file, { fileName: FILE_NAME, expectedAccount: ACCOUNT_NUMBER }).rows
  return first === undefined ? ZERO_FEN : subtractFen(first.balanceFen ?? ZERO_FEN, first.amountFen)
}

/**
 * In August the former manager pays over what it still held of earlier years. It is as much as the book lacked of the bank's
 * balance on 1 September, so that the month can be reconciled to the fen.
 */
function payingOver(desk: Desk, file: Uint8Array): SampleEvent {
  const date = parseDate('2026-08-28')
  return {
    date,
    happen: () => {
      const account = bankAccountByNumber(desk.ledger, ACCOUNT_NUMBER)
      const complex = desk.complexes.find(({ incomeBank }) => incomeBank === account.id)
      if (complex === undefined) return
      const balance = bankBalances(desk.ledger, date).find(({ bankAccountId }) => bankAccountId === account.id)
      const amountFen = subtractFen(openingAtBank(file), balance?.demandFen ?? ZERO_FEN)
      if (amountFen <= 0) return
      post(desk, [
        receiveIncome(desk.preparer, {
          complexId: complex.id, date, bankAccountId: account.id, amountFen, summary: '原物业移交以前年度公共收益余款',
          source: { accountCode: '4001.99' }, counterpartyId: desk.party(complex.data.manager),
          attachments: [paper(desk, `银行回单 移交公共收益余款 ${date}`, `收款 ${formatYuan(amountFen)} 元`)],
        }),
      ])
    },
  }
}

export function statementEvents(desk: Desk, file: Uint8Array): SampleEvent[] {
  return [payingOver(desk, file), {
    date: parseDate('2026-10-08'),
    happen: () => {
      const account = bankAccountByNumber(desk.ledger, ACCOUNT_NUMBER)
      const preview = previewStatement(desk.ledger, account.id, { name: FILE_NAME, bytes: file })
      const [error] = preview.statement.errors
      if (error !== undefined) throw new Problem({ code: error.code, message: error.message })
      const { batchId } = importStatement(desk.preparer, preview)
      const proposed = proposeLines(desk.ledger, { bankAccountId: account.id, batchId, limit: 500 }, desk.preparer.clock.today())
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
