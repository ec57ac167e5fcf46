/** Owners of one row: names, identity numbers, shares and telephones, several in a cell parted by 、 or ; or /. */
import type { OwnerKind } from './household.ts'
import { isPlausibleIdentityNumber, parseIdentityNumber } from './identity-number.ts'
import { equalParts, partsOfShares } from './ownership.ts'
import { Problem } from '../problem.ts'
import { normalisePrivateUse } from '../statement/encoding.ts'
import type { RegisterOwner } from './register.ts'

const SEPARATOR = /[、,，;；/\n|]/

/** `张　三` was padded for looks; `AIMEE LEE` keeps its blank. Never NFKC: a legal name must stay the one it is. */
export function plainName(text: string): string {
  return normalisePrivateUse(text)
    .trim()
    .replaceAll(/(?<=\p{Script=Han})[\s\u3000]+(?=\p{Script=Han})/gu, '')
}

function namesOf(cell: string): readonly string[] {
  // A company's name may hold a separator inside brackets: never cut there.
  const names: string[] = []
  let depth = 0
  let name = ''
  for (const character of cell) {
    if ('(（'.includes(character)) depth += 1
    if (')）'.includes(character)) depth -= 1
    if (depth <= 0 && SEPARATOR.test(character)) {
      names.push(name)
      name = ''
    } else name += character
  }
  return [...names, name].map(plainName).filter((each) => each !== '')
}

const BODIES = /(?:公司|集团|银行|中心|委员会|学校|医院|合作社|事务所|研究院|厂|局|部|社|院|处|所|会)$/

export function ownerKindOf(name: string, identity: string | null): OwnerKind {
  if (identity !== null && /^\d{17}[\dX]$/.test(identity) && isPlausibleIdentityNumber(identity)) return 'person'
  return [...name].length >= 4 && BODIES.test(name) ? 'organisation' : 'person'
}

function listOf(cell: string): readonly string[] {
  return cell.split(/[、,，;；/\n|\s]+/).filter((part) => part !== '')
}

type OwnerCells = { readonly owner: string; readonly identity: string; readonly share: string; readonly phone: string }

export type ReadOwners = { readonly owners: readonly RegisterOwner[]; readonly doubtful: readonly string[] }

/**
 * `doubtful`: identity numbers whose check digit does not fit. Throws `register.owners` when the cells do not tell whose is
 * whose, and what identity numbers and shares throw.
 */
export function readOwners(cells: OwnerCells): ReadOwners {
  const names = namesOf(cells.owner)
  const numbers = identitiesOf(cells.identity)
  if (names.length === 0) {
    if (numbers.length === 0) return { owners: [], doubtful: [] }
    throw new Problem({ code: 'register.owners', message: '有证件号而没有产权人：请填写产权人姓名', field: 'owner' })
  }
  if (numbers.length !== 0 && numbers.length !== names.length) {
    const message = `产权人 ${names.length} 位，证件号 ${numbers.length} 个：请按同样的顺序一一填写，用顿号分开`
    throw new Problem({ code: 'register.owners', message, field: 'identity' })
  }
  const shares = cells.share === '' ? [] : cells.share.split(/[、,，;；\s]+/).filter((part) => part !== '')
  if (shares.length !== 0 && shares.length !== names.length) {
    const message = `产权人 ${names.length} 位，产权份额 ${shares.length} 个：请按同样的顺序一一填写，用顿号分开`
    throw new Problem({ code: 'register.owners', message, field: 'share' })
  }
  const parts = shares.length === 0 ? equalParts(names.length) : partsOfShares(shares)
  const identities = numbers.map((number) => parseIdentityNumber(number, { field: 'identity' }))
  if (new Set(identities).size !== identities.length) {
    throw new Problem({ code: 'register.owners', message: '两位产权人的证件号相同：请核对', field: 'identity' })
  }
  const phones = listOf(cells.phone)
  return {
    owners: names.map((name, index) => {
      const identity = identities[index] ?? null
      // One telephone for all owners is the contact's, who comes first.
      const phone = phones.length === names.length ? phones[index] : index === 0 ? cells.phone : undefined
      return { name, identity, kind: ownerKindOf(name, identity), phone: phone ? phone : null, parts: parts[index] ?? 0 }
    }),
    doubtful: identities.filter((number) => !isPlausibleIdentityNumber(number)),
  }
}

/** `3.4E+17` must come through whole, to be refused for what it is. */
function identitiesOf(cell: string): readonly string[] {
  return /^[\d.]+E\+?\d+$/i.test(cell) ? [cell] : listOf(cell)
}
