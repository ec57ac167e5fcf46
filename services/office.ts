/** Founding an office: the ledger's first row, the first administrator, the shipped policy profiles. */
import type { UserId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Role } from '#core/role.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type Clock, type ServiceContext } from './context.ts'
import { appendOperation, logOperation } from './operation-log.ts'
import { installShippedProfiles, type AddedProfile } from './policy/policy.ts'
import { COMMAND_LINE_LOGIN, commandLineActor, insertUser } from './people/user.ts'

export type Founding = {
  readonly officeName: string
  readonly administrator: {
    readonly login: string
    readonly name: string
    readonly password: string
    readonly roles: readonly Role[]
  }
}

/** Throws `office.founded` when the ledger already has its office. */
export function foundOffice(ledger: Ledger, clock: Clock, founding: Founding): UserId {
  if (officeName(ledger) !== null) throw new Problem({ code: 'office.founded', message: '这个账簿已经建立了办公室' })
  return ledger.write(() => {
    const at = clock.now()
    ledger.prepare<unknown[], never>('INSERT INTO office VALUES (1, ?, ?)').run(founding.officeName, at)
    insertUser(ledger, at, { login: COMMAND_LINE_LOGIN, name: '命令行', password: null, roles: ['preparer', 'reconciler'] })
    const { administrator } = founding
    const roles = [...new Set<Role>(['administrator', ...administrator.roles])]
    const userId = insertUser(ledger, at, { ...administrator, roles })
    installShippedProfiles(ledger)
    appendOperation(ledger, at, userId, 'office.found', { kind: 'office', id: 1 }, { name: founding.officeName })
    return userId
  })
}

/**
 * The profiles that came with a newer product, added when it first opens the ledger, with an entry in the log. Each has its
 * date of effect, so nothing judged before moves. Does nothing to a read-only ledger or one without its office.
 */
export function adoptShippedProfiles(ledger: Ledger, clock: Clock): readonly AddedProfile[] {
  if (ledger.readOnly || officeName(ledger) === null) return []
  return ledger.write(() => {
    const added = installShippedProfiles(ledger)
    if (added.length > 0) {
      const { userId } = commandLineActor(ledger)
      appendOperation(ledger, clock.now(), userId, 'policy.adopt', { kind: 'policyValue' }, { added })
    }
    return added
  })
}

export function officeName(ledger: Ledger): string | null {
  return ledger.prepare<[], { name: string }>('SELECT name FROM office').get()?.name ?? null
}

export const SETTING_KEYS = [
  'autoLockMinutes', 'voucherKinds', 'closing.disposal', 'closing.otherExpenditure', 'disclosure.remindDays',
  'apportionment.drawOrder',
] as const
export type SettingKey = (typeof SETTING_KEYS)[number]

const SETTING_DEFAULTS: Readonly<Record<SettingKey, string>> = {
  autoLockMinutes: '15',
  // 'general': one kind 记; 'split': 收 付 转 (会计基础工作规范 art. 51).
  voucherKinds: 'general',
  // Sources disagree on 4301 and 5901 (domain rule 01 §4): the office decides.
  'closing.disposal': '3001',
  'closing.otherExpenditure': '3001',
  // How many days before its due day a notice asks for attention.
  'disclosure.remindDays': '10',
  // Which part of a household's money pays a repair first: no source says.
  'apportionment.drawOrder': 'interestFirst',
}

/** What each setting may hold; nothing else is stored, so that no reader has to guess. */
const SETTING_FORM: Readonly<Record<SettingKey, { readonly pattern: RegExp; readonly hint: string }>> = {
  autoLockMinutes: { pattern: /^([1-9]|[1-9]\d|1[01]\d|120)$/, hint: '1 至 120 之间的整数分钟' },
  voucherKinds: { pattern: /^(general|split)$/, hint: '记账凭证一种，或收、付、转三种' },
  'closing.disposal': { pattern: /^(3001|3101)$/, hint: '3001 或 3101' },
  'closing.otherExpenditure': { pattern: /^(3001|3101)$/, hint: '3001 或 3101' },
  'disclosure.remindDays': { pattern: /^([1-9]|[1-8]\d|90)$/, hint: '1 至 90 之间的整数天数' },
  'apportionment.drawOrder': { pattern: /^(interestFirst|principalFirst)$/, hint: '先扣利息或先扣本金' },
}

export function settingOf(ledger: Ledger, key: SettingKey): string {
  return ledger.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?').get(key)?.value
    ?? SETTING_DEFAULTS[key]
}

export function officeSettings(ledger: Ledger): Readonly<Record<SettingKey, string>> {
  return {
    autoLockMinutes: settingOf(ledger, 'autoLockMinutes'),
    voucherKinds: settingOf(ledger, 'voucherKinds'),
    'closing.disposal': settingOf(ledger, 'closing.disposal'),
    'closing.otherExpenditure': settingOf(ledger, 'closing.otherExpenditure'),
    'disclosure.remindDays': settingOf(ledger, 'disclosure.remindDays'),
    'apportionment.drawOrder': settingOf(ledger, 'apportionment.drawOrder'),
  }
}

/** Throws `setting.value`, `role.missing`. */
export function setSetting(context: ServiceContext, key: SettingKey, value: string): void {
  requireRole(context, 'administrator', 'head')
  const { pattern, hint } = SETTING_FORM[key]
  if (!pattern.test(value)) throw new Problem({ code: 'setting.value', message: `请填写${hint}`, field: key })
  context.ledger.write(() => {
    const before = settingOf(context.ledger, key)
    context.ledger
      .prepare<unknown[], never>('INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, value)
    logOperation(context, 'setting.set', { kind: 'setting' }, { key, before, after: value })
  })
}
