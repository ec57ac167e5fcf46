import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import { openLedger } from '#db/ledger.ts'
import { householdCard } from '#services/register/household-history.ts'
import { registerHousehold } from '#services/register/household.ts'
import { changePassphrase, closeVault, openVault, setUpVault, vaultState } from '#services/register/identity-vault.ts'
import { listOperations } from '#services/operation-log.ts'
import { correctOwner, findByIdentity, revealOwner } from '#services/register/owner.ts'
import {
  cardNumber, ENTRY, householdOffice, PASSPHRASE, person, PLAIN_HOUSEHOLD, type HouseholdOffice,
} from './household-office.ts'

const NAME = '欧阳䶮𬭚'
const CARD = cardNumber(7)

function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

function owned(): HouseholdOffice & { readonly household: ReturnType<typeof registerHousehold> } {
  const office = householdOffice()
  const household = registerHousehold(office.preparer, {
    ...ENTRY, buildingId: office.building, facts: PLAIN_HOUSEHOLD, owners: [person(NAME, CARD)],
  })
  return { ...office, household }
}

function ownerOf(office: ReturnType<typeof owned>) {
  const [owner] = householdCard(office.ledger, office.household, ENTRY.effectiveOn).owners
  if (owner === undefined) throw new Error('no owner')
  return owner
}

describe('names at rest', () => {
  it('stand nowhere in the ledger file, its log or its journal', () => {
    const office = owned()
    revealOwner(office.head, ownerOf(office).ownerId, 'name', '核对过户材料')
    office.ledger.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = readFileSync(office.ledger.path)
    for (const secret of [NAME, CARD, '13812345678', PASSPHRASE]) expect(bytes.includes(Buffer.from(secret))).toBe(false)
  })

  it('open with the passphrase in another process’s hands, and with no other', () => {
    const office = owned()
    closeVault(office.head)
    expect(vaultState(office.ledger)).toBe('closed')
    expect(ownerOf(office)).toMatchObject({ name: null, identity: null, phone: null })
    expect(refusalOf(() => openVault(office.preparer, `${PASSPHRASE}!`))).toBe('vault.passphrase')
    expect(refusalOf(() => findByIdentity(office.head, CARD))).toBe('vault.closed')
    openVault(office.preparer, PASSPHRASE)
    expect(ownerOf(office)).toMatchObject({ name: '欧阳**', phone: '138****5678', identity: expect.stringMatching(/^\*{14}/) })
    const path = office.ledger.path
    office.ledger.close()
    const again = openLedger(path, { readOnly: true })
    expect(vaultState(again)).toBe('closed')
    openVault({ ...office.head, ledger: again }, PASSPHRASE)
    expect(vaultState(again)).toBe('open')
    again.close()
  })

  it('stay readable when the passphrase changes, and the old one opens nothing', () => {
    const office = owned()
    expect(refusalOf(() => changePassphrase(office.preparer, PASSPHRASE, 'another passphrase'))).toBe('role.missing')
    expect(refusalOf(() => changePassphrase(office.head, 'wrong passphrase', 'another passphrase'))).toBe('vault.passphrase')
    changePassphrase(office.head, PASSPHRASE, 'another passphrase')
    closeVault(office.head)
    expect(refusalOf(() => openVault(office.head, PASSPHRASE))).toBe('vault.passphrase')
    openVault(office.head, 'another passphrase')
    expect(ownerOf(office).name).toBe('欧阳**')
  })

  it('do not open when moved to another owner or field, or changed by a bit', () => {
    const office = owned()
    registerHousehold(office.preparer, {
      ...ENTRY, buildingId: office.building, facts: { ...PLAIN_HOUSEHOLD, room: '102' }, owners: [person('李四', cardNumber(8))],
    })
    const { ownerId } = ownerOf(office)
    const others = `SELECT name_sealed FROM owner WHERE id <> ${ownerId}`
    office.ledger.sqlite.exec(`UPDATE owner SET name_sealed = (${others}) WHERE id = ${ownerId}`)
    expect(refusalOf(() => revealOwner(office.head, ownerId, 'name', '核对'))).toBe('vault.damaged')
    office.ledger.sqlite.exec(`UPDATE owner SET name_sealed = phone_sealed WHERE id = ${ownerId}`)
    expect(refusalOf(() => ownerOf(office))).toBe('vault.damaged')
  })

  it('are set up once, by the administrator, with a passphrase worth the name', () => {
    const office = householdOffice()
    expect(refusalOf(() => setUpVault(office.head, PASSPHRASE))).toBe('vault.exists')
    expect(refusalOf(() => setUpVault(office.preparer, PASSPHRASE))).toBe('role.missing')
    expect(refusalOf(() => changePassphrase(office.head, PASSPHRASE, '短'))).toBe('vault.short')
  })
})

describe('revealing', () => {
  it('takes a role and a reason, and leaves who and why, never what', () => {
    const office = owned()
    const { ownerId } = ownerOf(office)
    expect(refusalOf(() => revealOwner(office.reviewer, ownerId, 'phone', '联系业主'))).toBe('role.missing')
    expect(refusalOf(() => revealOwner(office.head, ownerId, 'phone', ' '))).toBe('owner.reason')
    expect(revealOwner(office.head, ownerId, 'phone', '联系业主')).toBe('13812345678')
    expect(revealOwner(office.head, ownerId, 'identity', '核对证件')).toBe(CARD)
    const [last] = listOperations(office.ledger, { action: 'owner.reveal', limit: 1 })
    expect(last).toMatchObject({ actor: '赵主管', subjectId: ownerId })
    expect(JSON.parse(last?.detail ?? '')).toEqual({ field: 'identity', reason: '核对证件' })
  })

  it('finds by the exact identity number alone', () => {
    const office = owned()
    expect(findByIdentity(office.head, ` ${CARD.toLowerCase()} `)).toEqual([office.household])
    expect(findByIdentity(office.head, cardNumber(9))).toEqual([])
  })

  it('corrects a name in place, since personal data must not keep its errors', () => {
    const office = owned()
    const { ownerId } = ownerOf(office)
    correctOwner(office.head, ownerId, { kind: 'person', name: '欧阳龑', identity: CARD, phone: null }, '证件更正')
    expect(revealOwner(office.head, ownerId, 'name', '核对')).toBe('欧阳龑')
    expect(refusalOf(() => revealOwner(office.head, ownerId, 'phone', '核对'))).toBe('owner.unknown')
  })
})
