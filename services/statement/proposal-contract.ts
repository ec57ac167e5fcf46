/** The contracts a bank account may receive money of, with what each still expects. */
import type { BusinessDate } from '#core/calendar.ts'
import { ownersPart } from '#core/income/contract-schedule.ts'
import type { ComplexId, ContractId, CounterpartyId } from '#core/id.ts'
import { addFen, fen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import type { RateMicro } from '#core/rate.ts'
import type { ProposalContract } from '#core/statement/proposal.ts'
import type { Ledger } from '#db/ledger.ts'
import type { BankAccount } from '../voucher/book.ts'

export type Contract = ProposalContract & {
  readonly contractId: ContractId
  readonly number: string
  readonly counterpartyId: CounterpartyId
  readonly counterpartyName: string
  readonly category: string
  /** The owners' part of every instalment not received yet, oldest first. */
  readonly expected: readonly { readonly dueOn: BusinessDate; readonly amountFen: Fen }[]
}

type InstallmentRow = {
  id: ContractId
  complexId: ComplexId
  number: string
  accountCode: string
  category: string
  counterpartyId: CounterpartyId
  counterpartyName: string
  ownersShare: RateMicro
  receivedFen: Fen
  amountFen: Fen
  dueOn: BusinessDate
}

/** Posted receipts and those still in drafts: a second line must not be proposed for an instalment already drafted. */
export const INSTALLMENTS = `
  SELECT c.id, c.complex_id AS complexId, c.number, a.code AS accountCode, a.name AS category,
    c.counterparty_id AS counterpartyId, p.name AS counterpartyName, c.owners_share_micro AS ownersShare,
    i.amount_fen AS amountFen, i.due_on AS dueOn,
    coalesce((SELECT sum(l.credit_fen - l.debit_fen) FROM voucher_line l INDEXED BY voucher_line_by_contract
      WHERE l.contract_id = c.id AND l.closing = 0 AND l.account_id = c.account_id), 0)
    + coalesce((SELECT sum(l.credit_fen - l.debit_fen) FROM voucher_draft d INDEXED BY voucher_draft_by_state
      JOIN voucher_draft_line l ON l.draft_id = d.id AND l.contract_id = c.id AND l.account_id = c.account_id
      WHERE d.book_id = c.book_id AND d.state IN ('draft', 'reviewed')), 0) AS receivedFen
  FROM complex x CROSS JOIN contract c INDEXED BY contract_by_complex ON c.complex_id = x.id
    JOIN account a ON a.id = c.account_id JOIN counterparty p ON p.id = c.counterparty_id
    LEFT JOIN contract_end e ON e.contract_id = c.id JOIN contract_installment i ON i.contract_id = c.id
  WHERE c.book_id = :bookId AND (:complexId IS NULL OR x.id = :complexId)
    AND i.due_on <= coalesce(e.ended_on, '9999-12-31')
  ORDER BY c.id, i.seq`

/** Contracts an account may receive money of, with the owners' part of what is still to come: each instalment, oldest first. */
export function openContracts(ledger: Ledger, account: Pick<BankAccount, 'bookId' | 'complexId'>): readonly Contract[] {
  const rows = ledger
    .prepare<[Record<string, unknown>], InstallmentRow>(INSTALLMENTS)
    .all({ bookId: account.bookId, complexId: account.complexId })
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((installments): Contract[] => {
    const [first] = installments
    if (first === undefined) return []
    const expected = stillToCome(installments, first.receivedFen, first.ownersShare)
    return [{
      id: String(first.id),
      contractId: first.id,
      complexId: String(first.complexId),
      number: first.number,
      counterpartyId: first.counterpartyId,
      counterpartyName: first.counterpartyName,
      counterpartyNames: [first.counterpartyName],
      category: first.category,
      categoryAccountCode: first.accountCode,
      expected,
      amountsDue: [...new Set(expected.map(({ amountFen }) => amountFen))],
    }]
  })
}

/** What came pays the oldest instalment first; a part-paid one counts with its rest. */
function stillToCome(installments: readonly InstallmentRow[], received: Fen, share: RateMicro): Contract['expected'] {
  let gross: Fen = ZERO_FEN
  let before: Fen = ZERO_FEN
  const due: { dueOn: BusinessDate; amountFen: Fen }[] = []
  for (const installment of installments) {
    gross = addFen(gross, installment.amountFen)
    const reached = ownersPart(gross, share)
    const rest = subtractFen(reached, fen(Math.max(before, received)))
    if (rest > 0) due.push({ dueOn: installment.dueOn, amountFen: rest })
    before = reached
  }
  return due
}
