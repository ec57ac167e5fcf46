/**
 * The voucher a statement row suggests, by the office's own rules. Always a proposal: the clerk confirms it, and it
 * says which rule made it and why. What fits no rule, or fits several equally well, is left to the clerk.
 */
import { matchContribution, type PayerIndex } from '../household/contribution-match.ts'
import type { HouseholdId } from '../id.ts'
import { formatYuan, negateFen, type Fen } from '../money.ts'
import { matchName } from '../party-name.ts'
import { cleanCell, toHalfWidth } from './cells.ts'
import type { StatementRow } from './statement.ts'

export const PROPOSAL_KINDS = ['interest', 'fee', 'contractIncome', 'contribution'] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/**
 * Editable, versioned. No words means any row of a contract's counterparty (`contractIncome`), any receipt whose household is
 * recognised (`contribution`).
 */
export type ProposalRule = {
  readonly id: string
  readonly version: number
  readonly kind: ProposalKind
  readonly matchWords: readonly string[]
  /** Credited for interest and contributions, debited for a fee; contract income goes to its contract's category account. */
  readonly accountCode: string
}

export type ProposalContract = {
  readonly id: string
  readonly complexId: string
  readonly counterpartyNames: readonly string[]
  readonly categoryAccountCode: string
  /** Amounts still to come, in fen. */
  readonly amountsDue: readonly Fen[]
}

export type ProposalInput = {
  readonly row: Pick<StatementRow, 'amountFen' | 'party' | 'memo' | 'isReversal'>
  readonly bankAccountCode: string
  /** In order of precedence. */
  readonly rules: readonly ProposalRule[]
  readonly contracts: readonly ProposalContract[]
  /** The households this row may be from; null where the account's complexes keep no household ledger. */
  readonly payers?: PayerIndex | null
}

export type ProposedLine = { readonly accountCode: string; readonly amountFen: Fen }

export type Proposal = {
  readonly kind: ProposalKind
  readonly ruleId: string
  readonly ruleVersion: number
  readonly debit: ProposedLine
  readonly credit: ProposedLine
  readonly contractId?: string
  readonly complexId?: string
  /** By the amount alone it is a guess: shown, and ticked by a person. */
  readonly household?: { readonly id: HouseholdId; readonly by: 'address' | 'name' | 'amount' }
  readonly reason: string
}

export function proposeVoucher(input: ProposalInput): Proposal | null {
  const { row, rules, bankAccountCode } = input
  // A reversal belongs to the booking it reverses; booking it by its words would hide the pair.
  if (row.isReversal || row.amountFen === 0) return null
  for (const rule of rules) {
    const proposal = byRule(input, rule, bankAccountCode)
    if (proposal) return proposal
  }
  return null
}

type Row = ProposalInput['row']

function byRule({ row, contracts, payers }: ProposalInput, rule: ProposalRule, bankAccountCode: string): Proposal | null {
  if (rule.kind === 'contractIncome') return contractIncome(row, rule, bankAccountCode, contracts)
  if (rule.kind === 'contribution') return contribution(row, rule, bankAccountCode, payers ?? null)
  return interestOrFee(row, rule, rule.kind, bankAccountCode)
}

function matchedWord(row: Row, rule: ProposalRule): string | undefined {
  const memo = toHalfWidth(cleanCell(row.memo)).replace(/\s/g, '')
  return rule.matchWords.find((word) => word !== '' && memo.includes(toHalfWidth(word).replace(/\s/g, '')))
}

function interestOrFee(
  row: Row,
  rule: ProposalRule,
  kind: 'interest' | 'fee',
  bankAccountCode: string,
): Proposal | null {
  const word = matchedWord(row, rule)
  const isIn = row.amountFen > 0
  if (word === undefined || isIn !== (kind === 'interest')) return null
  const amountFen = isIn ? row.amountFen : negateFen(row.amountFen)
  const bank = { accountCode: bankAccountCode, amountFen }
  const other = { accountCode: rule.accountCode, amountFen }
  return {
    kind, ruleId: rule.id, ruleVersion: rule.version,
    debit: isIn ? bank : other,
    credit: isIn ? other : bank,
    reason:
      `摘要含“${word}”，${isIn ? '收入' : '支出'} ${formatYuan(amountFen)} 元，` +
      `按${isIn ? '利息' : '手续费'}规则第 ${rule.version} 版生成`,
  }
}

function contractIncome(
  row: Row,
  rule: ProposalRule,
  bankAccountCode: string,
  contracts: readonly ProposalContract[],
): Proposal | null {
  const word = matchedWord(row, rule)
  const party = matchName(row.party)
  if (row.amountFen < 0 || party === '' || (rule.matchWords.length > 0 && word === undefined)) return null
  const ofParty = contracts.filter((one) => one.counterpartyNames.some((name) => matchName(name) === party))
  const due = ofParty.filter((contract) => contract.amountsDue.includes(row.amountFen))
  const contract = due.length === 1 ? due[0] : due.length === 0 && ofParty.length === 1 ? ofParty[0] : undefined
  if (!contract) return null
  const amount = formatYuan(row.amountFen)
  const owed = contract.amountsDue.map(formatYuan).join('、')
  const fit =
    due.length === 1
      ? `金额 ${amount} 元与一笔应收相等`
      : owed === '' ? `该合同没有未收款项，到账 ${amount} 元，请核对` : `应收为 ${owed} 元，到账 ${amount} 元，请核对差额`
  return {
    kind: 'contractIncome', ruleId: rule.id, ruleVersion: rule.version,
    debit: { accountCode: bankAccountCode, amountFen: row.amountFen },
    credit: { accountCode: contract.categoryAccountCode, amountFen: row.amountFen },
    contractId: contract.id, complexId: contract.complexId,
    reason: `付款方“${row.party}”是合同对方${word === undefined ? '' : `，摘要含“${word}”`}；${fit}；按合同收入规则第 ${rule.version} 版生成`,
  }
}

const RECOGNISED_BY = { address: '摘要中的房号', name: '付款人姓名', amount: '只有一户的应交金额与到账相等，请核对付款人' } as const

function contribution(row: Row, rule: ProposalRule, bankAccountCode: string, payers: PayerIndex | null): Proposal | null {
  const word = matchedWord(row, rule)
  if (payers === null || row.amountFen < 0 || (rule.matchWords.length > 0 && word === undefined)) return null
  const match = matchContribution(row, payers)
  if (match === null) return null
  return {
    kind: 'contribution', ruleId: rule.id, ruleVersion: rule.version,
    debit: { accountCode: bankAccountCode, amountFen: row.amountFen },
    credit: { accountCode: rule.accountCode, amountFen: row.amountFen },
    household: { id: match.householdId, by: match.by },
    reason:
      `户室依据：${RECOGNISED_BY[match.by]}${word === undefined ? '' : `；摘要含“${word}”`}；` +
      `收入 ${formatYuan(row.amountFen)} 元，按业主交存规则第 ${rule.version} 版生成`,
  }
}
