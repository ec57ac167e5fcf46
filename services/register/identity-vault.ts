/**
 * Owners' names, identity numbers and telephones at rest (个人信息保护法 art. 51): each field is sealed with AES-256-GCM under a
 * data key that the file holds only wrapped by a key from the office's passphrase (scrypt). The opened key lives with the open
 * ledger in this process and goes with it; closing the program closes the vault.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scryptSync } from 'node:crypto'
import type { OwnerId, UserId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

/** 64 MiB and about a quarter of a second per try: a copied file is guessed at slowly. */
const COST = 2 ** 16
const BLOCK_SIZE = 8
const NONCE = 12
const TAG = 16
const LEAST_PASSPHRASE = 12

/** Opened keys: one seals, one finds; neither can do the other's work. */
export type IdentityKeys = { readonly seal: Buffer; readonly find: Buffer }
export type SealedField = 'name' | 'identity' | 'phone'

const opened = new WeakMap<Ledger['sqlite'], IdentityKeys>()

function sealWith(key: Buffer, plain: Buffer, purpose: string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(purpose, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws what node throws when the key, the purpose or a byte is not the sealed one. */
function openWith(key: Buffer, sealed: Buffer, purpose: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(purpose, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()])
}

function wrappingKey(passphrase: string, salt: Buffer, cost: number, blockSize: number): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: cost, r: blockSize, p: 1, maxmem: 256 * cost * blockSize })
}

function keysFrom(dataKey: Buffer): IdentityKeys {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), `mingzhang identity ${use}`, 32))
  return { seal: derived('seal'), find: derived('find') }
}

const WRAP = 'identity data key'

type VaultRow = { readonly salt: Buffer; readonly cost: number; readonly blockSize: number; readonly wrapped: Buffer }

function vaultRow(ledger: Ledger): VaultRow | undefined {
  return ledger
    .prepare<[], VaultRow>('SELECT salt, cost, block_size AS blockSize, wrapped FROM identity_vault WHERE id = 1')
    .get()
}

/** `none` no passphrase yet; `closed` waits for it; `open` names can be read. */
export type VaultState = 'none' | 'closed' | 'open'

export function vaultState(ledger: Ledger): VaultState {
  if (opened.has(ledger.sqlite)) return 'open'
  return vaultRow(ledger) === undefined ? 'none' : 'closed'
}

/** Null while the vault is closed: lists then show no names. */
export function openKeys(ledger: Ledger): IdentityKeys | null {
  return opened.get(ledger.sqlite) ?? null
}

/** Throws `vault.none`, `vault.closed`. */
export function requireKeys(ledger: Ledger): IdentityKeys {
  const keys = openKeys(ledger)
  if (keys !== null) return keys
  if (vaultState(ledger) === 'none') {
    throw new Problem({ code: 'vault.none', message: '还没有设置业主信息口令：请由系统管理员在“小区”里先设置' })
  }
  throw new Problem({ code: 'vault.closed', message: '业主信息已加密：请先输入业主信息口令解锁' })
}

function checkPassphrase(passphrase: string): void {
  if ([...passphrase].length < LEAST_PASSPHRASE) {
    const message = `口令至少 ${LEAST_PASSPHRASE} 个字符，可以用一句容易记住的话`
    throw new Problem({ code: 'vault.short', message, field: 'passphrase' })
  }
}

function wrap(passphrase: string, dataKey: Buffer): VaultRow {
  const salt = randomBytes(16)
  const wrapped = sealWith(wrappingKey(passphrase, salt, COST, BLOCK_SIZE), dataKey, WRAP)
  return { salt, cost: COST, blockSize: BLOCK_SIZE, wrapped }
}

/** Throws `vault.passphrase`; never says whether the file or the passphrase is at fault, for the two cannot be told apart. */
function unwrap(row: VaultRow, passphrase: string): Buffer {
  try {
    return openWith(wrappingKey(passphrase, row.salt, row.cost, row.blockSize), row.wrapped, WRAP)
  } catch {
    throw new Problem({ code: 'vault.passphrase', message: '口令不正确：请核对后重新输入', field: 'passphrase' })
  }
}

/** Once per office; afterwards the vault is open. Throws `vault.short`, `vault.exists`. */
export function setUpVault(context: ServiceContext, passphrase: string): void {
  requireRole(context, 'administrator')
  checkPassphrase(passphrase)
  const { ledger } = context
  if (vaultRow(ledger) !== undefined) {
    throw new Problem({ code: 'vault.exists', message: '业主信息口令已经设置：要更换，请用“更换口令”' })
  }
  const dataKey = randomBytes(32)
  const row = wrap(passphrase, dataKey)
  ledger.write(() => {
    ledger
      .prepare<unknown[], never>('INSERT INTO identity_vault VALUES (1, ?, ?, ?, ?, ?, ?)')
      .run(row.salt, row.cost, row.blockSize, row.wrapped, context.actor.userId, context.clock.now())
    logOperation(context, 'vault.setUp', { kind: 'vault' })
  })
  opened.set(ledger.sqlite, keysFrom(dataKey))
}

/** Opens for everybody who works in this program; who may reveal is another question. Throws `vault.none`, `vault.passphrase`. */
export function openVault(context: ServiceContext, passphrase: string): void {
  const { ledger } = context
  const row = vaultRow(ledger)
  if (row === undefined) return void requireKeys(ledger)
  const keys = keysFrom(unwrap(row, passphrase))
  if (!ledger.readOnly) ledger.write(() => logOperation(context, 'vault.open', { kind: 'vault' }))
  opened.set(ledger.sqlite, keys)
}

export function closeVault(context: ServiceContext): void {
  const keys = opened.get(context.ledger.sqlite)
  keys?.seal.fill(0)
  keys?.find.fill(0)
  opened.delete(context.ledger.sqlite)
  if (!context.ledger.readOnly) context.ledger.write(() => logOperation(context, 'vault.close', { kind: 'vault' }))
}

/** The data key stays, its wrapping changes: what is sealed need not be touched. Throws `vault.passphrase`, `vault.short`. */
export function changePassphrase(context: ServiceContext, before: string, after: string): void {
  requireRole(context, 'administrator')
  checkPassphrase(after)
  const { ledger } = context
  const old = vaultRow(ledger)
  if (old === undefined) return void requireKeys(ledger)
  const dataKey = unwrap(old, before)
  const row = wrap(after, dataKey)
  ledger.write(() => {
    ledger
      .prepare<[Buffer, number, number, Buffer, UserId, string], never>(
        `UPDATE identity_vault SET salt = ?, cost = ?, block_size = ?, wrapped = ?, changed_by = ?, changed_at = ? WHERE id = 1`,
      )
      .run(row.salt, row.cost, row.blockSize, row.wrapped, context.actor.userId, context.clock.now())
    logOperation(context, 'vault.change', { kind: 'vault' })
  })
  opened.set(ledger.sqlite, keysFrom(dataKey))
}

/** The owner's number and the field are sealed along: a value moved to another owner or column does not open. */
function purposeOf(ownerId: OwnerId, field: SealedField): string {
  return `owner ${ownerId} ${field}`
}

export function sealField(keys: IdentityKeys, ownerId: OwnerId, field: SealedField, text: string): Buffer {
  return sealWith(keys.seal, Buffer.from(text, 'utf8'), purposeOf(ownerId, field))
}

/** Throws `vault.damaged` when the stored value is not what was sealed there. */
export function openField(keys: IdentityKeys, ownerId: OwnerId, field: SealedField, sealed: Buffer): string {
  try {
    return openWith(keys.seal, sealed, purposeOf(ownerId, field)).toString('utf8')
  } catch (error) {
    const message = '业主信息的密文被改动过，无法解读：请从备份恢复，并运行校验'
    throw new Problem({ code: 'vault.damaged', message }, { cause: error })
  }
}

/** Equal numbers give equal digests, and without the key nothing gives either: card numbers are few enough to try them all. */
export function identityDigest(keys: IdentityKeys, identity: string): Buffer {
  return createHmac('sha256', keys.find).update(identity, 'utf8').digest()
}
