/**
 * Policy values as they are stored and edited: JSON that a person can read (yuan and percent as text, never a float).
 * This is the only place where stored JSON becomes typed values and back.
 */
import { z } from 'zod'
import { isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { GAIN_REGIMES } from '#core/household/gain.ts'
import { parseYuan, plainYuan, type Fen } from '#core/money.ts'
import {
  FREQUENCIES,
  isPolicyKey,
  POLICY_CATALOGUE,
  policySetting,
  SIGNING_PARTIES,
  type PolicyKey,
  type PolicyKind,
  type PolicyKindOf,
  type PolicyKindValues,
  type PolicyValue,
} from '#core/policy/policy.ts'
import { EVIDENCE_WORD, type Evidence, type ProfileEntry, type ProfileVersion } from '#core/policy/policy-resolve.ts'
import { Problem } from '#core/problem.ts'
import { formatPercent, parsePercent, type RateMicro } from '#core/rate.ts'
import { parseVoteShare, type VoteShare } from '#core/authority/vote.ts'
import { OBJECTION_FALLS } from '#core/authority/vote-objection.ts'

const isEvidence = (text: string): text is Evidence => Object.hasOwn(EVIDENCE_WORD, text)

const yuan = z.codec(
  z.string(),
  z.custom<Fen>((value) => typeof value === 'number' && value >= 0),
  { decode: (text) => parseYuan(text), encode: plainYuan },
)
const percent = z.codec(z.string(), z.custom<RateMicro>((value) => typeof value === 'number'), {
  decode: (text) => parsePercent(text),
  encode: formatPercent,
})
const voteShare = z.codec(z.string(), z.custom<VoteShare>((value) => typeof value === 'object'), {
  decode: (text) => parseVoteShare(text),
  encode: (share) => `${share.strict ? '>' : '>='}${share.numerator}/${share.denominator}`,
})
const day = z.string().refine(isBusinessDate)
const days = z.codec(z.array(day), z.custom<readonly BusinessDate[]>(Array.isArray), {
  decode: (texts) => texts.map((text) => parseDate(text)),
  encode: (dates) => [...dates],
})
const text = z.string().trim().min(1)
const count = z.int().min(0)
const monthDay = z.string().refine((value) => isBusinessDate(`2024-${value}`))

const STORED: { readonly [Kind in PolicyKind]: z.ZodType<PolicyKindValues[Kind]> } = {
  yuan,
  percent,
  count,
  countdown: z
    .array(count)
    .min(1)
    .refine((list) => list.every((value, index) => index === 0 || value < (list[index - 1] ?? 0))),
  yesNo: z.boolean(),
  text,
  texts: z.array(text).min(1),
  frequency: z.enum(FREQUENCIES),
  regime: z.enum(GAIN_REGIMES),
  monthDay,
  due: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('day_of_first_month'), day: z.int().min(1).max(31) }),
    z.strictObject({ kind: z.literal('end_of_first_month') }),
  ]),
  posting: z.discriminatedUnion('unit', [
    z.strictObject({ unit: z.enum(['calendar', 'working']), days: z.int().min(1) }),
    z.strictObject({ unit: z.literal('until_next') }),
  ]),
  topUp: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('mainly'), stopAtFirstDeposit: z.boolean() }),
    z.strictObject({ mode: z.literal('min_pct'), pct: percent, strict: z.boolean() }),
    z.strictObject({ mode: z.literal('min_pct_if_fund_below'), pct: percent, strict: z.boolean(), triggerPct: percent }),
    z.strictObject({
      mode: z.literal('min_pct_of_account_balance'),
      pct: percent,
      strict: z.boolean(),
      stopAtFirstDeposit: z.boolean(),
    }),
  ]),
  signing: z.strictObject({
    minSigners: z.strictObject({ section: count, supervisor: count, contractor: count }),
    stamps: z.array(z.enum(SIGNING_PARTIES)),
    photos: z.boolean(),
  }),
  vote: z.strictObject({ quorumArea: voteShare, quorumHeads: voteShare, agreeing: voteShare }),
  season: z.strictObject({ from: monthDay, to: monthDay }).refine(({ from, to }) => from !== to),
  objection: z.strictObject({ share: voteShare, falls: z.enum(OBJECTION_FALLS) }),
  holidays: z.strictObject({ daysOff: days, swappedWorkdays: days.nullable() }),
}

const HINT: Readonly<Record<PolicyKind, string>> = {
  yuan: '不小于零的金额，例如 2000.00',
  percent: '百分数，例如 50',
  count: '不小于零的整数',
  countdown: '由大到小的天数，例如 30、15、7、1',
  yesNo: '是或否',
  text: '文字',
  texts: '至少一项文字',
  frequency: '列表中的一种频次',
  regime: 'A 至 F 中的一种办法',
  monthDay: '月-日，例如 06-30',
  due: '下季度首月的几日（1 至 31），或首月月底',
  posting: '张贴天数和计算单位，或“至下一期公示为止”',
  topUp: '补充维修资金的一种规则及其比例',
  signing: '三方的签字人数、盖章方和是否要影像',
  vote: '参与和同意的比例，例如 >=2/3、>1/2',
  season: '开始和结束的月-日，例如 11-15 至 03-15',
  objection: '不通过的异议比例，例如 >1/3，以及面积和人数是否都要超过',
  holidays: '放假日和调休上班日，均写成 2025-10-01 这样的日期',
}

/** Throws `policy.value`, or the code of the part that is wrong (`money.format`, `rate.format` …), on field `value`. */
export function decodePolicyValue<Key extends PolicyKey>(key: Key, stored: unknown): PolicyValue<Key> {
  const kind: PolicyKindOf<Key> = POLICY_CATALOGUE[key].kind
  const { label } = policySetting(key)
  try {
    return STORED[kind].parse(stored)
  } catch (error) {
    if (error instanceof Problem) {
      throw new Problem({ code: error.code, message: `${label}：${error.message}`, field: 'value' }, { cause: error })
    }
    if (error instanceof z.ZodError) {
      throw new Problem({ code: 'policy.value', message: `“${label}”应填写${HINT[kind]}`, field: 'value' }, { cause: error })
    }
    throw error
  }
}

/** The stored form of a value, ready for `JSON.stringify` and for the settings form. */
export function encodePolicyValue<Key extends PolicyKey>(key: Key, value: PolicyValue<Key>): unknown {
  const kind: PolicyKindOf<Key> = POLICY_CATALOGUE[key].kind
  const schema: z.ZodType<PolicyValue<Key>> = STORED[kind]
  return z.encode(schema, value)
}

const EVIDENCE = z.string().refine(isEvidence)

const STORED_BODY = z.strictObject({
  ruleNo: z.string().nullable(),
  note: z.string().nullable(),
  values: z.record(
    z.string(),
    z.strictObject({
      value: z.json(),
      source: z.string().optional(),
      evidence: EVIDENCE.optional(),
      note: z.string().optional(),
    }),
  ),
})
const STORED_SOURCES = z.array(z.string()).min(1)

/** What `policy_profile.body` holds; an entry without its own source or evidence has the profile's. */
export type StoredBody = z.infer<typeof STORED_BODY>

export const SHIPPED_PROFILES = z.strictObject({
  profiles: z.array(
    z.strictObject({
      code: z.string(),
      validFrom: day,
      validTo: day.nullable(),
      inherits: z.string().nullable(),
      name: z.string(),
      sources: STORED_SOURCES,
      evidence: EVIDENCE,
      ...STORED_BODY.shape,
    }),
  ),
})

export const SHIPPED_HOLIDAYS = z.strictObject({
  code: z.string(),
  name: z.string(),
  evidence: EVIDENCE,
  note: z.string(),
  years: z.array(z.strictObject({ year: z.int(), source: z.string(), daysOff: z.array(day) })),
})

export type ProfileRow = {
  readonly code: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly inherits: string | null
  readonly name: string
  readonly body: string
  readonly sources: string
  readonly evidence: string
}

type Entries = ProfileVersion['entries']

type Origin = Omit<ProfileEntry<never>, 'value'>

function putEntry<Key extends PolicyKey>(entries: Entries, key: Key, value: unknown, origin: Origin): void {
  const entry: ProfileEntry<PolicyValue<Key>> = { value: value === null ? null : decodePolicyValue(key, value), ...origin }
  Object.assign(entries, { [key]: entry })
}

/**
 * Parsed rows by their full text: checking a body costs a millisecond, and an office asks for hundreds of complexes at
 * once. The text decides the result, so nothing here can be out of date; it grows by one per profile version.
 */
const READ_ROWS = new Map<string, ProfileVersion>()

/** Throws when the row is not what this product wrote. Keys of a newer product are passed over. */
export function profileVersionOf(row: ProfileRow): ProfileVersion {
  const text = JSON.stringify(row)
  const known = READ_ROWS.get(text)
  if (known !== undefined) return known
  const version = readRow(row)
  READ_ROWS.set(text, version)
  return version
}

function readRow(row: ProfileRow): ProfileVersion {
  const body = STORED_BODY.parse(JSON.parse(row.body))
  const sources = STORED_SOURCES.parse(JSON.parse(row.sources))
  const evidence = EVIDENCE.parse(row.evidence)
  const entries: Entries = {}
  for (const [key, stored] of Object.entries(body.values)) {
    if (!isPolicyKey(key)) continue
    putEntry(entries, key, stored.value, {
      source: stored.source ?? sources.join('；'),
      evidence: stored.evidence ?? evidence,
      note: stored.note ?? null,
    })
  }
  return {
    code: row.code,
    validFrom: parseDate(row.validFrom),
    validTo: row.validTo === null ? null : parseDate(row.validTo),
    inherits: row.inherits,
    name: row.name,
    ruleNo: body.ruleNo,
    note: body.note,
    sources,
    evidence,
    entries,
  }
}
