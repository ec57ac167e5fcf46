import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { Problem } from '#core/problem.ts'
import { listOperations } from '#services/operation-log.ts'
import { addBuilding, addComplex } from '#services/register/complex.ts'
import {
  correctCompletion, correctTerm, recordCompletion, recordTerm, warrantyEntries, warrantyRegister,
} from '#services/register/warranty.ts'
import { makeOffice, type Office } from '../office.ts'

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

const day = (text: string) => parseDate(text)

function facts({ complexId, paper }: Office, completedOn = '2021-03-15') {
  return { complexId, buildingId: null, completedOn: day(completedOn), source: '竣工验收备案表', sha256: paper }
}

function letter({ complexId, paper }: Office, length: number) {
  const at = { complexId, buildingId: null, category: 'waterproofing' } as const
  return { ...at, length, agreedOn: day('2021-03-20'), source: '质量保修书', sha256: paper }
}

describe('the register of completions and warranty letters', () => {
  it('an entry stands on its paper, is not of the future, and belongs to a building of its complex', () => {
    const office = makeOffice()
    const { preparer, head, paper } = office
    const record = (more: object) => codeOf(() => recordCompletion(preparer, { ...facts(office), ...more }))
    expect(record({ sha256: 'nothing' })).toBe('attachment.missing')
    expect(record({ source: ' ' })).toBe('warranty.source')
    expect(record({ completedOn: day('2025-10-10') })).toBe('warranty.date')
    const other = addComplex(head, {
      code: 'B', name: '另一小区', pinyin: '', address: '', managerName: '', holderName: '', hotline: '',
      profileCode: 'AH-TONGLING', hasAssembly: false, firstDepositFen: null,
    })
    expect(record({ buildingId: addBuilding(head, other, { code: '1', name: '1幢' }) })).toBe('warranty.building')
    expect(record({})).toBe('done')
    expect(warrantyEntries(office.ledger, office.complexId).completions).toMatchObject([
      { buildingId: null, completedOn: '2021-03-15', source: '竣工验收备案表', sha256: paper, reason: '', recordedBy: '张制单' },
    ])
  })

  it('one entry stands for a place; a correction replaces it with its reason, and what was wrong stays on record', () => {
    const office = makeOffice()
    const { preparer, ledger, complexId } = office
    const first = recordCompletion(preparer, facts(office))
    expect(codeOf(() => recordCompletion(preparer, facts(office, '2020-01-01')))).toBe('warranty.stands')
    expect(codeOf(() => correctCompletion(preparer, first, facts(office), ''))).toBe('warranty.reason')
    const second = correctCompletion(preparer, first, facts(office, '2022-03-15'), '年份看错')
    expect(codeOf(() => correctCompletion(preparer, first, facts(office), '再改'))).not.toBe('done')
    expect(warrantyEntries(ledger, complexId).completions).toMatchObject([{ completedOn: '2022-03-15', reason: '年份看错' }])
    correctCompletion(preparer, second, null, '属另一小区')
    expect(warrantyEntries(ledger, complexId).completions).toEqual([])
    expect(codeOf(() => recordCompletion(preparer, facts(office, '2019-01-01')))).toBe('done')
    expect(ledger.prepare<[], number>('SELECT count(*) FROM completion').pluck().get()).toBe(4)
    expect(listOperations(ledger, { limit: 4 }).map(({ action }) => action)).toEqual([
      'warranty.completion', 'warranty.completionTakenBack', 'warranty.completionCorrected', 'warranty.completion',
    ])
  })

  it('a letter may promise more than the statute and never less', () => {
    const office = makeOffice()
    const { preparer, ledger, complexId } = office
    expect(codeOf(() => recordTerm(preparer, letter(office, 59)))).toBe('warranty.tooShort')
    const id = recordTerm(preparer, letter(office, 120))
    expect(codeOf(() => correctTerm(preparer, id, letter(office, 12), '看错'))).toBe('warranty.tooShort')
    correctTerm(preparer, id, letter(office, 96), '看错')
    const { terms } = warrantyRegister(ledger, complexId, day('2025-10-09'))
    expect(terms).toMatchObject([{ category: 'waterproofing', length: 96 }])
  })

  it('is for preparer, bookkeeper and head', () => {
    const office = makeOffice()
    expect(codeOf(() => recordCompletion(office.reviewer, facts(office)))).toBe('role.missing')
  })
})
