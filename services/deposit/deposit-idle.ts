/** Demand money above what the office wants to keep at hand, per bank account and complex, and what it would have earned. */
import type { BusinessDate } from '#core/calendar.ts'
import { idleProduct, lostInYear, lostOnIdle, type BalanceStep } from '#core/deposit/deposit-loss.ts'
import type { BankAccountId, ComplexId, UserId } from '#core/id.ts'
import { fen, type Fen } from '#core/money.ts'
import { policySetting, type PolicyKey } from '#core/policy/policy.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { policyFor } from '../policy/policy.ts'

export type LossScope = {
  /** Idle money is counted from this day; overdue certificates from their due date. */
  readonly from: BusinessDate
  readonly today: BusinessDate
  readonly complexId: ComplexId | null
}

/** A bank account's demand money of one complex. */
export type IdleAccount = {
  readonly bankAccountId: BankAccountId
  readonly bankName: string
  readonly number: string
  readonly bookName: string
  readonly complexId: ComplexId
  readonly complexName: string
  /** Who placed the latest certificate out of it; null where none was ever placed. */
  readonly personId: UserId | null
  readonly personName: string | null
  readonly balanceFen: Fen
  readonly reserveFen: Fen
  /** Above the reserve today. */
  readonly idleFen: Fen
  /** Days of the period with anything above the reserve. */
  readonly days: number
  readonly offeredRate: RateMicro
  readonly demandRate: RateMicro
  readonly lostFen: Fen
  /** Should today's excess stay for a year. */
  readonly inYearFen: Fen
}

/** A setting the profile leaves open: money of its complexes cannot be valued until it is filled in. */
export type MissingSetting = { readonly key: PolicyKey; readonly label: string; readonly profile: { code: string; name: string } }

type Account = Pick<IdleAccount, 'bankAccountId' | 'bankName' | 'number' | 'bookName' | 'complexId' | 'complexName'>
type Movement = Account & { readonly profileCode: string; readonly date: BusinessDate; readonly movementFen: Fen }

/** Demand money as it moved: what came before the period in one row, then day by day. */
const MOVEMENTS = `SELECT k.id AS bankAccountId, k.bank_name AS bankName, k.number, b.name AS bookName, x.id AS complexId,
    x.name AS complexName, x.profile_code AS profileCode, m.date, m.movementFen
  FROM (SELECT l.bank_account_id, l.complex_id, max(l.date, :from) AS date, sum(l.debit_fen - l.credit_fen) AS movementFen
        FROM bank_account a CROSS JOIN account t ON t.book_id = a.book_id AND t.needs_bank = 1 AND t.code NOT LIKE '1001.02%'
          CROSS JOIN voucher_line l INDEXED BY voucher_line_by_bank
            ON l.bank_account_id = a.id AND l.account_id = t.id AND l.date <= :today
        WHERE :complexId IS NULL OR l.complex_id = :complexId
        GROUP BY l.bank_account_id, l.complex_id, max(l.date, :from)) m
    JOIN bank_account k ON k.id = m.bank_account_id JOIN book b ON b.id = k.book_id JOIN complex x ON x.id = m.complex_id
  ORDER BY k.id, x.id, m.date`

const LAST_PERSON = `SELECT u.id, u.name FROM certificate c JOIN user u ON u.id = c.person_in_charge
  WHERE c.complex_id = ? AND c.bank_account_id = ? ORDER BY c.value_date DESC, c.id DESC LIMIT 1`

type Standing = { readonly account: Account; readonly profileCode: string; readonly steps: BalanceStep[] }

/** Balances from movements; rows of one account and complex follow each other. */
function standingsOf(movements: readonly Movement[]): readonly Standing[] {
  const standings: Standing[] = []
  for (const { profileCode, date, movementFen, ...account } of movements) {
    const last = standings.at(-1)
    const isSame = last?.account.bankAccountId === account.bankAccountId && last.account.complexId === account.complexId
    const steps = isSame ? last.steps : []
    steps.push({ date, balanceFen: fen((steps.at(-1)?.balanceFen ?? 0) + movementFen) })
    if (!isSame) standings.push({ account, profileCode, steps })
  }
  return standings
}

type Terms = { readonly reserve: Fen; readonly offered: RateMicro; readonly demand: RateMicro }
const NEEDED = ['deposit.idleReserve', 'deposit.referenceRate', 'deposit.demandRate'] as const

function termsOf(ledger: Ledger, profileCode: string, today: BusinessDate): Terms | readonly MissingSetting[] {
  const policy = policyFor(ledger, profileCode, today)
  const reserve = policy.value('deposit.idleReserve')
  const offered = policy.value('deposit.referenceRate')
  const demand = policy.value('deposit.demandRate')
  if (reserve !== null && offered !== null && demand !== null) return { reserve, offered, demand }
  return NEEDED.flatMap((key) => {
    const { toFill, from } = policy.explain(key)
    return toFill ? [{ key, label: policySetting(key).label, profile: from }] : []
  })
}

function isMissing(terms: Terms | readonly MissingSetting[]): terms is readonly MissingSetting[] {
  return Array.isArray(terms)
}

export type IdleMoney = { readonly accounts: readonly IdleAccount[]; readonly missing: readonly MissingSetting[] }

/** Accounts with anything above the reserve today or on some day of the period. */
export function idleMoney(ledger: Ledger, scope: LossScope): IdleMoney {
  const person = ledger.prepare<[number, number], { id: UserId; name: string }>(LAST_PERSON)
  const termsByProfile = new Map<string, Terms | readonly MissingSetting[]>()
  const missing = new Map<string, MissingSetting>()
  const accounts: IdleAccount[] = []
  for (const { account, profileCode, steps } of standingsOf(ledger.prepare<[LossScope], Movement>(MOVEMENTS).all(scope))) {
    const terms = termsByProfile.get(profileCode) ?? termsOf(ledger, profileCode, scope.today)
    termsByProfile.set(profileCode, terms)
    if (isMissing(terms)) {
      for (const each of terms) missing.set(`${each.profile.code} ${each.key}`, each)
      continue
    }
    const idle = idleProduct(steps, terms.reserve, scope.from, scope.today)
    if (idle.fenDays === 0n && idle.excessFen === 0) continue
    const placedBy = person.get(account.complexId, account.bankAccountId)
    accounts.push({
      ...account,
      personId: placedBy?.id ?? null,
      personName: placedBy?.name ?? null,
      balanceFen: steps.at(-1)?.balanceFen ?? fen(0),
      reserveFen: terms.reserve,
      idleFen: idle.excessFen,
      days: idle.days,
      offeredRate: terms.offered,
      demandRate: terms.demand,
      lostFen: lostOnIdle(idle.fenDays, terms.offered, terms.demand),
      inYearFen: lostInYear(idle.excessFen, terms.offered, terms.demand),
    })
  }
  return { accounts, missing: [...missing.values()] }
}
