/** What every use case is given: the ledger, the time, and the person who acts. */
import type { UserId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Role } from '#core/role.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Clock } from './clock.ts'

export type { Clock } from './clock.ts'

export type Actor = {
  readonly userId: UserId
  readonly login: string
  readonly name: string
  readonly roles: ReadonlySet<Role>
}

export type ServiceContext = { readonly ledger: Ledger; readonly clock: Clock; readonly actor: Actor }

const ROLE_WORD: Readonly<Record<Role, string>> = {
  preparer: '制单',
  reviewer: '审核',
  bookkeeper: '记账',
  cashier: '出纳',
  head: '会计主管',
  reconciler: '对账',
  archivist: '档案',
  inspector: '检查（只读）',
  administrator: '系统管理',
}

/** Throws `role.missing` unless the actor holds one of the roles. */
export function requireRole(context: ServiceContext, ...roles: readonly Role[]): void {
  if (roles.some((role) => context.actor.roles.has(role))) return
  const words = roles.map((role) => ROLE_WORD[role]).join('或')
  throw new Problem({ code: 'role.missing', message: `${context.actor.name}没有“${words}”岗位，请由有该岗位的人办理` })
}
