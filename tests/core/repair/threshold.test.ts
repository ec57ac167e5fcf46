import { describe, expect, it } from 'vitest'

import { fen, parseYuan } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import {
  overrunNeedsApplication,
  ownerTopUpDue,
  repairReview,
  signingFaults,
  type SigningRule,
} from '#core/repair/threshold.ts'

const ACCEPTANCE: SigningRule<'section' | 'supervisor' | 'contractor'> = {
  minSigners: { section: 2, supervisor: 2, contractor: 1 },
  stamps: ['section', 'supervisor', 'contractor'],
  photos: false,
}

const VISA: SigningRule<'section' | 'supervisor'> = {
  minSigners: { section: 2, supervisor: 2 },
  stamps: [],
  photos: true,
}

const SIGNED = {
  signatures: [
    { party: 'section', personId: 'a' },
    { party: 'section', personId: 'b' },
    { party: 'supervisor', personId: 'c' },
    { party: 'supervisor', personId: 'd' },
    { party: 'contractor', personId: 'e' },
  ],
  stampedBy: ['section', 'supervisor', 'contractor'],
  hasPhotos: false,
} as const

describe('repair gate', () => {
  it('moves with the profile, and says when the amount is exactly the threshold', () => {
    expect(repairReview(parseYuan('4999.99'), parseYuan('5000'))).toEqual({ review: 'spot_check', exactlyAt: false })
    expect(repairReview(parseYuan('5000'), parseYuan('5000'))).toEqual({ review: 'on_site_review', exactlyAt: true })
  })
})

describe('signature matrix', () => {
  it('accepts three parties with two, two and one signers and all stamps', () => {
    expect(signingFaults(ACCEPTANCE, SIGNED)).toEqual([])
  })

  it('counts persons, not signatures: the same supervisor twice is one', () => {
    const signatures = SIGNED.signatures.map((one) => (one.personId === 'd' ? { ...one, personId: 'c' } : one))
    expect(signingFaults(ACCEPTANCE, { ...SIGNED, signatures })).toEqual([
      { kind: 'signers', party: 'supervisor', needed: 2, have: 1 },
    ])
  })

  it('names a person who signed for two parties', () => {
    const signatures = [...SIGNED.signatures, { party: 'section', personId: 'e' } as const]
    expect(signingFaults(ACCEPTANCE, { ...SIGNED, signatures })).toEqual([{ kind: 'same_person', personId: 'e' }])
  })

  it('names each party whose stamp is missing', () => {
    expect(signingFaults(ACCEPTANCE, { ...SIGNED, stampedBy: ['section', 'supervisor'] })).toEqual([
      { kind: 'stamp', party: 'contractor' },
    ])
  })

  it('a visa of concealed work needs both pairs and pictures', () => {
    const signatures = SIGNED.signatures.flatMap(({ party, personId }) =>
      party === 'contractor' ? [] : [{ party, personId }],
    )
    const papers = { signatures, stampedBy: [], hasPhotos: true }
    expect(signingFaults(VISA, papers)).toEqual([])
    expect(signingFaults(VISA, { ...papers, hasPhotos: false })).toEqual([{ kind: 'photos' }])
  })
})

describe('ratios at the line', () => {
  it('are compared exactly, not after rounding to the fen', () => {
    // 30 % of 12 000.01 is 3 600.003: a balance of 3 600.00 is below it, although both print as 3 600.00.
    expect(ownerTopUpDue(parseYuan('3600.00'), parseYuan('12000.01'), parsePercent('30'))).toBe(true)
    expect(overrunNeedsApplication(parseYuan('0.05'), fen(5), parsePercent('10'))).toBe(false)
    expect(overrunNeedsApplication(parseYuan('10'), parseYuan('11'), parsePercent('10'))).toBe(true)
  })

  it('a settlement within budget never needs a new application, even at zero percent', () => {
    expect(overrunNeedsApplication(parseYuan('10'), parseYuan('10'), parsePercent('0'))).toBe(false)
  })
})
