/**
 * Contributions and top-ups (交存、续交): money owners paid in at the bank, as one voucher draft of one complex whose line on
 * 4001 says which household it belongs to (财会〔2020〕7号 §4 entry 1; 165号令 art. 7, 8, 17).
 */
import type { BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { householdAddress } from '#core/register/household.ts'
import type { ApportionmentId, BankAccountId, ComplexId, DraftId, HouseholdId, StatementLineId } from '#core/id.ts'
import { addFen, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { accountByCode, bankAccountOf } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { noteAtStep } from '../finding/check-step.ts'
import { requireSubLedger } from './household-account.ts'
import { standingHousehold } from '../register/household-record.ts'
import { logOperation } from '../operation-log.ts'
import { issueReceipts, type ReceiptNumber } from './receipt.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

/** Of sold public housing the selling unit pays a part of its own (165号令 art. 8). */
export type PaidPart = 'principal' | 'sellerPrincipal'

export type ContributionRow = {
  readonly householdId: HouseholdId
  readonly part: PaidPart
  readonly amountFen: Fen
  /** The special receipt given for it; null where the bank issues them. */
  readonly receipt: ReceiptNumber | null
}

export type ContributionFacts = {
  readonly complexId: ComplexId
  /** Accounting date; the others where they differ. */
  readonly date: BusinessDate
  readonly businessDate?: BusinessDate | null
  readonly bankDate?: BusinessDate | null
  readonly bankAccountId: BankAccountId
  readonly rows: readonly ContributionRow[]
  readonly attachments: readonly string[]
  /** The bank's line it came in by. */
  readonly statementLineId?: StatementLineId
  /** The statement rule that found the household, and why. */
  readonly rule?: { readonly rule: string; readonly version: number; readonly why: string }
  /** What an apportionment asked for (自筹), by its sheet; absent: first contributions and top-ups. */
  readonly selfFunding?: { readonly apportionmentId: ApportionmentId; readonly title: string }
}

/**
 * Throws with the row: `contribution.empty`, `contribution.amount`, `contribution.twice`, `contribution.complex`,
 * `contribution.seller`; `household.notBegun`, `household.left`, and what `issueReceipts` throws.
 */
export function prepareContribution(context: ServiceContext, facts: ContributionFacts): DraftId {
  requireRole(context, 'preparer')
  const { ledger } = context
  const { complexId, rows, date } = facts
  const bookId = requireSubLedger(ledger, complexId)
  if (rows.length === 0) throw new Problem({ code: 'contribution.empty', message: '请至少填写一户', field: 'rows' })
  const seen = new Set<string>()
  const addresses = rows.map((row, index) => checkedAddress(context, facts, row, index + 1, seen))
  const sum = addFen(...rows.map(({ amountFen }) => amountFen))
  const [address = ''] = addresses
  const what = facts.selfFunding === undefined ? '交存维修资金' : `交存自筹款（${facts.selfFunding.title}）`
  const summary = new Set(addresses).size === 1 ? `${address} ${what}` : `${what} ${new Set(addresses).size} 户`
  const households = new Set(rows.map(({ householdId }) => householdId)).size
  const line = { summary, complexId }
  const bank = bankAccountOf(ledger, facts.bankAccountId)
  return ledger.write(() => {
    const draftId = saveDraft(context, {
      bookId, kind: 'general', date, attachments: facts.attachments,
      businessDate: facts.businessDate ?? null, bankDate: facts.bankDate ?? null,
      statementLineId: facts.statementLineId ?? null,
      rule: facts.selfFunding === undefined
        ? {
            by: facts.rule === undefined ? 'household.contribution' : 'statement.contribution', complexId, households,
            ...facts.rule,
          }
        : { by: 'household.selfFunding', complexId, households, apportionmentId: facts.selfFunding.apportionmentId },
      lines: [
        {
          ...line, accountId: accountByCode(ledger, bookId, ACCOUNT.demandDeposit).id, bankAccountId: bank.id, ...debit(sum),
        },
        {
          ...line, accountId: accountByCode(ledger, bookId, ACCOUNT.contributions).id, ...credit(sum),
          households: rows.map(({ householdId, part, amountFen }) => ({ householdId, part, amountFen })),
        },
      ],
    })
    issueReceipts(context, draftId, date, rows)
    const ids = [...new Set(rows.map(({ householdId }) => householdId))]
    noteAtStep(context, 'contributionPrepared', {
      complexId, bookId, from: null, to: context.clock.today(), subject: { kind: 'household', ids },
    })
    logOperation(context, 'household.contribution', { kind: 'complex', id: complexId }, { draftId, rows: rows.length, sum })
    return draftId
  })
}

function checkedAddress(
  { ledger }: ServiceContext, { complexId }: ContributionFacts, row: ContributionRow, number: number, seen: Set<string>,
): string {
  const household = standingHousehold(ledger, row.householdId)
  const address = householdAddress(household.building, household.entrance, household.room)
  const refuse = (code: string, message: string, field: string): never => {
    throw new Problem({ code, message, field, row: number })
  }
  if (household.complexId !== complexId) refuse('contribution.complex', `${address} 不在这个小区`, 'household')
  if (row.amountFen <= 0) refuse('contribution.amount', `${address} 的金额须大于零`, 'amount')
  if (row.part === 'sellerPrincipal' && household.nature !== 'soldPublic') {
    refuse('contribution.seller', `${address} 是商品房，没有售房单位交存的部分`, 'part')
  }
  const key = `${row.householdId} ${row.part}`
  if (seen.has(key)) refuse('contribution.twice', `${address} 填了两次：请合并为一行`, 'household')
  seen.add(key)
  return address
}
