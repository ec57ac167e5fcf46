/**
 * A city's rates of the first contribution (165号令 art. 7): per m² by kind of building, or a percentage of the price. They are
 * four settings of the policy profile, shown and filled in together, because they come from one paper and begin on one day.
 */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { fen, formatYuan, parseYuan } from '#core/money.ts'
import { formatPercent, parsePercent, rateMicro } from '#core/rate.ts'
import type { PolicyKey } from '#core/policy/policy.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { policyFor } from '../policy/policy.ts'
import { setPolicyValues, type SecondPerson } from '../policy/policy-change.ts'
import { decodePolicyValue } from '../policy/policy-stored.ts'

export const CONTRIBUTION_RATES = ['lift', 'noLift', 'otherUse', 'price'] as const
export type ContributionRate = (typeof CONTRIBUTION_RATES)[number]

const KEY = {
  lift: 'contribution.liftRate', noLift: 'contribution.noLiftRate', otherUse: 'contribution.otherUseRate',
  price: 'contribution.pricePercent',
} as const satisfies Readonly<Record<ContributionRate, PolicyKey>>

export type RateInForce = {
  readonly rate: ContributionRate
  /** `80.00`, or a percentage; null while the office has not filled it in. */
  readonly text: string | null
  readonly source: string
  /** Null where the value came with the profile. */
  readonly validFrom: BusinessDate | null
}

/** One line of the office's own entries, the newest first day first; a later entry for the same day replaces an earlier one. */
export type RateEntry = {
  readonly id: number
  readonly rate: ContributionRate
  /** Null takes the office's value back. */
  readonly text: string | null
  readonly validFrom: BusinessDate
  readonly source: string
  readonly reason: string
  readonly setBy: string
  readonly approvedBy: string
}

export type RateTable = {
  readonly profileCode: string
  readonly profile: string
  readonly date: BusinessDate
  readonly inForce: readonly RateInForce[]
  readonly history: readonly RateEntry[]
}

/** Without its unit, which stands with the name of the rate. */
function shownRate(rate: ContributionRate, value: number): string {
  return rate === 'price' ? formatPercent(rateMicro(value)) : formatYuan(fen(value))
}

type EntryRow = Omit<RateEntry, 'rate' | 'text'> & { readonly value: string }

/** Throws `policy.missing`. */
export function contributionRates(ledger: Ledger, profileCode: string, date: BusinessDate): RateTable {
  const policy = policyFor(ledger, profileCode, date)
  const inForce = CONTRIBUTION_RATES.map((rate): RateInForce => {
    const found = policy.explain(KEY[rate])
    return found.toFill
      ? { rate, text: null, source: '', validFrom: null }
      : { rate, text: shownRate(rate, found.value), source: found.source, validFrom: found.setBy?.validFrom ?? null }
  })
  const entries = ledger.prepare<[string, string], EntryRow>(
    `SELECT p.id, p.value, p.valid_from AS validFrom, p.source, p.reason, s.name AS setBy, a.name AS approvedBy
     FROM policy_value p JOIN user s ON s.id = p.set_by JOIN user a ON a.id = p.approved_by
     WHERE p.profile_code = ? AND p.key = ? ORDER BY p.valid_from DESC, p.id DESC`,
  )
  const history = CONTRIBUTION_RATES.flatMap((rate) =>
    entries.all(profileCode, KEY[rate]).map(({ value, ...entry }): RateEntry => {
      const stored: unknown = JSON.parse(value)
      const text = stored === null ? null : shownRate(rate, decodePolicyValue(KEY[rate], stored))
      return { ...entry, rate, text }
    }))
  return {
    profileCode, profile: policy.facts.name, date, inForce,
    history: history.sort((one, other) => (other.validFrom < one.validFrom ? -1 : other.validFrom > one.validFrom ? 1 : 0)),
  }
}

export type RateChange = {
  readonly profileCode: string
  readonly validFrom: string
  readonly source: string
  readonly reason: string
  /** Yuan per m², or percent for `price`, as typed; absent ones stay as they are. */
  readonly rates: Readonly<Partial<Record<ContributionRate, string>>>
}

function checkedText(rate: ContributionRate, typed: string): string {
  const field = `rates.${rate}`
  const amount = rate === 'price' ? parsePercent(typed, { field }) : parseYuan(typed, { field })
  if (amount <= 0) throw new Problem({ code: 'rate.zero', message: '交存标准须大于零；没有这一类的请留空', field })
  return typed.trim()
}

/**
 * Fills in what is given, all or none, confirmed by one second person. Throws `rate.nothing`, `rate.zero`, `money.format`,
 * `percent.format`, and what `setPolicyValues` throws.
 */
export function setContributionRates(context: ServiceContext, change: RateChange, second: SecondPerson): void {
  const { rates, ...facts } = change
  parseDate(change.validFrom, { field: 'validFrom' })
  const given = CONTRIBUTION_RATES.flatMap((rate) => {
    const typed = rates[rate]
    return typed === undefined || typed.trim() === '' ? [] : [{ ...facts, key: KEY[rate], value: checkedText(rate, typed) }]
  })
  if (given.length === 0) throw new Problem({ code: 'rate.nothing', message: '请至少填写一项交存标准', field: 'rates' })
  setPolicyValues(context, given, second)
}
