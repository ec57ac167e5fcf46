import { describe, expect, it } from 'vitest'
import { blocksPublishing, CHECKS, runChecks } from '#core/disclosure/checks.ts'
import { buildQuarterSheet } from '#core/disclosure/sheet.ts'
import { CONTEXT } from './findings.ts'
import { cost, plainInput, rekeyedHalfYear, use } from './sheets.ts'

describe('a sheet that is in order', () => {
  it('passes every check', () => {
    expect(runChecks(buildQuarterSheet(plainInput()), CONTEXT)).toEqual([])
  })

  it('passes with a negative opening that its notes explain', () => {
    const found = runChecks(buildQuarterSheet(rekeyedHalfYear()), CONTEXT)
    expect(found.map((finding) => [finding.check, finding.level])).toEqual([['opening-continues', 'hint']])
    expect(blocksPublishing(found)).toBe(false)
  })
})

it('every check has a title for the screen and messages say what to do', () => {
  const broken = plainInput({
    costs: [cost('c', '税', '4.00', { document: null, attachments: 0 })],
    uses: [use('u', '修', '3.00', { decision: null })],
    reconciling: [],
  })
  for (const finding of runChecks(buildQuarterSheet(broken), CONTEXT)) {
    expect(CHECKS[finding.check]).not.toBe('')
    expect(finding.message).toMatch(/请[^。]+。$/)
  }
})
