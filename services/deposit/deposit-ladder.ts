/** The ladder of term money and where it exceeds what the policy profile allows. Over a limit is a finding (疑似). */
import { addDays, addMonths, type BusinessDate } from '#core/calendar.ts'
import { ladderOf, type Holding, type Ladder } from '#core/deposit/deposit-ladder.ts'
import type { CertificateId, ComplexId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { PolicyKey, PolicyValue } from '#core/policy/policy.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { CERTIFICATE, type Certificate } from './certificate.ts'
import { policyFor } from '../policy/policy.ts'

const OF_COMPLEX = '(:complexId IS NULL OR c.complexId = :complexId)'

/** A limit as a profile states it; `null` value: 待填写. */
export type Limit<Value> = { readonly value: Value | null; readonly profile: { readonly code: string; readonly name: string } }

export type LadderLimits = {
  readonly bankShare: Limit<RateMicro>
  readonly largest: Limit<Fen>
  readonly longestMonths: Limit<number>
}

export type LadderFinding =
  | { readonly kind: 'bankShare'; readonly bankName: string; readonly share: RateMicro; readonly limit: RateMicro }
  | {
      readonly kind: 'largest' | 'longestTerm'
      readonly certificateId: CertificateId
      readonly certificateNo: string
      readonly complexName: string
      readonly bankName: string
      readonly principalFen: Fen
      readonly valueDate: BusinessDate
      readonly dueDate: BusinessDate
    }

export type DepositLadder = Ladder & {
  readonly largest: Pick<Certificate, 'id' | 'certificateNo' | 'complexName' | 'bankName' | 'principalFen'> | null
  readonly limits: LadderLimits
  readonly findings: readonly LadderFinding[]
  /** Beyond the ones listed. */
  readonly moreFindings: number
}

const FINDINGS_SHOWN = 200

/** Of several profiles in use the strictest counts: money of all complexes lies at the same banks. */
function strictest<Key extends PolicyKey>(
  ledger: Ledger,
  today: BusinessDate,
  complexId: ComplexId | null,
  key: Key,
): Limit<PolicyValue<Key> & number> {
  const profiles = ledger
    .prepare<[Record<string, unknown>], { code: string }>(
      'SELECT DISTINCT profile_code AS code FROM complex WHERE :complexId IS NULL OR id = :complexId ORDER BY code',
    )
    .all({ complexId })
  let chosen: Limit<PolicyValue<Key> & number> | null = null
  for (const { code } of profiles) {
    const resolution = policyFor(ledger, code, today).explain(key)
    const value = resolution.toFill || typeof resolution.value !== 'number' ? null : resolution.value
    const isStricter = chosen === null || (value !== null && (chosen.value === null || value < chosen.value))
    if (isStricter) chosen = { value, profile: resolution.from }
  }
  return chosen ?? { value: null, profile: { code: '', name: '' } }
}

const HOLDINGS = `SELECT c.bankName, c.rateMicro, c.dueDate, count(*) AS count, sum(c.principalFen) AS principalFen
  FROM (${CERTIFICATE}) c WHERE c.status = 'inForce' AND ${OF_COMPLEX}
  GROUP BY c.bankName, c.rateMicro, c.dueDate ORDER BY c.dueDate, c.bankName, c.rateMicro`

const LARGEST = `SELECT c.id, c.certificateNo, c.complexName, c.bankName, c.principalFen FROM (${CERTIFICATE}) c
  WHERE c.status = 'inForce' AND ${OF_COMPLEX} ORDER BY c.principalFen DESC, c.id LIMIT 1`

/** A month is never shorter than 28 days: what passes here is looked at by the corresponding day. */
const SUSPECTS = `SELECT * FROM (${CERTIFICATE}) c
  WHERE c.status = 'inForce' AND ${OF_COMPLEX}
    AND (c.principalFen > :largest OR c.termMonths > :months OR c.termDays > 28 * :months)
  ORDER BY c.principalFen DESC, c.id`

const NO_LIMIT = Number.MAX_SAFE_INTEGER
/** Beyond any deposit, and times 28 still an integer of SQL. */
const NO_MONTHS = 12_000

/** The term as agreed: a due date moved by a holiday makes no longer deposit. */
function isLonger({ termMonths, termDays, valueDate }: Certificate, months: number): boolean {
  if (termMonths !== null) return termMonths > months
  return termDays !== null && addDays(valueDate, termDays) > addMonths(valueDate, months)
}

function findingsOf(
  ledger: Ledger,
  complexId: ComplexId | null,
  ladder: Ladder,
  limits: LadderLimits,
): readonly LadderFinding[] {
  const { bankShare: { value: share }, largest: { value: largest }, longestMonths: { value: months } } = limits
  const overShare = share === null
    ? []
    : ladder.banks.filter((bank) => bank.share > share)
        .map((bank): LadderFinding => ({ kind: 'bankShare', bankName: bank.bankName, share: bank.share, limit: share }))
  if (largest === null && months === null) return overShare
  const suspects = ledger.prepare<[Record<string, unknown>], Certificate>(SUSPECTS).all({
    complexId,
    largest: largest ?? NO_LIMIT,
    months: months ?? NO_MONTHS,
  })
  const findings = suspects.flatMap((row): LadderFinding[] => {
    const { id: certificateId, certificateNo, complexName, bankName, principalFen, valueDate, dueDate } = row
    const facts = { certificateId, certificateNo, complexName, bankName, principalFen, valueDate, dueDate }
    return [
      ...(largest !== null && principalFen > largest ? [{ kind: 'largest' as const, ...facts }] : []),
      ...(months !== null && isLonger(row, months) ? [{ kind: 'longestTerm' as const, ...facts }] : []),
    ]
  })
  return [...overShare, ...findings]
}

export function depositLadder(ledger: Ledger, today: BusinessDate, complexId: ComplexId | null): DepositLadder {
  const ladder = ladderOf(ledger.prepare<[Record<string, unknown>], Holding>(HOLDINGS).all({ complexId }), today)
  const limits: LadderLimits = {
    bankShare: strictest(ledger, today, complexId, 'deposit.bankSharePercent'),
    largest: strictest(ledger, today, complexId, 'deposit.largestCertificate'),
    longestMonths: strictest(ledger, today, complexId, 'deposit.longestTermMonths'),
  }
  const findings = findingsOf(ledger, complexId, ladder, limits)
  return {
    ...ladder,
    largest: ledger.prepare<[Record<string, unknown>], NonNullable<DepositLadder['largest']>>(LARGEST).get({ complexId }) ?? null,
    limits,
    findings: findings.slice(0, FINDINGS_SHOWN),
    moreFindings: Math.max(0, findings.length - FINDINGS_SHOWN),
  }
}
