/** Completion papers and warranty letters the office dug out before the summer's repairs; one complex's were nowhere. */
import { parseDate } from '#core/calendar.ts'
import type { WarrantyAnswer } from '#core/repair/builder-warranty.ts'
import { listBuildings } from '../register/complex.ts'
import { recordCompletion, recordTerm } from '../register/warranty.ts'
import { paper, type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'

/** Asked for at the window only where the register is silent. */
export const KNOWN_BY_THE_WINDOW: WarrantyAnswer = {
  category: null, categoryReason: '',
  known: { kind: 'completed', on: parseDate('2012-12-20'), source: '首批业主房产证所载竣工日期' },
}

function buildingOf(desk: Desk, complex: SeatedComplex, code: number | null) {
  return code === null ? null : (listBuildings(desk.ledger, complex.id).find((each) => each.code === String(code))?.id ?? null)
}

export function warrantyEvents(desk: Desk): SampleEvent[] {
  const complexOf = (code: string) => desk.complexes.filter(({ data }) => data.code === code)
  const record = (): void => {
    for (const { complex: code, building, completedOn, paper: name } of desk.data.completions) {
      for (const complex of complexOf(code)) {
        const title = `${complex.data.name}${building === null ? '' : `${building}幢`}${name}`
        recordCompletion(desk.preparer, {
          complexId: complex.id, buildingId: buildingOf(desk, complex, building), completedOn: parseDate(completedOn),
          source: title, sha256: paper(desk, title, completedOn),
        })
      }
    }
    for (const { complex: code, agreedOn, paper: name, ...term } of desk.data.warrantyTerms) {
      for (const complex of complexOf(code)) {
        const source = `${complex.data.name}${name}`
        recordTerm(desk.preparer, {
          ...term, complexId: complex.id, buildingId: null, agreedOn: parseDate(agreedOn), source,
          sha256: paper(desk, source, agreedOn),
        })
      }
    }
  }
  return [{ date: parseDate('2026-07-20'), happen: record }]
}
