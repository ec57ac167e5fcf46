/**
 * What a job's money is made of, as its papers list it: the contract's budget line by line, what was negotiated off it, the
 * visas, and what the settlement took off. The lines together are always the amount the paper names.
 */
import { addFen, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import type { RepairState } from './repair.ts'
import { countingVisas } from './repair-actions.ts'
import { contractLimit } from './repair-settlement.ts'
import { visaChangeFen } from './repair-visa.ts'

export type WorkLine = { readonly item: string; readonly quantity: string; readonly amountFen: Fen }

type ListedVisa = {
  readonly seq: number
  readonly round: number
  readonly work: string
  readonly quantity: string
  readonly changeFen: Fen
}

/** Settled; before that the contract and its visas, or what was approved and the visas. */
export function worksAmount(state: RepairState, quotedFen: Fen, visas: readonly ListedVisa[]): Fen {
  const visaFen = visaChangeFen(countingVisas(state, visas))
  return state.settledFen ?? contractLimit(state, visaFen) ?? addFen(state.approvedFen ?? quotedFen, visaFen)
}

function difference(item: string, amountFen: Fen): readonly WorkLine[] {
  return amountFen === ZERO_FEN ? [] : [{ item, quantity: '', amountFen }]
}

function agreedLines(state: RepairState, title: string, quotedFen: Fen): readonly WorkLine[] {
  const { contract } = state
  if (contract === null || contract.budget.length === 0) {
    return [{ item: title, quantity: '', amountFen: contract?.amountFen ?? state.approvedFen ?? quotedFen }]
  }
  const planned = addFen(...contract.budget.map(({ amountFen }) => amountFen))
  return [
    ...contract.budget.map(({ label, amountFen }) => ({ item: label, quantity: '', amountFen })),
    ...difference('合同议价核减', subtractFen(contract.amountFen, planned)),
  ]
}

/** Their sum is `worksAmount`. Visas of a round that was sent back are not among them. */
export function workLines(
  job: { readonly title: string; readonly quotedFen: Fen }, state: RepairState, visas: readonly ListedVisa[],
): readonly WorkLine[] {
  const lines = [
    ...agreedLines(state, job.title, job.quotedFen),
    ...countingVisas(state, visas).map(({ seq, work, quantity, changeFen }) =>
      ({ item: `签证第 ${seq} 次：${work}`, quantity, amountFen: changeFen })),
  ]
  const cut = subtractFen(worksAmount(state, job.quotedFen, visas), addFen(...lines.map(({ amountFen }) => amountFen)))
  return [...lines, ...difference(cut < 0 ? '决算核减' : '决算核增', cut)]
}
