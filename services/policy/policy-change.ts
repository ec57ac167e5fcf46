/** Filling in or changing a local rule: with its source, a reason and a second person (财会〔2024〕12号 art. 21(1)). */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { isPolicyKey, policySetting, type PolicyKey } from '#core/policy/policy.ts'
import { HOLIDAY_PROFILE, policyLayers, resolvePolicy } from '#core/policy/policy-resolve.ts'
import { policyValueText, TO_FILL } from '#core/policy/policy-text.ts'
import { Problem } from '#core/problem.ts'
import { MICRO_PER_PERCENT } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type Actor, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { profileFileOf } from './policy-file.ts'
import { decodePolicyValue, encodePolicyValue } from './policy-stored.ts'
import { secondPerson } from '../people/user.ts'

export type PolicyChange = {
  readonly profileCode: string
  readonly key: string
  /** The stored form (yuan and percent as text); null takes the office's own value back. */
  readonly value: unknown
  readonly validFrom: string
  readonly source: string
  readonly reason: string
}

function textOn(ledger: Ledger, code: string, key: PolicyKey, date: BusinessDate): string {
  const layers = policyLayers((each) => profileFileOf(ledger, each), code, date)
  if (layers === null) {
    throw new Problem({ code: 'policy.missing', message: `没有“${code}”这个政策口径，请从列表中选择`, field: 'profileCode' })
  }
  const resolution = resolvePolicy(layers, key)
  return resolution.toFill ? TO_FILL : policyValueText(key, resolution.value)
}

function filledIn(text: string, field: 'source' | 'reason', word: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw new Problem({ code: `policy.${field}`, message: `请填写${word}，以后查账时要看`, field })
  return trimmed
}

/** A year's table belongs to its year: dates of another year would silently count there. */
function refuseOtherYears(validFrom: BusinessDate, stored: unknown): void {
  const table = decodePolicyValue('holidays', stored)
  const year = validFrom.slice(0, 4)
  const stranger = [...table.daysOff, ...(table.swappedWorkdays ?? [])].find((date) => !date.startsWith(year))
  if (stranger !== undefined) {
    throw new Problem({ code: 'policy.holidayYear', message: `${stranger} 不在 ${year} 年：放假与调休按年填写，请分年录入`, field: 'value' })
  }
}

/** A rate of nothing would draw an empty pool and call it drawn. */
function refuseNoSpotCheck(stored: unknown): void {
  const percent = decodePolicyValue('spotCheck.percent', stored)
  if (percent > 0 && percent <= 100 * MICRO_PER_PERCENT) return
  throw new Problem({ code: 'policy.value', message: '抽查比例应大于 0%，不超过 100%', field: 'value' })
}

function storedText(key: PolicyKey, value: unknown): string {
  return value === null ? 'null' : JSON.stringify(encodePolicyValue(key, decodePolicyValue(key, value)))
}

export type SecondPerson = { readonly login: string; readonly password: string }

/** A change with nothing left to refuse but its second person. */
type CheckedChange = {
  readonly profileCode: string
  readonly key: PolicyKey
  readonly value: string
  readonly validFrom: BusinessDate
  readonly source: string
  readonly reason: string
  /** What was valid on its first day before it, in words. */
  readonly before: string
}

function checkedChange(ledger: Ledger, change: PolicyChange): CheckedChange {
  const { key, profileCode } = change
  if (!isPolicyKey(key)) {
    throw new Problem({ code: 'policy.key', message: `没有“${key}”这个设置项，请从列表中选择`, field: 'key' })
  }
  const validFrom = parseDate(change.validFrom, { field: 'validFrom' })
  const source = filledIn(change.source, 'source', '出处（文件名称、文号）')
  const reason = filledIn(change.reason, 'reason', '理由')
  if ((key === 'holidays') !== (profileCode === HOLIDAY_PROFILE)) {
    throw new Problem({
      code: 'policy.holidayPlace',
      message: `“${policySetting('holidays').label}”全国统一，只在“${HOLIDAY_PROFILE}”中填写`,
      field: 'key',
    })
  }
  const value = storedText(key, change.value)
  if (key === 'holidays' && change.value !== null) refuseOtherYears(validFrom, change.value)
  if (key === 'spotCheck.percent' && change.value !== null) refuseNoSpotCheck(change.value)
  return { profileCode, key, value, validFrom, source, reason, before: textOn(ledger, profileCode, key, validFrom) }
}

function writeChange(context: ServiceContext, change: CheckedChange, approver: Actor): number {
  const { profileCode, key, value, validFrom, source, reason, before } = change
  const { lastInsertRowid } = context.ledger
    .prepare<unknown[], never>(
      `INSERT INTO policy_value (profile_code, key, value, valid_from, source, reason, set_by, approved_by, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(profileCode, key, value, validFrom, source, reason, context.actor.userId, approver.userId, context.clock.now())
  const id = Number(lastInsertRowid)
  logOperation(context, 'policy.set', { kind: 'policyValue', id }, {
    profileCode,
    key,
    label: policySetting(key).label,
    before,
    after: textOn(context.ledger, profileCode, key, validFrom),
    value,
    validFrom,
    source,
    reason,
    approvedBy: approver.login,
  })
  return id
}

/**
 * Adds office values, all or none, confirmed by one second person; nothing earlier is overwritten. Returns their row
 * numbers. Throws `role.missing`, `policy.key`, `policy.missing`, `policy.value`, `policy.source`, `policy.reason`,
 * `policy.holidayPlace`, `policy.holidayYear`, `date.format`, `user.signIn`, `user.samePerson`.
 */
export function setPolicyValues(
  context: ServiceContext, changes: readonly PolicyChange[], second: SecondPerson,
): readonly number[] {
  requireRole(context, 'head', 'administrator')
  const checked = changes.map((change) => checkedChange(context.ledger, change))
  const approver = secondPerson(context, second, 'head', 'reviewer', 'administrator')
  return context.ledger.write(() => checked.map((change) => writeChange(context, change, approver)))
}

/** One value; throws like `setPolicyValues`. */
export function setPolicyValue(context: ServiceContext, change: PolicyChange, second: SecondPerson): number {
  const [id] = setPolicyValues(context, [change], second)
  if (id === undefined) throw new Error('a policy value was written without its row')
  return id
}
