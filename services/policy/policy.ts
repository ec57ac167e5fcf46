/** Local rules for a complex on a day: every service asks here, none knows a threshold, deadline or ratio by itself. */
import { datePartsOf, parseDate, type BusinessDate, type HolidayTable } from '#core/calendar.ts'
import type { ProfileFacts } from '#core/disclosure/quarter-input.ts'
import {
  actionsNeeding,
  keysNeededFor,
  POLICY_ACTION_WORD,
  POLICY_KEYS,
  policySetting,
  type PolicyAction,
  type PolicyKey,
  type PolicyKind,
  type PolicyValue,
} from '#core/policy/policy.ts'
import {
  EVIDENCE_WORD,
  HOLIDAY_PROFILE,
  layerNotices,
  policyLayers,
  resolvePolicy,
  type PolicyLayers,
  type Resolution,
  type ToFill,
} from '#core/policy/policy-resolve.ts'
import { policyValueText, TO_FILL } from '#core/policy/policy-text.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { profileFileOf } from './policy-file.ts'
import { encodePolicyValue } from './policy-stored.ts'

export { setPolicyValue, setPolicyValues, type PolicyChange } from './policy-change.ts'
export { listProfiles, type ListedProfile } from './policy-file.ts'
export { installShippedProfiles, type AddedProfile } from './policy-shipped.ts'

export type Policy = {
  readonly code: string
  readonly date: BusinessDate
  /** The profile in force for the notice's head; the complex's own, or the next one up while its own is not in force. */
  readonly facts: ProfileFacts
  /** Sentences about profiles of the chain that ran out or have not begun. */
  readonly notices: readonly string[]
  /** Null: 待填写. */
  value<Key extends PolicyKey>(key: Key): PolicyValue<Key> | null
  /** Throws `policy.toFill` with the setting, the profile and where to fill it in. */
  require<Key extends PolicyKey>(key: Key): PolicyValue<Key>
  explain<Key extends PolicyKey>(key: Key): Resolution<PolicyValue<Key>>
  /** Keys the step waits for; empty: it may go on. */
  missingFor(action: PolicyAction): readonly PolicyKey[]
}

function layersOf(ledger: Ledger, code: string, date: BusinessDate): PolicyLayers {
  const layers = policyLayers((each) => profileFileOf(ledger, each), code, date)
  if (layers === null) {
    throw new Problem({ code: 'policy.missing', message: `没有“${code}”这个政策口径，请从列表中选择`, field: 'profileCode' })
  }
  return layers
}

function factsOf(layers: PolicyLayers, code: string): ProfileFacts {
  const inForce = layers.layers.find((layer) => layer.state === 'inForce')
  const version = inForce?.version ?? layers.layers[0]?.version
  return { id: version?.code ?? code, name: version?.name ?? code, ruleNo: version?.ruleNo ?? '' }
}

function toFillProblem(key: PolicyKey, gap: ToFill): Problem {
  const why = gap.why === 'expired' ? `（“${gap.from.name}”已到期）` : ''
  return new Problem({
    code: 'policy.toFill',
    message:
      `“${policySetting(key).label}”${TO_FILL}${why}：` +
      `请到“设置 › 政策口径 › ${gap.from.name}（${gap.from.code}）”填写并注明出处，经第二人确认后再办理`,
    field: key,
  })
}

/** Throws `policy.missing` for an unknown profile. A few indexed reads; office values are read afresh. */
export function policyFor(ledger: Ledger, profileCode: string, date: BusinessDate): Policy {
  const layers = layersOf(ledger, profileCode, date)
  const explain = <Key extends PolicyKey>(key: Key): Resolution<PolicyValue<Key>> => resolvePolicy(layers, key)
  return {
    code: profileCode,
    date,
    facts: factsOf(layers, profileCode),
    notices: layerNotices(layers),
    explain,
    value(key) {
      const resolution = explain(key)
      return resolution.toFill ? null : resolution.value
    },
    require(key) {
      const resolution = explain(key)
      if (resolution.toFill) throw toFillProblem(key, resolution)
      return resolution.value
    },
    missingFor(action) {
      return keysNeededFor(action).filter((key) => explain(key).toFill)
    },
  }
}

export type SheetRow = {
  readonly key: PolicyKey
  readonly group: string
  readonly label: string
  readonly kind: PolicyKind
  readonly unit: string | null
  /** As the screen shows it; `待填写` while unknown. */
  readonly text: string
  /** The stored form for the input, as JSON text; null while unknown. */
  readonly stored: string | null
  readonly toFill: boolean
  readonly why: ToFill['why'] | null
  /** The profile the value comes from, or where it should be filled in. */
  readonly from: { readonly code: string; readonly name: string }
  readonly source: string
  readonly evidence: string
  readonly note: string | null
  readonly setBy: { readonly setBy: string; readonly approvedBy: string; readonly validFrom: BusinessDate } | null
  /** Steps that wait for this value, in Chinese. */
  readonly neededFor: readonly string[]
}

export type ProfileSheet = {
  readonly facts: ProfileFacts
  readonly notices: readonly string[]
  readonly rows: readonly SheetRow[]
}

function sheetRow<Key extends PolicyKey>(policy: Policy, key: Key): SheetRow {
  const { group, label, kind, unit } = policySetting(key)
  const resolution = policy.explain(key)
  const setting = {
    key,
    group,
    label,
    kind,
    unit: unit ?? null,
    from: resolution.from,
    note: resolution.note,
    neededFor: actionsNeeding(key).map((action) => POLICY_ACTION_WORD[action]),
  }
  if (resolution.toFill) {
    return { ...setting, text: TO_FILL, stored: null, toFill: true, why: resolution.why, source: '', evidence: '', setBy: null }
  }
  return {
    ...setting,
    text: policyValueText(key, resolution.value),
    stored: JSON.stringify(encodePolicyValue(key, resolution.value)),
    toFill: false,
    why: null,
    source: resolution.source,
    evidence: resolution.evidence === null ? '本办公室填写' : EVIDENCE_WORD[resolution.evidence],
    setBy: resolution.setBy,
  }
}

/** Every setting of a profile on a day, for the settings screen. Throws `policy.missing`. */
export function profileSheet(ledger: Ledger, code: string, date: BusinessDate): ProfileSheet {
  const policy = policyFor(ledger, code, date)
  return { facts: policy.facts, notices: policy.notices, rows: POLICY_KEYS.map((key) => sheetRow(policy, key)) }
}

export type HolidayReading = {
  readonly table: HolidayTable
  /** Years without any table: working days counted there are only weekdays. */
  readonly unknownYears: readonly number[]
  /** Years whose swapped workdays (调休) and days off in lieu are still 待填写. */
  readonly yearsWithoutSwaps: readonly number[]
}

/** Days off and swapped workdays of every year the range touches. */
export function holidayTable(ledger: Ledger, from: BusinessDate, to: BusinessDate): HolidayReading {
  const daysOff = new Set<string>()
  const swappedWorkdays = new Set<string>()
  const unknownYears: number[] = []
  const yearsWithoutSwaps: number[] = []
  for (let { year } = datePartsOf(from); year <= datePartsOf(to).year; year += 1) {
    const table = policyFor(ledger, HOLIDAY_PROFILE, parseDate(`${year}-12-31`)).value('holidays')
    // An office table entered for a year past the shipped ones stays the latest; it must not stand in for the next year.
    if (table?.daysOff.some((date) => datePartsOf(date).year === year) !== true) {
      unknownYears.push(year)
      continue
    }
    for (const date of table.daysOff) daysOff.add(date)
    for (const date of table.swappedWorkdays ?? []) swappedWorkdays.add(date)
    if (table.swappedWorkdays === null) yearsWithoutSwaps.push(year)
  }
  return { table: { daysOff, swappedWorkdays }, unknownYears, yearsWithoutSwaps }
}
