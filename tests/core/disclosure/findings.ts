/** The findings of one check, for tests: over a sheet, or over what a sheet is built from. */
import { parseDate } from '#core/calendar.ts'
import { runChecks, type CheckContext, type CheckId, type Finding } from '#core/disclosure/checks.ts'
import type { QuarterInput } from '#core/disclosure/quarter-input.ts'
import { buildQuarterSheet, type QuarterSheet } from '#core/disclosure/sheet.ts'
import { plainInput } from './sheets.ts'

export const CONTEXT: CheckContext = { personNames: [], versionTexts: [], today: parseDate('2025-10-10'), plan: null }

export function findings(sheet: QuarterSheet, check: CheckId, context: Partial<CheckContext> = {}): readonly Finding[] {
  return runChecks(sheet, { ...CONTEXT, ...context }).filter((finding) => finding.check === check)
}

export function of(input: Partial<QuarterInput>, check: CheckId, context: Partial<CheckContext> = {}): readonly Finding[] {
  return findings(buildQuarterSheet(plainInput(input)), check, context)
}

export const levels = (list: readonly Finding[]): readonly string[] => list.map((finding) => finding.level)
