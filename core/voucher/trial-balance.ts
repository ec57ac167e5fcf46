/**
 * The trial balance as it is read (科目余额表): leaf accounts under their headings, each balance on its own side. Balances
 * come in as debit − credit, fen.
 */
import { parentCode } from './chart.ts'
import { addFen, negateFen, ZERO_FEN, type Fen } from '../money.ts'

export type AccountBalance = {
  readonly code: string
  readonly openingFen: Fen
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly closingFen: Fen
}

/** Null prints blank: nothing on that side. */
export type BalanceSides = {
  readonly openingDebit: Fen | null
  readonly openingCredit: Fen | null
  readonly periodDebit: Fen | null
  readonly periodCredit: Fen | null
  readonly closingDebit: Fen | null
  readonly closingCredit: Fen | null
}

export type TrialBalanceLine = BalanceSides & {
  readonly code: string
  readonly name: string
  /** 1 is a first-level account. */
  readonly level: number
  readonly isLeaf: boolean
}

export type TrialBalanceSheet = { readonly lines: readonly TrialBalanceLine[]; readonly totals: BalanceSides }

function onDebitSide(balance: Fen): Fen | null {
  return balance > 0 ? balance : null
}

function onCreditSide(balance: Fen): Fen | null {
  return balance < 0 ? negateFen(balance) : null
}

function moved(amount: Fen): Fen | null {
  return amount === 0 ? null : amount
}

function sidesOf(balance: Omit<AccountBalance, 'code'>): BalanceSides {
  return {
    openingDebit: onDebitSide(balance.openingFen),
    openingCredit: onCreditSide(balance.openingFen),
    periodDebit: moved(balance.debitFen),
    periodCredit: moved(balance.creditFen),
    closingDebit: onDebitSide(balance.closingFen),
    closingCredit: onCreditSide(balance.closingFen),
  }
}

function sumOf(balances: readonly AccountBalance[]): Omit<AccountBalance, 'code'> {
  return {
    openingFen: addFen(...balances.map((each) => each.openingFen)),
    debitFen: addFen(...balances.map((each) => each.debitFen)),
    creditFen: addFen(...balances.map((each) => each.creditFen)),
    closingFen: addFen(...balances.map((each) => each.closingFen)),
  }
}

function isWithin(code: string, heading: string): boolean {
  return code === heading || code.startsWith(`${heading}.`)
}

function levelOf(code: string): number {
  const parent = parentCode(code)
  return parent === null ? 1 : levelOf(parent) + 1
}

/**
 * `balances` are leaf accounts; `accounts` is the whole chart in the order of its codes. Headings show the net of what is
 * below them; the totals add the leaves' own sides, so that a receivable and a payable are not offset.
 */
export function trialBalanceSheet(
  balances: readonly AccountBalance[],
  accounts: readonly { readonly code: string; readonly name: string; readonly isLeaf: boolean }[],
): TrialBalanceSheet {
  const lines = accounts.flatMap(({ code, name, isLeaf }): TrialBalanceLine[] => {
    const below = balances.filter((balance) => isWithin(balance.code, code))
    return below.length === 0 ? [] : [{ code, name, isLeaf, level: levelOf(code), ...sidesOf(sumOf(below)) }]
  })
  const leaves = lines.filter((line) => line.isLeaf)
  const total = (side: keyof BalanceSides): Fen => addFen(...leaves.map((line) => line[side] ?? ZERO_FEN))
  return {
    lines,
    totals: {
      openingDebit: total('openingDebit'),
      openingCredit: total('openingCredit'),
      periodDebit: total('periodDebit'),
      periodCredit: total('periodCredit'),
      closingDebit: total('closingDebit'),
      closingCredit: total('closingCredit'),
    },
  }
}
