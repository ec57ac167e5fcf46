/**
 * Which value of a local rule holds on a day. Profiles are asked from the complex's own upwards (its `inherits` chain,
 * the national floor last); the first that speaks on the key decides. A profile that speaks but whose figure was not
 * found, or that has run out, stops the search: passing on to a weaker rule would be a guess.
 */
import type { BusinessDate } from '../calendar.ts'
import type { PolicyKey, PolicyValue } from './policy.ts'
import { assertInvariant } from '../problem.ts'

export const NATIONAL_PROFILE = 'CN-NATIONAL'
/** One version a year; which years are missing is said where working days are counted, not on every screen. */
export const HOLIDAY_PROFILE = 'CN-HOLIDAYS'

/**
 * How well the source supports a value: L full legal text, O official text in part, N news summary, T third party,
 * S inferred from the structure of a legal text, R published report of an office, D default of this product.
 */
export const EVIDENCE_WORD = {
  L: '法规全文',
  O: '官方文本（节选）',
  N: '新闻报道',
  T: '第三方资料',
  S: '由法规推定',
  R: '公开报告',
  D: '软件默认值',
} as const
export type Evidence = keyof typeof EVIDENCE_WORD

/** `value: null`: the text has, or should have, such a rule, but it was not found: 待填写. */
export type ProfileEntry<Value> = {
  readonly value: Value | null
  readonly source: string
  readonly evidence: Evidence
  readonly note: string | null
}

export type ProfileVersion = {
  readonly code: string
  readonly validFrom: BusinessDate
  /** Last day in force; null while open. */
  readonly validTo: BusinessDate | null
  readonly inherits: string | null
  readonly name: string
  /** Number of the rule (文号), for notices; null where it has none or it was not found. */
  readonly ruleNo: string | null
  readonly note: string | null
  readonly sources: readonly string[]
  readonly evidence: Evidence
  /** A key that is missing here: this text is silent on it, ask the next profile up. */
  readonly entries: { readonly [Key in PolicyKey]?: ProfileEntry<PolicyValue<Key>> }
}

/** What the office set for a profile, four eyes, from a day on; `value: null` takes its earlier value back. */
export type OfficeEntry<Value> = {
  readonly id: number
  readonly value: Value | null
  readonly validFrom: BusinessDate
  readonly source: string
  readonly reason: string
  readonly setBy: string
  readonly approvedBy: string
}
export type OfficeEntries = { readonly [Key in PolicyKey]?: readonly OfficeEntry<PolicyValue<Key>>[] }

/** Everything on file for one profile code, in any order; no versions: there is no such profile. */
export type ProfileFile = { readonly versions: readonly ProfileVersion[]; readonly office: OfficeEntries }

export type PolicyLayer = {
  /** The version in force, else the last one that ran out, else the first one to come. */
  readonly version: ProfileVersion
  readonly state: 'inForce' | 'expired' | 'notYet'
  readonly office: OfficeEntries
}

export type PolicyLayers = { readonly date: BusinessDate; readonly layers: readonly PolicyLayer[] }

function layerOf(file: ProfileFile, date: BusinessDate): PolicyLayer | null {
  const versions = file.versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const begun = versions.filter((version) => version.validFrom <= date)
  const inForce = begun.findLast((version) => version.validTo === null || version.validTo >= date)
  if (inForce !== undefined) return { version: inForce, state: 'inForce', office: file.office }
  const expired = begun.at(-1)
  if (expired !== undefined) return { version: expired, state: 'expired', office: file.office }
  const coming = versions[0]
  return coming === undefined ? null : { version: coming, state: 'notYet', office: file.office }
}

/**
 * The profiles to ask on `date`, in order. Null where `code` is unknown; a broken chain (unknown or circular `inherits`)
 * is a fault of the shipped data and throws.
 */
export function policyLayers(fileOf: (code: string) => ProfileFile, code: string, date: BusinessDate): PolicyLayers | null {
  const layers: PolicyLayer[] = []
  const seen = new Set<string>()
  let next: string | null = code
  while (next !== null) {
    assertInvariant(!seen.has(next), `policy profile ${next} inherits itself`)
    seen.add(next)
    const layer = layerOf(fileOf(next), date)
    if (layer === null) {
      if (layers.length === 0) return null
      throw new Error(`invariant broken: policy profile ${next} is inherited but does not exist`)
    }
    layers.push(layer)
    const isTop: boolean = seen.has(NATIONAL_PROFILE) || next === HOLIDAY_PROFILE
    next = layer.version.inherits ?? (isTop ? null : NATIONAL_PROFILE)
  }
  return { date, layers }
}

export type Resolved<Value> = {
  readonly toFill: false
  readonly value: Value
  readonly from: { readonly code: string; readonly name: string }
  readonly source: string
  readonly evidence: Evidence | null
  readonly note: string | null
  /** The two persons behind an office value; null for a shipped one. */
  readonly setBy: { readonly setBy: string; readonly approvedBy: string; readonly validFrom: BusinessDate } | null
}

export type ToFill = {
  readonly toFill: true
  /** `notFound`: a text asks for it, its figure is unknown; `expired`: the text ran out; `silent`: no text speaks of it. */
  readonly why: 'notFound' | 'expired' | 'silent'
  /** Where the office should fill it in: the profile that stopped the search, else the complex's own. */
  readonly from: { readonly code: string; readonly name: string }
  readonly note: string | null
}

export type Resolution<Value> = Resolved<Value> | ToFill

/**
 * The office's value for this layer on `date`: its latest, unless taken back, outlived by the profile, or overtaken by a
 * newer version of the text that brings a figure of its own.
 */
function officeValue<Key extends PolicyKey>(layer: PolicyLayer, key: Key, date: BusinessDate): Resolved<PolicyValue<Key>> | null {
  const { version, state } = layer
  const entries: readonly OfficeEntry<PolicyValue<Key>>[] = layer.office[key] ?? []
  const latest = entries
    .filter((entry) => entry.validFrom <= date)
    .toSorted((a, b) => (a.validFrom === b.validFrom ? a.id - b.id : a.validFrom < b.validFrom ? -1 : 1))
    .at(-1)
  if (latest === undefined || latest.value === null) return null
  if (state === 'expired' && version.validTo !== null && latest.validFrom <= version.validTo) return null
  const shipped = version.entries[key]
  if (state === 'inForce' && shipped !== undefined && shipped.value !== null && latest.validFrom < version.validFrom) return null
  return {
    toFill: false,
    value: latest.value,
    from: { code: version.code, name: version.name },
    source: latest.source,
    evidence: null,
    note: latest.reason,
    setBy: { setBy: latest.setBy, approvedBy: latest.approvedBy, validFrom: latest.validFrom },
  }
}

function hasOfficeEntry(layer: PolicyLayer, key: PolicyKey): boolean {
  return (layer.office[key] ?? []).some((entry) => entry.value !== null)
}

/** The value of `key` on the day the layers were taken for, with where it comes from; or why it is 待填写. */
export function resolvePolicy<Key extends PolicyKey>(layers: PolicyLayers, key: Key): Resolution<PolicyValue<Key>> {
  for (const layer of layers.layers) {
    const { version, state } = layer
    const from = { code: version.code, name: version.name }
    const set = officeValue(layer, key, layers.date)
    if (set !== null) return set
    if (state === 'notYet') continue
    const entry: ProfileEntry<PolicyValue<Key>> | undefined = version.entries[key]
    if (state === 'expired') {
      if (entry !== undefined || hasOfficeEntry(layer, key)) return { toFill: true, why: 'expired', from, note: null }
      continue
    }
    if (entry === undefined) continue
    const { value, source, evidence, note } = entry
    if (value === null) return { toFill: true, why: 'notFound', from, note }
    return { toFill: false, value, from, source, evidence, note, setBy: null }
  }
  const own = layers.layers[0]
  assertInvariant(own !== undefined, 'policy layers are never empty')
  return { toFill: true, why: 'silent', from: { code: own.version.code, name: own.version.name }, note: null }
}

/** Sentences for the screen about profiles of the chain that are not in force on the day. */
export function layerNotices(layers: PolicyLayers): readonly string[] {
  return layers.layers.flatMap(({ version, state }) => {
    if (version.code === HOLIDAY_PROFILE) return []
    if (state === 'expired') {
      const ended = `“${version.name}”已于 ${version.validTo ?? ''} 到期`
      return [`${ended}，其中的规定不再自动适用：请核对新文件后填写，或改用新的政策口径`]
    }
    return state === 'notYet' ? [`“${version.name}”自 ${version.validFrom} 起施行，${layers.date} 仍按上一级口径办理`] : []
  })
}
