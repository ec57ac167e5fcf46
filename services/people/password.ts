/** Passwords at rest: scrypt with a salt of its own per user; parameters travel with the hash so that they can be raised. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { Problem } from '#core/problem.ts'

const COST = { N: 2 ** 15, r: 8, p: 1 }
const KEY_BYTES = 32
const NOBODYS_SALT = Buffer.alloc(16)

function derive(password: string, salt: Buffer, cost: typeof COST): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: 256 * cost.N * cost.r })
}

/** Throws `password.short` below eight characters. */
export function hashPassword(password: string): string {
  if ([...password].length < 8) {
    throw new Problem({ code: 'password.short', message: '密码至少 8 个字符', field: 'password' })
  }
  const salt = randomBytes(16)
  const { N, r, p } = COST
  return ['scrypt', N, r, p, salt.toString('base64'), derive(password, salt, COST).toString('base64')].join('$')
}

/**
 * Spends what checking a password costs and never matches: an unknown login must not answer faster than a known one, or
 * the time would tell which logins exist.
 */
export function passwordMatchesNobody(password: string): false {
  derive(password, NOBODYS_SALT, COST)
  return false
}

export function passwordMatches(password: string, stored: string): boolean {
  const [scheme, N, r, p, salt, hash] = stored.split('$')
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64')
  const actual = derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
