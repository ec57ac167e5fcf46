/**
 * Who is signed in. Sessions live in memory only: closing the program signs everyone out. The cookie carries a random
 * number and nothing else. After some idle minutes a session locks: the work stays where it is, and every procedure
 * answers `session.locked` until the password is given again.
 */
import { parse, serialize } from 'hono/utils/cookie'
import { Problem } from '#core/problem.ts'
import type { UserId } from '#core/id.ts'
import { instantOf, type Clock } from '#services/clock.ts'
import { randomSecret } from './security.ts'

export type Session = { readonly id: string; readonly userId: UserId; readonly login: string }

export type SessionTable = {
  /** Always a new id, so an id known before sign-in is worth nothing after it. */
  readonly open: (user: { readonly userId: UserId; readonly login: string }) => Session
  readonly find: (id: string | undefined) => Session | undefined
  readonly isLocked: (session: Session) => boolean
  /** The person did something; background polling must not call this, or nothing ever locks. */
  readonly touch: (session: Session) => void
  readonly lock: (session: Session) => void
  readonly unlock: (session: Session) => void
  readonly close: (session: Session) => void
}

/** Wall-clock time: a laptop that slept for hours must wake up locked, which a monotonic clock may not notice. */
type Entry = { readonly session: Session; lastActive: number; locked: boolean }

/** `idleMinutes` is asked every time: the office may change it while people are signed in. */
export function createSessionTable(clock: Clock, idleMinutes: () => number): SessionTable {
  const entries = new Map<string, Entry>()

  function entryOf(session: Session): Entry {
    const entry = entries.get(session.id)
    if (entry === undefined) throw signedOut()
    // A clock set back by more than the idle time locks too: it cannot tell how long the place was empty.
    const idle = Math.abs(instantOf(clock) - entry.lastActive)
    if (idle >= idleMinutes() * 60_000) entry.locked = true
    return entry
  }

  return {
    open: ({ userId, login }) => {
      const session = { id: randomSecret(), userId, login }
      entries.set(session.id, { session, lastActive: instantOf(clock), locked: false })
      return session
    },
    find: (id) => (id === undefined ? undefined : entries.get(id)?.session),
    isLocked: (session) => entryOf(session).locked,
    touch: (session) => {
      const entry = entryOf(session)
      if (!entry.locked) entry.lastActive = instantOf(clock)
    },
    lock: (session) => {
      entryOf(session).locked = true
    },
    unlock: (session) => {
      const entry = entryOf(session)
      entry.locked = false
      entry.lastActive = instantOf(clock)
    },
    close: (session) => {
      entries.delete(session.id)
    },
  }
}

export function signedOut(): Problem {
  return new Problem({ code: 'session.signedOut', message: '尚未登录，或登录已失效：请登录后继续。' })
}

/** Throws what stands between this request and the ledger: nobody signed in, or the screen is locked. */
export function assertOpen(sessions: SessionTable, session: Session | undefined): asserts session is Session {
  if (session === undefined) throw signedOut()
  if (sessions.isLocked(session)) {
    throw new Problem({ code: 'session.locked', message: '页面已锁定：请输入密码继续，未保存的内容仍在原处。' })
  }
}

const COOKIE = 'mingzhang-session'

/** Cookies ignore ports, so the name carries it (two ledgers open side by side). */
function cookieName(url: URL): string {
  return url.port === '' ? COOKIE : `${COOKIE}-${url.port}`
}

export function sessionIdOf(request: Request): string | undefined {
  const name = cookieName(new URL(request.url))
  return parse(request.headers.get('cookie') ?? '', name)[name]
}

/** `id` undefined removes the cookie. */
export function sessionCookie(request: Request, id: string | undefined): string {
  return serialize(cookieName(new URL(request.url)), id ?? '', {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/api',
    ...(id === undefined ? { maxAge: 0 } : {}),
  })
}

/** After so many wrong passwords each further one doubles the wait, up to the longest. */
const FREE_ATTEMPTS = 3
const LONGEST_WAIT_SECONDS = 300
const REMEMBERED_LOGINS = 1000
/** A wrong password, and a wrong passphrase of the owners' data: both may be guessed at. */
const WRONG: ReadonlySet<string> = new Set(['user.signIn', 'vault.passphrase'])

export type PasswordGate = {
  /** Runs `check` unless this login has to wait; counts its refusals. Errors: `session.wait`, or what `check` throws. */
  readonly attempt: <T>(login: string, check: () => T) => T
}

/**
 * Slows guessing down per login, known or not, so that the answer does not tell which logins exist. The server does not
 * sleep: it refuses and names the seconds left, and the right password does not jump the queue.
 */
export function createPasswordGate(clock: Clock): PasswordGate {
  const wrong = new Map<string, { count: number; retryAt: number }>()
  return {
    attempt: (login, check) => {
      const key = login.trim().toLowerCase()
      const record = wrong.get(key)
      const now = instantOf(clock)
      if (record !== undefined && now < record.retryAt) {
        const seconds = Math.ceil((record.retryAt - now) / 1000)
        throw new Problem({ code: 'session.wait', message: `密码多次有误：请等 ${seconds} 秒后再试。`, field: 'password' })
      }
      try {
        const result = check()
        wrong.delete(key)
        return result
      } catch (error) {
        if (error instanceof Problem && WRONG.has(error.code)) {
          const count = (record?.count ?? 0) + 1
          const over = count - FREE_ATTEMPTS
          const seconds = over < 0 ? 0 : Math.min(2 ** over, LONGEST_WAIT_SECONDS)
          wrong.delete(key)
          wrong.set(key, { count, retryAt: now + seconds * 1000 })
          // The oldest goes first; a flood of invented names must not fill the memory.
          const oldest = wrong.keys().next().value
          if (wrong.size > REMEMBERED_LOGINS && oldest !== undefined) wrong.delete(oldest)
        }
        throw error
      }
    },
  }
}
