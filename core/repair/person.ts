/**
 * Who signed, checked or was there, as a person and not as typed: the same name written otherwise is the same person, and a word
 * that stands for nobody is no name. Works need two and two persons (Tongling 12(4), 13(3)), not one name in four spellings.
 */
import type { SigningParty } from '../policy/policy.ts'
import type { ProblemDetails } from '../problem.ts'

/** `（代）`, `(代签)`: who signs for another is the one who signed. */
const BY_PROXY = /\((?:代|代签|代章|代理)\)/g
/** Zero-width spaces, joiners and the like: they make two names of one and cannot be seen. */
const INVISIBLE = /[\p{Cf}\p{Cc}]/gu

/** As it is kept: full-width letters narrow, nothing invisible, no blanks between Chinese characters. */
export function personName(name: string): string {
  const plain = name.normalize('NFKC').replaceAll(INVISIBLE, '').replaceAll(BY_PROXY, '').replaceAll(/\s+/g, ' ').trim()
  return /^[\p{Script=Han} ·]+$/u.test(plain) ? plain.replaceAll(' ', '') : plain
}

/** Equal for one person: letters of either case. */
export function personKey(name: string): string {
  return personName(name).toLowerCase()
}

const NOBODY: ReadonlySet<string> = new Set([
  '无', '无人', '没有', '略', '同上', '同前', '空', '空白', '不详', '未知', '不清楚', '待定', '待填', '待填写', '待补', '暂缺', '暂无',
  '缺', '某', '某某', '某人', '本人', '代', '代签', '签字', '签名', '已签', '盖章', '如图', '见附件', '见附表',
  'n/a', 'na', 'none', 'null', 'test', 'x', 'xx', 'xxx',
])

/** A name of somebody: not empty, not a sign, not one of the words people write into a field they have nothing for. */
export function isPerson(name: string): boolean {
  const key = personKey(name)
  return /\p{L}/u.test(key) && !NOBODY.has(key)
}

export function notAPerson(name: string): string {
  const shown = personName(name)
  return shown === '' ? '请填写姓名' : `“${shown}”不是姓名：请填写到场、签字的人的姓名`
}

export type PartyPerson = { readonly party: SigningParty; readonly person: string }

export const PARTY_WORD: Readonly<Record<SigningParty, string>> = { section: '科室', supervisor: '监理', contractor: '施工单位' }

/** Who of `named` was known in the same job as a person of another party: nobody stands on two sides of one job. */
export function crossedParties(
  named: readonly PartyPerson[], known: readonly PartyPerson[], field: string,
): readonly ProblemDetails[] {
  const partyOf = new Map(known.map(({ party, person }) => [personKey(person), party]))
  return named.flatMap(({ party, person }) => {
    const before = partyOf.get(personKey(person))
    if (before === undefined || before === party) return []
    const message = `${personName(person)}在这项维修中已代表${PARTY_WORD[before]}，不能再代表${PARTY_WORD[party]}；同名的另一人请在姓名后注明单位`
    return [{ code: 'repair.person', message, field }]
  })
}

