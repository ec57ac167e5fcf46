/** The sample's certificates: chains rolled over when due. What else happens to them is in deposit-stories.ts. */
import { addMonths, datePartsOf, parseDate } from '#core/calendar.ts'
import type { DepositProduct, RolloverInstruction } from '#core/deposit/deposit.ts'
import type { CertificateId } from '#core/id.ts'
import { addFen, fen, formatYuan, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { certificateOf } from '../deposit/certificate.ts'
import { expectedOn, placeCertificate } from '../deposit/deposit.ts'
import { rollOverCertificate } from '../deposit/deposit-rollover.ts'
import { paper, post, type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'

type PlannedCertificate = {
  readonly complex: string
  readonly placed: string
  readonly principal: string
  readonly months: number
  readonly rates: readonly string[]
  readonly mode: Exclude<RolloverInstruction, 'none'>
  /** Absent: an ordinary term deposit. */
  readonly product?: DepositProduct
  /** How often it is rolled over when due; the last link stays as it is. */
  readonly rollovers: number
  /** Fen the bank paid less than expected on the first rollover. */
  readonly shortFen?: number
}

/** Chains rolled over again and again, one left asleep since July, one a fen short, several due within the month. */
const CERTIFICATES: readonly PlannedCertificate[] = [
  {
    complex: 'A01', placed: '2024-10-15', principal: '1000000.00', months: 12, rates: ['1.50', '1.10'],
    mode: 'principal_and_interest', rollovers: 1,
  },
  {
    complex: 'A02', placed: '2024-10-20', principal: '9000000.00', months: 6, rates: ['1.30', '1.15', '1.05', '0.95'],
    mode: 'principal_and_interest', rollovers: 2,
  },
  {
    complex: 'A02', placed: '2025-01-10', principal: '5000000.00', months: 24, rates: ['1.20'], mode: 'principal_only',
    rollovers: 0,
  },
  {
    complex: 'A03', placed: '2025-07-06', principal: '500000.00', months: 12, rates: ['0.95'], mode: 'principal_only',
    rollovers: 0,
  },
  {
    complex: 'A04', placed: '2024-10-28', principal: '1500000.00', months: 12, rates: ['1.45', '1.00'],
    mode: 'principal_and_interest', rollovers: 1, shortFen: 1,
  },
  {
    complex: 'A05', placed: '2025-10-11', principal: '3000000.00', months: 12, rates: ['0.98'],
    mode: 'principal_and_interest', rollovers: 0,
  },
  {
    complex: 'X01', placed: '2024-11-04', principal: '4000000.00', months: 3,
    rates: ['1.05', '0.90', '0.80', '0.75', '0.70', '0.65', '0.65'], mode: 'principal_only', rollovers: 6,
  },
  {
    complex: 'X02', placed: '2025-04-16', principal: '2000000.00', months: 18, rates: ['1.25'], mode: 'principal_only',
    rollovers: 0,
  },
  {
    complex: 'X04', placed: '2025-10-24', principal: '3500000.00', months: 12, rates: ['0.95'],
    mode: 'principal_and_interest', rollovers: 0,
  },
  {
    complex: 'S01', placed: '2025-10-12', principal: '10000000.00', months: 12, rates: ['1.05'],
    mode: 'principal_and_interest', rollovers: 0, product: 'largeCertificate',
  },
  {
    complex: 'S02', placed: '2026-03-20', principal: '2500000.00', months: 12, rates: ['0.90'],
    mode: 'principal_and_interest', rollovers: 0,
  },
  {
    complex: 'S03', placed: '2025-08-31', principal: '3000000.00', months: 6, rates: ['0.85', '0.80', '0.75'],
    mode: 'principal_and_interest', rollovers: 1,
  },
  {
    complex: 'A05', placed: '2025-03-10', principal: '500000.00', months: 36, rates: ['1.93'], mode: 'principal_only',
    rollovers: 0, product: 'treasuryBond',
  },
]

const DEMAND_RATE = parsePercent('0.05')

function certificateNumber(complex: SeatedComplex, plan: number, link: number): string {
  return `${complex.data.fundBank.slice(-6)}${String(plan + 1).padStart(3, '0')}-${link + 1}`
}

export function certificateEvents(desk: Desk): SampleEvent[] {
  return CERTIFICATES.flatMap((plan, index) => {
    const complex = desk.complexes.find(({ data }) => data.code === plan.complex)
    if (complex === undefined) return []
    const placed = parseDate(plan.placed)
    const number = (link: number): string => certificateNumber(complex, index, link)
    const product = plan.product ?? 'time'
    const printed = (link: number) => ({
      certificateNo: number(link),
      product,
      rateMicro: parsePercent(plan.rates[link] ?? plan.rates.at(-1) ?? '1.00'),
      demandRateMicro: product === 'treasuryBond' ? parsePercent('0') : DEMAND_RATE,
      dayCount: 'months_odd_360' as const,
      term: { unit: 'months' as const, count: plan.months },
      rolloverInstruction: product === 'treasuryBond' ? 'none' as const : plan.mode,
      personInCharge: desk.preparer.actor.userId,
    })
    let latest: CertificateId | null = null
    const place: SampleEvent = {
      date: placed,
      happen: () => {
        const result = placeCertificate(desk.preparer, {
          ...printed(0), valueDate: placed, complexId: complex.id, bankAccountId: complex.fundBank,
          principalFen: parseYuan(plan.principal), attachments: [paper(desk, `证实书 ${number(0)}`, plan.principal)],
        })
        post(desk, [result.draftId])
        latest = result.certificateId
      },
    }
    const rollovers = Array.from({ length: plan.rollovers }, (_, link): SampleEvent => {
      const date = addMonths(placed, plan.months * (link + 1), datePartsOf(placed).day)
      return {
        date,
        happen: () => {
          if (latest === null) throw new Error(`certificate ${number(0)} was not placed`)
          const expected = expectedOn(certificateOf(desk.ledger, latest), date).interest
          const short = link === 0 ? (plan.shortFen ?? 0) : 0
          const result = rollOverCertificate(desk.preparer, {
            certificateId: latest, date, interestPaidFen: fen(expected - short), mode: plan.mode,
            ...(short > 0 && { differenceReason: '银行按 360 天逐日计息尾差，已电话核实' }),
            attachments: [paper(desk, `转存回单 ${number(link + 1)}`, formatYuan(addFen(expected, fen(-short))))],
            next: printed(link + 1),
          })
          post(desk, [result.draftId])
          latest = result.certificateId
        },
      }
    })
    return [place, ...rollovers]
  })
}
