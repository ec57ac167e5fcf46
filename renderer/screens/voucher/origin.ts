/** What the rule stored with a voucher says: facts worth reading, and the places where its ground can be looked up. */
import { fen } from '#core/money.ts'
import { ruleParts, whyText } from '../../messages/rule.ts'
import type { Target } from '../../navigation.ts'

export type OriginLink = { readonly to: Target; readonly word: string }
export type Origin = { readonly facts: readonly string[]; readonly links: readonly OriginLink[] }

/** Of a voucher's lines: what the rule itself names by number only. */
export type OriginLine = {
  readonly complexId: number | null
  readonly contractId?: number | null
  readonly repairId?: number | null
}

type Parts = ReturnType<typeof ruleParts>

function textOf(parts: Parts, key: string): string {
  const value = parts.get(key)
  return typeof value === 'string' ? value : ''
}

function countOf(parts: Parts, key: string): number | null {
  const value = parts.get(key)
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

function rowsOf(parts: Parts, key: string): readonly number[] {
  const value = parts.get(key)
  return Array.isArray(value) ? value.filter((one): one is number => Number.isSafeInteger(one)) : []
}

function certificates(ids: readonly number[], word: (index: number, count: number) => string): readonly OriginLink[] {
  return ids.map((id, index) => ({ to: { screen: 'deposits', path: [id] }, word: word(index + 1, ids.length) }))
}

function factsOf(parts: Parts): readonly string[] {
  const expected = countOf(parts, 'expectedFen')
  const households = countOf(parts, 'households')
  const imported = countOf(parts, 'certificates')
  const from = rowsOf(parts, 'from')
  return [
    textOf(parts, 'why'),
    expected === null ? '' : whyText.expected(fen(expected)),
    textOf(parts, 'document') === '' ? '' : whyText.document(textOf(parts, 'document')),
    textOf(parts, 'account') === '' ? '' : whyText.account(textOf(parts, 'account')),
    households === null ? '' : whyText.householdCount(households),
    imported === null ? '' : whyText.certificateCount(imported),
    from.length === 0 ? '' : whyText.carried(from.length, rowsOf(parts, 'to').length),
  ].filter((fact) => fact !== '')
}

function ruleLink(parts: Parts): readonly OriginLink[] {
  const rule = textOf(parts, 'rule')
  const version = countOf(parts, 'version')
  if (rule === '' || version === null) return []
  const to: Target = { screen: 'bank', path: ['rules'], query: { rule, version: String(version) } }
  return [{ to, word: whyText.version(version) }]
}

function groundLinks(parts: Parts, lines: readonly OriginLine[]): readonly OriginLink[] {
  const by = textOf(parts, 'by')
  const repairId = lines.find((line) => typeof line.repairId === 'number')?.repairId ?? null
  const contractId = lines.find((line) => typeof line.contractId === 'number')?.contractId ?? null
  const complexId = lines.find((line) => line.complexId !== null)?.complexId ?? null
  const single = countOf(parts, 'certificateId')
  const links: OriginLink[] = [
    ...ruleLink(parts),
    ...certificates(single === null ? rowsOf(parts, 'certificateIds') : [single], whyText.certificate),
    ...certificates(rowsOf(parts, 'nextCertificateIds'), whyText.next),
  ]
  if (repairId !== null) {
    links.push({ to: { screen: 'repairs', path: [repairId] }, word: whyText.repair(textOf(parts, 'repair')) })
  }
  if (contractId !== null) {
    links.push({ to: { screen: 'income', path: ['contracts', contractId] }, word: whyText.contract(textOf(parts, 'contract')) })
  }
  if (by === 'deposit.accountInterest') {
    links.push({ to: { screen: 'deposits', path: ['accounts'] }, word: whyText.accountInterest })
  }
  if (by === 'closing') {
    const month = textOf(parts, 'month')
    links.push({ to: { screen: 'periods', path: [month] }, word: whyText.closing(month) })
  }
  if ((by.startsWith('household.') || by === 'statement.contribution') && complexId !== null) {
    links.push({ to: { screen: 'complexes', path: [complexId, 'households'] }, word: whyText.households })
  }
  return links
}

/** Empty for a voucher typed by hand. */
export function originOf(rule: string, lines: readonly OriginLine[]): Origin {
  const parts = ruleParts(rule)
  return parts.size === 0 ? { facts: [], links: [] } : { facts: factsOf(parts), links: groundLinks(parts, lines) }
}
