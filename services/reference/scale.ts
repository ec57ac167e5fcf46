/**
 * How big a reference office is, and what follows from its size and seed. Every figure of it is drawn by its own key, so that the
 * same seed gives the same office to the fen, and one complex does not change because another was left out.
 */
import { allocate } from '#core/allocation.ts'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { HouseholdNature } from '#core/register/household.ts'

export type ReferenceScale = {
  readonly complexes: number
  readonly households: number
  /** Calendar years, all of them closed. */
  readonly years: number
  readonly seed: number
}

/** Design §6: 410 complexes, 8,200 buildings, 420,000 households, ten years. */
export const FULL_SCALE: ReferenceScale = { complexes: 410, households: 420_000, years: 10, seed: 1 }

/** The year after the last closed one: the office stands on its second Monday. */
const NOW = 2026
export const REFERENCE_PROFILE = 'AH-TONGLING'
export const REFERENCE_DAY = parseDate(`${NOW}-01-12`)

export function firstDayOf({ years }: ReferenceScale): BusinessDate {
  return parseDate(`${NOW - years}-01-01`)
}

/** What is drawn; a number of its own for each, so that no two figures hang together. */
export const DRAWN = {
  size: 1, area: 2, standing: 3, interest: 4, day: 5, income: 6, spending: 7, repair: 8, repairPlace: 9, payer: 10, name: 11,
} as const

/** A whole number in 0 … range − 1 for a key: scattered, and the same for the same seed and key. */
export function draw({ seed }: Pick<ReferenceScale, 'seed'>, range: number, ...key: readonly number[]): number {
  let mixed = seed | 0
  for (const part of key) {
    mixed = Math.imul(mixed ^ part, 0x9e3779b1)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
    mixed ^= mixed >>> 13
  }
  return (mixed >>> 0) % range
}

export type PlannedComplex = {
  /** From 0. */
  readonly index: number
  readonly code: string
  readonly name: string
  readonly households: number
  readonly buildings: number
  /** One in eight is sold public housing. */
  readonly nature: HouseholdNature
}

const HOUSEHOLDS_PER_BUILDING = 51
const LEAST_PER_COMPLEX = 10

/** Throws `generate.scale` where a complex would have too few households. */
export function plannedComplexes(scale: ReferenceScale): readonly PlannedComplex[] {
  const { complexes, households } = scale
  if (households < complexes * LEAST_PER_COMPLEX) {
    const message = `每个小区至少 ${LEAST_PER_COMPLEX} 户：${complexes} 个小区至少要 ${complexes * LEAST_PER_COMPLEX} 户`
    throw new Problem({ code: 'generate.scale', message, field: '--households' })
  }
  const weights = Array.from({ length: complexes }, (_, index) => 50 + draw(scale, 100, DRAWN.size, index))
  const more = allocate(fen(households - complexes * LEAST_PER_COMPLEX), weights)
  return more.map((extra, index) => {
    const count = LEAST_PER_COMPLEX + extra
    return {
      index, households: count, code: `R${String(index + 1).padStart(4, '0')}`, name: `参照花园第${index + 1}小区`,
      buildings: Math.max(1, Math.round(count / HOUSEHOLDS_PER_BUILDING)), nature: index % 8 === 7 ? 'soldPublic' : 'commodity',
    }
  })
}
