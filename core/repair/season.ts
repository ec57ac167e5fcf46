/** Heating and cooling seasons (供暖期、供冷期) of a place, from the days of the year its local rule names. */
import { datePartsOf, isBusinessDate, parseDate, type BusinessDate } from '../calendar.ts'
import type { Season } from './warranty.ts'

/** `MM-DD` each; a season that ends before the day it begins on ends in the next year. */
export type SeasonRule = { readonly from: string; readonly to: string }

/** 29 February is the 28th in other years. */
function dayIn(year: number, monthDay: string): BusinessDate {
  const text = `${year}-${monthDay}`
  return parseDate(isBusinessDate(text) ? text : `${year}-02-28`)
}

export function seasonOf(year: number, rule: SeasonRule): Season {
  return { from: dayIn(year, rule.from), to: dayIn(rule.to < rule.from ? year + 1 : year, rule.to) }
}

/**
 * Enough seasons for a warranty of `count` of them from `completedOn`: the year before, whose season may still be running, up
 * to `count` + 1 years on. Null when the rule of one of these years is not known: a season left out would end the cover late.
 * Profiles begin somewhere: a rule in force at completion stands for the winter before it too.
 */
export function seasonsFrom(
  completedOn: BusinessDate, count: number, ruleOf: (year: number) => SeasonRule | null,
): readonly Season[] | null {
  const { year: first } = datePartsOf(completedOn)
  const seasons: Season[] = []
  for (let year = first - 1; year <= first + count + 1; year += 1) {
    const rule = ruleOf(year) ?? (year < first ? ruleOf(first) : null)
    if (rule === null) return null
    seasons.push(seasonOf(year, rule))
  }
  return seasons
}
