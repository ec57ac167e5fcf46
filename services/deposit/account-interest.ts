/**
 * Settlement accounts as deposits: demand (活期) or agreement (协定) terms by date, what each quarter should have earned on the
 * books' daily balances, segment by segment, beside what the bank credited (domain rule 06 §1, §5).
 */
import { agreementInterest } from '#core/deposit/agreement-deposit.ts'
import type { Accrued } from '#core/deposit/accrual.ts'
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { demandInterest, settlementPeriodOf, type BalanceSpan } from '#core/deposit/demand-deposit.ts'
import type { BankAccountId } from '#core/id.ts'
import { addFen, fen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { accountByCode, bankAccountOf } from '../voucher/book.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type AccountTerms =
  | { readonly product: 'demand'; readonly demandRateMicro: RateMicro }
  | {
      readonly product: 'agreement'
      readonly demandRateMicro: RateMicro
      readonly agreementRateMicro: RateMicro
      /** 基本额度: below it the demand rate, above it the agreement rate. */
      readonly baseQuotaFen: Fen
    }

export type AccountTermsFacts = {
  readonly bankAccountId: BankAccountId
  readonly validFrom: BusinessDate
  readonly terms: AccountTerms
  readonly yearDays: 360 | 365
  /** The bank's notice or the agreement. */
  readonly source: string
}

/** Append-only: a later record of the same day counts instead of the earlier one. Throws `accountTerms.source`. */
export function recordAccountTerms(context: ServiceContext, facts: AccountTermsFacts): void {
  requireRole(context, 'preparer')
  const source = facts.source.trim()
  if (source === '') throw new Problem({ code: 'accountTerms.source', message: '请写明利率依据，如银行公告或协定存款协议', field: 'source' })
  const { bankAccountId, validFrom, terms, yearDays } = facts
  const isAgreement = terms.product === 'agreement'
  context.ledger.write(() => {
    context.ledger
      .prepare<unknown[], never>(
        `INSERT INTO bank_account_terms (bank_account_id, product, valid_from, demand_rate_micro, agreement_rate_micro,
           base_quota_fen, year_days, source, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(bankAccountId, terms.product, validFrom, terms.demandRateMicro, isAgreement ? terms.agreementRateMicro : null,
        isAgreement ? terms.baseQuotaFen : null, yearDays, source, context.actor.userId, context.clock.now())
    logOperation(context, 'deposit.accountTerms', { kind: 'bankAccount', id: bankAccountId }, { ...facts, source })
  })
}

export type RecordedTerms = {
  readonly id: number
  readonly product: 'demand' | 'agreement'
  readonly validFrom: BusinessDate
  readonly demandRateMicro: RateMicro
  readonly agreementRateMicro: RateMicro | null
  readonly baseQuotaFen: Fen | null
  readonly yearDays: 360 | 365
  readonly source: string
}

/** Oldest first; of several records of one day only the last. */
export function accountTermsOf(ledger: Ledger, bankAccountId: BankAccountId): readonly RecordedTerms[] {
  return ledger
    .prepare<[number], RecordedTerms>(
      `SELECT t.id, t.product, t.valid_from AS validFrom, t.demand_rate_micro AS demandRateMicro,
              t.agreement_rate_micro AS agreementRateMicro, t.base_quota_fen AS baseQuotaFen, t.year_days AS yearDays, t.source
       FROM bank_account_terms t WHERE t.bank_account_id = ? AND NOT EXISTS (
         SELECT 1 FROM bank_account_terms n
         WHERE n.bank_account_id = t.bank_account_id AND n.valid_from = t.valid_from AND n.id > t.id)
       ORDER BY t.valid_from`,
    )
    .all(bankAccountId)
}

export type AccountPeriod = { readonly from: BusinessDate; readonly to: BusinessDate }

/** Daily balances by accounting date, cut where they change; `to` earns too. */
function balancesOf(ledger: Ledger, bankAccountId: BankAccountId, { from, to }: AccountPeriod): BalanceSpan[] {
  const { bookId } = bankAccountOf(ledger, bankAccountId)
  const account = accountByCode(ledger, bookId, ACCOUNT.demandDeposit).id
  const changes = ledger
    .prepare<[Record<string, unknown>], { date: BusinessDate; change: number }>(
      `SELECT max(date, :from) AS date, sum(debit_fen - credit_fen) AS change FROM voucher_line
       WHERE bank_account_id = :bankAccountId AND account_id = :account AND date <= :to GROUP BY max(date, :from) ORDER BY 1`,
    )
    .all({ bankAccountId, account, from, to })
  const end = addDays(to, 1)
  const days = changes[0]?.date === from ? changes : [{ date: from, change: 0 }, ...changes]
  let balance = 0
  return days.map(({ date, change }, index): BalanceSpan => {
    balance += change
    return { from: date, to: days[index + 1]?.date ?? end, balance: fen(balance) }
  })
}

export type AccountInterestWorking = {
  readonly period: AccountPeriod
  /** The day the bank credits it. */
  readonly credited: BusinessDate
  readonly interestFen: Fen
  /** Demand accounts and the base of agreement accounts; then the excess. Each rounded apart, as the slip prints it. */
  readonly parts: readonly { readonly name: 'demand' | 'base' | 'excess'; readonly accrued: Accrued }[]
}

/** Terms change product inside a period by splitting it there. Throws `interest.rateMissing`, `interest.overdrawn`. */
export function expectedAccountInterest(ledger: Ledger, bankAccountId: BankAccountId, day: BusinessDate): AccountInterestWorking {
  const { from, to, credited } = settlementPeriodOf(day)
  const { openedOn } = bankAccountOf(ledger, bankAccountId)
  const period = { from: openedOn > from && openedOn <= to ? openedOn : from, to }
  const terms = accountTermsOf(ledger, bankAccountId)
  if (terms[0] === undefined || terms[0].validFrom > period.from) {
    throw new Problem({
      code: 'interest.rateMissing', field: 'validFrom',
      message: `${period.from} 没有可用的利率：请先登记这个账户的活期或协定利率`,
    })
  }
  const balances = balancesOf(ledger, bankAccountId, period)
  const parts = termRuns(terms, period).flatMap(({ run, first, end }): AccountInterestWorking['parts'][number][] => {
    const spans = cutSpans(balances, first, end)
    const [head] = run
    if (head === undefined || spans.length === 0) return []
    if (head.product === 'demand') {
      const rates = run.map((step) => ({ from: step.validFrom, rate: step.demandRateMicro }))
      return [{ name: 'demand', accrued: demandInterest({ balances: spans, rates, yearDays: head.yearDays }) }]
    }
    const rates = run.map((step) => ({
      from: step.validFrom, demandRate: step.demandRateMicro, agreementRate: step.agreementRateMicro ?? step.demandRateMicro,
    }))
    const { baseQuotaFen, yearDays } = head
    const agreed = agreementInterest({ balances: spans, baseQuota: baseQuotaFen ?? ZERO_FEN, rates, yearDays })
    return [{ name: 'base', accrued: agreed.base }, { name: 'excess', accrued: agreed.excess }]
  })
  return { period, credited, interestFen: addFen(...parts.map(({ accrued }) => accrued.interest)), parts }
}

type TermRun = { readonly run: readonly RecordedTerms[]; readonly first: BusinessDate; readonly end: BusinessDate }

/** Neighbouring terms of one product, quota and year are one run: only their rate changes inside it. `end` is not counted. */
function termRuns(terms: readonly RecordedTerms[], { from, to }: AccountPeriod): TermRun[] {
  const runs: { run: RecordedTerms[]; first: BusinessDate; end: BusinessDate }[] = []
  const after = addDays(to, 1)
  for (const [index, step] of terms.entries()) {
    const end = terms[index + 1]?.validFrom ?? after
    if (end <= from || step.validFrom > to) continue
    const last = runs.at(-1)
    const before = last?.run.at(-1)
    const isSame = before?.product === step.product && before.baseQuotaFen === step.baseQuotaFen
      && before.yearDays === step.yearDays
    if (last !== undefined && isSame) {
      last.run.push(step)
      last.end = end > after ? after : end
    } else {
      runs.push({ run: [step], first: step.validFrom > from ? step.validFrom : from, end: end > after ? after : end })
    }
  }
  return runs
}

function cutSpans(spans: readonly BalanceSpan[], first: BusinessDate, end: BusinessDate): BalanceSpan[] {
  return spans.flatMap((span) => {
    const from = span.from > first ? span.from : first
    const to = span.to < end ? span.to : end
    return from < to ? [{ ...span, from, to }] : []
  })
}
