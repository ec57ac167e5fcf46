/**
 * How each kind of local rule is typed: as a few texts and choices, turned into the stored form the service checks. What
 * cannot be read as a number is handed over as typed, so that the service says what it should have been. Pure.
 */
import { GAIN_REGIME_WORD, GAIN_REGIMES } from '#core/household/gain.ts'
import { FREQUENCIES, SIGNING_PARTIES, type PolicyKind } from '#core/policy/policy.ts'
import { FREQUENCY_WORD } from '#core/policy/policy-text.ts'
import { policyFormText as text } from '../../messages/policy.ts'

export type PolicyFormValues = Readonly<Record<string, string>>

/** What travels to the service: plain JSON. */
export type StoredJson = string | number | boolean | null | StoredJson[] | { [key: string]: StoredJson }

export type PolicyField = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly input: 'text' | 'lines' | 'choice'
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  /** Shown only then. */
  readonly when?: (values: PolicyFormValues) => boolean
}

type KindForm = {
  readonly fields: readonly PolicyField[]
  readonly toStored: (values: PolicyFormValues) => StoredJson
  readonly fromStored: (stored: unknown) => PolicyFormValues
}

const YES = 'yes'
const NO = 'no'

function field(name: string, label: string, more: Partial<PolicyField> = {}): PolicyField {
  return { name, label, input: 'text', ...more }
}

function choice(
  name: string,
  label: string,
  choices: readonly (readonly [string, string])[],
  more: Partial<PolicyField> = {},
): PolicyField {
  return { name, label, input: 'choice', choices: choices.map(([value, word]) => ({ value, label: word })), ...more }
}

function yesNo(name: string, label: string, more: Partial<PolicyField> = {}): PolicyField {
  return choice(name, label, [[YES, text.yes], [NO, text.no]], more)
}

function countOf(typed: string | undefined): number | string {
  const trimmed = (typed ?? '').trim()
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : trimmed
}

function linesOf(typed: string | undefined): string[] {
  return (typed ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')
}

function partOf(stored: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined,
    stored,
  )
}

function textOf(stored: unknown, ...path: readonly string[]): string {
  const part = partOf(stored, ...path)
  if (typeof part === 'boolean') return part ? YES : NO
  return typeof part === 'string' || typeof part === 'number' ? String(part) : ''
}

function joined(stored: unknown, separator: string, ...path: readonly string[]): string {
  const part = partOf(stored, ...path)
  return Array.isArray(part) ? part.map(String).join(separator) : ''
}

function plain(label: string, hint: string | undefined, read: (typed: string | undefined) => StoredJson): KindForm {
  return {
    fields: [field('value', label, hint === undefined ? {} : { hint })],
    toStored: ({ value }) => read(value),
    fromStored: (stored) => ({ value: textOf(stored) }),
  }
}

const trimmed = (typed: string | undefined): string => (typed ?? '').trim()

const FREQUENCY_CHOICES = FREQUENCIES.map((frequency) => [frequency, FREQUENCY_WORD[frequency]] as const)
const REGIME_CHOICES = GAIN_REGIMES.map((regime) => [regime, `${regime}　${GAIN_REGIME_WORD[regime]}`] as const)
const STAMP_FIELDS = { section: 'stampSection', supervisor: 'stampSupervisor', contractor: 'stampContractor' } as const

const isMode =
  (...modes: readonly string[]) =>
  ({ mode }: PolicyFormValues): boolean =>
    mode !== undefined && modes.includes(mode)
const withPercent = isMode('min_pct', 'min_pct_if_fund_below', 'min_pct_of_account_balance')
const withStop = isMode('mainly', 'min_pct_of_account_balance')
const withTrigger = isMode('min_pct_if_fund_below')

const FORMS: Readonly<Record<PolicyKind, KindForm>> = {
  yuan: plain(text.value, text.yuanHint, trimmed),
  percent: plain(text.value, text.percentHint, trimmed),
  count: plain(text.count, undefined, countOf),
  text: plain(text.value, undefined, trimmed),
  monthDay: plain(text.value, text.monthDayHint, trimmed),
  season: {
    fields: [
      field('from', text.season.from, { hint: text.season.fromHint }), field('to', text.season.to, { hint: text.season.toHint }),
    ],
    toStored: ({ from, to }) => ({ from: trimmed(from), to: trimmed(to) }),
    fromStored: (stored) => ({ from: textOf(stored, 'from'), to: textOf(stored, 'to') }),
  },
  countdown: {
    fields: [field('value', text.countdown, { hint: text.countdownHint })],
    toStored: ({ value }) => trimmed(value).split(/[、，,\s]+/).filter((part) => part !== '').map(countOf),
    fromStored: (stored) => ({ value: joined(stored, '、') }),
  },
  yesNo: {
    fields: [yesNo('value', text.value)],
    toStored: ({ value }) => value === YES,
    fromStored: (stored) => ({ value: textOf(stored) }),
  },
  texts: {
    fields: [field('value', text.lines, { input: 'lines' })],
    toStored: ({ value }) => linesOf(value),
    fromStored: (stored) => ({ value: joined(stored, '\n') }),
  },
  frequency: {
    fields: [choice('value', text.frequency, FREQUENCY_CHOICES)],
    toStored: ({ value }) => trimmed(value),
    fromStored: (stored) => ({ value: textOf(stored) }),
  },
  regime: {
    fields: [choice('value', text.regime, REGIME_CHOICES)],
    toStored: ({ value }) => trimmed(value),
    fromStored: (stored) => ({ value: textOf(stored) }),
  },
  due: {
    fields: [
      choice('kind', text.due.kind, [
        ['day_of_first_month', text.due.day_of_first_month],
        ['end_of_first_month', text.due.end_of_first_month],
      ]),
      field('day', text.due.day, { when: ({ kind }) => kind === 'day_of_first_month' }),
    ],
    toStored: ({ kind, day }) => (kind === 'day_of_first_month' ? { kind, day: countOf(day) } : { kind: trimmed(kind) }),
    fromStored: (stored) => ({ kind: textOf(stored, 'kind'), day: textOf(stored, 'day') }),
  },
  posting: {
    fields: [
      choice('unit', text.posting.unit, [
        ['calendar', text.posting.calendar], ['working', text.posting.working], ['until_next', text.posting.until_next],
      ]),
      field('days', text.posting.days, { when: ({ unit }) => unit === 'calendar' || unit === 'working' }),
    ],
    toStored: ({ unit, days }) => (unit === 'until_next' ? { unit } : { unit: trimmed(unit), days: countOf(days) }),
    fromStored: (stored) => ({ unit: textOf(stored, 'unit'), days: textOf(stored, 'days') }),
  },
  topUp: {
    fields: [
      choice('mode', text.topUp.mode, [
        ['mainly', text.topUp.mainly],
        ['min_pct', text.topUp.min_pct],
        ['min_pct_if_fund_below', text.topUp.min_pct_if_fund_below],
        ['min_pct_of_account_balance', text.topUp.min_pct_of_account_balance],
      ]),
      field('pct', text.topUp.pct, { when: withPercent }),
      yesNo('strict', text.topUp.strict, { when: withPercent }),
      field('triggerPct', text.topUp.triggerPct, { when: withTrigger }),
      yesNo('stop', text.topUp.stop, { when: withStop }),
    ],
    toStored: (values) => ({
      mode: trimmed(values['mode']),
      ...(withPercent(values) && { pct: trimmed(values['pct']), strict: values['strict'] === YES }),
      ...(withTrigger(values) && { triggerPct: trimmed(values['triggerPct']) }),
      ...(withStop(values) && { stopAtFirstDeposit: values['stop'] === YES }),
    }),
    fromStored: (stored) => ({
      mode: textOf(stored, 'mode'),
      pct: textOf(stored, 'pct'),
      strict: textOf(stored, 'strict'),
      triggerPct: textOf(stored, 'triggerPct'),
      stop: textOf(stored, 'stopAtFirstDeposit'),
    }),
  },
  signing: {
    fields: [
      ...SIGNING_PARTIES.map((party) => field(party, text.signing[party])),
      ...SIGNING_PARTIES.map((party) => yesNo(STAMP_FIELDS[party], text.signing[STAMP_FIELDS[party]])),
      yesNo('photos', text.signing.photos),
    ],
    toStored: (values) => ({
      minSigners: Object.fromEntries(SIGNING_PARTIES.map((party) => [party, countOf(values[party])])),
      stamps: SIGNING_PARTIES.filter((party) => values[STAMP_FIELDS[party]] === YES),
      photos: values['photos'] === YES,
    }),
    fromStored: (stored) => {
      const stamps = partOf(stored, 'stamps')
      const hasStamp = (party: string): string => (Array.isArray(stamps) && stamps.includes(party) ? YES : NO)
      return {
        ...Object.fromEntries(SIGNING_PARTIES.map((party) => [party, textOf(stored, 'minSigners', party)])),
        ...Object.fromEntries(SIGNING_PARTIES.map((party) => [STAMP_FIELDS[party], hasStamp(party)])),
        photos: textOf(stored, 'photos'),
      }
    },
  },
  vote: {
    fields: [
      field('quorumArea', text.vote.area, { hint: text.vote.hint }),
      field('quorumHeads', text.vote.heads, { hint: text.vote.hint }),
      field('agreeing', text.vote.agreeing, { hint: text.vote.hint }),
    ],
    toStored: ({ quorumArea, quorumHeads, agreeing }) => ({
      quorumArea: trimmed(quorumArea), quorumHeads: trimmed(quorumHeads), agreeing: trimmed(agreeing),
    }),
    fromStored: (stored) => ({
      quorumArea: textOf(stored, 'quorumArea'), quorumHeads: textOf(stored, 'quorumHeads'), agreeing: textOf(stored, 'agreeing'),
    }),
  },
  objection: {
    fields: [
      field('share', text.objection.share, { hint: text.objection.hint }),
      choice('falls', text.objection.falls, [['both', text.objection.both], ['either', text.objection.either]]),
    ],
    toStored: ({ share, falls }) => ({ share: trimmed(share), falls: trimmed(falls) }),
    fromStored: (stored) => ({ share: textOf(stored, 'share'), falls: textOf(stored, 'falls') }),
  },
  holidays: {
    fields: [
      field('daysOff', text.holidays.daysOff, { input: 'lines', hint: text.holidays.hint }),
      yesNo('known', text.holidays.known),
      field('swapped', text.holidays.swapped, { input: 'lines', hint: text.holidays.hint, when: ({ known }) => known === YES }),
    ],
    toStored: ({ daysOff, swapped, known }) => ({
      daysOff: linesOf(daysOff),
      swappedWorkdays: known === YES ? linesOf(swapped) : null,
    }),
    fromStored: (stored) => ({
      daysOff: joined(stored, '\n', 'daysOff'),
      known: Array.isArray(partOf(stored, 'swappedWorkdays')) ? YES : NO,
      swapped: joined(stored, '\n', 'swappedWorkdays'),
    }),
  },
}

export function policyFields(kind: PolicyKind, values: PolicyFormValues): readonly PolicyField[] {
  return FORMS[kind].fields.filter(({ when }) => when === undefined || when(values))
}

/** What the service stores; it refuses what does not fit and says what should stand there. */
export function storedOf(kind: PolicyKind, values: PolicyFormValues): StoredJson {
  return FORMS[kind].toStored(values)
}

/** Empty texts while nothing is known yet. */
export function valuesOf(kind: PolicyKind, stored: unknown): PolicyFormValues {
  return FORMS[kind].fromStored(stored)
}
