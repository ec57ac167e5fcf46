/** What the contract form holds, and the schedule that follows from it. Pure: the same rules as the server's. */
import type { BusinessDate } from '#core/calendar.ts'
import {
  PAYMENT_RHYTHMS, scheduleOf, scheduleProblem, splitSchedule, type Installment, type PaymentRhythm,
} from '#core/income/contract-schedule.ts'
import type { AccountId, ComplexId, CounterpartyId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import type { Questions } from '../../records.ts'
import { detailsOf } from '../../problem.ts'
import { typedFen } from './action-sheets.ts'

export type TypedInstallment = {
  readonly dueOn?: BusinessDate | null
  readonly coversFrom?: BusinessDate | null
  readonly coversTo?: BusinessDate | null
  readonly amount?: string
}

export type ContractDraft = {
  readonly number?: string
  readonly accountId?: AccountId | null
  readonly counterpartyId?: CounterpartyId | null
  readonly startsOn?: BusinessDate | null
  readonly endsOn?: BusinessDate | null
  readonly share?: string
  readonly kind?: 'rule' | 'typed'
  readonly rhythm?: PaymentRhythm
  readonly priceKind?: 'each' | 'total'
  readonly price?: string
  readonly paid?: 'before' | 'after'
  readonly installments?: readonly TypedInstallment[]
  readonly complexes?: readonly { readonly complexId?: ComplexId | null; readonly place?: string; readonly weight?: string }[]
  readonly document?: readonly AttachedFile[]
}

export const FIRST_DRAFT: ContractDraft = {
  share: '100',
  kind: 'rule',
  rhythm: 'quarterly',
  priceKind: 'each',
  paid: 'before',
  installments: [{}],
  complexes: [{ weight: '1' }],
}

export { PAYMENT_RHYTHMS }

export function weightOf(text: string | undefined): number | null {
  const isWhole = text !== undefined && /^[1-9]\d{0,14}$/.test(text.trim())
  return isWhole ? Number(text.trim()) : null
}

function typedSchedule(draft: ContractDraft): readonly Installment[] {
  return (draft.installments ?? []).flatMap(({ dueOn, coversFrom, coversTo, amount }) =>
    dueOn == null || coversFrom == null || coversTo == null ? [] : [{ dueOn, coversFrom, coversTo, amount: typedFen(amount) }])
}

export type Schedule =
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly problem: ProblemDetails }
  | { readonly kind: 'ready'; readonly installments: readonly Installment[]; readonly parts: readonly (readonly Fen[])[] }

/** Empty while something is missing; refused with the sentence the server would give. */
export function scheduleOfDraft(draft: ContractDraft): Schedule {
  const { startsOn, endsOn, rhythm = 'quarterly', priceKind = 'each', paid = 'before' } = draft
  if (startsOn == null || endsOn == null) return { kind: 'empty' }
  try {
    const amount = typedFen(draft.price)
    if (draft.kind !== 'typed' && amount === 0) return { kind: 'empty' }
    const installments = draft.kind === 'typed'
      ? typedSchedule(draft)
      : scheduleOf({ startsOn, endsOn, rhythm, price: { kind: priceKind, amount }, paid })
    if (installments.length === 0) return { kind: 'empty' }
    const problem = scheduleProblem(installments)
    if (problem !== null) return { kind: 'refused', problem: detailsOf(problem) }
    const weights = (draft.complexes ?? []).map((each) => weightOf(each.weight))
    const known = weights.filter((weight) => weight !== null)
    const parts = known.length < 2 || known.length < weights.length ? [] : splitSchedule(installments, known)
    return { kind: 'ready', installments, parts: parts.map((part) => part.map((each) => each.amount)) }
  } catch (error) {
    if (error instanceof Problem) return { kind: 'refused', problem: detailsOf(error) }
    throw error
  }
}

/** As the procedure takes it; the form's own rules have passed. */
export function scheduleQuestion(draft: ContractDraft): Questions['income']['recordContract']['schedule'] {
  if (draft.kind === 'typed') return { kind: 'typed', installments: [...typedSchedule(draft)] }
  return {
    kind: 'rule',
    rhythm: draft.rhythm ?? 'quarterly',
    price: { kind: draft.priceKind ?? 'each', amount: typedFen(draft.price) },
    paid: draft.paid ?? 'before',
  }
}
