/**
 * Collecting self-funding (自筹) into the 专户: by hand for money a cashier or the bank has received, or from the bank's lines. Each
 * voucher says which claims it collects and how much; what a payer brings beyond the claim stays in the household's account.
 */
import { indexPayers, matchContribution, type ContributionMatch } from '#core/household/contribution-match.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, ComplexId, DraftId, HouseholdId, SelfFundingClaimId, StatementLineId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { prepareContribution, type ContributionFacts } from './contribution.ts'
import { bookingDay } from './contribution-match.ts'
import { requireSubLedger } from './household-account.ts'
import { namesOf } from './payer.ts'
import { claimOf, listClaims, type ListedClaim } from './self-funding.ts'
import type { ReceiptNumber } from './receipt.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { householdRow } from '../register/household-record.ts'
import { lineInWords, lineOf, listLines, type StatementLine } from '../statement/statement-outcome.ts'

export type CollectedClaim = {
  readonly claimId: SelfFundingClaimId
  readonly amountFen: Fen
  /** The special receipt given for it; null where the bank issues them. */
  readonly receipt: ReceiptNumber | null
}

type MoneyFacts = Pick<ContributionFacts, 'date' | 'bankDate' | 'bankAccountId' | 'attachments' | 'statementLineId'>

export type CollectionFacts = MoneyFacts & {
  /** Claims of one sheet. */
  readonly rows: readonly CollectedClaim[]
}

function collectible(context: ServiceContext, { claimId, amountFen }: CollectedClaim, row: number): ListedClaim {
  const claim = claimOf(context.ledger, claimId, context.clock.today())
  const refuse = (code: string, message: string): never => {
    throw new Problem({ code, message, field: 'amount', row })
  }
  if (claim.state === 'withdrawn') refuse('selfFunding.withdrawn', `${claim.address} 的自筹已经撤销，不能再登记收款`)
  if (claim.leftFen === 0) refuse('selfFunding.paid', `${claim.address} 的自筹已经收清，或收款凭证正在审核`)
  if (amountFen <= 0) refuse('contribution.amount', `${claim.address} 的金额须大于零`)
  return claim
}

/**
 * One draft; a payment beyond what is left of the claim is kept as the household's own. Throws with the row:
 * `selfFunding.withdrawn`, `selfFunding.paid`, `selfFunding.sheets` for claims of several sheets, and what
 * `prepareContribution` throws.
 */
export function collectClaims(context: ServiceContext, facts: CollectionFacts): DraftId {
  requireRole(context, 'preparer')
  const { ledger } = context
  const { rows, ...money } = facts
  const claims = rows.map((row, index) => collectible(context, row, index + 1))
  const [first] = claims
  if (first === undefined) throw new Problem({ code: 'contribution.empty', message: '请至少填写一户', field: 'rows' })
  const other = claims.findIndex(({ apportionmentId }) => apportionmentId !== first.apportionmentId)
  if (other >= 0) {
    const message = '一张凭证只收一份分摊表的自筹：请按分摊表分别登记'
    throw new Problem({ code: 'selfFunding.sheets', message, row: other + 1 })
  }
  return ledger.write(() => {
    const draftId = prepareContribution(context, {
      ...money, complexId: first.complexId, selfFunding: { apportionmentId: first.apportionmentId, title: first.title },
      rows: rows.map(({ amountFen, receipt }, index) => {
        const claim = claims[index] ?? first
        return { householdId: claim.householdId, part: claim.part, amountFen, receipt }
      }),
    })
    const insert = ledger.prepare<unknown[], never>('INSERT INTO self_funding_receipt VALUES (?, ?, ?)')
    claims.forEach(({ id, leftFen }, index) => {
      const amountFen = rows[index]?.amountFen ?? leftFen
      insert.run(id, draftId, amountFen < leftFen ? amountFen : leftFen)
    })
    return draftId
  })
}

export type ProposedCollection = {
  readonly line: Pick<StatementLine, 'id' | 'date' | 'amountFen' | 'party' | 'memo'>
  readonly match: (Pick<ContributionMatch, 'by'> & Pick<ListedClaim, 'id' | 'address' | 'title' | 'leftFen'>) | null
}

export type CollectionScope = { readonly complexId: ComplexId; readonly bankAccountId: BankAccountId; readonly limit: number }

/** More open claims than any complex has; what lies beyond is collected after these. */
const MOST_CLAIMS = 20_000

/** Receipts nobody has dealt with, newest first, each with the oldest claim of the household it fits. */
export function proposeCollections(ledger: Ledger, scope: CollectionScope, today: BusinessDate): readonly ProposedCollection[] {
  const { complexId } = scope
  requireSubLedger(ledger, complexId)
  const open = listClaims(ledger, { complexId, isOpen: true, limit: MOST_CLAIMS }, today).filter(({ leftFen }) => leftFen > 0)
  const names = namesOf(ledger, complexId)
  const claims = new Map<HouseholdId, ListedClaim>()
  for (const claim of open) if (!claims.has(claim.householdId)) claims.set(claim.householdId, claim)
  const index = indexPayers([...claims.values()].map(({ householdId, leftFen }) => {
    const { building, entrance, room } = householdRow(ledger, householdId)
    return { householdId, building, entrance, room, names: names.get(householdId) ?? [], owedFen: leftFen }
  }))
  return listLines(ledger, { bankAccountId: scope.bankAccountId, state: 'open', limit: scope.limit })
    .filter(({ amountFen, kind }) => amountFen > 0 && kind !== 'reversal')
    .map(({ id, date, amountFen, party, memo }) => {
      const match = matchContribution({ memo, party, amountFen }, index)
      const claim = match === null ? undefined : claims.get(match.householdId)
      return {
        line: { id, date, amountFen, party, memo },
        match: match === null || claim === undefined
          ? null
          : { by: match.by, id: claim.id, address: claim.address, title: claim.title, leftFen: claim.leftFen },
      }
    })
}

/**
 * One draft per line, all or none; the line is its paper. Throws with the row: `statement.settled`, `contribution.line` for
 * money out, `selfFunding.missing` for a claim of another complex, and what `collectClaims` throws.
 */
export function collectLines(
  context: ServiceContext, complexId: ComplexId,
  confirmed: readonly { readonly lineId: StatementLineId; readonly claimId: SelfFundingClaimId }[],
): readonly DraftId[] {
  requireRole(context, 'preparer')
  const { ledger } = context
  const bookId = requireSubLedger(ledger, complexId)
  return ledger.write(() => confirmed.map(({ lineId, claimId }, index) => {
    const line = lineOf(ledger, lineId)
    const row = index + 1
    if (line.state !== 'open') {
      throw new Problem({ code: 'statement.settled', message: `${lineInWords(line)}：已经处理过，请刷新后继续`, row })
    }
    if (line.amountFen <= 0) {
      throw new Problem({ code: 'contribution.line', message: `${lineInWords(line)}：不是收款，不能作为自筹收款`, row })
    }
    const claim = claimOf(ledger, claimId, context.clock.today())
    if (claim.complexId !== complexId) throw new Problem({ code: 'selfFunding.missing', message: '这笔自筹不在这个小区', row })
    return collectClaims(context, {
      bankAccountId: line.bankAccountId, date: bookingDay(context, bookId, line.date), bankDate: line.date,
      statementLineId: lineId, attachments: [], rows: [{ claimId, amountFen: line.amountFen, receipt: null }],
    })
  }))
}
