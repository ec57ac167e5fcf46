/** Owners: found again by identity number, shown masked, revealed to whom it concerns, with a reason and on record. */
import type { HouseholdId, OwnerId } from '#core/id.ts'
import { idOf } from '#core/id.ts'
import type { OwnerKind } from '#core/register/household.ts'
import { parseIdentityNumber } from '#core/register/identity-number.ts'
import { maskIdentityNumber, maskName, maskPhone } from '#core/masking.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import {
  identityDigest, openField, openKeys, requireKeys, sealField, type IdentityKeys, type SealedField,
} from './identity-vault.ts'
import { logOperation } from '../operation-log.ts'

export type OwnerFacts = {
  readonly kind: OwnerKind
  readonly name: string
  readonly identity: string | null
  readonly phone: string | null
}

/** Sealed and ready to store: sealing a hundred thousand owners happens before the transaction, not inside it. */
export type SealedOwner = {
  readonly id: OwnerId
  readonly kind: OwnerKind
  readonly name: Buffer
  readonly identity: Buffer | null
  readonly phone: Buffer | null
  readonly digest: Buffer | null
}

export function sealOwner(keys: IdentityKeys, id: OwnerId, facts: OwnerFacts): SealedOwner {
  const { kind, name, identity, phone } = facts
  return {
    id, kind,
    name: sealField(keys, id, 'name', name),
    identity: identity === null ? null : sealField(keys, id, 'identity', identity),
    phone: phone === null ? null : sealField(keys, id, 'phone', phone),
    digest: identity === null ? null : identityDigest(keys, identity),
  }
}

export function nextOwnerId(ledger: Ledger): OwnerId {
  const last = ledger.prepare<[], { id: number }>('SELECT id FROM owner ORDER BY id DESC LIMIT 1').get()
  return idOf<'owner'>((last?.id ?? 0) + 1)
}

export function storeOwner(ledger: Ledger, owner: SealedOwner): void {
  ledger
    .prepare<unknown[], never>('INSERT INTO owner VALUES (?, ?, ?, ?, ?, ?)')
    .run(owner.id, owner.kind, owner.name, owner.identity, owner.phone, owner.digest)
}

type OwnerRow = {
  readonly ownerId: OwnerId
  readonly kind: OwnerKind
  readonly nameSealed: Buffer
  readonly idSealed: Buffer | null
  readonly phoneSealed: Buffer | null
}

const OWNER_COLUMNS = `id AS ownerId, kind, name_sealed AS nameSealed, id_sealed AS idSealed, phone_sealed AS phoneSealed`

export function ownerByIdentity(ledger: Ledger, keys: IdentityKeys, identity: string): OwnerRow | undefined {
  return ledger
    .prepare<[Buffer], OwnerRow>(`SELECT ${OWNER_COLUMNS} FROM owner WHERE id_digest = ?`)
    .get(identityDigest(keys, identity))
}

export function nameOfOwner(keys: IdentityKeys, owner: Pick<OwnerRow, 'ownerId' | 'nameSealed'>): string {
  return openField(keys, owner.ownerId, 'name', owner.nameSealed)
}

/**
 * The same number is the same owner. Inside the caller's transaction. Throws `owner.otherName` when the number is registered
 * under another name, and what `requireKeys` throws.
 */
export function findOrAddOwner(context: ServiceContext, facts: OwnerFacts): OwnerId {
  const { ledger } = context
  const keys = requireKeys(ledger)
  if (facts.name.trim() === '') throw new Problem({ code: 'owner.name', message: '请填写产权人姓名', field: 'name' })
  const identity = facts.identity === null ? null : parseIdentityNumber(facts.identity, { field: 'identity' })
  const known = identity === null ? undefined : ownerByIdentity(ledger, keys, identity)
  if (known !== undefined) {
    if (nameOfOwner(keys, known) !== facts.name) throw otherName('identity')
    return known.ownerId
  }
  const id = nextOwnerId(ledger)
  storeOwner(ledger, sealOwner(keys, id, { ...facts, identity }))
  return id
}

export function otherName(field: string): Problem {
  const message = '这个证件号已用另一个姓名登记：请核对姓名和证件号；姓名确有更改时，先在业主资料里更正'
  return new Problem({ code: 'owner.otherName', message, field })
}

/** Null where the vault is closed or the register has no such figure. */
export type MaskedOwner = {
  readonly ownerId: OwnerId
  readonly kind: OwnerKind
  readonly name: string | null
  readonly identity: string | null
  readonly phone: string | null
}

/** Bodies are no natural persons: their names are public. */
function shownName(kind: OwnerKind, name: string): string {
  return kind === 'organisation' ? name : maskName(name)
}

export function maskOwner(keys: IdentityKeys | null, row: OwnerRow): MaskedOwner {
  const { ownerId, kind, nameSealed, idSealed, phoneSealed } = row
  if (keys === null) return { ownerId, kind, name: null, identity: null, phone: null }
  return {
    ownerId, kind,
    name: shownName(kind, openField(keys, ownerId, 'name', nameSealed)),
    identity: idSealed === null ? null : maskIdentityNumber(openField(keys, ownerId, 'identity', idSealed)),
    phone: phoneSealed === null ? null : maskPhone(openField(keys, ownerId, 'phone', phoneSealed)),
  }
}

/** Only the name: what lists show of an owner. */
export function maskedName(keys: IdentityKeys | null, owner: Pick<OwnerRow, 'ownerId' | 'kind' | 'nameSealed'>): string | null {
  return keys === null ? null : shownName(owner.kind, nameOfOwner(keys, owner))
}

function ownerRow(ledger: Ledger, id: OwnerId): OwnerRow {
  const row = ledger.prepare<[number], OwnerRow>(`SELECT ${OWNER_COLUMNS} FROM owner WHERE id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'owner.missing', message: '没有这位业主', field: 'owner' })
  return row
}

/**
 * One field in clear, for who needs it at work. The log keeps who, whose, which field and why, never the value. Throws
 * `owner.reason`, `owner.missing`, and what `requireKeys` throws.
 */
export function revealOwner(context: ServiceContext, id: OwnerId, field: SealedField, reason: string): string {
  requireRole(context, 'head', 'bookkeeper', 'preparer')
  const { ledger } = context
  if (reason.trim() === '') {
    throw new Problem({ code: 'owner.reason', message: '请写明查看的事由，例如核对过户材料', field: 'reason' })
  }
  const keys = requireKeys(ledger)
  return ledger.write(() => {
    const row = ownerRow(ledger, id)
    const sealed = { name: row.nameSealed, identity: row.idSealed, phone: row.phoneSealed }[field]
    if (sealed === null) throw new Problem({ code: 'owner.unknown', message: '没有登记这一项', field })
    logOperation(context, 'owner.reveal', { kind: 'owner', id }, { field, reason: reason.trim() })
    return openField(keys, id, field, sealed)
  })
}

/** Corrects what is known of a person (个人信息保护法 art. 46); the log says what was corrected, not to what. */
export function correctOwner(context: ServiceContext, id: OwnerId, facts: OwnerFacts, reason: string): void {
  requireRole(context, 'head', 'bookkeeper', 'preparer')
  const { ledger } = context
  const keys = requireKeys(ledger)
  if (facts.name.trim() === '') throw new Problem({ code: 'owner.name', message: '请填写产权人姓名', field: 'name' })
  const identity = facts.identity === null ? null : parseIdentityNumber(facts.identity, { field: 'identity' })
  ledger.write(() => {
    ownerRow(ledger, id)
    const other = identity === null ? undefined : ownerByIdentity(ledger, keys, identity)
    if (other !== undefined && other.ownerId !== id) throw otherName('identity')
    const sealed = sealOwner(keys, id, { ...facts, identity })
    ledger
      .prepare<unknown[], never>(
        'UPDATE owner SET kind = ?, name_sealed = ?, id_sealed = ?, phone_sealed = ?, id_digest = ? WHERE id = ?',
      )
      .run(sealed.kind, sealed.name, sealed.identity, sealed.phone, sealed.digest, id)
    logOperation(context, 'owner.correct', { kind: 'owner', id }, { reason })
  })
}

/** Households of the owner with exactly this number; empty when nobody has it. The search itself is logged. */
export function findByIdentity(context: ServiceContext, identity: string): readonly HouseholdId[] {
  requireRole(context, 'head', 'bookkeeper', 'preparer')
  const { ledger } = context
  const keys = requireKeys(ledger)
  const owner = ownerByIdentity(ledger, keys, parseIdentityNumber(identity, { field: 'identity' }))
  ledger.write(() => logOperation(context, 'owner.find', { kind: 'owner', ...(owner !== undefined && { id: owner.ownerId }) }))
  if (owner === undefined) return []
  return ledger
    .prepare<[number], { householdId: HouseholdId }>(
      `SELECT DISTINCT s.household_id AS householdId FROM ownership_share p JOIN ownership_set s ON s.id = p.set_id
       WHERE p.owner_id = ? AND s.id = (SELECT n.id FROM ownership_set n WHERE n.household_id = s.household_id
                                        ORDER BY n.from_date DESC, n.id DESC LIMIT 1)
       ORDER BY s.household_id`,
    )
    .all(owner.ownerId)
    .map(({ householdId }) => householdId)
}

export function maskedOwner(ledger: Ledger, id: OwnerId): MaskedOwner {
  return maskOwner(openKeys(ledger), ownerRow(ledger, id))
}
