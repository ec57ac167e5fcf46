/** Offices of the accounting staff and who may not hold two of them (会计法 art. 35; design invariant 7). */
export const ROLES = [
  'preparer',
  'reviewer',
  'bookkeeper',
  'cashier',
  'head',
  'reconciler',
  'archivist',
  'inspector',
  'administrator',
] as const
export type Role = (typeof ROLES)[number]

const CASHIER_MAY_NOT: readonly Role[] = ['reviewer', 'bookkeeper', 'reconciler', 'archivist']

/** The pairs among `roles` that one person may not hold together; empty when the set is lawful. */
export function roleConflicts(roles: ReadonlySet<Role>): readonly (readonly [Role, Role])[] {
  if (!roles.has('cashier')) return []
  return CASHIER_MAY_NOT.filter((role) => roles.has(role)).map((role) => ['cashier', role] as const)
}
