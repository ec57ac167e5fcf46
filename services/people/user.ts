/** People who keep the ledger: sign-in, roles, passwords. */
import { idOf, type UserId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { roleConflicts, type Role } from '#core/role.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type Actor, type Clock, type ServiceContext } from '../context.ts'
import { appendOperation, logOperation } from '../operation-log.ts'
import { hashPassword, passwordMatches, passwordMatchesNobody } from './password.ts'

/** Acts for whoever runs the command line on the file; has no password and can never sign in. */
export const COMMAND_LINE_LOGIN = '命令行'

type UserRow = { id: UserId; login: string; name: string; passwordHash: string | null; state: 'active' | 'disabled' }

const USER_COLUMNS = 'id, login, name, password_hash AS passwordHash, state'

function rolesOf(ledger: Ledger, userId: UserId): ReadonlySet<Role> {
  const rows = ledger.prepare<[number], { role: Role }>('SELECT role FROM user_role WHERE user_id = ?').all(userId)
  return new Set(rows.map((row) => row.role))
}

function actorFrom(ledger: Ledger, row: UserRow): Actor {
  return { userId: row.id, login: row.login, name: row.name, roles: rolesOf(ledger, row.id) }
}

/** Throws `user.missing`, `user.disabled`. Roles are read afresh, so taking one away works at once. */
export function actorOf(ledger: Ledger, userId: UserId): Actor {
  const row = ledger.prepare<[number], UserRow>(`SELECT ${USER_COLUMNS} FROM user WHERE id = ?`).get(userId)
  if (row === undefined) throw new Problem({ code: 'user.missing', message: '没有这个人员' })
  if (row.state === 'disabled') throw new Problem({ code: 'user.disabled', message: `${row.name}已停用，不能办理业务` })
  return actorFrom(ledger, row)
}

export function commandLineActor(ledger: Ledger): Actor {
  const row = ledger.prepare<[string], UserRow>(`SELECT ${USER_COLUMNS} FROM user WHERE login = ?`).get(COMMAND_LINE_LOGIN)
  if (row === undefined) throw new Problem({ code: 'ledger.notALedger', message: '账簿尚未建立办公室，请先新建' })
  return actorFrom(ledger, row)
}

export function passwordIsRight(ledger: Ledger, userId: UserId, password: string): boolean {
  const row = ledger.prepare<[number], UserRow>(`SELECT ${USER_COLUMNS} FROM user WHERE id = ? AND state = 'active'`).get(userId)
  return row?.passwordHash != null && passwordMatches(password, row.passwordHash)
}

/**
 * Throws `user.signIn` with the same words for an unknown login, a wrong password and a disabled user: which of them it
 * was is nobody's business outside, and the time it takes tells nothing either. Refusals of known logins are logged.
 */
export function signIn(ledger: Ledger, clock: Clock, credentials: { login: string; password: string }): Actor {
  const row = ledger.prepare<[string], UserRow>(`SELECT ${USER_COLUMNS} FROM user WHERE login = ?`).get(credentials.login)
  const isRight = row?.passwordHash == null
    ? passwordMatchesNobody(credentials.password)
    : passwordMatches(credentials.password, row.passwordHash)
  if (row === undefined || !isRight || row.state !== 'active') {
    if (row !== undefined && !ledger.readOnly) {
      ledger.write(() => appendOperation(ledger, clock.now(), row.id, 'user.signInRefused', { kind: 'user', id: row.id }, {}))
    }
    throw new Problem({ code: 'user.signIn', message: '登录名或密码不对，请重新输入', field: 'password' })
  }
  if (!ledger.readOnly) {
    ledger.write(() => appendOperation(ledger, clock.now(), row.id, 'user.signIn', { kind: 'user', id: row.id }, {}))
  }
  return actorFrom(ledger, row)
}

export type NewUser = {
  readonly login: string
  readonly name: string
  readonly password: string
  readonly roles: readonly Role[]
}

function refuseConflicts(roles: readonly Role[]): void {
  if (roleConflicts(new Set(roles)).length > 0) {
    throw new Problem({
      code: 'role.cashierConflict',
      message: '出纳不得兼任稽核、记账、对账和档案保管（会计法第三十五条），请分给两个人',
      field: 'roles',
    })
  }
}

/** The rows alone; for founding an office, where there is no actor yet. */
export function insertUser(ledger: Ledger, at: string, user: Omit<NewUser, 'password'> & { password: string | null }): UserId {
  const hash = user.password === null ? null : hashPassword(user.password)
  const { lastInsertRowid } = ledger
    .prepare<unknown[], never>("INSERT INTO user (login, name, password_hash, state, created_at) VALUES (?, ?, ?, 'active', ?)")
    .run(user.login, user.name, hash, at)
  const id = idOf<'user'>(lastInsertRowid)
  for (const role of user.roles) ledger.prepare<unknown[], never>('INSERT INTO user_role VALUES (?, ?)').run(id, role)
  return id
}

export function addUser(context: ServiceContext, user: NewUser): UserId {
  requireRole(context, 'administrator')
  refuseConflicts(user.roles)
  return context.ledger.write(() => {
    const id = insertUser(context.ledger, context.clock.now(), user)
    logOperation(context, 'user.add', { kind: 'user', id }, { login: user.login, name: user.name, roles: user.roles })
    return id
  })
}

export function setRoles(context: ServiceContext, userId: UserId, roles: readonly Role[]): void {
  requireRole(context, 'administrator')
  refuseConflicts(roles)
  const { ledger } = context
  ledger.write(() => {
    const before = [...rolesOf(ledger, userId)]
    ledger.prepare<unknown[], never>('DELETE FROM user_role WHERE user_id = ?').run(userId)
    for (const role of roles) ledger.prepare<unknown[], never>('INSERT INTO user_role VALUES (?, ?)').run(userId, role)
    logOperation(context, 'user.setRoles', { kind: 'user', id: userId }, { before, after: roles })
  })
}

export function setUserState(context: ServiceContext, userId: UserId, state: 'active' | 'disabled'): void {
  requireRole(context, 'administrator')
  if (userId === context.actor.userId) {
    throw new Problem({ code: 'user.self', message: '不能停用自己，请由另一位系统管理员办理' })
  }
  context.ledger.write(() => {
    context.ledger.prepare<unknown[], never>('UPDATE user SET state = ? WHERE id = ?').run(state, userId)
    logOperation(context, 'user.setState', { kind: 'user', id: userId }, { state })
  })
}

/** Own password with the old one; an administrator may set another person's. Throws `user.signIn`, `password.short`. */
export function setPassword(context: ServiceContext, userId: UserId, passwords: { old: string; new: string }): void {
  const isOwn = userId === context.actor.userId
  if (!isOwn) requireRole(context, 'administrator')
  if (!passwordIsRight(context.ledger, context.actor.userId, passwords.old)) {
    throw new Problem({ code: 'user.signIn', message: '原密码不对', field: 'old' })
  }
  const hash = hashPassword(passwords.new)
  context.ledger.write(() => {
    context.ledger.prepare<unknown[], never>('UPDATE user SET password_hash = ? WHERE id = ?').run(hash, userId)
    logOperation(context, 'user.setPassword', { kind: 'user', id: userId })
  })
}

export type ListedUser = {
  readonly id: UserId
  readonly login: string
  readonly name: string
  readonly state: 'active' | 'disabled'
  readonly roles: readonly Role[]
}

export function listUsers(ledger: Ledger): readonly ListedUser[] {
  const rows = ledger
    .prepare<[], Omit<ListedUser, 'roles'>>(
      'SELECT id, login, name, state FROM user WHERE password_hash IS NOT NULL ORDER BY id',
    )
    .all()
  return rows.map((row) => ({ ...row, roles: [...rolesOf(ledger, row.id)] }))
}

/**
 * The second person of a two-person step proves to be there with login and password. Throws `user.signIn`,
 * `user.samePerson`.
 */
export function secondPerson(
  context: ServiceContext,
  credentials: { login: string; password: string },
  ...roles: readonly Role[]
): Actor {
  const actor = signIn(context.ledger, context.clock, credentials)
  if (actor.userId === context.actor.userId) {
    throw new Problem({ code: 'user.samePerson', message: '这一步要由第二个人确认，不能是同一个人', field: 'login' })
  }
  requireRole({ ...context, actor }, ...roles)
  return actor
}
