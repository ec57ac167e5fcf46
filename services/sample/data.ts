/** What `assets/sample/office.json` holds. Amounts are yuan as text; figures of published notices, names invented. */
import { EMERGENCY_APPLICANTS } from '#core/authority/use-authority.ts'
import type { FundKind } from '#core/fund.ts'
import type { PaymentRhythm } from '#core/income/contract-schedule.ts'
import { WARRANTY_CATEGORIES } from '#core/repair/builder-warranty.ts'
import { ROLES } from '#core/role.ts'
import { SHARE_BASES, UTILITY_KINDS, UTILITY_PAYERS } from '#core/income/utility.ts'
import { z } from 'zod'

const yuan = z.string().regex(/^-?\d+\.\d{2}$/)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const contract = z.object({
  category: z.string(),
  party: z.string(),
  place: z.string(),
  rhythm: z.enum(['once', 'monthly', 'quarterly', 'halfYearly', 'yearly']) satisfies z.ZodType<PaymentRhythm>,
  amount: yuan,
  /** Owners' share of the gross, percent. */
  share: z.string(),
})

const complex = z.object({
  code: z.string(),
  name: z.string(),
  pinyin: z.string(),
  profile: z.string(),
  hasAssembly: z.boolean(),
  firstDeposit: yuan,
  manager: z.string(),
  address: z.string(),
  hotline: z.string(),
  buildings: z.number().int().positive(),
  bank: z.string(),
  bankName: z.string(),
  branch: z.string(),
  holder: z.string().optional(),
  fundBank: z.string(),
  opening: yuan,
  fundOpening: yuan,
  daily: z.boolean().default(false),
  /** Complexes whose register was handed over: the same entrances and floors in every building. */
  register: z.object({
    entrances: z.number().int(), floors: z.number().int(), perFloor: z.number().int(),
    /** Every fen of the fund is some household's from the first day on. */
    keepsSubLedger: z.boolean().default(false),
  }).optional(),
  contracts: z.array(contract),
})

const repair = z.object({
  complex: z.string(),
  building: z.number().int(),
  entrance: z.string(),
  part: z.string(),
  facility: z.string(),
  title: z.string(),
  quoted: yuan,
  reported: date,
  /** Which of `contractors`. */
  contractor: z.number().int(),
  /** The step it has come to on the sample's day. */
  to: z.string(),
  /** Its photo was taken before anything was reported. */
  oldPhoto: z.boolean().default(false),
  /** Why it was refused, where it was. */
  refusedFor: z.string().default('属户内自用部分，不得从维修资金列支'),
  /** Worked on first by the local list, without asking the owners beforehand; `case` is one of `emergency.cases`. */
  emergency: z.object({ case: z.string(), applicant: z.enum(EMERGENCY_APPLICANTS), report: z.string() }).optional(),
})

/** When the whole complex or one of its buildings passed completion acceptance; where there is none, nobody knows any more. */
const completion = z.object({ complex: z.string(), building: z.int().nullable(), completedOn: date, paper: z.string() })

/** What the builder promised beyond the statute. */
const warrantyTerm = z.object({
  complex: z.string(), category: z.enum(WARRANTY_CATEGORIES), length: z.int(), agreedOn: date, paper: z.string(),
})

/** What an apportionment asked of households whose accounts did not reach; the first to be asked has paid. */
const selfFunding = z.object({ complex: z.string(), title: z.string(), amount: yuan, asked: date, due: date, paid: date })

/** Shared water, power and lift upkeep, one bill a quarter: what the meter ran, or what the upkeep costs. */
const utility = z.object({
  complex: z.string(),
  kind: z.enum(UTILITY_KINDS),
  place: z.string(),
  paidFrom: z.enum(UTILITY_PAYERS),
  shareBasis: z.enum(SHARE_BASES).optional(),
  amount: yuan.optional(),
  start: z.string().optional(),
  perQuarter: z.array(z.string()).length(4).optional(),
  multiplier: z.number().int().positive().optional(),
  unitPrice: z.string().optional(),
})

/** What the office filled in where the profiles are silent. */
const policy = z.object({
  profile: z.string(),
  key: z.string(),
  value: z.unknown(),
  validFrom: date,
  source: z.string(),
  reason: z.string(),
})

const sample = z.object({
  name: z.string(),
  openedOn: date,
  today: date,
  password: z.string(),
  /** Opens the owners' names. */
  ownersPassphrase: z.string(),
  people: z.array(z.object({ login: z.string(), name: z.string(), roles: z.array(z.enum(ROLES)) })),
  books: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      fundKind: z.enum(['maintenance', 'publicIncome', 'dailyMaintenance']) satisfies z.ZodType<FundKind>,
    }),
  ),
  contractors: z.array(z.object({ name: z.string(), bankName: z.string(), bankAccount: z.string() })),
  supervisors: z.array(z.string()),
  auditors: z.array(z.string()),
  policy: z.array(policy),
  repairs: z.array(repair),
  completions: z.array(completion),
  warrantyTerms: z.array(warrantyTerm),
  selfFunding: z.array(selfFunding),
  utilities: z.array(utility),
  complexes: z.array(complex),
})

export type SampleData = z.infer<typeof sample>
export type SampleRepair = SampleData['repairs'][number]
export type SampleUtility = SampleData['utilities'][number]
export type SampleComplex = SampleData['complexes'][number]

export function parseSample(json: unknown): SampleData {
  return sample.parse(json)
}
