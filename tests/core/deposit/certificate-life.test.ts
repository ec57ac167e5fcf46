import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import {
  actionsOn, CERTIFICATE_ACTIONS, refusalOfAction, requireAction, type CertificateStanding,
} from '#core/deposit/certificate-life.ts'
import { DEPOSIT_PRODUCTS, type CertificateStatus } from '#core/deposit/deposit.ts'

const due = parseDate('2026-03-31')
const before = parseDate('2026-03-30')
const standing: CertificateStanding = { product: 'time', status: 'inForce', isFrozen: 0, partials: 0, dueDate: due }
const STATUSES: readonly CertificateStatus[] = ['pending', 'inForce', 'withdrawn', 'withdrawnEarly', 'rolledOver', 'cancelled']

describe('what may be done with a certificate', () => {
  it('is decided by the due date: early before it, settled from it on', () => {
    expect(actionsOn(standing, before)).toEqual(['withdrawPart', 'withdrawEarly', 'amend', 'freeze'])
    expect(actionsOn(standing, due)).toEqual(['withdraw', 'rollOver', 'amend', 'freeze'])
  })

  it('lets a part be withdrawn once (银发〔1997〕485号 art. 13)', () => {
    expect(refusalOfAction({ ...standing, partials: 1 }, 'withdrawPart', before)?.code).toBe('certificate.partialOnce')
    expect(refusalOfAction({ ...standing, partials: 1 }, 'withdrawEarly', before)).toBeNull()
  })

  it('keeps frozen money where it is, also past its due date', () => {
    expect(actionsOn({ ...standing, isFrozen: 1 }, due)).toEqual(['amend', 'unfreeze'])
    expect(refusalOfAction(standing, 'unfreeze', due)?.code).toBe('certificate.frozen')
  })

  it('draws notice deposits on notice and never rolls them over', () => {
    expect(actionsOn({ ...standing, product: 'notice7' }, due)).toEqual(['giveNotice', 'draw', 'amend', 'freeze'])
  })

  it('holds a bond to maturity', () => {
    const bond = { ...standing, product: 'treasuryBond' } as const
    expect(actionsOn(bond, before)).toEqual(['amend', 'freeze'])
    expect(actionsOn(bond, due)).toEqual(['withdraw', 'amend', 'freeze'])
  })

  it('names the due date when it is too early, so that the clerk knows which operation to take', () => {
    expect(() => requireAction(standing, 'rollOver', before)).toThrow('2026-03-31 到期')
  })

  it('allows nothing at all unless the certificate is in force', () => {
    fc.assert(fc.property(
      fc.constantFrom(...DEPOSIT_PRODUCTS), fc.constantFrom(...STATUSES.filter((status) => status !== 'inForce')),
      fc.constantFrom<0 | 1>(0, 1), fc.constantFrom(before, due), fc.constantFrom(...CERTIFICATE_ACTIONS),
      (product, status, isFrozen, on, action) => {
        expect(refusalOfAction({ ...standing, product, status, isFrozen }, action, on)).not.toBeNull()
      },
    ))
  })
})
