import { describe, expect, it } from 'vitest'
import { ROLES } from '#core/role.ts'
import { listOperations } from '#services/operation-log.ts'
import {
  actorOf,
  addUser,
  COMMAND_LINE_LOGIN,
  insertUser,
  listUsers,
  secondPerson,
  setPassword,
  setRoles,
  setUserState,
  signIn,
} from '#services/people/user.ts'
import { refusalOf } from '../voucher/ledger-steps.ts'
import { makeOffice, PASSWORD } from '../office.ts'

const NEW_PASSWORD = '另一个密码-2025'

function millisecondsOf(work: () => unknown): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

describe('signing in', () => {
  it('refuses unknown login, wrong password, disabled person and the command line in the same words', () => {
    const office = makeOffice()
    setUserState(office.head, office.reviewer.actor.userId, 'disabled')
    const attempts = [
      ['nobody', PASSWORD],
      ['zhang', 'wrong'],
      ['li', PASSWORD],
      [COMMAND_LINE_LOGIN, ''],
    ] as const
    const messages = attempts.map(
      ([login, password]) => refusalOf(() => signIn(office.ledger, office.clock, { login, password })).message,
    )
    expect(new Set(messages).size).toBe(1)
  })

  it('takes as long for an unknown login as for a wrong password', () => {
    const office = makeOffice()
    const attempt = (login: string) =>
      Math.min(...[1, 2, 3].map(() =>
        millisecondsOf(() => refusalOf(() => signIn(office.ledger, office.clock, { login, password: 'wrong' })))))
    const [known, unknown, commandLine] = [attempt('zhang'), attempt('nobody'), attempt(COMMAND_LINE_LOGIN)]
    // Without the work the answer comes hundreds of times faster.
    expect(unknown).toBeGreaterThan(known / 4)
    expect(commandLine).toBeGreaterThan(known / 4)
  })

  it('a refused sign-in of a known person is in the log, without the password', () => {
    const office = makeOffice()
    refusalOf(() => signIn(office.ledger, office.clock, { login: 'zhang', password: 'wrong-secret' }))
    const [entry] = listOperations(office.ledger, { limit: 1 })
    expect(entry).toMatchObject({ action: 'user.signInRefused', actor: '张制单', detail: '{}' })
  })
})

describe('roles', () => {
  it.each(['reviewer', 'bookkeeper', 'reconciler', 'archivist'] as const)(
    'a cashier may not also be %s (会计法 art. 35)',
    (role) => {
      const office = makeOffice()
      const person = { login: 'huang', name: '黄出纳', password: PASSWORD, roles: ['cashier', role] as const }
      expect(refusalOf(() => addUser(office.head, person)).code).toBe('role.cashierConflict')
      const id = addUser(office.head, { ...person, roles: ['cashier'] })
      expect(refusalOf(() => setRoles(office.head, id, ['cashier', role])).code).toBe('role.cashierConflict')
      expect(
        refusalOf(() =>
          office.ledger.write(() => insertUser(office.ledger, office.clock.now(), { ...person, login: 'x' })),
        ).code,
      ).toBe('role.cashierConflict')
      expect([...actorOf(office.ledger, id).roles]).toEqual(['cashier'])
    },
  )

  it('only an administrator gives roles, and taking one away works at once', () => {
    const office = makeOffice()
    const id = office.preparer.actor.userId
    for (const context of [office.preparer, office.reviewer, office.bookkeeper]) {
      expect(refusalOf(() => setRoles(context, id, ROLES.filter((role) => role !== 'cashier'))).code).toBe('role.missing')
    }
    setRoles(office.head, id, ['inspector'])
    expect([...actorOf(office.ledger, id).roles]).toEqual(['inspector'])
  })

  it('a disabled person acts no more; nobody disables himself', () => {
    const office = makeOffice()
    setUserState(office.head, office.preparer.actor.userId, 'disabled')
    expect(refusalOf(() => actorOf(office.ledger, office.preparer.actor.userId)).code).toBe('user.disabled')
    expect(refusalOf(() => setUserState(office.head, office.head.actor.userId, 'disabled')).code).toBe('user.self')
    expect(listUsers(office.ledger).map(({ login, state }) => `${login} ${state}`)).toEqual([
      'zhao active', 'zhang disabled', 'li active', 'wang active',
    ])
  })
})

describe('passwords', () => {
  it('are changed with the old one; an administrator sets another person’s with his own', () => {
    const office = makeOffice()
    const { userId } = office.preparer.actor
    expect(refusalOf(() => setPassword(office.preparer, userId, { old: 'wrong', new: NEW_PASSWORD })).code).toBe('user.signIn')
    expect(refusalOf(() => setPassword(office.preparer, userId, { old: PASSWORD, new: '1234567' })).code).toBe('password.short')
    setPassword(office.preparer, userId, { old: PASSWORD, new: NEW_PASSWORD })
    expect(signIn(office.ledger, office.clock, { login: 'zhang', password: NEW_PASSWORD }).userId).toBe(userId)
    expect(refusalOf(() => setPassword(office.reviewer, userId, { old: PASSWORD, new: NEW_PASSWORD })).code).toBe('role.missing')
    setPassword(office.head, userId, { old: PASSWORD, new: PASSWORD })
    expect(signIn(office.ledger, office.clock, { login: 'zhang', password: PASSWORD }).userId).toBe(userId)
  })

  it('are nowhere in the ledger file as text', () => {
    const office = makeOffice()
    const stored = office.ledger.sqlite
      .prepare('SELECT password_hash FROM user UNION ALL SELECT detail FROM operation')
      .pluck()
      .all()
    expect(stored.join('\n')).not.toContain(PASSWORD)
  })
})

describe('the second person', () => {
  it('is another one, holds the role and knows the password', () => {
    const office = makeOffice()
    const attempt = (login: string, password = PASSWORD) => () => secondPerson(office.head, { login, password }, 'reviewer')
    expect(refusalOf(attempt('zhao')).code).toBe('user.samePerson')
    expect(refusalOf(attempt('zhang')).code).toBe('role.missing')
    expect(refusalOf(attempt('li', 'wrong')).code).toBe('user.signIn')
    expect(attempt('li')().login).toBe('li')
  })
})
